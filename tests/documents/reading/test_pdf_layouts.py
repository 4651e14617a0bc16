"""PDF files whose tables lack rules or whose pages lie sideways are read as plain text is, or asked about."""

from collections.abc import Sequence
from ctypes import POINTER, cast, create_string_buffer
from io import BytesIO
from textwrap import wrap
from unicodedata import normalize

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as raw  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image

from documents.reading import Unreadable, read_plan, read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.making import Pages, Row

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH HÀ KHÊ",
    "Số: 57/KH-UBND",
    "Hà Khê, ngày 05 tháng 3 năm 2026",
    "KẾ HOẠCH",
    "Phát triển du lịch làng nghề tỉnh Hà Khê năm 2026",
    "II. NỘI DUNG",
)
ROWS = [
    ["TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
    ["1", "Khảo sát, lập danh mục các làng nghề đón khách", "Sở Du lịch", "Sở Công Thương", "Quý II/2026"],
    ["2", "Mở 02 lớp bồi dưỡng thuyết minh cho người dân", "Sở Nội vụ", "Sở Du lịch", "Trước ngày 15/6/2026"],
    [
        "3",
        "Mở chuyên mục giới thiệu làng nghề",
        "Đài Phát thanh và Truyền hình tỉnh",
        "Sở Y tế",
        "Tháng 8/2026",
    ],
]
DUTIES = (
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Sở Du lịch",
    "- Chủ trì, phối hợp với các sở, ban, ngành triển khai thực hiện Kế hoạch này; theo dõi, đôn đốc.",
    "2. Các sở, ban, ngành",
    "- Định kỳ trước ngày 15/11 báo cáo kết quả về Sở Du lịch để tổng hợp, báo cáo UBND tỉnh.",
)
LONG = [ROWS[0], *([str(number), *ROWS[1 + number % 3][1:]] for number in range(1, 25))]


def drawn(rows: Sequence[Row] = ROWS, **rules: bool) -> Pages:
    """Return the plan on pages, its table with some rules only."""
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    pages.table(rows, **rules)
    for line in DUTIES:
        pages.paragraph(line)
    return pages


def meant(register: Register, rows: Sequence[Row] = ROWS) -> Plan:
    """Return the plan that the same words give as plain text."""
    return read_text("\n".join((*HEAD, *("\t".join(row) for row in rows), *DUTIES)), register)


def check(plan: Plan, expected: Plan) -> None:
    """All that a plan asks is the same; how its lines are counted may differ."""
    for kind in ("head", "duties", "activities", "reports"):
        assert getattr(plan, kind) == getattr(expected, kind)
    assert plan.unread == ()


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("rows", [ROWS, LONG])
def test_a_table_with_level_rules_alone_is_a_table(rows: list[Row], middle: bool, register: Register) -> None:
    plan = read_plan(drawn(rows, upright=False, middle=middle).file(), "a.pdf", register)
    check(plan, meant(register, rows))
    assert len(plan.activities) == len(rows) - 1


@pytest.mark.parametrize("rows", [ROWS, LONG])
def test_a_table_without_any_rule_is_a_table(rows: list[Row], register: Register) -> None:
    plan = read_plan(drawn(rows, upright=False, level=False).file(), "a.pdf", register)
    check(plan, meant(register, rows))


@pytest.mark.parametrize("rules", [{}, {"upright": False}, {"upright": False, "level": False}])
def test_a_table_that_says_its_heading_again_anywhere_has_the_same_rows(
    rules: dict[str, bool], register: Register
) -> None:
    """Without rules a table goes on at the top of a page above the next heading."""
    again = [*LONG[:10], LONG[0], *LONG[10:19], LONG[0], *LONG[19:]]
    pages = drawn(again, **rules)
    assert len(pages.streams) == 2
    check(read_plan(pages.file(), "a.pdf", register), meant(register, LONG))


@pytest.mark.parametrize("rules", [{}, {"upright": False}, {"upright": False, "level": False}])
def test_rows_under_the_rows_of_groups_bear_their_numbers(rules: dict[str, bool], register: Register) -> None:
    groups = [["I", "LÀNG NGHỀ TRUYỀN THỐNG", "", "", ""], ["II", "QUẢNG BÁ", "", "", ""]]
    rows = [ROWS[0], groups[0], *ROWS[1:3], groups[1], ["1", *ROWS[3][1:]]]
    plan = read_plan(drawn(rows, **rules).file(), "a.pdf", register)
    assert [a.section for a in plan.activities] == ["II.I.1", "II.I.2", "II.II.1"]
    assert [a.text for a in plan.activities] == [row[1] for row in ROWS[1:]]


@pytest.mark.parametrize("upright", [False, True])
def test_a_footnote_under_a_table_is_no_row(upright: bool, register: Register) -> None:
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    pages.table(ROWS, upright=upright)
    pages.y -= 6
    pages.paragraph("(1) Danh mục theo Quyết định số 12/QĐ-UBND ngày 05/01/2026.")
    for line in DUTIES:
        pages.paragraph(line)
    check(read_plan(pages.file(), "a.pdf", register), meant(register))


def test_letters_in_pieces_are_whole_ones(register: Register) -> None:
    """Some programs write a letter and its marks apart (NFD)."""
    pages = Pages()
    for line in HEAD:
        pages.paragraph(normalize("NFD", line))
    pages.table([[normalize("NFD", cell) for cell in row] for row in ROWS])
    for line in DUTIES:
        pages.paragraph(normalize("NFD", line))
    check(read_plan(pages.file(), "a.pdf", register), meant(register))


def test_a_table_whose_cells_cannot_be_told_apart_is_asked_about(register: Register) -> None:
    """Without a rule, cells in the middle of their rows stand beside those of other rows."""
    plan = read_plan(drawn(upright=False, level=False, middle=True).file(), "a.pdf", register)
    assert plan.activities == ()
    assert {passage.why for passage in plan.unread} == {"unparted"}
    left = " ".join(passage.text for passage in plan.unread)
    assert all(word in left for row in ROWS for cell in row for word in cell.split())
    assert plan.duties == meant(register).duties


@pytest.mark.parametrize(("sideways", "turn"), [(False, 90), (True, 0), (True, 90), (False, 180)])
def test_pages_that_lie_sideways_are_read(sideways: bool, turn: int, register: Register) -> None:
    plan = read_plan(drawn().file(sideways=sideways, turn=turn), "a.pdf", register)
    check(plan, meant(register))


def test_two_columns_of_text_are_no_table(register: Register) -> None:
    """The head of a document stands in two blocks side by side."""
    pages = Pages()
    for left, right in (("UBND TỈNH HÀ KHÊ", "CỘNG HÒA XÃ HỘI"), ("Số: 57/KH-UBND", "Độc lập - Tự do")):
        pages.y -= 14
        pages.show(60, pages.y, left)
        pages.show(330, pages.y, right)
    for line in (*HEAD[3:], *DUTIES):
        pages.paragraph(line)
    plan = read_plan(pages.file(), "a.pdf", register)
    assert plan.head.number == "57/KH-UBND"
    assert plan.unread == ()
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch", "Các sở, ban, ngành"]


def test_what_was_filled_into_a_form_is_read_where_it_stands(register: Register) -> None:
    pages = drawn()
    whole = "- Chủ trì tổ chức hội chợ làng nghề và báo cáo UBND tỉnh trước ngày 20/9/2026."
    said, value, rest = whole.partition("20/9/2026")
    pages.paragraph(said)
    pages.field(60 + 5.5 * len(said), pages.y, value)
    pages.show(60 + 5.5 * len(said + value) + 8, pages.y, rest)
    plan = read_plan(pages.file(), "a.pdf", register)
    assert whole in [f"- {duty.text}".replace("2026 .", "2026.") for duty in plan.duties]


def der(tag: int, *parts: bytes) -> bytes:
    """Return an element of DER."""
    content = b"".join(parts)
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x82, *len(content).to_bytes(2, "big")])
    return bytes([tag]) + length + content


def named(**names: str) -> bytes:
    """Return a distinguished name with a common name (cn) and an organisation (o)."""
    oids = {"cn": b"\x55\x04\x03", "o": b"\x55\x04\x0a"}
    pairs = (der(0x30, der(6, oids[key]), der(0x0C, value.encode())) for key, value in names.items())
    return der(0x30, *(der(0x31, pair) for pair in pairs))


def certificate(serial: int, subject: bytes, issuer: bytes) -> bytes:
    """Return as much of a certificate as names its holder."""
    number = der(2, bytes([serial]))
    return der(0x30, der(0x30, der(0xA0, der(2, b"\x02")), number, der(0x30), issuer, der(0x30), subject))


def test_who_signed_a_file_is_told(register: Register) -> None:
    root = named(cn="Ban Cơ yếu", o="Cơ quan cấp chứng thư")
    holder = named(o="UBND tỉnh Hà Khê", cn="Nguyễn Văn Ký")
    certificates = der(0xA0, certificate(1, root, root), certificate(7, holder, root))
    info = der(0x30, der(2, b"\x01"), der(0x30, root, der(2, b"\x07")))
    data = der(0x30, der(2, b"\x01"), der(0x31), der(0x30), certificates, der(0x31, info))
    message = der(0x30, der(6, b"\x2a"), der(0xA0, data))
    pages = drawn()
    pages.signature(message)
    pages.signature(message[:40])
    plan = read_plan(pages.file(), "a.pdf", register)
    assert plan.signatures == ("Nguyễn Văn Ký, UBND tỉnh Hà Khê", "")
    assert read_plan(drawn().file(), "a.pdf", register).signatures == ()
    check(plan, meant(register))


@pytest.mark.parametrize("holds_spaces", [True, False])
def test_letters_drawn_apart_are_words(holds_spaces: bool, register: Register) -> None:
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    for line in (
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Du lịch",
        "- Chủ trì mở lớp tại tỉnh.",
        "2. Sở Y tế:",
        "Cử bác sĩ.",
    ):
        pages.show_apart(line, spaces=holds_spaces)
    plan = read_plan(pages.file(), "a.pdf", register)
    assert [(duty.unit, duty.text) for duty in plan.duties] == [
        ("Sở Du lịch", "Chủ trì mở lớp tại tỉnh."),
        ("Sở Y tế", "Cử bác sĩ."),
    ]


def test_a_line_said_again_at_the_end_of_the_next_page_is_no_header(register: Register) -> None:
    pages = Pages("Kế hoạch của tỉnh")
    for line in (*HEAD, "III. TỔ CHỨC THỰC HIỆN", "1. Sở Du lịch"):
        pages.paragraph(line)
    crafts = [f"nghề {number}" for number in range(1, 46)]
    for craft in crafts:
        pages.paragraph(
            f"- Chủ trì mở lớp dạy {craft} cho người dân các làng nghề ở các xã trong vùng, trong đó"
        )
        pages.paragraph("có hướng dẫn đón khách.")
    assert len(pages.streams) == 2
    plan = read_plan(pages.file(), "a.pdf", register)
    assert [duty.text.endswith("có hướng dẫn đón khách.") for duty in plan.duties] == [True] * len(crafts)


def with_text(scan: bytes, words: str, *, invisible: bool = False) -> bytes:
    """Return a scan with words over its first page."""
    with pdfium.PdfDocument(scan) as document:
        page, font = document[0], raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
        item = raw.FPDFPageObj_CreateTextObj(document.raw, font, 8)
        wide = (words + "\0").encode("utf-16-le")
        raw.FPDFText_SetText(item, cast(create_string_buffer(wide), POINTER(raw.FPDF_WCHAR)))
        if invisible:
            raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        raw.FPDFPage_InsertObject(page.raw, item)
        raw.FPDFPage_GenerateContent(page.raw)
        made = BytesIO()
        document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("invisible", [False, True])
def test_a_stamp_or_an_invisible_layer_makes_no_text_of_a_scan(invisible: bool, register: Register) -> None:
    picture, made = Image.new("RGB", (600, 800), "white"), BytesIO()
    picture.save(made, "PDF")
    words = "Nguoi ky: UBND tinh Ha Khe. Thoi gian ky: 05/03/2026 " * (20 if invisible else 2)
    with pytest.raises(Unreadable) as caught:
        read_plan(with_text(made.getvalue(), words, invisible=invisible), "a.pdf", register)
    assert caught.value.reason == "scanned"


COLUMNS = (
    *DUTIES[:3],
    "- Mở 03 lớp tập huấn cho các hộ làm du lịch ở các xã vùng cao trước ngày 30/6/2026.",
    "2. Sở Y tế",
    "- Bố trí cán bộ trực cấp cứu tại các điểm du lịch trong ngày lễ hội, bảo đảm an toàn thực phẩm.",
    "3. Sở Tài chính",
    "- Cân đối, bố trí kinh phí thực hiện Kế hoạch theo phân cấp ngân sách hiện hành của tỉnh.",
    "4. Các sở, ban, ngành",
    DUTIES[4],
)


@pytest.mark.parametrize("by_lines", [False, True])
def test_two_columns_are_read_one_after_the_other_however_they_were_drawn(
    by_lines: bool, register: Register
) -> None:
    pages = Pages()
    for line in HEAD:
        pages.paragraph(line)
    lines = [line for text in COLUMNS for line in wrap(text, 38)]
    half = (len(lines) + 1) // 2
    placed = [(60 + 260 * (at // half), at % half, line) for at, line in enumerate(lines)]
    for left, row, line in sorted(placed, key=lambda each: each[1]) if by_lines else placed:
        pages.show(left, pages.y - 20 - 14 * row, line)
    plan = read_plan(pages.file(), "a.pdf", register)
    expected = read_text("\n".join((*HEAD, *COLUMNS)), register)
    assert [(duty.unit, duty.text) for duty in plan.duties] == [(d.unit, d.text) for d in expected.duties]
    assert len(plan.duties) == 5
    assert plan.reports == expected.reports
