"""Word files (.docx): paragraphs with the numbers that Word puts before them, and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from documents.reading.docx_enclosures import enclosures
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
_OFF = ("0", "false", "off")
_STRIKES = ("strike", "dstrike")
_SYMBOL = f"{W}sym"
_SYMBOLS = {"2D": "-", "B7": "•", "A7": "-", "D8": "-", "FC": "-", "A8": "-", "6E": "-", "71": "-"} | {
    "B3": "≥", "A3": "≤", "B1": "±", "B0": "°", "AE": "→", "DE": "⇒", "E0": "→", "F0": "⇒",
}  # fmt: skip
"""What Word draws from its fonts of signs, by the code: bullets first, then what stands within a text."""
_TITLE = re.compile(r"(?i)(?:đơn vị |cơ quan )?(?:chủ trì|phối hợp|thực hiện)[^:]{0,20}$")
_TEXTS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", _FALLBACK, f"{W}txbxContent", f"{W}instrText"}
_GONE = {_FALLBACK, f"{W}del", f"{W}moveFrom"}
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}smartTag"}


@dataclass(frozen=True, slots=True)
class _WordFile:
    """One Word file while it is read: its numbers, and what was struck out in the stretch being read."""

    numbers: Numbers
    struck: list[str]

    def asides(self) -> list[Line | Table]:
        """Return what was struck out since the last time, as lines that are asked about."""
        found = [Line(text, aside="struck") for text in self.struck if any(map(str.isalnum, text))]
        self.struck.clear()
        return [*found]


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
    _hide_codes(body)
    _join_paragraphs(body)
    if not any(element.text for element in body.iter(f"{W}t")) and body.findall(f".//{_PICTURE}"):
        raise Unreadable("pictures")
    file = _WordFile(Numbers.of(document), [])
    blocks: list[Line | Table] = []
    run: list[str] = []
    for element in _elements(body):
        if element.tag == f"{W}p":
            run += _lines(element, file)
            continue
        blocks += [*_flow(run, register), *file.asides()]
        run = []
        blocks += [*_table(element, file), *file.asides()]
    beside = [Line(name, aside="enclosed") for name in enclosures(document)]
    return [*blocks, *_flow([*run, *_notes(document)], register), *file.asides(), *beside]


def _hide_codes(body: Element) -> None:
    """Empty what stands within the codes of fields, in place: a field in another's code is not shown.

    Where fields do not end as they begin, all is left as it is.
    """
    results: list[bool] = []
    hidden: list[Element] = []
    for element in body.iter(f"{W}fldChar", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}t":
            hidden += [element] if not all(results) else []
        elif kind == "begin":
            results.append(False)
        elif not results:
            return
        elif kind == "separate":
            results[-1] = True
        else:
            results.pop()
    for element in hidden if not results else ():
        element.text = ""


def _join_paragraphs(body: Element) -> None:
    """Put what follows a paragraph whose end was deleted behind it, in place, as the final view shows it."""
    for mark in reversed(body.findall(f".//{W}p/{W}pPr/{W}rPr/{W}del")):
        paragraph = next(mark.iterancestors(f"{W}p"))
        following = next(paragraph.itersiblings(f"{W}p", f"{W}tbl"), None)
        if following is None or following.tag != paragraph.tag or not _text(paragraph).strip():
            continue
        paragraph.extend([child for child in following if child.tag != f"{W}pPr"])
        following.getparent().remove(following)


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
    """Yield the paragraphs and tables of a body or cell, those in content controls and text boxes too.

    A table of one column or row that holds another is a frame: what stands in it is yielded.
    """
    for child in parent:
        if child.tag == f"{W}p":
            yield from (inner for box in _boxes(child) if _holds_table(box) for inner in _elements(box))
            yield child
        elif child.tag == f"{W}tbl" and _is_frame(child):
            yield from (inner for cell in _cells(child) for inner in _elements(cell))
        elif child.tag == f"{W}tbl":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _elements(child)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes in a paragraph, each once though it may be given for older programs too.

    Those that were deleted are left out.
    """
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(parent.tag in _GONE for parent in box.iterancestors()):
            yield box


def _holds_table(box: Element) -> bool:
    return box.find(f".//{W}tbl") is not None


def _is_frame(table_element: Element) -> bool:
    """Tell whether a table of one column or row holds another: its cells are none of a list of duties."""
    rows = [list(row.iterchildren(f"{W}tc")) for row in table_element.iterchildren(f"{W}tr")]
    is_line = len(rows) == 1 or all(len(cells) == 1 for cells in rows)
    return is_line and any(_holds_table(cell) for row in rows for cell in row)


def _cells(table_element: Element) -> Iterator[Element]:
    for row in table_element.iterchildren(f"{W}tr"):
        yield from row.iterchildren(f"{W}tc")


def _lines(paragraph: Element, file: _WordFile) -> list[str]:
    """The lines of a paragraph: those of text boxes in it first, then its own with its number."""
    lines = [
        line
        for box in _boxes(paragraph)
        if not _holds_table(box)
        for inner in box.iter(f"{W}p")
        for line in _text(inner).split("\n")
    ]
    text = plain_characters(_text(paragraph)).strip()
    struck = squeeze(plain_characters(_struck_text(paragraph)))
    label = file.numbers.label(paragraph, text or struck) if text or struck else ""
    if label and split_mark(text or struck)[0] is None:
        text, struck = f"{label} {text}" if text else "", struck if text else f"{label} {struck}"
    file.struck.append(struck)
    return lines + (text.split("\n") if text else [""])


def _text(element: Element) -> str:
    pieces: list[str] = []
    for child in element:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in _TEXTS:
            pieces.append(_TEXTS[child.tag])
        elif child.tag == _SYMBOL:
            pieces.append(_SYMBOLS.get(child.get(f"{W}char", "").upper().removeprefix("F0"), ""))
        elif child.tag == _EQUATION:
            pieces.append("".join(child.itertext(_EQUATION_TEXT)))
        elif child.tag not in _SKIPPED and len(child) and not _is_left_out(child):
            inner = _text(child)
            pieces.append(inner.upper() if _has(child, "caps") else inner)
    return "".join(pieces)


def _struck_text(paragraph: Element) -> str:
    """The runs of a paragraph that are struck out and not deleted."""
    runs = (run for run in paragraph.iter(f"{W}r") if _has(run, *_STRIKES) and not _has(run, "vanish"))
    return " ".join(_text(run) for run in runs if not any(up.tag in _SKIPPED for up in run.iterancestors()))


def _is_left_out(run: Element) -> bool:
    """Tell whether a run is hidden text, which Word neither shows nor prints, or struck out."""
    return _has(run, "vanish", *_STRIKES)


def _has(run: Element, *names: str) -> bool:
    """Tell whether a run bears one of these properties."""
    if run.tag != f"{W}r":
        return False
    marks = (run.find(f"{W}rPr/{W}{name}") for name in names)
    return any(mark is not None and mark.get(f"{W}val", "true") not in _OFF for mark in marks)


def _table(element: Element, file: _WordFile) -> list[Line | Table]:
    """The table; one of a single column is a frame around lines. Rows that were deleted are left out."""
    rows: list[list[str]] = []
    for tr in element.iter(f"{W}tr"):
        if next(tr.iterancestors(f"{W}tbl")) is not element or tr.find(f"{W}trPr/{W}del") is not None:
            continue
        row: list[str] = [""] * _number_in(tr, f"{W}trPr/{W}gridBefore")
        for tc in tr.iter(f"{W}tc"):
            if next(tc.iterancestors(f"{W}tbl")) is not element:
                continue
            text = "" if tc.find(f"{W}tcPr/{W}cellDel") is not None else _cell(tc, file)
            if _is_continued(tc) and rows and len(row) < len(rows[-1]):
                text = rows[-1][len(row)]
            row += [text] * _span(tc)
        rows.append(row)
    if max(map(len, rows), default=0) > 1:
        return [table(rows)]
    return [Line(squeeze(line)) for row in rows for cell in row for line in cell.split("\n") if line.strip()]


def _cell(tc: Element, file: _WordFile) -> str:
    lines: list[str] = []
    for inner in _elements(tc):
        lines += _lines(inner, file) if inner.tag == f"{W}p" else _nested(inner, file)
    return "\n".join(line for line in lines if line.strip())


def _nested(inner: Element, file: _WordFile) -> Iterator[str]:
    """Yield the lines of a table in a cell: what stands under or beside a title ("Chủ trì") after a colon."""
    for block in _table(inner, file):
        if isinstance(block, Line):
            yield block.text
            continue
        titles, *below = block.rows
        if below and all(map(_TITLE.match, titles)):
            for title, *cells in zip(titles, *below, strict=True):
                yield f"{title}: {'; '.join(filter(None, cells))}"
            continue
        for first, *others in block.rows:
            yield f"{first}: {'; '.join(others)}" if _TITLE.match(first) else "\n".join((first, *others))


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
