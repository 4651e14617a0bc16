"""What tests of deeds on assignments share: people by their seat, and an assignment by its unit."""

from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import AssignmentChange, NewValues
from domain.assignments.lifecycle import State
from domain.organisation.people import Person, Seat
from storage.assignments import assignment_store, assignment_writer
from storage.common import audit_log
from storage.organisation import unit_store
from tests.set_clock import at

NOW: datetime = at("2026-06-10 09:00")


async def holder(conn: AsyncConnection, unit: str, role: Literal["focal", "leader", "coordinator"]) -> Person:
    """Return somebody with one seat in a unit."""
    unit_id = (await unit_store.ids(conn))[unit]
    return Person(1, "Lê Thu Hằng", "vi", (Seat(unit_id, unit, role),))


async def owed_by(conn: AsyncConnection, unit: str) -> Assignment:
    """Return what a unit owes first."""
    return (await assignment_store.of_units(conn, [(await unit_store.ids(conn))[unit]]))[0]


async def again(conn: AsyncConnection, assignment: Assignment) -> Assignment:
    """Return an assignment as it stands now."""
    return (await assignment_store.get(conn, [assignment.id]))[0]


async def audited(conn: AsyncConnection) -> tuple[str, str | None, str | None]:
    """Return what the audit's last line tells: the event, from what and to what."""
    line = (await audit_log.listing(conn))[-1]
    return line.what, line.was, line.became


async def bring_into(
    conn: AsyncConnection, assignment: Assignment, state: State, finished_on: date | None = None
) -> None:
    """Bring an assignment into a state, not blocked."""
    values: NewValues = {"state": state, "blocked": False, "finished_on": finished_on}
    await assignment_writer.write(conn, AssignmentChange(assignment.id, values))
