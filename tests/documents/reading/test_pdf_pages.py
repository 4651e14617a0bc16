"""What the pages of a PDF hold beside plain lines: several tables, broken rows, comments, passwords."""

from io import BytesIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types
import pytest

from documents.reading import Unreadable, read_plan
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.making import Pages
from tests.documents.reading.test_pdf_layouts import DUTIES, HEAD, ROWS, drawn, meant

OTHER = [["TT", "Nhiệm vụ", "Thời gian", "Cơ quan chủ trì"], ["1", "In sách", "Quý IV/2026", "Sở Y tế"]]
RULES: list[dict[str, bool]] = [{}, {"upright": False}]


def words(plan: Plan) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(each.text, each.lead, each.when) for each in plan.activities]


@pytest.mark.parametrize("between", [True, False])
@pytest.mark.parametrize("rules", RULES)
def test_two_tables_on_a_page_are_two(rules: dict[str, bool], between: bool, register: Register) -> None:
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    pages.table(ROWS[:2], **rules)
    if between:
        pages.paragraph("B. CÁC NHIỆM VỤ KHÁC")
    pages.table(OTHER, **rules)
    for line in DUTIES:
        pages.paragraph(line)
    plan = read_plan(pages.file(), "a.pdf", register)
    assert words(plan) == [
        ("Khảo sát, lập danh mục các làng nghề đón khách", ("Sở Du lịch",), "Quý II/2026"),
        ("In sách", ("Sở Y tế",), "Quý IV/2026"),
    ]
    assert plan.unread == ()


@pytest.mark.parametrize("rules", RULES)
def test_a_row_that_is_broken_over_pages_is_one(rules: dict[str, bool], register: Register) -> None:
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    number, text, *others = ROWS[2]
    first, rest = text[: text.index("thuyết")].strip(), text[text.index("thuyết") :]
    pages.table([*ROWS[:2], [number, first, *others]], **rules)
    pages._open()
    pages.y -= 10
    pages.table([["", rest, "", "", ""], ROWS[3]], **rules)
    for line in DUTIES:
        pages.paragraph(line)
    plan = read_plan(pages.file(), "a.pdf", register)
    assert words(plan) == words(meant(register))
    assert plan.unread == ()


def test_a_comment_on_a_page_is_no_text(register: Register) -> None:
    pages = drawn()
    says = ("\ufeff" + "3. Sở Y tế chủ trì mở 09 lớp trước ngày 30/9/2026.").encode("utf-16-be").hex()
    whole = pages.file()
    note = f"/Annots [<< /Type /Annot /Subtype /Text /Rect [70 90 90 110] /Contents <{says}> >>]"
    noted = whole.replace(b"/Resources << /Font", f"{note} /Resources << /Font".encode(), 1)
    document = pdfium.PdfDocument(noted)
    assert raw.FPDFPage_GetAnnotCount(document[0].raw) == 1
    out = BytesIO()
    document.save(out)
    assert read_plan(out.getvalue(), "a.pdf", register) == read_plan(whole, "a.pdf", register)


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<01><01>]/Size 4>>\n%%EOF"
)


def test_a_pdf_under_a_password_is_named_so(register: Register) -> None:
    with pytest.raises(Unreadable) as caught:
        read_plan(LOCKED, "a.pdf", register)
    assert caught.value.reason == "locked"


def test_a_mark_that_lies_across_a_page_is_seen(register: Register) -> None:
    pages = drawn()
    codes = "".join(f"{ord(letter):04X}" for letter in "TỐI MẬT")
    pages.streams[0].insert(0, f"q BT /F1 60 Tf 0.7 0.7 -0.7 0.7 120 250 Tm <{codes}> Tj ET Q")
    with pytest.raises(Unreadable) as caught:
        read_plan(pages.file(), "a.pdf", register)
    assert caught.value.reason == "secret"
