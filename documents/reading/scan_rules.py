"""The rules of tables on a scanned page: straight dark strokes, long beside any letter."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from PIL import Image

from documents.reading.pdf_tables import Grid, Rule, grids_from

_RUN: Final = 24
"""A stroke is looked for in steps of so many pixels, each dark almost throughout."""
_SHORTEST: Final = 6
"""So many dark steps in a row are a stroke: half an inch at 300 dpi."""
_BLUR: Final = 5
"""So many pixels either side of its middle are a stroke's."""
_DARK, _DARK_STEP = 160, 51
_POINTS: Final = 72 / 300


def grids_on(page: Image.Image) -> list[Grid]:
    """Return the ruled tables of a prepared page, in points from the left and the bottom of the page."""
    ink = page.point(lambda value: 0 if value < _DARK else 255)
    height = page.height * _POINTS
    across = [Rule(height - at * _POINTS, start * _POINTS, end * _POINTS) for at, start, end in _strokes(ink)]
    turned = ink.transpose(Image.Transpose.TRANSPOSE)
    down = [
        Rule(at * _POINTS, height - end * _POINTS, height - start * _POINTS)
        for at, start, end in _strokes(turned)
    ]
    return grids_from(across, down)


def without_rules(page: Image.Image, grids: list[Grid]) -> Image.Image:
    """Return a page whose tables have lost their strokes, which letters would be taken for."""
    if not grids:
        return page
    cleared = page.copy()
    ink = page.point(lambda value: 0 if value < _DARK else 255)
    for at, start, end in _strokes(ink):
        cleared.paste(255, (max(0, start), max(0, at - _BLUR), end, at + _BLUR + 1))
    for at, start, end in _strokes(ink.transpose(Image.Transpose.TRANSPOSE)):
        cleared.paste(255, (max(0, at - _BLUR), max(0, start), at + _BLUR + 1, end))
    return cleared


def _strokes(ink: Image.Image) -> Iterator[tuple[int, int, int]]:
    """Yield each level stroke: its middle row, where it starts and ends, in pixels.

    Either end may lie anywhere in the next step: it is taken in whole, so that strokes that meet do so.
    """
    steps = ink.reduce((_RUN, 1))
    width, data = steps.width, steps.tobytes()
    strokes: list[tuple[int, int, int]] = []
    for row in range(steps.height):
        line = data[row * width : (row + 1) * width]
        if min(line) > _DARK_STEP:
            continue
        at = 0
        for dark, run in groupby(value <= _DARK_STEP for value in line):
            length = len(list(run))
            if dark and length >= _SHORTEST:
                strokes.append((row, (at - 1) * _RUN, (at + length + 1) * _RUN))
            at += length
    yield from _merged(strokes)


def _merged(strokes: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield strokes several rows thick once each, by their middle."""
    open_: list[list[int]] = []
    for row, start, end in strokes:
        same = next(
            (each for each in open_ if row - each[1] <= 2 and start < each[3] and end > each[2]), None
        )
        if same is None:
            open_.append([row, row, start, end])
        else:
            same[1], same[2], same[3] = row, min(same[2], start), max(same[3], end)
    yield from ((((first + last) // 2), start, end) for first, last, start, end in open_)
