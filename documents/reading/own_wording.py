"""The register in the words of one document: a body is called what the document calls it in full.

The register has one name for "Đoàn TNCS Hồ Chí Minh tỉnh" and "Tỉnh đoàn"; a plan that only writes the
longer one keeps it. Abbreviations and slips of the pen are still mended.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from documents.reading.group_words import without_level
from domain.organisation.register import Register, Unit, Words, words

_EXPANDED = {
    words(short)[0]: words(full)
    for short, full in (
        ("TNCS", "Thanh niên Cộng sản"), ("MTTQ", "Mặt trận Tổ quốc"), ("UBND", "Ủy ban nhân dân"),
        ("HĐND", "Hội đồng nhân dân"), ("LHPN", "Liên hiệp Phụ nữ"), ("HCM", "Hồ Chí Minh"),
    )
}  # fmt: skip
"""Abbreviations that stand in the full names of bodies."""
_OPENED_BY_LEVEL = ("Tỉnh đoàn", "Thành đoàn")
_OF_SOMEBODY = re.compile(r"(?i)(?:chủ tịch|lãnh đạo|thường trực|giám đốc|trưởng)\b")


def worded_as(register: Register, texts: Iterable[str], province: Words = ()) -> Register:
    """Return the register with its bodies named as the texts write them in full.

    The province stays in the names of which it is a part: "Tỉnh đoàn Hà Khê".
    """
    whole = "\n".join(texts)
    folded = whole.casefold()
    if len(folded) != len(whole):
        return register
    units = tuple(_named_as(_with_place(unit, province, whole), whole, folded) for unit in register.units)
    return register if units == register.units else Register(units, register.groups)


def _with_place(unit: Unit, province: Words, whole: str) -> Unit:
    """The unit with the province in its name where a word for the province opens it, if it is so written."""
    if not province or unit.name not in _OPENED_BY_LEVEL:
        return unit
    named = re.finditer(rf"\b{unit.name}((?: \w+){{{len(province)}}})", whole)
    full = next((found[0] for found in named if words(found[1]) == province), "")
    return replace(unit, name=full, spellings=(unit.name, *unit.spellings)) if full else unit


def _named_as(unit: Unit, whole: str, folded: str) -> Unit:
    """The unit under the fullest of its spellings that is written, unless its own name is."""
    for spelling in _fuller(unit.name, unit.spellings):
        at = _place(spelling, folded)
        written = whole[at : at + len(spelling)]
        if at < 0 or written.isupper():
            continue
        if _place(unit.name.casefold(), folded) >= 0:
            return unit
        return replace(unit, name=written, spellings=(unit.name, *unit.spellings))
    return unit


def _place(name: str, folded: str) -> int:
    """Where the name stands as words of its own; -1 if nowhere."""
    at = folded.find(name)
    while at >= 0 and (
        folded[at - 1 : at].isalnum() or folded[at + len(name) : at + len(name) + 1].isalnum()
    ):
        at = folded.find(name, at + 1)
    return at


@lru_cache(maxsize=1 << 12)
def _fuller(name: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
    """The spellings that say more than the name, or part its fields by a dash; folded, the longest first."""
    known = _full(name)
    forms = {form for spelling in spellings for form in (spelling, without_level(spelling)) if form}
    fuller = {form for form in forms if _says_more(form, known) and not _OF_SOMEBODY.match(form)}
    dashed = set() if re.search("[-–,]", name) else _dashed(name)
    return tuple(sorted((form.casefold() for form in fuller | dashed), key=len, reverse=True))


def _says_more(form: str, known: Words) -> bool:
    """Tell whether a spelling has more words, or as many under another head: "Chi nhánh Ngân hàng ..."."""
    full = _full(form)
    return len(full) > len(known) or (len(full) == len(known) and full[0] != known[0])


def _dashed(name: str) -> set[str]:
    """The name with a dash between two of its words: "Hội Văn học - Nghệ thuật"."""
    parts = name.split()
    return {
        f"{' '.join(parts[:at])} - {' '.join(parts[at:])}"
        for at in range(2, len(parts))
        if parts[at][:1].isupper()
    }


def _full(name: str) -> Words:
    return tuple(part for key in words(name) for part in _EXPANDED.get(key, (key,)))
