"""Telephone numbers of Vietnam, as people type them."""

import re

_NUMBER = re.compile(r"(?:(?:\+|00)84|(?<!\d)0)[\d .()-]{8,16}$")
_LENGTHS = range(10, 12)


def read_phone(text: str) -> tuple[str, str] | None:
    """Split a text that ends in a telephone number into the words before it and the number's digits.

    The digits begin with 0, also where the country's code was typed. None where it ends in no number.
    """
    found = _NUMBER.search(text.strip())
    if found is None:
        return None
    digits = re.sub(r"\D", "", re.sub(r"^(?:\+|00)84[ .-]*(?:\(0\))?0?", "0", found[0]))
    before = text.strip()[: found.start()].rstrip(" :,-(")
    return (before, digits) if len(digits) in _LENGTHS else None


def shown_phone(digits: str) -> str:
    """Return a number as it is read: "0912 345 678"."""
    return f"{digits[:-6]} {digits[-6:-3]} {digits[-3:]}" if digits else ""
