"""The names that a document itself gives to bodies: those that stand alone somewhere in it.

A name in small letters cannot be told from the sentence that it opens; where the document writes it as a
heading, before a colon or in brackets, its end is seen, and it is known wherever it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from documents.reading import vocabulary as v
from documents.reading.marks import split_mark
from documents.reading.names import AND, is_verb, longest
from documents.reading.words import Word, cut
from domain.organisation.register import Register, Words, words

_ALONE = re.compile(r"[^:.;()\"“”]{6,90}")
_BRACKETED = re.compile(r"\((?:(?:thông )?qua\s+)?([^()]{6,90})\)")
_LABELLED = re.compile(r"(?i)\b(?:chủ trì|phối hợp|thực hiện|tham mưu)\s*:\s*(.+)")
_MANY = words("các")[0]
_INSIDE = ("", ",", "-", "–", "&")
_FEWEST, _LONGEST = 3, 14


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names of one document's single bodies, and of its groups, as words are compared."""

    known: frozenset[Words] = frozenset()
    many: frozenset[Words] = frozenset()
    """The names of groups, which may be written small in a sentence."""
    _openings: dict[str, int] = field(init=False, compare=False)
    _openings_of_many: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_openings", _longest_by_first(self.known))
        object.__setattr__(self, "_openings_of_many", _longest_by_first(self.many))

    def length_at(self, seen: Sequence[Word], at: int) -> int:
        """Return the length of the longest of the names that stands at `at`; 0 if none does."""
        return _length_at(seen, at, self.known, self._openings) if seen[at].capital else 0

    def length_of_many_at(self, seen: Sequence[Word], at: int) -> int:
        """Return the length of the longest name of a group that stands at `at`; 0 if none does."""
        return _length_at(seen, at, self.many, self._openings_of_many)


def _longest_by_first(names: frozenset[Words]) -> dict[str, int]:
    return {name[0]: len(name) for name in sorted(names, key=len)}


def _length_at(seen: Sequence[Word], at: int, names: frozenset[Words], openings: dict[str, int]) -> int:
    for size in range(min(openings.get(seen[at].key, 0), len(seen) - at), 1, -1):
        near = seen[at : at + size]
        named = tuple(word.key for word in near) in names
        if named and all(word.gap in _INSIDE for word in near[1:]):
            return size
    return 0


NO_NAMES = OwnNames()


def own_names(lines: Iterable[str], register: Register) -> OwnNames:
    """Return the names of single bodies that stand alone in the lines and that the register lacks."""
    found = (cut(text) for line in lines for text in _standing_alone(split_mark(line)[1]))
    return OwnNames(frozenset(tuple(w.key for w in seen) for seen in found if _is_name(seen, register)))


def _standing_alone(line: str) -> Iterator[str]:
    """The pieces of a line that may be nothing but a name: what a colon, a label, a bracket parts."""
    alone = _ALONE.match(line)
    if alone and line[alone.end() : alone.end() + 1] in ("", ":"):
        yield alone[0]
    yield from (found[1] for found in _BRACKETED.finditer(line))
    if labelled := _LABELLED.search(line):
        yield from (piece.strip(" .") for piece in labelled[1].split(";"))


def _is_name(seen: Sequence[Word], register: Register) -> bool:
    """Tell whether words are one body's name: a head, capitals, and no further body or verb."""
    if not _FEWEST <= len(seen) <= _LONGEST or not seen[0].capital or all(w.raw.isupper() for w in seen):
        return False
    head = longest(seen, 0, v.NAMED_HEADS)
    if not head or head >= len(seen) or not seen[head].capital or seen[head].gap not in ("", "-", "–"):
        return False
    if register.match([word.key for word in seen], 0):
        return False
    rest = range(head, len(seen))
    return all(_goes_on(seen, at) for at in rest) and seen[-1].key not in AND


def _goes_on(seen: Sequence[Word], at: int) -> bool:
    word = seen[at]
    if word.gap not in _INSIDE or word.key == _MANY or not word.raw[0].isalpha():
        return False
    joined = bool(word.gap.strip("-–")) or seen[at - 1].key in AND
    if joined and (longest(seen, at, v.HEADS) or not _is_listed(seen, at)):
        return False
    return word.capital or not is_verb(seen, at)


def _is_listed(seen: Sequence[Word], at: int) -> bool:
    """Tell whether a joined part of a name is one of its fields: in a capital, or the end of a small list."""
    return seen[at].capital or seen[at - 1].key in AND
