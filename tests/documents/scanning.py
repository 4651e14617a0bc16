"""Makes scans of a plan's text: pages drawn, then leaning, blurred, unevenly lit, noisy, under a red seal."""

import random
from collections.abc import Iterator, Sequence
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from config.files import FOLDER
from tests.documents.making import pieces

_RED = (200, 30, 40)
_WIDTH, _HEIGHT, _MARGIN = 8.27, 11.69, 0.9
"""An A4 page in inches."""
_SIZE, _LEADING = 13 / 72, 19 / 72


def scanned_pages(text: str, *, dpi: int = 200, spoilt: bool = True, seed: int = 1) -> list[Image.Image]:
    """Return a picture of each page; `spoilt` as a worn scanner gives it, with a seal on the last."""
    pages = list(_Pages(dpi).of(text))
    if not spoilt:
        return pages
    chance = random.Random(seed)  # noqa: S311 - it keeps no secret
    return [_spoilt(page, chance, sealed=number == len(pages)) for number, page in enumerate(pages, 1)]


def scanned_pdf(text: str, *, dpi: int = 200, spoilt: bool = True, quality: int = 75) -> bytes:
    """Return a PDF that holds the pages as JPEG pictures only."""
    first, *others = scanned_pages(text, dpi=dpi, spoilt=spoilt)
    made = BytesIO()
    first.save(made, "PDF", save_all=True, append_images=others, resolution=dpi, quality=quality)
    return made.getvalue()


class _Pages:
    """Draws lines and ruled tables on pages, from the top down."""

    def __init__(self, dpi: int) -> None:
        self._dpi = dpi
        self._font = ImageFont.truetype(FOLDER / "fonts" / "DejaVuSansCondensed.ttf", round(_SIZE * dpi))
        self._width, self._height = round(_WIDTH * dpi), round(_HEIGHT * dpi)
        self._left, self._leading = round(_MARGIN * dpi), round(_LEADING * dpi)

    def of(self, text: str) -> Iterator[Image.Image]:
        """Yield the pages."""
        page, y = self._blank(), self._left
        for piece in pieces(text):
            is_table = not isinstance(piece, str) or piece.count("\t") > 1
            rows = [piece.split("\t")] if isinstance(piece, str) else piece
            for row in rows:
                cells = self._cells(row)
                high = max(len(lines) for lines, _, _ in cells) * self._leading + self._dpi // 20 * is_table
                if y + high > self._height - self._left:
                    yield page
                    page, y = self._blank(), self._left
                self._draw(page, cells, y, high, ruled=is_table)
                y += high
        yield page

    def _blank(self) -> Image.Image:
        return Image.new("RGB", (self._width, self._height), "white")

    def _cells(self, row: Sequence[str]) -> list[tuple[list[str], int, int]]:
        """The wrapped lines of each cell, its left edge and its width; the first of several is narrow."""
        whole = self._width - 2 * self._left
        first = whole // 12 if len(row) > 1 else whole
        widths = [first] + [(whole - first) // max(1, len(row) - 1)] * (len(row) - 1)
        lefts = [self._left + sum(widths[:place]) for place in range(len(row))]
        pad = self._dpi // 20 if len(row) > 1 else 0
        return [
            (self._wrapped(cell, width - 2 * pad), left, width)
            for cell, left, width in zip(row, lefts, widths, strict=True)
        ]

    def _wrapped(self, text: str, width: int) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self._font.getlength(longer) > width and lines[-1]:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _draw(
        self,
        page: Image.Image,
        cells: Sequence[tuple[list[str], int, int]],
        y: int,
        high: int,
        *,
        ruled: bool,
    ) -> None:
        draw = ImageDraw.Draw(page)
        pad = self._dpi // 20 if ruled else 0
        for lines, left, width in cells:
            for number, line in enumerate(lines):
                draw.text(
                    (left + pad, y + pad // 2 + number * self._leading), line, fill="black", font=self._font
                )
            if ruled:
                draw.rectangle(
                    (left, y, left + width, y + high), outline="black", width=max(1, self._dpi // 100)
                )


def _spoilt(page: Image.Image, chance: random.Random, *, sealed: bool) -> Image.Image:
    if sealed:
        page = _with_seal(page)
    page = page.rotate(chance.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor="white")
    page = page.filter(ImageFilter.GaussianBlur(0.6 * page.width / 1654))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 200 + value * 55 // 255)
    page = ImageChops.multiply(page, shade.convert("RGB"))
    return Image.blend(page, _noise(page.size, chance).convert("RGB"), 0.08)


def _noise(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Grey specks, the same for the same seed: what Pillow draws depends on all that was drawn before."""
    grain = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return grain.point(lambda value: 128 + (value - 128) // 3)


def _with_seal(page: Image.Image) -> Image.Image:
    """The page with a red ring and star over its text, as a seal stands over the signature."""
    seal = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(seal)
    size = page.width // 6
    left, top = page.width * 3 // 5, page.height // 4
    width = max(2, size // 40)
    for inset in (0, size // 12):
        ring = (left + inset, top + inset, left + size - inset, top + size - inset)
        draw.ellipse(ring, outline=_RED, width=width)
    draw.regular_polygon((left + size // 2, top + size // 2, size // 6), 5, fill=_RED)
    return ImageChops.multiply(page, seal)
