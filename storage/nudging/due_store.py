"""The assignments that are asked for on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import DueAssignment
from domain.assignments.lifecycle import OPEN, kind_of
from storage.assignments.pending_extensions import is_held_on, wanted_on
from storage.database.schema import assignment, plan


async def due(conn: AsyncConnection, today: date, limit: int) -> list[DueAssignment]:
    """Return up to `limit` assignments whose next day is today or has passed.

    Where something is overdue in a unit, all that is overdue there comes with it: one message every second
    day names everything, instead of two that alternate. Held ones are included only to get a later day.
    """
    day_has_come = (
        select(assignment.c.id)
        .where(assignment.c.next_nudge_on <= today)
        .order_by(assignment.c.next_nudge_on)
        .limit(limit)
    )
    assignments = await _load(conn, assignment.c.id.in_(day_has_come))
    late = {each.unit_id for each in assignments if each.last_on < today and not each.is_held(today)}
    with_them = (
        assignment.c.unit_id.in_(late),
        assignment.c.last_on < today,
        assignment.c.next_nudge_on.is_not(None),
        assignment.c.next_nudge_on > today,
        assignment.c.asked_on.is_distinct_from(today),
        ~is_held_on(today),
    )
    return [*assignments, *(await _load(conn, *with_them))] if late else assignments


async def still_open(conn: AsyncConnection, unit_ids: Iterable[int]) -> list[DueAssignment]:
    """Return everything that units are still asked for, whether its next day has come or not."""
    theirs = (assignment.c.unit_id.in_(list(unit_ids)), assignment.c.state.in_(OPEN), ~assignment.c.past)
    return await _load(conn, *theirs)


async def _load(conn: AsyncConnection, *where: ColumnElement[bool]) -> list[DueAssignment]:
    rows = await conn.execute(
        select(
            assignment,
            func.coalesce(plan.c.number, plan.c.title, "").label("plan"),
            wanted_on().label("wanted_on"),
        )
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .where(*where)
        .order_by(assignment.c.next_nudge_on)
    )
    return [
        DueAssignment(
            id=row.id,
            unit_id=row.unit_id,
            state=row.state,
            due_on=row.due_on,
            last_on=row.last_on,
            kind=kind_of(request_id=row.request_id, duty_id=row.duty_id),
            plan=row.plan,
            acknowledged=row.acknowledged_on is not None,
            asked_on=row.asked_on,
            wanted_on=row.wanted_on,
        )
        for row in rows
    ]
