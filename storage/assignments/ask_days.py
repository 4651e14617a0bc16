"""On which days an assignment is asked for: the day it was last asked for, and the next one."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from storage.database.schema import assignment


async def set_next(
    conn: AsyncConnection, ids: Iterable[int], next_on: date | None, *, asked_on: date | None
) -> None:
    """Set the next day of these assignments, and the day on which they are asked for where one is given.

    Whatever has been answered is not asked for again.
    """
    these = assignment.c.id.in_(list(ids))
    is_open = assignment.c.state.in_(OPEN)
    values = {"next_nudge_on": next_on} | ({"asked_on": asked_on} if asked_on else {})
    await conn.execute(update(assignment).where(these, is_open).values(values))
    await conn.execute(update(assignment).where(these, ~is_open).values(next_nudge_on=None))


async def ask_again(conn: AsyncConnection, unit_ids: Iterable[int], day: date, today: date) -> None:
    """Let today's messages name what units were asked for on an earlier day, and have not answered."""
    theirs = (assignment.c.unit_id.in_(list(unit_ids)), assignment.c.asked_on == day)
    await conn.execute(update(assignment).where(*theirs, assignment.c.state.in_(OPEN)).values(asked_on=today))


async def ask_today(conn: AsyncConnection, ids: Iterable[int], today: date) -> None:
    """Let today's messages name these assignments; their next day stays as it is."""
    await conn.execute(update(assignment).where(assignment.c.id.in_(list(ids))).values(asked_on=today))


async def acknowledge(conn: AsyncConnection, assignment_id: int, today: date, next_on: date | None) -> None:
    """Note that somebody has seen what is asked for, and the next day on which it is asked for."""
    await conn.execute(
        update(assignment)
        .where(assignment.c.id == assignment_id)
        .values(acknowledged_on=today, next_nudge_on=next_on)
    )


async def next_days(conn: AsyncConnection, ids: Iterable[int]) -> list[date]:
    """Return the next days of these assignments; what is not asked for again has none."""
    these = (assignment.c.id.in_(list(ids)), assignment.c.next_nudge_on.is_not(None))
    return list((await conn.execute(select(assignment.c.next_nudge_on).where(*these))).scalars())
