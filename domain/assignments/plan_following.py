"""Let the assignments of a plan follow its clauses as these change: by a later version, or by hand.

What is done stays done, and keeps the day by which it was done or late.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import (
    Ask,
    AssignmentChange,
    NewAssignment,
    NewValues,
    Schedule,
    cancel,
    make,
)
from domain.assignments.lifecycle import OPEN, Kind, State, Word, after
from domain.plans.clause_changes import (
    BroughtBack,
    BroughtIn,
    ClauseChange,
    ClauseWithdrawn,
    CorrectedByHand,
    TakenOver,
)
from domain.plans.periods import period_of
from domain.plans.version_diff import Clause, Pair, match_dates

Turn = Literal["moved", "off", "undated", "back"]
"""What becomes of something that a unit owed: due on another day, called off, told of in the reports without
a date of its own, called for again."""

_WORDS: Mapping[str | None, Word] = {"in_progress": "said_in_progress", "not_started": "said_not_started"}


@dataclass(frozen=True, slots=True)
class News:
    """What a unit has to hear of: an assignment, or a line by its `text`; `was` is its old date."""

    unit_id: int
    turn: Turn
    assignment_id: int | None = None
    text: str = ""
    was: date | None = None


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last word on an assignment that counts: by a unit (`state` is what it tells of), or on it."""

    kind: str
    state: str | None
    is_on_line: bool
    before_state: State


@dataclass(frozen=True, slots=True)
class FollowedPlan:
    """What is known of a plan before its clauses change.

    `name` is its number, or its title. `unit_ids` has the id of each unit by its name; `last_words` those on
    what was called off, by assignment.
    """

    plan_id: int
    name: str
    unit_ids: Mapping[str, int]
    assignments: Sequence[Assignment]
    last_words: Mapping[int, LastWord]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many assignments were made, put to another day, called off, and called for again.

    `news` is what units were not told by any nudge: what is due on another day, called off, or back.
    """

    new: int
    moved: int
    cancelled: int
    back: int = 0
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """The assignments that are made and changed, and what that comes to."""

    made: tuple[NewAssignment, ...]
    changes: tuple[AssignmentChange, ...]
    applied: Applied


def follow(facts: FollowedPlan, changes: Iterable[ClauseChange], today: date, schedule: Schedule) -> Followed:
    """Return the new and changed assignments of a plan. What is new and was due before `today` is past."""
    following = _Following(facts, today, schedule)
    for change in changes:
        following.follow(change)
    return following.result()


def recall(assignments: Iterable[Assignment]) -> Followed:
    """Call off what is open of a plan that is recalled; its units hear of each."""
    called_off = [each for each in assignments if each.state in OPEN]
    news = tuple(News(each.unit_id, "off", each.id, was=each.due_on) for each in called_off)
    return Followed((), tuple(map(cancel, called_off)), Applied(0, 0, len(news), news=news))


def stood(last: LastWord | None) -> State:
    """Return where an assignment stood before it was called off, by the last word on it."""
    if last is None:
        return "not_started"
    if last.kind == "returned":
        return "returned"
    event = "said_part" if last.is_on_line else _WORDS.get(last.state, "said_part")
    state = after(last.before_state, event, confirms=False)
    return state if state in OPEN else "in_progress"


class _Following:
    """Collects the changes to a plan's assignments, clause by clause."""

    def __init__(self, facts: FollowedPlan, today: date, schedule: Schedule) -> None:
        self._facts, self._today, self._schedule = facts, today, schedule
        self._assignments = {each.id: each for each in facts.assignments}
        self._ids: defaultdict[tuple[bool, int | None], list[int]] = defaultdict(list)
        for each in facts.assignments:
            of_rule = each.rule_id is not None
            self._ids[of_rule, each.rule_id if of_rule else each.duty_id].append(each.id)
        self._values: dict[int, NewValues] = {}
        self._asks: list[Ask] = []
        self._news: list[News] = []
        self._moved = self._cancelled = self._back = 0

    def follow(self, change: ClauseChange) -> None:
        """Let the assignments of one clause follow its change."""
        match change:
            case ClauseWithdrawn(clause):
                self._cancel(clause, clause.asked)
                self._tell_line(clause, "off", clause.asked)
            case TakenOver(pair):
                self._ask_anew(pair)
                self._tell_line(pair.old, "off", pair.left)
            case CorrectedByHand(pair):
                self._ask_anew(pair)
            case BroughtBack(pair):
                planned = {each.planned_on for each in self._of(pair.old)}
                instead = match_dates(planned, pair.new.due).moved
                self._owe(pair.new, pair.old.id, pair.new.asked, pair.new.due, instead)
                self._tell_line(pair.new, "back", pair.new.asked)
            case BroughtIn(clause):
                self._owe(clause, clause.id, clause.asked, clause.due)

    def result(self) -> Followed:
        """Return what is to be written, one change an assignment."""
        made = make(self._asks, self._facts.name, self._today, self._schedule)
        changes = tuple(AssignmentChange(id_, values) for id_, values in self._values.items())
        applied = Applied(len(made), self._moved, self._cancelled, self._back, tuple(self._news))
        return Followed(tuple(made), changes, applied)

    def _of(self, clause: Clause) -> list[Assignment]:
        return [self._assignments[id_] for id_ in self._ids[clause.kind == "report", clause.id]]

    def _change(self, assignment: Assignment, values: NewValues) -> None:
        """Note new values of an assignment, and apply those that later decisions depend on."""
        self._values[assignment.id] = {**self._values.get(assignment.id, {}), **values}
        self._assignments[assignment.id] = replace(
            assignment,
            state=values.get("state", assignment.state),
            planned_on=values.get("planned_on", assignment.planned_on),
            due_on=values.get("due_on", assignment.due_on),
            last_on=values.get("last_on", assignment.last_on),
            past=values.get("past", assignment.past),
        )

    def _ask_anew(self, pair: Pair) -> None:
        """Call off, move and make assignments as the units and dates of a clause have changed."""
        dates = match_dates(pair.old.due, pair.new.due)
        stay = pair.old.asked & pair.new.asked
        self._cancel(pair.old, pair.left)
        self._cancel(pair.old, stay, dates.gone, "off" if pair.new.due else "undated")
        self._move(pair, dates.moved)
        if pair.old.inclusive != pair.new.inclusive:
            self._move(pair, {due: due for due in pair.new.due if due in pair.old.due})
        self._owe(pair.new, pair.old.id, pair.joined, pair.new.due)
        self._owe(pair.new, pair.old.id, stay, dates.come)

    def _cancel(
        self,
        clause: Clause,
        names: Iterable[str],
        dates: Collection[date] | None = None,
        turn: Turn = "off",
    ) -> None:
        """Cancel a clause's open assignments of units, on these dates or on any; answered ones stay."""
        unit_ids = {self._facts.unit_ids[name] for name in names}
        for each in self._of(clause):
            is_meant = each.unit_id in unit_ids and (dates is None or each.planned_on in dates)
            if is_meant and each.state in OPEN:
                self._change(each, cancel(each).values)
                self._cancelled += 1
                if not each.past:
                    self._news.append(News(each.unit_id, turn, each.id, was=each.due_on))

    def _move(self, pair: Pair, moved: Mapping[date, date]) -> None:
        """Move open assignments to their new days; finished ones keep the day by which they are judged."""
        for each in self._of(pair.old):
            if each.planned_on not in moved:
                continue
            planned = moved[each.planned_on]
            if each.state not in OPEN:
                self._change(each, {"planned_on": planned})
                continue
            values = self._placed(pair.new, each, planned, past=each.past)
            self._change(each, values)
            if values["due_on"] != each.due_on:
                self._moved += 1
                self._news.append(News(each.unit_id, "moved", each.id, was=each.due_on))

    def _placed(self, clause: Clause, assignment: Assignment, planned: date, *, past: bool) -> NewValues:
        """Return the days of an assignment whose clause now has the date `planned`.

        A later day that was granted stands, unless the plan itself now gives one that is later still.
        """
        was_granted = assignment.due_on > assignment.planned_on
        due = max(planned, assignment.due_on) if was_granted else planned
        is_own = due == planned
        last = self._schedule.last_day(due, inclusive=clause.inclusive or not is_own)
        is_past = past and due < self._today
        since = self._today if assignment.asked_on == self._today else self._today - timedelta(days=1)
        return {
            "planned_on": planned,
            "due_on": due,
            "last_on": last,
            "period": period_of(clause.recurrence, planned),
            "past": is_past,
            "next_nudge_on": None if is_past else self._next(clause, last, since),
        }

    def _next(self, clause: Clause, last: date, since: date) -> date | None:
        kind: Kind = "report" if clause.kind == "report" else "duty"
        return self._schedule.next_on(kind, self._facts.name, last, since)

    def _owe(
        self,
        clause: Clause,
        clause_id: int,
        names: Iterable[str],
        dates: Iterable[date],
        instead: Mapping[date, date] = MappingProxyType({}),
    ) -> None:
        """Ask units for a clause by dates: anew, or what was called off once; what was answered stays so.

        `instead` tells which date is now in the place of one by which it was asked before.
        """
        unit_ids = [self._facts.unit_ids[name] for name in sorted(names)]
        had = {
            (each.unit_id, instead.get(each.planned_on, each.planned_on)): each
            for each in self._of(replace(clause, id=clause_id))
        }
        for due in dates:
            for unit_id in unit_ids:
                earlier = had.get((unit_id, due))
                if earlier is None:
                    self._asks.append(self._new(clause, clause_id, unit_id, due))
                elif earlier.state == "cancelled":
                    self._ask_again(clause, earlier, due)

    def _new(self, clause: Clause, clause_id: int, unit_id: int, due: date) -> Ask:
        of_rule = clause.kind == "report"
        return Ask(
            unit_id,
            due,
            period_of(clause.recurrence, due),
            plan_id=self._facts.plan_id,
            rule_id=clause_id if of_rule else None,
            duty_id=None if of_rule else clause_id,
            inclusive=clause.inclusive,
            asks_past=clause.asks_past and due == clause.due[-1],
        )

    def _ask_again(self, clause: Clause, assignment: Assignment, due: date) -> None:
        """Reopen a cancelled assignment in the state in which its unit had left it."""
        placed = self._placed(clause, assignment, due, past=True)
        state = stood(self._facts.last_words.get(assignment.id))
        self._change(assignment, {"state": state, **placed})
        self._back += 1
        if not placed["past"]:
            self._news.append(News(assignment.unit_id, "back", assignment.id))

    def _tell_line(self, clause: Clause, turn: Turn, names: Iterable[str]) -> None:
        """Note what becomes of a duty without a date, which no assignment of its own stands for."""
        if clause.kind != "report" and not clause.due:
            unit_ids = (self._facts.unit_ids[name] for name in sorted(names))
            self._news += [News(unit_id, turn, text=clause.text) for unit_id in unit_ids]
