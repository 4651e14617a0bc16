"""Ask for a later date, or take such a wish back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import drop_wish, hold_for_wish
from domain.organisation.people import Person
from services.assignments.decide_extension import TooEarly
from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.assignments.people_to_tell import people_in
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import assignment_writer, extension_store
from storage.assignments.extension_store import Wish
from storage.common import audit_log


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """A wish waits for the coordinators `to_tell`. `assignment` is as it stood before.

    `instead_of` is the date of the wish whose place it takes.
    """

    wish_id: int
    assignment: Assignment
    wanted_on: date
    instead_of: date | None
    to_tell: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlreadyAsked:
    """Nothing was done: a wish for the same date waits already."""

    assignment: Assignment
    wanted_on: date


@dataclass(frozen=True, slots=True)
class WishWithdrawn:
    """A wish is undecided for good; the coordinators `to_tell` must hear of it."""

    wish: Wish
    assignment: Assignment
    to_tell: tuple[int, ...]


async def ask_extension(
    conn: AsyncConnection,
    assignment_id: int,
    wanted_on: date,
    reason: str,
    *,
    duty_id: int | None = None,
    by: Person,
    now: datetime,
    rules: Rules,
) -> ExtensionAsked | AlreadyAsked | TooEarly | NotTheirAssignment | Refused[Literal["closed"]]:
    """Keep a wish for a later date in the place of one that waits. Needs a writing transaction.

    `reason` is in the person's own words, and may be empty; `duty_id`: for that line of the report alone.
    Refused: nobody is asked for it ("closed").
    """
    assignment = await of_their_unit(conn, assignment_id, by)
    if isinstance(assignment, NotTheirAssignment):
        return assignment
    if not assignment.is_open:
        return Refused("closed")
    today = now.astimezone(rules.zone).date()
    if wanted_on <= today:
        return TooEarly(assignment, wanted_on, has_passed=True)
    if wanted_on <= assignment.due_on:
        return TooEarly(assignment, wanted_on, has_passed=False)
    before = await extension_store.waiting_for(conn, assignment.id, duty_id)
    if before is not None and before.wanted_on == wanted_on:
        return AlreadyAsked(assignment, wanted_on)
    await extension_store.supersede(conn, assignment.id, duty_id, now)
    wish_id = await extension_store.ask(conn, assignment, duty_id, by.id, wanted_on, reason, now)
    change = hold_for_wish(assignment, wanted_on, today, rules.schedule) if duty_id is None else None
    if change is not None:
        await assignment_writer.write(conn, change)
    dates = {"was": assignment.due_on.isoformat(), "became": wanted_on.isoformat()}
    await audit_log.note(conn, now, "wish", _about(assignment, duty_id), by.id, **dates)
    instead_of = before.wanted_on if before else None
    to_tell = await _coordinators(conn, assignment, today)
    return ExtensionAsked(wish_id, assignment, wanted_on, instead_of, to_tell)


async def withdraw_extension(
    conn: AsyncConnection,
    assignment_id: int,
    *,
    duty_id: int | None = None,
    by: Person,
    now: datetime,
    rules: Rules,
) -> WishWithdrawn | NotTheirAssignment | Refused[Literal["no_wish"]]:
    """Take back the wish for an assignment, or for its line `duty_id`. Needs a writing transaction.

    Refused: none waits ("no_wish").
    """
    assignment = await of_their_unit(conn, assignment_id, by)
    if isinstance(assignment, NotTheirAssignment):
        return assignment
    wish = await extension_store.waiting_for(conn, assignment.id, duty_id)
    if wish is None:
        return Refused("no_wish")
    today = now.astimezone(rules.zone).date()
    await extension_store.supersede(conn, assignment.id, duty_id, now)
    if duty_id is None:
        await assignment_writer.write(conn, drop_wish(assignment, today, rules.schedule))
    dates = {"was": wish.wanted_on.isoformat(), "became": assignment.due_on.isoformat()}
    await audit_log.note(conn, now, "wish withdrawn", _about(assignment, duty_id), by.id, **dates)
    return WishWithdrawn(wish, assignment, await _coordinators(conn, assignment, today))


async def _coordinators(conn: AsyncConnection, assignment: Assignment, today: date) -> tuple[int, ...]:
    if assignment.coordinator_id is None:
        return ()
    return await people_in(conn, [assignment.coordinator_id], ("coordinator",), today)


def _about(assignment: Assignment, duty_id: int | None) -> str:
    return f"assignment {assignment.id}" + (f" line {duty_id}" if duty_id is not None else "")
