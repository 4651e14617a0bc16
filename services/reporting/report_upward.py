"""Let the coordinator's own duty to report be done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import move
from domain.organisation.people import Person
from domain.updates import Update
from services.assignments.own_assignment import NotTheirAssignment, they_coordinate
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import assignment_store, assignment_writer, progress_store
from storage.common import audit_log
from storage.reporting import report_store
from storage.reporting.report_store import Upward


@dataclass(frozen=True, slots=True)
class SentUp:
    """The duty that is done now, or was before."""

    upward: Upward


async def report_upward(
    conn: AsyncConnection, assignment_id: int, text: str, *, by: Person, now: datetime, rules: Rules
) -> SentUp | Refused[Literal["not_upward"]] | NotTheirAssignment:
    """Let all that stands for the coordinator's report by one date be done; `words` are kept as said.

    `assignment_id` is any of it. `now` is aware. Needs a writing transaction.
    """
    about = await they_coordinate(conn, assignment_id, by)
    if isinstance(about, NotTheirAssignment):
        return about
    duties = await report_store.upward(conn, about.plan_id) if about.plan_id is not None else ()
    upward = next((duty for duty in duties if about.id in duty.ids), None)
    if upward is None:
        return Refused("not_upward")
    for assignment in await assignment_store.get(conn, upward.ids):
        if assignment.is_open:
            await _done(conn, assignment, text, by, now, rules)
    return SentUp(upward)


async def _done(
    conn: AsyncConnection, assignment: Assignment, text: str, by: Person, now: datetime, rules: Rules
) -> None:
    today = now.astimezone(rules.zone).date()
    await progress_store.record(conn, assignment, None, by.id, text, Update(state="done"), now)
    change = move(assignment, "done", blocked=False, finished_on=today, today=today, schedule=rules.schedule)
    await assignment_writer.write(conn, change)
    about = f"assignment {assignment.id}"
    await audit_log.note(conn, now, "progress", about, by.id, was=assignment.state, became="done")
