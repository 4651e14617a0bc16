"""Ad hoc requests as they are typed: whom, what and by when in one line."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.common.workdays import Workdays
from domain.organisation.register import Group, Register, Unit
from domain.requests.request import Office, read_request, read_whom, without_plan

OFFICE = Office(datetime(2026, 6, 10, 9, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")), time(17), Workdays())
COMMUNE = frozenset({"ubnd-xa"})
REGISTER = Register(
    (
        Unit("Sở Y tế", "SYT", tags=frozenset({"so"})),
        Unit("Sở Công Thương", "SCT", tags=frozenset({"so"})),
        Unit("UBND xã Suối Hương", tags=COMMUNE),
        Unit("UBND xã Nà Lau", tags=COMMUNE),
        Unit("UBND phường Hà Khê", tags=COMMUNE),
    ),
    (
        Group(("các sở",), frozenset({"so"})),
        Group(("các xã, phường",), COMMUNE),
        Group(("các đơn vị",), frozenset({"*"})),
    ),
)
WORKING = REGISTER.units[1:3]
MEMBERS = ["Sở Công Thương", "UBND xã Suối Hương"]
COMMUNES = ["UBND xã Suối Hương", "UBND xã Nà Lau"]


@pytest.mark.parametrize(
    ("line", "whom", "what", "at"),
    [
        ("10h 12/6 các xã: báo cáo số hộ thiệt hại", COMMUNES, "báo cáo số hộ thiệt hại", "12/06 10:00"),
        (
            "cac xa bao cao so ho thiet hai truoc 15h",
            COMMUNES,
            "bao cao so ho thiet hai truoc 15h",
            "10/06 15:00",
        ),
        ("xã Nà Lau, SYT 14:30: ngập ở đâu", ["UBND xã Nà Lau", "Sở Y tế"], "ngập ở đâu", "10/06 14:30"),
        ("đề nghị các sở rà soát số liệu", ["Sở Y tế", "Sở Công Thương"], "rà soát số liệu", None),
        ("các đơn vị: gửi số liệu từ 1/6 đến 10/6", MEMBERS, "gửi số liệu từ 1/6 đến 10/6", None),
        ("các đơn vị: gửi số liệu từ 1/6, hạn 20/6", MEMBERS, "gửi số liệu từ 1/6, hạn 20/6", "20/06 17:00"),
        ("các xã, phường", [*COMMUNES, "UBND phường Hà Khê"], "", None),
    ],
)
def test_a_line_tells_whom_what_and_by_when(line: str, whom: list[str], what: str, at: str | None) -> None:
    asked = read_request(line, OFFICE, REGISTER, WORKING)
    assert [unit.name for unit in asked.whom.units] == whom
    assert asked.what == what
    assert (asked.at and f"{asked.at:%d/%m %H:%M}") == at


def test_words_that_name_nobody_are_told() -> None:
    meant = read_whom("Sở Khí tượng", OFFICE.today, REGISTER, WORKING)
    assert not meant.whole
    assert "Khí tượng" in meant.unclear


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("kế hoạch 33/KH-UBND: báo cáo", " : báo cáo"),
        ("các đơn vị của KH số 33/kh-ubnd: báo cáo", "các đơn vị  : báo cáo"),
        ("kế hoạch 133/KH-UBND: báo cáo", None),
        ("các đơn vị: báo cáo", None),
    ],
)
def test_a_plan_is_named_by_its_number(line: str, rest: str | None) -> None:
    assert without_plan(line, "33/KH-UBND") == rest
