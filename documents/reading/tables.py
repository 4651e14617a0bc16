"""The tables that are drawn in plain text, whichever way."""

import re
from collections.abc import Callable, Sequence

from documents.reading.outline import Table
from documents.reading.table_columns import ENDS_TABLE, GROUP, NUMBER, columns_of, kind_of

_MOST_COLUMNS, _LONGEST_CELL = 12, 20
_FEWEST_CELLS = 3
_MOST_BETWEEN, _MOST_CAPTIONS = 12, 3
"""Within how many lines a table goes on, and how many of them may hold something else."""
_ROW_LINES = 40
"""Within how many lines after a row the number of the next one stands."""
_OPEN_CELL = re.compile(r"(?i)(?:[,;\-–&/(]|\b(?:và|của|với|các|thuộc|cho))$")
_CAPTION_NUMBER = re.compile(r"([IVX]{1,5}|[A-H]|\d{1,3})[.)/]\s*(\S.*)")
_LONGEST_NUMBER = 16
"""The heading of the column of numbers is no longer than so many characters."""


def table(rows: Sequence[Sequence[str]]) -> Table:
    """Return the rows as a table, all made as long as the longest."""
    longest = max(map(len, rows), default=0)
    return Table(tuple((*row, *[""] * (longest - len(row))) for row in rows))


Splits = Callable[[str, str], bool]
"""Tells whether a body's name begins in the one line and ends in the other."""


def tables_of(lines: Sequence[str], splits: Splits = lambda left, right: False) -> list[str | Table]:
    """Return the lines with the tables that are drawn in them taken out, each in its place.

    Four ways of drawing are known: cells between '|', between tabs, one a line, one a line with '|' between.
    """
    found: list[str | Table] = []
    at = 0
    while at < len(lines):
        taken = (
            _piped(lines, at)
            or _tabbed(lines, at)
            or _barred(lines, at, splits)
            or _stacked(lines, at, splits)
            or _unheaded(lines, at)
        )
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
    """A table with tabs between its cells, over blank lines, captions and a repeated heading."""
    header = _cells(lines[at])
    if len(header) < _FEWEST_CELLS or columns_of(header) is None:
        return None
    rows, end = [header], at + 1
    while end < len(lines):
        line = lines[end]
        if "\t" in line.strip():
            cells = _cells(line)
            if cells != header and columns_of(cells) is not None:
                break
            _put(rows, cells, len(header))
        elif line.strip():
            if _row_goes_on(rows, line, len(header)):
                rows[-1][-1] += f" {line.strip()}"
            elif _table_goes_on(lines, end, len(header)):
                rows.append(_caption(line.strip()))
            else:
                break
        elif not _table_goes_on(lines, end, len(header)):
            break
        end += 1
    return table(rows), end


def _unheaded(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """Rows between tabs under a heading that no rule knows: several of them, with as many cells each."""
    rows: list[list[str]] = []
    end = at
    while end < len(lines) and len(cells := _cells(lines[end])) >= _FEWEST_CELLS:
        if rows and len(cells) != len(rows[0]):
            break
        rows.append(cells)
        end += 1
    return (table(rows), end) if len(rows) >= _FEWEST_CELLS else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip(" \n").split("\t")]


def _put(rows: list[list[str]], cells: list[str], width: int) -> None:
    """Add a row, or to the last one what a page end broke off it: no number, and words in mid-sentence."""
    last = rows[-1]
    if len(rows) > 1 and 0 < len(last) < width >= len(last) + len(cells) - 1 and not _opens(cells[0]):
        last[-1] = f"{last[-1]} {cells[0]}".strip()
        last.extend(cells[1:])
        return
    broken = len(rows) > 1 and len(cells) <= width and not cells[0] and _is_broken_off(cells, last)
    if not broken:
        rows.append(cells)
        return
    for place, cell in enumerate(cells):
        if cell and place < len(last):
            last[place] = f"{last[place]} {cell}".strip()


def _opens(cell: str) -> bool:
    """Tell whether a cell is the number that a row begins with."""
    return not cell or bool(NUMBER.fullmatch(cell) or GROUP.fullmatch(cell))


def _is_broken_off(cells: Sequence[str], last: Sequence[str]) -> bool:
    """Tell whether all cells go on in small letters where the row before has words."""
    said = [(place, cell) for place, cell in enumerate(cells) if cell]
    return bool(said) and all(
        cell[0].islower() and place < len(last) and last[place] != "" for place, cell in said
    )


def _row_goes_on(rows: Sequence[Sequence[str]], line: str, width: int) -> bool:
    """Tell whether a line without tabs belongs to the last cell of the row before it."""
    text = line.strip()
    if len(rows) < 2 or ENDS_TABLE.match(text):
        return False
    return text[0].islower() or (len(rows[-1]) >= width and bool(_OPEN_CELL.search(rows[-1][-1])))


def _table_goes_on(lines: Sequence[str], at: int, width: int) -> bool:
    """Tell whether rows of the same table follow within a few lines, a caption or a note between."""
    between = 0
    for line in lines[at : at + _MOST_BETWEEN]:
        if "\t" in line.strip():
            cells = _cells(line)
            return abs(len(cells) - width) <= 1 or (cells[0] != "" and _opens(cells[0]))
        if line.strip():
            between += 1
            if between > _MOST_CAPTIONS or ENDS_TABLE.match(line.strip()):
                return False
    return False


def _caption(text: str) -> list[str]:
    """A line inside a table as a row: "II. MỞ RỘNG" has its number in the first cell."""
    found = _CAPTION_NUMBER.match(text)
    return [found[1], found[2]] if found else ["", text]


def _barred(lines: Sequence[str], at: int, splits: Splits) -> tuple[Table, int] | None:
    """A table pasted one cell a line with a line that holds only '|' after each cell."""
    if at + 1 >= len(lines) or lines[at + 1].strip() != "|" or kind_of(lines[at]) != "number":
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
    found = _stacked(cells, 0, splits)
    return (found[0], ends[found[1] - 1]) if found else None


def _stacked(lines: Sequence[str], at: int, splits: Splits) -> tuple[Table, int] | None:
    """A table pasted one cell a line: its heading cells, then for each row a number and its cells."""
    if len(lines[at]) > _LONGEST_NUMBER or kind_of(lines[at]) != "number":
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
        elif not number or (len(cells) >= len(header) - 1 and _follows_table(lines, end, number, gap=gap)):
            break
        elif cells and (_continues(cells[-1], line, tabbed) or splits(cells[-1], text)):
            cells[-1] += " " + text
        else:
            cells.append(text)
        gap = gap and not text
        end += 1
    _close(rows, number, cells, header)
    return (table(rows), end) if len(rows) > 1 else None


def _follows_table(lines: Sequence[str], at: int, number: str, *, gap: bool) -> bool:
    """Tell whether a line after a full row stands outside the table: after a gap, if no number follows."""
    text = lines[at].strip()
    if ENDS_TABLE.match(text):
        return True
    if not gap or text[0].islower():
        return False
    last = NUMBER.fullmatch(number)
    following = (line.strip() for line in lines[at : at + _ROW_LINES] if line.strip())
    return not any(
        last and (found := NUMBER.fullmatch(line)) and int(found[1]) == int(last[1]) + 1 for line in following
    )


def _header(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    cells: list[str] = []
    while at < len(lines) and len(cells) <= _MOST_COLUMNS:
        text = lines[at].strip()
        if NUMBER.fullmatch(text) or GROUP.fullmatch(text):
            break
        if text:
            if cells and kind_of(text) == "other" and not text.isupper() and text[0].islower():
                cells[-1] += " " + text
            else:
                cells.append(text)
        at += 1
    return cells, at


def _opens_row(text: str, number: str, cells: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a line is the number of the next row, rather than a number in a cell."""
    if GROUP.fullmatch(text):
        return not cells or len(cells) >= 2 or bool(GROUP.fullmatch(number))
    found = NUMBER.fullmatch(text)
    if not found:
        return False
    if not number or GROUP.fullmatch(number):
        return True
    last = NUMBER.fullmatch(number)
    expected = {1, int(last[1]) + 1, int(last[1])} if last else {1}
    return int(found[1]) in expected and len(cells) >= min(2, len(header) - 1)


def _continues(cell: str, line: str, tabbed: bool) -> bool:
    if tabbed:
        return not line[:1].isspace()
    return cell.endswith((";", ",", " và")) or line.strip()[0].islower()


def _close(rows: list[list[str]], number: str, cells: list[str], header: Sequence[str]) -> None:
    """Put the row away; cells too many are taken for pieces of the content, the first of them."""
    if not number or all(NUMBER.fullmatch(cell) for cell in cells):
        return
    extra = len(cells) - (len(header) - 1)
    if extra > 0:
        cells = [" ".join(cells[: extra + 1]), *cells[extra + 1 :]]
    rows.append([number, *cells])
