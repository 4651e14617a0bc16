"""Put a new update in the place of an earlier one."""

from dataclasses import replace
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.assignments.statement import Recorded, Statement, apply_consequences, write_statement
from services.common.results import Refused
from storage.assignments import progress_store


async def correct_update(
    conn: AsyncConnection, progress_id: int, statement: Statement
) -> Recorded | NotTheirAssignment | Refused[Literal["cancelled", "not_last"]]:
    """Let a statement count instead of the earlier one on record as `progress_id`; both are kept.

    Needs a writing transaction. Refused: the assignment was called off ("cancelled"), or the earlier words
    are not the last ones on it, or count no longer ("not_last").
    """
    assignment = await of_their_unit(conn, statement.assignment.id, statement.by)
    if isinstance(assignment, NotTheirAssignment):
        return assignment
    if assignment.state == "cancelled":
        return Refused("cancelled")
    latest = (await progress_store.latest(conn, [assignment.id])).get((assignment.id, statement.duty_id))
    if latest is None or latest.id != progress_id:
        return Refused("not_last")
    statement = replace(statement, assignment=assignment)
    before = await progress_store.set_aside(conn, progress_id)
    return await apply_consequences(conn, statement, await write_statement(conn, statement, before))
