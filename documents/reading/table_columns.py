"""What the columns of a table are for, by their headings, and how far a heading goes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from documents.reading.outline import Line, Table
from domain.common.text import fold, squeeze

Column = Literal["number", "content", "field", "lead", "support", "when", "product", "cost", "note", "other"]

_DOER = r"(?:cac )?(?:don vi|co quan|bo phan|phong|so|nguoi|to chuc|luc luong|thanh vien|ca nhan|tap the)"
_DOING = (
    r"(?:thuc hien|phu trach|tham muu|soan thao|dam nhiem|trien khai|to chuc|mo lop|theo doi"
    r"|bien soan|xay dung|thuc thi|giai quyet|trinh|dang cai|chi dao)"
)
_NOBODY = r"^don vi (?:tinh|do)|thu huong|thu ly|bi kiem tra|duoc kiem tra|tham du|duoc ho tro"
"""Columns that name what is counted in, or those whom the work is for."""
_OF_PEOPLE = re.compile(r"ho (?:va )?ten|chuc vu|chuc danh|dien thoai|ngay sinh|cap bac")
"""A heading of a list of people, which hands out no work."""
_COLUMNS: tuple[tuple[Column, str], ...] = (
    ("number", r"(?:so )?(?:tt|stt)\.?$|so thu tu|^#$|^muc$"),
    ("cost", r"kinh phi|du toan|nguon von"),
    ("when", r"thoi gian|thoi han|tien do|han hoan thanh|thoi diem|ngay hoan thanh|\bhan\b|deadline"),
    ("support", r"phoi hop(?!.*chu tri)"),
    ("field", r"^(?:nhom|linh vuc|mang|khoi)\b"),
    ("content", r"^(?:ten )?(?:noi dung|nhiem vu|cong viec|hoat dong)|^ten (?!don vi|co quan|to chuc)"),
    ("lead", r"chu tri|(?:don vi|co quan)(?: thuc hien)?$|phan cong|duoc giao|trach nhiem|dau moi"),
    ("other", _NOBODY),
    ("lead", rf"^{_DOER}(?: [^\W\d]+)? {_DOING}|^{_DOING}(?: (?:thuc hien|chinh))?$|^ai (?:lam|phu trach)"),
    ("product", r"san pham|ket qua|dau ra"),
    ("content", r"noi dung|nhiem vu|hoat dong|cong viec|hang muc|^ten|dau viec|giai phap"),
    ("field", r"linh vuc|chuyen de|nhom"),
    ("note", r"ghi chu"),
)  # fmt: skip
_ENDS_TIME = re.compile(r"ket thuc|hoan thanh|\bden\b|\bhan\b")
"""Of two columns of time the one by which a row is due."""
NUMBER = re.compile(r"\(?(\d{1,3})(?:\.\d{1,2})*[.)]?")
GROUP = re.compile(r"([IVX]{1,5}|[A-H])[.)]?")
ENDS_TABLE = re.compile(
    r"(?i)(?:nơi nhận|tm\.|kt\.|tl\.|phụ lục|phụ biểu|biểu (?:số )?\d|trên đây là|kế hoạch$|\(?kèm theo)"
)
_MOST_CAPTIONS = 3
_MOST_HEADING = 5
_LONGEST_TITLE, _LONGEST_UNKNOWN = 90, 40
_FEWEST_TITLES = 3
_FIGURE = re.compile(r"(?<!\d)(?!20\d\d(?!\d))\d")
"""A figure that is none of a year."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each kind of column stands in a table; a kind that is missing is not in `at`."""

    at: dict[Column, int]

    def cell(self, row: Sequence[str], column: Column) -> str:
        """Return the row's text in that column, on one line, empty where the table lacks it."""
        place = self.at.get(column)
        return squeeze(row[place]) if place is not None and place < len(row) else ""


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return the columns that a heading row names; None where it is no heading of a table of duties.

    A table of duties says what is to be done and who leads it; a row that bears a number is one of its rows.
    """
    if header and NUMBER.fullmatch(header[0].strip()):
        return None
    at: dict[Column, int] = {}
    for place, cell in enumerate(header):
        kind = kind_of(cell)
        if kind != "other" and (kind not in at or (kind == "when" and _ENDS_TIME.search(fold(cell)))):
            at[kind] = place
    if "content" not in at and "field" in at:
        at["content"] = at["field"]
    if "content" not in at and "lead" in at and (first := _unknown_before(header, at)) is not None:
        at["content"] = first
    return Columns(at) if "lead" in at and "content" in at else None


def _unknown_before(header: Sequence[str], at: dict[Column, int]) -> int | None:
    """The first column of unforeseen words before the leading bodies: "Mô hình", "Tên lớp", "Việc phải làm".

    None in a list of people or where the leading column only says "Đơn vị".
    """
    lead = fold(header[at["lead"]]).strip(" .:*")
    if lead in ("don vi", "co quan") or any(_OF_PEOPLE.search(fold(cell)) for cell in header):
        return None
    if any(
        NUMBER.fullmatch(cell) or GROUP.fullmatch(cell) or len(cell) > _LONGEST_UNKNOWN for cell in header
    ):
        return None
    unknown = (
        place for place, cell in enumerate(header[: at["lead"]]) if cell.strip() and kind_of(cell) == "other"
    )
    return next(unknown, None)


def with_headings(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Return the blocks; a table that goes on from the one before it bears that one's heading.

    It has as many columns, no heading of its own, and at most a few lines stand between.
    """
    found: list[Line | Table] = []
    heading: tuple[tuple[str, ...], ...] = ()
    between = 0
    for block in (piece for whole in blocks for piece in _tables_in(whole)):
        if isinstance(block, Line):
            between += 1
            if between > _MOST_CAPTIONS or ENDS_TABLE.match(block.text):
                heading = ()
        elif own := headed(block):
            heading, between = block.rows[: own[1]] or block.heading, 0
            block = _without_repeated(block, own[1], heading)
        elif heading and len(block.rows[0]) == len(heading[0]):
            block, between = _without_repeated(replace(block, heading=heading), 0, heading), 0
        found.append(block)
    return found


def _tables_in(block: Line | Table) -> Iterator[Line | Table]:
    """Yield the tables that were drawn without a gap as one, each from its own heading on."""
    if isinstance(block, Line):
        yield block
        return
    own = headed(block)
    first = own[1] if own else 0
    words = {_words_of(row) for row in block.rows[:first]}
    end = next(
        (
            at
            for at, row in enumerate(block.rows)
            if at >= max(first, 1) and _words_of(row) not in words and _is_heading(row)
        ),
        None,
    )
    if end is None:
        yield block
        return
    yield replace(block, rows=block.rows[:end])
    yield from _tables_in(replace(block, rows=block.rows[end:]))


def _is_heading(row: Sequence[str]) -> bool:
    """Tell whether a row among others is a heading: all its cells are titles, and most of known columns."""
    cells = list(dict.fromkeys(filter(None, map(squeeze, row))))
    if len(cells) < _FEWEST_TITLES or not all(map(_is_title, cells)):
        return False
    unknown = sum(kind_of(cell) == "other" for cell in cells)
    return len(cells) > 3 * unknown and columns_of(row) is not None


def _is_title(cell: str) -> bool:
    """Tell whether a cell names a column: without figures, and without a name within its words."""
    if _FIGURE.search(cell):
        return False
    within = (word for before, word in pairwise(cell.split()) if before[-1].isalpha() or before[-1] == ",")
    return cell.isupper() or cell.istitle() or not any(word[0].isupper() for word in within)


def _without_repeated(table: Table, first: int, heading: Sequence[Sequence[str]]) -> Table:
    """The table without rows from `first` on that say its heading again, as at the top of each page."""
    words = {_words_of(row) for row in heading}
    return replace(
        table, rows=(*table.rows[:first], *(row for row in table.rows[first:] if _words_of(row) not in words))
    )


def _words_of(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(squeeze(cell).casefold() for cell in row)


def headed(table: Table) -> tuple[Columns, int] | None:
    """Return the columns of a table of duties and the row after its heading, None where it has no heading."""
    if own := _headed(table.rows):
        return own
    before = _headed(table.heading)
    return (before[0], 0) if before else None


def _headed(rows: Sequence[Sequence[str]]) -> tuple[Columns, int] | None:
    """The columns of rows that open with a heading.

    A heading of two rows says in the lower one what "Cơ quan thực hiện" is parted into.
    """
    for at, row in enumerate(rows[:_MOST_HEADING]):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        parted = [f"{high} {low}" if low != high else high for high, low in zip(row, below, strict=False)]
        if _parts(row, below) and (columns := columns_of(parted)):
            return columns, at + 2
        if columns := columns_of(row):
            return columns, at + 1
    return None


def _parts(row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether the lower row parts cells of the upper one, and else repeats them or is empty.

    It says who leads and who supports, or stands in titles under cells that are merged over several columns.
    """
    said = [(high, low) for high, low in zip(row, below, strict=False) if low and low != high]
    is_heading = columns_of(row) is not None
    return bool(said) and all(
        kind_of(low) in ("lead", "support") or (is_heading and row.count(high) > 1 and _is_title(low))
        for high, low in said
    )


def kind_of(cell: str) -> Column:
    """Return what a column with that heading is for; "other" where no rule knows."""
    if len(cell) > _LONGEST_TITLE:
        return "other"
    words = fold(cell).strip(" .:*")
    if not words:
        return "other"
    return next((kind for kind, pattern in _COLUMNS if re.search(pattern, words)), "other")
