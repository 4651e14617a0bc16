"""What a Word file holds beside its text: pictures as large as a table, sheets, other files, drawings."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from docx.document import Document

from documents.reading.docx_letters import W
from documents.reading.large_pictures import EMU_PER_CM, LEAST_WIDE, is_large
from domain.common.text import squeeze

Element = Any
"""An element of lxml, which tells no types."""

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML, _OFFICE = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EQUATION: Final = "Equation"
_TO_CM: Final = {"pt": 2.54 / 72, "in": 2.54, "cm": 1.0, "mm": 0.1, "px": 2.54 / 96}
_SIZE: Final = re.compile(r"(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)")


def enclosures(document: Document) -> Iterator[str]:
    """Yield what stands for each in the text that asks about it: its own words, or the name of its part."""
    for element in document.element.body.iter(
        f"{_DRAWING}blip", f"{_VML}imagedata", f"{_OFFICE}OLEObject", f"{W}altChunk", f"{_DIAGRAM}relIds"
    ):
        if any(above.tag in (_FALLBACK, f"{W}del", f"{W}moveFrom") for above in element.iterancestors()):
            continue
        if element.tag == f"{_DIAGRAM}relIds":
            yield _words_of(document, element.get(f"{_RELATION}dm", ""))
        elif _counts(element):
            relation = element.get(f"{_RELATION}embed") or element.get(f"{_RELATION}id") or ""
            yield _name(document, relation)


def _counts(element: Element) -> bool:
    """Tell whether it may say what is to be done: no small picture or equation, no preview of a sheet."""
    if element.tag == f"{_OFFICE}OLEObject":
        return not element.get("ProgID", "").startswith(_EQUATION)
    if element.tag == f"{_DRAWING}blip":
        placed = next(element.iterancestors(f"{_PLACED}inline", f"{_PLACED}anchor"), None)
        extent = placed.find(f"{_PLACED}extent") if placed is not None else None
        sizes = [extent.get(edge, "") for edge in ("cx", "cy")] if extent is not None else []
        return not all(map(str.isdigit, sizes)) or is_large(*(int(size) / EMU_PER_CM for size in sizes))
    if element.tag == f"{_VML}imagedata":
        if next(element.iterancestors(f"{W}object"), None) is not None:
            return False
        told = dict.fromkeys(("width", "height"), LEAST_WIDE)
        for edge, size, unit in _SIZE.findall(element.getparent().get("style", "")):
            told[edge] = float(size) * _TO_CM[unit]
        return is_large(told["width"], told["height"])
    return True


def _name(document: Document, relation: str) -> str:
    held = document.part.rels.get(relation)
    target = held.target_ref if held is not None else ""
    return PurePosixPath(target).name or relation or "…"


def _words_of(document: Document, relation: str) -> str:
    """The words of a drawing made of boxes, which stand in a part of their own."""
    held = document.part.rels.get(relation)
    if held is None or held.is_external:
        return "…"
    texts = re.findall(rb"<a:t>([^<]*)</a:t>", held.target_part.blob)
    return squeeze("; ".join(text.decode(errors="replace") for text in texts)) or "…"
