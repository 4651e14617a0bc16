"""Dates that have passed, or lie outside a plan's period, are asked about before they silence a duty."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plans.date_doubts import date_doubts, is_doubtful
from tests.domain.plans.test_draft import draft, row

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
