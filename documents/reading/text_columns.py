"""Two columns of text that a file holds line by line: each column is read from its top to its end."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from documents.reading.placed_words import Gap, PrintLine, column_of, narrowed

_LEAST_GAP: Final = 8.0
"""White space between two columns of text is at least so many points wide."""
_FEWEST: Final = 8
"""So many lines stand side by side at least; the two blocks of a document's head are shorter."""
_MOST_ALONE: Final = 1.6
"""A column may be longer than the other by so much."""
_FULL: Final = 0.7
_SHORT: Final = 2 / 3
"""Of running text, lines fill so much of their column's width, but for this share: the ends of paragraphs."""
_UNLIKE: Final = 1.4
"""A column is no wider than so many times the other."""


class _Run(NamedTuple):
    """Lines of print from `start` to before `end` that one strip of white space parts."""

    start: int
    end: int
    gap: Gap


def in_reading_order(lines: Sequence[PrintLine]) -> list[PrintLine] | None:
    """Return lines of print with two columns of text one after the other; None where there are none."""
    ordered: list[PrintLine] = []
    at = 0
    while at < len(lines):
        run = _run_at(lines, at)
        if run is None:
            ordered.append(lines[at])
            at += 1
            continue
        halves = [_half(lines[run.start : run.end], run.gap, column) for column in (0, 1)]
        ordered += [line for half in halves for line in half]
        at = run.end
    return ordered if len(ordered) > len(lines) else None


def _run_at(lines: Sequence[PrintLine], start: int) -> _Run | None:
    """Return the longest run of two columns of text that begins with a line."""
    steps = [Gap(a.right, b.left) for a, b in pairwise(lines[start]) if b.left - a.right >= _LEAST_GAP]
    runs = [_run_along(lines, start, gap) for gap in steps]
    texts = [run for run in runs if _is_text(lines[run.start : run.end], run.gap)]
    return max(texts, key=lambda run: run.end, default=None)


def _run_along(lines: Sequence[PrintLine], start: int, gap: Gap) -> _Run:
    end = start
    while end < len(lines) and (left := narrowed([gap], [lines[end]], _LEAST_GAP)):
        gap = left[0]
        end += 1
    return _Run(start, end, gap)


def _half(lines: Sequence[PrintLine], gap: Gap, column: int) -> list[PrintLine]:
    halves = ([word for word in line if column_of(word, [gap]) == column] for line in lines)
    return [half for half in halves if half]


def _is_text(lines: Sequence[PrintLine], gap: Gap) -> bool:
    """Tell whether running text stands on both sides: lines that fill columns about as wide."""
    left, right = _half(lines, gap, 0), _half(lines, gap, 1)
    beside = len(left) + len(right) - len(lines)
    if beside < _FEWEST or max(len(left), len(right)) > _MOST_ALONE * beside:
        return False
    widths = [_width(half) for half in (left, right)]
    return max(widths) <= _UNLIKE * min(widths) and all(
        _long_line(half) >= _FULL * width for half, width in zip((left, right), widths, strict=True)
    )


def _long_line(half: Sequence[PrintLine]) -> float:
    lengths = sorted(line[-1].right - line[0].left for line in half)
    return lengths[int(len(lengths) * _SHORT)]


def _width(half: Sequence[PrintLine]) -> float:
    return max(line[-1].right for line in half) - min(line[0].left for line in half)
