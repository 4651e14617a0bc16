"""Decide what becomes of an assignment: its state, its dates, and the day on which it is asked for next.

Nothing else decides that, and storage.assignments.assignment_writer alone writes it. The lawful moves are
those of domain.assignments.lifecycle, the days those of a Schedule. All days are local.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypedDict

from domain.assignments.assignment import Assignment, DueAssignment
from domain.assignments.lifecycle import FINISHED, OPEN, Kind, State, after, is_held
from domain.plans.periods import Period

_DAY = timedelta(days=1)


class Schedule(Protocol):
    """Tells on which days assignments are asked for; domain.nudging.ladder has it."""

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
        """Return the first day later than `since` on which something whose last day is `due` is asked for."""
        ...

    def last_day(self, due: date, *, inclusive: bool) -> date:
        """Return the last day in time of what is due on `due`."""
        ...


class NewValues(TypedDict, total=False):
    """New values of an assignment, by column; what is not named stays as it is."""

    state: State
    blocked: bool
    past: bool
    acknowledged_on: date
    returned: int
    finished_on: date | None
    period: Period
    planned_on: date
    due_on: date
    last_on: date
    next_nudge_on: date | None
    asked_on: date


@dataclass(frozen=True, slots=True)
class AssignmentChange:
    """The new values of one assignment."""

    assignment_id: int
    values: NewValues


@dataclass(frozen=True, slots=True)
class Ask:
    """What one unit is asked for by one date: by a reporting rule, by a dated duty, or by a request."""

    unit_id: int
    due_on: date
    period: Period
    plan_id: int | None = None
    rule_id: int | None = None
    duty_id: int | None = None
    request_id: int | None = None
    inclusive: bool = True
    """Whether what comes on `due_on` itself is in time."""
    asks_past: bool = False
    """Whether it is asked for though its date has passed."""


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """An assignment that is made, its last day in time, and the day on which it is asked for; `past` where it
    never is."""

    ask: Ask
    last_on: date
    next_nudge_on: date | None
    past: bool = False
    asked_on: date | None = None


def make(asks: Iterable[Ask], plan: str, today: date, schedule: Schedule) -> list[NewAssignment]:
    """Return the assignments of a plan, bearing the number `plan`; what was due before `today` is past."""
    return [_new(ask, plan, today, schedule) for ask in asks]


def _new(ask: Ask, plan: str, today: date, schedule: Schedule) -> NewAssignment:
    last = schedule.last_day(ask.due_on, inclusive=ask.inclusive)
    if ask.due_on < today and ask.asks_past:
        return NewAssignment(ask, last, today)
    if ask.due_on < today:
        return NewAssignment(ask, last, None, past=True)
    return NewAssignment(ask, last, schedule.next_on(_kind(ask), plan, last, today - _DAY))


def make_request(asks: Iterable[Ask], today: date, schedule: Schedule) -> list[NewAssignment]:
    """Return the assignments of a request that is sent today, beside the schedule."""
    return [
        NewAssignment(ask, ask.due_on, schedule.next_on("request", "", ask.due_on, today), asked_on=today)
        for ask in asks
    ]


def extend_line(
    report: Assignment, duty_id: int, due_on: date, today: date, schedule: Schedule
) -> NewAssignment:
    """Return one line of a report as an assignment of its own, due on `due_on` by leave.

    The report keeps its date, and waits for the line no more.
    """
    ask = Ask(report.unit_id, due_on, report.period, plan_id=report.plan_id, duty_id=duty_id)
    return _new(ask, report.plan, today, schedule)


def _kind(ask: Ask) -> Kind:
    return "report" if ask.duty_id is None else "duty"


def move(
    assignment: Assignment,
    state: State,
    *,
    blocked: bool,
    finished_on: date | None,
    today: date,
    schedule: Schedule,
) -> AssignmentChange:
    """Bring an assignment into a state.

    What is finished is asked for no more; what was, and is not any more, is asked for again.
    """
    values: NewValues = {"state": state, "blocked": blocked, "finished_on": finished_on}
    if state not in OPEN:
        values["next_nudge_on"] = None
    elif assignment.state in FINISHED:
        values |= ask_again(assignment, today, schedule).values
    return AssignmentChange(assignment.id, values)


def ask_again(assignment: Assignment, today: date, schedule: Schedule) -> AssignmentChange:
    """Ask for an assignment on the next day after today that its schedule names."""
    day = schedule.next_on(
        assignment.kind,
        assignment.plan,
        assignment.last_on,
        today,
        acknowledged=assignment.acknowledged_on is not None,
        wanted=assignment.wanted_on,
    )
    return _ask(assignment, day)


def confirm(assignment: Assignment) -> AssignmentChange:
    """Let what was handed in be done, on the day on which it was handed in."""
    state = after(assignment.state, "confirm", confirms=True)
    values: NewValues = {"state": state, "blocked": False, "next_nudge_on": None}
    return AssignmentChange(assignment.id, values)


def send_back(assignment: Assignment, today: date, schedule: Schedule) -> AssignmentChange:
    """Give back what was handed in, to be asked for again."""
    values: NewValues = {
        "state": after(assignment.state, "return", confirms=True),
        "finished_on": None,
        "returned": assignment.returned + 1,
        "next_nudge_on": schedule.next_on(assignment.kind, assignment.plan, assignment.last_on, today),
    }
    return AssignmentChange(assignment.id, values)


def cancel(assignment: Assignment) -> AssignmentChange:
    """Call off an open assignment. Raises Unlawful where it is not open."""
    state = after(assignment.state, "cancel", confirms=assignment.confirms)
    return AssignmentChange(assignment.id, {"state": state, "next_nudge_on": None})


def close(assignment: Assignment) -> AssignmentChange:
    """Call off what nobody has answered to a request that is closed, and its difficulty with it."""
    change = cancel(assignment)
    return AssignmentChange(assignment.id, {**change.values, "blocked": False})


def decide_due_date(
    assignment: Assignment, due_on: date, today: date, schedule: Schedule
) -> AssignmentChange:
    """Let an assignment be due on `due_on`, which may be the date that it had, and ask for it by that.

    What is due by now is asked for at once, unless it was asked for today. A date that was granted is kept
    by the end of it.
    """
    is_same = due_on == assignment.due_on
    last = assignment.last_on if is_same else schedule.last_day(due_on, inclusive=True)
    day = None
    if assignment.is_open:
        was_asked = assignment.asked_on == today
        at_once = last <= today and not was_asked
        since = today if was_asked else today - _DAY
        day = today if at_once else schedule.next_on(assignment.kind, assignment.plan, last, since)
    return AssignmentChange(assignment.id, {"due_on": due_on, "last_on": last, "next_nudge_on": day})


def hold_for_wish(
    assignment: Assignment, wanted: date, today: date, schedule: Schedule
) -> AssignmentChange | None:
    """Let an assignment whose date has come rest while a wish for the later date `wanted` waits.

    None where its date has not come: it is asked for as before.
    """
    if not is_held(assignment.last_on, wanted, today):
        return None
    day = schedule.next_on(assignment.kind, assignment.plan, assignment.last_on, today, wanted=wanted)
    return _ask(assignment, day)


def drop_wish(assignment: Assignment, today: date, schedule: Schedule) -> AssignmentChange:
    """Ask for an assignment by the date that holds, after its unit has taken a wish back."""
    return _ask(assignment, schedule.next_on(assignment.kind, assignment.plan, assignment.last_on, today))


def acknowledge(assignment: Assignment, today: date, schedule: Schedule) -> AssignmentChange:
    """Note that the unit has seen what is asked for: it is spared the early rungs from now on.

    A rung of today that nobody has heard yet, in the early morning, still comes.
    """
    since = today if assignment.asked_on == today else today - _DAY
    day = schedule.next_on(
        assignment.kind,
        assignment.plan,
        assignment.last_on,
        since,
        acknowledged=True,
        wanted=assignment.wanted_on,
    )
    return AssignmentChange(assignment.id, {"acknowledged_on": today, "next_nudge_on": day})


def sweep(due: Iterable[DueAssignment], today: date, schedule: Schedule) -> list[AssignmentChange]:
    """Note that these are asked for today, and when next.

    Those that are held rest, and what has been answered is asked for no more.
    """
    return [AssignmentChange(each.id, _swept(each, today, schedule)) for each in due]


def _swept(each: DueAssignment, today: date, schedule: Schedule) -> NewValues:
    if each.state not in OPEN:
        return {"next_nudge_on": None}
    day = schedule.next_on(
        each.kind, each.plan, each.last_on, today, acknowledged=each.acknowledged, wanted=each.wanted_on
    )
    return {"next_nudge_on": day} if each.is_held(today) else {"next_nudge_on": day, "asked_on": today}


def _ask(assignment: Assignment, day: date | None) -> AssignmentChange:
    return AssignmentChange(assignment.id, {"next_nudge_on": day})
