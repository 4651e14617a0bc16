"""Spreadsheets (.xlsx, .csv): one row a duty, its columns told by their headings in any order."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from documents.reading.archive import checked, transitional
from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.outline import Line, Table
from documents.reading.tables import columns_of, table
from domain.common.text import squeeze

_MOST_ROWS = 20_000
_MOST_COLUMNS = 60
_SAMPLE = 20_000
_SEPARATOR = re.compile(r"\s*sep=(.)[ \t]*\r?\n", re.IGNORECASE)


def blocks_of_xlsx(data: bytes) -> list[Line | Table]:
    """Return the sheets of a workbook, each as the lines above its heading row and a table from there.

    Raises Unreadable: "broken", "too_big".
    """
    data = transitional(checked(data))
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable("broken") from error
    blocks: list[Line | Table] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            cells = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
            blocks += _blocks([_shown(cell) for cell in row] for row in cells)
    return blocks


def blocks_of_csv(text: str) -> list[Line | Table]:
    """Return the rows of a text with cells between commas, semicolons or tabs. Raises "too_big".

    The line "sep=;" with which Excel names the delimiter is heeded.
    """
    named = _SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    bare = re.sub(r'"[^"]*"', "", text[:_SAMPLE])
    delimiter = named[1] if named else max(",;\t", key=bare.count)
    return _blocks(csv.reader(StringIO(plain_characters(text)), delimiter=delimiter))


def _blocks(rows: Iterable[Sequence[str]]) -> list[Line | Table]:
    kept = list(_filled(rows))
    head = next((at for at, row in enumerate(kept) if columns_of(row)), None)
    if head is None:
        return [Line(squeeze(" ".join(row))) for row in kept]
    above = [Line(squeeze(cell)) for row in kept[:head] for cell in row if cell.strip()]
    return [*above, table(kept[head:])]


def _filled(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the rows that hold anything. A sheet formatted to its last row is counted, not kept."""
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS:
            raise Unreadable("too_big")
        if any(cell.strip() for cell in row):
            yield row


def _shown(value: object) -> str:
    """The cell as a person reads it: dates the Vietnamese way, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain_characters(str(value))
