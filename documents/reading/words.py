"""A text cut into words that know where they stand, for walking through lists of bodies."""

import re
from dataclasses import dataclass

from domain.units import word

_WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HARD = re.compile(r"[;:…\"“”!?]|\.(?!\w)|\.\.")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, as compared, its place, and the punctuation between it and the last."""

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
        """Whether what stands before it ends a phrase: a semicolon, a colon, a full stop, an ellipsis."""
        return bool(_HARD.search(self.gap))


def blank_brackets(text: str) -> str:
    """Return the text with what stands in brackets made blank, each character in its place."""
    return _BRACKETS.sub(lambda found: " " * len(found[0]), text)


def cut(text: str) -> tuple[Word, ...]:
    """Return the words of the text; what stands in brackets is passed over."""
    bare = blank_brackets(text)
    found, last = [], 0
    for match in _WORD.finditer(bare):
        gap = bare[last : match.start()].strip()
        found.append(Word(match[0], word(match[0]), match.start(), match.end(), gap))
        last = match.end()
    return tuple(found)
