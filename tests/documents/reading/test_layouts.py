"""The ways in which plans lay out who does what: one invented stretch for each, in a province that is not."""

import pytest

from documents.reading import Unreadable, read_text
from domain.organisation.register import Register
from domain.plans.plan import Plan

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Hà Khê, ngày 02 tháng 02 năm 2024
KẾ HOẠCH
PHÁT TRIỂN DU LỊCH TỈNH HÀ KHÊ NĂM 2024
"""


def read(body: str, register: Register, head: str = HEAD) -> Plan:
    return read_text(head + body, register)


def duties(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(duty.section, duty.unit, duty.role, duty.text) for duty in plan.duties]


@pytest.mark.parametrize(
    "body",
    [
        (
            "III. TỔ CHỨC THỰC HIỆN\n"
            "1. Sở Du lịch:\n- Chủ trì mở lớp.\n"
            "- Theo dõi lớp.\n2. Công an tỉnh\n"
            "- Phối hợp giữ trật tự."
        ),
        (
            "III. TỔ CHỨC THỰC HIỆN\n"
            "\n1. Sở Du lịch\n\n- Chủ trì mở lớp.\n"
            "\n- Theo dõi lớp.\n\n"
            "2. Công an tỉnh:\n\nPhối hợp giữ trật tự."
        ),
        (
            "III. Tổ chức thực hiện\n"
            "1. Trách nhiệm của Sở Du lịch\n"
            "a) Chủ trì mở lớp.\nb) Theo dõi lớp.\n"
            "2. Đề nghị Công an tỉnh: Phối hợp giữ trật tự."
        ),
        (
            "III. PHÂN CÔNG NHIỆM VỤ\n"
            "1/ Giao Sở Du lịch:\n"
            "+ Chủ trì mở lớp.\n+ Theo dõi lớp.\n"
            "2/ Công an tỉnh Hà Khê:\n"
            "+ Phối hợp giữ trật tự."
        ),
        (
            "III. TRÁCH NHIỆM THỰC HIỆN\n"
            "1. Sở Du lịch có trách nhiệm:\n"
            "-Chủ trì mở lớp.\n-Theo dõi lớp.\n"
            "2. Công an tỉnh:\n-Phối hợp giữ trật tự."
        ),
        (
            "**III. TỔ CHỨC THỰC HIỆN**\n"
            "**1. Sở Du lịch:**\n• Chủ trì mở lớp.\n"
            "• Theo dõi lớp.\n**2. Công an tỉnh:**\n"
            "• Phối hợp giữ trật tự."
        ),
        (
            "III. TỔ CHỨC THỰC HIỆN\n"
            "1. SỞ DU LỊCH\n- Chủ trì mở lớp.\n"
            "- Theo dõi lớp.\n2. CÔNG AN TỈNH\n"
            "- Phối hợp giữ trật tự."
        ),
        (
            "III- TỔ CHỨC THỰC HIỆN KẾ HOẠCH\n"
            "1- Sở Du lịch:\n- Chủ trì mở lớp.\n"
            "- Theo dõi lớp.\n2- Công an tỉnh:\n"
            "- Phối hợp giữ trật tự."
        ),
    ],
)
def test_a_heading_names_the_body_of_what_stands_under_it(body: str, register: Register) -> None:
    assert duties(read(body, register)) == [
        ("III.1", "Sở Du lịch", "lead", "Chủ trì mở lớp."),
        ("III.1", "Sở Du lịch", "own", "Theo dõi lớp."),
        ("III.2", "Công an tỉnh", "support", "Phối hợp giữ trật tự."),
    ]


def test_a_heading_of_a_part_within_a_part_is_found(register: Register) -> None:
    body = """IV. KINH PHÍ VÀ TỔ CHỨC THỰC HIỆN
1. Kinh phí thực hiện
Kinh phí do ngân sách tỉnh bảo đảm; Sở Tài chính thẩm định.
2. Tổ chức thực hiện
2.1. Sở Du lịch
- Chủ trì mở lớp.
2.2. UBND các huyện, thành phố
- Tổ chức ra quân.
- UBND thành phố Hà Khê chủ trì lễ phát động.
"""
    assert duties(read(body, register)) == [
        ("IV.2.1", "Sở Du lịch", "lead", "Chủ trì mở lớp."),
        ("IV.2.2", "UBND các huyện, thành phố", "own", "Tổ chức ra quân."),
        ("IV.2.2", "UBND thành phố Hà Khê", "lead", "UBND thành phố Hà Khê chủ trì lễ phát động."),
    ]


def test_a_heading_for_many_may_hold_a_heading_for_each(register: Register) -> None:
    body = """C. TỔ CHỨC THỰC HIỆN
I. Trách nhiệm của các sở, ban, ngành
1. Sở Du lịch (Cơ quan thường trực):
1.1. Chủ trì mở lớp.
1.2. Theo dõi lớp.
2. Các đồng chí Giám đốc các sở: Chỉ đạo thực hiện.
II. Trách nhiệm của UBND các xã, phường
- Ra quân.
"""
    assert duties(read(body, register)) == [
        ("C.I.1", "Sở Du lịch", "lead", "Chủ trì mở lớp."),
        ("C.I.1", "Sở Du lịch", "own", "Theo dõi lớp."),
        ("C.I.2", "Các sở", "own", "Chỉ đạo thực hiện."),
        ("C.II", "UBND các xã, phường", "own", "Ra quân."),
    ]


def test_unnumbered_headings_and_bullets_that_name_bodies_are_read(register: Register) -> None:
    body = """V. TỔ CHỨC THỰC HIỆN
Sở Du lịch:
- Chủ trì mở lớp.
Sở Y tế
- Bố trí trạm cấp cứu.
"""
    assert duties(read(body, register)) == [
        ("V", "Sở Du lịch", "lead", "Chủ trì mở lớp."),
        ("V", "Sở Y tế", "own", "Bố trí trạm cấp cứu."),
    ]
    bullets = """V. TỔ CHỨC THỰC HIỆN
- Sở Du lịch chủ trì, phối hợp với Sở Y tế mở lớp.
- Sở Y tế: Bố trí trạm cấp cứu.
"""
    plan = read(bullets, register)
    assert [(d.unit, d.role, d.partners) for d in plan.duties] == [
        ("Sở Du lịch", "lead", ("Sở Y tế",)),
        ("Sở Y tế", "own", ()),
    ]


def test_the_leaves_under_a_bullet_are_the_duties(register: Register) -> None:
    body = """III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch
- Chủ trì, phối hợp với Sở Y tế:
+ Mở lớp sơ cứu.
+ Cấp chứng chỉ.
- Phát tờ rơi.
"""
    assert [duty.text for duty in read(body, register).duties] == [
        "Mở lớp sơ cứu.",
        "Cấp chứng chỉ.",
        "Phát tờ rơi.",
    ]


def test_a_plan_whose_part_has_another_name_is_known_by_its_bodies(register: Register) -> None:
    body = """I. MỤC ĐÍCH
1. Mục đích chung.
II. CÁC ĐƠN VỊ VÀO CUỘC
1. Sở Du lịch: Chủ trì mở lớp.
2. Sở Y tế: Bố trí trạm cấp cứu.
3. Một số việc khác
- Làm sau.
"""
    assert [duty.unit for duty in read(body, register).duties] == ["Sở Du lịch", "Sở Y tế"]


@pytest.mark.parametrize(
    ("heading", "units"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Đề nghị Ban Tuyên giáo Tỉnh uỷ (Cơ quan thường trực Ban Chỉ đạo 35)", ["Ban Tuyên giáo Tỉnh ủy"]),
        (
            "Các sở, ban, ngành; UBND các huyện, thành phố",
            ["Các sở, ban, ngành", "UBND các huyện, thành phố"],
        ),
        ("Các sở, ban, ngành, UBND các huyện, thành phố", ["Các sở, ban, ngành, UBND các huyện, thành phố"]),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội",
            ["Ủy ban MTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội"],
        ),
        ("Trung tâm Xúc tiến Du lịch và Bảo tồn Hà Khê", ["Trung tâm Xúc tiến Du lịch và Bảo tồn Hà Khê"]),
        ("UBND các xã, phường, thị trấn", ["UBND các xã, phường, thị trấn"]),
        ("Các doanh nghiệp kinh doanh du lịch", ["Các doanh nghiệp kinh doanh du lịch"]),
        ("Hiệp hội Du lịch tỉnh", ["Hiệp hội Du lịch tỉnh"]),
        ("Thủ trưởng các sở, ban, ngành", ["Các sở, ban, ngành"]),
        ("Tỉnh đoàn Hà Khê", ["Tỉnh đoàn Hà Khê"]),
        ("Bộ CHQS tỉnh", ["Bộ Chỉ huy Quân sự tỉnh"]),
        ("Đảng ủy Khối các cơ quan tỉnh", ["Đảng ủy Khối các cơ quan tỉnh"]),
        ("Đại học Hà Khê; các trường nghề tư thục", ["Đại học Hà Khê", "Các trường nghề tư thục"]),
        ("Các huyện ủy, thị ủy, thành ủy", ["Các huyện ủy, thị ủy, thành ủy"]),
        ("Báo Hà Khê, Đài Phát thanh - Truyền hình tỉnh", ["Báo Hà Khê, Đài Phát thanh - Truyền hình tỉnh"]),
    ],
)
def test_the_words_of_a_heading_tell_whose_it_is(heading: str, units: list[str], register: Register) -> None:
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. {heading}:\n- Làm việc thứ nhất.\n- Làm việc thứ hai.\n"
    plan = read(body, register)
    assert [[duty.unit, *duty.also] for duty in plan.duties] == [units, units]


@pytest.mark.parametrize(
    "heading",
    [
        "Chế độ báo cáo",
        "Công tác kiểm tra, đánh giá",
        "Kinh phí thực hiện",
        "Thời gian thực hiện",
        "Khen thưởng",
    ],
)
def test_a_heading_that_names_no_body_gives_no_duty(heading: str, register: Register) -> None:
    body = (
        f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch:\n- Mở lớp.\n2. {heading}:\n- Các việc được làm đúng hạn.\n"
    )
    assert [duty.unit for duty in read(body, register).duties] == ["Sở Du lịch"]


@pytest.mark.parametrize(
    ("words", "partners"),
    [
        (
            "với Sở Y tế, Sở Tài chính và các đơn vị liên quan mở lớp",
            ["Sở Y tế", "Sở Tài chính", "Các đơn vị liên quan"],
        ),
        (
            "với Sở Kế hoạch và Đầu tư, Tài chính, Ngoại vụ mở lớp",
            ["Sở Kế hoạch và Đầu tư", "Sở Tài chính", "Sở Ngoại vụ"],
        ),
        ("với các sở: Tài chính, Nội vụ mở lớp", ["Sở Tài chính", "Sở Nội vụ"]),
        ("với UBND huyện Lam Trà, Ngọc Khê tổ chức lễ hội", ["UBND huyện Lam Trà", "UBND huyện Ngọc Khê"]),
        ("chặt chẽ với Công an tỉnh trong việc giữ trật tự", ["Công an tỉnh"]),
        ("với Cục Du lịch Quốc gia Việt Nam xúc tiến", ["Cục Du lịch Quốc gia Việt Nam"]),
        ("mở lớp cho người dân", []),
        ("với người dân mở lớp", []),
        ("với các doanh nghiệp du lịch quảng bá hình ảnh", ["Các doanh nghiệp du lịch"]),
        ("với các sở, ngành, địa phương tổ chức tập huấn", ["Các sở, ngành, địa phương"]),
    ],
)
def test_partners_are_those_after_phoi_hop_voi(words: str, partners: list[str], register: Register) -> None:
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch:\n- Chủ trì, phối hợp {words}.\n- Mở lớp.\n"
    assert list(read(body, register).duties[0].partners) == partners


LABELLED = [
    "Đơn vị chủ trì: Sở Du lịch.\nĐơn vị phối hợp: Sở Y tế; Công an tỉnh.\nThời gian thực hiện: Quý II/2024.",
    "- Đơn vị phối hợp: Sở Y tế, Công an tỉnh.\n- Đơn vị chủ trì: Sở Du lịch.\n- Thời gian: Quý II/2024.",
    ("+ Cơ quan chủ trì: Sở Du lịch;\n"
"+ Cơ quan phối hợp: Sở Y tế, Công an tỉnh;\n"
"+ Thời hạn hoàn thành: Quý II/2024;"),
    "Đơn vị chủ trì: Sở Du lịch. Đơn vị phối hợp: Sở Y tế, Công an tỉnh. Thời gian thực hiện: Quý II/2024.",
    "- Chủ trì: Sở Du lịch; phối hợp: Sở Y tế, Công an tỉnh; thời gian: Quý II/2024.",
    ("* Đơn vị chủ trì thực hiện: Sở Du lịch.\n"
"* Đơn vị phối hợp thực hiện: Sở Y tế và Công an tỉnh.\n"
"* Thời gian hoàn thành: Quý II/2024."),
    ("- Phân công thực hiện:\n"
"+ Đơn vị chủ trì: Sở Du lịch.\n"
"+ Đơn vị phối hợp: Sở Y tế, Công an tỉnh.\n"
"- Thời gian thực hiện: Quý II/2024."),
]  # fmt: skip


@pytest.mark.parametrize("labels", LABELLED)
def test_labels_under_an_item_tell_who_leads_supports_and_when(labels: str, register: Register) -> None:
    item = "1. Nâng cao kỹ năng sơ cứu\nMở lớp cho hướng dẫn viên."
    body = f"II. NHIỆM VỤ\n{item}\n{labels}\n2. Việc khác\nLàm sau.\n"
    (activity,) = read(body, register).activities
    assert (activity.section, activity.text) == ("II.1", "Nâng cao kỹ năng sơ cứu")
    assert activity.lead == ("Sở Du lịch",)
    assert activity.support == ("Sở Y tế", "Công an tỉnh")
    assert activity.when == "Quý II/2024"


def test_labels_may_be_numbered_items_themselves(register: Register) -> None:
    body = """II. NHIỆM VỤ
1. Nâng cao kỹ năng sơ cứu
1.1. Nội dung: Mở lớp cho hướng dẫn viên.
1.2. Cơ quan chủ trì: Sở Du lịch.
1.3. Cơ quan phối hợp: Sở Y tế.
1.4. Thời gian: Quý II/2024.
2. Việc khác
"""
    (activity,) = read(body, register).activities
    assert (activity.section, activity.text, activity.when) == (
        "II.1",
        "Nâng cao kỹ năng sơ cứu",
        "Quý II/2024",
    )
    assert (activity.lead, activity.support) == (("Sở Du lịch",), ("Sở Y tế",))


def test_bullets_with_leads_of_their_own_are_activities_of_their_own(register: Register) -> None:
    body = """II. NHIỆM VỤ
1. Nâng cao kỹ năng
- Mở lớp sơ cứu.
+ Đơn vị chủ trì: Sở Du lịch.
+ Thời gian thực hiện: Quý I/2024.
- Mở lớp ngoại ngữ.
+ Đơn vị chủ trì: Sở Giáo dục và Đào tạo.
+ Thời gian thực hiện: Quý III/2024.
"""
    plan = read(body, register)
    assert [(a.section, a.text, a.lead, a.when) for a in plan.activities] == [
        ("II.1", "Mở lớp sơ cứu.", ("Sở Du lịch",), "Quý I/2024"),
        ("II.1", "Mở lớp ngoại ngữ.", ("Sở Giáo dục và Đào tạo",), "Quý III/2024"),
    ]


def test_an_item_that_assigns_in_a_sentence_names_its_lead(register: Register) -> None:
    body = """II. NHIỆM VỤ
1. Nâng cao kỹ năng sơ cứu
Mở lớp cho hướng dẫn viên. Giao Sở Du lịch chủ trì, phối hợp với Sở Y tế thực hiện.
III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế: Bố trí trạm cấp cứu.
"""
    (activity,) = read(body, register).activities
    assert (activity.text, activity.lead) == ("Nâng cao kỹ năng sơ cứu", ("Sở Du lịch",))


def test_a_line_may_say_in_brackets_who_does_it(register: Register) -> None:
    body = """II. NHIỆM VỤ
1. Nâng cao kỹ năng
- Mở lớp sơ cứu (Sở Du lịch chủ trì, phối hợp với Sở Y tế thực hiện).
- Tuyên truyền trên mạng.
2. Ấn phẩm
- In sổ tay (Chủ trì: Sở Y tế; thời gian: Quý I/2024).
- In bản đồ (Chủ trì: Sở Xây dựng; phối hợp: Sở Du lịch).
III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế: Bố trí trạm cấp cứu.
"""
    assert [(a.text, a.lead, a.support, a.when) for a in read(body, register).activities] == [
        ("Mở lớp sơ cứu", ("Sở Du lịch",), ("Sở Y tế",), None),
        ("In sổ tay", ("Sở Y tế",), (), "Quý I/2024"),
        ("In bản đồ", ("Sở Xây dựng",), ("Sở Du lịch",), None),
    ]


def test_a_city_under_the_central_government_has_its_own_words(register: Register) -> None:
    head = HEAD.replace("TỈNH HÀ KHÊ\n-", "THÀNH PHỐ HÀ KHÊ\n-")
    body = """III. TỔ CHỨC THỰC HIỆN
1. Công an thành phố: Giữ trật tự.
2. Đề nghị Ban Tuyên giáo
Thành ủy, Thành đoàn: Định hướng.
3. UBND các quận, huyện: Ra quân.
"""
    assert [duty.unit for duty in read(body, register, head).duties] == [
        "Công an thành phố",
        "Ban Tuyên giáo Thành ủy, Thành đoàn",
        "UBND các quận, huyện",
    ]


ROWS = [
    ("1", "Mở lớp sơ cứu", "Sở Du lịch", "Sở Y tế; Công an tỉnh", "Quý II/2024"),
    ("2", "Lắp biển chỉ dẫn", "UBND các huyện, thành phố", "Sở Xây dựng", "Tháng 9/2024"),
]
TITLES = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")


def drawn(how: str) -> str:
    table = [TITLES, *ROWS]
    match how:
        case "pipes":
            return "\n".join("| " + " | ".join(row) + " |" for row in table)
        case "markdown":
            rows = ["| " + " | ".join(row) + " |" for row in table]
            return "\n".join([rows[0], "|---|---|---|---|---|", *rows[1:]])
        case "tabs":
            return "\n".join("\t".join(row) for row in table)
        case "stacked":
            return "\n".join(cell for row in table for cell in row)
        case "stacked with tabs":
            return "\n\n".join("\n".join("\t" + cell for cell in row) for row in table)
        case "stacked with bars":
            return "\n".join(cell + "\n|" for row in table for cell in row)
        case "stacked with bars, wrapped":
            cells = [cell.replace(" ", "\n", 1) for row in table for cell in row]
            return "\n".join(cell + "\n|" for cell in cells)
        case _:
            return "\n\n".join(cell for row in table for cell in row)


@pytest.mark.parametrize(
    "how",
    [
        "pipes",
        "markdown",
        "tabs",
        "stacked",
        "stacked with tabs",
        "stacked with bars",
        "stacked with bars, wrapped",
        "spaced",
    ],
)
def test_an_annex_table_is_read_however_it_is_drawn(how: str, register: Register) -> None:
    annex = f"PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{drawn(how)}\n\nGhi chú: hết.\n"
    body = f"I. NỘI DUNG\n1. Như phụ lục kèm theo.\n\n{annex}"
    plan = read(body, register)
    assert [(a.section, a.text, a.lead, a.support, a.when) for a in plan.activities] == [
        ("Phụ lục.1", "Mở lớp sơ cứu", ("Sở Du lịch",), ("Sở Y tế", "Công an tỉnh"), "Quý II/2024"),
        ("Phụ lục.2", "Lắp biển chỉ dẫn", ("UBND các huyện, thành phố",), ("Sở Xây dựng",), "Tháng 9/2024"),
    ]


@pytest.mark.parametrize(
    ("sentence", "due", "who", "via", "recurrence"),
    [
        (
            "Các sở, ban, ngành báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 15/12/2024.",
            ["2024-12-15"],
            "Các sở, ban, ngành",
            "Sở Du lịch",
            "once",
        ),
        (
            (
                "Các cơ quan, đơn vị gửi báo cáo về Sở Du lịch trước ngày 20/6 và 20/11 "
                "để tổng hợp, báo cáo UBND tỉnh."
            ),
            ["2024-06-20", "2024-11-20"],
            "Các cơ quan, đơn vị",
            "Sở Du lịch",
            "half-yearly",
        ),
        (
            (
                "Định kỳ trước ngày 25/11 hằng năm, các sở, ban, ngành báo cáo kết quả về "
                "UBND tỉnh (thông qua Sở Du lịch)."
            ),
            ["2024-11-25"],
            "Các sở, ban, ngành",
            "Sở Du lịch",
            "yearly",
        ),
    ],
)
def test_the_reporting_regime_tells_who_through_whom_and_when(
    sentence: str, due: list[str], who: str, via: str, recurrence: str, register: Register
) -> None:
    body = f"III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Chủ trì mở lớp.\n2. Chế độ báo cáo\n{sentence}\n"
    plan = read(body, register)
    (rule,) = [rule for rule in plan.reports if rule.due]
    assert ([day.isoformat() for day in rule.due], rule.who, rule.via) == (due, who, via)
    assert rule.recurrence == recurrence
    assert plan.head.coordinator == "Sở Du lịch"


def test_two_dates_may_stand_each_in_brackets(register: Register) -> None:
    body = """III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở lớp.
2. Các sở, ngành:
- Định kỳ 6 tháng (trước ngày 10/6), năm (trước ngày 10/12) báo cáo kết quả về UBND tỉnh (qua Sở Du lịch).
"""
    rules = read(body, register).reports
    assert [(str(rule.due[0]), rule.recurrence) for rule in rules] == [
        ("2024-06-10", "half-yearly"),
        ("2024-12-10", "yearly"),
    ]
    assert {(rule.who, rule.to, rule.via) for rule in rules} == {("Các sở, ngành", "UBND tỉnh", "Sở Du lịch")}


def test_the_regime_says_once_for_all_its_lines_who_reports_through_whom(register: Register) -> None:
    body = """III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở lớp.
2. Chế độ báo cáo
a) Báo cáo 6 tháng: Các cơ quan, đơn vị gửi trước ngày 15/6/2024.
b) Báo cáo năm: gửi trước ngày 15/11/2024.
Báo cáo gửi về Sở Du lịch để tổng hợp, báo cáo UBND tỉnh.
"""
    rules = [
        (rule.who, rule.to, rule.via, str(rule.due[0])) for rule in read(body, register).reports if rule.due
    ]
    assert rules == [
        ("Các cơ quan, đơn vị", "UBND tỉnh", "Sở Du lịch", "2024-06-15"),
        ("Các cơ quan, đơn vị", "UBND tỉnh", "Sở Du lịch", "2024-11-15"),
    ]


def test_the_regime_without_a_heading_of_its_own_is_found(register: Register) -> None:
    body = """III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở lớp.
2. Sở Y tế: Bố trí trạm cấp cứu.
Các sở, ngành báo cáo kết quả thực hiện về UBND tỉnh (qua Sở Du lịch) trước ngày 10/12/2024.
"""
    (rule,) = [rule for rule in read(body, register).reports if rule.due]
    assert (rule.who, rule.via, rule.due[0].isoformat()) == ("Các sở, ngành", "Sở Du lịch", "2024-12-10")


def test_the_inner_dates_and_the_departments_own_are_both_kept(register: Register) -> None:
    body = """II. NỘI DUNG
1. Sơ kết, tổng kết
Báo cáo kết quả 6 tháng và cả năm.
Đơn vị chủ trì: Sở Du lịch.
Thời gian thực hiện: Tháng 6 và tháng 12 năm 2024.
III. TỔ CHỨC THỰC HIỆN
1. Sở Y tế: Bố trí trạm cấp cứu.
2. Chế độ báo cáo: Các cơ quan, đơn vị báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 15/6 và 15/11 năm 2024.
"""
    found = {(rule.via, day.isoformat()) for rule in read(body, register).reports for day in rule.due}
    assert found == {
        (None, "2024-06-30"),
        (None, "2024-12-31"),
        ("Sở Du lịch", "2024-06-15"),
        ("Sở Du lịch", "2024-11-15"),
    }


def test_the_date_of_a_cited_document_is_no_deadline(register: Register) -> None:
    body = """III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở lớp; báo cáo UBND tỉnh theo Kế hoạch số 215/KH-UBND ngày 10/7/2024.
"""
    assert not [rule for rule in read(body, register).reports if rule.due]


@pytest.mark.parametrize(
    ("mark", "where"),
    [("MẬT", 0), ("TỐI MẬT", 3), ("**TUYỆT MẬT**", 6), ("LƯU HÀNH NỘI BỘ", 6), ("(XEM XONG TRẢ LẠI)", 2)],
)
def test_a_document_that_bears_a_secrecy_mark_is_refused(mark: str, where: int, register: Register) -> None:
    lines = HEAD.split("\n")
    lines.insert(where, mark)
    with pytest.raises(Unreadable) as refusal:
        read("III. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.", register, "\n".join(lines))
    assert refusal.value.reason == "secret"


def test_words_about_secrecy_in_sentences_are_ordinary(register: Register) -> None:
    body = """I. YÊU CẦU
- Chấp hành nghiêm quy định về bảo vệ bí mật nhà nước, chế độ bảo mật thông tin.
- BẢO MẬT THÔNG TIN
- Tổ chức gặp mặt thân mật; giảm mật độ tờ rơi.
III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Mở lớp.
"""
    assert len(read(body, register).duties) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  \n\t\n---\n", "empty"),
        ("Kính gửi anh chị, mai họp lúc 8 giờ.", "no_duties"),
        ("KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Nâng cao nhận thức.\n- Làm tốt.", "no_duties"),
    ],
)
def test_what_gives_no_plan_says_why(text: str, reason: str, register: Register) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_text(text, register)
    assert refusal.value.reason == reason


def test_recipients_and_articles_of_the_decision_are_no_duties(register: Register) -> None:
    text = """QUYẾT ĐỊNH
BAN HÀNH KẾ HOẠCH DU LỊCH NĂM 2025
ỦY BAN NHÂN DÂN TỈNH HÀ KHÊ
Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch du lịch năm 2025.
Điều 2. Giao Sở Tài chính chủ trì, phối hợp với các sở thực hiện.
Điều 3. Giám đốc các sở chịu trách nhiệm thi hành./.
Nơi nhận:
- Sở Nội vụ;
- Sở Ngoại vụ;
KẾ HOẠCH
DU LỊCH NĂM 2025
(Ban hành kèm theo Quyết định số 77/QĐ-UBND ngày 08 tháng 11 năm 2024 của UBND tỉnh Hà Khê)
I. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Mở lớp.
2. Sở Y tế: Bố trí trạm cấp cứu.
Nơi nhận:
- Sở Tư pháp;
"""
    plan = read_text(text, register)
    assert [duty.unit for duty in plan.duties] == ["Sở Du lịch", "Sở Y tế"]
    head = plan.head
    assert (head.kind, head.number, str(head.issued_on)) == ("decision+plan", "77/QĐ-UBND", "2024-11-08")
    assert head.period is not None
    assert [str(day) for day in head.period] == ["2025-01-01", "2025-12-31"]


@pytest.mark.parametrize(
    ("head", "number", "issued", "issuer"),
    [
        (
            (
                "ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\n"
                "-------\n|\nCỘNG HÒA XÃ HỘI\n"
                "CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
                "|\nSố: 812/KH-UBND\n|\n"
                "Hà Khê, ngày 18\ntháng 9 năm 2023\n"
                "|\n"
            ),
            "812/KH-UBND",
            "2023-09-18",
            "UBND tỉnh Hà Khê",
        ),
        (
            (
                "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
                "Số: 258/KH-UBND | Hà Khê, ngày 25 tháng 06 năm 2018 |\n"
            ),
            "258/KH-UBND",
            "2018-06-25",
            None,
        ),
        (
            ("UBND TỈNH HÀ KHÊ\nSố:\n33/KH-UBND\nHà Khê, ngày 5/1/2024\n"),
            "33/KH-UBND",
            "2024-01-05",
            "UBND tỉnh Hà Khê",
        ),
        (
            (
                "UỶ BAN NHÂN DÂN TỈNH HÀ KHÊ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                "Số: 41 /KH-UBND      Hà Khê, ngày 07 tháng 3 năm 2022\n"
            ),
            "41/KH-UBND",
            "2022-03-07",
            "UBND tỉnh Hà Khê",
        ),
        (
            ("ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\nSố:      /KH-UBND\nHà Khê, ngày     tháng     năm 2024\n"),
            None,
            None,
            "UBND tỉnh Hà Khê",
        ),
    ],
)
def test_the_head_is_read_however_it_was_pasted(
    head: str, number: str | None, issued: str | None, issuer: str | None, register: Register
) -> None:
    body = (
        "KẾ HOẠCH\nDU LỊCH TRÊN ĐỊA BÀN TỈNH\n"
        "I. TỔ CHỨC THỰC HIỆN\n"
        "1. Sở Du lịch: Mở lớp.\n"
        "2. Sở Y tế: Trực.\n"
    )
    said = read(body, register, head).head
    assert (said.number, said.issued_on and said.issued_on.isoformat(), said.issuer) == (
        number,
        issued,
        issuer,
    )


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("DU LỊCH NĂM 2024", ("2024-01-01", "2024-12-31")),
        ("DU LỊCH GIAI ĐOẠN 2024-2026", ("2024-01-01", "2026-12-31")),
        ("DU LỊCH GIAI ĐOẠN 2024 - 2025, ĐỊNH HƯỚNG ĐẾN NĂM 2030", ("2024-01-01", "2025-12-31")),
        ("DU LỊCH ĐẾN NĂM 2026", ("2024-02-02", "2026-12-31")),
        ("DU LỊCH ĐẾN NĂM 2025, TẦM NHÌN ĐẾN NĂM 2030", ("2024-02-02", "2025-12-31")),
        ("DU LỊCH TỪ NĂM 2024 ĐẾN NĂM 2027", ("2024-01-01", "2027-12-31")),
        ("NĂM 2024 THỰC HIỆN CHIẾN LƯỢC DU LỊCH GIAI ĐOẠN 2021-2030", ("2024-01-01", "2024-12-31")),
        ("THỰC HIỆN NGHỊ QUYẾT VỀ DU LỊCH ĐẾN NĂM 2030 NĂM 2025", ("2025-01-01", "2025-12-31")),
        ("DU LỊCH 6 THÁNG CUỐI NĂM 2024", ("2024-07-01", "2024-12-31")),
        ("DU LỊCH QUÝ II NĂM 2024", ("2024-04-01", "2024-06-30")),
        ("DU LỊCH NĂM\n2025", ("2025-01-01", "2025-12-31")),
        ("DU LỊCH THEO CHỈ THỊ SỐ 20/CT-TTG NGÀY 15 THÁNG 8 NĂM 2023 NĂM 2024", ("2024-01-01", "2024-12-31")),
        ("DU LỊCH TỪ THÁNG 10 NĂM 2024 ĐẾN HẾT THÁNG 3 NĂM 2025", ("2024-10-01", "2025-03-31")),
        ("DU LỊCH 2024", ("2024-01-01", "2024-12-31")),
    ],
)
def test_the_period_is_the_year_or_stage_that_the_title_names(
    title: str, period: tuple[str, str], register: Register
) -> None:
    head = HEAD.replace("PHÁT TRIỂN DU LỊCH TỈNH HÀ KHÊ NĂM 2024", title)
    said = read("I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n2. Sở Y tế: Trực.\n", register, head).head
    assert said.period is not None
    assert tuple(str(day) for day in said.period) == period


@pytest.mark.parametrize(
    "title",
    [
        "DU LỊCH TỈNH HÀ KHÊ",
        "THỰC HIỆN CHỈ THỊ SỐ 20/CT-TTG NGÀY 15 THÁNG 8 NĂM 2023 VỀ DU LỊCH",
        "THỰC HIỆN CHỈ THỊ NGÀY 15/8/2024 VỀ DU LỊCH",
        "BẦU CHỌN LÀNG NGHỀ NHIỆM KỲ 2024 - 2029",
        "ĐIỀU TRA DU LỊCH ĐẾN THỜI ĐIỂM 0H00 NGÀY 01/01/2025",
        "KỶ NIỆM 30 NĂM THÀNH LẬP LÀNG CHÈ (1994 - 2024)",
        "THI HÀNH LUẬT DU LỊCH NĂM 2024",
    ],
)
def test_no_period_is_made_of_the_year_of_something_else(title: str, register: Register) -> None:
    head = HEAD.replace("PHÁT TRIỂN DU LỊCH TỈNH HÀ KHÊ NĂM 2024", title)
    said = read("I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n2. Sở Y tế: Trực.\n", register, head).head
    assert said.period is None


@pytest.mark.parametrize(
    ("line", "period"),
    [
        (
            "2. Thời gian thực hiện: Từ tháng 10 năm 2024 đến hết tháng 3 năm 2025.",
            ("2024-10-01", "2025-03-31"),
        ),
        ("2. Thời gian mở bến: Từ ngày 20/12 đến ngày 10/01/2025.", ("2024-12-20", "2025-01-10")),
        (
            "2. Thời gian: Từ ngày 15 tháng 2 năm 2024 đến ngày 20 tháng 3 năm 2024.",
            ("2024-02-15", "2024-03-20"),
        ),
        ("2. Dọn hồ\n- Thời gian: Từ tháng 10 năm 2024 đến hết tháng 3 năm 2025.", ()),
    ],
)
def test_a_plan_may_state_its_period_in_a_line_of_its_own(
    line: str, period: tuple[str, ...], register: Register
) -> None:
    head = HEAD.replace(" NĂM 2024", "")
    said = read(f"I. NỘI DUNG\n{line}\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n", register, head).head
    assert tuple(map(str, said.period or ())) == period


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("trước ngày 15/11/2024", ["2024-11-15"]),
        ("trước ngày 15/11 hằng năm", []),
        ("trước ngày 15/01/2024", []),
    ],
)
def test_without_a_period_only_a_date_with_its_own_year_is_due_and_none_before_the_issue(
    rule: str, due: list[str], register: Register
) -> None:
    body = f"I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch\n- Mở lớp; báo cáo UBND tỉnh {rule}.\n"
    plan = read(body, register, HEAD.replace(" NĂM 2024", ""))
    assert [str(day) for rule in plan.reports for day in rule.due] == due
    assert len(plan.reports) == 1


def test_the_title_is_written_as_a_sentence(register: Register) -> None:
    body = """Để đón khách, UBND tỉnh ban hành Kế hoạch phát triển du lịch tỉnh Hà Khê năm 2024 như sau:
I. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Mở lớp.
2. Sở Y tế: Trực.
"""
    assert read(body, register).head.title == "Kế hoạch phát triển du lịch tỉnh Hà Khê năm 2024"


def test_the_parts_are_the_numbered_headings(register: Register) -> None:
    body = "I. MỤC ĐÍCH\n- Vui.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch:\n- Mở lớp.\n2. Sở Y tế: Trực.\n"
    assert [(part.section, part.title) for part in read(body, register).parts][:3] == [
        ("I", "MỤC ĐÍCH"),
        ("II", "TỔ CHỨC THỰC HIỆN"),
        ("II.1", "Sở Du lịch"),
    ]


def test_web_chrome_around_the_document_changes_nothing(register: Register) -> None:
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n2. Sở Y tế: Trực.\n"
    chrome = "Trang chủ\nVăn bản pháp luật\nĐăng nhập\n\n"
    after = (
        "\nTM. ỦY BAN NHÂN DÂN\n"
        "CHỦ TỊCH\nHIỆU LỰC VĂN BẢN\n"
        "  • Số hiệu: 12/KH-UBND\n"
        "1. Bình luận\n2. Tải văn bản\n"
    )
    plain, dressed = read(body, register), read(body + after, register, chrome + HEAD)
    assert (plain.head, plain.duties, plain.reports) == (dressed.head, dressed.duties, dressed.reports)
