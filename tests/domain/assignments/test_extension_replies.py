"""What coordinators type instead of a tap when a unit asks for more time."""

from datetime import date

import pytest

from domain.assignments.extension_replies import Decision, read_decision

TODAY, DUE = date(2026, 6, 10), date(2026, 6, 15)


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("đồng ý", Decision(granted=True)),
        ("dong y", Decision(granted=True)),
        ("Nhất trí gia hạn", Decision(granted=True)),
        ("đồng ý đến 18/6", Decision(granted=True, until=date(2026, 6, 18))),
        ("dong y den 18/6", Decision(granted=True, until=date(2026, 6, 18))),
        ("ok 18/6", Decision(granted=True, until=date(2026, 6, 18))),
        ("chỉ cho lùi đến 18/6", Decision(granted=True, until=date(2026, 6, 18))),
        ("gia hạn 3 ngày", Decision(granted=True, until=date(2026, 6, 18))),
        ("không đồng ý", Decision(granted=False)),
        ("khong dong y", Decision(granted=False)),
        ("Không đồng ý vì tỉnh họp ngày 16/6", Decision(granted=False, reason="tỉnh họp ngày 16/6")),
        ("giữ nguyên hạn", Decision(granted=False)),
    ],
)
def test_a_decision_is_read_with_its_date_and_reason(text: str, decision: Decision) -> None:
    assert read_decision(text, today=TODAY, due=DUE) == decision


@pytest.mark.parametrize(
    "text", ["ok", "được", "tình hình thế nào", "đồng ý đến 31/6", "cho tôi xem", "18 đơn vị"]
)
def test_whatever_may_mean_something_else_is_none(text: str) -> None:
    assert read_decision(text, today=TODAY, due=DUE) is None
