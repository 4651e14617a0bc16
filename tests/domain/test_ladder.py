from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ladder import BadLadder, Ladder, parse_ladder
from domain.workdays import Workdays

DAYS, LADDER = Workdays(), Ladder()
DUE = date(2026, 6, 15)  # a Monday
DATA: dict[str, Any] = {
    "before": [3, 14, 7, 1, 3],
    "on_the_day": True,
    "daily_after": True,
    "from_hour": "08:00",
    "until_hour": "17:00",
    "leader_from": 0,
}


def rungs(ladder: Ladder, due: date, count: int) -> list[date]:
    day, found = date(2026, 1, 1), []
    for _ in range(count):
        after = ladder.next_on(due, day, DAYS)
        if after is None:
            break
        found.append(after)
        day = after
    return found


def test_the_rungs_are_fourteen_seven_three_one_the_day_and_every_day_after() -> None:
    expected = [(5, 26), (6, 4), (6, 10), (6, 12), (6, 15), (6, 16), (6, 17), (6, 18), (6, 19), (6, 22)]
    assert rungs(LADDER, DUE, 10) == [date(2026, month, day) for month, day in expected]


def test_a_ladder_may_end_on_the_day_or_before_it() -> None:
    assert rungs(Ladder(daily_after=False), DUE, 9)[-1] == DUE
    assert rungs(Ladder(on_the_day=False, daily_after=False), DUE, 9)[-1] == date(2026, 6, 12)
    assert rungs(Ladder(before=(), on_the_day=False), DUE, 1) == [date(2026, 6, 16)]


def test_what_falls_due_on_a_sunday_is_asked_for_on_friday() -> None:
    assert rungs(LADDER, date(2026, 6, 14), 6)[3:] == [
        date(2026, 6, 11),
        date(2026, 6, 12),
        date(2026, 6, 15),
    ]


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates(date(2025, 10, 1), date(2027, 3, 1)))
def test_the_next_rung_is_later_and_a_working_day(due: date, after: date) -> None:
    again = LADDER.next_on(due, after, DAYS)
    assert again is not None
    assert again > after
    assert DAYS.is_working(again)
    between = [after + timedelta(n) for n in range(1, (again - after).days)]
    assert not [day for day in between if day > due and DAYS.is_working(day)]


@pytest.mark.parametrize(
    ("leader_from", "first"),
    [(0, date(2026, 6, 15)), (-1, date(2026, 6, 12)), (1, date(2026, 6, 16)), (3, date(2026, 6, 18))],
)
def test_the_leader_hears_from_the_rung_that_is_set(leader_from: int, first: date) -> None:
    ladder = Ladder(leader_from=leader_from)
    heard = [day for n in range(-14, 14) if ladder.leader_hears(DUE, day := DUE + timedelta(n), DAYS)]
    assert heard[0] == first
    assert heard == [first + timedelta(n) for n in range(len(heard))]


@pytest.mark.parametrize(
    ("hour", "open_"), [("07:59", False), ("08:00", True), ("16:59", True), ("17:00", False)]
)
def test_the_first_hour_counts_and_the_last_does_not(hour: str, open_: bool) -> None:
    assert LADDER.is_hour(time.fromisoformat(hour)) == open_


def test_the_operators_rungs_are_sorted_and_counted_once() -> None:
    assert parse_ladder(DATA) == LADDER


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("before", [0]),
        ("before", ["7"]),
        ("before", [251]),
        ("before", 7),
        ("from_hour", "8 giờ"),
        ("until_hour", "07:00"),
        ("until_hour", "08:00"),
        ("leader_from", "x"),
    ],
)
def test_a_wrong_ladder_is_refused(key: str, value: object) -> None:
    with pytest.raises(BadLadder):
        parse_ladder({**DATA, key: value})


@pytest.mark.parametrize("key", sorted(DATA))
def test_a_missing_entry_is_named(key: str) -> None:
    with pytest.raises(BadLadder, match=key):
        parse_ladder({name: value for name, value in DATA.items() if name != key})
