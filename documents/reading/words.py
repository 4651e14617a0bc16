"""A text cut into words that know where they stand, for walking through lists of bodies."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from domain.organisation.register import Words, word

CAPITAL = "[A-ZĐÀ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
"""A capital letter in a pattern; those with two marks alternate with small ones: no range has them."""
_WORD = re.compile(r"(\w+)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HARD = re.compile(r"[;:…\"“”!?()]|\.(?!\w)|\.\.")


class Word(NamedTuple):
    """One word: as written, as compared, its place, and the punctuation between it and the last.

    A tuple rather than a dataclass, since a plan has thousands: a third of the price.
    """

    raw: str
    key: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.raw[0].isupper()

    @property
    def closes(self) -> bool:
        """Whether what stands before it ends a phrase: a semicolon, a colon, a full stop, a lone bracket."""
        return self.gap != "" and _HARD.search(self.gap) is not None


_new = tuple.__new__  # past the check of the number of its fields: half the price again


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases; `openings` are the words that they begin with, each with its longest's length."""

    known: frozenset[Words]
    openings: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_length = sorted(self.known, key=len)
        object.__setattr__(self, "openings", {phrase[0]: len(phrase) for phrase in by_length})

    def __contains__(self, phrase: Words) -> bool:
        return phrase in self.known

    def __or__(self, others: "Phrases") -> "Phrases":
        return Phrases(self.known | others.known)


def blank_brackets(text: str) -> str:
    """Return the text with what stands in brackets made blank, each character in its place."""
    if "(" not in text and "[" not in text:
        return text
    return _BRACKETS.sub(lambda found: " " * len(found[0]), text)


@lru_cache(maxsize=1024)
def cut(text: str, start: int = 0, most: int = 0) -> tuple[Word, ...]:
    """Return the words of the text from `start` on; what stands in brackets is passed over.

    `most` is how many at most, 0 for all of them.
    """
    pieces = _WORD.split(blank_brackets(text)[start:], most)
    found, end = [], start
    for gap, raw in zip(pieces[::2], pieces[1::2], strict=False):  # what stands after the last word is over
        begin = end + len(gap)
        end = begin + len(raw)
        found.append(_new(Word, (raw, word(raw), begin, end, gap.strip())))
    return tuple(found)
