"""Word, Excel and PDF files that bear a text in one place or another beside the document's own."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.header_footer import HeaderFooterItem
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.documents.making import make_docx, make_pdf, saved

TEXT = """UBND TỈNH HÀ KHÊ
Số: 12/KH-UBND
KẾ HOẠCH
Quảng bá chè Hà Khê năm 2026
III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở 02 lớp, bảo mật thông tin người học.
"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def _patched(data: bytes, part: str, content: bytes) -> bytes:
    """Return an archive with one part more, or changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


def _edge(which: str) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        document = Document()
        document.add_paragraph(TEXT)
        getattr(document.sections[0], which).paragraphs[0].text = text
        return saved(document)

    return made


def _edge_of_a_later_section(text: str) -> bytes:
    document = Document()
    document.add_paragraph(TEXT)
    footer = document.add_section().even_page_footer
    footer.is_linked_to_previous = False
    footer.add_table(1, 1, 400).cell(0, 0).text = text
    return saved(document)


def _drawn(xml: str) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        document = Document()
        document.add_paragraph(TEXT)
        document.paragraphs[0]._p.append(parse_xml(f"<w:r {_W} {_V}>{xml.format(text)}</w:r>"))
        return saved(document)

    return made


_BOX = (
    "<w:pict><v:rect><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></v:rect></w:pict>"
)
_WATERMARK = '<w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict>'


def _shape(text: str) -> bytes:
    part = f'<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d>'
    return _patched(make_docx(TEXT), "word/diagrams/data1.xml", part.encode())


def _comment(text: str) -> bytes:
    document = Document()
    run = document.add_paragraph(TEXT).runs[0]
    document.add_comment(run, text=text)
    return saved(document)


def _core(name: str) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        document = Document()
        document.add_paragraph(TEXT)
        setattr(document.core_properties, name, text)
        return saved(document)

    return made


def _split_over_runs(text: str) -> bytes:
    document = Document()
    document.add_paragraph(TEXT)
    paragraph = document.add_paragraph()
    for letter in text:
        paragraph.add_run(letter).bold = True
    return saved(document)


def _deep(text: str) -> bytes:
    return make_docx(TEXT + "- Mở lớp.\n" * 200 + text + "\n- Mở lớp.\n")


def _book(change: Callable[[Workbook, str], None]) -> Callable[[str], bytes]:
    def made(text: str) -> bytes:
        book, out = Workbook(), BytesIO()
        sheet = book.worksheets[0]
        for row in (["STT", "Đơn vị", "Nhiệm vụ"], ["1", "Sở Du lịch", "Mở lớp quảng bá chè"]):
            sheet.append(row)
        change(book, text)
        book.save(out)
        return out.getvalue()

    return made


def _titled(book: Workbook, text: str) -> None:
    book.worksheets[0].title = text


def _hidden(book: Workbook, text: str) -> None:
    sheet = book.create_sheet("2")
    sheet.sheet_state = "veryHidden"
    sheet["A1"] = text


def _far(book: Workbook, text: str) -> None:
    for number in range(100):
        book.worksheets[0].append([f"Nhiệm vụ {number}"])
    book.worksheets[0].cell(9_000, 300, text)


def _hidden_row(book: Workbook, text: str) -> None:
    book.worksheets[0]["C7"] = text
    book.worksheets[0].row_dimensions[7].hidden = True


def _printed(which: str) -> Callable[[Workbook, str], None]:
    def change(book: Workbook, text: str) -> None:
        edge: HeaderFooterItem = getattr(book.worksheets[0], which)
        edge.center.text, edge.center.font, edge.center.size = text, "Arial,Bold", 14
        edge.right.text = "&P"
        book.worksheets[0].HeaderFooter.differentOddEven = True
        book.worksheets[0].HeaderFooter.differentFirst = True

    return change


def _noted(book: Workbook, text: str) -> None:
    book.worksheets[0]["B2"].comment = Comment(text, "")


def _custom(book: Workbook, text: str) -> None:
    book.custom_doc_props.append(StringProperty(name="Mức độ", value=text))  # type: ignore[attr-defined]  # not in its types


def _pdf_objects(text: str, *, note: bool) -> bytes:
    """Return a PDF of one page with a title, or with a note, that says something."""
    encoded = "<" + ("\ufeff" + text).encode("utf-16-be").hex() + ">"
    page = make_pdf(TEXT)
    if note:
        box = f"<< /Type /Annot /Subtype /FreeText /Rect [50 50 200 90] /Contents {encoded} >>"
        return page.replace(b"/Contents ", f"/Annots [{box}] /Contents ".encode(), 1)
    info = f"99 0 obj\n<< /Subject {encoded} >>\nendobj\nxref\n".encode()
    return page.replace(b"xref\n", info, 1).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 99 0 R")


def _pdf_note(text: str) -> bytes:
    return _pdf_objects(text, note=True)


def _pdf_title(text: str) -> bytes:
    return _pdf_objects(text, note=False)


def _pdf_deep(text: str) -> bytes:
    return make_pdf(TEXT + "- Mở lớp.\n" * 200 + f"\n{text}\n\n- Mở lớp.\n")


def _caption(text: str) -> bytes:
    out, info = BytesIO(), PngInfo()
    info.add_itxt("Description", text)
    Image.new("RGB", (40, 30), "green").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def _exif(text: str) -> bytes:
    out, picture = BytesIO(), Image.new("RGB", (40, 30), "green")
    exif = picture.getexif()
    exif[0x9C9B] = text.encode("utf-16-le")
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


WORD: dict[str, Callable[[str], bytes]] = {
    **{which: _edge(which) for which in ("header", "footer", "first_page_header", "even_page_footer")},
    "a table in a later footer": _edge_of_a_later_section,
    "a text box": _drawn(_BOX),
    "a watermark": _drawn(_WATERMARK),
    "a shape": _shape,
    "a comment": _comment,
    "title": _core("title"),
    "keywords": _core("keywords"),
    "status": _core("content_status"),
    "runs": _split_over_runs,
    "far down": _deep,
}
EXCEL = {
    "a sheet's name": _book(_titled),
    "a hidden sheet": _book(_hidden),
    "a far cell": _book(_far),
    "a hidden row": _book(_hidden_row),
    "a print header": _book(_printed("oddHeader")),
    "an even print footer": _book(_printed("evenFooter")),
    "a first print header": _book(_printed("firstHeader")),
    "a note": _book(_noted),
    "a property": _book(_custom),
}
PDF = {"a note": _pdf_note, "a property": _pdf_title, "far down": _pdf_deep}
PICTURE = {"a caption": _caption, "a caption of Windows": _exif}


def grid(rows: int, columns: int) -> bytes:
    """Return a workbook full of figures."""
    book, out = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet("1")
    for row in range(rows):
        sheet.append([row * column for column in range(columns)])
    book.save(out)
    return out.getvalue()
