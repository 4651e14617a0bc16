"""Confirm what a unit says is done, or give it back with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments import assignment_change
from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import State
from domain.organisation.people import Person
from services.assignments.own_assignment import NotTheirAssignment, they_coordinate
from services.assignments.people_to_tell import people_in
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import assignment_writer, progress_store
from storage.common import audit_log

REASON_LIMIT = 1000
"""The longest reason for giving something back, in characters."""


@dataclass(frozen=True, slots=True)
class ResultConfirmed:
    """It is done, on the day on which the unit handed it in.

    `assignment` is as it stood before, `progress_id` the coordinator's word on record, `to_tell` the people
    of the unit who must be told.
    """

    assignment: Assignment
    progress_id: int
    to_tell: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResultReturned:
    """It was given back for the `count`-th time and is asked for again. The rest as in ResultConfirmed."""

    assignment: Assignment
    count: int
    reason: str
    to_tell: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotWaiting:
    """Nothing was done: the assignment does not wait to be confirmed."""

    assignment: Assignment


async def result_to_judge(
    conn: AsyncConnection, assignment_id: int, by: Person
) -> Assignment | NotWaiting | NotTheirAssignment:
    """Return what waits for `by` to confirm it or give it back."""
    assignment = await they_coordinate(conn, assignment_id, by)
    if isinstance(assignment, Assignment) and assignment.state != "submitted":
        return NotWaiting(assignment)
    return assignment


async def confirm(
    conn: AsyncConnection, assignment_id: int, *, by: Person, now: datetime, rules: Rules
) -> ResultConfirmed | NotWaiting | NotTheirAssignment:
    """Confirm that something is done. Needs a writing transaction."""
    assignment = await result_to_judge(conn, assignment_id, by)
    if not isinstance(assignment, Assignment):
        return assignment
    change = assignment_change.confirm(assignment)
    await assignment_writer.write(conn, change)
    progress_id = await progress_store.judge(conn, assignment, by.id, "confirmed", "", now)
    await _note(conn, assignment, "confirm", change.values["state"], by, now)
    return ResultConfirmed(assignment, progress_id, await _people(conn, assignment, now, rules))


async def return_(
    conn: AsyncConnection, assignment_id: int, reason: str, *, by: Person, now: datetime, rules: Rules
) -> ResultReturned | NotWaiting | NotTheirAssignment | Refused[Literal["too_long"]]:
    """Give something back to its unit. Needs a writing transaction.

    Refused: the reason has more than REASON_LIMIT characters ("too_long").
    """
    assignment = await result_to_judge(conn, assignment_id, by)
    if not isinstance(assignment, Assignment):
        return assignment
    if len(reason) > REASON_LIMIT:
        return Refused("too_long")
    today = now.astimezone(rules.zone).date()
    change = assignment_change.send_back(assignment, today, rules.schedule)
    await assignment_writer.write(conn, change)
    await progress_store.judge(conn, assignment, by.id, "returned", reason, now)
    await _note(conn, assignment, "return", change.values["state"], by, now)
    people = await _people(conn, assignment, now, rules)
    return ResultReturned(assignment, change.values["returned"], reason, people)


async def _note(
    conn: AsyncConnection, assignment: Assignment, what: str, state: State, by: Person, now: datetime
) -> None:
    about = f"assignment {assignment.id}"
    await audit_log.note(conn, now, what, about, by.id, was=assignment.state, became=state)


async def _people(
    conn: AsyncConnection, assignment: Assignment, now: datetime, rules: Rules
) -> tuple[int, ...]:
    today = now.astimezone(rules.zone).date()
    return await people_in(conn, [assignment.unit_id], ("focal", "leader"), today)
