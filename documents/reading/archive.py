"""Word and Excel files are zip archives of XML; these checks come before any library opens one."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from documents.reading.errors import Unreadable

_MOST_BYTES = 150 * 2**20
_MOST_PARTS = 5_000
_MOST_ROWS = 20_000
_HEAD, _CHUNK = 4096, 2**20


def checked(data: bytes) -> None:
    """Pass an archive that is safe to unpack: parts and sheets small enough, none with a document type.

    No Office program writes a document type; entity bombs need one. Raises Unreadable: "broken", "too_big".
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
                raise Unreadable("too_big")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(_HEAD).replace(b"\0", b""):
                            raise Unreadable("broken")
                if part.filename.startswith("xl/worksheets/") and _rows(archive, part) > _MOST_ROWS:
                    raise Unreadable("too_big")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("broken") from error


def _rows(archive: ZipFile, part: ZipInfo) -> int:
    """Count the rows of a sheet, as far as it matters, without parsing it."""
    count, end = 0, b""
    with archive.open(part) as opened:
        while count <= _MOST_ROWS and (chunk := opened.read(_CHUNK)):
            count += (end + chunk).count(b"<row") - end.count(b"<row")
            end = chunk[-3:]
    return count
