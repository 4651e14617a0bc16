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
from documents.reading.words import CAPITAL, Word, cut
from domain.organisation.register import Register, Words, words

_ALONE = re.compile(r"[^:.;()\"“”]{6,90}")
_BRACKETED = re.compile(r"\((?:(?:thông )?qua\s+)?([^()]{6,90})\)")
_LABELLED = re.compile(
    r"(?i)\b(?:chủ trì|phối hợp|thực hiện|tham mưu)\s*:\s*([^:]+?)(?=[.;]\s+[^:.;]{2,40}:|\s*\.?$)"
)
_BETWEEN = re.compile(rf"\s*[;\n]\s*|,\s+(?={CAPITAL})")
_MANY = words("các")[0]
_OPENINGS = v.HEADS | v.NAMED_HEADS | v.INNER_HEADS
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
    _bare: frozenset[Words] = field(init=False, compare=False)
    _openings_of_bare: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_openings", _longest_by_first(self.known))
        object.__setattr__(self, "_openings_of_many", _longest_by_first(self.many))
        bare = frozenset(name[1:] for name in self.many if name[0] == _MANY and len(name) > _FEWEST)
        object.__setattr__(self, "_bare", bare)
        object.__setattr__(self, "_openings_of_bare", _longest_by_first(bare))

    def length_at(self, seen: Sequence[Word], at: int) -> int:
        """Return the length of the longest of the names that stands at `at`; 0 if none does."""
        return _length_at(seen, at, self.known, self._openings) if seen[at].capital else 0

    def length_of_many_at(self, seen: Sequence[Word], at: int) -> int:
        """Return the length of the longest name of a group that stands at `at`; 0 if none does."""
        return _length_at(seen, at, self.many, self._openings_of_many)

    def length_in_list(self, seen: Sequence[Word], at: int) -> int:
        """Return the length of a group's name that stands without "các" after others of a list; 0 if none."""
        return _length_at(seen, at, self._bare, self._openings_of_bare)


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


def own_names(lines: Iterable[str], cells: Iterable[str], register: Register) -> OwnNames:
    """Return the names of single bodies that the register lacks: those that stand alone in a line, and those
    that are listed in the cells of a table of work or after a label."""
    lines = list(lines)
    alone = (cut(text) for line in lines for text in _standing_alone(split_mark(line)[1]))
    labelled = (found[1] for line in lines for found in _LABELLED.finditer(line))
    listed = (cut(name) for text in (*cells, *labelled) for name in _listed(text))
    found = [seen for seen in alone if _is_name(seen, register)]
    found += [seen for seen in listed if _is_name(seen, register, listed=True)]
    return OwnNames(frozenset(tuple(w.key for w in seen) for seen in found))


def _listed(text: str) -> Iterator[str]:
    """The pieces of a list of names; a comma parts two only where the next opens as a body's name does."""
    held = ""
    for piece in _BETWEEN.split(text):
        seen = cut(piece, most=4)
        opens = bool(seen) and longest(seen, 0, _OPENINGS) > 0
        if held and opens:
            yield held
            held = ""
        held = f"{held}, {piece}" if held else piece
    yield held.strip(" .,")


def _standing_alone(line: str) -> Iterator[str]:
    """The pieces of a line that may be nothing but a name: what a colon, a label, a bracket parts."""
    alone = _ALONE.match(line)
    if alone and line[alone.end() : alone.end() + 1] in ("", ":"):
        yield alone[0]
    yield from (found[1] for found in _BRACKETED.finditer(line))


def _is_name(seen: Sequence[Word], register: Register, *, listed: bool = False) -> bool:
    """Tell whether words are one body's name: a head, capitals, and no further body or verb.

    What is `listed` between separators is no sentence, whatever words of it could be verbs.
    """
    if not _FEWEST <= len(seen) <= _LONGEST or not seen[0].capital or all(w.raw.isupper() for w in seen):
        return False
    inner = 0 if longest(seen, 0, v.NOT_INNER) else longest(seen, 0, v.INNER_HEADS)
    head = longest(seen, 0, v.NAMED_HEADS) or inner
    if not head or head >= len(seen) or not seen[head].capital or seen[head].gap not in ("", "-", "–"):
        return False
    if register.match([word.key for word in seen], 0):
        return False
    rest = range(head, len(seen))
    return all(_goes_on(seen, at, listed=listed) for at in rest) and seen[-1].key not in AND


def _goes_on(seen: Sequence[Word], at: int, *, listed: bool) -> bool:
    word = seen[at]
    if word.gap not in _INSIDE or word.key == _MANY or not word.raw[0].isalpha():
        return False
    joined = bool(word.gap.strip("-–")) or seen[at - 1].key in AND
    if word.gap and any(character.isdigit() for character in word.raw):
        return False  # a code stands for a body of its own: "Phòng PK02, PX05"
    if joined and (longest(seen, at, _OPENINGS) or not _is_listed(seen, at)):
        return False
    return word.capital or not (longest(seen, at, v.DOES) if listed else is_verb(seen, at))


def _is_listed(seen: Sequence[Word], at: int) -> bool:
    """Tell whether a joined part of a name is one of its fields: in a capital, or the end of a small list."""
    return seen[at].capital or seen[at - 1].key in AND
