"""PDF files with a text layer: the lines of their pages put together again, and their tables.

That a line is full to the margin tells that its sentence goes on.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

from documents.reading.column_tables import SpacedTable
from documents.reading.errors import Unreadable
from documents.reading.legacy_letters import encoding_of, to_unicode
from documents.reading.lines import begins_anew, logical_lines
from documents.reading.marks import split_mark
from documents.reading.outline import Line, Table
from documents.reading.pdf_page import Page, Printed, holds_picture, is_scan, page_of, upright
from documents.reading.pdf_pieces import page_pieces, pieces_beside, printed_pieces
from documents.reading.pieces import Piece
from documents.reading.stamps import bears_mark
from documents.reading.tables import table
from domain.organisation.register import Register

_MOST_PAGES = 400
_FEW = 3
"""So many lines at the top and the bottom of a page may be its header and footer."""
_SAME_HEIGHT = 20.0
"""Headers stand within so many points of the same height; a scan may be shifted."""
_LEAST_TEXT = 40
_COVER = 300
"""A page that only tells to open the files attached to it has fewer characters."""
_INDENT = 12.0
"""A paragraph's first line begins so many points further right than the others."""
_DIGITS = re.compile(r"\d")
_CLOSED = (".", ";", ":", "…", "!", "?")


def blocks_of_pdf(data: bytes, register: Register) -> list[Line | Table]:
    """Return the lines and tables of a PDF in order, without what its pages repeat at their edges.

    Each page is laid out once, and looked through for secrecy marks on the way.

    Raises Unreadable: "broken", "locked", "scanned" (pages without text), "too_big" (pages without end),
    "enclosed" (a cover for the files that it holds), "secret".
    """
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > _MOST_PAGES:
                raise Unreadable("too_big")
            reading = _Reading(document, data)
            if bears_mark(reading.pieces()):
                raise Unreadable("secret")
            beside = [Line(name, aside="enclosed") for name in attached(document)] + reading.beside
            pages = _in_unicode(reading.pages)
    except pdfium.PdfiumError as error:
        raise Unreadable("locked" if "password" in str(error).lower() else "broken") from error
    if sum(len(line.text) for page in pages for line in page.lines) < _LEAST_TEXT and not any(
        page.tables for page in pages
    ):
        raise Unreadable("scanned")
    return [*join_pages(pages, register), *beside]


def attached(document: pdfium.PdfDocument) -> list[str]:
    """Return the names of the files that a PDF holds. Raises Unreadable: "enclosed" (it is their cover)."""
    names = [document.get_attachment(n).get_name() for n in range(document.count_attachments())]
    if names and len(document) == 1 and document[0].get_textpage().count_chars() < _COVER:
        raise Unreadable("enclosed")
    return names


def picture_on(number: int) -> Line:
    """Return the line that asks about a picture on a page, its number counted from 0."""
    return Line(f"tr. {number + 1}", aside="enclosed")


@dataclass(slots=True)
class _Reading:
    """A PDF while it is read: its pages, and what asks about pictures on them."""

    document: pdfium.PdfDocument
    data: bytes
    pages: list[Page] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """Yield all texts of the file while its pages are read. Raises Unreadable: "scanned"."""
        yield from pieces_beside(self.document, self.data)
        before: SpacedTable | None = None
        self.document.init_forms()
        with pdfium.PdfDocument(self.data) as untouched:
            for number in range(len(self.document)):
                opened = upright(self.document, number)
                if is_scan(opened.page, opened.text):
                    raise Unreadable("scanned")
                yield from (
                    printed_pieces(opened.text, number) if opened.is_whole else page_pieces(untouched, number)
                )
                if holds_picture(opened.page):
                    self.beside.append(picture_on(number))
                self.pages.append(page_of(opened, before))
                before = self.pages[-1].ends_with


def join_pages(pages: Sequence[Page], register: Register) -> list[Line | Table]:
    """Return the lines and tables of pages in order, without what the pages repeat at their edges."""
    return _joined(_without_edges(pages), register)


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
        replace(
            page,
            lines=tuple(line._replace(text=to_unicode(line.text, encoding)) for line in page.lines),
            tables=tuple(
                (grid, table([[to_unicode(cell, encoding) for cell in row] for row in each.rows]))
                for grid, each in page.tables
            ),
        )
        for page in pages
    ]


def _without_edges(pages: Sequence[Page]) -> list[Page]:
    """The pages without headers and footers: what stands at one height of most pages, but for its digits."""
    heights: defaultdict[str, list[float]] = defaultdict(list)
    for page in pages:
        for shape, height in {_shape(line): line.middle for line in _edge_lines(page)}.items():
            heights[shape].append(height)
    least = max(2, len(pages) // 2 + 1)
    repeated = {
        shape: median(found) for shape, found in heights.items() if len(found) >= least and len(pages) > 1
    }
    for line in (line for page in pages for line in page.lines[_FEW:-_FEW]) if repeated else ():
        repeated.pop(_shape(line), None)  # what stands within a page too is its text
    return [replace(page, lines=tuple(_without_repeated(page, repeated))) for page in pages]


def _edge_lines(page: Page) -> Sequence[Printed]:
    return (*page.lines[:_FEW], *page.lines[-_FEW:])


def _without_repeated(page: Page, repeated: Mapping[str, float]) -> Iterator[Printed]:
    """Yield the lines that are no header, footer or number of a page."""
    for at, line in enumerate(page.lines):
        at_edge = at < _FEW or at >= len(page.lines) - _FEW
        height = repeated.get(_shape(line)) if at_edge else None
        is_repeated = height is not None and abs(height - line.middle) < _SAME_HEIGHT
        if not is_repeated and not (at_edge and line.text.strip("- –").isdigit()):
            yield line


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
        if isinstance(piece, Printed) and not piece.aside:
            lines.append(piece)
            continue
        blocks += [Line(text) for text in logical_lines(_paragraphs(lines, margin, register), register)]
        if isinstance(piece, Printed):
            blocks.append(Line(piece.text, aside=piece.aside))
        elif piece is not None and not lines and blocks and isinstance(blocks[-1], Table):
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
