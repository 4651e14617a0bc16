"""The province's own units from a table: .xlsx, or .csv with commas, semicolons or tabs, in any encoding."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import BadZipFile

from documents.reading import decoded_text
from documents.reading.archive import checked
from documents.reading.errors import Unreadable
from domain.common.text import fold, nfc, squeeze
from domain.organisation.body_kinds import Standing
from domain.organisation.register_changes import UnitRow
from domain.organisation.telephone import read_phone

_STANDINGS: Mapping[str, Standing | None] = {
    "": None,
    "local": "local",
    "dia phuong": "local",
    "party": "party",
    "dang": "party",
    "co quan dang": "party",
    "central": "central",
    "trung uong": "central",
}
_COLUMNS: Mapping[str, str] = {
    heading: column
    for column, headings in {
        "name": ("name", "ten", "ten don vi", "don vi", "ten co quan", "co quan", "co quan, don vi"),
        "abbreviation": ("abbreviation", "viet tat", "ten viet tat", "chu viet tat"),
        "spellings": ("spellings", "ten khac", "ten goi khac", "cach goi khac", "cach viet khac"),
        "tags": ("tags", "nhom", "thuoc nhom"),
        "standing": ("standing", "loai"),
        "phone": ("phone", "telephone", "dien thoai", "so dien thoai", "dt", "sdt", "dien thoai co quan"),
    }.items()
    for heading in headings
}
"""The headings, folded, under which each column may stand."""
_OF_A_PLAN = ("noi dung", "nhiem vu", "thoi gian", "thoi han", "tien do", "ket qua")
"""What stands in headings of tables of work, and never in those of a register."""
_HEAD_WITHIN, _MOST_ROWS, _MOST_COLUMNS = 10, 20_000, 60


class BadRow(Exception):
    """A line that is no unit; `line` counts from 1, the heading line included."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def is_units_table(data: bytes) -> bool:
    """Tell a table of units from a table of work: its headings are for names and for what is said of them."""
    try:
        rows = list(_xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(data))[:_HEAD_WITHIN]
    except Unreadable:
        return False
    return any(
        "name" in columns
        and len(columns) > 1
        and not any(word in fold(cell) for cell in cells for word in _OF_A_PLAN)
        for _, cells in rows
        for columns in (_columns(cells),)
    )


def read_units(data: bytes) -> tuple[UnitRow, ...]:
    """Read units, one a row; lists in a cell are separated by ";", "|" or new lines.

    Empty cells, and columns that are not there, say nothing. Raises BadRow; Unreadable: "broken", "too_big".
    """
    rows = list(_xlsx(data) if data.startswith(b"PK\x03\x04") else _csv(data))
    head = next((at for at, (_, cells) in enumerate(rows[:_HEAD_WITHIN]) if "name" in _columns(cells)), None)
    if head is None:
        raise BadRow(1)
    columns = _columns(rows[head][1])
    filled = [(line, cells) for line, cells in rows[head + 1 :] if any(cells)]
    return tuple(_unit(line, {name: cells[at] for name, at in columns.items()}) for line, cells in filled)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return where each column stands under a heading row, the first of several of one name."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if (column := _COLUMNS.get(fold(cell).strip(" :*"))) is not None:
            found.setdefault(column, at)
    return found


def _unit(line: int, told: Mapping[str, str]) -> UnitRow:
    name, standing = told["name"], fold(told.get("standing", ""))
    phone = _phone(told.get("phone", ""))
    if not name or standing not in _STANDINGS or phone is None:
        raise BadRow(line)
    return UnitRow(
        name=name,
        abbreviation=told.get("abbreviation") or None,
        spellings=_list(told.get("spellings", "")),
        tags=frozenset(_list(told.get("tags", ""))),
        standing=_STANDINGS[standing],
        phone=phone,
    )


def _phone(cell: str) -> str | None:
    """Return the first number of a cell, "" for an empty one; None where it is none.

    A spreadsheet drops the zero at the beginning of what it takes for an amount.
    """
    first = re.split(r"[;/|\n]", cell.removesuffix(".0"))[0].strip()
    if not first:
        return ""
    read = read_phone(first) or read_phone(f"0{first}")
    return read[1] if read and not read[0] else None


def _list(cell: str) -> tuple[str, ...]:
    parts = cell.replace("|", ";").replace("\n", ";").split(";")
    return tuple(squeeze(part) for part in parts if part.strip())


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _text(data)
    if text[:4].casefold() == "sep=":  # how Excel is told the separator; the line stands in the count
        text = "\n" + text.partition("\n")[2]
    lines = [line for line in text.splitlines() if line.strip()][:_HEAD_WITHIN]
    delimiter = max(",;\t", key=lambda mark: max((_headings(line, mark) for line in lines), default=0))
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    yield from _rows((rows.line_num, row) for row in rows)


def _headings(line: str, delimiter: str) -> int:
    """Count the columns of a heading row, if a line is one with this delimiter."""
    columns = _columns([cell.strip(' "') for cell in line.split(delimiter)])
    return len(columns) if "name" in columns else 0


def _text(data: bytes) -> str:
    try:
        return decoded_text(data)
    except Unreadable:  # hardly any letter with a mark in it to tell the encoding by
        return nfc(data.decode("cp1258", errors="replace"))


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that is shown."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    checked(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable("broken") from error
    sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), None)
    if sheet is None:
        raise Unreadable("broken")
    yield from _rows(enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1))


def _rows(rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with its line, its cells as text, as wide as the widest may be."""
    for count, (line, row) in enumerate(rows):
        if count >= _MOST_ROWS:
            raise Unreadable("too_big")
        cells = ["" if cell is None else nfc(str(cell)).strip() for cell in row[:_MOST_COLUMNS]]
        yield line, [*cells, *[""] * (_MOST_COLUMNS - len(cells))]
