"""The characters of a source as a person means them: one kind of hyphen and space, no invisible marks."""

import re
from typing import Final

from domain.common.text import nfc

_MEANT = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        **dict.fromkeys("\u00a0\u202f\u2007", " "),
        "\u00d0": "Đ",  # the Icelandic eth, which looks the same
    }
)


_SPELT = re.compile(r"^[ \t]*(?:[^\W\d_] +){3,}[^\W\d_][ \t]*$", re.MULTILINE)
_TITLES: Final = {
    title.replace(" ", ""): title for title in ("KẾ HOẠCH", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH", "ĐỀ ÁN")
}


def plain_characters(text: str) -> str:
    """Return the text in NFC, its hyphens, spaces and look-alike letters as they are meant.

    A line of letters typed apart ("K Ế   H O Ạ C H") is made one of words.
    """
    return _SPELT.sub(_closed_up, nfc(text.translate(_MEANT)))


def _closed_up(found: re.Match[str]) -> str:
    """The words of a line of letters; wider space parts them, or they are the title of a document."""
    words = [word.replace(" ", "") for word in re.split(r" {2,}", found[0].strip())]
    if len(words) > 1:
        return " ".join(words)
    return _TITLES.get(words[0].upper(), found[0])
