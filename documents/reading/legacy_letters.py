"""Text from before Unicode: TCVN3 (the fonts .VnTime, .VnArial ...), VNI (VNI-Times ...), windows-1258.

Such text holds the characters that these fonts drew as Vietnamese letters. What it is shows in the name of
the font, or in sequences that no Unicode text has. Tables: TCVN 5712:1993 (VN3), and VNI for Windows.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

from domain.common.text import nfc

Encoding = Literal["tcvn3", "vni"]

_TCVN3: Final = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_MARKS: Final = {
    **dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
    "â": "\u0302",
    **{
        letter: f"\u0302{tone}"
        for letter, tone in zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)
    },
    "ê": "\u0306",
    **{
        letter: f"\u0306{tone}"
        for letter, tone in zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True)
    },
}
_VNI_VOWELS: Final = frozenset("aeoiuyơư")
_VNI_LETTERS: Final = dict(zip("ñôöæóòî", "đơưỉĩịỵ", strict=True))

_TCVN3_ONLY = re.compile(r"(?<=[A-Za-z])[¨©ª«¬\u00ad®µ¶·¸¹»¼½¾]|[¨©ª«¬®µ¶·¸¹»¼½¾](?=[a-z])")
_VNI_ONLY = re.compile(
    r"[aAeE][âáàåãäêéèúüëÂÁÀÅÃÄÊÉÈÚÜË]|[aeouyôöAEOUYÔÖ][ùøûõïÙØÛÕÏ]|(?<!\w)[ñÑ](?=[aeiouyôöAEIOUYÔÖ])"
)
_UNICODE_ONLY = re.compile("[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
_WORD = re.compile(r"\w+")
_LEAST_SHARE, _FEWEST = 0.05, 2
"""So many sequences a word mark a text as old: a Unicode text has none, an old one many."""
_HEAD, _ZEROS = 2000, 0.2
_FONT = re.compile(r"(?i)^\s*(?:(?P<tcvn3>\.vn)|(?P<vni>vni[- ]))")


def encoding_of_font(name: str) -> Encoding | None:
    """Return how a font of this name encodes letters, None for an ordinary one: ".VnTime", "VNI-Times"."""
    found = _FONT.match(name)
    if found is None:
        return None
    return "tcvn3" if found["tcvn3"] else "vni"


def is_capital_font(name: str) -> bool:
    """Tell whether a font draws small letters as capitals: ".VnTimeH" does."""
    return encoding_of_font(name) == "tcvn3" and name.strip().endswith("H")


def encoding_of(text: str) -> Encoding | None:
    """Return how a text encodes Vietnamese letters by what stands in it; None for Unicode."""
    words = len(_WORD.findall(text))
    if not words or len(_UNICODE_ONLY.findall(text)) > words * _LEAST_SHARE:
        return None
    tcvn3, vni = len(_TCVN3_ONLY.findall(text)), len(_VNI_ONLY.findall(text))
    if max(tcvn3, vni) < max(_FEWEST, words * _LEAST_SHARE):
        return None
    return "tcvn3" if tcvn3 >= vni else "vni"


def to_unicode(text: str, encoding: Encoding) -> str:
    """Return a text of an old encoding in Unicode, NFC."""
    if encoding == "tcvn3":
        return "".join(_TCVN3.get(letter, letter) for letter in text)
    return nfc("".join(_vni_letters(text)))


def modern(text: str) -> str:
    """Return a text in Unicode, whatever its letters say it is encoded in."""
    encoding = encoding_of(text)
    return to_unicode(text, encoding) if encoding else text


def decoded(data: bytes) -> str | None:
    """Return the text in bytes that are not UTF-8: UTF-16 without a mark, windows-1258, TCVN3, VNI.

    Returns None where they are none of these.
    """
    if b"\0" in data:
        return _decoded_utf16(data)
    old = data.decode("cp1252", errors="replace")
    if encoding_of(old):
        return modern(old)
    text = nfc(data.decode("cp1258", errors="replace"))
    return text if len(_UNICODE_ONLY.findall(text)) > len(_WORD.findall(text)) * _LEAST_SHARE else None


def _decoded_utf16(data: bytes) -> str | None:
    """Return the text where every second byte is often zero, as in text with many ASCII letters."""
    head = data[:_HEAD]
    zeros = head[::2].count(0), head[1::2].count(0)
    if max(zeros) < len(head) * _ZEROS:
        return None
    try:
        return data.decode("utf-16-le" if zeros[1] > zeros[0] else "utf-16-be")
    except UnicodeDecodeError:
        return None


def _vni_letters(text: str) -> Iterator[str]:
    """Yield each letter with the marks that VNI writes behind it as combining ones."""
    base = ""
    for letter in text:
        small = letter.lower()
        if small in _VNI_MARKS and base.lower() in _VNI_VOWELS:
            yield _VNI_MARKS[small]
            base = ""
            continue
        base = _VNI_LETTERS.get(small, small)
        yield base if letter == small else base.upper()
