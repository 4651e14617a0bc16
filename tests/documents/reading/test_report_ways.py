"""The way that a report goes where its own words do not say all of it."""

from datetime import date

import pytest

from documents.reading import read_text
from documents.reading.issuer import is_issuer
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.reading.test_layouts import HEAD

PART = "III. TỔ CHỨC THỰC HIỆN\n"
POLICE = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÀ KHÊ\n", "BỘ CÔNG AN\nCÔNG AN TỈNH HÀ KHÊ\n", 1)

Ways = list[tuple[str, str | None, str | None, list[str]]]


def ways(plan: Plan) -> Ways:
    return [(rule.who, rule.to, rule.via, [str(day) for day in rule.due]) for rule in plan.reports]


@pytest.mark.parametrize(
    ("duties", "expected"),
    [
        (  # who compiles one report compiles all that are sent to it alone
            ("1. Các xã\n- Gửi danh sách về Sở Du lịch trước ngày 15/3/2024 để tổng hợp.\n"
            "- Báo cáo kết quả về Sở Du lịch trước ngày 05/11/2024.\n"),
            [("Các xã", None, "Sở Du lịch", ["2024-03-15"]), ("Các xã", None, "Sở Du lịch", ["2024-11-05"])],
        ),
        (  # an office is told by its capital, not by a list of offices
            "1. Các đội\n- Báo cáo kết quả gửi Vụ Bến Thuyền trước ngày 05/11/2024 để tổng hợp.\n",
            [("Các đội", None, "Vụ Bến Thuyền", ["2024-11-05"])],
        ),
        (  # what stands before the colon holds for all after it
            ("1. Sở Du lịch\n- Báo cáo BCĐ Trung ương, UBND tỉnh: kết quả sơ bộ trước ngày 15/10/2024; "
            "kết quả chính thức trước ngày 20/12/2024.\n"),
            [
                ("Sở Du lịch", "BCĐ Trung ương; UBND tỉnh", None, ["2024-10-15"]),
                ("Sở Du lịch", "BCĐ Trung ương; UBND tỉnh", None, ["2024-12-20"]),
            ],
        ),
        (  # a second report of the sentence goes the way of the first; the bracket may hold any name
            ("1. Các xã\n- Báo cáo tiến độ về Sở Du lịch (qua Bến hồ cơ sở) trước ngày 05/5/2024; "
            "báo cáo tổng kết trước ngày 31/7/2024.\n"),
            [
                ("Các xã", "Sở Du lịch", "Bến hồ cơ sở", ["2024-05-05"]),
                ("Các xã", "Sở Du lịch", "Bến hồ cơ sở", ["2024-07-31"]),
            ],
        ),
        (  # where the plan tells for whom it compiles, what is sent to it alone stays there
            ("1. Các xã\n- Gửi danh sách về Sở Du lịch trước ngày 15/3/2024.\n"
            "- Báo cáo UBND tỉnh (qua Sở Du lịch) trước ngày 05/11/2024.\n"),
            [("Các xã", "Sở Du lịch", None, ["2024-03-15"]),
             ("Các xã", "UBND tỉnh", "Sở Du lịch", ["2024-11-05"])],
        ),
        (  # whoever compiles before sending is the sender; a short name is known with its level
            ("1. Trung tâm Trông bến tỉnh (TTB)\n- Đếm thuyền.\n"
            "2. Các xã\n- Tổng hợp kết quả, gửi TTB tỉnh trước ngày 05/3/2024.\n"),
            [("Các xã", "TTB tỉnh", None, ["2024-03-05"])],
        ),
        (  # two days in one sentence are two reports, the first of which goes the way of the second
            ("1. Sở Du lịch\n- Ngày 16/7/2024 báo cáo sơ kết, ngày 05/9/2024 báo cáo tổng kết "
            "về Bộ Bến (qua Vụ Hồ).\n"),
            [("Sở Du lịch", "Bộ Bến", "Vụ Hồ", ["2024-07-16"]),
             ("Sở Du lịch", "Bộ Bến", "Vụ Hồ", ["2024-09-05"])],
        ),
        (  # an office that a heading gives to a body is that body, as in brackets after it
            ("1. Sở Du lịch - Cơ quan Thường trực\n- Trực.\n"
            "2. Các xã\n- Báo cáo UBND tỉnh, qua Cơ quan Thường trực trước ngày 05/3/2024.\n"),
            [("Các xã", "UBND tỉnh", "Sở Du lịch", ["2024-03-05"])],
        ),
    ],
)  # fmt: skip
def test_the_way_is_completed_from_what_stands_beside(
    duties: str, expected: Ways, register: Register
) -> None:
    assert ways(read_text(f"{HEAD}{PART}{duties}", register)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Gửi Sở Du lịch tin nhanh trước 15 giờ hằng ngày trong mùa lũ, ngày 03 hằng tháng ngoài mùa lũ.",
            [("daily", 0), ("monthly", 11)],
        ),
        ("Báo cáo 6 tháng trước ngày 10/6/2024 về Sở Du lịch.", [("half-yearly", 1)]),
    ],
)
def test_each_rhythm_keeps_its_days(words: str, expected: list[tuple[str, int]], register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Các xã\n- {words}\n", register)
    assert [(rule.recurrence, len(rule.due)) for rule in plan.reports] == expected


def test_a_regime_of_watch_and_of_events(register: Register) -> None:
    regime = (
        "IV. CHẾ ĐỘ TRỰC BAN, BÁO CÁO\n1. Trực ban 24/24 giờ từ ngày 01/7 đến 30/11/2024.\n"
        "2. Báo cáo từng đợt lũ: trong 05 ngày kể từ khi nước rút; "
        "báo cáo năm trước ngày 10/12/2024 về Sở Du lịch.\n"
        "3. Các vụ việc lớn, đột xuất báo cáo ngay về Sở Du lịch.\n"
    )
    plan = read_text(f"{HEAD}{PART}1. Các xã\n- Trông bến.\n{regime}", register)
    assert [(rule.recurrence, len(rule.due), rule.who, rule.quote[:16]) for rule in plan.reports] == [
        ("ad hoc", 0, "", "Báo cáo từng đợt"),
        ("yearly", 1, "", "trước ngày 10/12"),
        ("ad hoc", 0, "", "Các vụ việc lớn,"),
    ]
    assert [(passage.text[:10], passage.why) for passage in plan.unread] == [("1. Trực ba", "reports")]


def test_a_ministrys_office_does_not_coordinate_and_an_army_command_may(register: Register) -> None:
    duties = (
        "1. Các xã\n- Báo cáo Bộ Bến (qua Vụ Hồ) trước ngày 05/5/2024.\n"
        "- Báo cáo UBND tỉnh (qua Bộ Chỉ huy Quân sự tỉnh) trước ngày 05/6/2024.\n"
    )
    assert read_text(f"{HEAD}{PART}{duties}", register).head.coordinator == "Bộ Chỉ huy Quân sự tỉnh"


def test_the_issuer_is_known_by_a_shorter_name() -> None:
    assert is_issuer("Ban Chỉ huy tỉnh", "Ban Chỉ huy Trông bến tỉnh Hà Khê")
    assert not is_issuer("Ban Chỉ huy xã", "Ban Chỉ huy Trông bến tỉnh Hà Khê")


def test_who_compiles_is_above_its_branch(register: Register) -> None:
    duties = "1. Các xã\n- Báo cáo về Sở Du lịch (qua Bến hồ cơ sở) trước ngày 05/5/2024.\n"
    assert read_text(f"{HEAD}{PART}{duties}", register).head.coordinator == "Sở Du lịch"


def test_whoever_issues_is_not_gone_through(register: Register) -> None:
    duties = (
        "1. Công an các xã\n- Báo cáo về Công an tỉnh (qua Phòng Tham mưu) trước ngày 05/5/2024.\n"
        "2. Phòng Hậu cần\n- Gửi dự trù về Công an tỉnh trước ngày 05/3/2024 để tổng hợp.\n"
    )
    plan = read_text(f"{POLICE}{PART}{duties}", register)
    assert (plan.head.issuer, plan.head.coordinator) == ("Công an tỉnh Hà Khê", "Phòng Tham mưu")
    assert ways(plan)[1] == ("Phòng Hậu cần", "Công an tỉnh", None, ["2024-03-05"])


def test_a_party_committees_programme(register: Register) -> None:
    text = (
        "TỈNH ỦY HÀ KHÊ\n*\nSố 21-CTr/TU\nHà Khê, ngày 12 tháng 3 năm 2026\nCHƯƠNG TRÌNH HÀNH ĐỘNG\n"
        "thực hiện Nghị quyết số 88-NQ/TW ngày 22/12/2024 về bến thuyền, giai đoạn 2026 - 2028\n"
        "I- TỔ CHỨC THỰC HIỆN\n1- Ban Tổ chức Tỉnh ủy đếm bến.\n2- Ủy ban Kiểm tra Tỉnh ủy trông bến.\n"
        "Chương trình hành động này phổ biến đến chi bộ.\n"
    )
    plan = read_text(text, register)
    assert (plan.head.number, plan.head.period) == ("21-CTr/TU", (date(2026, 1, 1), date(2028, 12, 31)))
    assert [duty.unit for duty in plan.duties] == ["Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Báo cáo ngay khi có lũ về Chủ tịch UBND tỉnh.", ("Chủ tịch UBND tỉnh", "ad hoc")),
        ("Báo cáo ngày: trước 16h30 về Giám đốc Công an tỉnh.", ("Giám đốc Công an tỉnh", "daily")),
    ],
)
def test_leaders_are_reported_to(words: str, expected: tuple[str, str], register: Register) -> None:
    plan = read_text(f"{HEAD}{PART}1. Các xã\n- {words}\n", register)
    assert [(rule.to, rule.recurrence) for rule in plan.reports] == [expected]


def test_what_is_to_be_sent_in_the_content_is_asked_about(register: Register) -> None:
    content = "II. NỘI DUNG\n1. Thời gian: tháng 11; các bến gửi lịch về Sở Du lịch trước ngày 20/10/2024.\n"
    plan = read_text(f"{HEAD}{content}{PART}1. Sở Y tế\n- Trực.\n", register)
    assert [(passage.text[:12], passage.why) for passage in plan.unread] == [("1. Thời gian", "reports")]
