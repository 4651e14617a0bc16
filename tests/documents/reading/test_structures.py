"""How plans are built that nobody has seen: other marks, lists in lists, brackets, tables of signs."""

from datetime import date

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n"
COMMUNE = HEAD.replace("TỈNH HÀ KHÊ\n", "XÃ KHÊ HẠ\n", 1)


def read(body: str, register: Register, head: str = HEAD) -> Plan:
    return read_text(head + body, register)


def owners(plan: Plan) -> list[tuple[str, str]]:
    return [(duty.unit, duty.text) for duty in plan.duties]


def work(plan: Plan) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    return [(one.text, one.lead, one.support, one.when) for one in plan.activities]


def unread(plan: Plan) -> list[str]:
    return [passage.text for passage in plan.unread]


def test_a_heading_that_speaks_of_duties_is_nobodys(register: Register) -> None:
    plan = read(
        "PHẦN THỨ BA: TỔ CHỨC THỰC HIỆN\nI. PHÂN CÔNG NHIỆM VỤ\nSở Du lịch\n+ Mở bến.\n+ Đặt phao.\n"
        "Công an tỉnh\n• Gác.\n",
        register,
    )
    assert owners(plan) == [("Sở Du lịch", "Mở bến."), ("Sở Du lịch", "Đặt phao."), ("Công an tỉnh", "Gác.")]
    assert plan.duties[0].section == "III.I"


def test_a_bullet_that_opens_a_list_stands_over_bullets_of_another_kind(register: Register) -> None:
    lines = "1. Sở Du lịch\n• Trước lễ hội:\n- Đặt phao.\n- Kẻ vạch.\n• Sau lễ hội:\n- Cất phao.\n"
    plan = read(PART + lines, register)
    assert owners(plan) == [("Sở Du lịch", text) for text in ("Đặt phao.", "Kẻ vạch.", "Cất phao.")]
    assert [passage.fate for passage in plan.passages if passage.text.endswith("hội:")] == ["lead_in"] * 2


def test_muc_and_dieu_number_parts(register: Register) -> None:
    plan = read(
        "Mục 1. Mục đích\nĐón khách.\nMục 2. Trách nhiệm của các cơ quan\n2.1. Sở Du lịch\n2.1.1. Mở bến.\n"
        "2.1.2. Đặt phao.\n2.2. Sở Y tế\n2.2.1. Trực.\nMục 3. Hiệu lực\nKế hoạch có hiệu lực từ ngày ký./.\n",
        register,
    )
    assert owners(plan) == [("Sở Du lịch", "Mở bến."), ("Sở Du lịch", "Đặt phao."), ("Sở Y tế", "Trực.")]
    assert [duty.section for duty in plan.duties] == ["2.1", "2.1", "2.2"]


def test_d_with_a_stroke_is_a_letter_of_a_part(register: Register) -> None:
    plan = read("D. KINH PHÍ\nTừ ngân sách.\nĐ. PHÂN CÔNG TRÁCH NHIỆM\n1. Sở Du lịch\na) Mở bến.\n", register)
    assert [(duty.section, duty.text) for duty in plan.duties] == [("Đ.1", "Mở bến.")]
    assert unread(plan) == []


def test_the_number_of_a_task_is_no_part_of_its_text(register: Register) -> None:
    plan = read(
        "II. NHIỆM VỤ\nNhiệm vụ 1: Nạo vét bến\n- Chủ trì: Sở Xây dựng.\n- Hoàn thành: Quý II/2024.\n"
        "Nhiệm vụ 2: Đặt phao\n- Chủ trì: Sở Du lịch.\n- Phối hợp: Công an tỉnh.\n",
        register,
    )
    assert work(plan) == [
        ("Nạo vét bến", ("Sở Xây dựng",), (), "Quý II/2024"),
        ("Đặt phao", ("Sở Du lịch",), ("Công an tỉnh",), None),
    ]


def test_a_bracket_under_an_item_says_who_does_it_and_when(register: Register) -> None:
    plan = read(
        "II. NỘI DUNG\n1. Nạo vét bến\nVét bùn ở hai đầu bến.\n"
        "(Sở Xây dựng chủ trì; Công an tỉnh, Trưởng các thôn phối hợp; hoàn thành trước 30/5/2024)\n"
        "2. Mở chợ đêm\n(Sở Công Thương chủ trì; Sở Du lịch phối hợp; hằng tháng)\n",
        register,
    )
    assert work(plan) == [
        ("Nạo vét bến", ("Sở Xây dựng",), ("Công an tỉnh", "Trưởng các thôn"), "hoàn thành trước 30/5/2024"),
        ("Mở chợ đêm", ("Sở Công Thương",), ("Sở Du lịch",), "hằng tháng"),
    ]
    assert [passage.fate for passage in plan.passages if passage.text.startswith("Vét")] == ["activity"]


def test_work_that_is_led_by_somebody_in_mid_sentence_is_an_activity(register: Register) -> None:
    line = (
        "Việc nạo vét bến do UBND các xã chủ trì, "
        "Công ty Khai thác Bến Khê phối hợp, hoàn thành trước 28/02/2024."
    )
    plan = read(f"II. GIẢI PHÁP\n1. {line}\n2. Giữ nước sạch.\n", register)
    assert work(plan) == [
        (line, ("UBND các xã",), ("Công ty Khai thác Bến Khê",), "hoàn thành trước 28/02/2024"),
    ]


@pytest.mark.parametrize("address", ["Giao", "Yêu cầu", "Đề nghị", "Phân công"])
def test_an_address_in_the_content_hands_work_out(address: str, register: Register) -> None:
    plan = read(
        f"II. GIẢI PHÁP\n1. {address} Sở Tài chính bố trí 12 tỷ đồng.\n{PART}1. Sở Y tế\n- Trực.\n", register
    )
    assert ("Sở Tài chính", f"{address} Sở Tài chính bố trí 12 tỷ đồng.") in owners(plan)


def test_for_whom_a_numbered_line_holds_has_its_work(register: Register) -> None:
    line = "Đối với các xã, phường: tổ chức trồng cây vào ngày 23/02/2024, báo cáo Sở Y tế trước 28/02/2024."
    plan = read(
        f"4. Phân công nhiệm vụ\nSở Y tế: Trực ở bến.\n5. {line}\n"
        "Trên đây là Kế hoạch, đề nghị các đơn vị thực hiện./.\n",
        register,
    )
    assert ("Các xã, phường", line.removeprefix("Đối với các xã, phường: ")) in owners(plan)
    assert [(rule.who, rule.to, rule.due) for rule in plan.reports] == [
        ("Các xã, phường", "Sở Y tế", (date(2024, 2, 28),))
    ]


def test_a_table_of_signs_says_who_leads_and_who_helps(register: Register) -> None:
    plan = read(
        "II. NHIỆM VỤ\n"
        "| TT | Công việc | Phòng Kinh tế | Công an xã | Trạm Y tế xã | Thời hạn |\n"
        "|---|---|---|---|---|---|\n"
        "| 1 | Dọn bến | CT | PH | | 31/3/2024 |\n| 2 | Gác bến | | CT | PH | 30/6/2024 |\n",
        register,
        COMMUNE,
    )
    assert work(plan) == [
        ("Dọn bến", ("Phòng Kinh tế",), ("Công an xã",), "31/3/2024"),
        ("Gác bến", ("Công an xã",), ("Trạm Y tế xã",), "30/6/2024"),
    ]


def test_plain_signs_alone_lead(register: Register) -> None:
    plan = read(
        "II. NHIỆM VỤ\n| Công việc | Sở Y tế | Công an tỉnh |\n|---|---|---|\n| Dọn bến ven hồ | x | |\n"
        "| Gác bến ven hồ | x | x |\n",
        register,
    )
    assert work(plan) == [
        ("Dọn bến ven hồ", ("Sở Y tế",), (), None),
        ("Gác bến ven hồ", ("Sở Y tế", "Công an tỉnh"), (), None),
    ]


def test_an_item_for_all_stands_beside_items_for_each(register: Register) -> None:
    plan = read(
        f"{PART}1. Đề nghị Liên minh Hợp tác xã và các hội ven hồ\na) Giám sát bến.\n"
        "b) Hội Nông dân tỉnh nuôi cá.\n"
        "c) Hội Cựu chiến binh tỉnh gác bến.\n",
        register,
    )
    assert [unit for unit, _ in owners(plan)] == [
        "Liên minh Hợp tác xã và các hội ven hồ", "Hội Nông dân tỉnh", "Hội Cựu chiến binh tỉnh",
    ]  # fmt: skip
    assert unread(plan) == []


def test_a_title_over_bullets_of_an_owner_is_no_duty(register: Register) -> None:
    plan = read(
        f"{PART}1. Sở Y tế\n1.1. Về an toàn ven hồ\n* Rào bến.\n1.2. Về cứu đuối\n* Mở lớp.\n", register
    )
    assert owners(plan) == [("Sở Y tế", "Rào bến."), ("Sở Y tế", "Mở lớp.")]


def test_what_a_list_of_duties_has_besides_is_asked_about(register: Register) -> None:
    plan = read(
        f"II. THEO THÁNG\n1. Tháng 9:\n- Sở Du lịch tổ chức đua thuyền.\n"
        "- Nghiệp đoàn bến Khê tổ chức hội bơi.\n"
        f"{PART}1. Sở Y tế\n- Trực.\n",
        register,
    )
    assert unread(plan) == ["- Nghiệp đoàn bến Khê tổ chức hội bơi."]


def test_a_line_on_reports_is_read_or_asked_about(register: Register) -> None:
    plan = read(
        f"{PART}1. Sở Y tế\n- Trực.\nIV. BÁO CÁO\nCuối mỗi vụ các hội báo cáo UBND tỉnh (qua Sở Du lịch).\n"
        "Mẫu báo cáo do nơi nhận gửi.\n",
        register,
    )
    assert [(rule.who, rule.to, rule.via) for rule in plan.reports] == [
        ("Các hội", "UBND tỉnh", "Sở Du lịch")
    ]
    assert unread(plan) == ["Mẫu báo cáo do nơi nhận gửi."]


def test_in_a_case_the_body_after_it_reports(register: Register) -> None:
    plan = read(
        f"{PART}1. Sở Y tế\n- Trực.\nIV. BÁO CÁO\n"
        "1. Khi có lũ: UBND các xã báo cáo trước 6 giờ hằng ngày về Sở Du lịch.\n"
        "2. Định kỳ: Các sở báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 20/6/2024.\n"
        "3. Vụ việc nghiêm trọng báo cáo ngay bằng điện thoại về trực ban Công an tỉnh.\n"
        "Yêu cầu Thủ trưởng các sở nghiêm túc thực hiện Kế hoạch này./.\n",
        register,
    )
    assert [(rule.who, rule.recurrence) for rule in plan.reports[:2]] == [
        ("UBND các xã", "daily"), ("Các sở", "once"),
    ]  # fmt: skip
    assert plan.reports[2].recurrence == "ad hoc"
    assert "trực ban Công an tỉnh" in plan.reports[2].quote


def test_the_introduction_hands_out_nothing(register: Register) -> None:
    plan = read(
        "Sở Du lịch ban hành Kế hoạch như sau:\nĐiều 1. Sở Y tế\n1. Trực.\nĐiều 2. Trạm Y tế các xã\n"
        "Gửi danh sách.\n",
        register,
    )
    assert [unit for unit, _ in owners(plan)] == ["Sở Y tế", "Trạm Y tế các xã"]


def test_a_signature_of_any_body_ends_the_plan(register: Register) -> None:
    plan = read(f"{PART}a) Sở Y tế\nTrực ở bến.\nT/M ĐẢNG ỦY\nBÍ THƯ\n", register)
    assert owners(plan) == [("Sở Y tế", "Trực ở bến.")]


def test_the_bracket_under_a_title_gives_the_period(register: Register) -> None:
    title = (
        "KẾ HOẠCH\nMở đợt cao điểm giữ bến trên địa bàn tỉnh Hà Khê\n"
        "(Từ ngày 15/4/2024 đến hết ngày 30/6/2024)\n"
    )
    head = HEAD[: HEAD.index("KẾ HOẠCH")] + title
    plan = read(f"{PART}1. Sở Y tế\n- Trực.\n", register, head)
    assert plan.head.period == (date(2024, 4, 15), date(2024, 6, 30))
    assert plan.head.title == "Kế hoạch mở đợt cao điểm giữ bến trên địa bàn tỉnh Hà Khê"


def test_the_issuer_is_not_its_own_coordinator(register: Register) -> None:
    head = (
        "UBND TỈNH HÀ KHÊ\nSỞ DU LỊCH\nSố: 4/KH-SDL\nHà Khê, ngày 12 tháng 01 năm 2024\nKẾ HOẠCH\n"
        "Mở bến năm 2024\n"
    )
    body = (
        "1. Phòng Lữ hành\n- Mở bến.\nIV. BÁO CÁO\n"
        "Các đơn vị báo cáo Sở Du lịch (qua Phòng Lữ hành) trước 10/6/2024.\n"
    )
    assert read(PART + body, register, head).head.coordinator == "Phòng Lữ hành"


def test_a_commune_has_its_own_body_and_not_the_provinces(register: Register) -> None:
    plan = read(f"{PART}1. Trung tâm Phục vụ hành chính công\n- Niêm yết.\n", register, COMMUNE)
    assert [unit for unit, _ in owners(plan)] == ["Trung tâm Phục vụ hành chính công"]


def test_a_leader_of_one_place_is_one(register: Register) -> None:
    plan = read(
        f"{PART}1. Trưởng các thôn\n- Dọn bến.\n- Riêng trưởng thôn Nà Sấu lập danh sách hộ.\n"
        "2. Riêng Tổ trưởng tổ dân phố số 7 gác bến.\n",
        register,
        COMMUNE,
    )
    assert [unit for unit, _ in owners(plan)] == [
        "Trưởng các thôn", "Trưởng thôn Nà Sấu", "Tổ trưởng tổ dân phố số 7",
    ]  # fmt: skip
    assert {body.name: body.kind for body in plan.units}["Trưởng thôn Nà Sấu"] == "unit"


def test_a_person_with_an_office_is_one(register: Register) -> None:
    name = "Đồng chí Lý Thị Mai - Phó Chủ tịch UBND xã, Trưởng Ban Chỉ đạo"
    plan = read(f"III. PHÂN CÔNG\n1. {name}: chỉ đạo chung.\n2. Trạm Y tế xã: trực.\n", register, COMMUNE)
    assert owners(plan)[0] == (name, "chỉ đạo chung.")
    assert plan.units[0].kind == "unit"


def test_bodies_of_each_level_are_one_group(register: Register) -> None:
    plan = read(
        f"{PART}1. UBND các xã\n- Chủ trì, phối hợp với Mặt trận Tổ quốc và các đoàn thể cùng cấp dọn bến.\n",
        register,
    )
    assert plan.duties[0].partners == ("Mặt trận Tổ quốc và các đoàn thể cùng cấp",)


def test_a_long_name_after_a_label_is_kept(register: Register) -> None:
    name = "Ban Quản lý dự án đầu tư xây dựng các công trình bến bãi và đường ven hồ tỉnh"
    plan = read(f"II. NỘI DUNG\n1. Nạo vét bến\n- Chủ trì: {name}.\n- Hoàn thành: Quý I.\n", register)
    assert plan.activities[0].lead == (name,)


def test_lettered_items_on_the_line_of_a_numbered_one(register: Register) -> None:
    items = (
        "1. Sở Du lịch: a) Trông bến; b) Đếm thuyền; c) Mở hội.\n2. Sở Y tế: a) Trực theo điểm b) Điều 3.\n"
    )
    duties = read_text(f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n{items}", register).duties
    assert [(duty.unit, duty.text) for duty in duties][:3] == [
        ("Sở Du lịch", "Trông bến;"), ("Sở Du lịch", "Đếm thuyền;"), ("Sở Du lịch", "Mở hội."),
    ]  # fmt: skip
    assert [duty.text for duty in duties][3:] == ["a) Trực theo điểm b) Điều 3."]


def test_bodies_joined_by_a_plus_are_several(register: Register) -> None:
    plan = read_text(f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế + Sở Du lịch: Trông bến.\n", register)
    assert [(body.name, body.kind) for body in plan.units] == [("Sở Y tế + Sở Du lịch", "group")]
