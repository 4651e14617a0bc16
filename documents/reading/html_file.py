"""Pages of the web, which document systems also hand out under the name of a Word or Excel file."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from lxml import html  # type: ignore[import-untyped]  # ships no types

from documents.reading.characters import plain_characters
from documents.reading.errors import Unreadable
from documents.reading.lines import logical_lines
from documents.reading.outline import Line, Table
from documents.reading.tables import table
from domain.common.text import squeeze
from domain.organisation.register import Register

Element = Any
"""An element of lxml, which tells no types."""

_LINES: Final = """
address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5
h6 header hr html li main nav ol p pre section tbody td tfoot th thead tr ul
"""
_BLOCKS: Final = frozenset(_LINES.split())
"""Elements that begin and end a line."""
_UNSHOWN: Final = frozenset(("script", "style", "head", "template", "noscript", "select", "button", "del"))
_STRUCK: Final = frozenset(("s", "strike"))
_HIDDEN: Final = re.compile(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden")
_MOST_SPAN: Final = 64
_SPACE: Final = re.compile(r"\s+")


def blocks_of_html(text: str, register: Register) -> list[Line | Table]:
    """Return the lines and tables of a page; nothing that it names is fetched. Raises Unreadable."""
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, SyntaxError) as error:
        raise Unreadable("broken") from error
    blocks: list[Line | Table] = []
    run: list[str] = []
    for piece in [*_pieces(root), None]:
        if isinstance(piece, str):
            run.append(piece)
            continue
        blocks += [Line(line) for line in logical_lines(run, register)]
        run = []
        if piece is not None:
            blocks.append(piece)
    struck = (squeeze(each.text_content()) for each in root.iter(*_STRUCK) if not _is_unshown(each))
    return blocks + [Line(words, aside="struck") for words in struck if any(map(str.isalnum, words))]


def _pieces(element: Element) -> Iterator[str | Table]:
    """Yield the lines of an element and its tables, in order; a table of one column is a frame."""
    text = ""
    for token in _tokens(element):
        if isinstance(token, str):
            text += token
            continue
        yield from _lines(text)
        text = ""
        rows = _rows(token)
        if max(map(len, rows), default=0) > 1:
            yield table(rows)
        else:
            yield from (line for row in rows for cell in row for line in cell.split("\n") if line)
    yield from _lines(text)


def _lines(text: str) -> list[str]:
    return [line for each in plain_characters(text).split("\n") if (line := squeeze(each))]


def _tokens(element: Element) -> Iterator[str | Element]:
    """Yield the texts under an element, "\\n" where a line ends, and its outermost tables as they are."""
    if not isinstance(element.tag, str) or _is_unshown(element) or element.tag in _STRUCK:
        return
    ends = "\n" if element.tag in _BLOCKS or element.tag == "br" else ""
    yield ends
    if element.tag == "li":
        yield _label(element)
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        if child.tag == "table" and not _is_unshown(child):
            yield child
        else:
            yield from _tokens(child)
        yield _SPACE.sub(" ", child.tail or "")
    yield ends


def _is_unshown(element: Element) -> bool:
    return element.tag in _UNSHOWN or bool(_HIDDEN.search(element.get("style", "")))


def _label(item: Element) -> str:
    """The number or dash that a browser puts before an item of a list."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "- "
    start = above.get("start", "1")
    number = (int(start) if start.isdigit() else 1) + sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{chr(96 + number)}) " if above.get("type") == "a" and number <= 26 else f"{number}. "


def _rows(element: Element) -> list[list[str]]:
    """The rows of a table, each cell in all places over which it is merged."""
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for tr in element.iter("tr"):
        if next(tr.iterancestors("table")) is not element or _is_unshown(tr):
            continue
        row: list[str] = []
        cells = [cell for cell in tr if cell.tag in ("td", "th") and not _is_unshown(cell)]
        for cell in [*cells, None]:
            while (held := below.pop(len(row), None)) is not None:
                if held[0] > 1:
                    below[len(row)] = held[0] - 1, held[1]
                row.append(held[1])
            if cell is None:
                break
            text = "\n".join(_cell_lines(_pieces(cell)))
            for _ in range(_span(cell, "colspan")):
                if (deep := _span(cell, "rowspan")) > 1:
                    below[len(row)] = deep - 1, text
                row.append(text)
        rows.append(row)
    return rows


def _cell_lines(pieces: Iterator[str | Table]) -> Iterator[str]:
    for piece in pieces:
        rows: Sequence[Sequence[str]] = [(piece,)] if isinstance(piece, str) else piece.rows
        yield from (line for row in rows for line in row if line)


def _span(cell: Element, name: str) -> int:
    """Over how many places a cell goes, bounded: a file may claim any."""
    told = cell.get(name, "1")
    return min(int(told), _MOST_SPAN) if told.isdigit() and told != "0" else 1
