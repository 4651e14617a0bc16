"""A live plan that is recalled: its open assignments are called off, its rows stay."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from storage.database.schema import assignment, plan
from storage.plans import plan_store
from storage.plans.version_writer import News


async def recall(conn: AsyncConnection, plan_id: int, reason: str, today: date) -> tuple[News, ...]:
    """Mark a plan as recalled, cancel what is open, and drop a later version that waits for it.

    Returns what was called off, one for each assignment.
    """
    waiting = await plan_store.later_version(conn, plan_id)
    if waiting is not None:
        await plan_store.drop(conn, waiting)
    values = {"state": "recalled", "recalled_on": today, "recall_reason": reason}
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(values))
    called_off = await conn.execute(
        update(assignment)
        .where(assignment.c.plan_id == plan_id, assignment.c.state.in_(OPEN))
        .values(state="cancelled", next_nudge_on=None)
        .returning(assignment.c.id, assignment.c.unit_id, assignment.c.due_on)
    )
    return tuple(News(row.unit_id, "off", row.id, was=row.due_on) for row in called_off.all())
