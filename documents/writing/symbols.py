"""The signs of the status picture: a colour and a shape for each way in which an assignment can stand."""

from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

from domain.assignments.lifecycle import Timeliness

RED, AMBER, SLATE, GREEN, GREY = "#C62828", "#F9A825", "#455A64", "#2E7D32", "#9E9E9E"
_FINE = 8
"""Shapes are drawn so many times larger and made small again: Pillow draws edges without smoothing."""

Draw = Callable[[ImageDraw.ImageDraw, int], None]


@cache
def symbol(light: Timeliness, size: int) -> Image.Image:
    """Return the sign as a square picture of `size` pixels with a transparent ground."""
    large = Image.new("RGBA", (size * _FINE, size * _FINE), (255, 255, 255, 0))
    _DRAWN[light](ImageDraw.Draw(large), size * _FINE)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def _triangle(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.polygon([(side / 2, 0), (side, side * 0.94), (0, side * 0.94)], fill=RED)
    draw.rectangle([side * 0.455, side * 0.34, side * 0.545, side * 0.64], fill="white")
    draw.rectangle([side * 0.455, side * 0.71, side * 0.545, side * 0.8], fill="white")


def _diamond(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.polygon([(side / 2, 0), (side, side / 2), (side / 2, side), (0, side / 2)], fill=AMBER)


def _square(draw: ImageDraw.ImageDraw, side: int) -> None:
    edge = side * 0.1
    draw.rectangle([edge, edge, side - edge, side - edge], outline=SLATE, width=round(side * 0.12))


def _disc(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.ellipse([0, 0, side - 1, side - 1], fill=GREEN)
    _tick(draw, side, "white")


def _ring(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.ellipse([0, 0, side - 1, side - 1], outline=GREEN, width=round(side * 0.1))
    _tick(draw, side, GREEN)


def _tick(draw: ImageDraw.ImageDraw, side: int, colour: str) -> None:
    points = [(side * 0.26, side * 0.52), (side * 0.44, side * 0.7), (side * 0.75, side * 0.34)]
    draw.line(points, fill=colour, width=round(side * 0.12), joint="curve")


def _bar(draw: ImageDraw.ImageDraw, side: int) -> None:
    draw.rectangle([side * 0.12, side * 0.42, side * 0.88, side * 0.58], fill=GREY)


def _cross(draw: ImageDraw.ImageDraw, side: int) -> None:
    for points in ([(0.2, 0.2), (0.8, 0.8)], [(0.2, 0.8), (0.8, 0.2)]):
        draw.line([(x * side, y * side) for x, y in points], fill=GREY, width=round(side * 0.14))


_DRAWN: dict[Timeliness, Draw] = {
    "overdue": _triangle,
    "due": _diamond,
    "in_time": _square,
    "done_in_time": _disc,
    "done_late": _ring,
    "past": _bar,
    "cancelled": _cross,
}
