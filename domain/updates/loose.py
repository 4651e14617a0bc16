"""Patterns written in proper Vietnamese that match what is typed with all, some or none of the marks."""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property

from domain.common.text import fold

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = "aăâeêioôơuưy"
_LETTERS = "dđ" + "".join(unicodedata.normalize("NFC", v + t) for v in _VOWELS for t in _TONES)
_HOI, _NGA = "\u0309", "\u0303"


def _shape_and_tone(letter: str) -> tuple[str, str]:
    """("ê", tone) of "ế"; hỏi counts as ngã, since half the country writes them alike ("đả xong")."""
    pieces = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in pieces if mark in _TONES[1:]), "")
    return unicodedata.normalize("NFC", pieces.replace(tone, "")), _NGA if tone == _HOI else tone


def _stands_for(typed: str, letter: str) -> bool:
    """Whether one typed "ế", or left out the tone ("ê") or all ("e"); "é" is the sign of another word."""
    shape, tone = _shape_and_tone(typed)
    own_shape, own_tone = _shape_and_tone(letter)
    return typed == fold(letter) or (shape == own_shape and tone in ("", own_tone))


_TYPED = {
    letter: f"[{''.join(c for c in _LETTERS if _stands_for(c, letter))}]"
    for letter in _LETTERS
    if letter != fold(letter)
}


def loose_source(pattern: str) -> str:
    """Return the pattern's regular expression: "chưa" matches chưa, chua, CHUA, but not chùa.

    A space stands for any white space, " ?" for any or none. Between « and » letters are taken as they
    are: «chờ» does not match a bare "cho", which is nearly always another word. No Vietnamese letter may
    stand in [...].
    """
    pieces = re.split(r"«(.*?)»", pattern)
    loosened = ("".join(_TYPED.get(c, c) for c in _spaced(piece)) for piece in pieces[::2])
    verbatim = [*map(_spaced, pieces[1::2]), ""]
    return "".join(loose_piece + exact for loose_piece, exact in zip(loosened, verbatim, strict=True))


def _spaced(piece: str) -> str:
    """Never given back, so that a long run of spaces is gone through once."""
    return piece.replace(" ?", r"\s*+").replace(" ", r"\s++")


def lowered(text: str) -> str:
    """Return the text in lower case, as long as it was."""
    return text if text.islower() else text.replace("\u0130", "I").lower()


_all: list["Loose"] = []


class Loose:
    """A pattern that is compiled when it is first used: all of them take half a second, an import none.

    `search`, `match`, `finditer` and `sub` are those of `re.Pattern`, for NFC text in any case. What a match
    holds is in lower case: matching without regard to case takes half as long again.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        _all.append(self)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self._source)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.pattern.search(lowered(text), start, end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.pattern.match(lowered(text), start)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self.pattern.finditer(lowered(text), start, end)

    def sub(self, replacement: Callable[[re.Match[str]], str] | str, text: str) -> str:
        """As `re.Pattern.sub`, without references to groups; the rest of the text keeps its case."""
        pieces, place = [], 0
        for match in self.finditer(text):
            pieces += [
                text[place : match.start()],
                replacement if isinstance(replacement, str) else replacement(match),
            ]
            place = match.end()
        return "".join([*pieces, text[place:]]) if pieces else text


def loose(pattern: str, *, whole_words: bool = True) -> Loose:
    """Return the pattern; unless told otherwise it begins and ends at the edge of a word."""
    source = loose_source(pattern)
    return Loose(rf"(?<!\w)(?:{source})(?!\w)" if whole_words else source)


def compile_next() -> bool:
    """Compile a pattern that nobody has used yet; return whether there was one."""
    unused = next((each for each in _all if "pattern" not in vars(each)), None)
    return unused is not None and bool(unused.pattern)


def compile_all() -> None:
    """Compile every pattern that modules have made by now: whoever writes first does not wait for them."""
    while compile_next():
        pass
