"""Word files (.docx): paragraphs with the numbers that Word puts before them, and tables."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from documents.reading.archive import checked, transitional
from documents.reading.characters import plain_characters
from documents.reading.docx_letters import make_unicode
from documents.reading.docx_numbers import Numbers
from documents.reading.errors import Unreadable
from documents.reading.lines import logical_lines
from documents.reading.marks import split_mark
from documents.reading.outline import Line, Table
from documents.reading.tables import table, tables_of
from domain.common.text import squeeze
from domain.organisation.register import Register

Element = Any
"""An element of lxml, which tells no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_EQUATION, _EQUATION_TEXT = f"{_MATH}oMath", f"{_MATH}t"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXTS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", _FALLBACK, f"{W}txbxContent", f"{W}instrText"}
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"}


def blocks_of_docx(data: bytes, register: Register) -> list[Line | Table]:
    """Return the lines and tables of a Word file in order; its page headers and footers are not read.

    Raises Unreadable: "broken".
    """
    data = transitional(checked(data))
    try:
        document = Document(BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable("broken") from error
    body = document.element.body
    make_unicode(body, document.styles.element)
    if not any(element.text for element in body.iter(f"{W}t")) and body.findall(f".//{_PICTURE}"):
        raise Unreadable("pictures")
    numbers = Numbers.of(document)
    blocks: list[Line | Table] = []
    run: list[str] = []
    for element in _elements(body):
        if element.tag == f"{W}p":
            run += _lines(element, numbers)
            continue
        blocks += _flow(run, register)
        run = []
        blocks += _table(element, numbers)
    return blocks + _flow([*run, *_notes(document)], register)


def _notes(document: DocumentObject) -> list[str]:
    """The texts of footnotes and endnotes, which stand behind the document."""
    notes: list[str] = []
    for part in document.part.package.iter_parts():
        if part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
            root = parse_xml(part.blob)
            make_unicode(root, document.styles.element)
            texts = [squeeze(plain_characters(_text(paragraph))) for paragraph in root.iter(f"{W}p")]
            notes += [text for text in texts if text]
    return notes


def _flow(lines: list[str], register: Register) -> list[Line | Table]:
    """The lines of paragraphs in order, and the tables that were pasted with tabs between their cells."""
    blocks: list[Line | Table] = []
    for is_text, pieces in groupby(tables_of(lines), key=lambda piece: isinstance(piece, str)):
        if is_text:
            texts = [piece for piece in pieces if isinstance(piece, str)]
            blocks += [Line(line) for line in logical_lines(texts, register)]
        else:
            blocks += [piece for piece in pieces if not isinstance(piece, str)]
    return blocks


def _elements(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a body or cell, those in content controls too."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _elements(child)


def _lines(paragraph: Element, numbers: Numbers) -> list[str]:
    """The lines of a paragraph: those of text boxes in it first, then its own with its number."""
    lines = [
        line
        for box in paragraph.iter(f"{W}txbxContent")
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors())
        for inner in box.iter(f"{W}p")
        for line in _text(inner).split("\n")
    ]
    text = plain_characters(_text(paragraph)).strip()
    label = numbers.label(paragraph, text) if text else ""
    if label and split_mark(text)[0] is None:
        text = f"{label} {text}"
    return lines + (text.split("\n") if text else [""])


def _text(element: Element) -> str:
    pieces: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in _TEXTS:
            pieces.append(_TEXTS[child.tag])
        elif child.tag == _EQUATION:
            pieces.append("".join(child.itertext(_EQUATION_TEXT)))
        elif child.tag not in _SKIPPED and len(child) and not _is_hidden(child):
            pieces.append(_text(child))
    return "".join(pieces)


def _is_hidden(run: Element) -> bool:
    """Tell whether a run is hidden text, which Word neither shows nor prints."""
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val", "true") not in ("0", "false", "off")


def _table(element: Element, numbers: Numbers) -> list[Line | Table]:
    """The table; one of a single column is a frame around lines."""
    rows: list[list[str]] = []
    for tr in element.iter(f"{W}tr"):
        if next(tr.iterancestors(f"{W}tbl")) is not element:
            continue
        row: list[str] = [""] * _number_in(tr, f"{W}trPr/{W}gridBefore")
        for tc in tr.iter(f"{W}tc"):
            if next(tc.iterancestors(f"{W}tbl")) is not element:
                continue
            text = _cell(tc, numbers)
            if _is_continued(tc) and rows and len(row) < len(rows[-1]):
                text = rows[-1][len(row)]
            row += [text] * _span(tc)
        rows.append(row)
    if max(map(len, rows), default=0) > 1:
        return [table(rows)]
    return [Line(squeeze(line)) for row in rows for cell in row for line in cell.split("\n") if line.strip()]


def _cell(tc: Element, numbers: Numbers) -> str:
    lines: list[str] = []
    for inner in _elements(tc):
        if inner.tag == f"{W}p":
            lines += _lines(inner, numbers)
        else:
            lines += [plain_characters(_text(p)) for p in inner.iter(f"{W}p")]
    return "\n".join(line for line in lines if line.strip())


def _span(tc: Element) -> int:
    return _number_in(tc, f"{W}tcPr/{W}gridSpan", otherwise=1)


def _number_in(element: Element, path: str, otherwise: int = 0) -> int:
    """The count that a property holds, bounded: a file may claim any."""
    marked = element.find(path)
    value = marked.get(f"{W}val", "") if marked is not None else ""
    return min(int(value), 64) if value.isdigit() else otherwise


def _is_continued(tc: Element) -> bool:
    """Tell whether the cell is the lower part of one merged over rows."""
    merge = tc.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"
