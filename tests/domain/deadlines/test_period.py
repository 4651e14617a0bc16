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


def test_work_is_finished_within_the_period_and_only_reports_come_after() -> None:
    assert read_deadline("hoàn thành trong quý I năm 2027", *YEAR).doubts == ("outside_period",)
    assert read_deadline("hoàn thành báo cáo tổng kết trước 15/01/2027", *YEAR).doubts == ()
    assert read_deadline("báo cáo trước ngày 31/12/2027", *YEAR).doubts == ("outside_period",)


def test_of_several_dates_those_before_the_period_are_left_out_and_asked_about() -> None:
    spring = (date(2026, 4, 1), date(2026, 12, 31))
    found = read_deadline("Báo cáo trước 25/3 và 25/6/2026", *spring)
    assert (list(found.dates), found.doubts) == ([date(2026, 6, 25)], ("outside_period",))
    alone = read_deadline("Báo cáo trước 25/3/2026", *spring)
    assert (list(alone.dates), alone.doubts) == ([date(2026, 3, 25)], ())


def test_each_step_of_a_list_has_its_own_day() -> None:
    found = read_deadline(
        "Lập danh sách: trong tháng 2; kiểm tra: đến hết quý II; báo cáo kết quả trước 20/7", *YEAR
    )
    assert [(day.month, day.day) for day in found.dates] == [(2, 28), (6, 30), (7, 20)]
    found = read_deadline("Soạn thảo tháng 4, lấy ý kiến tháng 5, trình trước 15/6", *YEAR)
    assert [(day.month, day.day) for day in found.dates] == [(4, 30), (5, 31), (6, 15)]
    found = read_deadline("Quý I: rà soát; Quý II: xây dựng; Quý III: trình", *YEAR)
    assert [(day.month, day.day) for day in found.dates] == [(3, 31), (6, 30), (9, 30)]
    found = read_deadline("Danh mục: trong tháng 2; kết quả: trước 20/9", *YEAR)
    assert [(day.month, day.day) for day in found.dates] == [(2, 28), (9, 20)]


def test_a_list_with_a_rhythm_or_going_backwards_is_read_as_a_whole() -> None:
    found = read_deadline("hoàn thành trong tháng 8, báo cáo tiến độ hằng quý", *YEAR)
    assert (list(found.dates), found.recurrence) == ([date(2026, 8, 31)], "once")
    found = read_deadline("gửi trước 15/6; trình dự thảo trong tháng 5", *YEAR)
    assert list(found.dates) == [date(2026, 6, 15)]
