"""Stretches of days to look back on."""

from datetime import date

import pytest

from domain.nudging.day_ranges import read_span

TODAY = date(2026, 6, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", date(2026, 5, 22), TODAY),
        ("7 ngày", date(2026, 6, 14), TODAY),
        ("6/2026", date(2026, 6, 1), date(2026, 6, 30)),
        ("tháng 5", date(2026, 5, 1), date(2026, 5, 31)),
        ("thang 12", date(2025, 12, 1), date(2025, 12, 31)),
        ("tháng 2 năm 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("từ 1/6 đến 15/6", date(2026, 6, 1), date(2026, 6, 15)),
        ("1/6-15/6", date(2026, 6, 1), date(2026, 6, 15)),
        ("từ 1/6", date(2026, 6, 1), TODAY),
        ("từ 1/11/2025 đến 15/2/2026", date(2025, 11, 1), date(2026, 2, 15)),
        ("hôm nay", TODAY, TODAY),
    ],
)
def test_months_years_and_days_are_understood(text: str, first: date, last: date) -> None:
    assert read_span(text, TODAY) == (first, last)


@pytest.mark.parametrize("text", ["hồi đó", "13/2026", "từ 31/6 đến 2/7", "từ 15/6 đến 1/6", "0/2026"])
def test_what_is_no_stretch_is_none(text: str) -> None:
    assert read_span(text, TODAY) is None
