"""Word and Excel files are zip archives of XML; these checks come before any library opens one."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from documents.reading.errors import Unreadable

_MOST_BYTES = 150 * 2**20
_MOST_PARTS = 5_000
_HEAD = 4096


def checked(data: bytes) -> None:
    """Pass an archive that is safe to unpack: its parts small enough together, none with a document type.

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
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("broken") from error
