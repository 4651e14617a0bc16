"""PDF files with a text layer: lines as they stand on the page, put together again, and ruled tables.

pdfium tells where each character stands; that a line is full to the margin tells that its sentence goes on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types

from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.legacy_letters import encoding_of, to_unicode
from documents.reading.lines import begins_anew, logical_lines
from documents.reading.marks import split_mark
from documents.reading.outline import Line, Table
from documents.reading.pdf_tables import Grid, grids_of
from documents.reading.tables import table
from domain.organisation.register import Register

_MOST_PAGES = 400
_FEW = 3
"""So many lines at the top and the bottom of a page may be its header and footer."""
_LEAST_TEXT = 40
_INDENT = 12.0
"""A paragraph's first line begins so many points further right than the others."""
_DIGITS = re.compile(r"\d")
_CLOSED = (".", ";", ":", "…", "!", "?")


class Printed(NamedTuple):
    """One line of a page: its text and its edges, in points from the left and the bottom."""

    text: str
    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page and its ruled tables, each with the grid that it stands in."""

    lines: tuple[Printed, ...]
    tables: tuple[tuple[Grid, Table], ...]


def blocks_of_pdf(data: bytes, register: Register) -> list[Line | Table]:
    """Return the lines and tables of a PDF in order, without what its pages repeat at their edges.

    Raises Unreadable: "broken", "scanned" (pages without text), "too_big" (pages without end).
    """
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise Unreadable("too_big")
            if any(_is_picture(page) for page in document):
                raise Unreadable("scanned")
            pages = _in_unicode([page_of(page) for page in document])
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if "password" in str(error).lower() else "broken") from error
    if sum(len(line.text) for page in pages for line in page.lines) < _LEAST_TEXT and not any(
        page.tables for page in pages
    ):
        raise Unreadable("scanned")
    return join_pages(pages, register)


def join_pages(pages: Sequence[Page], register: Register) -> list[Line | Table]:
    """Return the lines and tables of pages in order, without what the pages repeat at their edges."""
    return _joined(_without_edges(pages), register)


def has_text(page: pdfium.PdfPage) -> bool:
    """Tell whether a page holds text, beside perhaps a page number or a stamp."""
    text = page.get_textpage()
    count: int = text.count_chars()
    text.close()
    return count >= _LEAST_TEXT


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Tell whether a page holds a picture over most of it and no text."""
    if has_text(page):
        return False
    whole = page.get_width() * page.get_height()
    boxes = (item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    return any((right - left) * (top - bottom) > whole / 2 for left, bottom, right, top in boxes)


def page_of(page: pdfium.PdfPage) -> Page:
    """Return the lines and ruled tables of a page that has text."""
    text = page.get_textpage()
    tables = []
    for grid in grids_of(page):
        rows = [[_meant(text.get_text_bounded(*cell)).strip() for cell in row] for row in grid.cells]
        if any(any(row) for row in rows):
            tables.append((grid, table(rows)))
    lines = [
        line for line in _printed(text) if not any(grid.holds(line.left, line.middle) for grid, _ in tables)
    ]
    content = Page(tuple(lines), tuple(tables))
    text.close()
    return content


def _in_unicode(pages: list[Page]) -> list[Page]:
    """The pages, their letters from before Unicode put into it."""
    letters = " ".join(line.text for page in pages for line in page.lines)
    letters += " ".join(
        cell for page in pages for _, each in page.tables for row in each.rows for cell in row
    )
    encoding = encoding_of(letters)
    if encoding is None:
        return pages
    return [
        Page(
            tuple(line._replace(text=to_unicode(line.text, encoding)) for line in page.lines),
            tuple(
                (grid, table([[to_unicode(cell, encoding) for cell in row] for row in each.rows]))
                for grid, each in page.tables
            ),
        )
        for page in pages
    ]


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
        yield Printed(
            shown if shown.isascii() else _meant(shown),
            left,
            max(left, right),
            (bottom + top) / 2,
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


def _without_edges(pages: Sequence[Page]) -> list[Page]:
    """The pages without headers and footers: what stands at the edge of most pages, but for its digits."""
    edges = Counter(
        shape
        for page in pages
        for shape in {_shape(line) for line in (*page.lines[:_FEW], *page.lines[-_FEW:])}
    )
    least = max(2, len(pages) // 2 + 1)
    repeated = {shape for shape, count in edges.items() if count >= least and len(pages) > 1}
    return [
        Page(
            tuple(
                line
                for at, line in enumerate(page.lines)
                if not (
                    (at < _FEW or at >= len(page.lines) - _FEW)
                    and (_shape(line) in repeated or line.text.strip("- –").isdigit())
                )
            ),
            page.tables,
        )
        for page in pages
    ]


def _shape(line: Printed) -> str:
    return _DIGITS.sub("#", line.text)


def _joined(pages: Sequence[Page], register: Register) -> list[Line | Table]:
    """The logical lines and the tables of all pages, a table that goes on over pages made one."""
    blocks: list[Line | Table] = []
    run: list[Printed | Table] = []
    for page in pages:
        run += [piece for _, piece in sorted(_pieces(page), key=lambda placed: -placed[0])]
    margin = _margin([piece for piece in run if isinstance(piece, Printed)])
    lines: list[Printed] = []
    for piece in [*run, None]:
        if isinstance(piece, Printed):
            lines.append(piece)
            continue
        blocks += [Line(text) for text in logical_lines(_paragraphs(lines, margin, register), register)]
        if piece is not None and not lines and blocks and isinstance(blocks[-1], Table):
            blocks[-1] = _continued(blocks[-1], piece)
        elif piece is not None:
            blocks.append(piece)
        lines = []
    return blocks


def _pieces(page: Page) -> list[tuple[float, Printed | Table]]:
    """Lines and tables with their heights; lines keep the order of the page's own text."""
    placed: list[tuple[float, Printed | Table]] = []
    lowest = float("inf")
    for line in page.lines:
        lowest = min(lowest, line.middle)
        placed.append((lowest, line))
    return placed + [(grid.top, ruled) for grid, ruled in page.tables]


def _margin(lines: Sequence[Printed]) -> float:
    """The right edge of the text: where most full lines end."""
    edges = sorted(line.right for line in lines)
    return edges[int(len(edges) * 0.9)] if edges else 0.0


def _paragraphs(lines: Sequence[Printed], margin: float, register: Register) -> list[str]:
    """Join each line that is full to the margin with the next, unless that one shows that it begins anew."""
    paragraphs: list[str] = []
    before: Printed | None = None
    for line in lines:
        if before is not None and paragraphs and _goes_on(paragraphs[-1], before, line, margin, register):
            paragraphs[-1] += f" {line.text}"
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def _goes_on(held: str, before: Printed, line: Printed, margin: float, register: Register) -> bool:
    if not line.text or held.isupper() or line.text.isupper():
        return False
    closed = held.endswith(_CLOSED)
    word = line.text.split(" ", 1)[0]
    if split_mark(line.text)[0] is not None:
        if closed:
            return False
        word = " ".join(line.text.split(" ", 2)[:2])
    width = (line.right - line.left) / max(len(line.text), 1)
    full = before.right + width * (len(word) + 1) > margin + width * 0.5
    if not full or not closed:
        return full
    indented = line.left - before.left > _INDENT
    return not indented and (line.text[0].islower() or not begins_anew(held, line.text, register))


def _continued(first: Table, second: Table) -> Table:
    """The table that two pages hold: a heading row said again goes, a row broken over the pages is mended."""
    rows = [list(row) for row in first.rows]
    added = [list(row) for row in second.rows]
    if added and added[0] == rows[0]:
        added = added[1:]
    if added and len(added[0]) == len(rows[-1]) and not added[0][0].strip():
        rows[-1] = [f"{a}\n{b}".strip() for a, b in zip(rows[-1], added[0], strict=True)]
        added = added[1:]
    return table([*rows, *added])
