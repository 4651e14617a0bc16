from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common.workdays import BadDays, Workdays, parse_days

HOLIDAYS = frozenset({date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)})
DAYS = Workdays(HOLIDAYS, off=frozenset({date(2026, 5, 4)}), working=frozenset({date(2026, 5, 9)}))
DATES = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 29), True),
        (date(2026, 4, 30), False),
        (date(2026, 5, 2), False),  # a Saturday
        (date(2026, 5, 4), False),  # taken off by the province
        (date(2026, 5, 9), True),  # a Saturday that is worked
        (date(2026, 5, 10), False),
    ],
)
def test_the_operators_days_come_before_the_calendar(day: date, working: bool) -> None:
    assert DAYS.is_working(day) == working


def test_a_worked_day_wins_over_a_holiday() -> None:
    assert Workdays(HOLIDAYS, working=HOLIDAYS).is_working(date(2026, 4, 30))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
        (date(2026, 5, 5), 1, date(2026, 4, 29)),
        (date(2026, 5, 5), 2, date(2026, 4, 28)),
        (date(2026, 5, 5), 3, date(2026, 4, 24)),  # 27 April is off, 25 and 26 are a weekend
        (date(2026, 5, 1), 0, date(2026, 4, 29)),
        (date(2026, 5, 11), 1, date(2026, 5, 9)),
    ],
)
def test_working_days_are_counted_backwards(day: date, count: int, expected: date) -> None:
    assert DAYS.before(day, count) == expected


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 4, 29), date(2026, 4, 29), 0),
        (date(2026, 4, 29), date(2026, 5, 4), 0),
        (date(2026, 4, 29), date(2026, 5, 5), 1),
        (date(2026, 5, 5), date(2026, 4, 29), -1),
        (date(2026, 5, 8), date(2026, 5, 11), 2),
    ],
)
def test_working_days_between_leave_out_the_first_and_take_in_the_last(
    start: date, end: date, count: int
) -> None:
    assert DAYS.between(start, end) == count


@given(DATES, st.integers(0, 30))
def test_what_is_so_many_days_before_has_as_many_days_between(day: date, count: int) -> None:
    found = DAYS.before(day, count)
    assert DAYS.is_working(found)
    assert DAYS.between(found, DAYS.on_or_before(day)) == count


@given(DATES)
def test_the_next_open_day_is_the_first_one(day: date) -> None:
    after, before = DAYS.on_or_after(day), DAYS.on_or_before(day)
    assert before <= day <= after
    assert not any(DAYS.is_working(day + timedelta(n)) for n in range((after - day).days))
    assert not any(DAYS.is_working(day - timedelta(n)) for n in range((day - before).days))


def test_the_operators_file_takes_dates_in_either_form() -> None:
    days = parse_days({"off": ["2026-01-02"], "working": [date(2026, 1, 10)]}, HOLIDAYS)
    assert (days.off, days.working) == (frozenset({date(2026, 1, 2)}), frozenset({date(2026, 1, 10)}))
    assert parse_days({}, HOLIDAYS) == Workdays(HOLIDAYS)


@pytest.mark.parametrize("entry", ["2/1/2026", 5, "2026-02-30", None])
def test_a_wrong_entry_is_named(entry: object) -> None:
    with pytest.raises(BadDays, match="off: "):
        parse_days({"off": [entry]}, HOLIDAYS)
