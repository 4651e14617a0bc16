"""Each kind of file: what its own programs write into it, and what is said of files that cannot be read."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image

from documents.reading import Unreadable, read_plan
from domain.deadlines import UNCERTAIN
from domain.organisation.register import Register
from tests.documents.making import Pages, make_docx, saved
from tests.documents.reading.test_layouts import HEAD

DUTIES = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch:\n- Chủ trì mở lớp.\n2. Sở Y tế:\n- Phối hợp cấp cứu.\n"


def refusal(data: bytes, name: str, register: Register) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_plan(data, name, register)
    return caught.value


def test_word_counts_repeated_and_restarted_numbers(register: Register) -> None:
    text = HEAD + DUTIES.replace("2. Sở Y tế", "1. Sở Y tế") + "II. KHÁC\n1. Hết.\n"
    plan = read_plan(make_docx(text), "ke-hoach.docx", register)
    assert [(duty.section, duty.unit) for duty in plan.duties] == [("I.1", "Sở Du lịch"), ("I.1", "Sở Y tế")]
    assert [part.section for part in plan.parts] == ["I", "I.1", "I.1", "II", "II.1"]


_DECIMAL = "<w:lvl w:ilvl='0'><w:start w:val='{}'/><w:numFmt w:val='{}'/><w:lvlText w:val='%1.'/></w:lvl>"
_STYLED = (
    "<w:abstractNum w:abstractNumId='950'><w:styleLink w:val='Muc'/>"
    f"{_DECIMAL.format(1, 'decimal')}</w:abstractNum>"
    "<w:abstractNum w:abstractNumId='951'><w:numStyleLink w:val='Muc'/></w:abstractNum>"
)
_OWN = (
    f"<w:abstractNum w:abstractNumId='951'>{_DECIMAL.format(1, 'lowerLetter')}</w:abstractNum>",
    f"<w:lvlOverride w:ilvl='0'>{_DECIMAL.format(1, 'decimal')}</w:lvlOverride>",
)


@pytest.mark.parametrize(("defined", "own"), [(_STYLED, ""), _OWN], ids=["by a style", "by its own levels"])
def test_a_list_is_numbered_by_the_style_or_the_levels_of_its_own(
    defined: str, own: str, register: Register
) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    num = f"<w:num w:numId='70'><w:abstractNumId w:val='951'/>{own}</w:num>"
    for element in parse_xml(f"<w:numbering {nsdecls('w')}>{defined}{num}</w:numbering>"):
        numbering.append(element)
    for line in f"{HEAD}{DUTIES}".splitlines():
        bare = line[3:] if line.startswith(("1. ", "2. ")) else line
        paragraph = document.add_paragraph(bare)
        if bare != line:
            numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = 0, 70
    plan = read_plan(saved(document), "a.docx", register)
    assert [(duty.section, duty.unit) for duty in plan.duties] == [("I.1", "Sở Du lịch"), ("I.2", "Sở Y tế")]


def test_headings_by_style_alone_are_counted(register: Register) -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("DU LỊCH NĂM 2024")
    document.add_heading("MỤC ĐÍCH", 1)
    document.add_paragraph("Đón khách.")
    document.add_heading("TỔ CHỨC THỰC HIỆN", 1)
    document.add_heading("Sở Du lịch", 2)
    document.add_paragraph("Chủ trì mở lớp.", "List Bullet")
    document.add_heading("Sở Y tế", 2)
    document.add_paragraph("Phối hợp cấp cứu.", "List Bullet")
    plan = read_plan(saved(document), "a.docx", register)
    assert [(d.section, d.unit, d.role, d.text) for d in plan.duties] == [
        ("II.1", "Sở Du lịch", "lead", "Chủ trì mở lớp."),
        ("II.2", "Sở Y tế", "support", "Phối hợp cấp cứu."),
    ]


def test_a_merged_cell_holds_for_each_of_its_rows(register: Register) -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    grid = document.add_table(3, 3)
    rows = [("TT", "Nội dung", "Cơ quan chủ trì"), ("1", "Mở lớp", "Sở Du lịch"), ("2", "In sách", "")]
    for row, cells in zip(rows, grid.rows, strict=True):
        for words, cell in zip(row, cells.cells, strict=True):
            cell.text = words
    grid.cell(1, 2).merge(grid.cell(2, 2))
    plan = read_plan(saved(document), "a.docx", register)
    assert [(a.text, a.lead) for a in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",)),
        ("In sách", ("Sở Du lịch",)),
    ]


def test_the_head_may_stand_in_a_table_and_bodies_each_in_a_paragraph(register: Register) -> None:
    document = Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\n-------\nSố: 41/KH-UBND"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Khê, ngày 07 tháng 3 năm 2024"
    document.add_paragraph("KẾ HOẠCH")
    grid = document.add_table(2, 4)
    for cell, words in zip(grid.rows[0].cells, ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp"), strict=True):
        cell.text = words
    for cell, words in zip(
        grid.rows[1].cells, ("1", "Mở lớp", "Sở Du lịch", "Sở Y tế\nCông an tỉnh"), strict=True
    ):
        cell.text = words
    plan = read_plan(saved(document), "a.docx", register)
    assert (plan.head.number, str(plan.head.issued_on)) == ("41/KH-UBND", "2024-03-07")
    assert plan.head.issuer == "UBND tỉnh Hà Khê"
    assert plan.activities[0].support == ("Sở Y tế", "Công an tỉnh")


def test_what_was_struck_out_and_page_headers_are_not_read(register: Register) -> None:
    data = make_docx(HEAD + DUTIES)
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    struck = "<w:del><w:r><w:delText>Sở Nội vụ mở lớp, </w:delText></w:r></w:del>"
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace(
        "<w:r><w:t>Chủ trì mở", f"{struck}<w:r><w:t>Chủ trì mở"
    ).encode()
    assert struck in parts["word/document.xml"].decode()
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert read_plan(out.getvalue(), "a.docx", register) == read_plan(data, "a.docx", register)


SHEET: list[list[str | int]] = [
    ["KẾ HOẠCH DU LỊCH NĂM 2024"],
    [],
    ["Thời hạn", "Cơ quan phối hợp", "Nhiệm vụ", "STT", "Cơ quan chủ trì"],
    ["Quý II/2024", "Sở Y tế; Công an tỉnh", "Mở lớp sơ cứu", 1, "Sở Du lịch"],
    ["", "", "Lắp biển chỉ dẫn", 2, "UBND các huyện, thành phố"],
    ["", "", "", "", ""],
]


def check(register: Register, data: bytes, name: str) -> None:
    plan = read_plan(data, name, register)
    assert [(a.section, a.text, a.lead, a.support, a.when) for a in plan.activities] == [
        ("Phụ lục.1", "Mở lớp sơ cứu", ("Sở Du lịch",), ("Sở Y tế", "Công an tỉnh"), "Quý II/2024"),
        ("Phụ lục.2", "Lắp biển chỉ dẫn", ("UBND các huyện, thành phố",), (), None),
    ]
    assert plan.head.title == "Kế hoạch du lịch năm 2024"


def test_a_workbook_has_a_duty_a_row_whatever_the_order_of_its_columns(register: Register) -> None:
    book = Workbook()
    for row in SHEET:
        book.worksheets[0].append(row)
    check(register, saved(book), "a.xlsx")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_parts_its_cells(mark: str, register: Register) -> None:
    text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in SHEET)
    check(register, ("\ufeff" + text).encode(), "A.CSV")


def test_text_saved_by_windows_programs_is_read(register: Register) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        data = (HEAD + DUTIES).replace("\n", "\r\n").encode(encoding)
        assert len(read_plan(data, "a.txt", register).duties) == 2


@pytest.mark.parametrize("name", ["a.doc", "a.jpg", "a.PNG", "a.odt", "a.exe", "a.pptx"])
def test_other_kinds_of_files_are_named_by_their_suffix(name: str, register: Register) -> None:
    error = refusal(b"abc", name, register)
    assert (error.reason, error.facts) == ("unsupported", {"suffix": name[name.index(".") :].lower()})


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf"])
@pytest.mark.parametrize("data", [b"this is no such file", b"PK\x03\x04 broken", b"%PDF-1.4 broken"])
def test_a_file_that_is_not_what_its_name_says_is_broken(name: str, data: bytes, register: Register) -> None:
    assert refusal(data, name, register).reason == "broken"


def test_text_in_no_known_letters_is_broken(register: Register) -> None:
    assert refusal("Kế hoạch".encode("utf-16-le") + b"\xff\xfe\xfd", "a.txt", register).reason == "broken"


def test_pages_without_text_are_a_scan(register: Register) -> None:
    assert refusal(Pages().file().replace(b"Tj", b"  "), "a.pdf", register).reason == "scanned"


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.csv"])
def test_an_empty_file_is_empty(name: str, register: Register) -> None:
    assert refusal(b" \n", name, register).reason == "empty"


def test_a_secrecy_mark_in_a_word_table_is_seen(register: Register) -> None:
    document = Document()
    document.add_table(1, 2).cell(0, 0).text = "UBND TỈNH HÀ KHÊ\nMẬT"
    document.add_paragraph("KẾ HOẠCH")
    assert refusal(saved(document), "a.docx", register).reason == "secret"


def _with_body(xml: str) -> bytes:
    """Return the sample as a Word file whose body ends with these elements."""
    document = Document(BytesIO(make_docx(HEAD + DUTIES)))
    names = " ".join(f'xmlns:{key}="{uri}"' for key, uri in nsmap.items())
    for element in parse_xml(f"<w:body {names}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


def _cell(text: str) -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_rows_in_content_controls_and_rows_that_begin_later_are_read(register: Register) -> None:
    head = f"<w:tr>{_cell('TT')}{_cell('Nội dung')}{_cell('Cơ quan chủ trì')}</w:tr>"
    row = f"<w:tr>{_cell('1')}{_cell('Mở lớp')}{_cell('Sở Du lịch')}</w:tr>"
    held = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    later = f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{_cell('In sách')}{_cell('Sở Y tế')}</w:tr>"
    plan = read_plan(_with_body(f"<w:tbl>{head}{held}{later}</w:tbl>"), "a.docx", register)
    assert [(a.text, a.lead) for a in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",)),
        ("In sách", ("Sở Y tế",)),
    ]


def test_hidden_text_is_left_out_and_equations_are_read(register: Register) -> None:
    line = (
        "<w:p><w:r><w:t>3. Sở Tư pháp:</w:t></w:r></w:p><w:p><w:r><w:t>- Chủ trì tập huấn</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> bí danh</w:t></w:r>"
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>"
        "<m:r><m:t> n=5</m:t></m:r></m:oMath><w:r><w:t>.</w:t></w:r></w:p>"
    )
    plan = read_plan(_with_body(line), "a.docx", register)
    assert [d.text for d in plan.duties if d.unit == "Sở Tư pháp"] == ["Chủ trì tập huấn n=5."]


def test_a_strict_word_file_is_read(register: Register) -> None:
    common, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    data, out = make_docx(HEAD + DUTIES), BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as changed:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", errors="surrogateescape")
            content = content.replace(f"{common}wordprocessingml/2006/", f"{strict}wordprocessingml/")
            content = content.replace(f"{common}officeDocument/2006/", f"{strict}officeDocument/")
            changed.writestr(name, content.encode("utf-8", errors="surrogateescape"))
    assert read_plan(out.getvalue(), "a.docx", register) == read_plan(data, "a.docx", register)


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_is_kept_and_makes_no_duty(kind: str, register: Register) -> None:
    note = "Số liệu do Sở Y tế cung cấp trước ngày 15/6/2024."
    document = Document(BytesIO(make_docx(HEAD + DUTIES + "Nơi nhận:\n- Như trên.\n")))
    held = f"<w:{kind} w:id='2'><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:{kind}>"
    xml = f"<w:{kind}s {nsdecls('w')}>{held}</w:{kind}s>"
    typed, related = (
        (CT.WML_FOOTNOTES, RT.FOOTNOTES) if kind == "footnote" else (CT.WML_ENDNOTES, RT.ENDNOTES)
    )
    part = Part(PackURI(f"/word/{kind}s.xml"), typed, xml.encode(), document.part.package)
    document.part.relate_to(part, related)
    plan = read_plan(saved(document), "a.docx", register)
    assert note in [passage.text for passage in plan.passages]
    assert len(plan.duties) == 2


def test_a_word_file_of_pictures_only_is_named_so(register: Register) -> None:
    document = Document()
    picture = BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    document.add_picture(picture)
    assert refusal(saved(document), "a.docx", register).reason == "pictures"


def test_a_file_under_a_password_is_named_so(register: Register) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked, "a.docx", register).reason == "locked"
    assert refusal(locked, "a.xlsx", register).reason == "locked"


def test_a_csv_names_its_delimiter(register: Register) -> None:
    text = "sep=;\nTT;Nội dung;Cơ quan chủ trì\n1;Mở lớp, in sách, đón khách, ký kết;Sở Du lịch\n"
    plan = read_plan(text.encode("utf-16"), "a.csv", register)
    assert [(a.text, a.lead) for a in plan.activities] == [
        ("Mở lớp, in sách, đón khách, ký kết", ("Sở Du lịch",))
    ]


def _workbook(*rows: Sequence[Any]) -> Any:
    """Return a workbook, its sheet with the head of a plan and a table of these rows."""
    book = Workbook()
    for row in [(HEAD,), ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"), *rows]:
        _sheet(book).append(row)
    return book


def _sheet(book: Any) -> Any:
    return book.active


def test_a_merged_cell_of_a_sheet_holds_for_each_of_its_rows(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "6/2024"), (2, "In sách", None, "7/2024"))
    _sheet(book).merge_cells("C3:C4")
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [(a.text, a.lead) for a in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",)),
        ("In sách", ("Sở Du lịch",)),
    ]


def test_a_date_of_a_sheet_is_read_as_it_is_shown(register: Register) -> None:
    book = _workbook(
        (1, "Mở lớp", "Sở Du lịch", date(2024, 6, 1)), (2, "In sách", "Sở Y tế", date(2024, 7, 9))
    )
    _sheet(book)["D3"].number_format = "mm/yyyy"
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [a.when for a in plan.activities] == ["06/2024", "09/07/2024"]


def test_a_formula_without_a_value_gives_a_question(register: Register) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "=EDATE(D2,1)"))
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [a.when for a in plan.activities] == [UNCERTAIN]


def test_two_tables_of_a_sheet_are_read_and_what_is_hidden_or_struck_is_asked_about(
    register: Register,
) -> None:
    book = _workbook((1, "Mở lớp", "Sở Du lịch", "6/2024"), (2, "In sách", "Sở Y tế", "7/2024"))
    _sheet(book).append(("TT", "Nhiệm vụ", "Đơn vị phối hợp", "Đơn vị chủ trì"))
    _sheet(book).append((1, "Đón khách", "Sở Y tế", "Sở Tư pháp"))
    _sheet(book).append((2, "Trồng cây", "Sở Y tế", "Sở Tư pháp"))
    _sheet(book).row_dimensions[4].hidden = True
    for cell in _sheet(book)[7]:
        cell.font = Font(strike=True)
    other = book.create_sheet("Cũ")
    other.append(["Ghi chú của năm trước"])
    other.sheet_state = "hidden"
    plan = read_plan(saved(book), "a.xlsx", register)
    assert [(a.text, a.lead) for a in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",)),
        ("Đón khách", ("Sở Tư pháp",)),
    ]
    assert [(passage.text, passage.why) for passage in plan.unread] == [
        ("2 In sách Sở Y tế 7/2024", "hidden"),
        ("2 Trồng cây Sở Y tế Sở Tư pháp", "struck"),
        ("Ghi chú của năm trước", "hidden"),
    ]


def test_a_table_pasted_with_tabs_into_word_is_a_table(register: Register) -> None:
    rows = (
        "TT\tNội dung\tĐơn vị chủ trì\tThời gian",
        "1\tDọn hồ\tSở Du lịch\tQuý I",
        "2\tTrồng cây\tSở Y tế\tQuý II",
    )
    document = Document()
    for line in (*HEAD.splitlines(), "II. NỘI DUNG", *rows):
        document.add_paragraph(line)
    plan = read_plan(saved(document), "a.docx", register)
    assert [(row.text, row.lead) for row in plan.activities] == [
        ("Dọn hồ", ("Sở Du lịch",)),
        ("Trồng cây", ("Sở Y tế",)),
    ]
