"""Tables whose columns no upright rule parts: told by level rules, or by a heading, and by white space."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from documents.reading.outline import Table
from documents.reading.pdf_tables import Grid, Rule
from documents.reading.placed_words import (
    Gap,
    PlacedWord,
    PrintLine,
    column_of,
    gaps_between,
    joined_cells,
    narrowed,
    print_lines,
    without_word_spaces,
)
from documents.reading.table_columns import columns_of
from documents.reading.tables import table
from domain.common.text import fold

_LEAST_GAP: Final = 3.0
"""White space between two columns is at least so many points wide."""
_HEADING_GAPS: Final = (4.0, 5.0, 6.0, 8.0, 12.0)
"""From the narrowest on, what white space may part the columns of a heading."""
_FEWEST_GAPS: Final = 2
_WIDE: Final = 0.5
"""A rule of a table reaches over this share of the print's width."""
_NEAR: Final = 6.0
_MARGIN: Final = 60.0
"""The number of a page stands so far from the left edge of the print, at least."""
_OUTSIDE: Final = 4.0
"""What begins so far left of all words of its column is no row, but a numbered line below the table."""
_LEVEL: Final = 0.7
"""Lines of print nearer to each other than this share of the usual are not of one row of lines."""
_ONE_RULE: Final = 2.0
_HIGHEST_HEAD: Final = 6
"""A heading is no higher than so many lines of print."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H])[.)]?")
_NUMBER_TITLES = ("tt", "stt", "so", "#")

Gaps = Sequence[Gap]


@dataclass(frozen=True, slots=True)
class SpacedTable:
    """A table, the box that it stands in, the white space between its columns.

    `ruled`: level rules part its rows. `sure` is False where it cannot be told which lines make a row;
    `lines` are what it says, line by line of print.
    """

    grid: Grid
    table: Table
    gaps: tuple[Gap, ...]
    ruled: bool
    sure: bool
    lines: tuple[PrintLine, ...]


def spaced_tables(
    words: Iterable[PlacedWord], rules: Sequence[Rule], before: SpacedTable | None = None
) -> list[SpacedTable]:
    """Return the tables of a page whose columns white space parts, from the top.

    `rules` are the level rules outside tables with upright ones; `before` is the table with which the page
    before ends, if it ends with one.
    """
    lines = _without_number(print_lines(words))
    found = [made for edges in _frames(rules, lines, before) for made in _ruled(lines, edges, before)]
    if not found and (goes_on := _continued(_above(lines, _headed(lines)), before)):
        found.append(goes_on)
    while free := [line for line in lines if not any(_holds(made, line) for made in found)]:
        made = _headed(free)
        if made is None:
            break
        found.append(made)
    return sorted(found, key=lambda each: -each.grid.top)


def _without_number(lines: list[PrintLine]) -> list[PrintLine]:
    """The lines without the number of the page at either end."""
    if lines:
        edge = min(line[0].left for line in lines)
        for at in (0, -1):
            if (
                lines
                and len(lines[at]) == 1
                and lines[at][0].text.strip("-–").isdigit()
                and lines[at][0].left > edge + _MARGIN
            ):
                del lines[at]
    return lines


def _above(lines: list[PrintLine], made: SpacedTable | None) -> list[PrintLine]:
    """The lines above a table; all where there is none."""
    return [line for line in lines if made is None or line[0].foot > made.grid.top]


def _holds(made: SpacedTable, line: PrintLine) -> bool:
    return made.grid.bottom <= line[0].foot <= made.grid.top


# --- between level rules ------------------------------------------------------------------------------


def _frames(
    rules: Sequence[Rule], lines: Sequence[PrintLine], before: SpacedTable | None
) -> list[list[float]]:
    """The heights of rules, from the top, each list of those that begin and end alike, as wide as a table.

    Where a table goes on from the page before, the top of the page is as good as a rule.
    """
    if not lines:
        return []
    width = max(line[-1].right for line in lines) - min(line[0].left for line in lines)
    groups: list[list[Rule]] = []
    for rule in _whole(rules):
        if rule.end - rule.start < width * _WIDE:
            continue
        same = next((group for group in groups if _alike(group[0], rule)), None)
        if same is None:
            groups.append([rule])
        else:
            same.append(rule)
    top = [lines[0][0].top + 1] if before and before.ruled else []
    heights = [
        [*(edge for edge in top if edge > group[0].at), *(rule.at for rule in group)] for group in groups
    ]
    return [edges for edges in heights if len(edges) > 1]


def _alike(rule: Rule, other: Rule) -> bool:
    return abs(rule.start - other.start) < _NEAR and abs(rule.end - other.end) < _NEAR


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """The rules from the top; those drawn cell by cell are put together."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (-round(each.at), each.start)):
        last = whole[-1] if whole else None
        if last and abs(last.at - rule.at) <= _ONE_RULE and rule.start <= last.end + _NEAR:
            whole[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            whole.append(rule)
    return whole


def _ruled(
    lines: Sequence[PrintLine], edges: Sequence[float], before: SpacedTable | None
) -> Iterator[SpacedTable]:
    """Yield the tables among the bands between rules: runs of bands that white space parts alike."""
    bands = [
        (high, low, [line for line in lines if low < line[0].foot < high]) for high, low in pairwise(edges)
    ]
    bands = [band for band in bands if band[2]]
    at = 0
    while at < len(bands):
        if _stands_above(bands[at][2], _next_lines(bands, at)):
            at += 1
            continue
        grown = _grown_from(bands[at][2], None if at else before)
        end = at + 1
        heads = [_is_other_heading(band[2], bands[at][2]) for band in bands]
        while grown and end < len(bands) and not heads[end]:
            if heads[end + 1 : end + 2] == [True] and _is_caption(bands[end][2]):
                break
            if not grown.takes(bands[end][2], _next_lines(bands, end)):
                break
            end += 1
        if grown and (end > at + 1 or grown.goes_on):
            yield grown.table(
                [band[2] for band in bands[at:end]], bands[at][0], bands[end - 1][1], ruled=True
            )
        at = end


def _next_lines(bands: Sequence[tuple[float, float, list[PrintLine]]], at: int) -> Sequence[PrintLine]:
    return bands[at + 1][2] if at + 1 < len(bands) else ()


def _stands_above(lines: Sequence[PrintLine], after: Sequence[PrintLine]) -> bool:
    """Tell whether a single line names the table whose heading comes after it."""
    return (
        len(lines) == 1
        and _is_caption(lines)
        and bool(after and _heading_gaps(after))
        and not _heading_gaps(lines)
    )


def _is_other_heading(lines: Sequence[PrintLine], first: Sequence[PrintLine]) -> bool:
    """Tell whether a band is the heading of another table than the one that `first` heads."""
    if not lines or not _heading_gaps(lines) or not _heading_gaps(first):
        return False
    said, own = ([word.text for line in each for word in line] for each in (lines, first))
    return said != own


def _grown_from(first: Sequence[PrintLine], before: SpacedTable | None) -> "_Grown | None":
    """The table that a band begins, or goes on with; None where white space does not part it."""
    if not first:
        return None
    if before is not None and len(narrowed(before.gaps, first, _LEAST_GAP)) == len(before.gaps):
        return _Grown(before.gaps, lambda gaps: len(gaps) == len(before.gaps), goes_on=True)
    gaps = gaps_between(first, _LEAST_GAP)
    return _Grown(gaps, _keeps(first, gaps)) if len(gaps) >= _FEWEST_GAPS else None


# --- under a heading ----------------------------------------------------------------------------------


def _headed(lines: Sequence[PrintLine]) -> SpacedTable | None:
    """The first table among the lines that a heading with a column of numbers opens."""
    for at, line in enumerate(lines):
        if fold(line[0].text).strip(".") in _NUMBER_TITLES and (made := _under(lines, at)):
            return made
    return None


def _under(lines: Sequence[PrintLine], at: int) -> SpacedTable | None:
    """The table in whose heading the title of the column of numbers opens this line."""
    title = lines[at][0]
    most = min(len(lines), at + _HIGHEST_HEAD)
    body = next((n for n in range(at + 1, most) if _is_number(lines[n][0])), most)
    firsts = [
        n for n in (at - 1, at - 2) if n >= 0 and all(line[0].left > title.right for line in lines[n:at])
    ]
    headings = [(first, end) for end in range(at + 1, body + 1) for first in (at, *firsts)]
    parted = [pair for pair in headings if _heading_gaps(lines[slice(*pair)])]
    if not parted:
        return None
    first, end = next((pair for pair in parted if pair[1] == body), parted[0])
    rest = lines[parted[0][1] : end]
    starts_late = any(word.text[0].isupper() for line in rest for word in line)
    return _below(lines[end:], lines[first:end], sure=end == body and not starts_late)


def _heading_gaps(heading: Sequence[PrintLine]) -> list[Gap]:
    """The white space between the columns of a heading of duties; none where it is no such heading.

    How wide it is beside that between words is found out by trying.
    """
    for least in _HEADING_GAPS:
        gaps = without_word_spaces(gaps_between(heading, least), heading)
        if len(gaps) >= _FEWEST_GAPS and columns_of(joined_cells(heading, gaps)):
            return gaps
    return []


def _below(lines: Sequence[PrintLine], heading: Sequence[PrintLine], *, sure: bool) -> SpacedTable | None:
    gaps = _heading_gaps(heading)
    grown = _Grown(gaps, _keeps(heading, gaps), sure=sure)
    end = _reach(grown, lines)
    if not end:
        return None
    return grown.table([heading, lines[:end]], heading[0][0].top + 1, _foot(lines[end - 1]), ruled=False)


def _continued(lines: Sequence[PrintLine], before: SpacedTable | None) -> SpacedTable | None:
    """What goes on at the top of a page of a table without rules that ended the page before."""
    if before is None or before.ruled:
        return None
    grown = _Grown(before.gaps, lambda gaps: len(gaps) == len(before.gaps), goes_on=True)
    end = _reach(grown, lines)
    if not end:
        return None
    return grown.table([lines[:end]], lines[0][0].top + 1, _foot(lines[end - 1]), ruled=False)


def _reach(grown: "_Grown", lines: Sequence[PrintLine]) -> int:
    """How many lines belong to a table without rules: up to the first with words where numbers stand."""
    edge = float("-inf")
    for at, line in enumerate(lines):
        first = _second_edge(line, grown.gaps)
        if _is_number(line[0]) and first < edge - _OUTSIDE:
            return at
        edge = first if at == 0 else min(edge, first)
        if not _fits(line, grown.gaps) or not grown.takes([line], _rows_after(lines, at, grown.gaps)):
            return at
    return len(lines)


def _second_edge(line: PrintLine, gaps: Gaps) -> float:
    """Where the words of a line begin in the column behind that of the numbers."""
    return min((word.left for word in line if column_of(word, gaps) == 1), default=float("inf"))


def _fits(line: PrintLine, gaps: Gaps) -> bool:
    """Tell whether nothing but a number stands in the column of numbers."""
    return all(_is_number(word) for word in line if column_of(word, gaps) == 0)


def _rows_after(lines: Sequence[PrintLine], at: int, gaps: Gaps) -> Sequence[PrintLine]:
    """The next line where it opens a row."""
    return [line for line in lines[at + 1 : at + 2] if _is_number(line[0]) and _fits(line, gaps)]


def _foot(line: PrintLine) -> float:
    return line[0].foot - 1


# --- rows ---------------------------------------------------------------------------------------------


def _keeps(heading: Sequence[PrintLine], gaps: Gaps) -> Callable[[Gaps], bool]:
    """What tells whether gaps still part a table: a heading of duties must go on being one."""
    if columns_of(joined_cells(heading, gaps)) is None:
        return lambda left: len(left) >= _FEWEST_GAPS
    return lambda left: len(left) >= _FEWEST_GAPS and columns_of(joined_cells(heading, left)) is not None


class _Grown:
    """A table that takes one stretch of lines after the other as long as these keep to its columns."""

    def __init__(
        self, gaps: Gaps, keeps: Callable[[Gaps], bool], *, goes_on: bool = False, sure: bool = True
    ) -> None:
        self.gaps, self._keeps, self.goes_on = list(gaps), keeps, goes_on
        self._sure = sure

    def takes(self, lines: Sequence[PrintLine], after: Sequence[PrintLine]) -> bool:
        """Take lines if they leave its columns apart; a caption too if what stands after it does."""
        left = narrowed(self.gaps, lines, _LEAST_GAP)
        if self._keeps(left) and lines:
            self.gaps = left
            return True
        return bool(after) and _is_caption(lines) and self._keeps(narrowed(self.gaps, after, _LEAST_GAP))

    def table(
        self, parts: Iterable[Sequence[PrintLine]], top: float, bottom: float, *, ruled: bool
    ) -> SpacedTable:
        """Return what was taken, each part a row or several, in the box of that top and bottom."""
        parts = list(parts)
        self.gaps = without_word_spaces(self.gaps, [line for part in parts for line in part])
        rows: list[list[str]] = []
        sure, lines = self._sure, list[PrintLine]()
        for part in parts:
            made, told = self._rows(part, ruled)
            rows, sure, lines = rows + made, sure and told, lines + list(part)
        left, right = min(line[0].left for line in lines), max(line[-1].right for line in lines)
        grid = Grid(left, bottom, right, top, ())
        return SpacedTable(grid, table(rows), tuple(self.gaps), ruled, sure, tuple(lines))

    def _rows(self, lines: Sequence[PrintLine], ruled: bool) -> tuple[list[list[str]], bool]:
        """The rows of a stretch, one from each number in the first column on; and whether that is told.

        It is where each cell begins as high as its number.
        """
        starts = [at for at, line in enumerate(lines) if self._is_start(line)]
        if ruled and len(starts) < 2:
            return [self._row(lines)], True
        parts = [lines[a:b] for a, b in pairwise(sorted({0, *starts, len(lines)}))]
        sure = all(self._is_level(lines[at]) for at in starts) and (not ruled or starts[0] == 0)
        sure = sure and _are_level(lines)
        return [self._row(part) for part in parts], sure

    def _is_start(self, line: PrintLine) -> bool:
        return column_of(line[0], self.gaps) == 0 and _is_number(line[0])

    def _is_level(self, line: PrintLine) -> bool:
        return len({column_of(word, self.gaps) for word in line}) > 1

    def _row(self, lines: Sequence[PrintLine]) -> list[str]:
        if (
            len(lines) == 1
            and len(narrowed(self.gaps, lines, _LEAST_GAP)) < len(self.gaps)
            and _is_caption(lines)
        ):
            number = lines[0][0].text if _is_number(lines[0][0]) else ""
            words = [word.text for word in lines[0]]
            return [number, " ".join(words[bool(number) :]), *[""] * (len(self.gaps) - 1)]
        return joined_cells(lines, self.gaps)


def _is_number(word: PlacedWord) -> bool:
    return bool(_NUMBER.fullmatch(word.text))


def _is_caption(lines: Sequence[PrintLine]) -> bool:
    """Tell whether a single line numbers or names the rows below it."""
    return len(lines) == 1 and (_is_number(lines[0][0]) or lines[0][0].text.isupper())


def _are_level(lines: Sequence[PrintLine]) -> bool:
    """Tell whether lines of all columns stand as high as each other, as where all cells begin at the top."""
    steps = sorted(high[0].foot - low[0].foot for high, low in pairwise(lines))
    return not steps or steps[0] > steps[len(steps) // 2] * _LEVEL
