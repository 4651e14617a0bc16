"""The numbers and bullets that open a line, and how deep each kind stands in an official document."""

import re
from dataclasses import dataclass
from string import ascii_lowercase, digits

from documents.reading.words import CAPITAL

ARABIC = "arabic"
BULLET_RANK = 80
"""From this rank on a mark is a bullet: it orders nothing and names nothing."""

_CAPITAL = r"(?=[\"“'(]*[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ])"
_DOTTED = r"(\d{1,3}(?:\.\d{1,2}){1,3})"
_LABEL = r"(?:\s*([IVX]+|\d{1,2}|[A-H]))"
_ORDINAL = r"([IVX]+|\d{1,2}|(?i:nhất|hai|ba|tư|năm|sáu))"
_TASK = r"(?:Nhiệm vụ|NHIỆM VỤ|Hoạt động|HOẠT ĐỘNG|Nội dung|NỘI DUNG|Dự án|DỰ ÁN|Tiểu dự án|Đề án|ĐỀ ÁN)"
_ORDINALS = {"nhất": "I", "hai": "II", "ba": "III", "tư": "IV", "năm": "V", "sáu": "VI"}
_ROMAN = r"(?!V/[Vv]\b)(?:X{0,2}(?:IX|IV|V?I{0,3}))(?<=[IVX])"


@dataclass(frozen=True, slots=True)
class ListMark:
    """One number or bullet: its style, its bare label ("II", "3.6", "a", "-"), its rank (0 is outermost)."""

    style: str
    label: str
    rank: int


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    rank: int
    openers: str
    """The characters of which one opens such a mark."""
    pattern: re.Pattern[str]


_STYLES = (
    _Style("annex", 0, "PpBb", re.compile(rf"(?i:phụ lục|phụ biểu|biểu)(?i:\s+số)?{_LABEL}?\s*[.:]?\s*$")),
    _Style("annex", 0, "PpBb", re.compile(rf"(?:PHỤ LỤC|PHỤ BIỂU)(?:\s+(?i:số))?{_LABEL}?\s*[.:(–-]\s*")),
    _Style("task", 35, "NHDTĐ", re.compile(rf"{_TASK}\s+(?:(?i:số)\s+)?(\d{{1,2}}|[IVX]+)\s*[.:]\s*(?=\S)")),
    _Style("part", 5, "PpCc", re.compile(rf"(?i:phần|chương)\s+(?:(?i:thứ)\s+)?{_ORDINAL}\b\s*[.:–-]?\s*")),
    _Style("article", 8, "Mm", re.compile(r"(?:MỤC|Mục)\s+([IVX]+|\d{1,2}|[A-H])\s*(?:[.:–-]\s*|$)")),
    _Style("article", 10, "Đ", re.compile(r"Điều\s+(\d{1,2})\s*[.:]\s*")),
    _Style("roman", 20, "IVX", re.compile(rf"({_ROMAN})(?:\s*[.)/]\s*(?=\D)|\s*[-–:]\s+){_CAPITAL}")),
    _Style("upper", 10, "ABCDEFGHKĐ", re.compile(rf"([A-HKĐ])\s*[.)/]\s*{_CAPITAL}")),
    _Style(ARABIC, 40, digits, re.compile(rf"{_DOTTED}(?:[.)/:]\s*|\s+){_CAPITAL}")),
    _Style(ARABIC, 30, digits, re.compile(r"(\d{1,3})\s*[.)]\s*(?=[^\W\d]|[\"“(])")),
    _Style(ARABIC, 30, digits, re.compile(r"(\d{1,3})\s*/\s*(?=[A-ZĐ][^A-ZĐ])")),
    _Style(ARABIC, 30, digits, re.compile(rf"(\d{{1,2}})\s*[-–]\s+(?={CAPITAL})")),
    _Style("paren", 60, "(", re.compile(r"\((\d{1,2}|[a-zđ])\)\s*(?=\S)")),
    _Style("letter", 70, f"{ascii_lowercase}đ", re.compile(r"([a-zđ])\s*(?:[)/]\s*|\.\s+)(?=\S)")),
    _Style("bullet", 80, "-–—−", re.compile(r"([-–—−])(?:\s+|(?=[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ]))(?=\S)")),
    _Style("star", 85, "*•●▪■◆♦❖►✓→·", re.compile(r"([*•●▪■◆♦❖►✓→·])\s*(?=\S)")),
    _Style("plus", 90, "+", re.compile(r"(\+)\s*(?=[^\d\s])")),
    _Style("circle", 95, "o○", re.compile(rf"([o○])\s+(?={CAPITAL})")),
)  # fmt: skip
_OPENED_BY = {opener: tuple(style for style in _STYLES if opener in style.openers)
              for style in _STYLES for opener in style.openers}  # fmt: skip


def _style_of(line: str) -> tuple[_Style, re.Match[str]] | None:
    for style in _OPENED_BY.get(line[:1], ()):
        if found := style.pattern.match(line):
            return style, found
    return None


def split_mark(line: str) -> tuple[ListMark | None, str]:
    """Return the mark that opens the line, None where none does, and the line without it."""
    found = _style_of(line)
    if found is None:
        return None, line
    style, match = found
    label = match[1] or ""
    label = _ORDINALS.get(label.lower(), label) if style.name == "part" else label
    if style.name == "annex":
        return ListMark("annex", f"Phụ lục {label}".strip(), 0), line[match.end() :]
    rank = style.rank + label.count(".") if style.name == ARABIC else style.rank
    return ListMark(style.name, label, rank), line[match.end() :]
