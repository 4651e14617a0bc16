"""One page of a PDF with a text layer: its lines of print and its tables, whichever way it lies.

pdfium tells where each character stands.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_double, c_float
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import atan2, pi
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

from documents.reading.characters import plain_characters
from documents.reading.column_tables import SpacedTable, spaced_tables
from documents.reading.outline import Table
from documents.reading.pdf_fields import put_on_page
from documents.reading.pdf_tables import Grid, Rule, grids_from, rules_of
from documents.reading.pdf_words import may_be_parted, words_on
from documents.reading.placed_words import PlacedWord, PrintLine, print_lines
from documents.reading.tables import table
from documents.reading.text_columns import in_reading_order
from domain.plans.plan import UnreadReason

_LEAST_TEXT: Final = 40
"""A page with fewer characters holds a page number or a stamp at most."""
_MOST_STAMP: Final = 300
"""A stamp over a scanned page says less than so many characters."""
_LEAST_PICTURE, _BACKGROUND = 0.12, 0.9
"""Shares of a page: a signature with its seal covers less than the one, drawn paper more than the other."""
_CURVES, _STRAIGHT = 100, 8
"""So many drawings, each of more strokes than a rule or a frame has, are letters."""
_SIDES, _QUARTER = 4, pi / 2
_LEANS: Final = pi / 36
_LOOKED_AT: Final = 12
"""By so many characters it is told which way a page lies."""
_TURNED: Final = {1: (0, 1, -1, 0), 2: (-1, 0, 0, -1), 3: (0, -1, 1, 0)}
"""By quarters of a turn: the matrix that turns what lies so upright."""
_FEWEST_RULES: Final = 2
_DRAWN_APART = re.compile(r"(?<!\S)[b-df-hj-np-tv-xzđ](?!\S)|(?:(?<!\S)[^\W\d_]\s+){3}")
"""A small consonant by itself, or several letters: no Vietnamese word is one."""
_SAME_GAP: Final = 0.6
"""Letters drawn apart stand nearer to each other than this share of what parts their words."""


class Printed(NamedTuple):
    """One line of a page: its text and its edges, in points from the left and the bottom.

    `aside` says why it is kept out of the plan, if it is.
    """

    text: str
    left: float
    right: float
    middle: float
    aside: UnreadReason | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page and its tables, each with the box that it stands in.

    `ends_with` is the table below which nothing stands, if white space parts its columns. `unsure` are the
    words of a picture that were hard to read, `picture` is a JPEG of it.
    """

    lines: tuple[Printed, ...]
    tables: tuple[tuple[Grid, Table], ...]
    ends_with: SpacedTable | None = None
    unsure: frozenset[str] = frozenset()
    picture: bytes = b""


def has_text(text: pdfium.PdfTextPage) -> bool:
    """Tell whether a page holds text, beside perhaps a page number or a stamp."""
    return int(text.count_chars()) >= _LEAST_TEXT


def is_scan(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> bool:
    """Tell whether a page is pictures, with at most a stamp or an invisible layer of recognised text on them.

    What a scanner recognised bears no mark of its doubts. A page may be a picture in strips, or letters that
    are drawn as curves.
    """
    count = text.count_chars()
    if count >= _MOST_STAMP and not _is_invisible(page):
        return False
    pictured = sum(_pictured(page))
    if count < _LEAST_TEXT:
        return pictured > _LEAST_PICTURE or sum(1 for _ in islice(_curves(page), _CURVES)) == _CURVES
    return pictured > 1 / 2


def holds_picture(page: pdfium.PdfPage) -> bool:
    """Tell whether a page of text holds a picture in which a table may stand, no background of the page."""
    return any(_LEAST_PICTURE < share < _BACKGROUND for share in _pictured(page))


def _pictured(page: pdfium.PdfPage) -> Iterator[float]:
    """Yield the share of the page that each picture on it covers."""
    whole, left, bottom, right, top = page.get_width() * page.get_height(), *(c_float() for _ in range(4))
    for item in _objects(page, raw.FPDF_PAGEOBJ_IMAGE):
        raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        yield (right.value - left.value) * (top.value - bottom.value) / max(whole, 1.0)


def _curves(page: pdfium.PdfPage) -> Iterator[Any]:
    """Yield the drawings on a page that are more than a rule or a frame."""
    drawn = _objects(page, raw.FPDF_PAGEOBJ_PATH)
    return (item for item in drawn if raw.FPDFPath_CountSegments(item) > _STRAIGHT)


def _is_invisible(page: pdfium.PdfPage) -> bool:
    """Tell whether the first pieces of text on a page are drawn without ink."""
    first = islice(_objects(page, raw.FPDF_PAGEOBJ_TEXT), _LOOKED_AT)
    modes = [raw.FPDFTextObj_GetTextRenderMode(item) for item in first]
    return bool(modes) and all(mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE for mode in modes)


def _objects(page: pdfium.PdfPage, kind: int) -> Iterator[Any]:
    """Yield the objects of one kind, by pdfium's own functions for their speed."""
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) == kind:
            yield item


class OpenPage(NamedTuple):
    """A page with its text; `has_fields`: with the values of a form, which stand last in its text.

    `is_whole`: nothing was put on it, taken off it or turned.
    """

    page: pdfium.PdfPage
    text: pdfium.PdfTextPage
    has_fields: bool = False
    is_whole: bool = False


def upright(document: pdfium.PdfDocument, number: int) -> OpenPage:
    """Return a page with the values of its fields, turned so that most of its letters stand upright.

    The document must have been asked for its forms by `init_forms`.
    """
    page = document[number]
    is_whole = not raw.FPDFPage_GetAnnotCount(page.raw)
    has_fields = put_on_page(document, page)
    if has_fields:
        page.close()
        page = document[number]
    is_whole = not _remove_slanted(page) and is_whole
    text = page.get_textpage()
    quarters = _quarters(text)
    if not quarters and not page.get_rotation():
        return OpenPage(page, text, has_fields, is_whole)
    text.close()
    page.set_rotation(0)
    if quarters:
        _turn(page, quarters)
        page.close()
        page = document[number]
    return OpenPage(page, page.get_textpage(), has_fields)


def _remove_slanted(page: pdfium.PdfPage) -> bool:
    """Take pieces of text that lie across the page off it; return whether there were any.

    They are watermarks, which would stand among its words.
    """
    matrix, found = raw.FS_MATRIX(), False
    for item in list(_objects(page, raw.FPDF_PAGEOBJ_TEXT)):
        raw.FPDFPageObj_GetMatrix(item, matrix)
        if _leans(atan2(matrix.b, matrix.a)) and raw.FPDFPage_RemoveObject(page.raw, item):
            raw.FPDFPageObj_Destroy(item)
            found = True
    return found


def _leans(angle: float) -> bool:
    return _LEANS < angle % _QUARTER < _QUARTER - _LEANS


def _quarters(text: pdfium.PdfTextPage) -> int:
    """By how many quarters most letters of a page are turned."""
    count = text.count_chars()
    turns = Counter(
        round(raw.FPDFText_GetCharAngle(text.raw, at) / _QUARTER) % _SIDES
        for at in range(0, count, max(1, count // _LOOKED_AT))
    )
    return turns.most_common(1)[0][0] if turns else 0


def _turn(page: pdfium.PdfPage, quarters: int) -> None:
    left, bottom, right, top = page.get_mediabox()
    shift = {1: (top, -left), 2: (right, top), 3: (-bottom, right)}[quarters]
    matrix = raw.FS_MATRIX(*_TURNED[quarters], *shift)
    raw.FPDFPage_TransFormWithClip(page.raw, matrix, None)
    wide, high = right - left, top - bottom
    box = (0, 0, high, wide) if quarters % 2 else (0, 0, wide, high)
    page.set_mediabox(*box)
    page.set_cropbox(*box)


def page_of(opened: OpenPage, before: SpacedTable | None = None) -> Page:
    """Return the lines and tables of a page that has text, and close it.

    `before` is the table with which the page before ends, where white space parts its columns.
    """
    page, text, has_fields, _ = opened
    across, down = rules_of(page)
    tables: list[tuple[Grid, Table]] = []
    for grid in grids_from(across, down):
        rows = [[_meant(text.get_text_bounded(*cell)).strip() for cell in row] for row in grid.cells]
        if any(any(row) for row in rows):
            tables.append((grid, table(rows)))
    grids = [grid for grid, _ in tables]
    printed = _by_place(text) if has_fields else _printed(text)
    lines = [line for line in printed if not _within(grids, line.left, line.middle)]
    free = [rule for rule in across if not _within(grids, rule.start, rule.at)]
    content = Page(tuple(lines), tuple(tables))
    if before or len(free) >= _FEWEST_RULES or may_be_parted(text):
        around = (word for word in words_on(text) if not _within(grids, word.left, word.foot))
        words = list(_plain(around))
        columns = in_reading_order(print_lines(words)) if not before and len(free) < _FEWEST_RULES else None
        if columns:
            content = replace(content, lines=tuple(map(_line_of, columns)))
        else:
            content = _with_spaced(content, words, free, before)
    text.close()
    page.close()
    return content


def _by_place(text: pdfium.PdfTextPage) -> Iterator[Printed]:
    yield from map(_line_of, print_lines(_plain(words_on(text))))


def _line_of(words: PrintLine) -> Printed:
    shown = " ".join(word.text for word in words)
    return Printed(shown, words[0].left, words[-1].right, (words[0].foot + words[0].top) / 2)


def _within(grids: Sequence[Grid], x: float, y: float) -> bool:
    return any(grid.holds(x, y) for grid in grids)


def _plain(words: Iterator[PlacedWord]) -> Iterator[PlacedWord]:
    return (word._replace(text=_meant(word.text)) for word in words)


def _with_spaced(
    page: Page, words: Sequence[PlacedWord], rules: Sequence[Rule], before: SpacedTable | None
) -> Page:
    """The page with the tables that have no upright rules; one whose rows cannot be told stays lines."""
    made = spaced_tables(words, rules, before)
    if not made:
        return page
    lines = [line for line in page.lines if not any(m.grid.bottom < line.middle < m.grid.top for m in made)]
    last = made[-1]
    ends = all(line.middle > last.grid.bottom or line.text.strip("- –").isdigit() for line in lines)
    asides = [line for each in made if not each.sure for line in _asides(each)]
    tables = [(each.grid, each.table) for each in made if each.sure]
    return replace(
        page,
        lines=tuple(sorted([*lines, *asides], key=lambda line: -line.middle) if asides else lines),
        tables=(*page.tables, *tables),
        ends_with=last if ends else None,
    )


def _asides(made: SpacedTable) -> Iterator[Printed]:
    for words in made.lines:
        text = " ".join(word.text for word in words)
        yield Printed(text, words[0].left, words[-1].right, words[0].foot, aside="unparted")


def _printed(page: pdfium.PdfTextPage) -> Iterator[Printed]:
    """Yield the lines of a page with their places."""
    count = page.count_chars()
    place = _Places(page)
    whole = page.get_text_range(errors="replace") if count else ""
    start = 0
    for printed in whole.split("\n"):
        bare = printed.rstrip("\r ")
        first = start + len(printed) - len(printed.lstrip())
        last = start + len(bare) - 1
        start += len(printed) + 1
        if last < first or last >= count:
            continue
        left, bottom, _, top = place.of(first)
        _, _, right, _ = place.of(last)
        shown = bare.strip()
        if _DRAWN_APART.search(shown):
            shown = _closed_up(page, first, last)
        yield Printed(
            shown if shown.isascii() else _meant(shown),
            left,
            max(left, right),
            (bottom + top) / 2,
        )


def _closed_up(page: pdfium.PdfTextPage, first: int, last: int) -> str:
    """The text of a line without the spaces that pdfium put between letters which are only drawn apart.

    A space that the file holds stays; where it holds none, the wider steps part words.
    """
    place = _Places(page)
    letters: list[tuple[str, float, float, bool]] = []
    spaced = False
    for at in range(first, last + 1):
        letter = chr(raw.FPDFText_GetUnicode(page.raw, at))
        if letter.isspace():
            spaced = spaced or not raw.FPDFText_IsGenerated(page.raw, at)
            letters.append((" ", 0.0, 0.0, bool(raw.FPDFText_IsGenerated(page.raw, at))))
        elif letter.isprintable():
            left, _, right, _ = place.of(at)
            letters.append((letter, left, right, False))
    if spaced:
        return " ".join("".join(letter for letter, _, _, made in letters if not made).split())
    return _parted_by_steps([(letter, left, right) for letter, left, right, _ in letters if letter != " "])


def _parted_by_steps(letters: Sequence[tuple[str, float, float]]) -> str:
    steps = [after[1] - before[2] for before, after in pairwise(letters)]
    least = max(steps, default=0.0) * _SAME_GAP
    return "".join(
        f" {letter}" if step > least else letter
        for (letter, _, _), step in zip(letters, [0.0, *steps], strict=True)
    )


class _Places:
    """Tells where the characters of a page stand; takes the same four numbers each time, for its speed."""

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._page = page.raw
        self._edges = c_double(), c_double(), c_double(), c_double()

    def of(self, index: int) -> tuple[float, float, float, float]:
        """Return the left, bottom, right and top of a character, in points; zeros where it has no place."""
        left, right, bottom, top = self._edges
        if not raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top):
            return 0.0, 0.0, 0.0, 0.0
        return left.value, bottom.value, right.value, top.value


def _meant(text: str) -> str:
    return plain_characters(_clean(text))


def _clean(text: str) -> str:
    """Without the characters with which pdfium tells a hyphen at a line's end, and what it could not read."""
    return text.replace("\x02\r\n", "").replace("\ufffe\r\n", "").replace("\x02", "").replace("\ufffe", "")
