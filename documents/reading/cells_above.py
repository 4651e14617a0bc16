"""Cells that say nothing of their own: what they mean stands in the row above.

A sign says so in the cell itself ("-nt-", "như trên"), or a note says it of all that is left blank.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.reading.outline import Line, Table
from documents.reading.table_columns import Column, headed
from domain.common.text import fold

_FILLED: tuple[Column, ...] = ("lead", "support", "when")
_SIGN = re.compile(r"[-–(/]*\s*(?:nt|(?:tuong tu )?nhu tren|tuong tu)\s*[-–)/]*|[\"”″〃]|''|//")
_NOTE = re.compile(
    r"(?:o|cot|dong|muc|cho)\b[^.;]{0,40}?\b(?:de |bo )?(?:trong|trang)\b.{0,80}?"
    r"\b(?:nhu|theo|giong|lay)\b.{0,30}?\b(?:tren|truoc)\b"
)


def with_cells_above(blocks: Sequence[Line | Table]) -> list[Line | Table]:
    """Return the blocks; of tables of duties, cells that point at the row above have its words."""
    if not any(isinstance(block, Table) for block in blocks):
        return list(blocks)
    blank_too = any(isinstance(block, Line) and _NOTE.search(fold(block.text)) for block in blocks)
    return [_filled(block, blank_too) if isinstance(block, Table) else block for block in blocks]


def _filled(table: Table, blank_too: bool) -> Table:
    head = headed(table)
    if head is None:
        return table
    columns, start = head
    places = [columns.at[kind] for kind in _FILLED if kind in columns.at]
    work, rows, above = columns.at["content"], list(table.rows[:start]), [""] * len(table.rows[0])
    for row in table.rows[start:]:
        cells = list(row)
        for place in places:
            if _points_up(cells[place]) or (blank_too and not cells[place].strip() and cells[work].strip()):
                cells[place] = above[place]
        if cells[work].strip():
            above = cells
        rows.append(tuple(cells))
    return replace(table, rows=tuple(rows))


def _points_up(cell: str) -> bool:
    return bool(_SIGN.fullmatch(fold(cell).strip(" .")))
