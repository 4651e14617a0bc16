"""Writes workbooks: bold frozen heads, filters, widths that fit, dates as dates, colours by what is late.

What people typed stays text: nothing that begins with = + - @ becomes a formula (OWASP, "CSV Injection").
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from documents.writing.plain import plain
from documents.writing.sheets import Colour, Sheet, SheetRow, Value

_FILLS: dict[Colour, str] = {
    "red": "FFF4C7C3",
    "amber": "FFFCE8B2",
    "green": "FFD9EAD3",
    "dark_green": "FFB6D7A8",
    "grey": "FFE8EAED",
}
"""Light enough for black letters on them to keep a contrast of 7 and more."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _UNBROKEN, _WIDEST = 6, 16, 36
"""Widths in characters; what is no longer than the second does not wrap."""

_SIZE, _STEP, _HIGHEST = 11, 15.0, 400.0
"""Points: of the letters, from line to line, and of the highest row (Excel allows 409)."""

_FACE = "Times New Roman"
_THIN = Side(style="thin", color="FFBDBDBD")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DAY, _MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


def write_book(sheets: Sequence[Sheet]) -> bytes:
    """Return the .xlsx. Moments are shown as they are, without their zone: give them in local time.

    Raises ValueError where a line has not as many values as the sheet has heads.
    """
    for sheet in sheets:
        if any(len(line.values) != len(sheet.heads) for line in sheet.lines):
            raise ValueError(f"{sheet.name}: a line has more or fewer values than there are heads")
    book = Workbook(write_only=True)
    looks = _Looks()
    for sheet in sheets:
        _write(book.create_sheet(_name(sheet.name)), sheet, looks)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _name(name: str) -> str:
    """Excel takes 31 characters, and none of these."""
    return plain("".join(" " if char in "[]:*?/\\" else char for char in name))[:31]


def _write(page: Any, sheet: Sheet, looks: "_Looks") -> None:
    last, head = get_column_letter(len(sheet.heads)), len(sheet.title) + 1
    page.freeze_panes = f"{'C' if len(sheet.heads) > 4 else 'A'}{head + 1}"
    page.auto_filter.ref = f"A{head}:{last}{len(sheet.lines) + head}"
    widths = list(_widths(sheet))
    for at, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    _set_print(page, sheet, head)
    for at, title in enumerate(sheet.title):
        page.append([looks.title(page, title, bold=at == 0)])
    page.row_dimensions[head].height = _height(sheet.heads, [width - 3 for width in widths])
    page.append([looks.head(page, name) for name in sheet.heads])
    for at, line in enumerate(sheet.lines, head + 1):
        page.row_dimensions[at].height = _height(line.values, widths)
        page.append(
            [looks.cell(page, value, line, n in sheet.coloured) for n, value in enumerate(line.values)]
        )


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    """How high a row is whose texts wrap; not every program makes rows fit when it opens a file."""
    lines = (
        _lines(value, width)
        for value, width in zip(values, widths, strict=True)
        if isinstance(value, str) and len(value) > width
    )
    return min(_HIGHEST, max(1, *lines, 1) * _STEP + 2)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes that breaks between words."""
    count, room = 0, 0.0
    for word in text.split():
        if len(word) > room:
            count, room = count + max(1, ceil(len(word) / width)), width
        room -= len(word) + 1
    return count


def _set_print(page: Any, sheet: Sheet, head: int) -> None:
    """A4 across, all columns on one page, the heads on every page; below, what it is and which page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{head}:{head}"
    page.oddFooter.left.text = " · ".join(sheet.title[:1] or (sheet.name,)).replace("&", "&&")
    page.oddFooter.right.text = "&P/&N"
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)


def _widths(sheet: Sheet) -> Iterable[float]:
    """A column is as wide as its longest text, or half of it where it wraps, within limits.

    So that a table of many columns can still be read where it is printed on one page.
    """
    for at, head in enumerate(sheet.heads):
        values = [line.values[at] for line in sheet.lines]
        longest = max(map(_length, values), default=0)
        word = max(
            (len(word) for value in values if isinstance(value, str) for word in value.split()), default=0
        )
        head_word = max(map(len, head.split()), default=0) + 3  # the filter's button takes room
        width = longest if longest <= _UNBROKEN else max(_UNBROKEN, ceil(longest / 2))
        yield max(_NARROWEST, head_word, min(_WIDEST, max(width, word) + 2))


def _length(value: Value) -> int:
    if isinstance(value, datetime):
        return len(_MOMENT)
    return len(_DAY) if isinstance(value, date) else len(str("" if value is None else value))


class _Looks:
    """The looks of cells, each made once: openpyxl is slow to make them for every cell."""

    def __init__(self) -> None:
        self._fills = {colour: PatternFill("solid", fgColor=rgb) for colour, rgb in _FILLS.items()}
        self._plain, self._bold = Font(name=_FACE, size=_SIZE), Font(name=_FACE, size=_SIZE, bold=True)
        self._head = PatternFill("solid", fgColor="FFD9E2F3")
        self._text = Alignment(vertical="top", wrap_text=True)
        self._middle = Alignment(vertical="top", horizontal="center", wrap_text=True)
        self._title = Alignment(vertical="center", horizontal="center", wrap_text=True)
        self._made: dict[tuple[str, Colour, bool, bool], Any] = {}

    def head(self, page: Any, text: str) -> Any:
        """A cell of the first row."""
        cell = WriteOnlyCell(page, plain(text))
        cell.font, cell.fill, cell.alignment, cell.border = self._bold, self._head, self._title, _BORDER
        return cell

    def title(self, page: Any, text: str, *, bold: bool) -> Any:
        """A cell above the heads; its words run over the empty cells beside it."""
        cell = WriteOnlyCell(page, plain(text))
        if text.startswith(_FORMULA):
            cell.data_type = "s"
        cell.font = self._bold if bold else self._plain
        return cell

    def cell(self, page: Any, value: Value, line: SheetRow, coloured: bool) -> Any:
        """A cell below; text is marked as such, dates have the form of the country."""
        shown = _shown(value)
        cell: Any = WriteOnlyCell(page, shown)
        quoted = isinstance(shown, str) and shown.startswith(_FORMULA)
        if quoted:
            cell.data_type = "s"
        key = (type(value).__name__, line.colour if coloured else "none", line.bold, quoted)
        if key not in self._made:
            self._dress(cell, value, key)
            self._made[key] = cell._style
        cell._style = self._made[key]
        return cell

    def _dress(self, cell: Any, value: Value, key: tuple[str, Colour, bool, bool]) -> None:
        _, colour, bold, quoted = key
        cell.font, cell.border = self._bold if bold else self._plain, _BORDER
        cell.alignment = self._text if isinstance(value, str) else self._middle
        if colour in self._fills:
            cell.fill = self._fills[colour]
        if isinstance(value, date):
            cell.number_format = _MOMENT if isinstance(value, datetime) else _DAY
        cell.quotePrefix = quoted  # who edits such a cell in Excel does not make a formula of it either


def _shown(value: Value) -> Any:
    if isinstance(value, str):
        return plain(value)  # openpyxl cuts at what Excel can hold
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
