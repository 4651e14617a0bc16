"""Tables: those drawn in plain text, and what the columns of any table are for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from documents.reading.outline import Table
from domain.common.text import fold, squeeze

Column = Literal["number", "content", "lead", "support", "when", "product", "cost", "note", "other"]

_COLUMNS: tuple[tuple[Column, str], ...] = (
    ("number", r"(?:so )?(?:tt|stt)\.?$|so thu tu|^#$|^muc$"),
    ("cost", r"kinh phi|du toan|nguon von"),
    ("when", r"thoi gian|thoi han|tien do|han hoan thanh|thoi diem|ngay hoan thanh|\bhan\b|deadline"),
    ("support", r"phoi hop(?!.*chu tri)"),
    ("content", r"^(?:ten )?(?:noi dung|nhiem vu|cong viec|hoat dong)"),
    ("lead", r"chu tri|(?:don vi|co quan)(?: thuc hien)?$|phan cong|duoc giao|trach nhiem|dau moi"),
    ("product", r"san pham|ket qua|dau ra"),
    ("content", r"noi dung|nhiem vu|hoat dong|cong viec|hang muc|^ten|dau viec|giai phap|linh vuc"),
    ("note", r"ghi chu"),
)  # fmt: skip
_NUMBER = re.compile(r"\(?(\d{1,3})(?:\.\d{1,2})*[.)]?")
_GROUP = re.compile(r"([IVX]{1,5}|[A-H])[.)]?")
_MOST_COLUMNS, _LONGEST_CELL, _MOST_HEADING = 12, 20, 5
_LONGEST_TITLE, _LONGEST_NUMBER = 90, 16
"""The heading of a column, and of the column of numbers, is no longer than so many characters."""


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

    A table of duties says what is to be done and who leads it.
    """
    at: dict[Column, int] = {}
    for place, cell in enumerate(header):
        kind = _kind(cell)
        if kind != "other":
            at.setdefault(kind, place)
    return Columns(at) if "lead" in at and "content" in at else None


def headed(rows: Sequence[Sequence[str]]) -> tuple[Columns, int] | None:
    """Return the columns of a table of duties and the row after its heading, None where it has no heading.

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
    """Tell whether the lower row says who leads and who supports, and else repeats the upper or is empty."""
    said = [low for high, low in zip(row, below, strict=False) if low and low != high]
    return bool(said) and all(_kind(low) in ("lead", "support") for low in said)


def _kind(cell: str) -> Column:
    if len(cell) > _LONGEST_TITLE:
        return "other"
    words = fold(cell).strip(" .:*")
    if not words:
        return "other"
    return next((kind for kind, pattern in _COLUMNS if re.search(pattern, words)), "other")


def table(rows: Sequence[Sequence[str]]) -> Table:
    """Return the rows as a table, all made as long as the longest."""
    longest = max(map(len, rows), default=0)
    return Table(tuple((*row, *[""] * (longest - len(row))) for row in rows))


def tables_of(lines: Sequence[str]) -> list[str | Table]:
    """Return the lines with the tables that are drawn in them taken out, each in its place.

    Four ways of drawing are known: cells between '|', between tabs, one a line, one a line with '|' between.
    """
    found: list[str | Table] = []
    at = 0
    while at < len(lines):
        taken = _piped(lines, at) or _tabbed(lines, at) or _barred(lines, at) or _stacked(lines, at)
        if taken:
            found.append(taken[0])
            at = taken[1]
        else:
            found.append(lines[at])
            at += 1
    return found


def _piped(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    rows, end = [], at
    while end < len(lines) and lines[end].count("|") >= 2:
        cells = [cell.strip() for cell in lines[end].strip().strip("|").split("|")]
        if any(cell.strip("-: ") for cell in cells):
            rows.append(cells)
        end += 1
    return (table(rows), end) if len(rows) > 1 else None


def _tabbed(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    header = lines[at].strip().split("\t")
    if len(header) < 3 or columns_of(header) is None:
        return None
    rows, end = [header], at + 1
    while end < len(lines):
        line = lines[end]
        if "\t" in line.strip():
            rows.append(line.strip(" \n").split("\t"))
        elif line.strip() and len(rows) > 1 and not _NUMBER.fullmatch(line.strip()):
            rows[-1][-1] += " " + line.strip()
        elif line.strip():
            break
        end += 1
        if len(rows[-1]) >= len(header) and end < len(lines) and not lines[end].strip():
            nxt = next((text for text in lines[end:] if text.strip()), "")
            if "\t" not in nxt.strip():
                break
    return table(rows), end


def _barred(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """A table pasted one cell a line with a line that holds only '|' after each cell."""
    if at + 1 >= len(lines) or lines[at + 1].strip() != "|" or _kind(lines[at]) != "number":
        return None
    cells: list[str] = []
    ends: list[int] = []
    held: list[str] = []
    for place in range(at, len(lines)):
        if lines[place].strip() == "|":
            cells.append("\t" + " ".join(held))
            ends.append(place + 1)
            held = []
        elif len(held) > _LONGEST_CELL:
            break
        elif lines[place].strip():
            held.append(lines[place].strip())
    found = _stacked(cells, 0)
    return (found[0], ends[found[1] - 1]) if found else None


def _stacked(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """A table pasted one cell a line: its heading cells, then for each row a number and its cells."""
    if len(lines[at]) > _LONGEST_NUMBER or _kind(lines[at]) != "number":
        return None
    header, start = _header(lines, at)
    if columns_of(header) is None:
        return None
    tabbed = sum(line[:1].isspace() for line in lines[at:start]) >= 3
    rows, end = [header], start
    number, cells = "", list[str]()
    gap = False
    while end < len(lines):
        line = lines[end]
        text = line.strip()
        if not text:
            gap = True
            if tabbed and line[:1].isspace() and cells and len(cells) < len(header) - 1:
                cells.append("")
        elif _opens_row(text, number, cells, header):
            _close(rows, number, cells, header)
            number, cells = text.strip("().").strip(), []
        elif not number or (gap and len(cells) >= len(header) - 1 and not text[0].islower()):
            break
        elif cells and _continues(cells[-1], line, tabbed):
            cells[-1] += " " + text
        else:
            cells.append(text)
        gap = gap and not text
        end += 1
    _close(rows, number, cells, header)
    return (table(rows), end) if len(rows) > 1 else None


def _header(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    cells: list[str] = []
    while at < len(lines) and len(cells) <= _MOST_COLUMNS:
        text = lines[at].strip()
        if _NUMBER.fullmatch(text) or _GROUP.fullmatch(text):
            break
        if text:
            if cells and _kind(text) == "other" and not text.isupper() and text[0].islower():
                cells[-1] += " " + text
            else:
                cells.append(text)
        at += 1
    return cells, at


def _opens_row(text: str, number: str, cells: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a line is the number of the next row, rather than a number in a cell."""
    if _GROUP.fullmatch(text):
        return not cells or len(cells) >= 2 or bool(_GROUP.fullmatch(number))
    found = _NUMBER.fullmatch(text)
    if not found:
        return False
    if not number or _GROUP.fullmatch(number):
        return True
    last = _NUMBER.fullmatch(number)
    expected = {1, int(last[1]) + 1, int(last[1])} if last else {1}
    return int(found[1]) in expected and len(cells) >= min(2, len(header) - 1)


def _continues(cell: str, line: str, tabbed: bool) -> bool:
    if tabbed:
        return not line[:1].isspace()
    return cell.endswith((";", ",", " và")) or line.strip()[0].islower()


def _close(rows: list[list[str]], number: str, cells: list[str], header: Sequence[str]) -> None:
    """Put the row away; cells too many are taken for pieces of the content, the first of them."""
    if not number or all(_NUMBER.fullmatch(cell) for cell in cells):
        return
    extra = len(cells) - (len(header) - 1)
    if extra > 0:
        cells = [" ".join(cells[: extra + 1]), *cells[extra + 1 :]]
    rows.append([number, *cells])
