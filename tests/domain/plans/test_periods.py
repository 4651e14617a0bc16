from datetime import date

import pytest

from domain.common.recurrence import Recurrence
from domain.plans.periods import Period, parse_period, period_of


@pytest.mark.parametrize(
    ("recurrence", "due", "period"),
    [
        ("monthly", date(2026, 6, 20), "month-2026-6"),
        ("monthly", date(2026, 6, 5), "month-2026-5"),
        ("monthly", date(2026, 1, 5), "month-2025-12"),
        ("monthly", date(2026, 6, 14), "month-2026-6"),
        ("quarterly", date(2026, 3, 5), "quarter-2026-1"),
        ("quarterly", date(2026, 6, 15), "quarter-2026-2"),
        ("quarterly", date(2026, 7, 5), "quarter-2026-2"),
        ("quarterly", date(2026, 1, 5), "quarter-2025-4"),
        ("half-yearly", date(2026, 6, 15), "half-2026-1"),
        ("half-yearly", date(2026, 7, 10), "half-2026-1"),
        ("half-yearly", date(2026, 11, 15), "year-2026-1"),
        ("half-yearly", date(2026, 1, 10), "year-2025-1"),
        ("yearly", date(2026, 12, 10), "year-2026-1"),
        ("yearly", date(2027, 1, 10), "year-2026-1"),
        ("once", date(2026, 6, 15), "none-2026-1"),
    ],
)
def test_a_report_covers_what_lies_behind_its_date(recurrence: Recurrence, due: date, period: str) -> None:
    assert str(period_of(recurrence, due)) == period
    assert parse_period(period) == period_of(recurrence, due)


@pytest.mark.parametrize("text", ["", "week-2026-1", "month-x-1", "month-2026"])
def test_what_was_never_written_is_not_read(text: str) -> None:
    with pytest.raises((KeyError, ValueError)):
        parse_period(text)


def test_periods_of_different_kinds_are_different() -> None:
    assert Period("half", 2026) != Period("year", 2026)
