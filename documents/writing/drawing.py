"""Draws a page of the status picture with Pillow, in a font that ships with the program."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from config.files import FOLDER
from documents.writing.board import TILES_ACROSS, BoardPage, BoardUnit
from documents.writing.plain import plain
from documents.writing.symbols import symbol
from domain.assignments.lifecycle import Timeliness

FONTS = FOLDER / "fonts"
WIDTH, EDGE = 1080, 28
"""Pixels, as all that follows: a page is as wide as the screen of a phone."""

_INK, _SOFT, _RULE, _STRIPE = "#111111", "#424242", "#BDBDBD", "#F2F4F7"
_NAMES, _COUNTS, _TILES = EDGE, 490, 516
"""Where the names begin, the counts end, the tiles begin."""

_TILE_WIDTH, _TILE_HEIGHT, _SIGN = 53, 52, 28
_TITLE, _TEXT, _NAME, _LABEL = 40, 28, 25, 18
"""Sizes of letters."""


def draw_page(page: BoardPage) -> bytes:
    """Return one page as PNG, WIDTH pixels wide and as high as its units need."""
    heights = [_height(unit) for unit in page.units]
    title = wrapped(page.board.title, _TITLE, WIDTH - 2 * EDGE, 3, bold=True)
    legend = (len(page.board.legend) + 1) // 2
    top = EDGE + 50 * len(title) + 42 * 2 + 46 * legend + 26
    image = Image.new("RGB", (WIDTH, top + sum(heights) + EDGE), "white")
    pen = _Pen(image)
    _draw_head(pen, page, title)
    for at, (unit, height) in enumerate(zip(page.units, heights, strict=True)):
        if at % 2 == 0:
            pen.draw.rectangle([0, top, WIDTH, top + height - 1], fill=_STRIPE)
        _draw_unit(pen, unit, top, height)
        top += height
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def wrapped(text: str, size: int, width: int, most: int, *, bold: bool = False) -> list[str]:
    """Return the text in at most so many lines of at most so many pixels; what is left out leaves "…"."""
    lines: list[str] = []
    rest = plain(text).split()
    while rest:
        taken = max(1, _fitting(rest, size, width, bold))
        lines.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [_cut(line, size, width, bold) for line in lines]


def _fitting(tokens: list[str], size: int, width: int, bold: bool) -> int:
    """How many of the words fit on a line."""
    fits = (n for n in range(len(tokens), 0, -1) if font(size, bold).getlength(" ".join(tokens[:n])) <= width)
    return next(fits, 0)


def _cut(line: str, size: int, width: int, bold: bool) -> str:
    """A word longer than its line, or a line with a mark too much, loses letters at its end."""
    while font(size, bold).getlength(line) > width:
        line = f"{line.rstrip('… ')[:-1]}…"
    return line


@cache
def font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Return the program's own font, its letters placed without a library to shape them."""
    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


class _Pen:
    """Writes on a picture."""

    def __init__(self, image: Image.Image) -> None:
        self.image, self.draw = image, ImageDraw.Draw(image)

    def write(self, place: tuple[float, float], text: str, size: int, ink: str = _INK, **how: str) -> None:
        """Write a line in bold or not, "lm": its left end there, at half its height."""
        face = font(size, bool(how.get("bold")))
        self.draw.text(place, plain(text), ink, face, how.get("anchor", "lm"))

    def sign(self, light: Timeliness, x: int, y: int, size: int) -> None:
        """Put a sign with its upper left corner there."""
        sign = symbol(light, size)
        self.image.paste(sign, (x, y), sign)


def _draw_head(pen: _Pen, page: BoardPage, title: list[str]) -> None:
    board, y = page.board, EDGE + 25
    for line in title:
        pen.write((EDGE, y), line, _TITLE, bold="yes")
        y += 50
    pen.write((EDGE, y - 4), wrapped(board.subtitle, _TEXT, WIDTH - 2 * EDGE, 1)[0], _TEXT, _SOFT)
    y += 42
    pen.write((EDGE, y - 4), board.day, _TEXT, _SOFT)
    pen.write((WIDTH - EDGE, y - 4), page.paging, _TEXT, _SOFT, anchor="rm")
    y += 46
    for at, (light, name) in enumerate(board.legend):
        x, middle = EDGE + at % 2 * (WIDTH // 2), y + at // 2 * 46
        pen.sign(light, x, middle - 17, 34)
        pen.write((x + 46, middle), f"{name}: {page.counts[light]}", _TEXT)


def _height(unit: BoardUnit) -> int:
    return unit.lines * _TILE_HEIGHT + 4


def _draw_unit(pen: _Pen, unit: BoardUnit, top: int, height: int) -> None:
    """A row: the name in one line or two, how many are done, and a sign with its number for each."""
    middle = top + height / 2
    lines = wrapped(unit.name, _NAME, _COUNTS - 90 - _NAMES, 2)
    for at, line in enumerate(lines):
        pen.write((_NAMES, middle + (at - (len(lines) - 1) / 2) * 25), line, _NAME)
    pen.write((_COUNTS, middle), f"{unit.done}/{len(unit.tiles)}", _NAME, bold="yes", anchor="rm")
    for at, tile in enumerate(unit.tiles):
        x, y = _TILES + at % TILES_ACROSS * _TILE_WIDTH, top + 3 + at // TILES_ACROSS * _TILE_HEIGHT
        pen.sign(tile.light, x + (_TILE_WIDTH - _SIGN) // 2, y, _SIGN)
        pen.write((x + _TILE_WIDTH / 2, y + _SIGN + 10), tile.label, _LABEL, anchor="mm")
    pen.draw.line([0, top + height - 1, WIDTH, top + height - 1], fill=_RULE)
