"""Spreadsheets (.xlsx, .csv): one row a duty, its columns told by their headings in any order."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from documents.reading.archive import checked, transitional
from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.outline import Line, Table
from documents.reading.sheet_cells import shown, struck_in
from documents.reading.sheet_enclosures import sheet_enclosures
from documents.reading.sheet_formulas import computed
from documents.reading.table_columns import columns_of
from documents.reading.tables import table
from domain.common.text import squeeze
from domain.deadlines import UNCERTAIN
from domain.plans.plan import UnreadReason

_MOST_ROWS = 20_000
_MOST_COLUMNS = 400
"""A calendar of a year by days has fewer."""
_SAMPLE = 20_000
_SEPARATOR = re.compile(r"\s*sep=(.)[ \t]*\r?\n", re.IGNORECASE)


def blocks_of_xlsx(data: bytes) -> list[Line | Table]:
    """Return the sheets of a workbook as lines and tables; what is hidden or struck out is asked about.

    A merged cell holds for each of its places; a formula whose value the file does not store is
    computed, where that is not possible UNCERTAIN.
    Raises Unreadable: "broken", "too_big".
    """
    data = transitional(checked(data))
    beside = [Line(words, aside="enclosed") for words in sheet_enclosures(data)]
    book, formulas = _opened(data, values=True), _opened(data, values=False)
    shown_blocks: list[Line | Table] = []
    hidden: list[Line | Table] = []
    for sheet in book.worksheets:
        rows = list(_filled(_rows(sheet, formulas[sheet.title])))
        is_shown = sheet.sheet_state == "visible"
        columns = _hidden_columns(sheet) if is_shown else frozenset[int]()
        hidden += _aside_columns(rows, columns)
        seen = [row.without(columns) for row in rows]
        rows = seen if _hands_out(seen) else rows
        said = [row.cells for row in rows if row.aside is None and is_shown and any(row.cells)]
        shown_blocks += _blocks(said)
        hidden += [
            Line(squeeze(" ".join(dict.fromkeys(row.cells))), aside=row.aside or "hidden")
            for row in rows
            if row.aside or not is_shown
        ]
        hidden += [Line(text, aside="struck") for row in rows for text in row.struck]
    return shown_blocks + hidden + beside


def _opened(data: bytes, *, values: bool) -> Workbook:
    try:
        return load_workbook(BytesIO(data), data_only=values, rich_text=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError) as error:
        raise Unreadable("broken") from error


@dataclass(frozen=True, slots=True)
class _SheetRow:
    """The cells of a row as they are shown; `aside` says why it is not part of the plan, if it is not.

    `struck` is what is struck out in a row of the plan.
    """

    cells: Sequence[str]
    aside: UnreadReason | None = None
    struck: tuple[str, ...] = ()

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
    for y, row in enumerate(sheet.iter_rows(max_col=min(_last_column(sheet), _MOST_COLUMNS)), 1):
        aside = _why_aside(sheet, y, row)
        struck = [struck_in(cell) for cell in row]
        cells = [
            merged.get((y, x)) or shown(cell, _computed(sheet, formulas, y, x))
            for x, cell in enumerate(row, 1)
        ]
        if aside == "struck":
            yield _SheetRow(struck, aside)
        else:
            yield _SheetRow(cells, aside, tuple(filter(None, struck)))


def _last_column(sheet: Worksheet) -> int:
    """The last column in which anything is written: a sheet may be formatted far beyond it."""
    return max((x for (_, x), cell in sheet._cells.items() if cell.value is not None), default=1)


def _why_aside(sheet: Worksheet, y: int, row: Sequence[Cell | MergedCell]) -> UnreadReason | None:
    """Return why a row is no part of the plan: it is hidden, or all that it says is struck out."""
    if sheet.row_dimensions[y].hidden:
        return "hidden"
    said = [cell for cell in row if cell.value is not None]
    return "struck" if said and all(cell.has_style and cell.font.strike for cell in said) else None


def _merged(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield each place of each merged cell with the text of its first."""
    for area in sheet.merged_cells.ranges:
        text = shown(sheet.cell(area.min_row, area.min_col))
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
        if row.struck or any(cell.strip() for cell in row.cells):
            yield row


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
