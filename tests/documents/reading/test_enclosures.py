"""What a file holds beside its text is asked about or read: pictures, attached files, drawn pages."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from docx import Document
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.drawing.image import Image as SheetPicture
from PIL import Image

from documents.reading import Unreadable, read_plan
from domain.organisation.register import Register
from tests.documents.making import make_pdf, saved
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD, ROWS, drawn, meant
from tests.documents.reading.test_word_layouts import paragraphs, word_file

WORD = word_file(paragraphs(HEAD) + paragraphs(DUTIES))
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OBJECT = (
    f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:r="{_KINDS}"'
    ' Type="Embed" ProgID="{0}" r:id="rId99"/></w:object></w:r></w:p>'
)
_DIAGRAM = (
    '<w:p><w:r><w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    f' xmlns:r="{_KINDS}" r:dm="rId99"/></w:drawing></w:r></w:p>'
)
_POINTS = '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:t>{}</a:t><a:t>{}</a:t></d>'


def holding(part: str, content: bytes, kind: str, body: str) -> bytes:
    """Return the Word file with another part that its last paragraph shows."""
    relation = f'<Relationship Id="rId99" Type="{_KINDS}/{kind}" Target="{part}"/></Relationships>'
    typed = f'<Override PartName="/word/{part}" ContentType="application/octet-stream"/></Types>'
    changes = {
        "word/_rels/document.xml.rels": ("</Relationships>", relation),
        "[Content_Types].xml": ("</Types>", typed),
        "word/document.xml": ("</w:body>", f"{body}</w:body>"),
    }
    return _changed(changes, {f"word/{part}": content})


def _changed(changes: Mapping[str, tuple[str, str]], added: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(WORD)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            was, becomes = changes.get(name, ("", ""))
            content = old.read(name)
            new.writestr(name, content.replace(was.encode(), becomes.encode()) if was else content)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def asked(data: bytes, name: str, register: Register) -> list[str]:
    plan = read_plan(data, name, register)
    assert len(plan.duties) == 2
    assert {passage.why for passage in plan.unread} <= {"enclosed"}
    return [passage.text for passage in plan.unread]


def picture(width: int = 400, height: int = 300) -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (width, height), "grey").save(made, "JPEG")
    made.seek(0)
    return made


@pytest.mark.parametrize(("wide", "expected"), [(16.0, ["image1.jpg"]), (5.0, [])])
def test_a_picture_as_large_as_a_table_is_asked_about(
    wide: float, expected: list[str], register: Register
) -> None:
    document = Document(BytesIO(WORD))
    document.add_picture(picture(), width=Cm(wide))
    assert asked(saved(document), "a.docx", register) == expected


@pytest.mark.parametrize(("program", "expected"), [("Excel.Sheet.12", ["bang.xlsx"]), ("Equation.DSMT4", [])])
def test_a_sheet_in_a_word_file_is_asked_about(program: str, expected: list[str], register: Register) -> None:
    held = holding("embeddings/bang.xlsx", b"PK", "package", _OBJECT.format(program))
    assert asked(held, "a.docx", register) == expected


_SPREADSHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_BOX = (
    f'<xdr:wsDr xmlns:xdr="{_SPREADSHEET}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    "<xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>2. Sở Y tế:</a:t></a:r></a:p>"
    "<a:p><a:r><a:t>mở </a:t></a:r><a:r><a:t>lớp</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
    "</xdr:wsDr>"
)


def sheet(part: str = "", content: str = "", pixels: tuple[int, int] = (40, 30)) -> bytes:
    """Return a sheet that hands out work, with a picture on it and maybe with another part."""
    book: Any = Workbook()
    for row in [*([line] for line in HEAD), *ROWS]:
        book.active.append(row)
    book.active.add_image(SheetPicture(picture(*pixels)), "H2")
    out = BytesIO()
    with ZipFile(BytesIO(saved(book))) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        if part:
            new.writestr(f"xl/{part}", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sheet(), []),
        (sheet(pixels=(900, 500)), ["Image 1"]),
        (sheet("drawings/drawing7.xml", _BOX), ["2. Sở Y tế:; mở lớp"]),
        (sheet("diagrams/data1.xml", _BOX), ["2. Sở Y tế:; mở lớp"]),
        (sheet("embeddings/ke-hoach.docx", "PK"), ["ke-hoach.docx"]),
    ],
    ids=["a small picture", "a large picture", "a text box", "a drawing made of boxes", "another file"],
)
def test_what_lies_on_a_sheet_is_asked_about(data: bytes, expected: list[str], register: Register) -> None:
    plan = read_plan(data, "a.xlsx", register)
    assert len(plan.activities) == 3
    assert [(passage.why, passage.text) for passage in plan.unread] == [
        ("enclosed", text) for text in expected
    ]


def test_another_file_put_into_a_word_file_is_asked_about(register: Register) -> None:
    chunk = f'<w:altChunk xmlns:r="{_KINDS}" r:id="rId99"/>'
    assert asked(holding("phan2.html", b"<p>1</p>", "aFChunk", chunk), "a.docx", register) == ["phan2.html"]


def test_the_words_of_a_drawing_made_of_boxes_are_asked_about(register: Register) -> None:
    points = _POINTS.format("Sở Y tế", "Mở 05 lớp").encode()
    held = holding("diagrams/data1.xml", points, "diagramData", _DIAGRAM)
    assert asked(held, "a.docx", register) == ["Sở Y tế; Mở 05 lớp"]


def pdf_with(*pictures: tuple[float, float, float, float], text: str = "", attached: str = "") -> bytes:
    """Return a PDF of the text and, behind it, a page of pictures, each given by its place and size."""
    document = pdfium.PdfDocument(make_pdf(text)) if text else pdfium.PdfDocument.new()
    for at, (left, bottom, wide, high) in enumerate(pictures):
        page = document[len(document) - 1] if at else document.new_page(595, 842)
        placed = pdfium.PdfImage.new(document)
        placed.load_jpeg(picture())
        placed.set_matrix(pdfium.PdfMatrix().scale(wide, high).translate(left, bottom))
        page.insert_obj(placed)
        page.gen_content()
    if attached:
        document.new_attachment(attached).set_data(b"PK")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


PLAN = "\n".join((*HEAD, "I. MỤC ĐÍCH", "Phát triển du lịch làng nghề của tỉnh trong năm 2026.", *DUTIES))


@pytest.mark.parametrize(
    "places",
    [
        [(0, 842 * at / 5, 595, 842 / 5) for at in range(5)],
        [(40, 500, 500, 250)],
    ],
    ids=["strips", "a picture on part of the page"],
)
def test_a_page_of_pictures_among_pages_of_text_is_a_scan(
    places: list[tuple[float, float, float, float]], register: Register
) -> None:
    with pytest.raises(Unreadable) as caught:
        read_plan(pdf_with(*places, text=PLAN), "a.pdf", register)
    assert caught.value.reason == "scanned"


def test_a_page_whose_letters_are_drawn_as_curves_is_a_scan(register: Register) -> None:
    pages = drawn()
    pages._open()
    curve = (
        "q 1 0 0 1 {0} {1} cm 0 0 m 1 2 3 4 5 0 c 6 1 7 2 8 3 c 7 2 6 1 5 0 c 4 1 3 2 2 3 c 1 2 1 1 0 0 c f Q"
    )
    pages.streams[-1] += [curve.format(60 + at % 40 * 12, 700 - at // 40 * 20) for at in range(400)]
    with pytest.raises(Unreadable) as caught:
        read_plan(pages.file(), "a.pdf", register)
    assert caught.value.reason == "scanned"


def test_a_picture_on_a_page_of_text_is_asked_about(register: Register) -> None:
    document = pdfium.PdfDocument(make_pdf(PLAN))
    placed = pdfium.PdfImage.new(document)
    placed.load_jpeg(picture())
    placed.set_matrix(pdfium.PdfMatrix().scale(400, 300).translate(60, 100))
    page = document[0]
    page.insert_obj(placed)
    page.gen_content()
    made = BytesIO()
    document.save(made)
    assert asked(made.getvalue(), "a.pdf", register) == ["tr. 1"]


def test_a_file_attached_to_a_pdf_is_asked_about(register: Register) -> None:
    assert asked(pdf_with(text=PLAN, attached="Phụ lục.xlsx"), "a.pdf", register) == ["Phụ lục.xlsx"]


def test_a_cover_for_attached_files_is_named_so(register: Register) -> None:
    cover = "Vui lòng mở tệp này bằng chương trình xem PDF để thấy các tài liệu trong danh mục."
    with pytest.raises(Unreadable) as caught:
        read_plan(pdf_with(text=cover, attached="kế hoạch.docx"), "a.pdf", register)
    assert caught.value.reason == "enclosed"


def test_a_watermark_across_a_page_is_no_text(register: Register) -> None:
    pages = drawn()
    codes = "".join(f"{ord(letter):04X}" for letter in "DỰ THẢO LẦN 3")
    pages.streams[0].insert(0, f"q 0.8 g BT /F1 60 Tf 0.7 0.7 -0.7 0.7 120 250 Tm <{codes}> Tj ET Q")
    plan = read_plan(pages.file(), "a.pdf", register)
    assert (plan.activities, plan.head) == (meant(register).activities, meant(register).head)
