"""The register in the words of one document: a body is called what the document calls it in full.

The register has one name for "Đoàn TNCS Hồ Chí Minh tỉnh" and "Tỉnh đoàn"; a plan that only writes the
longer one keeps it. Abbreviations and slips of the pen are still mended.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from documents.reading.words import Word, cut
from domain.organisation.register import Register, Unit, Words, words

_EXPANDED = {
    words(short)[0]: words(full)
    for short, full in (
        ("TNCS", "Thanh niên Cộng sản"), ("MTTQ", "Mặt trận Tổ quốc"), ("UBND", "Ủy ban nhân dân"),
        ("HĐND", "Hội đồng nhân dân"), ("LHPN", "Liên hiệp Phụ nữ"), ("HCM", "Hồ Chí Minh"),
    )
}  # fmt: skip
"""Abbreviations that stand in the full names of bodies."""
_OF_SOMEBODY = re.compile(r"(?i)(?:chủ tịch|lãnh đạo|thường trực|giám đốc|trưởng)\b")
_JOINED = re.compile(r"\s[-–]\s")


def worded_as(register: Register, lines: Iterable[str]) -> Register:
    """Return the register with its bodies named as the lines write them in full."""
    met: dict[str, dict[str, None]] = {}
    for line in dict.fromkeys(lines):
        for unit, writing in _writings(line, register):
            met.setdefault(unit.name, {})[writing] = None
    units = tuple(_named_as(unit, tuple(met.get(unit.name, ()))) for unit in register.units)
    return register if units == register.units else Register(units, register.groups)


def _named_as(unit: Unit, writings: tuple[str, ...]) -> Unit:
    name = _own_name(unit, writings) if writings else None
    return replace(unit, name=name, spellings=(unit.name, *unit.spellings)) if name else unit


def _writings(line: str, register: Register) -> Iterator[tuple[Unit, str]]:
    """Yield the known bodies of a line, each as it is written there."""
    seen = cut(line)
    keys = [word.key for word in seen]
    at = 0
    while at < len(seen):
        found = register.match(keys, at) if seen[at].capital else None
        if found and not any(word.closes for word in seen[at + 1 : at + found[0]]):
            yield found[1], _writing(line, seen[at : at + found[0]])
        at += found[0] if found else 1


def _writing(line: str, seen: tuple[Word, ...]) -> str:
    return line[seen[0].start : seen[-1].end]


def _own_name(unit: Unit, writings: tuple[str, ...]) -> str | None:
    """The longest writing that is fuller than the register's name; None where that name is written itself."""
    known = _full(unit.name)
    if any(_full(writing) == known and not _is_joined_anew(writing, unit) for writing in writings):
        return None
    fuller = [
        writing
        for writing in writings
        if not _OF_SOMEBODY.match(writing)
        and not (len(writing) > 4 and writing.isupper())
        and (len(_full(writing)) > len(known) or (_full(writing) == known and _is_joined_anew(writing, unit)))
    ]
    return max(fuller, key=len, default=None)


def _is_joined_anew(writing: str, unit: Unit) -> bool:
    """Tell whether a hyphen stands in the writing where the register's name has nothing at all."""
    return bool(_JOINED.search(writing)) and not re.search(r"[-–,]", unit.name)


def _full(name: str) -> Words:
    return tuple(part for key in words(name) for part in _EXPANDED.get(key, (key,)))
