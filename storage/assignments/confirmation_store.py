"""What waits for a coordinator to confirm it, and whether a plan wants that."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from storage.assignments import assignment_store
from storage.database.schema import assignment, plan


async def is_wanted(conn: AsyncConnection, plan_id: int) -> bool:
    """Whether what units say is done waits for the plan's coordinator."""
    return bool((await conn.execute(select(plan.c.confirms).where(plan.c.id == plan_id))).scalar_one())


async def want(conn: AsyncConnection, plan_id: int, *, wanted: bool) -> bool:
    """Set whether a plan wants confirmation; return whether that changed. What waits already waits on."""
    changes = (plan.c.id == plan_id, plan.c.confirms != wanted)
    changed = await conn.execute(update(plan).where(*changes).values(confirms=wanted))
    return changed.rowcount == 1


async def waiting(
    conn: AsyncConnection, coordinator_ids: Iterable[int], most: int | None = None
) -> tuple[Assignment, ...]:
    """Return what waits in the plans that these units compile, nearest due date first.

    The first `most` of it, where that is given.
    """
    query = _waiting(select(assignment.c.id), coordinator_ids)
    ids = await conn.execute(query.order_by(assignment.c.due_on, assignment.c.id).limit(most))
    return await assignment_store.get(conn, list(ids.scalars()))


async def count_waiting(conn: AsyncConnection, coordinator_ids: Iterable[int]) -> int:
    """Return how many these are."""
    rows = await conn.execute(_waiting(select(func.count(assignment.c.id)), coordinator_ids))
    return int(rows.scalar_one())


def _waiting(query: Select[Any], coordinator_ids: Iterable[int]) -> Select[Any]:
    compiled = plan.c.coordinator_id.in_(list(coordinator_ids))
    return query.join(plan, plan.c.id == assignment.c.plan_id).where(
        compiled, assignment.c.state == "submitted"
    )
