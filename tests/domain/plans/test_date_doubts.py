"""Dates that are past, outside the period or unsure by their words are asked about before they count."""

from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import read_deadline
from domain.plans.commitments import deadline_in
from domain.plans.date_doubts import date_doubts, is_doubtful, unsettled_date_doubts
from domain.plans.date_words import dated_key
from domain.plans.draft import Draft
from tests.domain.plans.test_draft import draft, row

Period = tuple[date, date]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 9, 1)
SPRING, AUTUMN = date(2026, 4, 10), date(2026, 10, 10)


def doubted(*due: date, today: date = TODAY, **facts: object) -> list[str]:
    one = replace(draft(row("line 1", due=due, **facts)), today=today)
    return [doubt.kind for doubt in date_doubts(one)]


@pytest.mark.parametrize(
    ("due", "kinds"),
    [
        ((SPRING,), ["passed"]),
        ((SPRING, date(2026, 6, 1)), ["passed"]),
        ((SPRING, AUTUMN), []),
        ((AUTUMN,), []),
        ((TODAY,), []),
        ((date(2027, 1, 15),), []),  # the report on the year is due after it
        ((date(2062, 6, 20),), ["outside"]),
        ((date(2025, 6, 20), AUTUMN), ["outside"]),
        ((), []),
    ],
)
def test_what_asks_nobody_is_doubted(due: tuple[date, ...], kinds: list[str]) -> None:
    assert doubted(*due) == kinds


def test_what_is_asked_from_now_on_or_of_nobody_is_not_doubted() -> None:
    assert doubted(SPRING, asks_past=True) == doubted(SPRING, units=()) == []


def test_a_plan_that_is_over_has_past_dates() -> None:
    assert doubted(SPRING, today=date(2027, 2, 1)) == []


def test_a_period_that_is_made_up_leaves_no_date_out() -> None:
    one = replace(draft(row("line 1", due=(date(2028, 6, 30),))), today=TODAY)
    assert [doubt.kind for doubt in date_doubts(one)] == ["outside"]
    assert list(date_doubts(replace(one, states_period=False))) == []


def test_a_date_for_a_live_plan_is_looked_at_the_same_way() -> None:
    one = replace(draft(), today=TODAY)
    assert is_doubtful(one, (SPRING,))
    assert is_doubtful(one, (date(2031, 1, 1),))
    assert not is_doubtful(one, (SPRING, AUTUMN))
    assert not is_doubtful(one, ())


UNSURE = {
    "Gửi danh sách trước ngày 15/10/2026 hoặc 20/10/2026": "either_day",
    "Gửi danh sách trước ngày 15/10/2026 (dự kiến)": "about",
    "Gửi danh sách thứ Ba, trước ngày 15/10/2026": "weekday",
    "Gửi danh sách trước ngày .../10/2026": "day_missing",
    "Gửi danh sách trước ngày … tháng 10 năm 2026; tổ chức hội nghị": "day_missing",
}


def as_read(text: str, period: Period | None = YEAR, **facts: object) -> Draft:
    """A draft with one duty in these words, with the dates that a plan of that period takes from them."""
    deadline = deadline_in(text, period)
    duty = row("line 1", text=text, due=deadline.dates if deadline else (), **facts)
    return replace(draft(duty), today=TODAY, period=period or YEAR, states_period=period is not None)


def reasons(of_draft: Draft) -> list[str | None]:
    return [doubt.why for doubt in date_doubts(of_draft)]


@pytest.mark.parametrize(("text", "why"), UNSURE.items())
def test_a_date_that_a_duty_leaves_unsure_is_doubted(text: str, why: str) -> None:
    assert reasons(as_read(text)) == [why]


def test_an_unsure_date_and_one_left_out_are_two_kinds() -> None:
    kinds = [[doubt.kind for doubt in date_doubts(as_read(text))] for text in UNSURE]
    assert kinds == [["unsure"], ["unsure"], ["unsure"], ["open"], ["open"]]


@pytest.mark.parametrize(
    "text",
    [
        "Gửi danh sách trước ngày 15/10/2026",
        "Gửi danh sách thứ Năm, trước ngày 15/10/2026",
        "Lập phương án A hoặc phương án B trước ngày 15/10/2026; dự kiến kinh phí",
        "Chăm sóc 15 đàn ong",
    ],
)
def test_a_sure_date_is_not_doubted(text: str) -> None:
    assert reasons(as_read(text)) == []


def test_the_time_of_an_activity_and_the_words_of_a_report_are_looked_at_too() -> None:
    either = "ngày 10/10/2026 hoặc 12/10/2026"
    days = read_deadline(either, *YEAR).dates
    activity = row("line 1", kind="activity", when=either, due=days)
    report = row("rule 1", kind="report", who="Sở Y tế", text=f"báo cáo {either}", due=days)
    assert reasons(replace(draft(activity, report), today=TODAY)) == ["either_day", "either_day"]


def test_dates_that_somebody_typed_and_doubts_that_somebody_settled_are_not_doubted() -> None:
    unsure = as_read("Gửi danh sách khoảng trước ngày 15/10/2026 (dự kiến)")
    assert unsettled_date_doubts(replace(unsure, settled=frozenset({dated_key("line 1")}))) == ()
    assert unsettled_date_doubts(replace(unsure, settled=frozenset({"line 1"}))) == ()
    (duty,) = unsure.rows
    assert reasons(replace(unsure, rows=(replace(duty, due=(AUTUMN,)),))) == []


def test_a_report_with_a_date_asks_in_the_place_of_its_own_passage() -> None:
    (duty,) = as_read("Gửi danh sách trước ngày .../10/2026", passage=3).rows
    report = row("rule 1", kind="report", who="Sở Y tế", text="báo cáo", due=(AUTUMN,), passage=3)
    assert reasons(replace(draft(duty, report), today=TODAY)) == []
    assert reasons(replace(draft(duty, replace(report, passage=4)), today=TODAY)) == ["day_missing"]


def test_without_a_period_a_date_without_a_year_is_open() -> None:
    assert reasons(as_read("Gửi danh sách trước ngày 15/10", None)) == ["no_period"]
    assert reasons(as_read("Gửi danh sách trước ngày 15/10/2026", None)) == []
    assert as_read("Gửi danh sách trước ngày 15/10/2026", None).rows[0].due == (date(2026, 10, 15),)
