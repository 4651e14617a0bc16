"""Groups without members in the register: told, never in silence, and never taken for everybody."""

from datetime import date

import pytest

from documents.reading import read_text
from domain.organisation.register import EVERYONE, Group, Register, Unit
from domain.plans.commitments import commit
from domain.plans.draft import Draft, OpenGroup, Row
from domain.plans.draft_doubts import find_doubts

DISTRICTS = "UBND các huyện, thành phố"
REGISTER = Register(
    (
        Unit("Sở Y tế", tags=frozenset({"so"})),
        Unit("Sở Nội vụ", tags=frozenset({"so"})),
        Unit("UBND xã Khê Hạ", tags=frozenset({"ubnd-xa"})),
    ),
    (
        Group(("các sở, ban, ngành",), frozenset({"so"})),
        Group(("UBND các huyện, thị xã, thành phố", DISTRICTS), frozenset({"ubnd-huyen"})),
        Group(("các cơ quan, đơn vị",), frozenset({EVERYONE})),
    ),
)
PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ
Số: 78/KH-UBND
Hà Khê, ngày 10 tháng 01 năm 2026
KẾ HOẠCH
Phát triển nghề nuôi ong năm 2026
I. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ:
- Chủ trì tập huấn cho người nuôi ong.
2. {who} báo cáo kết quả về Sở Nội vụ trước ngày 30/11/2026.
"""


def test_a_report_of_a_group_without_members_is_nobody_elses() -> None:
    read = read_text(PLAN.format(who=DISTRICTS), REGISTER)
    (regime,) = commit(read, REGISTER, date(2026, 2, 1)).regimes
    assert regime.units == ()


def test_the_part_of_an_expression_that_has_no_members_is_told_beside_the_others() -> None:
    who = f"Thủ trưởng các sở, ban, ngành, Chủ tịch {DISTRICTS}"
    commitments = commit(read_text(PLAN.format(who=who), REGISTER), REGISTER, date(2026, 2, 1))
    (regime,) = commitments.regimes
    assert regime.units == ("Sở Y tế",)
    assert [e.members for e in commitments.expansions if e.expression == DISTRICTS] == [()]


@pytest.mark.parametrize(("day", "heirs"), [("2026-02-01", ("UBND xã Khê Hạ",)), ("2024-02-01", ())])
def test_its_successors_are_offered_from_the_day_of_the_reform(day: str, heirs: tuple[str, ...]) -> None:
    today = date.fromisoformat(day)
    row = Row("rule 1", "report", "I.2", "", "Báo cáo", (), (), (), (date(2026, 11, 30),), who=DISTRICTS)
    groups = (OpenGroup("group 7", DISTRICTS),)
    year = (date(today.year, 1, 1), date(today.year, 12, 31))
    draft = Draft(1, year, None, (row,), groups, (), frozenset(), today)
    doubt = next(doubt for doubt in find_doubts(draft, REGISTER) if doubt.key == "group 7")
    assert (doubt.kind, doubt.units) == ("empty", heirs)
