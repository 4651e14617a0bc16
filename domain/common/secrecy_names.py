"""Secrecy marks in names of files, typed without diacritics as a rule: "TOI MAT.docx", "(MAT)"."""

import re

from domain.common.look_alikes import as_read
from domain.common.secrecy import closed_up, is_marked, is_marked_apart
from domain.common.text import fold

_SUFFIX = re.compile(
    r"(?i)\.(?:docx?|docm|dotx|xlsx?|xlsm|pdf|txt|md|csv|jpe?g|png|zip|rar|7z|pptx?|odt|ods)$"
)
_ANY = re.compile(r"m\W*[ậa]\W*t|n[ộo]i\W+b[ộo]|h[ồo]i|tr[ảa]\W+l[ạa]i", re.IGNORECASE)
_DEGREE = re.compile(r"(?i)(?<![^\W_])(?:t[ốo]i|tuy[ệe]t)\W*m[ậa]t(?![^\W_])")
_HANDLING = re.compile(
    r"(?i)(?<![^\W_])(?:l[ưu]u\W+h[àa]nh\W+n[ộo]i\W+b[ộo]|xem\W+xong\W+tr[ảa]\W+l[ạa]i"
    r"|t[àa]i\W+li[ệe]u\W+thu\W+h[ồo]i(?!\W+(?:đ[ấa]t|d[ấa]t|gi[ấa]y)))(?![^\W_])"
)
_HYPHEN = re.compile(r"(?<=\S)-(?=\S)")
_BRACKETED = re.compile(r"(?i)[(\[{]\s*m[ậa]t\s*[)\]}]")
_WORD = re.compile(
    r"(?P<before>[^\W_]*)(?P<left>[\W_]*)(?<![^\W_])(?P<mark>MẬT|MAT|Mật)(?![^\W_])(?P<right>[\W_]*)(?P<after>[^\W_]*)"
)
_BEFORE_IT = """
bao bi than co tinh trinh do muc dau chu ong vi tui gan hoa duong lay vat quay giai khong chua het thi van
gap ra vang tien be bo thay kham truoc rau nhin nhieu moi chong cac cong luat ho
"""
_AFTER_IT = """
tran bang do khau ong hang duong ma thiet tich dien nuoc mang tap thu vu danh mia sach na nhan gau cat cau
kinh troi tien son thang ngay nha
"""
_AFTER_OTHERS, _BEFORE_OTHERS = frozenset(_BEFORE_IT.split()), frozenset(_AFTER_IT.split())
"""Words, without diacritics, with which "mat" is another word: "bao mat", "mat tran"."""


def is_marked_name(name: str) -> bool:
    """Whether the name of a file bears a secrecy mark."""
    stem = _SUFFIX.sub("", as_read(name).strip())
    if not _ANY.search(stem):
        return False
    if _DEGREE.search(stem) or _HANDLING.search(stem) or _BRACKETED.search(stem):
        return True
    if is_marked_apart(stem) or is_marked(_HYPHEN.sub(" ", stem)):
        return True
    separated = closed_up(_SUFFIX.sub("", name))
    return any(_is_mark(found, separated) for found in _WORD.finditer(separated))


def _is_mark(found: re.Match[str], stem: str) -> bool:
    """Whether the word stands as a mark does: first, last or set off, and is part of no other word."""
    before, after = fold(found["before"]), fold(found["after"])
    if before in _AFTER_OTHERS or after in _BEFORE_OTHERS:
        return False
    left, right = found["left"].strip(), found["right"].strip()
    if found["mark"] == "Mật":
        return not before and bool(right and after)
    if not before or not after:
        beside, off = (after, right) if not before else (before, left)
        return bool(off) or not stem.isupper() or any(map(str.isdigit, beside))
    apart = len(found["left"]) > 1 and len(found["right"]) > 1
    return apart or (found["mark"] == "MẬT" and after[0].isdigit())
