"""The words of a PDF page with their places, and whether it is worth to look for them."""

from collections import defaultdict
from collections.abc import Iterator
from ctypes import c_double
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

from documents.reading.placed_words import PlacedWord

_BLANKS: Final = frozenset({0, 2, 0xFFFE})
"""What pdfium gives for a hyphen at the end of a line and for what has no letter."""
_ONE_LINE, _FAR_APART = 2.5, 6.0
_FEWEST_STEPS, _FEWEST_LINES = 2, 2
_FEWEST_PAIRS, _MARKS = 8, 4.0
"""On so many lines two pieces stand side by side where a text has two columns."""


def words_on(text: pdfium.PdfTextPage) -> Iterator[PlacedWord]:
    """Yield the words of a page in the order of its text."""
    left, right, bottom, top, x, foot = (c_double() for _ in range(6))
    word: PlacedWord | None = None
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        raw.FPDFText_GetCharOrigin(text.raw, at, x, foot)
        ends = code in _BLANKS or chr(code).isspace()
        if word and (ends or abs(word.foot - foot.value) > _ONE_LINE):
            yield word
            word = None
        if ends:
            continue
        raw.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
        start = word or PlacedWord("", left.value, 0.0, foot.value, top.value)
        word = start._replace(text=start.text + chr(code), right=right.value, top=max(start.top, top.value))
    if word:
        yield word


def may_be_parted(text: pdfium.PdfTextPage) -> bool:
    """Tell whether pieces of text stand side by side on some lines, in a table or in two columns of text.

    It is cheap beside words_on.
    """
    left, top, right, bottom = (c_double() for _ in range(4))
    pieces: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    middles: list[tuple[float, float, float]] = []
    for at in range(raw.FPDFText_CountRects(text.raw, 0, -1)):
        raw.FPDFText_GetRect(text.raw, at, left, top, right, bottom)
        pieces[round(bottom.value / _ONE_LINE)].append((left.value, right.value))
        middles.append(((bottom.value + top.value) / 2, left.value, right.value))
    wide = sum(_steps(sorted(line)) >= _FEWEST_STEPS for line in pieces.values())
    return wide >= _FEWEST_LINES or _pairs(sorted(middles)) >= _FEWEST_PAIRS


def _pairs(middles: list[tuple[float, float, float]]) -> int:
    """How many pieces stand beside the one before; letters with marks make one of a line higher."""
    return sum(
        after[0] - before[0] < _MARKS and max(before[1], after[1]) - min(before[2], after[2]) > _FAR_APART
        for before, after in pairwise(middles)
    )


def _steps(line: list[tuple[float, float]]) -> int:
    return sum(after[0] - before[1] > _FAR_APART for before, after in pairwise(line))
