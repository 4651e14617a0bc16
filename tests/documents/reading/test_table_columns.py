"""What the columns of a table are for is seen whatever they are called; no row of work is lost."""

import pytest

from documents.reading import read_text
from documents.reading.grammar import plan_of
from documents.reading.outline import Line
from documents.reading.tables import table
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "II. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Dọn hồ.\n2. Sở Y tế\n- Trực.\n"


def read(rows: str, register: Register) -> Plan:
    return read_text(f"{HEAD}{PART}\nPHỤ LỤC\n{rows}", register)


def titles(plan: Plan) -> list[str]:
    return [activity.text for activity in plan.activities]


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


OTHER = "TT\tNhiệm vụ\tThời gian\tĐơn vị thực hiện"


@pytest.mark.parametrize(
    "second", [OTHER, OTHER.upper(), OTHER.title(), OTHER.replace("gian", "gian năm 2026"), OTHER[3:]]
)
def test_two_tables_without_a_gap_are_read_each_by_its_own_heading(second: str, register: Register) -> None:
    number = "1\t" if len(second) == len(OTHER) or "năm" in second else ""
    rows = (
        "TT\tNội dung\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n1\tMở lớp\tSở Du lịch\tSở Nội vụ\tQuý I",
        f"{second}\n{number}In sách\tQuý IV\tSở Y tế",
    )
    glued = table([line.split("\t") for line in "\n".join(rows).split("\n")])
    plan = plan_of([*(Line(line) for line in f"{HEAD}{PART}".splitlines()), glued], register)
    assert [(activity.text, activity.lead, activity.when) for activity in plan.activities] == [
        ("Mở lớp", ("Sở Du lịch",), "Quý I"),
        ("In sách", ("Sở Y tế",), "Quý IV"),
    ]


def test_a_row_in_the_words_of_a_heading_is_a_row(register: Register) -> None:
    rows = [
        ("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"),
        ("", "Công việc của Hội chợ", "Sở Y tế chủ trì", "Quý I"),
        ("1", "Hoạt động Ngày hội", "Sở Du lịch (chủ trì)", "Hạn 30/6"),
        ("2", "In sách", "Sở Y tế", "Quý III"),
    ]
    lines = [Line(line) for line in f"{HEAD}{PART}".splitlines()]
    for tables in ([table(rows)], [table(rows[:2]), table(rows[2:])]):
        plan = plan_of([*lines, *tables], register)
        assert [(activity.text, activity.lead, activity.when) for activity in plan.activities] == [
            ("Công việc của Hội chợ", ("Sở Y tế",), "Quý I"),
            ("Hoạt động Ngày hội", ("Sở Du lịch",), "Hạn 30/6"),
            ("In sách", ("Sở Y tế",), "Quý III"),
        ]


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        ("Sở Y tế chủ trì, Sở Nội vụ phối hợp", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế (chủ trì), Sở Nội vụ, Sở Du lịch (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ", "Sở Du lịch"]),
        ("Sở Nội vụ (phối hợp), Sở Y tế (chủ trì)", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế (chủ trì), Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế chủ trì; phối hợp: Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế\n(phối hợp: Sở Nội vụ)", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế (chủ trì), phối hợp với Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế chủ trì, thực hiện trong quý I", ["Sở Y tế"], []),
        ("Sở Y tế, Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], []),
    ],
)
def test_a_cell_may_say_behind_each_name_what_its_part_is(
    cell: str, lead: list[str], support: list[str], register: Register
) -> None:
    rows = [("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"), ("1", "Mở lớp", cell, "Quý I")]
    plan = plan_of([*(Line(line) for line in f"{HEAD}{PART}".splitlines()), table(rows)], register)
    (activity,) = plan.activities
    assert ([*activity.lead], [*activity.support]) == (lead, support)


def test_a_heading_of_two_rows_parts_what_it_is_over(register: Register) -> None:
    who, when = "Cơ quan thực hiện", "Thời gian"
    rows = [
        *[["BẢNG PHÂN CÔNG NHIỆM VỤ"] * 6] * 2,
        ["TT", "Nội dung", who, who, when, when],
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"],
        ["1", "Mở lớp", "Sở Du lịch", "Sở Y tế", "Quý I", "Quý III"],
    ]
    lines = [Line(line) for line in f"{HEAD}{PART}".splitlines()]
    for shown in (rows, rows[1:], rows[2:]):
        (activity,) = plan_of([*lines, table(shown)], register).activities
        assert (activity.lead, activity.support, activity.when) == (("Sở Du lịch",), ("Sở Y tế",), "Quý III")


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: các sở gửi báo cáo về Sở Du lịch trước ngày 20",
        "Các đơn vị gửi báo cáo về Sở Du lịch trước ngày 20.",
    ],
)
def test_a_note_under_the_work_of_a_table_is_asked_about(note: str, register: Register) -> None:
    plan = read(
        f"TT\tNội dung\tChủ trì\tHạn\n1\tMở lớp\tSở Y tế\tQuý I\n{note}\t\t\t\n2\tDọn\tSở Y tế\t\n", register
    )
    assert (titles(plan), [passage.text for passage in plan.unread]) == (["Mở lớp", "Dọn"], [note])


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


@pytest.mark.parametrize(
    ("lead", "support"),
    [("Thực hiện", "Phối hợp"), ("CT", "PH"), ("Đầu tàu", "Cùng làm"), ("Tổ chức thực hiện", "Giúp việc")],
)
def test_a_label_that_no_list_knows_is_told_by_the_bodies_after_it(
    lead: str, support: str, register: Register
) -> None:
    items = f"1. Trực hồ\n{lead}: Sở Y tế. {support}: Sở Du lịch. TG: Quý I.\n2. Mở lớp\n{lead}: Sở Nội vụ.\n"
    plan = read_text(f"{HEAD}I. NỘI DUNG\n{items}{PART}", register)
    assert [(item.text, item.lead, item.support) for item in plan.activities] == [
        ("Trực hồ", ("Sở Y tế",), ("Sở Du lịch",)),
        ("Mở lớp", ("Sở Nội vụ",), ()),
    ]


def test_a_label_of_those_whom_the_work_is_for_leads_nothing(register: Register) -> None:
    items = "1. Mở lớp\nĐối tượng: Sở Nội vụ.\n2. Trực hồ\nĐối tượng: Sở Y tế.\n"
    assert read_text(f"{HEAD}I. NỘI DUNG\n{items}{PART}", register).activities == ()


def test_blank_lines_between_rows_and_captions_end_no_table(register: Register) -> None:
    lines = (
        "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian", "I\tMỞ LỚP", "1\tLớp lái thuyền\tSở Du lịch\t\tQuý I",
        "II\tSỬA BẾN", "1\tSửa bến\tSở Xây dựng\tSở Y tế\tQuý II",
    )  # fmt: skip
    plan = read("\n\n\n".join(lines) + "\n", register)
    assert [activity.text for activity in plan.activities] == ["Lớp lái thuyền", "Sửa bến"]


def test_what_stands_after_the_signature_is_read_whatever_it_is_called(register: Register) -> None:
    end = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLò Văn Mẫn\n"
    annex = "LỊCH TRIỂN KHAI MÙA HÈ\n1. Trực hồ\nChủ trì: Sở Y tế.\n2. Mở lớp\nChủ trì: Sở Nội vụ.\n"
    plan = read_text(f"{HEAD}{PART}{end}{annex}", register)
    assert [(item.text, item.lead) for item in plan.activities] == [
        ("Trực hồ", ("Sở Y tế",)),
        ("Mở lớp", ("Sở Nội vụ",)),
    ]


def test_the_season_of_a_plan_lasts_as_long_as_its_words_say(register: Register) -> None:
    head = HEAD.replace("TỈNH HÀ KHÊ NĂM 2024", "MÙA KHÔ NĂM 2024 - 2025")
    time = "I. THỜI GIAN\nThời gian thực hiện: Từ tháng 11/2024 đến hết tháng 4/2025.\n"
    period = read_text(f"{head}{time}{PART}", register).head.period
    assert [str(day) for day in period or ()] == ["2024-11-01", "2025-04-30"]


def test_a_group_of_tasks_is_not_the_task(register: Register) -> None:
    rows = (
        "| TT | Nhóm nhiệm vụ | Nội dung công việc | Cơ quan chủ trì |\n|---|---|---|---|\n"
        "| 1 | Giống cây | Ươm 300 cây ban | Sở Y tế |\n| 2 | | Trồng cây ban | Sở Du lịch |\n"
    )
    assert [activity.text for activity in read(rows, register).activities] == [
        "Ươm 300 cây ban",
        "Trồng cây ban",
    ]


def test_groups_alone_are_the_tasks(register: Register) -> None:
    rows = "TT\tNhóm nhiệm vụ\tCơ quan chủ trì\n1\tDọn hồ\tSở Y tế\n2\tThả cá\tSở Du lịch\n"
    assert titles(read(rows, register)) == ["Dọn hồ", "Thả cá"]


@pytest.mark.parametrize("sign", ["nt", "-nt-", "Như trên", "″", '"', "tương tự"])
def test_a_sign_in_a_cell_means_the_row_above(sign: str, register: Register) -> None:
    rows = f"TT\tNội dung\tChủ trì\tThời gian\n1\tDọn hồ\tSở Y tế\tQuý I\n2\tThả cá\t{sign}\t{sign}\n"
    first, second = read(rows, register).activities
    assert (second.lead, second.when) == (first.lead, first.when) == (("Sở Y tế",), "Quý I")


@pytest.mark.parametrize(
    "note",
    [
        "Ghi chú: Ô để trống được hiểu như dòng liền trên.",
        "Các ô bỏ trống lấy theo ô phía trên.",
        "(Cột để trống: giống dòng trước)",
    ],
)
def test_where_a_note_says_so_a_blank_cell_means_the_row_above(note: str, register: Register) -> None:
    rows = (
        "TT\tNội dung\tChủ trì\tPhối hợp\tThời gian\n1\tDọn hồ\tSở Y tế\tSở Du lịch\tQuý I\n"
        "2\tThả cá\t\t-\t\n3\tTát nước\tSở Du lịch\t\tQuý II\n"
    )
    told = read(f"{note}\n{rows}", register).activities
    assert [(activity.lead, activity.support, activity.when) for activity in told] == [
        (("Sở Y tế",), ("Sở Du lịch",), "Quý I"),
        (("Sở Y tế",), (), "Quý I"),
        (("Sở Du lịch",), (), "Quý II"),
    ]
    silent = read(rows, register)
    assert [activity.lead for activity in silent.activities][1] == ()
