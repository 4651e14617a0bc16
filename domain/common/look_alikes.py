"""Text as a person reads it: other alphabets' look-alikes, markup and odd widths made plain letters.

What comes out is for comparing alone; it is never kept or shown.
"""

import html
import re
import unicodedata

from domain.common.text import nfc

_ORNAMENT = re.compile(
    "(?![\u0300-\u0303\u0306\u0309\u031b\u0323])"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
"""A mark above or below a letter that Vietnamese does not have."""
_STRANGE = re.compile("[^\0-\u024f\u1e00-\u1eff\u2010-\u203a]")
"""What Vietnamese text in NFC has no need of."""
_LETTERS = {
    "АВЕІЈКМНОРСТУХЅаеіјорсухѕтмԁһ": "ABEIJKMHOPCTYXSaeijopcyxstmdh",  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοτυν": "ABEZHIKMNOPTYXaiotuv",  # Greek
    "ᎪᎷᎢᎬᎻꓮꓟꓔꓳꓲꓴꓬꓰꓡ": "AMTEHAMTOIUYEL",  # Cherokee, Lisu
    "ᴀᴇɪʟᴍɴᴏᴛᴜʏ": "AEILMNOTUY",  # small capitals
    "Ðð": "Đđ",  # the Icelandic eth
}
_CIRCLED = {
    start + place: chr(ord("A") + place) for start in (0x1F150, 0x1F170, 0x1F1E6) for place in range(26)
}
_PLAIN = str.maketrans(
    {one: plain for row, meant in _LETTERS.items() for one, plain in zip(row, meant, strict=True)} | _CIRCLED
)
_OLD_FONTS = (
    ("MAÄT", "MẬT"), ("maät", "mật"), ("Maät", "Mật"), ("TOÁI", "TỐI"), ("toái", "tối"), ("Toái", "Tối"),
    ("TUYEÄT", "TUYỆT"), ("tuyeät", "tuyệt"), ("Tuyeät", "Tuyệt"),
    ("MËT", "MẬT"), ("mËt", "mật"), ("TèI", "TỐI"), ("tèi", "tối"), ("TUYÖT", "TUYỆT"), ("tuyÖt", "tuyệt"),
)  # fmt: skip
"""The words of secrecy marks as the fonts before Unicode wrote them: VNI, TCVN3."""
_OF_OLD_FONTS = re.compile("[ÄäËÖ]")
_TAG = re.compile(
    r"</?(?:[abispu]|em|strong|span|font|div|center|mark|del|ins|code|pre|blockquote|br|h[1-6]|t[dhr]|small|big)"
    r"(?:\s[^<>]{0,200})?/?>"
)
_MARKUP = re.compile(r"[*~`\\]")


def as_read(text: str) -> str:
    """Return the text in NFC and plain letters, without HTML tags and entities, Markdown signs, ornaments."""
    text = _MARKUP.sub("", _TAG.sub("", html.unescape(text) if "&" in text else text))
    text = nfc(text).replace("_", " ")
    if _OF_OLD_FONTS.search(text):
        for written, meant in _OLD_FONTS:
            text = text.replace(written, meant)
    if not _STRANGE.search(text):
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    return unicodedata.normalize("NFC", _ORNAMENT.sub("", plain))
