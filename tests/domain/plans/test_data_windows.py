"""Which days the figures of a report cover: Nghị định 09/2019/NĐ-CP, Điều 12, or the calendar."""

from datetime import date

import pytest

from domain.plans.periods import Period, data_window


@pytest.mark.parametrize(
    ("period", "decree", "calendar"),
    [
        (Period("month", 2026, 3), ("2026-02-15", "2026-03-14"), ("2026-03-01", "2026-03-31")),
        (Period("month", 2026, 1), ("2025-12-15", "2026-01-14"), ("2026-01-01", "2026-01-31")),
        (Period("month", 2024, 12), ("2024-11-15", "2024-12-14"), ("2024-12-01", "2024-12-31")),
        (Period("quarter", 2026, 1), ("2025-12-15", "2026-03-14"), ("2026-01-01", "2026-03-31")),
        (Period("quarter", 2026, 4), ("2026-09-15", "2026-12-14"), ("2026-10-01", "2026-12-31")),
        (Period("half", 2026), ("2025-12-15", "2026-06-14"), ("2026-01-01", "2026-06-30")),
        (Period("year", 2026), ("2025-12-15", "2026-12-14"), ("2026-01-01", "2026-12-31")),
    ],
)
def test_figures_close_on_the_fourteenth_or_with_the_month(
    period: Period, decree: tuple[str, str], calendar: tuple[str, str]
) -> None:
    assert data_window(period, "decree") == tuple(map(date.fromisoformat, decree))
    assert data_window(period, "calendar") == tuple(map(date.fromisoformat, calendar))


def test_a_report_without_a_period_has_no_window() -> None:
    assert data_window(Period("none", 2026), "decree") is None
