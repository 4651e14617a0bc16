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
