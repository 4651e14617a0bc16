"""Whose word finished work waits for: the unit's leader's, then the coordinator's. The deeds share it."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import move
from domain.assignments.lifecycle import after
from domain.organisation.people import Person
from services.assignments.people_to_tell import people_in
from services.common.rules import Rules
from storage.assignments import (
    approval_store,
    assignment_store,
    assignment_writer,
    progress_store,
    undo_store,
)
from storage.common import audit_log


async def leaders_to_ask(
    conn: AsyncConnection, assignment: Assignment, by: Person, today: date
) -> tuple[int, ...]:
    """Return who must approve what `by` says is done; nobody where that needs no approval."""
    if assignment.unit_id in by.units("leader"):
        return ()
    if not await approval_store.is_wanted(conn, assignment.unit_id):
        return ()
    return await people_in(conn, [assignment.unit_id], ("leader",), today)


async def settle(
    conn: AsyncConnection, assignment: Assignment, *, by: Person, now: datetime, rules: Rules
) -> Assignment:
    """Let the words that wait for the leader count from when they were said; return the assignment then."""
    state = after(assignment.state, "said_done", confirms=assignment.confirms)
    await approval_store.let_count(conn, assignment.id, state)
    day = await undo_store.finished_day(conn, assignment.id, rules.zone)
    today = now.astimezone(rules.zone).date()
    change = move(assignment, state, blocked=False, finished_on=day, today=today, schedule=rules.schedule)
    await assignment_writer.write(conn, change)
    settled = replace(assignment, state=state, blocked=False, finished_on=day, pending_since=None)
    if assignment.unit_id in by.units("leader"):
        await progress_store.judge(conn, settled, by.id, "approved", "", now)
    moved = {"was": assignment.state, "became": state}
    await audit_log.note(conn, now, "approve", f"assignment {assignment.id}", by.id, **moved)
    return settled


async def coordinators_to_ask(conn: AsyncConnection, was: Assignment, today: date) -> tuple[int, ...] | None:
    """Return who must be asked to confirm what has come to wait for that; None where nothing has.

    `was` is the assignment before the words that brought it there.
    """
    if not was.confirms or was.state == "submitted":
        return None
    (assignment,) = await assignment_store.get(conn, [was.id])
    if assignment.state != "submitted":
        return None
    units = [] if was.coordinator_id is None else [was.coordinator_id]
    return await people_in(conn, units, ("coordinator",), today)
