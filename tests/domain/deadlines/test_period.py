"""Which dates a phrase has where the plan gives no period, or was issued in the middle of it."""

from datetime import date

import pytest

from domain.deadlines import read_deadline

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("phrase", "dates"),
    [
        ("trước ngày 15/6/2026", [date(2026, 6, 15)]),
        ("quý II/2026", [date(2026, 6, 30)]),
        ("trước ngày 30/9 năm 2026", [date(2026, 9, 30)]),
        ("từ ngày 01/10/2026 đến hết ngày 31/3/2027", [date(2027, 3, 31)]),
    ],
)
def test_a_date_that_bears_its_own_year_needs_no_period(phrase: str, dates: list[date]) -> None:
    found = read_deadline(phrase)
    assert (list(found.dates), found.doubts) == (dates, ())


@pytest.mark.parametrize(
    ("phrase", "recurrence"),
    [
        ("trước ngày 15/12 hằng năm", "yearly"),
        ("trước ngày 25 hằng tháng", "monthly"),
        ("trước ngày 05 tháng cuối quý", "quarterly"),
        ("trước ngày 20/6 và 20/12", "half-yearly"),
    ],
)
def test_without_a_period_a_rule_keeps_its_rhythm_and_has_no_date(phrase: str, recurrence: str) -> None:
    found = read_deadline(phrase)
    assert (found.dates, found.recurrence, found.doubts) == ((), recurrence, ("no_period",))


def test_words_without_any_date_raise_no_doubt_about_the_period() -> None:
    assert read_deadline("hằng quý").doubts == ()
    assert read_deadline("thường xuyên").doubts == ()


def test_no_date_lies_before_the_day_of_issue() -> None:
    found = read_deadline("trước ngày 25 hằng tháng", *YEAR, issued_on=date(2026, 10, 26))
    assert list(found.dates) == [date(2026, 11, 25), date(2026, 12, 25)]
    assert (found.recurrence, found.doubts) == ("monthly", ())


def test_a_deadline_that_had_passed_when_the_plan_was_issued_is_asked_about() -> None:
    found = read_deadline("trước ngày 15/2", *YEAR, issued_on=date(2026, 3, 10))
    assert (found.dates, found.doubts) == ((), ("before_issue",))


def test_a_date_far_from_the_period_is_kept_and_asked_about() -> None:
    found = read_deadline("trước ngày 15/6/2062", *YEAR)
    assert (list(found.dates), found.doubts) == ([date(2062, 6, 15)], ("outside_period",))
    assert read_deadline("trước ngày 10/01/2027", *YEAR).doubts == ()
