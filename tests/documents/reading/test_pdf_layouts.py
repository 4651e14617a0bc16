"""PDF files whose tables lack rules or whose pages lie sideways are read as plain text is, or asked about."""

from collections.abc import Sequence

import pytest

from documents.reading import read_plan, read_text
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
