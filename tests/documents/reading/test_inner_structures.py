"""Lists within lists, and work whose doer stands behind it: nothing of them is lost in silence."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.documents.reading.test_layouts import HEAD
from tests.documents.reading.test_structures import PART, owners, read, unread, work


def test_letters_that_begin_under_a_roman_number_stand_in_it(register: Register) -> None:
    body = (
        "II. NỘI DUNG\nKiểm tra bến.\nIII. TRÁCH NHIỆM CỦA CÁC ĐƠN VỊ\nA. Các sở\n1. Sở Y tế: trực.\n"
        "B. Địa phương\n"
        "1. UBND xã Khê Sơn: gác bến.\nC. Người bán hàng ven hồ\nGiữ bến sạch.\nIV. KINH PHÍ\nTừ ngân sách.\n"
    )
    plan = read(body, register)
    assert owners(plan) == [
        ("Sở Y tế", "trực."), ("UBND xã Khê Sơn", "gác bến."), ("Người bán hàng ven hồ", "Giữ bến sạch."),
    ]  # fmt: skip
    assert plan.duties[1].section == "III.B.1"


def test_letters_over_roman_numbers_stay_over_them(register: Register) -> None:
    body = "A. NỘI DUNG\nI. VIỆC CHUNG\nKiểm tra bến.\nB. TỔ CHỨC THỰC HIỆN\nI. Sở Y tế\n1. Trực.\n"
    plan = read(body, register)
    assert [(duty.section, duty.unit) for duty in plan.duties] == [("B.I", "Sở Y tế")]


def test_a_body_alone_on_a_bullet_owns_the_bullets_in_it(register: Register) -> None:
    body = "1. Các khoa, phòng\n+ Khoa Dược: Kiểm kê.\n+ Khoa Khám bệnh\n* Đặt bảng chỉ dẫn.\n"
    plan = read(PART + body, register)
    assert owners(plan) == [("Khoa Dược", "Khoa Dược: Kiểm kê."), ("Khoa Khám bệnh", "Đặt bảng chỉ dẫn.")]


@pytest.mark.parametrize(
    ("line", "text", "lead", "support", "when"),
    [
        (
            "Cắt giảm thời gian. Sở Tài chính chủ trì, phối hợp với Sở Y tế làm. Thời gian: Quý I/2024.",
            "Cắt giảm thời gian",
            ("Sở Tài chính",),
            ("Sở Y tế",),
            "Quý I/2024",
        ),
        ("Nạo vét bến: Sở Xây dựng chủ trì.", "Nạo vét bến", ("Sở Xây dựng",), (), None),
    ],
)
def test_a_sentence_behind_the_work_says_who_leads(
    line: str,
    text: str,
    lead: tuple[str, ...],
    support: tuple[str, ...],
    when: str | None,
    register: Register,
) -> None:
    plan = read(f"II. GIẢI PHÁP\n1. Thủ tục\na) {line}\n{PART}1. Sở Y tế\n- Trực.\n", register)
    assert work(plan) == [(text, lead, support, when)]


def test_a_bullet_that_says_who_leads_is_asked_about(register: Register) -> None:
    line = "- Đường vào bến Khê: Ban Quản lý dự án ven hồ chủ trì; xong trong tháng 9/2024."
    plan = read(f"II. GIẢI PHÁP\n1. Hạ tầng\n{line}\n- Giữ nước sạch.\n{PART}1. Sở Y tế\n- Trực.\n", register)
    assert unread(plan) == [line]


def test_in_a_list_of_bodies_with_colons_each_has_its_work(register: Register) -> None:
    body = (
        f"2. CÔNG VIỆC\n2.1. Tuần 1\n- Sở Y tế: Đón khách.\n- Công an tỉnh: Gác bến.\n"
        f"{PART}1. Sở Du lịch\n- Trực.\n"
    )
    assert {unit for unit, _ in owners(read(body, register))} == {"Sở Y tế", "Công an tỉnh", "Sở Du lịch"}


def test_several_known_bodies_need_no_known_verb(register: Register) -> None:
    text = "Sở Y tế và Sở Nông nghiệp và Môi trường phòng, chống dịch bệnh."
    plan = read_text(f"{HEAD}1. Công an tỉnh gác bến.\n2. {text}\n3. Sở Du lịch trực bến.\n", register)
    assert (owners(plan)[1][1], unread(plan)) == (text, [])


def test_what_stands_beside_duties_at_the_top_is_asked_about(register: Register) -> None:
    body = "1. Công an tỉnh gác bến.\n2. Nghiệp đoàn bến Khê chở khách.\n3. Sở Du lịch trực bến.\n"
    assert unread(read(body, register)) == ["2. Nghiệp đoàn bến Khê chở khách."]


@pytest.mark.parametrize("title", ["Bác sĩ", "Thượng tá", "Đ/c", "ThS."])
def test_a_person_bears_many_titles(title: str, register: Register) -> None:
    name = f"{title} Lý Thị Nga - Phó Giám đốc"
    plan = read(f"{PART}1. {name}: Trực.\n2. Sở Y tế: Gác.\n", register)
    assert owners(plan)[0] == (name, "Trực.")
    assert plan.units[0].kind == "unit"
