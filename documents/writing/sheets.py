"""What a workbook is made of: sheets, their lines, and the colours of what is late."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Value = str | int | date | datetime | None
Colour = Literal["red", "amber", "green", "dark_green", "grey", "none"]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; `colour` is that of the cells whose columns are in `coloured`, counted from 0."""

    values: tuple[Value, ...]
    colour: Colour = "none"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its name and its heads. `coloured` are the columns that show a line's colour.

    `title` stands above the heads, a row each: what the table is, of which plan, of which day.
    """

    name: str
    heads: tuple[str, ...]
    lines: tuple[SheetRow, ...]
    coloured: tuple[int, ...] = ()
    title: tuple[str, ...] = ()
