"""The content part: labels in any words, what a body does in any verb, headings whose words stand below."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.documents.reading.test_layouts import HEAD


@pytest.mark.parametrize(
    "line",
    [
        "Sở Du lịch mở chuyên mục về hồ.",
        "Sở Du lịch trang hoàng bến thuyền.",
        "Sở Du lịch quán triệt nội quy bến.",
    ],
)
def test_a_line_that_opens_with_a_body_is_its_duty_whatever_it_does(line: str, register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\n1. Dọn hồ\n- {line}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực.\n", register
    )
    assert ("Sở Du lịch", line) in [(duty.unit, duty.text) for duty in plan.duties]


@pytest.mark.parametrize(
    "line",
    ["Sở Du lịch đã mở ba lớp.", "Sở Du lịch được tặng cờ.", "Sở Du lịch mỗi năm một lá cờ."],
)
def test_a_line_that_tells_or_decides_is_no_duty(line: str, register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\n1. Dọn hồ\n- {line}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực.\n", register
    )
    assert [duty.unit for duty in plan.duties] == ["Sở Y tế"]
    assert [passage.text for passage in plan.unread] == [f"- {line}"]


def test_a_label_is_known_by_its_place_whatever_it_is_called(register: Register) -> None:
    body = "II. NỘI DUNG\n1. Lễ hội bến\n1.1. Thời gian: 20/4/2024.\n1.2. Cơ quan tham mưu: Sở Du lịch.\n"
    (activity,) = read_text(HEAD + body, register).activities
    assert (activity.lead, activity.when) == (("Sở Du lịch",), "20/4/2024")


def test_work_may_be_given_to_any_body(register: Register) -> None:
    body = "II. NỘI DUNG\n1. Hội thảo hồ\nGiao Trường Chính trị tỉnh chủ trì trong tháng 3/2024.\n"
    (activity,) = read_text(HEAD + body, register).activities
    assert activity.lead == ("Trường Chính trị tỉnh",)


def test_a_time_under_a_duty_is_part_of_it(register: Register) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Chủ trì mở lớp.\n"
        "Thời gian thực hiện: Quý II/2024.\n2. Sở Y tế: Trực.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [duty.text for duty in plan.duties] == [
        "Chủ trì mở lớp. Thời gian thực hiện: Quý II/2024.",
        "Trực.",
    ]


def test_the_words_of_a_part_may_stand_under_its_number(register: Register) -> None:
    body = (
        "Phần thứ nhất\nTÌNH HÌNH NĂM 2023\n1. Sở Y tế tổng hợp, báo cáo UBND tỉnh trước ngày 30/11/2024.\n"
        "Phần thứ hai\nTỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Mở lớp.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [(duty.unit, duty.text) for duty in plan.duties] == [("Sở Du lịch", "Mở lớp.")]
    assert plan.reports == ()
    assert {part.section: part.title for part in plan.parts}["II"] == "TỔ CHỨC THỰC HIỆN"


def test_lines_under_a_bare_label_are_what_it_says(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dọn hồ\na) Nội dung: Vớt bèo.\nb) Đơn vị thực hiện:\n"
        "- Sở Du lịch chủ trì, phối hợp với Sở Y tế.\n- UBND xã, phường thực hiện trên địa bàn.\n"
        "c) Thời gian trình: Tháng 5/2024.\n"
    )
    (activity,) = read_text(HEAD + body, register).activities
    assert (activity.lead, activity.support, activity.when) == (
        ("Sở Du lịch", "UBND xã, phường"),
        ("Sở Y tế",),
        "Tháng 5/2024",
    )


def test_a_numbered_formula_is_nobodys(register: Register) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n"
        "2. Trong quá trình thực hiện, nếu vướng mắc thì hỏi.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch"]
    assert plan.unread == ()


def test_a_sentence_under_a_long_heading_is_its_own_paragraph(register: Register) -> None:
    heading = "2. Các sở, ban, ngành: Sở Xây dựng, Sở Nông nghiệp và Môi trường, Sở Y tế, Công an tỉnh Hà Khê"
    body = (
        f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n{heading}\n"
        f"Theo việc được giao, dọn sạch bến thuyền.\n"
    )
    assert read_text(HEAD + body, register).duties[1].text == "Theo việc được giao, dọn sạch bến thuyền."


def test_a_cell_broken_over_lines_is_one(register: Register) -> None:
    body = (
        "TT\tNội dung\tĐơn vị chủ trì\tThời gian\n1\tDọn hồ\tSở Du lịch\tQuý I\n"
        "2\tTrồng cây ven hồ, trên đồi\n chưa có cây\tSở Y tế\tQuý II\n"
    )
    rows = read_text(HEAD + "II. NỘI DUNG\n" + body, register).activities
    assert [(row.text, row.lead, row.when) for row in rows] == [
        ("Dọn hồ", ("Sở Du lịch",), "Quý I"),
        ("Trồng cây ven hồ, trên đồi chưa có cây", ("Sở Y tế",), "Quý II"),
    ]


def test_lines_that_say_who_does_what_are_duties_also_under_a_label(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dọn hồ\n- Phân công:\n+ UBND các xã: tổ chức vớt bèo.\n"
        "+ Chủ thuyền: buộc thuyền vào bến.\n+ Sở Du lịch: hướng dẫn khách.\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [duty.unit for duty in plan.duties] == ["Sở Y tế", "UBND các xã", "Chủ thuyền", "Sở Du lịch"]
    assert plan.activities == ()


def test_a_sentence_about_many_names_them_up_to_its_verb(register: Register) -> None:
    body = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n2. Các cụm, khối ven hồ đưa thuyền vào bến.\n"
    plan = read_text(HEAD + body, register)
    assert plan.duties[1].unit == "Các cụm, khối ven hồ"


def test_a_paragraph_before_bullets_only_opens_them(register: Register) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\nTheo chức năng, nhiệm vụ được giao:\n- Mở lớp.\n- Dọn bến.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [duty.text for duty in plan.duties] == ["Mở lớp.", "Dọn bến."]


@pytest.mark.parametrize(
    "clause",
    [
        "Trên cơ sở dự toán của các sở, ngành, địa phương, phối hợp",
        "Trên cơ sở đề xuất của Sở Y tế, Sở Du lịch, rà soát",
    ],
)
def test_the_bodies_of_a_clause_are_not_the_subject(clause: str, register: Register) -> None:
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\n{clause} dọn bến.\n2. Sở Y tế: Trực.\n"
    assert [duty.unit for duty in read_text(HEAD + body, register).duties] == ["Sở Tài chính", "Sở Y tế"]


def test_what_is_sent_is_read_also_where_no_work_is_handed_out(register: Register) -> None:
    body = "II. HÌNH THỨC KHEN THƯỞNG\n1. Hồ sơ\nCác đơn vị gửi hồ sơ về Sở Du lịch trước ngày 05/3/2024.\n"
    plan = read_text(f"{HEAD}{body}III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực.\n", register)
    assert [(rule.who, rule.to, str(rule.due[0])) for rule in plan.reports] == [
        ("Các đơn vị", "Sở Du lịch", "2024-03-05")
    ]


def test_a_cell_may_name_a_group_in_words_that_no_list_knows(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dọn hồ\n- Đơn vị chủ trì: Sở Y tế\n"
        "- Đơn vị phối hợp: UBND các xã, phường có bến thuyền\n"
    )
    (activity,) = read_text(HEAD + body, register).activities
    assert activity.support == ("UBND các xã, phường có bến thuyền",)


def test_bodies_with_bullets_are_owners_in_any_part(register: Register) -> None:
    body = (
        "Điều 1. Mục tiêu\nHồ sạch.\nĐiều 2. Nhiệm vụ của các cơ quan\n"
        "1. Chi cục Kiểm lâm (Thường trực):\n- Trực bến.\n"
        "2. Các trạm ven hồ, Vườn quốc gia Khê Sơn:\n- Gác.\n3. UBND các xã có rừng\n- Vớt bèo.\nTRƯỞNG BAN\n"
    )
    plan = read_text(HEAD + body, register)
    assert [(duty.unit, duty.text) for duty in plan.duties] == [
        ("Chi cục Kiểm lâm", "Trực bến."),
        ("Các trạm ven hồ, Vườn quốc gia Khê Sơn", "Gác."),
        ("UBND các xã có rừng", "Vớt bèo."),
    ]
    assert plan.unread == ()


@pytest.mark.parametrize(
    ("names", "lead", "support"),
    [
        ("Sở Khoa học và Công nghệ Sở Du lịch", ("Sở Khoa học và Công nghệ", "Sở Du lịch"), ()),
        ("Chủ thuyền, nhà cung cấp phao, hộ nuôi cá", ("Chủ thuyền, nhà cung cấp phao, hộ nuôi cá",), ()),
        ("Các hộ nuôi cá ven hồ, Trạm Y tế các xã", ("Các hộ nuôi cá ven hồ", "Trạm Y tế các xã"), ()),
        (
            "Sở Y tế, các sở, ngành trong phạm vi chức năng, nhiệm vụ của mình và các tổ chức có liên quan",
            ("Sở Y tế", "Các sở, ngành", "Các tổ chức có liên quan"),
            (),
        ),
        (
            "Sở Du lịch chủ trì tham mưu UBND tỉnh ban hành; Sở Y tế và các xã ven hồ chủ động dọn bến",
            ("Sở Du lịch",),
            ("Sở Y tế", "Các xã ven hồ"),
        ),
    ],
)
def test_a_label_names_bodies_in_lists_and_in_sentences(
    names: str, lead: tuple[str, ...], support: tuple[str, ...], register: Register
) -> None:
    plan = read_text(f"{HEAD}II. NỘI DUNG\n1. Dọn hồ\n- Cơ quan thực hiện: {names}.\n", register)
    assert [(activity.lead, activity.support) for activity in plan.activities] == [(lead, support)]


def test_a_bracket_says_who_leads_and_who_helps(register: Register) -> None:
    body = "II. NỘI DUNG\n1. Dọn hồ trong tháng 4 (Sở Du lịch chủ trì; Sở Y tế, các đội thuyền phối hợp).\n"
    (activity,) = read_text(HEAD + body, register).activities
    assert (activity.lead, activity.support) == (("Sở Du lịch",), ("Sở Y tế", "Các đội thuyền"))


def test_who_is_charged_in_an_item_among_labelled_ones_has_a_duty(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dọn hồ\n- Cơ quan chủ trì: Sở Y tế.\n- Cơ quan phối hợp: Sở Du lịch.\n"
        "2. Gác hồ\nCác xã ven hồ có trách nhiệm gác hồ.\n3. Đắp bờ\n- Cơ quan chủ trì: Sở Du lịch.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [activity.text for activity in plan.activities] == ["Dọn hồ", "Đắp bờ"]
    assert [(duty.section, duty.unit) for duty in plan.duties] == [("II.2", "Các xã ven hồ")]


def test_what_one_body_does_about_money_is_its_duty(register: Register) -> None:
    body = (
        "III. KINH PHÍ\n1. Kinh phí do ngân sách bảo đảm.\n2. Sở Tài chính chủ trì cân đối nguồn vốn.\n"
        "3. Các đơn vị lập dự toán.\nIV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Trực.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [(duty.section, duty.unit) for duty in plan.duties] == [
        ("IV.1", "Sở Y tế"),
        ("III.2", "Sở Tài chính"),
    ]
    assert [passage.text for passage in plan.unread] == ["3. Các đơn vị lập dự toán."]


def test_a_colon_in_a_bracket_opens_no_title(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Nâng cao thể lực\na) Sở Y tế\n- Khôi phục môn bơi (gồm: bơi ếch, bơi ngửa).\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Trực.\n2. Sở Nội vụ: Ghi sổ.\n"
    )
    plan = read_text(HEAD + body, register)
    assert ("II.1.a", "Sở Y tế") in [(duty.section, duty.unit) for duty in plan.duties]


def test_a_list_within_a_list_has_the_role_of_the_outer_one(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Thể lực\na) Sở Y tế chủ trì, phối hợp với Sở Du lịch:\n- Mở lớp bơi.\n"
        "- Sửa trạm xá:\n+ Sơn tường.\n+ Lợp mái.\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Trực.\n"
    )
    plan = read_text(HEAD + body, register)
    told = [(duty.text, duty.role, duty.partners) for duty in plan.duties if duty.section == "II.1.a"]
    assert told == [(words, "lead", ("Sở Du lịch",)) for words in ("Mở lớp bơi.", "Sơn tường.", "Lợp mái.")]
