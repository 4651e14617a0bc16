"""Secrecy marks: what bears one stays off public messengers (Luật Bảo vệ bí mật nhà nước 117/2025/QH15).

A mark stands alone, in capitals, as it is stamped. The words in a sentence ("bảo mật", "tài liệu mật",
"mật độ", "mặt trận") are ordinary, and so is the number of a document that went the official way.
`is_marked` judges what somebody writes, `is_marked_apart` what stands beside a document's text (a header, a
text box, a property), `is_stamp` one line or cell of the text itself; `secrecy_names` the name of a file.
"""

import re
from typing import Any

from domain.common.look_alikes import as_read
from domain.common.text import fold

_DEGREES = ("tuyệt mật", "tối mật")
_HANDLINGS = ("tài liệu thu hồi", "lưu hành nội bộ", "xem xong trả lại")
_LABELS = ("độ mật", "mức độ mật", "cấp độ mật", "dấu mật")
_MARKS = (*_DEGREES, *_HANDLINGS, "tài liệu mật", "văn bản mật")
_LABELLED = tuple(f"{label} {degree}" for label in _LABELS for degree in (*_DEGREES, "mật"))


def _also_unmarked(marks: tuple[str, ...]) -> frozenset[str]:
    return frozenset(marks) | frozenset(map(fold, marks))


# Nothing else is ever all that a line says, however it is typed; a bare "mật" may be honey, "mat" lost.
_WHOLE_LINES = _also_unmarked((*_MARKS, *_LABELLED))
_FOLDED_DEGREES = frozenset(map(fold, _DEGREES))
_BARE = _WHOLE_LINES | {"mật"}
_PAGES = {"trang", "page", "tr"}
_SPACED_OUT = frozenset(line.replace(" ", "") for line in (*_WHOLE_LINES, "mật"))

_ANY = re.compile(r"m\W*[ậạâa]\W*t|thu\s+h[ồo]i|n[ộo]i\s+b[ộo]|tr[ảa]\s+l[ạa]i", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SPELT = re.compile(r"(?<![^\W_])[^\W\d_](?:[ \t\n.*·•|-]{1,4}[^\W\d_]){2,}(?![^\W_])")
"""A word with room between its letters: "M Ậ T"."""
_DEGREE = r"(?:TỐI|TUYỆT)\s*MẬT"
_HANDLING = "|".join(mark.upper().replace(" ", r"\s+") for mark in _HANDLINGS)
_OTHERWISE = r"(?!\s+(?:ĐẤT|GIẤY|DAT|GIAY)(?!\w))"
"""Behind "TÀI LIỆU THU HỒI": documents about land that is taken back."""
_STAMP = re.compile(
    rf"(?<!\w)(?:{_DEGREE}|{_HANDLING}|TUYET\s*MAT|LUU\s+HANH\s+NOI\s+BO|TAI\s+LIEU\s+THU\s+HOI)(?!\w){_OTHERWISE}"
)
_BRACKETED = re.compile(
    rf"[(\[{{<]\s*(?:MẬT|MAT|(?i:(?:độ\s+mật\s*:?\s*)?(?:{_DEGREE}|toi mat|tuyet mat)|độ\s+mật\s*:?\s*mật))"
    r"\s*[)\]}>]"
    r"|/[A-ZĐa-z-]+\s*[(\[]\s*(?i:mật)\s*[)\]]"
)
_LABEL = re.compile(
    r"(?<!\w)ĐỘ\s*MẬT\s*:(?!\s*(?i:không|thường|bình thường|0)(?!\w))"
    r"|(?i:(?<!\w)(?:độ\s+mật|do\s+mat)\s*:\s*(?:tuyệt mật|tối mật|mật|tuyet mat|toi mat|mat)(?!\s*\w))"
)
_APART = re.compile(r"(?:^|[-–—|:/])\W{0,9}MẬT\W{0,9}(?:$|[-–—|:/])")
_APART_IN_A_SENTENCE = re.compile(r"(?:^|[,;.])\s*MẬT\s*(?:$|[,;.!])")
# "1 xong MẬT", "gửi BC 12/BC-CAT MẬT": set behind what is no part of a longer word or a name.
_AT_THE_END = re.compile(r"(?<!\S)(?P<before>\S{1,40})\s+MẬT\W*(?:\.(?:docx?|pdf|xlsx?)\s*)?$")
_OTHER_WORDS = """
bảo bí thân cơ tinh trinh độ mức dấu chữ ong vị túi gan hoa đường lấy vắt quay giải không chưa hết
"""
_ITS_OWN = frozenset(_OTHER_WORDS.split())
_NONE_OF = re.compile(r"(?<!\w)(?:không|ko|chưa|hết)(?!\w)[^.;,]*$", re.IGNORECASE)
# "TỐI MẬT, TUYỆT MẬT" and a quoted "MẬT" tell of marks; no stamp looks so.
_ONE = rf"(?:{_DEGREE}|MẬT)"
_TOLD_OF = re.compile(
    rf"[\"“”'«](?:{_ONE}|{_HANDLING})[\"“”'»]|(?<!\w){_ONE}(?:\s*(?:,|/|và|hoặc|hay)\s*(?:ĐỘ\s+)?{_ONE})+(?!\w)"
)
_BLOT = "MẬT"


def is_marked(text: str) -> bool:
    """Whether a text bears a secrecy mark. A bare number of a document bears none."""
    text = as_read(text)
    if not _ANY.search(text):
        return False
    closed = closed_up(text)
    return _bears(text) or (closed != text and _bears(closed))


def is_marked_apart(text: str) -> bool:
    """Whether what stands apart from a document's text is a mark, or bears one: a bare "Mật" there is one."""
    plain = as_read(text)
    return bool(_ANY.search(plain)) and (
        any(_is_bare(line) for line in (plain, *plain.splitlines())) or is_marked(text)
    )


def is_stamp(line: str) -> bool:
    """Whether one line or cell within a document's text is a mark and nothing else, as it is stamped."""
    line = as_read(line)
    if not _ANY.search(line):
        return False
    words = [word for word in _words(line) if not word.isdigit()]
    plain = " ".join(words).casefold()
    if plain in _LABELLED or (len(words) > 1 and all(len(word) == 1 for word in words)):
        return _is_mark(line)
    return line == line.upper() and (
        words == ["MẬT"] or plain in _WHOLE_LINES or fold(plain) in _FOLDED_DEGREES
    )


def closed_up(text: str) -> str:
    """Return the text without the room between the letters of words that are spaced out."""
    return _SPELT.sub(lambda found: "".join(_WORD.findall(found[0])), text)


def _bears(text: str) -> bool:
    lines = [line for line in text.splitlines() if not line.isspace() and line]
    if any(map(_is_mark, lines)) or _heads(lines):
        return True
    told = _TOLD_OF.sub(" ", text)
    return bool(_STAMP.search(told) or _BRACKETED.search(told) or _LABEL.search(told)) or any(
        map(_stands_apart, told.splitlines())
    )


def _is_bare(line: str) -> bool:
    """Whether a line is a degree and nothing else but a page's number, however it is typed."""
    words = [word for word in _words(line) if not word.isdigit() and word.casefold() not in _PAGES]
    return words == ["MAT"] or " ".join(words).casefold().removeprefix("tài liệu ") in _BARE


def _words(line: str) -> list[str]:
    return _WORD.findall(line)


def _is_mark(line: str) -> bool:
    """Whether a line is a mark and nothing else: in capitals, spaced out as on a stamp, or in full words."""
    words = _words(line)
    if words == ["MẬT"]:
        return True
    plain = [word.casefold() for word in words]
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(plain) in _SPACED_OUT
    return " ".join(plain) in _WHOLE_LINES


def _heads(lines: list[str]) -> bool:
    """Whether "Mật" or "MAT" is the first line of several: the head of a document."""
    return len(lines) > 1 and _words(lines[0]) in (["Mật"], ["MAT"])


def _ends_in_mark(line: str) -> bool:
    """Whether MẬT stands in capitals behind words that are not: "BẢO MẬT", "Thị MẬT" are other words."""
    found = _AT_THE_END.search(line)
    if found is None or _NONE_OF.search(line[: found.end("before")]):
        return False
    before = found["before"].strip("“”\"'(),.;:!")
    if any(map(str.isdigit, before)) or before in ("XONG", "RỒI"):
        return True
    return before.islower() and before not in _ITS_OWN


def _stands_apart(line: str) -> bool:
    if _APART.search(line) or _ends_in_mark(line):
        return True
    return not line.isupper() and bool(_APART_IN_A_SENTENCE.search(line))


def blotted(value: Any) -> Any:
    """Return JSON data with nothing but a mark in the place of each string that bears one."""
    if isinstance(value, str):
        return _BLOT if is_marked(value) else value
    if isinstance(value, list):
        return [blotted(one) for one in value]
    return {key: blotted(one) for key, one in value.items()} if isinstance(value, dict) else value
