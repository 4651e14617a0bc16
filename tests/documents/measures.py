"""Measures a Word file as a ruler would: what is in force for a line, wherever it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: sizes and spaces in points, indents in millimetres, `line` 1 for single."""

    text: str
    font: str
    size: float
    bold: bool
    italic: bool
    colour: str
    align: str
    first: float
    left: float
    right: float
    before: float
    after: float
    line: float
    keeps_next: bool
    borders: frozenset[str]
    dotted: bool


class Paper:
    """A Word file, opened."""

    def __init__(self, data: bytes) -> None:
        self.document: Any = Document(BytesIO(data))
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        self.defaults = list(defaults.iter(qn("w:rPr"), qn("w:pPr")))
        section: Any = self.document.sections[0]
        self.text_width = (section.page_width - section.left_margin - section.right_margin) / 36000

    def lines(self) -> Iterator[Line]:
        """Every line of the body and of its tables, in their order."""
        for block in self.document.element.body.iterchildren():
            for p in block.iter(qn("w:p")):
                yield self.measure(Paragraph(p, self.document))

    def line(self, start: str) -> Line:
        """The one line that begins so."""
        (found,) = [line for line in self.lines() if line.text.startswith(start)]
        return found

    def after(self, start: str, steps: int = 1) -> Line:
        """The line so many steps behind the one that begins so."""
        lines = list(self.lines())
        return lines[next(n for n, line in enumerate(lines) if line.text.startswith(start)) + steps]

    def tables(self) -> list[Table]:
        return list(self.document.tables)

    def measure(self, paragraph: Paragraph) -> Line:
        chain = list(self._chain(paragraph))
        runs = [r for r in paragraph._p.iter(qn("w:r")) if r.findall(qn("w:t"))]
        own = [r.rPr for r in runs[:1] if r.rPr is not None]
        faces = [*own, *(one.find(qn("w:rPr")) for one in chain)]
        forms = [paragraph._p.pPr, *(one.find(qn("w:pPr")) for one in chain)]
        fonts = {self._value(faces, "rFonts", script) for script in ("ascii", "hAnsi", "cs", "eastAsia")}
        assert len(fonts) == 1, (paragraph.text, fonts)
        return Line(
            text=paragraph.text,
            font=fonts.pop() or "",
            size=float(self._value(faces, "sz") or 0) / 2,
            bold=self._on(faces, "b"),
            italic=self._on(faces, "i"),
            colour=self._value(faces, "color") or "auto",
            align=self._value(forms, "jc") or "left",
            first=self._mm(forms, "firstLine"),
            left=self._mm(forms, "left"),
            right=self._mm(forms, "right"),
            before=float(self._value(forms, "spacing", "before") or 0) / 20,
            after=float(self._value(forms, "spacing", "after") or 0) / 20,
            line=float(self._value(forms, "spacing", "line") or 240) / 240,
            keeps_next=self._on(forms, "keepNext"),
            borders=frozenset(self._borders(forms)),
            dotted="\t" in paragraph.text and self._has_dots(forms),
        )

    def _chain(self, paragraph: Paragraph) -> Iterator[Any]:
        style: Any = paragraph.style
        while style is not None:
            yield style.element
            style = style.base_style
        yield from (default.getparent() for default in self.defaults)

    def _value(self, places: list[Any], tag: str, key: str = "val") -> str | None:
        for place in places:
            child = None if place is None else place.find(qn(f"w:{tag}"))
            if child is not None and child.get(qn(f"w:{key}")) is not None:
                return str(child.get(qn(f"w:{key}")))
        return None

    def _on(self, places: list[Any], tag: str) -> bool:
        for place in places:
            child = None if place is None else place.find(qn(f"w:{tag}"))
            if child is not None:
                return child.get(qn("w:val")) not in ("0", "false")
        return False

    def _mm(self, places: list[Any], key: str) -> float:
        return float(self._value(places, "ind", key) or 0) / TWIPS_PER_MM

    def _borders(self, places: list[Any]) -> Iterator[str]:
        for place in places:
            borders = None if place is None else place.find(qn("w:pBdr"))
            if borders is not None:
                yield from (child.tag.rpartition("}")[2] for child in borders)

    def _has_dots(self, places: list[Any]) -> bool:
        tabs = [tab for place in places if place is not None for tab in place.iter(qn("w:tab"))]
        return any(tab.get(qn("w:leader")) == "dot" for tab in tabs)
