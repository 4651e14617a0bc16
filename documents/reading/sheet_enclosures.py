"""What a workbook holds beside its cells: text boxes, pictures as large as a table, drawings, other files."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final
from zipfile import ZipFile

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from documents.reading.large_pictures import EMU_PER_CM, is_large
from domain.common.text import squeeze

Element = Any
"""An element of lxml, which tells no types."""

_PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWN: Final = re.compile(r"xl/drawings/drawing\d*\.xml")
_DIAGRAM: Final = re.compile(r"xl/diagrams/data\d*\.xml")
_FILES: Final = "xl/embeddings/"


def sheet_enclosures(data: bytes) -> Iterator[str]:
    """Yield what stands for each in the text that asks about it: its own words, or its name."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if _DRAWN.fullmatch(name):
                yield from _drawn(etree.fromstring(archive.read(name), _parser()))
            elif _DIAGRAM.fullmatch(name):
                yield _words(etree.fromstring(archive.read(name), _parser())) or "…"
            elif name.startswith(_FILES):
                yield PurePosixPath(name).name


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


def _drawn(root: Element) -> Iterator[str]:
    """Yield the words of each shape, and the name of each large picture."""
    for each in root.iter(f"{_PLACED}sp", f"{_PLACED}pic"):
        if any(above.tag == _FALLBACK for above in each.iterancestors()):
            continue
        if each.tag == f"{_PLACED}pic":
            if is_large(*_size(each)):
                named = each.find(f".//{_PLACED}cNvPr")
                yield (named.get("name") if named is not None else None) or "…"
        elif words := _words(each):
            yield words


def _words(shape: Element) -> str:
    paragraphs = shape.iter(f"{_DRAWING}p")
    return squeeze("; ".join(filter(None, ("".join(p.itertext(f"{_DRAWING}t")) for p in paragraphs))))


def _size(picture: Element) -> tuple[float, ...]:
    """The width and height of a picture in centimetres, as far as they are told."""
    anchor = next(picture.iterancestors(f"{_PLACED}oneCellAnchor", f"{_PLACED}absoluteAnchor"), None)
    told = (
        anchor.find(f"{_PLACED}ext")
        if anchor is not None
        else picture.find(f".//{_DRAWING}xfrm/{_DRAWING}ext")
    )
    sizes = [told.get(edge, "") for edge in ("cx", "cy")] if told is not None else []
    return tuple(int(size) / EMU_PER_CM for size in sizes) if all(map(str.isdigit, sizes)) else ()
