"""Vietnamese text: one normal form for keeping, one folded form for comparing."""

import unicodedata

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a", " "))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def nfc(text: str) -> str:
    """Return the text as it is kept: NFC, ordinary spaces, no invisible characters, no NUL.

    Line breaks and tabs stay; nothing is trimmed.
    """
    cleaned = text.translate(_SPACES).translate(_INVISIBLE).replace("\0", "")
    return unicodedata.normalize("NFC", cleaned)


def squeeze(text: str) -> str:
    """Return the text in NFC on one line, each run of white space made one space, trimmed."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Return the form in which Vietnamese is compared: no case, no diacritics, đ as d, single spaces.

    Without its marks a word no longer tells old tone placement (hoà) from new (hòa), nor Uỷ from Ủy.
    """
    plain = unicodedata.normalize("NFD", squeeze(text).casefold().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))
