"""Plans of schools, hospitals, Party committees and offices: what their own parts are called."""

from datetime import date

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
SCHOOL = (
    f"SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ KHÊ\nTRƯỜNG THPT KHÊ HẠ\n{STATE}Số: 4/KH-THPT\n"
    "Khê Hạ, ngày 04 tháng 9 năm 2026\nKẾ HOẠCH\n"
)
PART = "III. PHÂN CÔNG NHIỆM VỤ\n"


def owner_and_kind(heading: str, register: Register, head: str = HEAD, rest: str = "") -> tuple[str, str]:
    """Whose the first duty is under a heading, and whether that is one body or many."""
    plan = read_text(f"{head}{PART}1. {heading}\n- Dọn hồ.\n9. Sở Y tế\n- Trực.\n{rest}", register)
    kinds = {body.name: body.kind for body in plan.units}
    return plan.duties[0].unit, kinds[plan.duties[0].unit]


def partners(words: str, register: Register, head: str = HEAD, rest: str = "") -> tuple[str, ...]:
    plan = read_text(
        f"{head}{PART}1. Sở Du lịch\n- Phối hợp với {words}.\n2. Sở Y tế\n- Trực.\n{rest}", register
    )
    return plan.duties[0].partners


@pytest.mark.parametrize(
    ("heading", "name", "kind"),
    [
        ("Khoa Hồi sức tích cực - Chống độc", "Khoa Hồi sức tích cực - Chống độc", "unit"),
        ("Hội đồng Thuốc và điều trị", "Hội đồng Thuốc và điều trị", "unit"),
        ("Tiểu ban Lễ tân, Khánh tiết", "Tiểu ban Lễ tân, Khánh tiết", "unit"),
        (
            "Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh",
            "Đảng ủy Mặt trận Tổ quốc, các đoàn thể tỉnh",
            "unit",
        ),
        ("Trưởng các khoa, phòng", "Các khoa, phòng", "group"),
        ("Khoa Nội, Khoa Ngoại", "Khoa Nội, Khoa Ngoại", "group"),
        ("Giáo viên bộ môn", "Giáo viên bộ môn", "group"),
        ("Lực lượng tình nguyện viên", "Lực lượng tình nguyện viên", "group"),
        ("Các đồng chí Đảng ủy viên", "Các đồng chí Đảng ủy viên", "group"),
        ("Các đồng chí ủy viên Ban Chấp hành", "Các đồng chí ủy viên Ban Chấp hành", "group"),
        ("Hội đồng Thi đua - Khen thưởng các cấp", "Hội đồng Thi đua - Khen thưởng các cấp", "group"),
        (
            "Các chủ đầu tư xây dựng và kinh doanh hạ tầng Khu công nghiệp",
            "Các chủ đầu tư xây dựng và kinh doanh hạ tầng Khu công nghiệp",
            "group",
        ),
        (
            "Các trạm quản lý đê (gồm: Trạm Khê Hạ, Trạm Khê Sơn)",
            "Các trạm quản lý đê: Trạm Khê Hạ, Trạm Khê Sơn",
            "group",
        ),
    ],
)
def test_parts_of_an_institution_own_what_stands_under_them(
    heading: str, name: str, kind: str, register: Register
) -> None:
    assert owner_and_kind(heading, register) == (name, kind)


def test_a_semicolon_parts_committees_of_the_party(register: Register) -> None:
    heading = "1. Các đảng ủy trực thuộc Tỉnh ủy; các xã ủy, phường ủy"
    first = read_text(f"{HEAD}{PART}{heading}\n- Dọn hồ.\n2. Sở Y tế\n- Trực.\n", register).duties[0]
    assert (first.unit, first.also) == ("Các đảng ủy trực thuộc Tỉnh ủy", ("Các xã ủy, phường ủy",))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Công ty TNHH MTV Khai thác công trình thủy lợi Hà Khê nạo vét", None),
        (
            "Công ty Cổ phần Môi trường đô thị Bến Lộc thu gom rác",
            "Công ty Cổ phần Môi trường đô thị Bến Lộc",
        ),
        ("Viện Nghiên cứu thương mại vùng Tây Bắc khảo sát chợ", "Viện Nghiên cứu thương mại vùng Tây Bắc"),
        ("Trung tâm Y tế khu vực Nậm Lộc lấy mẫu", "Trung tâm Y tế khu vực Nậm Lộc"),
        ("Ban Quản lý Khu kinh tế cửa khẩu tỉnh mở chợ", "Ban Quản lý Khu kinh tế cửa khẩu tỉnh"),
        ("Công an xã Khê Sơn tuần tra", "Công an xã Khê Sơn"),
    ],
)
def test_a_long_name_is_whole_in_a_sentence(words: str, name: str | None, register: Register) -> None:
    whole = name or "Công ty TNHH MTV Khai thác công trình thủy lợi Hà Khê"
    assert partners(words, register) == (whole,)


def test_the_commune_that_issues_is_left_out_of_its_bodies_names(register: Register) -> None:
    head = HEAD.replace("TỈNH HÀ KHÊ\n", "XÃ KHÊ HẠ\n", 1)
    assert partners("Công an xã Khê Hạ tuần tra", register, head) == ("Công an xã",)
    assert partners("Công an xã Khê Sơn tuần tra", register, head) == ("Công an xã Khê Sơn",)


def test_the_word_for_the_province_keeps_its_name(register: Register) -> None:
    assert partners("Tỉnh đoàn Hà Khê dọn bến", register) == ("Tỉnh đoàn Hà Khê",)


def test_a_name_listed_in_a_cell_or_after_a_label_is_known_in_sentences(register: Register) -> None:
    table = "PHỤ LỤC\nTT\tNội dung\tChủ trì\tThời gian\n1\tTrực hồ\tKhoa Kiểm soát nhiễm khuẩn\tQuý I\n"
    assert partners("Khoa Kiểm soát nhiễm khuẩn tập huấn", register, rest=table) == (
        "Khoa Kiểm soát nhiễm khuẩn",
    )
    label = (
        "IV. VIỆC\n1. Trực\nChủ trì: Sở Y tế. Phối hợp: Sở Du lịch, Khoa Hồi sức tích cực. Thời gian: Hè.\n"
    )
    assert partners("Khoa Hồi sức tích cực tập huấn", register, rest=label) == ("Khoa Hồi sức tích cực",)


def test_a_school_issues_and_its_long_title_ends_before_the_grounds(register: Register) -> None:
    title = (
        "Giữ trường học an toàn, phòng, chống bạo lực học đường, từ tháng 9 năm 2026 đến hết tháng 5 năm 2027"
    )
    body = f"{PART}1. Ban Giám hiệu\n- Dọn.\n2. Tổ Văn phòng\n- Trực.\n"
    head = read_text(f"{SCHOOL}{title}\nCăn cứ Công văn số 2/SGDĐT;\n{body}", register).head
    assert (head.issuer, head.title) == ("Trường THPT Khê Hạ", f"Kế hoạch g{title[1:]}")
    assert head.period is not None
    assert [str(day) for day in head.period] == ["2026-09-01", "2027-05-31"]


def lead_in(line: str, register: Register) -> Plan:
    return read_text(
        f"{HEAD}{PART}1. {line}\n- Giám sát bến.\n- Kiểm tra phao.\n2. Sở Y tế\n- Trực.\n", register
    )


def test_a_heading_with_its_part_in_the_work_hands_it_down(register: Register) -> None:
    plan = lead_in("Khoa Kiểm soát nhiễm khuẩn chủ trì, phối hợp với các khoa lâm sàng:", register)
    assert [(duty.unit, duty.role, duty.partners) for duty in plan.duties[:2]] == [
        ("Khoa Kiểm soát nhiễm khuẩn", "lead", ("Các khoa lâm sàng",))
    ] * 2


def test_whom_a_bullet_calls_on_does_not_own_it(register: Register) -> None:
    text = f"{HEAD}{PART}1. Sở Du lịch\n- Vận động đoàn viên, hội viên dọn hồ.\n2. Sở Y tế\n- Trực.\n"
    assert read_text(text, register).duties[0].unit == "Sở Du lịch"


def test_a_heading_that_ends_with_the_office_takes_no_bullet_in(register: Register) -> None:
    text = f"{HEAD}{PART}1. Các chi cục, trung tâm trực thuộc Sở\n\n- Xây dựng bến.\n\n2. Sở Y tế\n- Trực.\n"
    first = read_text(text, register).duties[0]
    assert (first.unit, first.text) == ("Các chi cục, trung tâm trực thuộc Sở", "Xây dựng bến.")


def test_who_is_told_of_difficulties_coordinates_where_nobody_else_does(register: Register) -> None:
    closing = (
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị gửi phản ánh về Sở Du lịch để xem xét./.\n"
    )
    plan = read_text(f"{HEAD}{PART}1. Sở Du lịch\n- Dọn hồ.\n2. Sở Y tế\n- Trực.\n{closing}", register)
    assert plan.head.coordinator == "Sở Du lịch"


POLICE = (
    "BỘ CÔNG AN\nCÔNG AN TỈNH HÀ KHÊ\nSố: 7/KH-CAT\nHà Khê, ngày 02 tháng 12 năm 2025\nKẾ HOẠCH\n"
    "Giữ trật tự bến thuyền năm 2026\nI. THỜI GIAN THỰC HIỆN\nTừ ngày 15/12/2025 đến hết ngày 28/02/2026.\n"
    "II. PHÂN CÔNG NHIỆM VỤ\n"
)


def test_a_short_name_that_the_document_gives_is_the_same_body(register: Register) -> None:
    plan = read_text(
        f"{POLICE}1. Phòng Tham mưu (PV01)\n- Trực bến.\n2. Công an các xã\n"
        "- Báo cáo kết quả về Công an tỉnh "
        "(qua PV01) trước ngày 20/02/2026.\n3. PV01 tổng hợp, báo cáo Bộ Công an trước ngày 25/02/2026.\n",
        register,
    )
    assert [duty.unit for duty in plan.duties] == ["Phòng Tham mưu", "Công an các xã", "Phòng Tham mưu"]
    assert plan.reports[0].via == "Phòng Tham mưu"
    assert plan.head.coordinator == "Phòng Tham mưu"
    assert plan.head.period == (date(2025, 12, 15), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        (
            "Phòng Cảnh sát bến (PC02), Phòng Kinh tế hồ (PC03)",
            "Phòng Cảnh sát bến, Phòng Kinh tế hồ",
        ),
        ("Phòng PK02, PX05", "Phòng PK02, PX05"),
    ],
)
def test_codes_in_a_heading_make_many(heading: str, name: str, register: Register) -> None:
    plan = read_text(f"{POLICE}1. {heading}\n- Trực bến.\n", register)
    assert [(body.name, body.kind) for body in plan.units] == [(name, "group")]


def test_reports_are_nobody(register: Register) -> None:
    plan = read_text(
        f"{POLICE}1. Phòng Tham mưu\n- Trực bến.\nIII. CHẾ ĐỘ BÁO CÁO\n"
        "- Báo cáo tuần: trước ngày 20/02/2026.\n"
        "Các báo cáo gửi về Phòng Tham mưu để tổng hợp.\n",
        register,
    )
    assert {rule.via for rule in plan.reports} == {"Phòng Tham mưu"}
    assert {rule.who for rule in plan.reports} == {""}


FRONT = (
    "MẶT TRẬN TỔ QUỐC VIỆT NAM\nỦY BAN TỈNH HÀ KHÊ\nSố: 6/KH-MTTQ\nHà Khê, ngày 10 tháng 3 năm 2026\n"
    "KẾ HOẠCH\nGiám sát bến thuyền năm 2026\n"
)


def test_a_schedule_of_visits_gives_no_work(register: Register) -> None:
    plan = read_text(
        f"{FRONT}I. NỘI DUNG\n1. Đối tượng: Ban Vận động Quỹ các xã Khê Hạ, Khê Thượng.\n2. Lịch làm việc\n"
        "- Thanh tra tỉnh: ngày 12/5/2026.\n- UBND xã Khê Hạ: sáng ngày 14/5/2026.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Bố trí thuyền.\n",
        register,
    )
    assert plan.head.issuer == "Ủy ban MTTQ Việt Nam tỉnh Hà Khê"
    assert [duty.unit for duty in plan.duties] == ["Văn phòng"]
    assert [p.text for p in plan.passages if p.fate == "unread"][-2:] == [
        "- Thanh tra tỉnh: ngày 12/5/2026.",
        "- UBND xã Khê Hạ: sáng ngày 14/5/2026.",
    ]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Đối với các tổ chức chính trị, tổ chức thành viên", "Các tổ chức chính trị, tổ chức thành viên"),
        ("Mặt trận các xã còn lại tự kiểm tra bến.", "Mặt trận các xã còn lại"),
    ],
)
def test_many_are_named_up_to_what_they_do(heading: str, name: str, register: Register) -> None:
    work = "" if heading.endswith(".") else "\n- Trực bến."
    plan = read_text(f"{FRONT}I. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Trực.\n2. {heading}{work}\n", register)
    assert (len(plan.duties), plan.duties[1].unit) == (2, name)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Dạy bơi năm học 2026-2027", (date(2026, 9, 1), date(2027, 8, 31))),
        ("Dạy bơi năm học 2026 - 2027, 6 tháng cuối năm 2026", (date(2026, 7, 1), date(2026, 12, 31))),
    ],
)
def test_a_school_year_is_no_two_years(title: str, period: tuple[date, date], register: Register) -> None:
    plan = read_text(f"{SCHOOL}{title}\nI. TỔ CHỨC THỰC HIỆN\n1. Tổ Bơi lội\n- Mở lớp.\n", register)
    assert plan.head.period == period
