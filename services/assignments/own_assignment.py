"""Find an assignment that somebody may act on: the right is checked here, at the moment of use."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from storage.assignments import assignment_store


@dataclass(frozen=True, slots=True)
class NotTheirAssignment:
    """Nothing was done: there is no such assignment, or they may not act on it. The id is for the audit."""

    assignment_id: int


async def of_their_unit(
    conn: AsyncConnection, assignment_id: int, by: Person
) -> Assignment | NotTheirAssignment:
    """Return an assignment of a unit for which `by` holds a seat as focal point or leader now."""
    assignments = await assignment_store.get(conn, [assignment_id])
    if not assignments or assignments[0].unit_id not in by.units("focal", "leader"):
        return NotTheirAssignment(assignment_id)
    return assignments[0]


async def they_coordinate(
    conn: AsyncConnection, assignment_id: int, by: Person
) -> Assignment | NotTheirAssignment:
    """Return an assignment of a plan or a request of a unit for which `by` coordinates now."""
    assignments = await assignment_store.get(conn, [assignment_id])
    if not assignments or assignments[0].coordinator_id not in by.units("coordinator"):
        return NotTheirAssignment(assignment_id)
    return assignments[0]
