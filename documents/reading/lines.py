"""Plain text into logical lines: noise taken away, and what was broken over lines joined again.

Sources break lines at a fixed width, at page ends (a blank line in mid-sentence), or not at all; a line is
therefore judged by its neighbours and by the width of the whole text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.reading import vocabulary as v
from documents.reading.bodies import Finder
from documents.reading.characters import plain_characters
from documents.reading.head import suited
from documents.reading.marks import BULLET_RANK, ListMark, split_mark
from documents.reading.names import longest
from documents.reading.outline import Line, Table
from documents.reading.tables import tables_of
from documents.reading.words import cut
from domain.common.text import fold
from domain.organisation.register import Register

_MARKDOWN = re.compile(
    r"\*\*(?=\*[ \t])|\*{2,4}|__|^[ \t]*#{1,6}[ \t]+|^[ \t]*>[ \t]+|\\(?=[-+*.#|_()\[\]])", re.MULTILINE
)
_RULE = re.compile(r"[\s\-–—_=*~.…|:+]*")
_PAGE = re.compile(r"(?i)\s*(?:trang|page)?\s*[-–]?\s*\d{1,3}\s*(?:[-–]|[/|]\s*\d{1,3})?\s*")
_LONGEST_PAGE = 40
_STOPS = (".", "…", "!", "?")
_CLOSED = (".", ";", ":", "…", "!", "?", "./.", "/.")
_OPEN = re.compile(
    r"(?:[,\-–&/(]|\b(?:và|của|với|cho|các|những|về|theo|tại|là|do|để|từ|đến|hoặc|cùng|một|ngày|số|UBND|Sở"
    r"|qua|được|bằng|như|vào|giữa))$"
)
_LONGEST_OPEN = 6
_OFFICE_ABOVE = re.compile(r"\b(?:thuộc|của|tại) (?:Sở|UBND)$")
"""The end of a heading that names the issuer by its kind: "3. Các chi cục trực thuộc Sở"."""
_BARE = re.compile(r"(?i)số\s*:|(?:\d{1,2}|[ivx]{1,5}|[a-zđ])[.)]|điều \d{1,2}\s*\.|[-+•]")
_LABEL = re.compile(
    r"(?i)(?:đơn vị|cơ quan|thời gian|thời hạn|chủ trì|phối hợp|kinh phí|sản phẩm|nơi nhận|địa điểm|tiến độ"
    r"|nội dung)[^:.;]{0,30}:"
)
_CLOSING = re.compile(r"(?i)trên đây là|căn cứ (?:nội dung )?kế hoạch")
_GROUNDS = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị)\s+(?:Luật|Bộ luật|Nghị|Quyết định|Thông|Chỉ thị|Kế hoạch"
    r"|Công văn|Chương trình|Đề án|Hướng dẫn|Văn bản|Kết luận|của)\b"
)
"""How the paragraphs of grounds under a title open."""
_COMPOUNDS = (
    ("kinh te", "xa hoi"), ("chinh tri", "xa hoi"), ("phat thanh", "truyen hinh"), ("van hoa", "xa hoi"),
    ("quoc phong", "an ninh"), ("an ninh", "quoc phong"), ("lao dong", "thuong binh"), ("viet nam", "lao"),
    ("doc lap", "tu do"), ("tu do", "hanh phuc"), ("thi dua", "khen thuong"),
)  # fmt: skip
_NARROW = 140
"""A text of which nearly no line is longer than this many characters may have been broken at a width."""
_LONG, _SENTENCE = 0.6, 100
"""A line is no heading from this share of the width, or this many characters, on."""
_SHORT_ITEM = 45
"""An item of fewer characters that ends in a stop is whole where a body opens the next line."""
_FEW = 3
"""A text of fewer indented lines than this shows nothing by them."""
_BROKEN = 0.08
"""The share of lines that begin with a small letter from which on a text counts as broken."""


def blocks_of(text: str, register: Register) -> list[Line | Table]:
    """Return the logical lines and tables of a text, in order.

    The register tells where the break stands inside a body's name ("Ban Tuyên giáo / Tỉnh ủy").
    """
    raw = (
        plain_characters(text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
        .replace("\v", "\n")
    )
    pieces = tables_of(
        _MARKDOWN.sub("", raw).split("\n"), lambda left, right: splits_a_name(left, right, register)
    )
    layout = _layout([piece for piece in pieces if isinstance(piece, str)])
    blocks: list[Line | Table] = []
    register = suited(register, [piece for piece in pieces[:200] if isinstance(piece, str)])
    run: list[str] = []
    for piece in [*pieces, None]:
        if isinstance(piece, str):
            run.append(piece)
            continue
        blocks += [Line(line) for line in joined(run, layout, register)]
        run = []
        if piece is not None:
            blocks.append(piece)
    return blocks


def logical_lines(lines: Sequence[str], register: Register) -> Iterator[str]:
    """Yield the logical lines of paragraphs that are whole as a rule, but may have been broken up."""
    yield from joined(lines, Layout(_width(lines)), register, whole=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was set: the `width` at which it was broken, in characters, 0 where it was not.

    `indented`: its paragraphs begin further right than their other lines.
    """

    width: int
    indented: bool = False


def joined(lines: Sequence[str], layout: Layout, register: Register, *, whole: bool = False) -> Iterator[str]:
    """Yield the logical lines of a stretch of text.

    `whole`: a line ends where its paragraph ends, unless its words show that it goes on.
    """
    joiner = _Joiner(register, layout.width, whole)
    for raw in lines:
        line = _tidy(raw)
        if not line:
            joiner.blank = True
        elif finished := joiner.add(line, indented=layout.indented and raw[:1].isspace()):
            yield finished
    if joiner.held:
        yield joiner.held


@dataclass(slots=True)
class _Joiner:
    """Holds the logical line that is being put together; judges whether the next piece belongs to it."""

    register: Register
    width: int
    whole: bool
    held: str = ""
    tail: str = ""
    blank: bool = False
    last: ListMark | None = None

    def add(self, line: str, *, indented: bool) -> str:
        """Take the next piece; return the logical line that it ends, empty where it goes on."""
        mark, rest = split_mark(line)
        opens = indented and self.held.endswith(_CLOSED)
        goes_on = bool(self.held) and not opens and self._goes_on(line, mark, rest)
        finished = "" if goes_on else self.held
        self.held = f"{self.held} {line}" if goes_on else line
        self.last = self.last if goes_on else mark or self.last
        self.tail, self.blank = line, False
        return finished

    def _goes_on(self, line: str, mark: ListMark | None, rest: str) -> bool:
        held = self.held
        if _BARE.fullmatch(held):
            return mark is None
        if held.isupper() or line.isupper():
            return held.isupper() and line.isupper() and mark is None and _is_open(held.title())
        closed = held.endswith(_CLOSED)
        if mark is not None:
            return not closed and self._stands_inside(line, mark, rest)
        if line[0].islower() or line[0] in ",;.)":
            return not held.endswith(":") or self._full(line)
        if _LABEL.match(line) or _CLOSING.match(line) or _GROUNDS.match(line):
            return False
        if closed:
            return self._full(line) and not self.blank and not begins_anew(held, line, self.register)
        if _OFFICE_ABOVE.search(held) and self._may_be_heading() and not (self.width and self._full(line)):
            return False
        if self._splits_a_name(line) or (_is_open(held) and not self._heads(line)):
            return True
        if self.width and self._may_be_heading():
            return self._full(line) and not self.blank
        if self.width:
            return len(self.tail) > self.width * _LONG and (not self.blank or self._full(line))
        below = line.startswith("(") or (self._may_be_heading() and line.endswith(_CLOSED))
        return not self.whole and len(held) > _SENTENCE and not below

    def _may_be_heading(self) -> bool:
        """Tell whether what is held is one line so far, with a number before it."""
        mark = split_mark(self.held)[0]
        return self.held == self.tail and mark is not None and mark.rank < BULLET_RANK

    def _heads(self, line: str) -> bool:
        """Tell whether what is held may be a heading, whatever it ends in, and the piece its first work."""
        return self._may_be_heading() and _gives_work(line) and not self._full(line)

    def _full(self, line: str) -> bool:
        """Tell whether the piece before could not have held the next word within the width of the text."""
        word = " ".join(line.split(" ", 2)[: 2 if line[1:2] == " " else 1])
        return bool(self.width) and len(self.tail) + 1 + len(word) > self.width

    def _stands_inside(self, line: str, mark: ListMark, rest: str) -> bool:
        """Tell whether what looks like a mark stands in mid-sentence, after a line that is not closed."""
        if mark.style == "bullet":
            return (
                rest[:1].islower()
                or (rest[:1].isdigit() and self.held[-1:].isdigit())
                or (not self.blank and not self._may_be_heading() and self._splits_a_name(line))
                or _splits_a_compound(self.held, rest)
                or (_is_place(rest) and _ends_in_name(self.held))
                or (self._full(line) and not self._may_be_heading())
            )
        if mark.style in ("arabic", "letter", "roman", "paren", "upper", "task"):
            return self._full(line) and _is_open(self.held) and not _follows(mark, self.last)
        return False

    def _splits_a_name(self, line: str) -> bool:
        return splits_a_name(self.held, line, self.register)


def splits_a_name(held: str, line: str, register: Register) -> bool:
    """Tell whether a known body's name begins in the one piece and ends in the other."""
    left = [w.key for w in cut(held[-80:])][-8:]
    whole = left + [w.key for w in cut(line[:80])][:8]
    for start in range(len(left)):
        found = register.match(whole, start)
        if found and start + found[0] > len(left):
            shorter = register.match(left, start)
            return shorter is None or shorter[0] < found[0]
    return False


def begins_anew(held: str, line: str, register: Register) -> bool:
    """Tell whether a line begins a paragraph though the one before it is full to the margin.

    Where both open with a body, it is the next duty far oftener than the next sentence of this one; so is a
    verb of work after a paragraph without a bullet.
    """
    finder = Finder(register)
    mark, words = split_mark(held)
    opens = bool(finder.subject(line).bodies)
    opens = opens and (len(held) < _SHORT_ITEM or bool(finder.subject(words).bodies))
    plain = mark is None or mark.rank < BULLET_RANK
    return held.endswith(_STOPS) and (opens or (plain and _gives_work(line)))


def _gives_work(line: str) -> bool:
    """Tell whether a line opens with a verb of work in a capital: "Trình UBND tỉnh ..."."""
    seen = cut(line, most=4)
    return bool(seen) and seen[0].capital and longest(seen, 0, v.DUTY_VERBS) > 0


def _is_open(held: str) -> bool:
    """Tell whether the last word or sign is one with which no sentence ends."""
    return _OPEN.search(held, max(0, len(held) - _LONGEST_OPEN)) is not None


def _tidy(line: str) -> str:
    """The line without noise; empty where nothing else is in it."""
    if _RULE.fullmatch(line) or (len(line) < _LONGEST_PAGE and _PAGE.fullmatch(line)):
        return ""
    line = " ".join(line.split())
    if line.count("|") == 1:
        line = line.strip("| ") if line[0] == "|" or line[-1] == "|" else line
    return line


def _layout(lines: Sequence[str]) -> Layout:
    inside = [line for line in lines if line.strip()[:1].islower() and split_mark(line.strip())[0] is None]
    indented = sum(line[:1].isspace() for line in lines if line.strip())
    return Layout(_width(lines), indented >= _FEW and not any(line[:1].isspace() for line in inside))


def _width(lines: Sequence[str]) -> int:
    """The width at which the text was broken; 0 where it was not.

    What was broken shows it: many of its lines begin with a small letter.
    """
    bare = [line.strip() for line in lines if line.strip()]
    small = sum(line[0].islower() and split_mark(line)[0] is None for line in bare)
    if small < max(3, len(bare) * _BROKEN):
        return 0
    widest = sorted(map(len, bare))[int(len(bare) * 0.98)]
    return widest if widest <= _NARROW else 0


def _follows(mark: ListMark, last: ListMark | None) -> bool:
    if last is None or last.style != mark.style or not (mark.label.isdigit() and last.label.isdigit()):
        return mark.label in ("1", "I", "a", "A")
    return int(mark.label) in (int(last.label), int(last.label) + 1)


def _splits_a_compound(held: str, rest: str) -> bool:
    """Tell whether the hyphen is that of a fixed pair: "kinh tế - xã hội", "Việt Nam - Lào"."""
    before, after = fold(held[-30:]), fold(rest[:30])
    return any(before.endswith(left) and after.startswith(right) for left, right in _COMPOUNDS)


def _is_place(rest: str) -> bool:
    """Tell whether the first words are a proper name that stands alone ("Trung Quốc; ...")."""
    found = re.match(r"((?:[^\W\d_]+\s?)+)", rest)
    name = found[1].split() if found else []
    return len(name) >= 2 and all(word[0].isupper() for word in name[:2]) and len(name) <= 4


def _ends_in_name(held: str) -> bool:
    tail = held.split()[-1:]
    return bool(tail) and tail[0][:1].isupper()
