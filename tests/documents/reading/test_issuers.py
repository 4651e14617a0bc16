"""Who issues a plan where that is no committee: a department, the Party, the Front."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.documents.reading.test_any_layout import wrapped

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Du lịch: Mở lớp.\n2. Sở Y tế: Trực ở Hà Khê, xã Khê Hạ.\n"


@pytest.mark.parametrize(
    ("head", "number", "issuer", "title"),
    [
        (
            (
                f"UBND TỈNH HÀ KHÊ\nSỞ Y TẾ\nSố: 8/KH-SYT\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\n"
                f"KẾ HOẠCH\nDọn hồ\n"
            ),
            "8/KH-SYT",
            "Sở Y tế tỉnh Hà Khê",
            "Kế hoạch dọn hồ",
        ),
        (
            (
                "TỈNH ỦY HÀ KHÊ ĐẢNG CỘNG SẢN VIỆT NAM\n*\nSố 45-KH/TU Hà Khê, ngày 08 tháng 01 năm 2026\n"
                "KẾ HOẠCH\nthực hiện Chỉ thị số 5-CT/TW về hồ nước\n"
            ),
            "45-KH/TU",
            "Tỉnh ủy Hà Khê",
            "Kế hoạch thực hiện Chỉ thị số 5-CT/TW về hồ nước",
        ),
        (
            (
                "ĐẢNG BỘ TỈNH HÀ KHÊ\nĐẢNG ỦY XÃ KHÊ HẠ\nSố 5-KH/ĐU\nHà Khê, ngày 08 tháng 01 năm 2026\n"
                "KẾ HOẠCH\nDọn hồ\n"
            ),
            "5-KH/ĐU",
            "Đảng ủy xã Khê Hạ",
            "Kế hoạch dọn hồ",
        ),
        (
            (
                "ỦY BAN MTTQ VIỆT NAM\nTỈNH HÀ KHÊ\nBAN THƯỜNG TRỰC\nSố: 12/KH-MTTQ-BTT\n"
                f"{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\nGiám sát hồ\n"
            ),
            "12/KH-MTTQ-BTT",
            "Ủy ban MTTQ Việt Nam tỉnh Hà Khê",
            "Kế hoạch giám sát hồ",
        ),
    ],
)
def test_the_head_of_other_issuers_is_read(
    head: str, number: str, issuer: str, title: str, register: Register
) -> None:
    read = read_text(head + BODY, register).head
    assert (read.number, str(read.issued_on), read.issuer) == (number, "2026-01-08", issuer)
    assert read.title.casefold() == title.casefold()


def test_the_ground_under_a_bare_title_is_no_title(register: Register) -> None:
    head = f"UBND TỈNH HÀ KHÊ\nSố: 8/KH-UBND\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\n"
    ground = "Thực hiện Chỉ thị số 5/CT-TTg, UBND tỉnh ban hành Kế hoạch như sau:\n"
    assert read_text(head + ground + BODY, register).head.title == "Kế hoạch"


def test_the_issuer_is_reported_to_not_through(register: Register) -> None:
    head = (
        f"UBND TỈNH HÀ KHÊ\nSỞ Y TẾ\nSố: 8/KH-SYT\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\n"
        f"KẾ HOẠCH\nDọn hồ năm 2026\n"
    )
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Phòng Nước sạch\n- Báo cáo kết quả về Sở Y tế trước ngày 05/6/2026.\n"
    (rule,) = read_text(head + body, register).reports
    assert (rule.to, rule.via) == ("Sở Y tế", None)


def test_an_office_compiles_what_goes_through_a_part_of_it(register: Register) -> None:
    head = (
        f"UBND TỈNH HÀ KHÊ\nSố: 8/KH-UBND\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\n"
        f"Dọn hồ năm 2026\n"
    )
    body = (
        "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n"
        "- Báo cáo về Sở Du lịch (qua Phòng Hồ nước) trước ngày 05/6/2026.\n"
    )
    plan = read_text(head + body, register)
    assert (plan.reports[0].via, plan.head.coordinator) == ("Phòng Hồ nước", "Sở Du lịch")


def test_a_blank_line_or_a_bracket_ends_the_title(register: Register) -> None:
    long = (
        "Dọn sạch các bến thuyền ven hồ, trồng cây trên đồi và giữ nếp sống đẹp ở những làng "
        "quanh hồ năm 2026"
    )
    head = f"UBND TỈNH HÀ KHÊ\nSố: 8/KH-UBND\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\n"
    grounds = (
        "Thực hiện Chỉ thị số 5/CT-TTg về hồ nước, UBND tỉnh ban hành Kế hoạch dọn hồ với các "
        "nội dung như sau:\n"
    )
    attached = f"{head}{long}\n(Ban hành kèm theo Nghị quyết số 3-NQ/TU)\n{BODY}"
    assert read_text(attached, register).head.title == f"Kế hoạch {long[0].lower()}{long[1:]}"
    narrow = wrapped(60)(f"{head}Dọn sạch các bến thuyền ven hồ của tỉnh năm 2026\n\n{grounds}{BODY}")
    assert (
        read_text(narrow, register).head.title == "Kế hoạch dọn sạch các bến thuyền ven hồ của tỉnh năm 2026"
    )


def test_the_signature_is_no_issuer(register: Register) -> None:
    plan = read_text(
        f"TỈNH HÀ KHÊ\nBAN CHỈ ĐẠO DỌN HỒ\nSố: 1/KH-BCĐ\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\n"
        "Dọn hồ trên địa bàn tỉnh Hà Khê\n"
        f"{BODY}3. Báo và Phát thanh, Truyền hình Hà Khê: Đưa tin.\n"
        "TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\n- Lưu: VT. Kiều Văn Sáng\n",
        register,
    )
    assert plan.head.issuer == "Ban Chỉ Đạo Dọn Hồ"
    assert plan.duties[-1].unit == "Báo và Phát thanh, Truyền hình Hà Khê"


def test_a_title_may_go_on_in_a_line_that_opens_with_a_name(register: Register) -> None:
    plan = read_text(
        f"CÔNG AN TỈNH HÀ KHÊ\nSố: 1/KH-CAT\n{STATE}Hà Khê, ngày 08 tháng 01 năm 2026\nKẾ HOẠCH\n"
        f"Giữ trật tự bến thuyền\nTết Hồ năm 2027\n\nThực hiện Kế hoạch số 5/KH-BCA, Công an tỉnh:\n{BODY}",
        register,
    )
    assert plan.head.title.endswith("năm 2027")
