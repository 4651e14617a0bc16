"""A scanned page made ready for recognition: without seal, upright, evenly lit, at 300 dpi."""

from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

DPI: Final = 300
_MOST_PIXELS: Final = 40_000_000
_STEPS, _STEP = 12, 0.25
"""How far a page may lean either way: so many steps of so many degrees."""
_SMALL: Final = 700
"""The width in pixels at which leaning is measured."""
_PAPER: Final = 245
_RED: Final = 45
"""So much more red than green is ink of a seal."""
_NO_BLACK: Final = 140
"""Where the red channel is so light, no black letter lies under the seal."""
_SAME_SCALE: Final = 0.05


def prepared(page: Image.Image, dpi: float) -> Image.Image:
    """Return a page in shades of grey at 300 dpi. `page` may be in colour, `dpi` is its own resolution.

    Of a colour page the red channel is taken, in which red ink is nearly as white as the paper; what is left
    of a seal is wiped out where no black lies under it.
    """
    scale = min(DPI / dpi, (_MOST_PIXELS / (page.width * page.height)) ** 0.5)
    if abs(scale - 1) > _SAME_SCALE:
        size = round(page.width * scale), round(page.height * scale)
        page = page.resize(size, Image.Resampling.BICUBIC)
    if page.mode != "RGB":
        return _upright(_evenly_lit(ImageOps.grayscale(page)))
    red, green, _ = page.split()
    lit = _evenly_lit(red)
    reddish = ImageChops.subtract(red, green).point(lambda value: 255 if value > _RED else 0)
    light = red.point(lambda value: 255 if value > _NO_BLACK else 0)
    lit.paste(255, mask=ImageChops.multiply(reddish, light))
    return _upright(lit)


def _evenly_lit(grey: Image.Image) -> Image.Image:
    """The page divided by its own background: what is paper is white everywhere."""
    small = grey.reduce(8).filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    background = small.resize(grey.size, Image.Resampling.BILINEAR)
    lifted = ImageChops.invert(ImageChops.subtract(background, grey))
    return ImageOps.autocontrast(lifted, cutoff=(0.5, 0)).point(
        lambda value: 255 if value > _PAPER else value
    )


def _upright(grey: Image.Image) -> Image.Image:
    """The page turned so that its lines lie level: where the rows differ most in darkness."""
    small = grey.resize((_SMALL, round(grey.height * _SMALL / grey.width)), Image.Resampling.BILINEAR)
    angles = [step * _STEP for step in range(-_STEPS, _STEPS + 1)]
    best = max(angles, key=lambda angle: _contrast(small, angle))
    finer = max((best - _STEP / 2, best, best + _STEP / 2), key=lambda angle: _contrast(small, angle))
    return grey if finer == 0 else grey.rotate(finer, Image.Resampling.BICUBIC, fillcolor=255)


def _contrast(small: Image.Image, angle: float) -> float:
    """How much the mean darkness differs from row to row of the page turned so."""
    turned = small.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((a - b) ** 2 for a, b in pairwise(rows))
