"""Word and Excel files are zip archives of XML; these checks come before any library opens one."""

import re
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from documents.reading.errors import Unreadable

_MOST_BYTES = 150 * 2**20
_MOST_PARTS = 5_000
_MOST_ROWS = 20_000
_MOST_FILES, _MOST_UNPACKED = 100, 60 * 2**20
_ENCRYPTED_PART, _SAYS_UTF8 = 0x1, 0x800
_DIGITS = re.compile(r"(\d+)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT, _COMMON = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
_HEAD, _CHUNK = 4096, 2**20
_TYPES = "[Content_Types].xml"
_OTHER_TYPES = re.compile(
    rb"application/(?:vnd\.ms-(word|excel)\.(?:document|template|sheet)\.macroEnabled(?:Template)?"
    rb"|vnd\.openxmlformats-officedocument\.(wordprocessingml|spreadsheetml)\.template)\.main\+xml"
)
_WORD, _EXCEL = (
    b"application/vnd.openxmlformats-officedocument." + kind + b".main+xml"
    for kind in (b"wordprocessingml.document", b"spreadsheetml.sheet")
)
_MAIN_TYPES = {b"word": _WORD, b"wordprocessingml": _WORD, b"excel": _EXCEL, b"spreadsheetml": _EXCEL}


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


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """Return the files in a zip of files, each with its bare name, in the order of their names.

    What programs add for themselves is left out. Raises Unreadable: "broken", "too_big", "locked", "empty".
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not _is_by_the_way(part)]
            if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise Unreadable("too_big")
            if any(part.flag_bits & _ENCRYPTED_PART for part in parts):
                raise Unreadable("locked")
            files = [(_name_of(part), archive.read(part)) for part in parts]
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise Unreadable("broken") from error
    if not files:
        raise Unreadable("empty")
    return sorted(files, key=lambda file: [int(n) if n.isdigit() else n for n in _DIGITS.split(file[0])])


def _is_by_the_way(part: ZipInfo) -> bool:
    path = PurePosixPath(part.filename)
    return (
        part.is_dir() or path.name.startswith((".", "~$")) or "__MACOSX" in path.parts or path.suffix == ".db"
    )


def _name_of(part: ZipInfo) -> str:
    """The name of a file, which programs write in UTF-8 without saying so."""
    name = PurePosixPath(part.filename).name
    if part.flag_bits & _SAYS_UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def transitional(data: bytes) -> bytes:
    """Return an Office file with the names of Strict Open XML (ISO/IEC 29500) put into the common ones.

    A template, or a file with macros, is one without; the macros are never run.
    """
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        is_strict = any(_STRICT in archive.read(name) for name in names if name.endswith(".rels"))
        if not is_strict and not (_TYPES in names and _OTHER_TYPES.search(archive.read(_TYPES))):
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
    content = content.replace(_STRICT + b"officeDocument/", _COMMON + b"officeDocument/2006/")
    return _OTHER_TYPES.sub(lambda found: _MAIN_TYPES[found[1] or found[2]], content)


def _rows(archive: ZipFile, part: ZipInfo) -> int:
    """Count the rows of a sheet, as far as it matters, without parsing it."""
    count, end = 0, b""
    with archive.open(part) as opened:
        while count <= _MOST_ROWS and (chunk := opened.read(_CHUNK)):
            count += (end + chunk).count(b"<row") - end.count(b"<row")
            end = chunk[-3:]
    return count
