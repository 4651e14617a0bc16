"""What is decided of an assignment: its state, its dates and the next day, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from domain.assignments.assignment import DueAssignment
from domain.assignments.assignment_change import (
    Ask,
    NewValues,
    cancel,
    close,
    decide_due_date,
    hold_for_wish,
    make,
    move,
    send_back,
    sweep,
)
from domain.assignments.lifecycle import State, Unlawful
from domain.plans.periods import Period
from tests.domain.assignments.test_plan_following import JULY, JUNE, TODAY, DayBefore, owed

ASKS = DayBefore()


def moved(was: State, state: State) -> NewValues:
    return move(owed(1, state=was), state, blocked=False, finished_on=None, today=TODAY, schedule=ASKS).values


def test_what_is_finished_is_asked_for_no_more() -> None:
    assert moved("in_progress", "done")["next_nudge_on"] is None
    assert moved("in_progress", "submitted")["next_nudge_on"] is None


def test_what_was_finished_and_is_not_any_more_is_asked_for_again() -> None:
    assert moved("done", "in_progress")["next_nudge_on"] == date(2026, 6, 14)
    assert "next_nudge_on" not in moved("not_started", "in_progress"), "its day stays as it was"


def test_each_return_is_counted() -> None:
    back = send_back(replace(owed(1, state="submitted"), returned=1), TODAY, ASKS).values
    assert (back["state"], back["returned"], back["finished_on"]) == ("returned", 2, None)


def test_a_date_that_has_come_is_asked_for_at_once_unless_it_was_today() -> None:
    late = owed(1, date(2026, 5, 29))
    assert decide_due_date(late, late.due_on, TODAY, ASKS).values["next_nudge_on"] == TODAY
    asked = replace(late, asked_on=TODAY)
    assert decide_due_date(asked, JULY, TODAY, ASKS).values == {
        "due_on": JULY,
        "last_on": JULY,
        "next_nudge_on": date(2026, 7, 14),
    }
    done = owed(1, state="done")
    assert decide_due_date(done, JULY, TODAY, ASKS).values == {
        "due_on": JULY,
        "last_on": JULY,
        "next_nudge_on": None,
    }


def test_a_wish_before_the_date_has_come_changes_nothing() -> None:
    assert hold_for_wish(owed(1), JULY, TODAY, ASKS) is None
    assert hold_for_wish(owed(1, TODAY), JULY, TODAY, ASKS) is not None


def test_only_what_is_open_can_be_called_off() -> None:
    assert cancel(owed(1)).values == {"state": "cancelled", "next_nudge_on": None}
    assert close(owed(1)).values["blocked"] is False
    with pytest.raises(Unlawful):
        cancel(owed(1, state="done"))


def test_a_sweep_notes_the_day_and_leaves_out_what_is_held_or_answered() -> None:
    due = DueAssignment(1, 1, "not_started", TODAY, TODAY, "report", "", False, None, None)
    held, done = replace(due, id=2, wanted_on=JULY), replace(due, id=3, state="done")
    changes = {change.assignment_id: change.values for change in sweep([due, held, done], TODAY, ASKS)}
    day = date(2026, 5, 31)
    assert changes == {
        1: {"next_nudge_on": day, "asked_on": TODAY},
        2: {"next_nudge_on": day},
        3: {"next_nudge_on": None},
    }


def test_what_was_due_before_a_plan_is_entered_is_past() -> None:
    made = make(
        [Ask(1, date(2026, 5, 1), Period("none", 2026, 0)), Ask(1, JUNE, Period("none", 2026, 0))],
        "",
        TODAY,
        ASKS,
    )
    assert [(each.past, each.next_nudge_on) for each in made] == [(True, None), (False, date(2026, 6, 14))]


def test_before_a_date_its_day_is_late_and_what_was_granted_is_in_time_on_its_day() -> None:
    before = Ask(1, JUNE, Period("none", 2026, 0), inclusive=False)
    (made,) = make([before], "", TODAY, ASKS)
    assert (made.last_on, made.next_nudge_on) == (date(2026, 6, 14), date(2026, 6, 13))
    (late,) = make([before], "", JUNE, ASKS)
    assert not late.past, "who enters a plan on the date itself still wants it asked for"
    strict = replace(owed(1), last_on=date(2026, 6, 14))
    assert decide_due_date(strict, strict.due_on, TODAY, ASKS).values["last_on"] == date(2026, 6, 14)
    assert decide_due_date(strict, JULY, TODAY, ASKS).values["last_on"] == JULY
