"""Short names that a document gives to bodies itself: "Phòng Cảnh sát bến (PC02)", then "PC02" alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from documents.reading import vocabulary as v
from documents.reading.marks import split_mark
from documents.reading.names import is_verb, longest
from documents.reading.words import cut
from domain.organisation.register import Register, Unit

_GIVEN = re.compile(
    r"(?:^|[,;]\s+)(?P<name>[^,;:.()]{4,90}?)\s*"
    r"\((?:(?:sau đây )?(?:gọi|viết) tắt là:?\s*)?[\"“]?(?P<short>[A-ZĐ]{2,10}\d{0,3}|[A-ZĐ&]{3,12})[\"”]?\)"
)
"""A name at the beginning of a line or after a comma, and in brackets its short name in capitals."""
_STANDING = re.compile(
    r"(?P<name>[A-ZĐ][^:;.()–]{4,90}?)\s*(?:\s[-–]\s+|\((?:là )?)"
    r"(?P<office>(?:[Cc]ơ quan|[Vv]ăn phòng|[Tt]ổ) [Tt]hường trực)\b"
)
"""A heading that tells which office a body holds: "Sở Xây dựng - Cơ quan Thường trực"."""
_HEADS = v.HEADS | v.INNER_HEADS | v.COUNCILS


def with_short_names(register: Register, texts: Iterable[str]) -> Register:
    """Return the register that knows the bodies to which the texts give a short name, under both names."""
    texts = list(texts)
    given = {
        each: name for text in texts for name, short in _given_in(text) for each in _with_level(short, name)
    }
    given |= _standing(texts)
    new = {short: name for short, name in given.items() if not register.candidates(short)}
    if not new:
        return register
    known = {short: unit.name for short, name in new.items() if (unit := register.find(name))}
    units = [
        replace(
            unit, spellings=(*unit.spellings, *(short for short, name in known.items() if name == unit.name))
        )
        for unit in register.units
    ]
    units += [Unit(name, short) for short, name in new.items() if short not in known]
    return Register(tuple(units), register.groups)


def _standing(texts: Iterable[str]) -> dict[str, str]:
    """The offices that headings give to one body each, with that body: "Cơ quan Thường trực"."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        if found := _STANDING.match(split_mark(text)[1]):
            bearers[found["office"].casefold()].add(found["name"].strip())
    return {office: names.pop() for office, names in bearers.items() if len(names) == 1}


def _given_in(text: str) -> Iterator[tuple[str, str]]:
    for found in _GIVEN.finditer(split_mark(text)[1]):
        seen = cut(found["name"])
        head = longest(seen, 0, _HEADS)
        named = bool(head) and seen[0].capital and len(seen) > head
        if named and not any(is_verb(seen, at) and not seen[at].capital for at in range(head, len(seen))):
            yield found["name"].strip(), found["short"]


def _with_level(short: str, name: str) -> tuple[str, ...]:
    """The short name, and with the level at the end of the full one: "TTYT" and "TTYT xã"."""
    level = name.split()[-1]
    return (short, f"{short} {level}") if (level.casefold(),) in v.LEVELS else (short,)
