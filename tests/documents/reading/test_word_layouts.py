"""Word files as offices leave them: tracked changes, struck text, tables in cells, boxes and frames."""

from collections.abc import Sequence
from html import escape

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from documents.reading import read_plan, read_text
from domain.organisation.register import Register
from tests.documents.making import saved
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD, ROWS, check, meant

_NAMES = {**nsmap, "v": "urn:schemas-microsoft-com:vml"}
_BY = "w:id='1' w:author='a' w:date='2026-01-01T00:00:00Z'"
_GONE = f"<w:trPr><w:del {_BY}/></w:trPr>"


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{escape(words)}</w:t></w:r>"


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p>{run(words, properties)}</w:p>"


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(map(paragraph, lines))


def row(cells: Sequence[str], properties: str = "") -> str:
    held = (cell if cell.startswith("<w:") else paragraph(cell) for cell in cells)
    return f"<w:tr>{properties}{''.join(f'<w:tc>{cell}</w:tc>' for cell in held)}</w:tr>"


def table(rows: Sequence[str | Sequence[str]]) -> str:
    return f"<w:tbl>{''.join(each if isinstance(each, str) else row(each) for each in rows)}</w:tbl>"


def box(xml: str) -> str:
    shape = f"<w:pict><v:shape><v:textbox><w:txbxContent>{xml}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f"<w:p><w:r>{shape}</w:r></w:p>"


def word_file(xml: str) -> bytes:
    """Return a Word file with this body."""
    document = Document()
    names = " ".join(f'xmlns:{key}="{uri}"' for key, uri in _NAMES.items())
    for element in parse_xml(f"<w:body {names}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return saved(document)


PLAIN, BELOW = table(ROWS), paragraphs(DUTIES)
DELETED = row(["9", "Việc đã bỏ", "Sở Y tế", "Sở Du lịch", "Quý I/2026"], _GONE)
MOVED = f"<w:p><w:moveFrom {_BY}>{run(DUTIES[2])}</w:moveFrom></w:p>"
LAYOUTS = {
    "a deleted row": table([*ROWS[:2], DELETED, *ROWS[2:]]) + BELOW,
    "a moved paragraph": PLAIN + MOVED + BELOW,
    "titles over cells in a cell": table(
        [
            ["TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"],
            *(
                [a, b, table([["Chủ trì", "Phối hợp"], [c, d]]) + paragraph(""), e]
                for a, b, c, d, e in ROWS[1:]
            ),
        ]
    )
    + BELOW,
    "titles beside cells in a cell": table(
        [
            ["TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"],
            *(
                [a, b, table([["Chủ trì", c], ["Phối hợp", d]]) + paragraph(""), e]
                for a, b, c, d, e in ROWS[1:]
            ),
        ]
    )
    + BELOW,
    "a split table": table(ROWS[:2]) + paragraph("") + table(ROWS[2:]) + BELOW,
    "a caption between": table(ROWS[:2]) + paragraph("B. MỞ RỘNG") + table(ROWS[2:]) + BELOW,
    "a table in a box": box(PLAIN + paragraph("")) + BELOW,
    "a table in a frame": table([[PLAIN + BELOW]]),
    "a table in a frame of two columns": table([[PLAIN + paragraph(""), paragraphs(DUTIES)]]),
    "a deleted box": PLAIN + BELOW + f"<w:p><w:del {_BY}>{box(paragraphs(DUTIES))[5:-6]}</w:del></w:p>",
    "text in a box": PLAIN + box(BELOW),
    "page breaks": PLAIN + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>" * 5 + BELOW,
    "signs for bullets": PLAIN
    + BELOW.replace("<w:t xml:space='preserve'>- ", "<w:sym w:font='Wingdings' w:char='F0D8'/><w:t> "),
    "capitals by format": PLAIN + paragraph("III. Tổ chức thực hiện", "<w:caps/>") + paragraphs(DUTIES[1:]),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_word_file_says_what_its_text_says(name: str, register: Register) -> None:
    plan = read_plan(word_file(paragraphs(HEAD) + LAYOUTS[name]), "a.docx", register)
    expected = meant(register)
    assert plan.head == expected.head
    assert [(duty.unit, duty.role, duty.text) for duty in plan.duties] == [
        (duty.unit, duty.role, duty.text) for duty in expected.duties
    ]
    assert [(a.text, a.lead, a.support, a.when) for a in plan.activities] == [
        (a.text, a.lead, a.support, a.when) for a in expected.activities
    ]
    assert [rule.due for rule in plan.reports] == [rule.due for rule in expected.reports]
    assert plan.unread == ()


def test_struck_text_is_asked_about(register: Register) -> None:
    struck = "<w:strike/>"
    cell = f"<w:p>{run('Quý I/2026', struck)}{run('Quý II/2026')}</w:p>"
    rows = [ROWS[0], [*ROWS[1][:4], cell], *ROWS[2:]]
    body = table(rows) + paragraphs(DUTIES[:3]) + paragraph("- Chủ trì mở hội thi.", struck)
    plan = read_plan(word_file(paragraphs(HEAD) + body + paragraphs(DUTIES[3:])), "a.docx", register)
    assert [(passage.text, passage.why) for passage in plan.unread] == [
        ("Quý I/2026", "struck"),
        ("- Chủ trì mở hội thi.", "struck"),
    ]
    assert plan.activities[0].when == "Quý II/2026"
    assert [duty.text for duty in plan.duties] == [duty.text for duty in meant(register).duties]


def test_a_title_typed_letter_by_letter_is_one(register: Register) -> None:
    for title in ("K Ế   H O Ạ C H", "K Ế H O Ạ C H"):
        text = "\n".join((*HEAD, *("\t".join(cells) for cells in ROWS), *DUTIES)).replace(
            "KẾ HOẠCH", title, 1
        )
        check(read_text(text, register), meant(register))


def test_signs_within_a_text_are_kept(register: Register) -> None:
    sign = "<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>"
    line = f"<w:p>{run('- Bảo đảm tỷ lệ ')}{sign}{run(' 80% người dân được tập huấn.')}</w:p>"
    plan = read_plan(word_file(paragraphs((*HEAD, *DUTIES)) + line), "a.docx", register)
    assert "Bảo đảm tỷ lệ ≥ 80% người dân được tập huấn." in [duty.text for duty in plan.duties]


def test_a_heading_said_again_within_a_table_is_no_row(register: Register) -> None:
    body = table([*ROWS[:2], ROWS[0], *ROWS[2:]]) + paragraphs(DUTIES)
    plan = read_plan(word_file(paragraphs(HEAD) + body), "a.docx", register)
    assert [a.text for a in plan.activities] == [a.text for a in meant(register).activities]
    assert plan.unread == ()


def sdt(xml: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>"


_BEGIN, _PART, _END = (
    f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")
)
_FIVE = run("05")
WITHIN = {
    "a content control": sdt(_FIVE),
    "tracked changes": f"<w:del {_BY}><w:r><w:delText>02</w:delText></w:r></w:del>"
    f"<w:ins {_BY}>{_FIVE}</w:ins>",
    "a simple field": f"<w:fldSimple w:instr='MERGEFIELD so'>{_FIVE}</w:fldSimple>",
    "a field": f"{_BEGIN}<w:r><w:instrText> REF so </w:instrText></w:r>{_PART}{_FIVE}{_END}",
    "a field in a field's code": f"{_BEGIN}{_BEGIN}{_PART}{run('99')}{_END}"
    f"<w:r><w:instrText> = 1 </w:instrText></w:r>{_PART}{_FIVE}{_END}",
    "a field that does not end": f"{_FIVE}{_BEGIN}",
    "a link": f"<w:hyperlink w:anchor='a'>{_FIVE}</w:hyperlink>",
    "a smart tag": f"<w:smartTag w:element='so'>{_FIVE}</w:smartTag>",
    "a page break": f"<w:r><w:lastRenderedPageBreak/></w:r>{_FIVE}",
    "a comment": f"<w:commentRangeStart w:id='0'/>{_FIVE}<w:commentRangeEnd w:id='0'/>"
    "<w:r><w:commentReference w:id='0'/></w:r>",
    "hidden text": run("nhiều", "<w:vanish/>") + _FIVE,
}


@pytest.mark.parametrize("name", WITHIN)
def test_what_stands_within_a_line_is_read_as_it_is_shown(name: str, register: Register) -> None:
    line = f"<w:p>{run('- Chủ trì mở ')}{WITHIN[name]}{run(' lớp trước ngày 30/6/2026.')}</w:p>"
    plan = read_plan(word_file(paragraphs((*HEAD, *DUTIES[:2])) + line), "a.docx", register)
    assert [duty.text for duty in plan.duties] == ["Chủ trì mở 05 lớp trước ngày 30/6/2026."]


def test_a_paragraph_whose_end_was_deleted_goes_on(register: Register) -> None:
    deleted = f"<w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>"
    gone = f"<w:p>{deleted}<w:del {_BY}><w:r><w:delText>3. Sở Y tế</w:delText></w:r></w:del></w:p>"
    parts = (
        f"<w:p>{deleted}{run('- Chủ trì mở 05 lớp. ')}</w:p>{paragraph('Hoàn thành trước ngày 30/6/2026.')}"
    )
    plan = read_plan(
        word_file(paragraphs((*HEAD, *DUTIES[:2])) + gone + parts + paragraph("- Dọn hồ.")),
        "a.docx",
        register,
    )
    assert [duty.text for duty in plan.duties] == [
        "Chủ trì mở 05 lớp. Hoàn thành trước ngày 30/6/2026.",
        "Dọn hồ.",
    ]


ALTERNATE = (
    "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='wps'><w:drawing><wps:txbx "
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>{0}</wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)
ROW_PARTED = f"<w:p>{run('Khảo sát, lập ')}</w:p><w:p><w:r><w:br w:type='page'/></w:r>{run('danh mục')}</w:p>"
SHAPES = {
    "cells in content controls": table(
        [ROWS[0], f"<w:tr>{''.join(sdt(f'<w:tc>{paragraph(cell)}</w:tc>') for cell in ROWS[1])}</w:tr>"]
    ),
    "rows in content controls": sdt(table([ROWS[0], sdt(row(ROWS[1]))])),
    "a page break in a row": table([ROWS[0], [ROWS[1][0], ROW_PARTED, *ROWS[1][2:]]]),
    "cells merged the old way": table(
        [
            ROWS[0],
            [
                f"<w:tcPr><w:hMerge w:val='restart'/></w:tcPr>{paragraph('I. LÀNG NGHỀ')}",
                *[f"<w:tcPr><w:hMerge/></w:tcPr>{paragraph('')}"] * 4,
            ],
            ROWS[1],
        ]
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_is_read_whatever_its_cells_are_held_in(name: str, register: Register) -> None:
    plan = read_plan(word_file(paragraphs(HEAD) + SHAPES[name] + BELOW), "a.docx", register)
    (activity,) = plan.activities
    assert (activity.lead, activity.support, activity.when) == (
        ("Sở Du lịch",),
        ("Sở Công Thương",),
        "Quý II/2026",
    )
    assert activity.text.startswith("Khảo sát, lập danh mục")


def test_a_shape_that_is_given_for_older_programs_too_is_read_once(register: Register) -> None:
    held = ALTERNATE.format(f"<w:txbxContent>{BELOW}</w:txbxContent>")
    plan = read_plan(word_file(f"{paragraphs(HEAD)}<w:p><w:r>{held}</w:r></w:p>"), "a.docx", register)
    expected = [(duty.unit, duty.text) for duty in meant(register).duties]
    assert [(duty.unit, duty.text) for duty in plan.duties] == expected
