"""What the columns of a table are for is seen whatever they are called; no row of work is lost."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Dọn hồ.\n2. Sở Y tế\n- Trực.\n"


def read(rows: str, register: Register) -> Plan:
    return read_text(f"{HEAD}{PART}\nPHỤ LỤC\n{rows}", register)


@pytest.mark.parametrize(
    "heading",
    [
        "TT\tHoạt động\tThực hiện\tThời gian",
        "STT\tNhiệm vụ\tĐơn vị phụ trách\tHạn",
        "TT\tViệc phải làm\tAi làm\tThời gian",
        "TT\tCông việc\tNgười thực hiện\tThời hạn",
        "TT\tNhiệm vụ\tCơ quan tham mưu\tThời gian trình",
        "TT\tMô hình\tĐơn vị chủ trì\tThời gian",
        "TT\tTên lớp\tĐơn vị mở lớp\tThời gian",
    ],
)
def test_who_leads_and_what_is_done_have_many_headings(heading: str, register: Register) -> None:
    plan = read(
        f"{heading}\n1\tMở lớp lái thuyền\tSở Du lịch\tQuý I\n2\tSửa bến\tSở Y tế\tQuý II\n", register
    )
    assert [(activity.text, activity.lead, activity.when) for activity in plan.activities] == [
        ("Mở lớp lái thuyền", ("Sở Du lịch",), "Quý I"),
        ("Sửa bến", ("Sở Y tế",), "Quý II"),
    ]


def test_a_table_under_an_unknown_heading_is_asked_about(register: Register) -> None:
    rows = "".join(f"{n}\tTrồng cây số {n}\tSở Y tế\tQuý I\n" for n in (1, 2, 3))
    plan = read(f"TT\tDự án\tChủ đầu tư\tThời gian\n{rows}", register)
    assert [passage.why for passage in plan.unread] == ["names_body"] * 3


def test_a_list_of_people_or_of_numbers_hands_out_no_work(register: Register) -> None:
    people = "TT\tHọ và tên\tChức vụ\tĐơn vị\n1\tLò Văn Mẫn\tPhó Giám đốc\tSở Y tế\n"
    numbers = "TT\tĐơn vị\tChỉ tiêu\tGhi chú\n1\tSở Y tế\t12\t\n2\tSở Du lịch\t14\t\n3\tSở Nội vụ\t15\t\n"
    for rows in (people, numbers):
        plan = read(rows, register)
        assert (plan.activities, plan.unread) == ((), ())


def test_a_second_leader_of_merged_work_is_a_row_of_its_own(register: Register) -> None:
    rows = "TT\tNội dung\tChủ trì\tThời gian\n1\tDiễn tập trên hồ\tSở Y tế\tQuý I\n\t\tSở Du lịch\tQuý II\n"
    assert [(activity.text, activity.lead) for activity in read(rows, register).activities] == [
        ("Diễn tập trên hồ", ("Sở Y tế",)),
        ("Diễn tập trên hồ", ("Sở Du lịch",)),
    ]


def test_the_fields_of_one_office_in_a_cell_are_one_body(register: Register) -> None:
    rows = (
        "TT\tNội dung\tChủ trì\tPhối hợp\n"
        "1\tMua thuốc\tSở Y tế\tKhoa Dược - Vật tư, thiết bị y tế\n"
        "2\tGác bến\tSở Du lịch\tLực lượng bảo vệ trật tự ở cơ sở, Ban Chỉ huy Quân sự phường\n"
    )
    assert [activity.support for activity in read(rows, register).activities] == [
        ("Khoa Dược - Vật tư, thiết bị y tế",),
        ("Lực lượng bảo vệ trật tự ở cơ sở", "Ban Chỉ huy Quân sự phường"),
    ]


@pytest.mark.parametrize(
    "labels",
    [
        "Cơ quan chủ trì là Sở Y tế; cơ quan phối hợp là Sở Du lịch.",
        "- Giao cho: Sở Y tế\n- Cùng làm: Sở Du lịch",
        "Trách nhiệm chính: Sở Y tế. Hỗ trợ: Sở Du lịch.",
        "Người thực hiện: Sở Y tế.\nĐơn vị cùng thực hiện: Sở Du lịch.",
    ],
)
def test_a_label_has_many_words(labels: str, register: Register) -> None:
    plan = read_text(f"{HEAD}I. NỘI DUNG\n1. Trực hồ\n{labels}\n{PART}", register)
    assert [(item.text, item.lead, item.support) for item in plan.activities] == [
        ("Trực hồ", ("Sở Y tế",), ("Sở Du lịch",))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "1. Mở lớp lái thuyền - Sở Y tế - Quý II/2024",
        "1. Mở lớp lái thuyền [Sở Y tế; Quý II]",
        "Trong quý II, Sở Y tế mở 02 lớp lái thuyền.",
    ],
)
def test_a_line_of_the_content_that_gives_work_to_a_body_is_asked_about(
    line: str, register: Register
) -> None:
    plan = read_text(f"{HEAD}I. NỘI DUNG\n1. Lớp học\n{line}\n{PART}", register)
    assert [passage.why for passage in plan.unread] == ["names_body"]


def test_a_stage_before_a_body_leaves_it_the_subject(register: Register) -> None:
    plan = read_text(f"{HEAD}I. NỘI DUNG\n1. Lớp học\nBước 1 (tháng 3): Sở Y tế mở lớp.\n{PART}", register)
    assert ("Sở Y tế", "Bước 1 (tháng 3): Sở Y tế mở lớp.") in [
        (duty.unit, duty.text) for duty in plan.duties
    ]
