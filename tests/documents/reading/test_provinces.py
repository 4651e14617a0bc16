"""Layouts met in plans since the districts went: one invented stretch for each, in a province that is not."""

from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document

from documents.reading import read_plan, read_text
from domain.organisation.register import Register
from domain.plans.plan import Activity, Plan
from tests.documents.making import saved
from tests.documents.reading.test_layouts import HEAD

TOURISM = "Sở Văn hóa, Thể thao và Du lịch"


def read(body: str, register: Register) -> Plan:
    return read_text(HEAD + body, register)


def owned(heading: str, register: Register) -> list[tuple[str, ...]]:
    """Return the owners of the one duty under the heading, and of whatever else was taken for one."""
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. {heading}\n- Bố trí người trực tại bến thuyền.\n"
    return [(duty.unit, *duty.also) for duty in read(body, register).duties]


@pytest.mark.parametrize(
    ("heading", "owners"),
    [
        ("Ủy ban nhân dân xã Khê Hạ", ["Ủy ban nhân dân xã Khê Hạ"]),
        ("Uỷ ban nhân dân các xã, phường, đặc khu", ["Uỷ ban nhân dân các xã, phường, đặc khu"]),
        ("UBND xã Khê Hạ, phường Khê Sơn và các xã", ["UBND xã Khê Hạ, phường Khê Sơn và các xã"]),
        ("Các Sở Tài chính, Nội vụ, Y tế", ["Các Sở Tài chính, Nội vụ, Y tế"]),
        ("Giám đốc Sở Y tế", ["Sở Y tế"]),
        ("Chánh Văn phòng UBND tỉnh:", ["Văn phòng UBND tỉnh"]),
        ("Chủ tịch UBND xã Khê Hạ", ["UBND xã Khê Hạ"]),
        ("Ban Chỉ đạo phát triển du lịch tỉnh", ["Ban Chỉ đạo phát triển du lịch tỉnh"]),
        ("Trung tâm xúc tiến du lịch:", ["Trung tâm xúc tiến du lịch"]),
        ("Trách nhiệm của các hộ kinh doanh", ["Các hộ kinh doanh"]),
        ("Các Ban quản lý rừng, Vườn quốc gia Khê Sơn", ["Các Ban quản lý rừng, Vườn quốc gia Khê Sơn"]),
        (
            "Sở Xây dựng; Ban Quản lý dự án đầu tư xây dựng công trình giao thông",
            ["Sở Xây dựng", "Ban Quản lý dự án đầu tư xây dựng công trình giao thông"],
        ),
        (
            "Đề nghị Tỉnh ủy, HĐND tỉnh, Đoàn đại biểu Quốc hội tỉnh:",
            ["Tỉnh ủy, HĐND tỉnh, Đoàn đại biểu Quốc hội tỉnh"],
        ),
        (
            "Các cơ quan báo chí: Báo Khê Giang, Tạp chí Sông Khê",
            ["Các cơ quan báo chí: Báo Khê Giang, Tạp chí Sông Khê"],
        ),
        (
            "Các sở, ngành: Xây dựng, Y tế; UBND các xã, phường",
            ["Các sở, ngành: Xây dựng, Y tế", "UBND các xã, phường"],
        ),
    ],
)  # fmt: skip
def test_a_heading_tells_whose_the_duties_under_it_are(
    heading: str, owners: list[str], register: Register
) -> None:
    assert owned(heading, register) == [tuple(owners)]


def test_a_bullet_that_excepts_one_body_is_that_bodys(register: Register) -> None:
    bullets = "- Trực bến.\n- Riêng UBND xã Khê Hạ tổ chức trực cả đêm.\n"
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. UBND các xã, phường\n{bullets}"
    assert [duty.unit for duty in read(body, register).duties] == ["UBND các xã, phường", "UBND xã Khê Hạ"]


def test_lettered_labels_are_no_bodies_of_their_own(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Mở hội đua thuyền\na) Nội dung: Đua thuyền, thả đèn.\n"
        f"b) Đơn vị chủ trì: UBND xã Khê Hạ; {TOURISM}.\n"
        "c) Đơn vị phối hợp: Công an tỉnh.\nd) Thời gian: Tháng 10.\n"
    )
    plan = read(body, register)
    assert plan.duties == ()
    assert found(plan.activities) == [("UBND xã Khê Hạ", TOURISM, "|", "Công an tỉnh", "|", "Tháng 10")]


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        ("Phân công: Thanh tra tỉnh chủ trì; Sở Y tế phối hợp.", ("Thanh tra tỉnh", "|", "Sở Y tế", "|", "")),
        ("Chủ trì: Sở Y tế\n* Hoàn thành: trước ngày 15/7", ("Sở Y tế", "|", "|", "trước ngày 15/7")),
        ("Chủ trì: UBND xã Khê Hạ, phường Khê Sơn", ("UBND xã Khê Hạ", "UBND phường Khê Sơn", "|", "|", "")),
    ],
)
def test_what_a_label_says_is_parted_among_those_whom_it_means(
    labels: str, wanted: tuple[str, ...], register: Register
) -> None:
    plan = read(f"II. NỘI DUNG\n1. Kiểm tra bến thuyền\n* {labels}\n", register)
    assert found(plan.activities) == [wanted]


def test_emphasis_within_emphasis_is_taken_away(register: Register) -> None:
    body = (
        "## **III. TỔ CHỨC THỰC HIỆN**\n\n***1. Sở Y tế:***\n\n\\- Khám sức khỏe.\n\n"
        "**2\\. Công an tỉnh:** Giữ bến."
    )
    duties = [(duty.unit, duty.text) for duty in read(body, register).duties]
    assert duties == [("Sở Y tế", "Khám sức khỏe."), ("Công an tỉnh", "Giữ bến.")]


def test_reports_of_several_periods_go_through_the_body_named_last(register: Register) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Khám sức khỏe.\n"
        "2. Chế độ báo cáo: Các cơ quan, đơn vị báo cáo định kỳ hằng quý (trước ngày 20 tháng cuối quý),"
        " 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12) về Sở Nội vụ tổng hợp, báo cáo UBND tỉnh.\n"
    )
    plan = read(body, register)
    assert {rule.via for rule in plan.reports} == {"Sở Nội vụ"}
    assert plan.head.coordinator == "Sở Nội vụ"


def test_a_table_heading_of_two_rows_parts_who_leads_from_who_supports(register: Register) -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan thực hiện", "", "Thời gian"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["I", "Bến thuyền", "", "", ""],
        ["1", "Sửa bến", "Sở Xây dựng", "Công an tỉnh", "Quý I"],
        ["2", "Cắm biển", "Sở Xây dựng", "Sở Y tế", "Quý II"],
    ]
    document = annexed(rows)
    table = document.tables[0]
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(2, 1).merge(table.cell(2, 4))
    plan = read_plan(saved(document), "a.docx", register)
    assert [activity.section for activity in plan.activities] == ["Phụ lục.I.1", "Phụ lục.I.2"]
    assert found(plan.activities) == [
        ("Sở Xây dựng", "|", "Công an tỉnh", "|", "Quý I"),
        ("Sở Xây dựng", "|", "Sở Y tế", "|", "Quý II"),
    ]


def test_a_table_of_units_and_what_each_is_given_is_one_of_duties(register: Register) -> None:
    rows = [
        ["STT", "Tên đơn vị", "Nhiệm vụ được giao"],
        ["1", "Sở Y tế", "Khám bệnh"],
        ["2", "Công an tỉnh", "Giữ bến"],
    ]
    plan = read_plan(saved(annexed(rows)), "a.docx", register)
    assert [(a.lead, a.text) for a in plan.activities] == [
        (("Sở Y tế",), "Khám bệnh"),
        (("Công an tỉnh",), "Giữ bến"),
    ]


@pytest.mark.parametrize("opening", ["Phát triển du lịch là việc chung.", "- Phát triển du lịch."])
def test_a_shouted_title_takes_its_names_from_the_head_and_no_capital_from_a_sentence(
    opening: str, register: Register
) -> None:
    plan = read(f"I. MỤC ĐÍCH\n{opening}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực bến.\n", register)
    assert plan.head.title == "Kế hoạch phát triển du lịch tỉnh Hà Khê năm 2024"


def test_bullets_that_say_who_does_what_are_read_where_nothing_else_does(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dạy nghề\n- Sở Nội vụ chủ trì, phối hợp với Sở Y tế mở lớp chèo thuyền.\n"
        "- Sở Y tế tổ chức khám sức khỏe.\n- Lớp học mở vào mùa hè.\n"
    )
    leads = [("Sở Nội vụ", "|", "Sở Y tế", "|", ""), ("Sở Y tế", "|", "|", "")]
    assert found(read(body, register).activities) == leads


def test_a_first_paragraph_that_calls_on_all_is_a_duty_and_does_not_end_the_part(register: Register) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\nCăn cứ Kế hoạch này, các sở, ban, ngành tổ chức triển khai.\n"
        "Giao Sở Nội vụ theo dõi, đôn đốc.\nTrên đây là Kế hoạch của tỉnh, Sở Y tế tổ chức thực hiện.\n"
    )
    assert [duty.unit for duty in read(body, register).duties] == ["Các sở, ban, ngành", "Sở Nội vụ"]


def annexed(rows: Sequence[Sequence[str]]) -> Any:
    """Return a Word document of the head and an annex with the table."""
    document = Document()
    for line in [*HEAD.splitlines(), "PHỤ LỤC"]:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return document


def found(activities: Sequence[Activity]) -> list[tuple[str, ...]]:
    """Return who leads, who supports and when, "|" between."""
    return [(*activity.lead, "|", *activity.support, "|", activity.when or "") for activity in activities]


def test_a_sentence_about_another_body_is_a_rule_of_its_own(register: Register) -> None:
    plan = read(
        "II. TỔ CHỨC THỰC HIỆN\n"
        f"Các sở, ban, ngành báo cáo về {TOURISM} trước ngày 15/6 và 15/11 năm 2026. {TOURISM} tổng hợp, "
        "báo cáo UBND tỉnh trước ngày 30/6 và 30/11 năm 2026.\n",
        register,
    )
    told = [(rule.who, [(day.month, day.day) for day in rule.due]) for rule in plan.reports]
    assert told == [
        ("Các sở, ban, ngành", [(6, 15), (11, 15)]),
        (TOURISM, [(6, 30), (11, 30)]),
    ]
