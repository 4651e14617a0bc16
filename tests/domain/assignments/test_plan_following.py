"""What becomes of a plan's assignments as its clauses change, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import Kind, State
from domain.assignments.plan_following import (
    Applied,
    Followed,
    FollowedPlan,
    LastWord,
    News,
    follow,
    recall,
    stood,
)
from domain.plans.clause_changes import (
    BroughtBack,
    BroughtIn,
    ClauseChange,
    ClauseWithdrawn,
    CorrectedByHand,
    TakenOver,
)
from domain.plans.periods import Period
from domain.plans.version_diff import Clause, Pair

TODAY = date(2026, 6, 1)
JUNE, JULY = date(2026, 6, 15), date(2026, 7, 15)
UNITS = {"Sở Y tế": 1, "Sở Xây dựng": 2}


class DayBefore:
    """A schedule that asks on the day before the date."""

    def next_on(
        self,
        kind: Kind,
        plan: str,
        due: date,
        since: date,
        *,
        acknowledged: bool = False,
        wanted: date | None = None,
    ) -> date | None:
        return due - timedelta(days=1)

    def last_day(self, due: date, *, inclusive: bool) -> date:
        return due if inclusive else due - timedelta(days=1)


def clause(*due: date, units: tuple[str, ...] = ("Sở Y tế",), id_: int = 7) -> Clause:
    return Clause(id_, "duty", "1", "", "Gửi thư mời", tuple((unit, "lead") for unit in units), due)


def owed(
    id_: int, due: date = JUNE, *, unit_id: int = 1, state: State = "not_started", granted: date | None = None
) -> Assignment:
    return Assignment(
        id=id_,
        plan_id=1,
        plan="33/KH-UBND",
        request_id=None,
        coordinator_id=9,
        unit_id=unit_id,
        unit="",
        standing="local",
        rule_id=None,
        duty_id=7,
        text="Gửi thư mời",
        section="1",
        period=Period("none", 2026, 0),
        due_on=granted or due,
        due_at=None,
        planned_on=due,
        last_on=granted or due,
        window=None,
        state=state,
        blocked=False,
        past=False,
        acknowledged_on=None,
        returned=0,
        finished_on=None,
        asked_on=None,
        confirms=False,
        wanted_on=None,
        pending_since=None,
    )


def followed(
    change: ClauseChange, *assignments: Assignment, words: dict[int, LastWord] | None = None
) -> Followed:
    facts = FollowedPlan(1, "33/KH-UBND", UNITS, assignments, words or {})
    return follow(facts, [change], TODAY, DayBefore())


def test_a_clause_that_is_withdrawn_calls_off_what_is_open_and_leaves_what_is_done() -> None:
    result = followed(ClauseWithdrawn(clause(JUNE)), owed(1), owed(2, JULY, state="done"))
    assert [(change.assignment_id, change.values) for change in result.changes] == [
        (1, {"state": "cancelled", "next_nudge_on": None})
    ]
    assert result.applied == Applied(0, 0, 1, news=(News(1, "off", 1, was=JUNE),))


def test_a_date_that_moves_takes_what_is_open_along_and_tells_its_unit() -> None:
    result = followed(TakenOver(Pair(clause(JUNE), clause(JULY))), owed(1), owed(2, unit_id=2, state="done"))
    (first, second) = (change.values for change in result.changes)
    assert (first["due_on"], first["next_nudge_on"]) == (JULY, date(2026, 7, 14))
    assert second == {"planned_on": JULY}, "what is done keeps the day by which it was done or late"
    assert result.applied == Applied(0, 1, 0, news=(News(1, "moved", 1, was=JUNE),))


def test_a_later_day_that_was_granted_stands() -> None:
    granted = date(2026, 8, 1)
    result = followed(CorrectedByHand(Pair(clause(JUNE), clause(JULY))), owed(1, granted=granted))
    assert result.changes[0].values["due_on"] == granted
    assert result.applied.news == ()


def test_a_unit_that_joins_is_asked_and_one_that_leaves_is_not() -> None:
    pair = Pair(clause(JUNE), clause(JUNE, units=("Sở Xây dựng",)))
    result = followed(TakenOver(pair), owed(1))
    assert [change.values["state"] for change in result.changes] == ["cancelled"]
    assert [(made.ask.unit_id, made.ask.due_on, made.ask.duty_id) for made in result.made] == [(2, JUNE, 7)]


def test_what_is_new_and_was_due_before_is_past() -> None:
    result = followed(BroughtIn(clause(date(2026, 5, 1), JUNE)))
    assert [(made.past, made.next_nudge_on) for made in result.made] == [
        (True, None),
        (False, date(2026, 6, 14)),
    ]


def test_what_is_back_stands_where_its_unit_had_left_it() -> None:
    said = LastWord("said", "in_progress", is_on_line=False, before_state="not_started")
    change = BroughtBack(Pair(clause(JUNE), clause(JULY, id_=8)))
    result = followed(change, owed(1, state="cancelled"), words={1: said})
    (values,) = (change.values for change in result.changes)
    assert (values["state"], values["due_on"]) == ("in_progress", JULY)
    assert result.applied == Applied(0, 0, 0, back=1, news=(News(1, "back", 1),))


def test_of_a_line_without_a_date_the_unit_hears_by_its_words() -> None:
    result = followed(ClauseWithdrawn(clause()))
    assert result.applied.news == (News(1, "off", text="Gửi thư mời"),)


def test_a_plan_that_is_recalled_calls_off_all_that_is_open() -> None:
    result = recall([owed(1), owed(2, state="submitted"), owed(3, state="returned")])
    assert [change.assignment_id for change in result.changes] == [1, 3]
    assert result.applied.cancelled == 2


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, "not_started"),
        (LastWord("returned", None, is_on_line=False, before_state="submitted"), "returned"),
        (LastWord("said", "not_started", is_on_line=False, before_state="in_progress"), "not_started"),
        (LastWord("said", None, is_on_line=True, before_state="not_started"), "in_progress"),
        (LastWord("laid", "done", is_on_line=False, before_state="not_started"), "in_progress"),
    ],
)
def test_an_assignment_stood_where_the_last_word_led(last: LastWord | None, state: State) -> None:
    assert stood(last) == state


def test_a_date_that_becomes_one_to_be_early_for_has_another_last_day() -> None:
    old, new = clause(JUNE), replace(clause(JUNE), inclusive=False)
    (change,) = followed(TakenOver(Pair(old, new)), owed(1), owed(2, state="done")).changes[:1]
    assert change.values["last_on"] == JUNE - timedelta(days=1)
