"""The lawful moves of an assignment, told here once more by hand, and what no course of events may do."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments.lifecycle import (
    FINISHED,
    MOVES,
    OPEN,
    Event,
    State,
    Timeliness,
    Unlawful,
    Word,
    after,
    before,
    finished,
    still_blocked,
    timeliness,
)

WORDS: tuple[Word, ...] = get_args(Word)
STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = tuple(MOVES)

TABLE = """
                  not_started  in_progress  submitted    done         returned     cancelled
said_done         done         done         done         done         done         -
said_nil          done         done         done         done         done         -
said_in_progress  in_progress  in_progress  in_progress  in_progress  in_progress  -
said_not_started  not_started  not_started  not_started  not_started  returned     -
said_part         in_progress  in_progress  submitted    done         returned     -
confirm           -            -            done         -            -            -
return            -            -            returned     returned     -            -
cancel            cancelled    cancelled    -            -            cancelled    -
extend            not_started  in_progress  submitted    done         returned     -
"""
WAITING = {"not_started": "submitted", "in_progress": "submitted", "submitted": "submitted", "done": "done"}


def moves(*, confirms: bool) -> list[tuple[Event, State, str]]:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    found = []
    for event, *targets in rows:
        for state, target in zip(head, targets, strict=True):
            if confirms and event in ("said_done", "said_nil") and state != "cancelled":
                target = {**WAITING, "returned": "submitted"}[state]
            found.append((event, state, target))
    return found  # type: ignore[return-value]  # words of the table above


@pytest.mark.parametrize("confirms", [False, True])
def test_every_event_leads_from_every_state_where_the_table_says(confirms: bool) -> None:
    told = moves(confirms=confirms)
    assert {event for event, _, _ in told} == set(EVENTS)
    for event, state, target in told:
        if target == "-":
            with pytest.raises(Unlawful):
                after(state, event, confirms=confirms)
        else:
            assert after(state, event, confirms=confirms) == target, (event, state)


def test_what_is_asked_for_what_is_finished_and_what_is_over_are_all_there_is() -> None:
    assert set(STATES) == OPEN | FINISHED | {"cancelled"}
    assert not OPEN & FINISHED


@pytest.mark.parametrize(
    ("state", "was"),
    [("done", "in_progress"), ("submitted", "returned"), ("in_progress", "done"), ("done", "done")],
)
def test_a_word_is_taken_back_to_where_it_came_from(state: State, was: State) -> None:
    assert before(state, was) == was


@pytest.mark.parametrize(
    ("state", "was"),
    [
        ("cancelled", "not_started"),
        ("returned", "submitted"),
        ("returned", "in_progress"),
        ("submitted", "done"),
        ("not_started", "cancelled"),
    ],
)
def test_what_somebody_else_has_moved_since_is_not_taken_back(state: State, was: State) -> None:
    with pytest.raises(Unlawful):
        before(state, was)


@pytest.mark.parametrize(
    ("state", "was", "says", "tells_state", "stands"),
    [
        ("in_progress", False, True, False, True),
        ("in_progress", True, False, False, True),
        ("in_progress", True, False, True, False),
        ("submitted", True, True, True, False),
        ("done", True, False, False, False),
    ],
)
def test_a_difficulty_stands_until_a_word_tells_of_none(
    state: State, was: bool, says: bool, tells_state: bool, stands: bool
) -> None:
    assert still_blocked(state, was=was, says=says, tells_state=tells_state) is stands


@dataclass(frozen=True)
class Course:
    """An assignment on its way."""

    state: State = "not_started"
    finished_on: date | None = None
    due: date = date(2026, 6, 15)
    today: date = date(2026, 6, 1)

    def through(self, event: Event, confirms: bool) -> "Course":
        state = after(self.state, event, confirms=confirms)
        day = finished(self.state, state, self.finished_on, self.today)
        later = max(self.due, self.today) + timedelta(days=5) if event == "extend" else self.due
        return replace(self, state=state, finished_on=day, due=later)

    @property
    def timeliness(self) -> Timeliness:
        return timeliness(self.state, self.due, self.today, self.finished_on, past=False)


steps = st.lists(
    st.tuples(st.sampled_from(EVENTS), st.booleans(), st.integers(min_value=0, max_value=9)), max_size=12
)
LATE = {"overdue", "done_late"}


@given(steps)
def test_no_course_of_events_leads_out_of_the_table(course: list[tuple[Event, bool, int]]) -> None:
    now = Course()
    for event, confirms, days in course:
        now = replace(now, today=now.today + timedelta(days=days))
        try:
            now = now.through(event, confirms)
        except Unlawful:
            continue
        assert now.state in STATES
        assert (now.finished_on is not None) == (now.state in FINISHED)


@given(steps)
def test_no_course_of_events_makes_a_late_thing_timely(course: list[tuple[Event, bool, int]]) -> None:
    """A granted extension alone does, and openly: it moves the date."""
    now, was_late = Course(), False
    for event, confirms, days in course:
        now = replace(now, today=now.today + timedelta(days=days))
        was_late = was_late or now.timeliness in LATE
        try:
            now = now.through(event, confirms)
        except Unlawful:
            continue
        if event == "extend":
            was_late = now.timeliness in LATE
        if was_late:
            assert now.timeliness in LATE | {"cancelled"}, event


@given(steps)
def test_what_was_handed_in_on_its_day_stays_so_however_late_it_is_confirmed(
    course: list[tuple[Event, bool, int]],
) -> None:
    now = Course(today=Course.due).through("said_done", confirms=True)
    for event, confirms, days in course:
        now = replace(now, today=now.today + timedelta(days=days))
        if event in ("said_done", "said_nil", "said_part", "confirm") and now.state in FINISHED:
            now = now.through(event, confirms) if event != "confirm" or now.state == "submitted" else now
        assert now.timeliness in {"in_time", "done_in_time"}


def test_what_is_returned_after_its_day_is_overdue_again_and_late_when_handed_in_anew() -> None:
    in_time = Course().through("said_done", confirms=True)
    later = replace(in_time, today=date(2026, 6, 20))
    assert later.timeliness == "in_time"
    returned = later.through("return", confirms=True)
    assert returned.timeliness == "overdue"
    again = returned.through("said_done", confirms=True).through("confirm", confirms=True)
    assert again.timeliness == "done_late"


@given(steps, st.sampled_from(WORDS), st.booleans())
def test_any_word_can_be_taken_back_to_what_it_came_from(
    course: list[tuple[Event, bool, int]], word: Word, confirms: bool
) -> None:
    now = Course()
    for event, waits, _ in course:
        try:
            now = now.through(event, waits)
        except Unlawful:
            continue
    if now.state != "cancelled":
        said = after(now.state, word, confirms=confirms)
        assert before(said, now.state) == now.state
