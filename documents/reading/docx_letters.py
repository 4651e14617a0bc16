"""Letters of a Word file from before Unicode, put into Unicode before anything reads them."""

from collections.abc import Iterator
from typing import Any

from documents.reading.legacy_letters import (
    encoding_of,
    encoding_of_font,
    is_capital_font,
    to_unicode,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_CHAIN = 20
Element = Any
"""An element of lxml, which tells no types."""


def make_unicode(root: Element, styles: Element) -> None:
    """Put the texts under an element into Unicode, in place: by its run's font, else by what its letters say.

    A font of capitals (".VnTimeH") gives capitals. `styles` is the root of the styles part.
    """
    texts = [text for text in root.iter(f"{W}t") if text.text]
    whole = encoding_of(" ".join(text.text for text in texts))
    named = (_name(fonts) for part in (root, styles) for fonts in part.iter(f"{W}rFonts"))
    if whole is None and not any(encoding_of_font(name) for name in named):
        return
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    for text in texts:
        font = next(_fonts(text.getparent(), by_id), "")
        encoding = encoding_of_font(font) or encoding_of(text.text) or whole
        if encoding:
            text.text = to_unicode(text.text, encoding)
        if is_capital_font(font):
            text.text = text.text.upper()


def _fonts(run: Element, styles: dict[str, Element]) -> Iterator[str]:
    """Yield the fonts named for a run, the nearest first: its own, its paragraph's style's, the usual."""
    yield from _named(run)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    for style_id in (style.get(f"{W}val") if style is not None else None, "Normal"):
        yield from _of_style(styles.get(style_id or ""), styles)


def _of_style(style: Element | None, styles: dict[str, Element]) -> Iterator[str]:
    for _ in range(_LONGEST_CHAIN):
        if style is None:
            return
        yield from _named(style)
        based_on = style.find(f"{W}basedOn")
        style = styles.get(based_on.get(f"{W}val")) if based_on is not None else None


def _named(element: Element) -> Iterator[str]:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    if fonts is not None and (name := _name(fonts)):
        yield name


def _name(fonts: Element) -> str:
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
