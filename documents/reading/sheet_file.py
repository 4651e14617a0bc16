"""Spreadsheets (.xlsx, .csv): one row a duty, its columns told by their headings in any order."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from documents.reading.archive import checked, transitional
from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.legacy_letters import modern
from documents.reading.outline import Line, Table
from documents.reading.sheet_formulas import computed
from documents.reading.table_columns import columns_of
from documents.reading.tables import table
from domain.common.text import squeeze
from domain.deadlines import UNCERTAIN
from domain.plans.plan import UnreadReason

_MOST_ROWS = 20_000
_MOST_COLUMNS = 60
_SAMPLE = 20_000
_UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What a format says in words of its own, and of its colours and languages."""
_SEPARATOR = re.compile(r"\s*sep=(.)[ \t]*\r?\n", re.IGNORECASE)


def blocks_of_xlsx(data: bytes) -> list[Line | Table]:
    """Return the sheets of a workbook as lines and tables; what is hidden or struck out is asked about.

    A merged cell holds for each of its places; a formula whose value the file does not store is
    computed, where that is not possible UNCERTAIN.
    Raises Unreadable: "broken", "too_big".
    """
    data = transitional(checked(data))
    book, formulas = _opened(data, values=True), _opened(data, values=False)
    shown: list[Line | Table] = []
    hidden: list[Line | Table] = []
    for sheet in book.worksheets:
        rows = list(_filled(_rows(sheet, formulas[sheet.title])))
        is_shown = sheet.sheet_state == "visible"
        columns = _hidden_columns(sheet) if is_shown else frozenset[int]()
        hidden += _aside_columns(rows, columns)
        seen = [row.without(columns) for row in rows]
        rows = seen if _hands_out(seen) else rows
        shown += _blocks([row.cells for row in rows if row.aside is None and is_shown])
        hidden += [
            Line(squeeze(" ".join(dict.fromkeys(row.cells))), aside=row.aside or "hidden")
            for row in rows
            if row.aside or not is_shown
        ]
    return shown + hidden


def _opened(data: bytes, *, values: bool) -> Workbook:
    try:
        return load_workbook(BytesIO(data), data_only=values)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError) as error:
        raise Unreadable("broken") from error


@dataclass(frozen=True, slots=True)
class _SheetRow:
    """The cells of a row as they are shown; `aside` says why it is not part of the plan, if it is not."""

    cells: Sequence[str]
    aside: UnreadReason | None = None

    def without(self, columns: frozenset[int]) -> "_SheetRow":
        """Return the row without the cells at those places, from 0."""
        if not columns:
            return self
        return replace(self, cells=[cell for at, cell in enumerate(self.cells) if at not in columns])


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    """The places, from 0, of the columns that are not shown; one entry may stand for several columns."""
    return frozenset(
        at - 1
        for size in sheet.column_dimensions.values()
        if size.hidden and size.min and size.max
        for at in range(size.min, min(size.max, _MOST_COLUMNS) + 1)
    )


def _hands_out(rows: Iterable[_SheetRow]) -> bool:
    """Tell whether a heading says what is to be done, and who leads."""
    headings = filter(None, (columns_of(row.cells) for row in rows))
    return any({"content", "lead"} <= columns.at.keys() for columns in headings)


def _aside_columns(rows: Sequence[_SheetRow], columns: frozenset[int]) -> Iterator[Line]:
    """Yield what each hidden column says, to be asked about."""
    for at in sorted(columns):
        said = [row.cells[at] for row in rows if row.aside is None and at < len(row.cells)]
        if text := squeeze("; ".join(filter(str.strip, dict.fromkeys(said)))):
            yield Line(text, aside="hidden")


def _rows(sheet: Worksheet, formulas: Worksheet) -> Iterator[_SheetRow]:
    merged = dict(_merged(sheet))
    for y, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, _MOST_COLUMNS)), 1):
        cells = [
            merged.get((y, x)) or _shown(cell, _computed(sheet, formulas, y, x))
            for x, cell in enumerate(row, 1)
        ]
        yield _SheetRow(cells, _why_aside(sheet, y, row))


def _why_aside(sheet: Worksheet, y: int, row: Sequence[Cell | MergedCell]) -> UnreadReason | None:
    """Return why a row is no part of the plan: it is hidden, or all that it says is struck out."""
    if sheet.row_dimensions[y].hidden:
        return "hidden"
    said = [cell for cell in row if cell.value is not None]
    return "struck" if said and all(cell.has_style and cell.font.strike for cell in said) else None


def _merged(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each place of each merged cell with the text of its first."""
    for area in sheet.merged_cells.ranges:
        text = _shown(sheet.cell(area.min_row, area.min_col))
        if text and area.size["rows"] * area.size["columns"] <= _MOST_ROWS:
            yield from ((place, text) for rows in area.rows for place in rows)


def blocks_of_csv(text: str) -> list[Line | Table]:
    """Return the rows of a text with cells between commas, semicolons or tabs. Raises "too_big".

    The line "sep=;" with which Excel names the delimiter is heeded.
    """
    named = _SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    bare = re.sub(r'"[^"]*"', "", text[:_SAMPLE])
    delimiter = named[1] if named else max(",;\t|", key=bare.count)
    rows = csv.reader(StringIO(plain_characters(text)), delimiter=delimiter)
    return _blocks([row.cells for row in _filled(map(_SheetRow, rows))])


def _blocks(rows: Sequence[Sequence[str]]) -> list[Line | Table]:
    """The rows as lines down to the first heading row, and as a table from there on."""
    first = next((at for at, row in enumerate(rows) if columns_of(row)), None)
    if first is None:
        return [Line(squeeze(" ".join(row))) for row in rows]
    above = [Line(squeeze(cell)) for row in rows[:first] for cell in dict.fromkeys(row) if cell.strip()]
    return [*above, table(rows[first:])]


def _filled(rows: Iterable[_SheetRow]) -> Iterator[_SheetRow]:
    """Yield the rows that hold anything. A sheet formatted to its last row is counted, not kept."""
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS:
            raise Unreadable("too_big")
        if any(cell.strip() for cell in row.cells):
            yield row


def _shown_date(value: datetime | date, shown: str) -> str:
    """A date as far as the cell shows it: to the day, the month or the year alone."""
    if "d" in shown or not ("m" in shown or "y" in shown):
        return f"{value:%d/%m/%Y}"
    return f"{value:%m/%Y}" if "m" in shown else f"{value:%Y}"


def _computed(sheet: Worksheet, formulas: Worksheet, row: int, column: int) -> object:
    """The value of a formula for which none is stored, UNCERTAIN where it cannot be told; else None."""

    def stored(at: int, place: int) -> object:
        value = sheet.cell(at, place).value
        return formulas.cell(at, place).value if value is None else value

    formula = stored(row, column)
    if not isinstance(formula, str) or not formula.startswith("=") or sheet.cell(row, column).value:
        return None
    value = computed(formula, row, stored)
    return UNCERTAIN if value is None else value


def _shown(cell: Cell | MergedCell, otherwise: object = None) -> str:
    """The cell as a person reads it: a date the Vietnamese way, a whole number without a point.

    `otherwise` is its value where none is stored.
    """
    value = otherwise if cell.value is None else cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return UNCERTAIN
    if isinstance(value, datetime | date):
        return _shown_date(value, _UNSHOWN.sub("", cell.number_format or "").lower())
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{value * 100:g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return modern(plain_characters(str(value)))
