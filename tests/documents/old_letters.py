"""Writes Vietnamese text as it was encoded before Unicode; made by its own tables, not by the reader's."""

import unicodedata

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_BOWL = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_I = {"": "i", "\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}
_TCVN3 = {
    **dict(zip("àảãáạằẳẵắặầẩẫấậ", "µ¶·¸¹»¼½¾ÆÇÈÉÊË", strict=True)),
    **dict(zip("èẻẽéẹềểễếệ", "ÌÎÏÐÑÒÓÔÕÖ", strict=True)),
    **dict(zip("ìỉĩíịòỏõóọồổỗốộờởỡớợ", "×ØÜÝÞßáâãäåæçèéêëìíî", strict=True)),
    **dict(zip("ùủũúụừửữứựỳỷỹýỵ", "ïñòóôõö÷øùúûüýþ", strict=True)),
    **dict(zip("ăâêôơưđĂÂÊÔƠƯĐ", "¨©ª«¬\u00ad®¡¢£¤¥¦§", strict=True)),
}


def as_tcvn3(text: str) -> str:
    """Return the characters that .VnTime draws as this text; it has no accented capitals but for seven."""
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in text)


def as_vni(text: str) -> str:
    """Return the characters that VNI-Times draws as this text."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter: str) -> str:
    base, marks = unicodedata.normalize("NFD", letter)[0], unicodedata.normalize("NFD", letter)[1:]
    small = base.lower()
    if small == "đ":
        drawn = "ñ"
    elif small == "i":
        drawn = _I[marks]
    elif letter.lower() == "ỵ":
        drawn = "î"
    elif "\u031b" in marks:
        drawn = {"o": "ô", "u": "ö"}[small] + _TONES.get(marks.replace("\u031b", ""), "")
    elif "\u0302" in marks:
        drawn = small + _HAT[marks.replace("\u0302", "")]
    elif "\u0306" in marks:
        drawn = small + _BOWL[marks.replace("\u0306", "")]
    else:
        drawn = small + "".join(_TONES[mark] for mark in marks)
    return drawn.upper() if base.isupper() else drawn


def as_windows_1258(text: str) -> bytes:
    """Return a text in windows-1258, whose tones stand behind their letters."""
    written = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in _TONES)
        written += unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)) + tones
    return written.encode("cp1258")
