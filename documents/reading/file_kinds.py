"""What kind of file it is by its content: offices rename files, and programs give them other names."""

import re
from typing import Final

_WITHIN: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODF: Final = b"mimetypeapplication/vnd.oasis.opendocument."
_ODF_AT: Final = 30
_PARTS: Final = {b"word/document.xml": ".docx", b"xl/workbook": ".xlsx", b"ppt/presentation.xml": ".pptx"}
_STREAMS: Final = {
    "WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "EncryptedPackage": ".docx",
}  # fmt: skip
_STARTS: Final = {
    b"{\\rtf": ".rtf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png",
    b"II*\0": ".tif", b"MM\0*": ".tif",
}  # fmt: skip
_HTML: Final = re.compile(
    rb"(?i)(?:\xef\xbb\xbf|\xff\xfe)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b"
)
_TOLD: Final = frozenset((
    "", ".txt", ".doc", ".docx", ".docm", ".dot", ".dotx", ".dotm", ".rtf", ".odt", ".wps", ".xls",
    ".xlsx", ".xlsm", ".xlt", ".xltx", ".xltm", ".ods", ".et", ".csv", ".pdf", ".htm", ".html", ".jpg",
    ".jpeg", ".jfif", ".png", ".tif", ".tiff",
))  # fmt: skip
"""Names of documents; what is named otherwise is taken for what its name says."""


def suffix_of(data: bytes, named: str) -> str:
    """Return the suffix that a file should bear, `named` where its content tells nothing else."""
    return (_told_by(data, named) or named) if named in _TOLD else named


def _told_by(data: bytes, named: str) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if data.startswith(_OLE):
        found = [suffix for name, suffix in _STREAMS.items() if f"{name}\0".encode("utf-16-le") in data]
        return named if named in found else next(iter(found), None)
    if b"%PDF-" in data[:_WITHIN]:
        return ".pdf"
    if _HTML.match(data[:_WITHIN].replace(b"\0", b"")):
        return ".html"
    return next((suffix for start, suffix in _STARTS.items() if data.startswith(start)), None)


def _of_archive(data: bytes) -> str | None:
    """Tell by the last names in an archive: its list stands at its end, that of one within it before."""
    if data.startswith(_ODF, _ODF_AT):
        kind = data[_ODF_AT + len(_ODF) :][:11]
        return ".odt" if kind.startswith(b"text") else ".ods" if kind == b"spreadsheet" else None
    last = {data.rfind(part): suffix for part, suffix in _PARTS.items()}
    return last[max(last)] if max(last) >= 0 else None
