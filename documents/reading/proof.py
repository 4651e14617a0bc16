"""What a file that shows what was done really is, and whether it bears a secrecy mark.

Its name counts for nothing. Documents are looked at in a process of its own (see `limited_process`).
"""

import asyncio
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from documents.reading.archive import checked
from documents.reading.errors import Unreadable
from documents.reading.limited_process import answer_of
from documents.reading.safely import MOST_BYTES
from documents.reading.stamps import refuse_marked

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
    return str((await answer_of("evidence", data))["media_type"])


async def is_secret(data: bytes) -> bool:
    """Whether a file bears a secrecy mark, as far as it can be looked at: then it is not to be kept."""
    try:
        await look_at(data)
    except Unreadable as wrong:
        return wrong.reason == "secret"
    return False


def _verify(data: bytes, kind: str) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=[kind.partition("/")[2].upper()]) as picture:
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable("broken") from error
    refuse_marked(data, "")


def kind_in(data: bytes) -> dict[str, Any]:
    """Return the answer of the process: what a document is, after a look at its texts. Raises Unreadable."""
    if data.startswith(_ZIP):
        kind = _office(data)
    elif data.startswith(_OLE):
        kind = _old_office(data)
    else:
        kind = PDF
    refuse_marked(data, "")
    return {"media_type": kind}


def _office(data: bytes) -> str:
    """Tell Word from Excel by the list of types that such an archive bears."""
    checked(data)
    with ZipFile(BytesIO(data)) as archive:
        try:
            types = archive.read("[Content_Types].xml")
        except KeyError as error:
            raise Unreadable("unsupported", suffix="") from error
    kind = next((kind for kind, parts in _PARTS.items() if parts.search(types)), None)
    if kind is None:
        raise Unreadable("unsupported", suffix="")
    return kind


def _old_office(data: bytes) -> str:
    """Tell Word from Excel by the names of the streams."""
    for kind, names in _STREAMS.items():
        if any(name.encode("utf-16-le") in data for name in names):
            return kind
    raise Unreadable("unsupported", suffix="")
