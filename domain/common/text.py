"""Vietnamese text: one normal form for keeping, one folded form for comparing."""

import re
import unicodedata
from functools import lru_cache

_SPACES, _INVISIBLE = "\u00a0\u2007\u202f\u2009\u200a", "\u200b\u200c\u200d\u2060\ufeff\u00ad\0"
_CLEANED = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_INVISIBLE, ""))
_LONG = 40
"""A word of so many letters is none, and is not kept."""
_UNCLEAN = re.compile(f"[{_SPACES}{_INVISIBLE}]")


def nfc(text: str) -> str:
    """Return the text as it is kept: NFC, ordinary spaces, no invisible characters, no NUL.

    Line breaks and tabs stay; nothing is trimmed.
    """
    if _UNCLEAN.search(text):  # translating is slow, and hardly any text needs it
        text = text.translate(_CLEANED)
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return the text in NFC on one line, each run of white space made one space, trimmed."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Return the form in which Vietnamese is compared: no case, no diacritics, đ as d, single spaces.

    Without its marks a word no longer tells old tone placement (hoà) from new (hòa), nor Uỷ from Ủy.
    """
    return " ".join([_folded(word) if len(word) < _LONG else _unmarked(word) for word in nfc(text).split()])


def _unmarked(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join([c for c in plain if not unicodedata.combining(c)])


_folded = lru_cache(maxsize=1 << 14)(_unmarked)  # a language has few syllables: most are met again
