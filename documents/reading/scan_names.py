"""Names of bodies on a scan, matched to the register where single words of them were hard to read.

Only a word that Tesseract was unsure of is ever changed, and only into the word that a known name has in its
place; where two known names would fit, the words stay as they were read, and the body is asked about.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from documents.reading.outline import Line, Table
from domain.common.text import fold
from domain.organisation.register import Register, words

_WORD: Final = re.compile(r"\w+")
_SHORTEST_NAME: Final = 2
_LONG, _MIDDLE = 5, 3
"""A word of so many letters may have two wrong, one of so many a single one, a shorter one only its marks."""


class _Name(NamedTuple):
    """A spelling of a known body: its words as written, and as they are compared."""

    written: tuple[str, ...]
    keys: tuple[str, ...]


class _Seen(NamedTuple):
    """A word of a text: as it is compared, where it stands, whether it was hard to read."""

    key: str
    start: int
    end: int
    unsure: bool


class _Fit(NamedTuple):
    """A name that a text has from the word `at` on, but for unsure words."""

    at: int
    name: _Name


def with_known_names(
    blocks: Sequence[Line | Table], register: Register, unsure: frozenset[str]
) -> list[Line | Table]:
    """Return the blocks with unsure words mended within names that the register knows.

    `unsure` are the words that were hard to read, as they stand in the texts.
    """
    keys = frozenset(key for text in unsure for key in words(text))
    if not keys:
        return list(blocks)
    names = _KnownNames.of(register)
    return [_mended_block(block, names, keys) for block in blocks]


def _mended_block(block: Line | Table, names: "_KnownNames", unsure: frozenset[str]) -> Line | Table:
    if isinstance(block, Line):
        return replace(block, text=names.mended(block.text, unsure))
    rows = tuple(tuple(names.mended(cell, unsure) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


@dataclass(frozen=True, slots=True)
class _KnownNames:
    """The known names by each of their words, with the place that it has in them."""

    whole: frozenset[tuple[str, ...]]
    by_word: Mapping[str, Sequence[tuple[int, _Name]]]

    @classmethod
    def of(cls, register: Register) -> "_KnownNames":
        by_word: defaultdict[str, list[tuple[int, _Name]]] = defaultdict(list)
        spellings = {text: None for unit in register.units for text in (unit.name, *unit.spellings)}
        names = [_Name(tuple(_WORD.findall(text)), words(text)) for text in spellings]
        known = [name for name in names if len(name.keys) == len(name.written) >= _SHORTEST_NAME]
        for name in known:
            for place, key in enumerate(name.keys):
                by_word[key].append((place, name))
        return cls(frozenset(name.keys for name in known), by_word)

    def mended(self, text: str, unsure: frozenset[str]) -> str:
        """Return a text with its unsure words mended."""
        found = [(match.start(), match.end(), words(match[0])) for match in _WORD.finditer(text)]
        seen = [_Seen(key[0], start, end, key[0] in unsure) for start, end, key in found if len(key) == 1]
        if len(seen) < len(found):
            return text
        for at, word in reversed(list(enumerate(seen))):
            if word.unsure and (fit := self._fit(seen, at)) is not None:
                wanted = fit.name.written[at - fit.at]
                text = text[: word.start] + _cased(wanted, text[word.start : word.end]) + text[word.end :]
        return text

    def _fit(self, seen: Sequence[_Seen], at: int) -> _Fit | None:
        """Return the longest name around an unsure word; None where it is right, or two would fit."""
        fits = set(self._fits(seen, at))
        longest = max((len(fit.name.keys) for fit in fits), default=0)
        if any(_standing(fit, seen) in self.whole for fit in fits):
            return None
        best = [fit for fit in fits if len(fit.name.keys) == longest]
        wanted = {fit.name.keys[at - fit.at] for fit in fits}
        return best[0] if len(wanted) == 1 else None

    def _fits(self, seen: Sequence[_Seen], at: int) -> Iterator[_Fit]:
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(seen):
                for place, name in self.by_word.get(seen[beside].key, ()):
                    start = beside - place
                    if start <= at < start + len(name.keys) and _is_like(name, seen, start):
                        yield _Fit(start, name)


def _standing(fit: _Fit, seen: Sequence[_Seen]) -> tuple[str, ...]:
    return tuple(word.key for word in seen[fit.at : fit.at + len(fit.name.keys)])


def _is_like(name: _Name, seen: Sequence[_Seen], start: int) -> bool:
    """Tell whether the words from `start` on are a name but for few letters of unsure ones, at most half."""
    end = start + len(name.keys)
    if start < 0 or end > len(seen):
        return False
    others = [(word, key) for word, key in zip(seen[start:end], name.keys, strict=True) if word.key != key]
    return len(others) * 2 <= len(name.keys) and all(
        word.unsure and _is_misread(word.key, key) for word, key in others
    )


def _is_misread(read: str, meant: str) -> bool:
    """Tell whether a word may be read so: its marks are wrong, and in a longer one a letter or two."""
    if not fold(meant).isalpha() or read.isdigit():
        return False
    letters = len(fold(meant))
    most = 2 if letters >= _LONG else 1 if letters >= _MIDDLE else 0
    return _distance(fold(read), fold(meant)) <= most


def _distance(one: str, other: str) -> int:
    """How many letters are put in, left out or changed from one word to the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, wanted in enumerate(other, 1):
            before, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, before + (letter != wanted)),
            )
    return row[-1]


def _cased(wanted: str, read: str) -> str:
    """A word in the letters, large or small, in which it stood."""
    return wanted.upper() if read.isupper() and len(read) > 1 else wanted
