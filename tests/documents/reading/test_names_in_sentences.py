"""Where the name of a body ends: in a sentence, in capitals, after the heads who are addressed for it."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n"


def first_owner(lines: str, register: Register) -> tuple[str, str]:
    duty = read_text(f"{HEAD}{PART}{lines}\n9. Sở Y tế\n- Trực.\n", register).duties[0]
    return duty.unit, duty.text


def partners(words: str, register: Register, *before: str) -> tuple[str, ...]:
    body = "".join(f"{n}. {name}\n- Trực.\n" for n, name in enumerate(before, 2))
    plan = read_text(f"{HEAD}{PART}1. Sở Du lịch\n- Phối hợp với {words} ven hồ.\n{body}", register)
    return plan.duties[0].partners


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Giám đốc, Thủ trưởng các sở, ban, ngành tỉnh", "Các sở, ban, ngành tỉnh"),
        ("Chủ tịch UBND các xã, phường", "UBND các xã, phường"),
        (
            (
                "Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các xã trong phạm vi nhiệm vụ"
                " của mình có trách nhiệm:"
            ),
            "Các sở, các ban, ngành, UBND các xã",
        ),
        ("Bí thư Chi bộ, Trưởng thôn, Trưởng bản", "Bí thư Chi bộ, Trưởng thôn, Trưởng bản"),
        ("Người dân ven hồ", "Người dân ven hồ"),
        ("Về phía các hợp tác xã", "Các hợp tác xã"),
        ("Quỹ Gìn giữ, tôn tạo bến cũ", "Quỹ Gìn giữ, tôn tạo bến cũ"),
    ],
)
def test_who_leads_a_body_stands_for_it_and_others_for_themselves(
    heading: str, name: str, register: Register
) -> None:
    assert first_owner(f"1. {heading}\n- Quét dọn.", register) == (name, "Quét dọn.")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG", "Ủy ban nhân dân các xã, phường"),
        ("LIÊN MINH HỢP TÁC XÃ TỈNH", "Liên minh Hợp tác xã tỉnh"),
        ("TRUNG TÂM CỨU HỘ HỒ LỚN", "Trung tâm Cứu hộ hồ lớn"),
        ("UBND CẤP XÃ", "UBND cấp xã"),
        ("SYTZ", "SYTZ"),
        ("SXTK HÀ KHÊ", "SXTK hà khê"),
    ],
)
def test_a_shouted_heading_names_whom_it_would_name_in_small_letters(
    heading: str, name: str, register: Register
) -> None:
    assert first_owner(f"1. {heading}\n- Quét dọn.", register) == (name, "Quét dọn.")


def test_a_name_that_stands_alone_once_is_known_in_every_sentence(register: Register) -> None:
    named = ("Ban Hồ nước, Bến bãi và Lễ hội ven bờ",)
    assert partners("Ban Hồ nước, Bến bãi và Lễ hội ven bờ quét dọn", register, *named) == named


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Trung tâm Cứu hộ bến thuyền xã tuyên truyền", ("Trung tâm Cứu hộ bến thuyền xã",)),
        ("Quỹ Hỗ trợ phát triển hợp tác xã tỉnh hỗ trợ", ("Quỹ Hỗ trợ phát triển hợp tác xã tỉnh",)),
        ("Đảng ủy Hội đồng nhân dân tỉnh lãnh đạo", ("Đảng ủy Hội đồng nhân dân tỉnh",)),
        ("Sở Y tế, UBND các xã, phường tổ chức hội thi", ("Sở Y tế", "UBND các xã, phường")),
        ("các sở liên quan và các tổ chức, cá nhân dọn rác", ("Các sở liên quan và các tổ chức, cá nhân",)),
        ("các sở, tổ chức tuyên truyền", ("Các sở",)),
        ("Ủy ban nhân dân phường, xã, đặc khu dọn", ("Ủy ban nhân dân phường, xã, đặc khu",)),
        ("UBND các phường: Khê Sơn, Khê Hạ dọn", ("UBND phường Khê Sơn", "UBND phường Khê Hạ")),
        ("UBND 12 xã", ("UBND 12 xã ven hồ",)),
        ("Trung tâm Cứu hộ bến bãi, Sở Y tế dọn", ("Trung tâm Cứu hộ bến bãi", "Sở Y tế")),
        ("chính quyền các xã, các trường học dọn", ("Chính quyền các xã, các trường học",)),
        ("các chủ đầu tư bến bãi ven hồ tuyên truyền", ("Các chủ đầu tư bến bãi ven hồ",)),
        ("Báo và Phát thanh, Truyền hình Hà Khê mở", ("Báo và Phát thanh, Truyền hình Hà Khê",)),
        ("các cơ quan, tổ chức tuyên truyền", ("Các cơ quan, tổ chức",)),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(
    words: str, names: tuple[str, ...], register: Register
) -> None:
    assert partners(words, register) == names


def test_a_cell_holds_the_whole_of_an_unknown_name(register: Register) -> None:
    body = (
        "II. NỘI DUNG\n1. Dọn hồ\n- Đơn vị chủ trì: Sở Y tế\n- Đơn vị phối hợp: Công ty Nạo vét lòng hồ lớn\n"
    )
    (activity,) = read_text(f"{HEAD}{body}", register).activities
    assert activity.support == ("Công ty Nạo vét lòng hồ lớn",)


def test_the_body_that_a_sentence_opens_with_may_work_with_others(register: Register) -> None:
    plan = read_text(
        f"{HEAD}{PART}1. Sở Du lịch phối hợp với Sở Y tế dọn bến.\n2. Công an tỉnh: Gác.\n", register
    )
    assert plan.duties[0].partners == ("Sở Y tế",)


@pytest.mark.parametrize(
    ("duty", "names"),
    [
        ("Bố trí lực lượng phối hợp với Công an tỉnh tuần tra.", ("Công an tỉnh",)),
        ("Chỉ đạo Phòng Lữ hành phối hợp với Công an tỉnh tuần tra.", ()),
        ("Xây dựng quy chế phối hợp với Công an tỉnh.", ()),
    ],
)
def test_a_partner_is_one_of_the_body_itself(duty: str, names: tuple[str, ...], register: Register) -> None:
    assert read_text(f"{HEAD}{PART}1. Sở Du lịch\n- {duty}\n", register).duties[0].partners == names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Đoàn TNCS Hồ Chí Minh tỉnh", "Đoàn TNCS Hồ Chí Minh tỉnh"),
        ("Đài Phát thanh và Truyền hình tỉnh", "Đài Phát thanh và Truyền hình tỉnh"),
        ("Hội Văn học - Nghệ thuật tỉnh", "Hội Văn học - Nghệ thuật tỉnh"),
        ("Đài PT-TH tỉnh", "Đài Phát thanh - Truyền hình tỉnh"),
        ("Sở Truyền thông và Thông tin", "Sở Thông tin và Truyền thông"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
    ],
)
def test_a_body_is_called_what_the_document_calls_it_in_full(
    written: str, name: str, register: Register
) -> None:
    assert first_owner(f"1. {written}\n- Gác.", register) == (name, "Gác.")


def test_a_group_told_by_what_it_is_given_ends_before_its_work(register: Register) -> None:
    line = "Các cơ quan được giao chủ trì có trách nhiệm gác hồ."
    assert first_owner(f"1. {line}", register) == ("Các cơ quan được giao chủ trì", line)


def test_a_group_in_a_heading_is_known_in_a_sentence(register: Register) -> None:
    named = partners("người chèo thuyền các bến tuần tra", register, "Người chèo thuyền các bến")
    assert named == ("Người chèo thuyền các bến",)


@pytest.mark.parametrize(
    "many",
    [
        "các khối thi đua",
        "các nhà hàng, khách sạn",
        "các hộ nuôi cá lồng",
        "UBND các xã có rừng",
        "UBND các xã trong vùng hồ",
        "các đảng ủy trực thuộc Tỉnh ủy",
        "các cơ sở sản xuất, kinh doanh cá",
    ],
)
def test_many_in_words_that_no_list_knows_end_at_the_verb(many: str, register: Register) -> None:
    name = many[0].upper() + many[1:]
    assert partners(f"{many} tổ chức trực", register) == (name,)
    assert first_owner(f"1. {name} có trách nhiệm gác hồ.", register)[0] == name


@pytest.mark.parametrize(
    "who", ["Người nuôi cá lồng", "Ngư dân, chủ tàu cá", "Thành viên Ban Tổ chức lễ hội"]
)
def test_who_is_charged_is_an_owner_whoever_it_is(who: str, register: Register) -> None:
    line = f"{who} có trách nhiệm gác hồ."
    assert first_owner(f"1. {line}", register) == (who, line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "Phòng Cảnh sát giao thông (PC98), Phòng Hậu cần (PH97)",
            ["Phòng Cảnh sát giao thông, Phòng Hậu cần"],
        ),
        ("Trung đoàn 12", ["Trung đoàn 12"]),
        ("Hội đồng Đội tỉnh", ["Hội đồng Đội tỉnh"]),
        ("Đội Cứu thuyền khu vực Khê Sơn", ["Đội Cứu thuyền khu vực Khê Sơn"]),
        ("Trưởng ban - Giám đốc Sở Du lịch", ["Sở Du lịch"]),
        ("Các đơn vị nêu trên", ["Các đơn vị nêu trên"]),
        (
            "Các sở, ngành thành viên và Ban Chỉ huy các xã",
            ["Các sở, ngành thành viên và Ban Chỉ huy các xã"],
        ),
        ("Trạm Y tế xã, phường", ["Trạm Y tế xã, phường"]),
    ],
)
def test_names_with_words_that_could_be_verbs_numbers_and_levels(
    line: str, names: list[str], register: Register
) -> None:
    plan = read_text(f"{HEAD}{PART}1. {line}: Trông bến thuyền.\n", register)
    assert [duty.unit for duty in plan.duties] == names


def test_a_heading_that_ends_in_an_open_word_is_a_heading(register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Văn phòng Sở\nPhối hợp với Sở Du lịch trông bến.\n", register)
    assert [(duty.unit, duty.text) for duty in plan.duties] == [
        ("Văn phòng Sở", "Phối hợp với Sở Du lịch trông bến.")
    ]


def test_allies_are_partners(register: Register) -> None:
    duty = read_text(
        f"{HEAD}{PART}1. Sở Du lịch\n- Hiệp đồng với Công an tỉnh cứu thuyền.\n", register
    ).duties[0]
    assert duty.partners == ("Công an tỉnh",)


def test_a_later_clause_that_gives_a_body_its_part_is_asked_about(register: Register) -> None:
    content = "II. NỘI DUNG\n1. Treo cờ: từ ngày 30/8; Công an tỉnh, UBND các xã đôn đốc.\n"
    plan = read_text(f"{HEAD}{content}{PART}1. Sở Du lịch\n- Mở bến.\n", register)
    assert [(passage.text[:10], passage.why) for passage in plan.unread] == [("1. Treo cờ", "names_body")]


def test_the_union_is_not_its_motto(register: Register) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\n", "TỈNH ĐOÀN HÀ KHÊ\nĐOÀN TNCS HỒ CHÍ MINH\n", 1)
    plan = read_text(f"{head}{PART}1. Ban Phong trào Tỉnh đoàn\n- Mở bến.\n", register)
    assert plan.head.issuer == "Tỉnh đoàn Hà Khê"
