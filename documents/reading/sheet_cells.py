"""A cell of a workbook as a person reads it: what its format shows, without what is struck out in it."""

import re
from datetime import date, datetime
from typing import Final

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock

from documents.reading.characters import plain_characters
from documents.reading.legacy_letters import modern
from domain.common.text import squeeze
from domain.deadlines import UNCERTAIN

_UNSHOWN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What a format says in words of its own, and of its colours and languages."""
_WORDS: Final = re.compile(r'"[^"]*\w[^"]*"')
_PADDING: Final = re.compile(r"\[[^\]]*\]|[_*].")
_FORMAT: Final = re.compile(
    r'((?:"[^"]*"|\\.|[^\w"\\#?@])*)(@|General|[0#?][0#?,]*)((?:"[^"]*"|\\.|[^\w"\\#?@])*)'
)
"""The format of a value between words: "Quý "0"/2026"."""


def shown(cell: Cell | MergedCell, otherwise: object = None) -> str:
    """Return what a cell shows: a date the Vietnamese way, a whole number without a point, words of a format.

    `otherwise` is its value where none is stored. What is struck out is left out; UNCERTAIN stands for what
    cannot be told.
    """
    value = otherwise if cell.value is None else cell.value
    if value is None or _is_struck(cell):
        return ""
    if isinstance(value, CellRichText):
        value = "".join(str(piece) for piece in value if not _is_struck_piece(piece))
    if cell.data_type == "e":
        return UNCERTAIN
    if isinstance(value, datetime | date):
        return _shown_date(value, _UNSHOWN.sub("", cell.number_format or "").lower())
    return modern(plain_characters(_formatted(value, cell.number_format or "")))


def struck_in(cell: Cell | MergedCell) -> str:
    """Return what is struck out in a cell, empty where nothing is."""
    if _is_struck(cell) and cell.value is not None:
        return squeeze(modern(plain_characters(str(cell.value))))
    if not isinstance(cell.value, CellRichText):
        return ""
    struck = "".join(str(piece) for piece in cell.value if _is_struck_piece(piece))
    return squeeze(modern(plain_characters(struck)))


def _is_struck(cell: Cell | MergedCell) -> bool:
    return bool(cell.has_style and cell.font.strike) and not isinstance(cell.value, CellRichText)


def _is_struck_piece(piece: object) -> bool:
    return isinstance(piece, TextBlock) and bool(piece.font.strike)


def _shown_date(value: datetime | date, shown_as: str) -> str:
    """A date as far as the cell shows it: to the day, the month or the year alone."""
    if "d" in shown_as or not ("m" in shown_as or "y" in shown_as):
        return f"{value:%d/%m/%Y}"
    return f"{value:%m/%Y}" if "m" in shown_as else f"{value:%Y}"


def _formatted(value: object, number_format: str) -> str:
    """A value with the words that its format puts around it."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, float) and value.is_integer() and "%" not in number_format:
        value = int(value)
    first = number_format.partition(";")[0]
    if is_number and "%" in first:
        return f"{value * 100:g}%"  # type: ignore[operator]  # a number
    if not _WORDS.search(first) or (not is_number and "@" not in first):
        return str(value)
    between = _FORMAT.fullmatch(_PADDING.sub("", first))
    if between is None or (is_number and not isinstance(value, int)):
        return UNCERTAIN if is_number else str(value)
    before, number, after = between.groups()
    figures = str(value).rjust(number.count("0"), "0")
    return f"{_said(before)}{figures}{_said(after)}"


def _said(words: str) -> str:
    return words.replace('"', "").replace("\\", "")
