"""What a keyboard leaves behind: Telex or VNI keys that made no marks ("ddax xong"), misplaced marks."""

import re
import unicodedata

_TONE_KEYS = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_DOUBLED = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"u": "ư", "o": "ơ"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VNI = re.compile(r"(?<![\w/.@#-])[a-zđ](?:[a-zđ]*[1-9]){1,4}[a-z]{0,3}(?![\w/.@%-])", re.IGNORECASE)
# Of these a digit behind them is a number: "viec2 xong", "quy2", "xong2".
_NUMBERED = re.compile(
    "ban|bai|bc|buoc|cau|clip|con|cv|dc|doi|dot|duoc|hoi|kh|khu|kenh|ky|lan|lop|"
    "muc|ngay|nhom|phan|quy|so|stt|tap|thang|thu|tin|to|tuan|viec|video|vong|xa|xog|xong"
)
_DRAWN_OUT = re.compile(r"(\w)\1\1", re.IGNORECASE)
_ENGLISH = frozenset(["post", "test", "list", "fix", "text", "box", "done"])
_HOOKED = {"a": "ă", "o": "ơ", "u": "ư", "ươ": "ươ", "uo": "ươ", "ưo": "ươ", "uơ": "ươ", "ua": "ưa"}
# No Vietnamese word is written with these; nearly every word with keys left in it is.
_LEFT = re.compile(
    r"(?<![\w/.@-])[a-zđà-ỹ]{0,5}(?:dd|aa|ee|oo|[aou]w|(?<=d)[aou][a-z]{0,3}d|"
    r"[aeiouyăâêôơư]{1,3}(?:ng|nh|ch|[cmnpt])?[sfrxjw])[a-z]{0,4}(?![\w/.@-])",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(
    r"(?:ngh|gh|ng|nh|th|tr|ch|ph|kh|gi|qu|[bcdđghklmnpqrstvx])?"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})(?:ng|nh|ch|[cmnpt])?"
)
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_STOPPED_TONES = "\u0301\u0323"
# The tone of "hoàn" stands on its second vowel; typed on the first it is the same word.
_MISPLACED = re.compile(
    r"(?P<first>[òóỏõọ](?=[ae])|[ùúủũụ](?=[yâêô]))(?P<second>\w)(?=[cmnpt])", re.IGNORECASE
)


def as_meant(text: str) -> str:
    """Return NFC text, as long as it was, with what Telex left undone done: "ddax xong" is "đã   xong".

    A word is changed only where it is none as it stands and becomes a Vietnamese syllable with a mark. What
    it becomes is shorter, so spaces follow it: places in the text stay what they were.
    """
    text = _LEFT.sub(lambda match: _word(match[0]), text)
    text = _VNI.sub(lambda match: _vni_word(match[0]), text)
    return _MISPLACED.sub(_moved, text)


def _word(typed: str) -> str:
    if typed.lower() in _ENGLISH or _DRAWN_OUT.search(typed):
        return typed  # "nhaaa" is "nha"
    meant = _composed(typed.lower())
    return typed if meant is None else meant.ljust(len(typed))


def _vni_word(typed: str) -> str:
    meant = _vni_composed(typed.lower())
    return typed if meant is None else meant.ljust(len(typed))


def _vni_composed(typed: str) -> str | None:
    """The syllable that letters and VNI digits make; None where they make none."""
    letters, tones = "", ""
    for key in typed:
        if key in _VNI_TONES:
            tones += _VNI_TONES[key]
        elif key in _VNI_MARKS:
            at = max((letters.rfind(plain) for plain in _VNI_MARKS[key]), default=-1)
            if at < 0:
                return None
            letters = letters[:at] + _VNI_MARKS[key][letters[at]] + letters[at + 1 :]
        else:
            letters += key
    letters = letters.replace("uơ", "ươ").replace("ưo", "ươ")
    syllable = _SYLLABLE.fullmatch(letters)
    if len(tones) > 1 or syllable is None or (_NUMBERED.fullmatch(letters) and typed[-1].isdecimal()):
        return None
    at = _tone_place(syllable, len(letters))
    return unicodedata.normalize("NFC", letters[: at + 1] + tones + letters[at + 1 :])


def _composed(typed: str) -> str | None:
    """The syllable that the keys make; None where they make none."""
    rest = typed.lstrip(_CONSONANTS)
    onset = typed[: len(typed) - len(rest)]
    keys = [key for key in rest if key in _TONE_KEYS]
    letters = _shaped(onset + "".join(key for key in rest if key not in _TONE_KEYS))
    if letters == "đc":
        return letters  # what most write for "được"
    if len(keys) > 1:
        return None
    syllable = _SYLLABLE.fullmatch(letters)
    tone = _TONE_KEYS[keys[0]] if keys else ""
    if syllable is None or (_STOPPED.search(letters) and tone and tone not in _STOPPED_TONES):
        return None
    at = _tone_place(syllable, len(letters))
    meant = unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
    return meant if meant != typed else None


def _shaped(letters: str) -> str:
    """Letters with â, ê, ô, đ and the hooks in place; a key may also stand at the end: "chuaw", "dangd"."""
    if letters[0] == "d" and letters[-1] == "d" and len(letters) > len("dd"):
        letters = "đ" + letters[1:-1]
    for keys, letter in _DOUBLED.items():
        letters = letters.replace(keys, letter)
    while (at := letters.find("w")) > 0:
        hooked = re.search(r"(?:[uư][oơ]|ua|[aou])(?=[a-zđ]{0,2}$)", letters[:at])
        if hooked is None:
            return ""
        between = letters[hooked.end() : at]
        letters = letters[: hooked.start()] + _HOOKED[hooked[0]] + between + letters[at + 1 :]
    return letters.replace("ưo", "ươ")


def _tone_place(syllable: re.Match[str], length: int) -> int:
    """Where the tone goes: on a vowel with a mark of its own, else by whether a consonant follows."""
    vowels, start = syllable["vowels"], syllable.start("vowels")
    marked = [at for at, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return start + marked[-1]
    closed = syllable.end("vowels") < length
    return start + (len(vowels) - 1 if closed or len(vowels) == 1 else len(vowels) - 2)


def _moved(match: re.Match[str]) -> str:
    typed = unicodedata.normalize("NFD", match["first"])
    return typed[0] + unicodedata.normalize("NFC", match["second"] + typed[1:])
