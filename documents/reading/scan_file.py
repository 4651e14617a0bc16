"""Scanned plans: pictures of pages, alone or in a PDF, recognised by Tesseract where it is installed.

A number that was hard to read bears `UNCERTAIN` behind it, so that no date is taken from it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from io import BytesIO
from itertools import count
from threading import Lock
from typing import Any, Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytesseract  # type: ignore[import-untyped]  # ships no types
from PIL import Image, ImageOps, UnidentifiedImageError

from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.outline import Line, Table
from documents.reading.pdf_file import attached, join_pages, picture_on
from documents.reading.pdf_page import Page, Printed, has_text, holds_picture, is_scan, page_of, upright
from documents.reading.pdf_tables import Box, Grid
from documents.reading.progress import Progress, ignored
from documents.reading.recogniser import LANGUAGE, PICTURES, can_recognise
from documents.reading.scan_image import DPI, prepared
from documents.reading.scan_names import with_known_names
from documents.reading.scan_rules import grids_on, without_rules
from documents.reading.tables import table
from domain.deadlines import UNCERTAIN
from domain.organisation.register import Register

_AT_ONCE, _MOST_PAGES, _MOST_SECONDS = 2, 100, 60
_MOST_PIXELS: Final = 60_000_000
_PHOTO_WIDTH: Final = 8.27
"""A picture that does not tell its resolution is taken for an A4 page of this width in inches."""
_WHOLE_PAGE, _COLUMN = 3, 6
"""How Tesseract takes a picture to be laid out: found out by itself; one block of lines."""
_ACCENT: Final = 2.0
"""So many points above a line of capitals may be a mark of its own, close to a rule."""
_POINTS: Final = 72 / DPI
_SURE: Final = 70.0
"""Tesseract's confidence, of 100, below which a number is doubtful."""
_SURE_OF_WORD: Final = 90.0
"""The same for any word: of those read rightly one in a hundred lies below, of the others nearly all."""
_READABLE: Final = 0.5
"""Where fewer words were read surely, the page may lie on its side."""
_LYING_SIZE: Final = 1800
_TURNS: Final = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}
_SHOWN_WIDTH, _SHOWN_QUALITY = 1000, 55
_DATED = re.compile(r"\d")
_MISREAD_MARK = re.compile(r"^([IVX]{1,5}|\d{1,3})[,;:] (?=[^\W\da-zà-ỹ])")
"""The number of an item, whose point was read as another mark."""

Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
_Opener = Callable[[], Image.Image | Page]
"""Opens a page of text as it is read, any other as a picture."""


class _Word(NamedTuple):
    """A word with its edges in pixels of the prepared page, and the line that Tesseract puts it in."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[int, int, int]
    is_sure: bool = True


class Scan(NamedTuple):
    """What was recognised: the lines and tables of a document, and the pages that they stand on."""

    blocks: list[Line | Table]
    pages: list[Page]


def scan_of(files: Sequence[tuple[bytes, str]], register: Register, progress: Progress = ignored) -> Scan:
    """Return what a scan in one file or several says, each given with its suffix.

    Pages of a PDF that have text are read as they are. `progress` is called after each page. Only the pages
    in hand are kept as pictures. Raises Unreadable: "broken", "too_big", "needs_ocr".
    """
    if not can_recognise():
        raise Unreadable("needs_ocr")
    pages: list[_Opener] = []
    beside: list[Line] = []
    with ExitStack() as stack:
        for data, suffix in files:
            pages += _pictures(data) if suffix in PICTURES else _pdf_pages(data, stack, beside)
            if len(pages) > _MOST_PAGES:
                raise Unreadable("too_big")
        contents = _read_all(pages, progress)
    unsure = frozenset[str]().union(*(page.unsure for page in contents))
    blocks = with_known_names(join_pages(contents, register), register, unsure)
    return Scan([*blocks, *beside], contents)


def _read_all(pages: Sequence[_Opener], progress: Progress) -> list[Page]:
    """Read the pages, some at once; pdfium opens them one after another."""
    turn, counter = Lock(), count(1)

    def read(opened: _Opener) -> Page:
        with turn:
            page = opened()
        content = _read(page)
        with turn:
            progress(next(counter), len(pages))
        return content

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(read, pages))


def _pictures(data: bytes) -> Iterator[_Opener]:
    """Yield what opens each picture in a file, which may hold several."""
    with _whole(data) as picture:
        for number in range(min(getattr(picture, "n_frames", 1), _MOST_PAGES + 1)):
            yield partial(_frame, data, number)


@contextmanager
def _whole(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(data)) as picture:
            yield picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("broken") from error
    except Image.DecompressionBombError as error:
        raise Unreadable("too_big") from error


def _frame(data: bytes, number: int) -> Image.Image:
    with _whole(data) as picture:
        picture.seek(number)
        return ImageOps.exif_transpose(picture.convert("RGB"))


def _pdf_pages(data: bytes, stack: ExitStack, beside: list[Line]) -> Iterator[_Opener]:
    """Yield what opens each page of a PDF, which stays open as long as the stack.

    `beside` takes what asks about files within it and pictures on pages of text.
    """
    try:
        document = stack.enter_context(pdfium.PdfDocument(data))
    except pdfium.PdfiumError as error:
        raise Unreadable("broken") from error
    beside += [Line(name, aside="enclosed") for name in attached(document)]
    document.init_forms()
    for number in range(min(len(document), _MOST_PAGES + 1)):
        yield partial(_page, document, number, beside)


def _page(document: pdfium.PdfDocument, number: int, beside: list[Line]) -> Image.Image | Page:
    """A page of text as it is read, any other as a picture."""
    try:
        opened = upright(document, number)
        is_text = has_text(opened.text) and not is_scan(opened.page, opened.text)
        if is_text and holds_picture(opened.page):
            beside.append(picture_on(number))
        return page_of(opened) if is_text else _drawn(document[number])
    except pdfium.PdfiumError as error:
        raise Unreadable("broken") from error


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    """The page as a picture, as large as 300 dpi and the limit of pixels allow."""
    inches = page.get_width() / 72 * page.get_height() / 72
    dpi = min(float(DPI), (_MOST_PIXELS / max(inches, 1.0)) ** 0.5)
    picture: Image.Image = page.render(scale=dpi / 72).to_pil().convert("RGB")
    picture.info["dpi"] = (dpi, dpi)
    return picture


def _read(page: Image.Image | Page) -> Page:
    """Recognise one page; one that is read already comes back as it is."""
    if isinstance(page, Page):
        return page
    dpi = float(page.info.get("dpi", (page.width / _PHOTO_WIDTH,))[0]) or page.width / _PHOTO_WIDTH
    content, share = _recognised(page, dpi)
    if share < _READABLE and (quarters := _quarters(page)):
        turned = page.transpose(_TURNS[quarters])
        again, better = _recognised(turned, dpi)
        content = again if better > share else content
    return content


def _quarters(page: Image.Image) -> int:
    """By how many quarters a page must be turned back, as Tesseract judges its letters; 0 if it cannot."""
    small = ImageOps.grayscale(page)
    small.thumbnail((_LYING_SIZE, _LYING_SIZE))
    try:
        found = pytesseract.image_to_osd(
            small, output_type=pytesseract.Output.DICT, timeout=_MOST_SECONDS, config=f"--dpi {DPI // 2}"
        )
    except (pytesseract.TesseractError, RuntimeError, KeyError):
        return 0
    return int(found["rotate"]) // 90 % 4


def _recognised(page: Image.Image, dpi: float) -> tuple[Page, float]:
    """Recognise a page as it lies; return the share of its words that were read surely, too."""
    grey = prepared(page, dpi)
    grids = grids_on(grey)
    cleared = without_rules(grey, grids)
    by_grid = [(grid, _words_in(grid, cleared)) for grid in grids]
    tables = [(grid, table(_rows(grid, words, grey.height))) for grid, words in by_grid]
    for grid in grids:
        inner = (grid.left, grid.bottom + _ACCENT, grid.right, grid.top - _ACCENT)
        cleared.paste(255, _pixels(inner, grey.height))
    around = list(_words(cleared, _WHOLE_PAGE))
    words = [word for found in (*(found for _, found in by_grid), around) for word in found]
    unsure = frozenset(word.text for word in words if not word.is_sure)
    lines = tuple(_lines(around, grey.height))
    share = sum(word.is_sure for word in words) / len(words) if words else 1.0
    return Page(lines, tuple(tables), unsure=unsure, picture=_shown(page)), share


def _shown(page: Image.Image) -> bytes:
    """The page as somebody looks at it beside its text."""
    small, made = page.copy(), BytesIO()
    small.thumbnail((_SHOWN_WIDTH, _SHOWN_WIDTH * 2))
    small.convert("RGB").save(made, "JPEG", quality=_SHOWN_QUALITY)
    return made.getvalue()


def _words_in(grid: Grid, page: Image.Image) -> list[_Word]:
    """The words of a table, column by column: cells of the same edges are recognised together.

    Over a whole page Tesseract takes words of neighbouring cells for one line, and drops a lone number.
    """
    columns: defaultdict[tuple[float, float], set[Box]] = defaultdict(set)
    for box in (box for row in grid.cells for box in row):
        columns[box[0], box[2]].add(box)
    words: list[_Word] = []
    for (left, right), boxes in columns.items():
        strip = Image.new("L", page.size, 255)
        for box in boxes:
            place = _pixels((left, box[1], right, box[3] + _ACCENT), page.height)
            strip.paste(page.crop(place), place[:2])
        area = _pixels((left, grid.bottom, right, grid.top), page.height)
        words += [_moved(word, area[0], area[1]) for word in _words(strip.crop(area), _COLUMN)]
    return words


def _pixels(box: Box, height: int) -> tuple[int, int, int, int]:
    """A box in pixels from the left and the top."""
    left, bottom, right, top = (round(edge / _POINTS) for edge in box)
    return left, height - top, right, height - bottom


def _moved(word: _Word, x: int, y: int) -> _Word:
    return word._replace(left=word.left + x, top=word.top + y, right=word.right + x, bottom=word.bottom + y)


def _words(grey: Image.Image, layout: int) -> Iterator[_Word]:
    recognised: dict[str, list[Any]] = pytesseract.image_to_data(
        grey,
        lang=LANGUAGE,
        config=f"--psm {layout} --dpi {DPI}",
        output_type=pytesseract.Output.DICT,
        timeout=_MOST_SECONDS,
    )
    for at, text in enumerate(recognised["text"]):
        if not text.strip(" |¦"):
            continue
        left, top = recognised["left"][at], recognised["top"][at]
        confidence = float(recognised["conf"][at])
        unsure = confidence < _SURE and _DATED.search(text)
        yield _Word(
            plain_characters(text.strip()) + (UNCERTAIN if unsure else ""),
            left,
            top,
            left + recognised["width"][at],
            top + recognised["height"][at],
            (recognised["block_num"][at], recognised["par_num"][at], recognised["line_num"][at]),
            confidence >= _SURE_OF_WORD,
        )


def _lines(words: Sequence[_Word], height: int) -> Iterator[Printed]:
    """Yield the words of each line as one, in Tesseract's order of reading, in points."""
    by_line: defaultdict[tuple[int, int, int], list[_Word]] = defaultdict(list)
    for word in words:
        by_line[word.line].append(word)
    for line in by_line.values():
        yield Printed(
            _MISREAD_MARK.sub(r"\1. ", " ".join(word.text for word in line)),
            min(word.left for word in line) * _POINTS,
            max(word.right for word in line) * _POINTS,
            (height - sum(word.top + word.bottom for word in line) / (2 * len(line))) * _POINTS,
        )


def _rows(grid: Grid, words: Sequence[_Word], height: int) -> list[list[str]]:
    return [[_in_cell(box, words, height) for box in row] for row in grid.cells]


def _in_cell(box: Box, words: Sequence[_Word], height: int) -> str:
    left, bottom, right, top = box
    inside = [
        word
        for word in words
        if left <= _middle(word, height)[0] <= right and bottom <= _middle(word, height)[1] <= top
    ]
    lines: list[list[_Word]] = []
    for word in sorted(inside, key=lambda each: each.top + each.bottom):
        if lines and (word.top + word.bottom) / 2 < lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return "\n".join(" ".join(w.text for w in sorted(line, key=lambda each: each.left)) for line in lines)


def _middle(word: _Word, height: int) -> tuple[float, float]:
    """Where the middle of a word stands, in points from the left and the bottom."""
    return (word.left + word.right) / 2 * _POINTS, (height - (word.top + word.bottom) / 2) * _POINTS
