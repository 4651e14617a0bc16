"""Whether a file fetches something from elsewhere, or runs something, when it is opened.

Such a file is kept as evidence all the same: whoever opens it is told.
"""

import re
from html import unescape
from io import BytesIO
from zipfile import BadZipFile, ZipFile

_RELATIONS = ".rels"
_HYPERLINK = "/hyperlink"
"""The one relation to the outside that is only followed by whoever clicks it."""
_PARTS = re.compile(
    r"vbaproject\.bin$|(?:^|/)activex/|^xl/connections\.xml$|^xl/externallinks/", re.IGNORECASE
)
_FIELDS = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b\s")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"(\w+)\s*=\s*([\"'])(.*?)\2", re.DOTALL)
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_PDF_ACTIONS = re.compile(rb"/(?:JavaScript|Launch|GoToR|ImportData)\b")
_MOST = 20 * 2**20


def acts_when_opened(data: bytes) -> bool:
    """Tell whether a Word, Excel or PDF file loads something from outside or has a macro or script.

    The file must have passed `proof.look_at`: its archive is small enough to be looked through.
    """
    if data.startswith(b"PK\x03\x04"):
        try:
            with ZipFile(BytesIO(data)) as archive:
                return any(_acts(archive, name) for name in archive.namelist())
        except (BadZipFile, OSError, ValueError):
            return True  # what cannot be told is told of
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _MACROS in data
    return b"%PDF-" in data[:1024] and bool(_PDF_ACTIONS.search(data))


def _acts(archive: ZipFile, name: str) -> bool:
    if _PARTS.search(name):
        return True
    if name.endswith(_RELATIONS):
        return _reaches_out(_read(archive, name))
    return name.startswith("word/") and name.endswith(".xml") and _has_field(_read(archive, name))


def _read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_MOST)


def _reaches_out(relations: bytes) -> bool:
    utf16 = relations[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = relations.decode("utf-16" if utf16 else "utf-8", errors="replace")
    for relation in _RELATION.finditer(text):
        told = {found[1]: unescape(found[3]) for found in _ATTRIBUTE.finditer(relation[1])}
        if told.get("TargetMode", "").casefold() == "external" and not told.get("Type", "").endswith(
            _HYPERLINK
        ):
            return True
    return False


def _has_field(part: bytes) -> bool:
    """Whether a field loads something; Word may cut its name into runs."""
    told = re.findall(rb"<w:(?:instrText|fldSimple)\b[^>]*(?:>[^<]*|/>)", part)
    words = b"".join(re.sub(rb"^<w:instrText\b[^>]*>", b"", piece) for piece in told) + b" "
    return bool(_FIELDS.search(words.replace(b"&quot;", b' "').replace(b'w:instr="', b" ")))
