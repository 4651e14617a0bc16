"""Word and Excel files are zip archives of XML; these checks come before any library opens one."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from documents.reading.errors import Unreadable

_MOST_BYTES = 150 * 2**20
_MOST_PARTS = 5_000
_MOST_ROWS = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT, _COMMON = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_HEAD, _CHUNK = 4096, 2**20


def checked(data: bytes) -> bytes:
    """Return an archive that is safe to unpack: parts and sheets small enough, none with a document type.

    No Office program writes a document type; entity bombs need one. Raises Unreadable: "broken", "too_big",
    "locked" (a password protects it).
    """
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise Unreadable("locked")
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
    return data


def transitional(data: bytes) -> bytes:
    """Return an Office file with the names of Strict Open XML (ISO/IEC 29500) put into the common ones."""
    with ZipFile(BytesIO(data)) as archive:
        if not any(_STRICT in archive.read(name) for name in archive.namelist() if name.endswith(".rels")):
            return data
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as changed:
            for name in archive.namelist():
                content = archive.read(name)
                changed.writestr(name, _renamed(content) if name.endswith((".xml", ".rels")) else content)
    return out.getvalue()


def _renamed(content: bytes) -> bytes:
    for kind in (b"wordprocessingml", b"spreadsheetml", b"drawingml"):
        content = content.replace(_STRICT + kind + b"/", _COMMON + kind + b"/2006/")
    return content.replace(_STRICT + b"officeDocument/", _COMMON + b"officeDocument/2006/")


def _rows(archive: ZipFile, part: ZipInfo) -> int:
    """Count the rows of a sheet, as far as it matters, without parsing it."""
    count, end = 0, b""
    with archive.open(part) as opened:
        while count <= _MOST_ROWS and (chunk := opened.read(_CHUNK)):
            count += (end + chunk).count(b"<row") - end.count(b"<row")
            end = chunk[-3:]
    return count
