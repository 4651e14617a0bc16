"""Until when a deadline is kept. 15/6/2026 is a Monday, 12/6/2026 the Friday before it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.common.workdays import Workdays
from domain.deadlines.last_day import last_day_in_time, last_safe_day

MONDAY, TUESDAY = date(2026, 6, 15), date(2026, 6, 16)
FRIDAY, SUNDAY = date(2026, 6, 12), date(2026, 6, 14)
DAYS = Workdays()
MOVED = Workdays(moves=True)


def test_before_a_day_is_kept_until_the_day_before_it_ends() -> None:
    assert last_day_in_time(TUESDAY, DAYS, inclusive=False) == MONDAY
    assert last_safe_day(TUESDAY, DAYS, inclusive=False) == MONDAY


def test_no_later_than_a_day_is_kept_until_that_day_ends() -> None:
    assert last_day_in_time(TUESDAY, DAYS, inclusive=True) == TUESDAY
    assert last_safe_day(TUESDAY, DAYS, inclusive=True) == TUESDAY


def test_without_moving_a_weekend_stays_and_the_friday_before_it_is_the_last_safe_day() -> None:
    assert last_day_in_time(MONDAY, DAYS, inclusive=False) == SUNDAY
    assert last_safe_day(MONDAY, DAYS, inclusive=False) == FRIDAY
    assert last_safe_day(SUNDAY, DAYS, inclusive=True) == FRIDAY


def test_by_article_148_a_last_day_on_a_weekend_moves_to_the_next_working_day() -> None:
    assert last_day_in_time(SUNDAY, MOVED, inclusive=True) == MONDAY
    assert last_safe_day(SUNDAY, MOVED, inclusive=True) == MONDAY
    assert last_safe_day(MONDAY, MOVED, inclusive=False) == MONDAY


@pytest.mark.parametrize("inclusive", [True, False])
def test_a_last_day_on_a_working_day_is_not_moved(inclusive: bool) -> None:
    due = TUESDAY if inclusive else date(2026, 6, 17)
    assert last_day_in_time(due, MOVED, inclusive=inclusive) == TUESDAY


def test_a_holiday_is_passed_over_like_a_weekend() -> None:
    days = Workdays(holidays=frozenset({date(2026, 9, 2)}))  # Wednesday
    assert last_safe_day(date(2026, 9, 2), days, inclusive=True) == date(2026, 9, 1)
    days = replace(days, moves=True)
    assert last_safe_day(date(2026, 9, 2), days, inclusive=True) == date(2026, 9, 3)
