"""Words with their places on a page, the lines of print that they stand in, the white space between them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_SAME_LINE: Final = 2.5
"""Words whose feet are so few points apart stand on one line of print."""


_WORD_SPACES: Final = 1.6
"""What parts columns is on every line wider than so many of the usual spaces between words."""
_NEAR: Final = 0.5


class PlacedWord(NamedTuple):
    """A word with its edges in points from the left and the bottom of the page; `foot` is its base line."""

    text: str
    left: float
    right: float
    foot: float
    top: float


class Gap(NamedTuple):
    """An upright strip of a page in which no word stands."""

    left: float
    right: float


PrintLine = list[PlacedWord]
"""The words of one line of print, from the left, over all columns."""


def print_lines(words: Iterable[PlacedWord]) -> list[PrintLine]:
    """Return the lines of print from the top, each with its words from the left."""
    lines: list[PrintLine] = []
    for word in sorted(words, key=lambda each: -each.foot):
        if lines and abs(lines[-1][0].foot - word.foot) <= _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def gaps_between(lines: Iterable[Sequence[PlacedWord]], least: float) -> list[Gap]:
    """Return the strips, at least so many points wide, in which no word of the lines stands, from the left.

    What is left and right of all words is none.
    """
    gaps: list[Gap] = []
    edge: float | None = None
    for word in sorted((word for line in lines for word in line), key=lambda each: each.left):
        if edge is not None and word.left - edge >= least:
            gaps.append(Gap(edge, word.left))
        edge = word.right if edge is None else max(edge, word.right)
    return gaps


def narrowed(gaps: Iterable[Gap], lines: Iterable[Sequence[PlacedWord]], least: float) -> list[Gap]:
    """Return what the words of the lines leave of gaps: the widest strip of each, if it is wide enough."""
    words = [word for line in lines for word in line]
    left: list[Gap] = []
    for gap in gaps:
        inside = [word for word in words if word.left < gap.right and word.right > gap.left]
        strips = _strips(gap, sorted(inside, key=lambda each: each.left))
        widest = max(strips, key=lambda strip: strip.right - strip.left)
        if widest.right - widest.left >= least:
            left.append(widest)
    return left


def _strips(gap: Gap, inside: Sequence[PlacedWord]) -> list[Gap]:
    strips, edge = [], gap.left
    for word in inside:
        strips.append(Gap(edge, word.left))
        edge = max(edge, word.right)
    return [*strips, Gap(edge, gap.right)]


def column_of(word: PlacedWord, gaps: Sequence[Gap]) -> int:
    """Return in which of the columns between the gaps a word begins."""
    return sum(word.left >= (gap.left + gap.right) / 2 for gap in gaps)


def joined_cells(lines: Iterable[Sequence[PlacedWord]], gaps: Sequence[Gap]) -> list[str]:
    """Return what lines of print say in each column between the gaps; the lines of a cell stay parted."""
    columns: list[list[str]] = [[] for _ in range(len(gaps) + 1)]
    for line in lines:
        cells: list[list[str]] = [[] for _ in columns]
        for word in line:
            cells[column_of(word, gaps)].append(word.text)
        for column, cell in zip(columns, cells, strict=True):
            column += [" ".join(cell)] if cell else []
    return ["\n".join(column) for column in columns]


def without_word_spaces(gaps: Sequence[Gap], lines: Sequence[Sequence[PlacedWord]]) -> list[Gap]:
    """Return the gaps without those that are the space between two words, one below the other by chance.

    "Sở" at the start of every cell makes one.
    """
    spaces = sorted(after.left - before.right for line in lines for before, after in pairwise(line))
    most = spaces[len(spaces) // 2] * _WORD_SPACES if spaces else 0.0
    return [gap for gap in gaps if _least_step(gap, lines) > most]


def _least_step(gap: Gap, lines: Iterable[Sequence[PlacedWord]]) -> float:
    """How far apart the words on both sides of a gap stand at least; no end where there are none."""
    steps = (
        after.left - before.right
        for line in lines
        for before, after in pairwise(line)
        if before.right <= gap.left + _NEAR and after.left >= gap.right - _NEAR
    )
    return min(steps, default=float("inf"))
