"""Ruled tables on a PDF page: the lines that are drawn, and the cells between them."""

from collections.abc import Callable, Iterator, Sequence
from ctypes import c_float
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

_THIN, _NEAR = 2.5, 3.0
_INSET, _INSET_LEVEL = 1.0, 2.5
"""Text is taken this far inside the rules, so that no stroke or mark of a neighbour is taken with it."""
_MOST_RULES, _MOST_FORMS = 4_000, 2
Handle = Any
"""What pdfium calls an object by; ctypes tells no types."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: where it stands across (x of a vertical, y of a horizontal), and from where to where."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table; `cells` row by row from the top, a merged cell given in each of its places."""

    left: float
    bottom: float
    right: float
    top: float
    cells: tuple[tuple[Box, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the table."""
        return self.left - _NEAR <= x <= self.right + _NEAR and self.bottom - _NEAR <= y <= self.top + _NEAR


def rules_of(page: pdfium.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """Return the level and the upright rules of a page."""
    across: list[Rule] = []
    down: list[Rule] = []
    for left, bottom, right, top in _drawn(page):
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            across.append(Rule((top + bottom) / 2, left, right))
        elif wide <= _THIN < high:
            down.append(Rule((left + right) / 2, bottom, top))
        elif wide > _THIN and high > _THIN:
            across += [Rule(top, left, right), Rule(bottom, left, right)]
            down += [Rule(left, bottom, top), Rule(right, bottom, top)]
    return across, down


def grids_from(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """Return the tables that level and upright rules make, each of at least three cells."""
    if len(across) + len(down) > _MOST_RULES:
        return []
    return [grid for group in _groups(across, down) if (grid := _grid(*group))]


def _drawn(page: pdfium.PdfPage) -> Iterator[Box]:
    yield from _paths(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, _MOST_FORMS)


def _paths(
    parent: Handle, count: Callable[..., int], get: Callable[..., Handle], forms: int
) -> Iterator[Box]:
    """Yield the boxes of what is drawn, in forms within forms too.

    By pdfium's own functions: pypdfium2 makes an object of every piece of text on the way to the few rules.
    """
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for at in range(count(parent)):
        item = get(parent, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            yield left.value, bottom.value, right.value, top.value
        elif kind == raw.FPDF_PAGEOBJ_FORM and forms:
            yield from _paths(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, forms - 1)


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Put together the rules that touch each other: each group is one table."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for column in down:
        met = [rule for rule in across if _meet(rule, column)]
        joined = [group for group in groups if any(rule in group[0] for rule in met)]
        rows = list(dict.fromkeys([rule for group in joined for rule in group[0]] + met))
        columns = [rule for group in joined for rule in group[1]] + [column]
        groups = [group for group in groups if group not in joined] + [(rows, columns)]
    return groups


def _meet(row: Rule, column: Rule) -> bool:
    return (
        row.start - _NEAR <= column.at <= row.end + _NEAR
        and column.start - _NEAR <= row.at <= column.end + _NEAR
    )


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    ys = sorted(_places(rows), reverse=True)
    xs = sorted(_places(columns))
    if len(ys) < 2 or len(xs) < 3 or (len(ys), len(xs)) == (2, 3):
        return None
    cells = tuple(
        tuple(_cell(xs, ys, column, row, rows, columns) for column in range(len(xs) - 1))
        for row in range(len(ys) - 1)
    )
    return Grid(xs[0], ys[-1], xs[-1], ys[0], cells)


def _places(rules: Sequence[Rule]) -> list[float]:
    """Where the rules stand, those drawn within a line's width of each other taken as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _cell(
    xs: Sequence[float],
    ys: Sequence[float],
    column: int,
    row: int,
    rows: Sequence[Rule],
    columns: Sequence[Rule],
) -> Box:
    """The box of the cell at a place of the grid, grown over the neighbours that no rule parts it from."""
    left, right, top, bottom = column, column + 1, row, row + 1
    x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
    while left > 0 and not _parted(columns, xs[left], y):
        left -= 1
    while right < len(xs) - 1 and not _parted(columns, xs[right], y):
        right += 1
    while top > 0 and not _parted(rows, ys[top], x):
        top -= 1
    while bottom < len(ys) - 1 and not _parted(rows, ys[bottom], x):
        bottom += 1
    return xs[left] + _INSET, ys[bottom] + _INSET_LEVEL, xs[right] - _INSET, ys[top] - _INSET_LEVEL


def _parted(rules: Sequence[Rule], at: float, across: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start <= across <= rule.end for rule in rules)
