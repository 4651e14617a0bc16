"""What a file that shows what was done really is, and whether it bears a secrecy mark.

Its name counts for nothing. Documents are looked at in a process of its own (see `safely`).
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice

from documents.reading.errors import Unreadable
from documents.reading.safely import MOST_BYTES, answer_of, answering

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOC, XLS = "application/msword", "application/vnd.ms-excel"

_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
_PARTS = {
    DOCX: re.compile(rb"wordprocessingml\.(?:document|template)|ms-word\.document\.macroEnabled"),
    XLSX: re.compile(rb"spreadsheetml\.(?:sheet|template)|ms-excel\.sheet\.macroEnabled"),
}
_STREAMS = {DOC: ("WordDocument",), XLS: ("Workbook", "Book")}
_PDF_WITHIN = 1024
_LINES, _PAGES, _COLUMNS = 60, 2, 30
_CONTROL = re.compile(r"[\x00-\x1f]+")


async def look_at(data: bytes) -> str:
    """Return the media type of a picture (JPEG, PNG), PDF, Word or Excel file, told by its content.

    Raises Unreadable: "empty", "too_big", "unsupported", "broken", "secret".
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    picture = next((kind for magic, kind in _PICTURES.items() if data.startswith(magic)), None)
    if picture is not None:
        await asyncio.to_thread(_verify, data, picture)
        return picture
    if _PDF not in data[:_PDF_WITHIN] and not data.startswith((_ZIP, _OLE)):
        raise Unreadable("unsupported", suffix="")
    return str((await answer_of(__name__, "", data))["media_type"])


def _verify(data: bytes, kind: str) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=[kind.partition("/")[2].upper()]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable("broken") from error


def _document(data: bytes) -> str:
    """Return what a document is, after a look at its head. Raises Unreadable."""
    from documents.reading.head import secrecy_mark

    if data.startswith(_ZIP):
        kind, lines = _office(data)
    elif data.startswith(_OLE):
        kind, lines = _old_office(data)
    else:
        kind, lines = PDF, list(islice(_pdf(data), _LINES))
    if mark := secrecy_mark(lines):
        raise Unreadable("secret", mark=mark)
    return kind


def _office(data: bytes) -> tuple[str, list[str]]:
    from zipfile import ZipFile

    from documents.reading.archive import checked

    checked(data)
    with ZipFile(BytesIO(data)) as archive:
        try:
            types = archive.read("[Content_Types].xml")
        except KeyError as error:
            raise Unreadable("unsupported", suffix="") from error
    kind = next((kind for kind, parts in _PARTS.items() if parts.search(types)), None)
    if kind is None:
        raise Unreadable("unsupported", suffix="")
    return kind, list(islice(_HEADS[kind](data), _LINES))


def _docx(data: bytes) -> Iterator[str]:
    """The lines of a Word file, those of its page headers first: a mark may be stamped there."""
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    from documents.reading.docx_file import W

    try:
        document = Document(BytesIO(data))
        headers = [p.text for section in document.sections for p in section.header.paragraphs]
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable("broken") from error
    yield from (text for text in headers if text.strip())
    for paragraph in document.element.body.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{W}t"))
        if text.strip():
            yield text


def _xlsx(data: bytes) -> Iterator[str]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Unreadable("broken") from error
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=_LINES, max_col=_COLUMNS, values_only=True):
            yield from (str(cell) for cell in row if cell is not None)


def _pdf(data: bytes) -> Iterator[str]:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

    try:
        with pdfium.PdfDocument(data) as document:
            for page in islice(document, _PAGES):
                text = page.get_textpage()
                yield from filter(str.strip, text.get_text_bounded().splitlines())
                text.close()
    except pdfium.PdfiumError as error:
        raise Unreadable("broken") from error


def _old_office(data: bytes) -> tuple[str, list[str]]:
    """Tell Word from Excel by the names of the streams; their Vietnamese text stands there in UTF-16.

    Which of it is the head cannot be told, so that all of it is looked at.
    """
    from documents.reading.head import secrecy_mark

    kind = next(
        (k for k, names in _STREAMS.items() if any(name.encode("utf-16-le") in data for name in names)), None
    )
    if kind is None:
        raise Unreadable("unsupported", suffix="")
    for start in (0, 1):
        for line in _CONTROL.split(data[start:].decode("utf-16-le", errors="ignore")):
            if mark := secrecy_mark([line]):
                raise Unreadable("secret", mark=mark)
    return kind, []


_HEADS: dict[str, Callable[[bytes], Iterator[str]]] = {DOCX: _docx, XLSX: _xlsx}


if __name__ == "__main__":
    answering(lambda data: {"media_type": _document(data)})
