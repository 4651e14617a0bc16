"""Decide on a unit's wish for a later date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import decide_due_date, extend_line
from domain.assignments.extension_replies import Decision
from domain.assignments.lifecycle import MOVES
from domain.organisation.people import Person
from services.assignments.own_assignment import NotTheirAssignment, they_coordinate
from services.assignments.people_to_tell import asker_or_focal
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import assignment_writer, extension_store
from storage.assignments.extension_store import Wish
from storage.common import audit_log
from storage.organisation import people_store


@dataclass(frozen=True, slots=True)
class ExtensionDecided:
    """A wish was granted or refused; `due_on` is the due date that holds now.

    `assignment` is as it stood before, `to_tell` the people who must be told.
    """

    wish: Wish
    assignment: Assignment
    decision: Decision
    due_on: date
    to_tell: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WishClosed:
    """Nothing was done: it was decided by the person `by` before, or (None) needs no decision any more."""

    wish: Wish
    assignment: Assignment
    by: str | None


@dataclass(frozen=True, slots=True)
class TooEarly:
    """Nothing was done: the later date `until` is not after the due date, or (`has_passed`) lies behind."""

    assignment: Assignment
    until: date
    has_passed: bool


async def decide_extension(
    conn: AsyncConnection, wish_id: int, decision: Decision, *, by: Person, now: datetime, rules: Rules
) -> (
    ExtensionDecided | WishClosed | TooEarly | NotTheirAssignment | Refused[Literal["no_wish", "superseded"]]
):
    """Grant a wish as it stands or until another date, or refuse it. Needs a writing transaction.

    A wish for one line of a report makes that line an assignment of its own; the report keeps its date.
    What was decided before stays. Refused: there is no such wish ("no_wish"), or the unit has asked for
    another date instead ("superseded").
    """
    wish = await extension_store.get(conn, wish_id)
    if wish is None:
        return Refused("no_wish")
    assignment = await they_coordinate(conn, wish.assignment_id, by)
    if isinstance(assignment, NotTheirAssignment):
        return assignment
    if wish.superseded:
        return Refused("superseded")
    today = now.astimezone(rules.zone).date()
    if wish.granted is not None or assignment.state not in MOVES["extend"]:
        return WishClosed(wish, assignment, await _decided_by(conn, wish, today))
    due_on = (decision.until or wish.wanted_on) if decision.granted else assignment.due_on
    if decision.granted and (too_early := _too_early(assignment, due_on, today)):
        return too_early
    await extension_store.decide(conn, wish.id, by.id, now, granted=decision.granted)
    if wish.duty_id is None:
        await assignment_writer.write(conn, decide_due_date(assignment, due_on, today, rules.schedule))
    elif decision.granted:
        line = extend_line(assignment, wish.duty_id, due_on, today, rules.schedule)
        await assignment_writer.add(conn, [line])
    dates = {"was": assignment.due_on.isoformat(), "became": due_on.isoformat()}
    of_line = f" line {wish.duty_id}" if wish.duty_id is not None else ""
    what = "granted" if decision.granted else "refused"
    await audit_log.note(conn, now, what, f"assignment {assignment.id}{of_line}", by.id, **dates)
    to_tell = await asker_or_focal(conn, assignment.unit_id, wish.asked_by, today)
    return ExtensionDecided(wish, assignment, decision, due_on, to_tell)


def _too_early(assignment: Assignment, until: date, today: date) -> TooEarly | None:
    """Tell why nothing can be put off until a date; what is done already may be, until when it was done."""
    if until <= assignment.due_on:
        return TooEarly(assignment, until, has_passed=False)
    if assignment.is_open and until <= today:
        return TooEarly(assignment, until, has_passed=True)
    return None


async def _decided_by(conn: AsyncConnection, wish: Wish, today: date) -> str | None:
    if wish.decided_by is None or wish.decided_at is None:
        return None
    return (await people_store.get(conn, wish.decided_by, today)).name
