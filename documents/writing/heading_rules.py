"""The rules under names and titles: as long as the decree wants them of the line above (Phụ lục I)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

RULE_STYLE = "Nét gạch"
"""The style of an empty paragraph with a border whose length follows the line above."""

_SHARE = 0.42
"""Of the line above: the decree has a third to a half, and how wide a line becomes can only be estimated."""

_NARROW, _PLAIN, _CAPITAL, _SMALL = 0.27, 0.5, 0.72, 0.48
"""Widths of the letters of Times New Roman in ems: blanks and points, figures, capitals, the rest."""


def fit_rules(document: Any) -> None:
    """Give every paragraph in RULE_STYLE indents that leave its border as long as it should be.

    A line above that is too long for its place breaks evenly.
    """
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for above, rule, width in _rules(document, room):
        line = _width(above, above.text)
        if line > width:
            line = min(max(_width(above, half) for half in _halve(above)), width)
        indent = Length(round((width - line * _SHARE) / 2))
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = indent


def _rules(document: Any, room: int) -> Iterator[tuple[Paragraph, Paragraph, int]]:
    """Yield the line above, the rule, and the room that both have, in EMU."""
    places: list[tuple[list[Paragraph], int]] = [(document.paragraphs, room)]
    places += [(cell.paragraphs, cell.width or room) for cell in _cells(document)]
    for paragraphs, width in places:
        for above, rule in pairwise(paragraphs):
            if rule.style is not None and rule.style.name == RULE_STYLE:
                yield above, rule, width


def _cells(document: Any) -> Iterator[_Cell]:
    """The cells that hold a rule; long tables have thousands that hold none."""
    for table in document.tables:
        for row in table._tbl.tr_lst:
            yield from (_Cell(cell, table) for cell in row.iter(qn("w:tc")) if len(cell.p_lst) > 1)


def _halve(line: Paragraph) -> tuple[str, str]:
    """Let a line that is too long break where its halves are most alike, and return them.

    Of a name that breaks where it must, one last word would stand alone in the middle. One too long for two
    lines breaks as it will within them.
    """
    tokens = line.text.split()
    cuts = [(" ".join(tokens[:n]), " ".join(tokens[n:])) for n in range(1, len(tokens))] or [(line.text, "")]
    first, second = min(cuts, key=_unlike)
    line.runs[0].text = f"{first}\n{second}".strip()
    for rest in line.runs[1:]:
        rest.text = ""
    return first, second


def _unlike(cut: tuple[str, str]) -> int:
    """How far two halves are from being alike; after a comma a name breaks more readily."""
    first, second = cut
    return abs(len(first) - len(second)) - 12 * first.endswith(",")


def _width(line: Paragraph, text: str) -> int:
    size = line.style.font.size if line.style is not None else None
    return round(sum(map(_em, text)) * (size or Pt(14)))


def _em(letter: str) -> float:
    if letter in " .,;:-()'/":
        return _NARROW
    if letter.isdigit():
        return _PLAIN
    return _CAPITAL if letter.isupper() else _SMALL
