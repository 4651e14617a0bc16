"""The way that a report goes where its own words do not say all of it."""

import pytest

from documents.reading import read_text
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
    ],
)  # fmt: skip
def test_the_way_is_completed_from_what_stands_beside(
    duties: str, expected: Ways, register: Register
) -> None:
    assert ways(read_text(f"{HEAD}{PART}{duties}", register)) == expected


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
