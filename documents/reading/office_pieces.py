"""Every text in a Word or Excel file, in whichever part of the archive it stands.

Headers and footers of all kinds, text boxes, shapes, watermarks, comments, properties, charts, hidden sheets
and rows: the parts are read for their texts alone, so that none needs a reader of its own.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat  # a document type, which a bomb needs, is refused
from zipfile import BadZipFile, ZipFile

from documents.reading.archive import checked
from documents.reading.errors import Unreadable
from documents.reading.pieces import Piece

_PARTS = (".xml", ".vml")
_PASSED_OVER = re.compile(
    r"(?:^|/)(?:theme\d*|fontTable|webSettings|calcChain|\[Content_Types\])\.xml$"
    r"|^word/styles(?:WithEffects)?\.xml$"
)
_BODY = re.compile(r"word/(?:document|footnotes|endnotes)\d*\.xml|xl/sharedStrings\.xml|xl/worksheets/.*")
_EDGES = {f"{which}{edge}" for which in ("odd", "even", "first") for edge in ("Header", "Footer")}
_BOXES = {"txbxContent", "txbx", "textbox", *_EDGES}
"""What holds text apart from that of the part it stands in."""
_RUNS = {"t", "delText", "instrText"}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ENDS = {"p", "si", "is", "c", "comment", "text"}
_SHOWN = {"string", "descr", "title", "alt", "prompt", "formatCode", "error"}
_NAMED = {"sheet", "lvlText", "property", "docVar", "cat"}
"""Elements whose "name" or "val" people read."""
_CHUNK = 2**18
_LARGE = 2**23
"""A part of more bytes is read piece by piece as it stands."""
_PLAIN_VALUE = rb'"[ -!#-%\'-;=?-~]*"'
_ATTRIBUTE = rb"(?: w:(?!(?:string|descr|title|alt|prompt|formatCode|error|name)=)\w+=" + _PLAIN_VALUE + rb")"
_EMPTY = rb"<w:\w+" + _ATTRIBUTE + rb"*/>"
_FORMATTING = re.compile(
    rb"<w:(rPr|pPr|tcPr|trPr|tblPr|tblGrid)>(?:\s|"
    + _EMPTY
    + rb"|<w:(?:numPr|tcBorders|tcMar|rPr|tblBorders)>(?:\s|"
    + _EMPTY
    + rb")*</w:\w+>)*</w:\1>"
)
"""An element of empty ones that only say how a text looks: no text stands in it."""
_EDGE_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|[A-JL-Za-z])')
_COLUMN = re.compile(r"&[LCR]")


def office_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the texts of a Word or Excel file, those of its body in their order. Raises Unreadable."""
    checked(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(_PARTS) and not _PASSED_OVER.search(name):
                    yield from _part(archive, name)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("broken") from error


def _part(archive: ZipFile, name: str) -> Iterator[Piece]:
    """Yield the texts of a part as far as it is XML."""
    texts = _Texts(in_body=bool(_BODY.fullmatch(name)))
    try:
        for chunk in _chunks(archive, name):
            texts.parser.Parse(chunk)
            yield from texts.taken()
        texts.parser.Parse(b"", True)
    except expat.ExpatError:
        pass  # whether the file is broken is for its reader to say
    yield from texts.taken()


def _chunks(archive: ZipFile, name: str) -> Iterator[bytes]:
    """Yield the bytes of a part without what holds no text."""
    with archive.open(name) as opened:
        if archive.getinfo(name).file_size > _LARGE:
            while chunk := opened.read(_CHUNK):
                yield chunk
            return
        whole = opened.read(_LARGE)
    yield _FORMATTING.sub(b"", whole)


class _Texts:
    """Gathers the texts of one part: runs up to the end of their paragraph, anything else by itself."""

    def __init__(self, *, in_body: bool) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.StartDoctypeDeclHandler = _refuse
        self._in_body, self._boxes = in_body, 0
        self._runs: list[list[str]] = [[]]
        self._own: list[str] = []
        self._property = ""
        self._found: list[Piece] = []

    def taken(self) -> list[Piece]:
        """Return what was found since the last time."""
        found, self._found = self._found, []
        return found

    def _add(self, text: str, *, apart: bool = False) -> None:
        if text and not text.isspace():
            self._found.append(Piece(text, apart or not self._in_body or self._boxes > 0))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._own.clear()
        if name in _BOXES:
            self._boxes += 1
            self._runs.append([])
        elif name in _BREAKS:
            self._runs[-1].append(_BREAKS[name])
        if attributes:
            self._attributes(name, attributes)

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            bare = key.rpartition(" ")[2]
            if bare in _SHOWN or (name in _NAMED and bare in ("name", "val")):
                self._add(value.replace('"', ""), apart=True)
        self._property = attributes.get("name", "") if name == "property" else self._property

    def _data(self, text: str) -> None:
        self._own.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self._own:
            self._settle(name, "".join(self._own))
            self._own.clear()
        if name in _ENDS or name in _BOXES:
            self._add("".join(self._runs[-1]))
            self._runs[-1].clear()
        if name in _BOXES:
            self._boxes -= 1
            self._runs.pop()

    def _settle(self, name: str, text: str) -> None:
        if name in _RUNS:
            self._runs[-1].append(text)
        elif name in _EDGES:
            for column in _COLUMN.split(text):
                self._add(_EDGE_CODE.sub("", column))
        elif self._property:
            self._add(f"{self._property}: {text}")
            self._add(text)
        else:
            self._add(text)


def _refuse(*_: object) -> None:
    raise Unreadable("broken")
