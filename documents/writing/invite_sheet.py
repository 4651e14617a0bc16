"""The list of invite codes as a spreadsheet, to be cut up and handed out."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

_WIDTHS = (48, 22, 14, 20, 48)

CodeRow = tuple[str, str, str, datetime, str | None]
"""Unit, role, code, local end of validity, link."""


def write_codes(to: Path | BytesIO, heads: Sequence[str], rows: Sequence[CodeRow]) -> None:
    """Write one row a code under bold heads, the first row frozen. Raises OSError."""
    from openpyxl import Workbook  # late: it takes twelve megabytes
    from openpyxl.styles import Font

    book = Workbook(write_only=False)
    sheet = book.worksheets[0]
    sheet.append(list(heads))
    for unit, role, code, expires, link in rows:
        sheet.append(
            [unit, role, code, expires.replace(tzinfo=None), link or ""]
        )  # Excel knows no time zones
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for (cell,) in sheet.iter_rows(min_row=2, min_col=4, max_col=4):
        cell.number_format = "dd/mm/yyyy hh:mm"
    sheet.freeze_panes = "A2"
    book.save(to)
