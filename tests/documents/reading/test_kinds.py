"""The kinds of wording that plans nobody has seen bring: each with a sample from a province that is not."""

from datetime import date

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n"
COMMUNE = HEAD.replace("TỈNH HÀ KHÊ\n", "XÃ KHÊ HẠ\n", 1)


def owners(plan: Plan) -> list[tuple[str, str]]:
    return [(duty.unit, duty.text) for duty in plan.duties]


def kinds(plan: Plan) -> dict[str, str]:
    return {body.name: body.kind for body in plan.units}


@pytest.mark.parametrize(
    ("heading", "name", "kind"),
    [
        ("Công an xã", "Công an xã", "unit"),
        ("Trạm Y tế xã", "Trạm Y tế xã", "unit"),
        ("Văn phòng HĐND và UBND xã", "Văn phòng HĐND và UBND xã", "unit"),
        ("Hội Nông dân xã", "Hội Nông dân xã", "unit"),
        ("UBMTTQ Việt Nam xã", "UBMTTQ Việt Nam xã", "unit"),
        ("Thuế cơ sở 5", "Thuế cơ sở 5", "unit"),
        ("Chi cục Hải quan khu vực V", "Chi cục Hải quan khu vực V", "unit"),
        ("Ngân hàng Nhà nước khu vực XII", "Ngân hàng Nhà nước khu vực XII", "unit"),
        ("Hạt Kiểm lâm khu vực", "Hạt Kiểm lâm khu vực", "unit"),
        ("Trung tâm Chuyển đổi số tỉnh", "Trung tâm Chuyển đổi số tỉnh", "unit"),
        ("Viện Nghiên cứu phát triển", "Viện Nghiên cứu phát triển", "unit"),
        ("Thuế tỉnh", "Thuế tỉnh", "unit"),
        ("Chi cục Quản lý thị trường", "Chi cục Quản lý thị trường tỉnh", "unit"),
        ("Sở Văn hoá Thể thao du lịch", "Sở Văn hóa, Thể thao và Du lịch", "unit"),
        ("Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo", "Sở Tài chính", "unit"),
        ("Giám đốc Sở Y tế", "Sở Y tế", "unit"),
        ("Ủy ban nhân dân phường, xã, đặc khu", "Ủy ban nhân dân phường, xã, đặc khu", "group"),
        ("Sở, ban, ngành tỉnh", "Sở, ban, ngành tỉnh", "group"),
        ("Trưởng các thôn", "Trưởng các thôn", "group"),
        ("Khuyến khích các hội, hiệp hội", "Các hội, hiệp hội", "group"),
        ("Tất cả lực lượng", "Tất cả lực lượng", "group"),
        ("Thủ trưởng các sở, ngành", "Các sở, ngành", "group"),
        ("Ban Công tác Mặt trận các thôn", "Ban Công tác Mặt trận các thôn", "group"),
        ("Ban Thường vụ đảng ủy các xã, phường", "Ban Thường vụ đảng ủy các xã, phường", "group"),
        ("Trạm Y tế các xã, phường", "Trạm Y tế các xã, phường", "group"),
        ("Ban Quản lý các khu hồ chứa và khu du lịch", "Ban Quản lý các khu hồ chứa và khu du lịch", "unit"),
        ("Trung tâm Dịch vụ tổng hợp xã", "Trung tâm Dịch vụ tổng hợp xã", "unit"),
        ("Tiểu ban Lễ tân, hậu cần", "Tiểu ban Lễ tân, hậu cần", "unit"),
        ("Tổ Kỹ thuật và An toàn", "Tổ Kỹ thuật và An toàn", "unit"),
        ("Ban Chỉ huy Phòng, chống lũ Công ty", "Ban Chỉ huy Phòng, chống lũ Công ty", "unit"),
        ("Phòng Bến bãi tổng hợp", "Phòng Bến bãi tổng hợp", "unit"),
        ("Các cơ quan quản lý cấp trên", "Các cơ quan quản lý cấp trên", "group"),
        ("Sở Y tế - Tổ phó thường trực", "Sở Y tế", "unit"),
        ("Phòng Lữ hành và Đổi mới sáng tạo", "Phòng Lữ hành và Đổi mới sáng tạo", "unit"),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",
            "unit",
        ),
        ("Công đoàn cơ sở", "Công đoàn cơ sở", "unit"),
        ("Thống kê cơ sở Hồ Khê", "Thống kê cơ sở Hồ Khê", "unit"),
        ("BCĐ cấp xã", "BCĐ cấp xã", "group"),
        ("BAN CHỈ ĐẠO CẤP XÃ", "Ban chỉ đạo cấp xã", "group"),
        ("Sở Dân tộc và Tôn giáo các tỉnh ven hồ", "Sở Dân tộc và Tôn giáo các tỉnh ven hồ", "group"),
        (
            "Các Sở, ngành quản lý, tham gia thực hiện các dự án trồng rừng",
            "Các Sở, ngành quản lý, tham gia thực hiện các dự án trồng rừng",
            "group",
        ),
    ],
)
def test_a_numbered_line_that_stands_alone_is_an_owner_whatever_it_is_called(
    heading: str, name: str, kind: str, register: Register
) -> None:
    plan = read_text(f"{HEAD}{PART}1. {heading}\n- Tuần tra ven hồ.\n", register)
    assert owners(plan) == [(name, "Tuần tra ven hồ.")]
    assert kinds(plan) == {name: kind}
    assert plan.head.coordinator is None


@pytest.mark.parametrize(
    ("line", "unit", "text"),
    [
        (
            "Các cơ quan thông tin, truyền thông của tỉnh: Mở chuyên mục.",
            "Các cơ quan thông tin, truyền thông của tỉnh",
            "Mở chuyên mục.",
        ),
        ("Doanh nghiệp, chủ rừng, cá nhân: Đăng ký.", "Doanh nghiệp, chủ rừng, cá nhân", "Đăng ký."),
        (
            "Đề nghị các cấp ủy Đảng, Mặt trận Tổ quốc tỉnh: Vận động bà con ven hồ.",
            "Các cấp ủy Đảng, Mặt trận Tổ quốc tỉnh",
            "Vận động bà con ven hồ.",
        ),
    ],
)
def test_what_stands_before_a_colon_is_one_name(line: str, unit: str, text: str, register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Sở Y tế\n- Trực.\n2. {line}\n", register)
    assert owners(plan) == [("Sở Y tế", "Trực."), (unit, text)]


@pytest.mark.parametrize(
    ("duty", "partners"),
    [
        ("Phối hợp Bộ Chỉ huy Quân sự tỉnh giữ trật tự.", ("Bộ Chỉ huy Quân sự tỉnh",)),
        ("Phối hợp với sở, ban, ngành tỉnh mở lớp.", ("Sở, ban, ngành tỉnh",)),
        ("Phối hợp với Thuế cơ sở 5 thu phí.", ("Thuế cơ sở 5",)),
        ("Phối hợp với viện, trường mở lớp.", ("Viện, trường",)),
    ],
)
def test_a_partner_needs_neither_voi_nor_cac(
    duty: str, partners: tuple[str, ...], register: Register
) -> None:
    plan = read_text(f"{HEAD}{PART}1. Sở Du lịch\n- {duty}\n", register)
    assert [duty.partners for duty in plan.duties] == [partners]


def test_a_line_that_opens_a_list_hands_role_and_partners_down(register: Register) -> None:
    body = (
        "1. Sở Du lịch chủ trì, phối hợp với Sở Y tế:\n- Rà soát bến.\n"
        "2. Công an tỉnh\n- Phối hợp hướng dẫn. Trong đó:\n+ Sở Xây dựng: Kẻ vạch.\n"
        "3. Sở Tài chính bố trí kinh phí và thực hiện các nội dung sau:\n- Chi trả.\n"
    )
    plan = read_text(HEAD + PART + body, register)
    assert [(duty.unit, duty.text, duty.role, duty.partners) for duty in plan.duties] == [
        ("Sở Du lịch", "Rà soát bến.", "lead", ("Sở Y tế",)),
        ("Sở Xây dựng", "Sở Xây dựng: Kẻ vạch.", "support", ()),
        ("Sở Tài chính", "Sở Tài chính bố trí kinh phí và thực hiện các nội dung sau:", "own", ()),
        ("Sở Tài chính", "Chi trả.", "own", ()),
    ]


def test_tasks_body_by_body_in_the_content_part_and_single_lines_of_it_are_duties(register: Register) -> None:
    body = (
        "I. NỘI DUNG THỰC HIỆN\n1. Sở Y tế\n- Trực.\n2. Sở Du lịch\n- Mở lớp.\n"
        "II. THEO DÕI, KIỂM TRA VÀ CHẾ ĐỘ BÁO CÁO\n1. Theo dõi\n- Sở Du lịch chủ trì kiểm tra bến.\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính\nLo kinh phí.\n"
    )
    plan = read_text(HEAD + body, register)
    assert sorted((duty.section, duty.unit) for duty in plan.duties) == [
        ("I.1", "Sở Y tế"),
        ("I.2", "Sở Du lịch"),
        ("II.1", "Sở Du lịch"),
        ("III.1", "Sở Tài chính"),
    ]


def test_labels_may_stand_under_a_label_or_in_one_sentence(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Trồng cỏ ven hồ\na) Nội dung: Trồng 3 ha.\nb) Cơ quan thực hiện:\n"
        "- Đơn vị chủ trì: Sở Xây dựng\n- Đơn vị phối hợp: Sở Y tế\n"
        "2. Vớt bèo\nCơ quan thực hiện: Sở Du lịch chủ trì, phối hợp với Sở Y tế\n"
        "3. Lễ hội\n- Ra mắt câu lạc bộ.\nĐơn vị chủ trì tham mưu thực hiện: Sở Du lịch.\n"
        "- Tập huấn.\nĐơn vị chủ trì: Sở Y tế.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [(item.text.strip("."), item.lead, item.support) for item in plan.activities] == [
        ("Trồng cỏ ven hồ", ("Sở Xây dựng",), ("Sở Y tế",)),
        ("Vớt bèo", ("Sở Du lịch",), ("Sở Y tế",)),
        ("Ra mắt câu lạc bộ", ("Sở Du lịch",), ()),
        ("Tập huấn", ("Sở Y tế",), ()),
    ]


def test_a_table_goes_on_after_a_caption_and_a_page_end_and_swallows_no_recipients(
    register: Register,
) -> None:
    body = (
        "PHỤ LỤC\nTT\tNội dung\tCơ quan chủ trì\tThời gian\nI. VEN HỒ\n1\tTrồng cỏ\tSở Xây dựng\tQuý I\n\n"
        "II. TRÊN HỒ\n2\tVớt bèo\tSở Du lịch\tQuý II\n3\tThả cá\tSở Y tế\nNơi nhận:\n- Lưu: VT.\n"
    )
    plan = read_text(HEAD + body, register)
    assert [(item.text, item.lead) for item in plan.activities] == [
        ("Trồng cỏ", ("Sở Xây dựng",)),
        ("Vớt bèo", ("Sở Du lịch",)),
        ("Thả cá", ("Sở Y tế",)),
    ]


def test_a_commune_is_coordinated_within_the_commune(register: Register) -> None:
    body = (
        "1. Văn phòng HĐND và UBND xã\n- Tổng hợp, báo cáo UBND tỉnh (qua Sở Nội vụ) trước ngày 20/12.\n"
        "2. Chế độ báo cáo\nCác phòng, đơn vị báo cáo về Văn phòng HĐND và UBND xã trước ngày 14/12.\n"
    )
    assert read_text(COMMUNE + PART + body, register).head.coordinator == "Văn phòng HĐND và UBND xã"


def test_the_state_coordinates_no_provinces_plan(register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Sở Y tế\n- Báo cáo Chính phủ (qua Bộ Y tế) hằng quý.\n", register)
    assert plan.head.coordinator is None


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("UBND các xã vùng hạ du thông báo cho bà con.", "UBND các xã vùng hạ du"),
        ("Các phòng, xí nghiệp gửi danh sách ca trực.", "Các phòng, xí nghiệp"),
        ("Các cơ quan, đơn vị nghiêm túc trực hồ.", "Các cơ quan, đơn vị"),
    ],
)
def test_the_name_of_many_ends_at_the_verb(line: str, unit: str, register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Sở Du lịch: Mở lớp.\n2. {line}\n", register)
    assert owners(plan)[1:] == [(unit, line)]


def test_a_name_in_a_heading_is_known_in_every_sentence(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}1. Tổ Lái thuyền hạng nhẹ\n- Neo thuyền.\n2. Sở Du lịch\n"
        "- Phối hợp với Tổ Lái thuyền hạng nhẹ tập huấn.\n",
        register,
    )
    assert [duty.partners for duty in plan.duties] == [(), ("Tổ Lái thuyền hạng nhẹ",)]


def test_who_leads_others_is_told_to_lead_them(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}1. Đảng ủy các xã ven hồ\nLãnh đạo các đoàn thể cùng cấp giữ hồ sạch.\n", register
    )
    assert owners(plan) == [("Đảng ủy các xã ven hồ", "Lãnh đạo các đoàn thể cùng cấp giữ hồ sạch.")]


def test_the_committee_of_the_commune_that_issues_is_one_body(register: Register) -> None:
    text = f"{{head}}{PART}1. UBND xã\n- Gác.\n2. UBND xã, phường\n- Trực.\n"
    assert kinds(read_text(text.format(head=COMMUNE), register)) == {
        "UBND xã": "unit",
        "UBND xã, phường": "group",
    }
    assert set(kinds(read_text(text.format(head=HEAD), register)).values()) == {"group"}


def test_a_line_under_a_group_shares_the_work_out(register: Register) -> None:
    plan = read_text(
        f"{COMMUNE}{PART}1. Các hội của xã\nHội Phụ nữ xã phụ trách hoa; Hội Nông dân xã giữ gìn bến.\n",
        register,
    )
    assert owners(plan) == [
        ("Hội Phụ nữ xã", "Hội Phụ nữ xã phụ trách hoa"),
        ("Hội Nông dân xã", "Hội Nông dân xã giữ gìn bến."),
    ]


def test_of_two_columns_of_time_the_end_counts(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\nSTT\tHoạt động\tĐơn vị thực hiện\tThời gian bắt đầu\tThời gian kết thúc\n"
        "1\tDọn hồ\tTổ Công nghệ thông tin\t01/3/2024\t31/3/2024\n",
        register,
    )
    (activity,) = plan.activities
    assert (activity.lead, activity.when) == (("Tổ Công nghệ thông tin",), "31/3/2024")


def test_a_decision_that_is_the_plan_itself_says_what_it_is_about(register: Register) -> None:
    head = HEAD.split("KẾ HOẠCH")[0].replace("KH-UBND", "QĐ-UBND")
    plan = read_text(
        f"{head}QUYẾT ĐỊNH\nVề việc phê duyệt Đề án giữ hồ\ngiai đoạn 2024 - 2026\nCHỦ TỊCH UBND TỈNH\n"
        "Căn cứ Luật Thủy lợi năm 2017;\nQUYẾT ĐỊNH:\nĐiều 1. Phê duyệt Đề án.\nĐiều 2. Tổ chức thực hiện\n"
        "1. Giao Sở Du lịch mở lớp.\n2. Sở Y tế: Trực.\n"
        "Điều 3. Thủ trưởng các sở và các cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.\n",
        register,
    )
    assert plan.head.title == "Phê duyệt Đề án giữ hồ giai đoạn 2024 - 2026"
    assert plan.head.period == (date(2024, 1, 1), date(2026, 12, 31))
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch", "Sở Y tế"]
    assert plan.unread == ()


def test_a_heading_for_many_stands_over_the_bodies_that_it_means(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}C. ĐỀ NGHỊ CÁC CƠ QUAN PHỐI HỢP\n1. Sở Y tế: Trực bến.\n"
        "2. Bưu điện tỉnh và các tổ chức dịch vụ thuyền: Mở bến.\n",
        register,
    )
    assert owners(plan) == [
        ("Sở Y tế", "Trực bến."),
        ("Bưu điện tỉnh và các tổ chức dịch vụ thuyền", "Mở bến."),
    ]


def test_the_head_of_a_body_is_addressed_for_it(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}1. CÁC THỐNG KÊ CƠ SỞ\n- Đếm thuyền.\n"
        "- Giao Giám đốc Thống kê cơ sở Hồ Khê tổ chức đếm bến ven hồ.\n",
        register,
    )
    assert [unit for unit, _ in owners(plan)] == ["Các thống kê cơ sở", "Thống kê cơ sở Hồ Khê"]


def test_who_is_many_stays_so_in_a_cell(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. NỘI DUNG\n1. Dọn hồ\n- Chủ trì: Thành viên BCĐ tỉnh.\n"
        "- Phối hợp: Sở Dân tộc và Tôn giáo các tỉnh được chọn.\n- Thời gian: Quý I.\n",
        register,
    )
    assert kinds(plan) == {
        "Thành viên BCĐ tỉnh": "group",
        "Sở Dân tộc và Tôn giáo các tỉnh được chọn": "group",
    }


def test_items_on_one_line_are_items(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}1. Sở Y tế: Trực ngày 1.5. 2. Sở Du lịch: Mở bến. 3. Sở Nội vụ: Đếm.\n", register
    )
    assert owners(plan) == [
        ("Sở Y tế", "Trực ngày 1.5."),
        ("Sở Du lịch", "Mở bến."),
        ("Sở Nội vụ", "Đếm."),
    ]


def test_the_steps_of_a_time_table_are_asked_about(register: Register) -> None:
    plan = read_text(
        f"{HEAD}II. TIẾN ĐỘ\n- Tháng 5/2024: Đoàn làm việc trên hồ.\n"
        "- Từ ngày 1/6 đến ngày 5/6/2024: viết lại.\n"
        "Ngày | Điều | Chỗ\n12/5/2024 | Xem bến ven hồ | Khê Hạ\n13/5/2024 | Xem thuyền trên hồ | Khê Hạ\n"
        f"{PART}1. Sở Y tế\n- Trực bến.\n",
        register,
    )
    unread = [passage.text for passage in plan.passages if passage.fate == "unread"]
    assert unread == [
        "- Tháng 5/2024: Đoàn làm việc trên hồ.",
        "- Từ ngày 1/6 đến ngày 5/6/2024: viết lại.",
        "12/5/2024 | Xem bến ven hồ | Khê Hạ",
        "13/5/2024 | Xem thuyền trên hồ | Khê Hạ",
    ]
