"""Formulas whose value a workbook does not store: the few kinds that lists of duties have are computed."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from openpyxl.utils import column_index_from_string

_DEEPEST: Final = 40
"""A number may be that of the row above and one, and so on up the sheet: so far."""
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,6})")
_SUM: Final = re.compile(r"(ROW\(\)|\$?[A-Z]{1,3}\$?\d{1,6})\s*([+-])\s*(\d{1,6})")
_DATE: Final = re.compile(r"DATE\(\s*(\d{4})\s*[,;]\s*(\d{1,2})\s*[,;]\s*(\d{1,2})\s*\)", re.IGNORECASE)
_JOINED: Final = re.compile(
    r'(?:"[^"]*"|\$?[A-Z]{1,3}\$?\d{1,6})(?:\s*&\s*(?:"[^"]*"|\$?[A-Z]{1,3}\$?\d{1,6}))+'
)
_PART: Final = re.compile(r'"([^"]*)"|(\$?[A-Z]{1,3}\$?\d{1,6})')

Value = object
Cells = Callable[[int, int], Value]
"""Returns what stands in a row and a column, from 1: a value, or a formula as text that begins with "="."""


def computed(formula: str, row: int, cells: Cells, depth: int = 0) -> Value | None:
    """Return the value of a formula in that row, None where it is of no kind that is known.

    Known are another cell, a cell or ROW() plus or minus a number, a date, and texts that are joined.
    """
    words = formula.removeprefix("=").strip()
    if depth > _DEEPEST:
        return None
    if match := _REFERENCE.fullmatch(words):
        return _value(match, cells, depth)
    if match := _SUM.fullmatch(words):
        return _sum(match, row, cells, depth)
    if match := _DATE.fullmatch(words):
        return _date(*map(int, match.groups()))
    return _joined(words, cells, depth) if _JOINED.fullmatch(words) else None


def _value(reference: re.Match[str], cells: Cells, depth: int) -> Value | None:
    at = int(reference[2])
    value = cells(at, column_index_from_string(reference[1]))
    if isinstance(value, str) and value.startswith("="):
        return computed(value, at, cells, depth + 1)
    return value


def _sum(match: re.Match[str], row: int, cells: Cells, depth: int) -> Value | None:
    reference = _REFERENCE.fullmatch(match[1])
    base = _value(reference, cells, depth) if reference else row
    if isinstance(base, str) and base.strip().isdigit():
        base = int(base)
    if not isinstance(base, int | float):
        return None
    return base + int(match[3]) if match[2] == "+" else base - int(match[3])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _joined(words: str, cells: Cells, depth: int) -> str | None:
    texts: list[str] = []
    for part in _PART.finditer(words):
        reference = _REFERENCE.fullmatch(part[2] or "")
        value = _value(reference, cells, depth) if reference else part[1]
        if not isinstance(value, str | int):
            return None
        texts.append(str(value))
    return "".join(texts)
