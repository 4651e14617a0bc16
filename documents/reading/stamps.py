"""Whether a file bears a secrecy mark anywhere: what a plan and what shows work is looked at for alike."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.reading.errors import Unreadable
from documents.reading.outline import Line, Table
from documents.reading.picture_pieces import MAGICS, picture_pieces
from documents.reading.pieces import Piece
from domain.common.look_alikes import as_read
from domain.common.secrecy import is_marked, is_marked_apart, is_stamp
from domain.common.secrecy_names import is_marked_name

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_PDF_WITHIN = 1024
_HEAD, _SHORT = 60, 80
"""So many lines are the head of a document; a stamp there stands on a line no longer than this."""
_FIRST = 20
"""Among so many lines a bare "Mật" is no column of a table and no honey."""
_BROKEN_WORDS = ("bí", "bảo")
"""A line that ends with one goes on with "MẬT" on the next."""
_CITES = re.compile(r"(?i)\W*(?:căn cứ|thực hiện|theo|kèm theo|v/v)(?!\w)")
_APART = re.compile(r"\s{3,}|[\t\n\r\f\v|]")
_CELLS = re.compile(r'[,;\t"]')
_WIDE = re.compile("[ -~\u00a0-\u052f\u13a0-\u13ff\u1e00-\u203a\u3000\ua4d0-\ua4ff\uff01-\uff5e]{3,}")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_SHORTEST, _LONGEST = 3, 400
"""What may be a line of words, two bytes a letter or one, among the bytes of a file."""


def refuse_marked(data: bytes, name: str, *, cells: bool = False) -> None:
    """Pass a file that bears no secrecy mark, in its name or in any text of it.

    `cells`: it is plain text in cells. Raises Unreadable: "secret", "broken", "too_big".
    """
    refuse_marked_name(name)
    if bears_mark(_pieces(data, cells=cells)):
        raise Unreadable("secret")


def refuse_marked_name(name: str) -> None:
    """Pass a file whose name bears no secrecy mark. Raises Unreadable: "secret"."""
    if is_marked_name(name):
        raise Unreadable("secret")


def refuse_marked_text(text: str) -> None:
    """Pass a text that bears no secrecy mark. Raises Unreadable: "secret"."""
    if bears_mark(map(Piece, text.splitlines())):
        raise Unreadable("secret")


def refuse_marked_blocks(blocks: Iterable[Line | Table]) -> None:
    """Pass what was recognised in pictures of pages, if it bears no secrecy mark. Raises Unreadable."""
    if bears_mark(Piece(text) for block in blocks for text in _texts(block)):
        raise Unreadable("secret")


def _texts(block: Line | Table) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row]


def _pieces(data: bytes, *, cells: bool) -> Iterable[Piece]:
    """Return the texts of a file, whose content tells its kind."""
    if data.startswith(_ZIP):
        from documents.reading.office_pieces import office_pieces

        return office_pieces(data)
    if data.startswith(_OLE):
        return _old_office(data)
    if data.startswith(MAGICS):
        return picture_pieces(data)
    if _PDF in data[:_PDF_WITHIN]:
        from documents.reading.pdf_pieces import pdf_pieces

        return pdf_pieces(data)
    return map(Piece, _lines(data, cells=cells))


def _lines(data: bytes, *, cells: bool) -> Iterator[str]:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for line in data.decode("utf-16" if wide else "utf-8-sig", errors="replace").splitlines():
        yield line
        if cells:
            yield from _CELLS.split(line)


def _old_office(data: bytes) -> Iterator[Piece]:
    """Yield what may be a text of an old Word or Excel file: Vietnamese stands there in UTF-16 or one byte.

    Which of it is the document's own text cannot be told.
    """
    for start in (0, 1):
        yield from _lines_in(_WIDE.findall(data[start:].decode("utf-16-le", errors="ignore")))
    narrow = _CONTROL.split(data.decode("cp1258", errors="ignore"))
    yield from _lines_in(line for line in narrow if "T" in line)


def _lines_in(texts: Iterable[str]) -> Iterator[Piece]:
    return (Piece(text) for text in texts if _SHORTEST <= len(text) <= _LONGEST)


def bears_mark(pieces: Iterable[Piece]) -> bool:
    """Whether a secrecy mark stands among the texts of a file."""
    body = _Body()
    return (
        any(is_marked_apart(piece.text) if piece.apart else body.takes(piece.text) for piece in pieces)
        or body.ends()
    )


@dataclass(slots=True)
class _Body:
    """Judges the lines of a document one by one: a mark may be broken up, a word over two lines is none."""

    count: int = 0
    before: str = ""
    letters: str = ""

    def takes(self, text: str) -> bool:
        """Take the next paragraph or cell; tell whether it, or letters that end before it, are a mark."""
        return any(self._line(line) for line in _APART.split(text))

    def ends(self) -> bool:
        """Tell whether the letters at the end are a mark."""
        return bool(self.letters) and is_stamp(self.letters)

    def _line(self, line: str) -> bool:
        line = line.strip()
        if not line:
            return False
        if len(line) == 1:
            self.letters += f"{line} " if line.isalpha() else ""
            return False
        spelt, self.letters = self.ends(), ""
        self.count += 1
        before, self.before = self.before, line
        return spelt or self._is_mark(line, before)

    def _is_mark(self, line: str, before: str) -> bool:
        if is_stamp(line):
            return before.casefold().rpartition(" ")[2] not in _BROKEN_WORDS
        if self.count > _HEAD or len(line) > _SHORT or _CITES.match(line):
            return False
        return is_marked(line) or (self.count <= _FIRST and as_read(line).strip(" .*[](){}-") == "Mật")
