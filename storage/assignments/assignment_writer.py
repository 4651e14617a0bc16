"""Write assignments: what domain.assignments.assignment_change has decided. Nothing else writes their table.

Every function needs a writing transaction.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment_change import AssignmentChange, NewAssignment
from domain.assignments.lifecycle import OPEN
from domain.common.workdays import Workdays
from domain.deadlines.last_day import last_day_in_time
from storage.database.schema import assignment, duty, reporting_rule

_WRITE = update(assignment).where(assignment.c.id.in_(bindparam("ids", expanding=True)))
"""What is set follows from the parameters."""


async def add(conn: AsyncConnection, made: Iterable[NewAssignment]) -> None:
    """Insert new assignments."""
    rows = [
        {
            "plan_id": each.ask.plan_id,
            "rule_id": each.ask.rule_id,
            "duty_id": each.ask.duty_id,
            "request_id": each.ask.request_id,
            "unit_id": each.ask.unit_id,
            "period": str(each.ask.period),
            "planned_on": each.ask.due_on,
            "due_on": each.ask.due_on,
            "last_on": each.last_on,
            "past": each.past,
            "next_nudge_on": each.next_nudge_on,
            "asked_on": each.asked_on,
        }
        for each in made
    ]
    if rows:
        await conn.execute(insert(assignment), rows)


async def write(conn: AsyncConnection, *changes: AssignmentChange) -> None:
    """Write changes, each of another assignment; those that are alike in one statement."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for change in changes:
        alike.setdefault(tuple(sorted(change.values.items())), []).append(change.assignment_id)
    for items, ids in alike.items():
        values = {name: str(value) if name == "period" else value for name, value in items}
        await conn.execute(_WRITE, {"ids": ids, **values})


async def note_asked(conn: AsyncConnection, ids: Iterable[int], today: date) -> None:
    """Let today's messages name these assignments; their next day stays as it is."""
    await conn.execute(update(assignment).where(assignment.c.id.in_(list(ids))).values(asked_on=today))


async def note_asked_again(conn: AsyncConnection, unit_ids: Iterable[int], day: date, today: date) -> None:
    """Let today's messages name what units were asked for on an earlier day, and have not answered."""
    asked_then = (assignment.c.unit_id.in_(list(unit_ids)), assignment.c.asked_on == day)
    await conn.execute(
        update(assignment).where(*asked_then, assignment.c.state.in_(OPEN)).values(asked_on=today)
    )


def _is_inclusive() -> ColumnElement[bool]:
    """Whether what comes on the due date is in time: as the plan says, and of a date by leave always."""
    of_duty = select(duty.c.inclusive).where(duty.c.id == assignment.c.duty_id).scalar_subquery()
    of_rule = (
        select(reporting_rule.c.inclusive)
        .where(reporting_rule.c.id == assignment.c.rule_id)
        .scalar_subquery()
    )
    return func.coalesce(of_duty, of_rule, true()) | (assignment.c.due_on != assignment.c.planned_on)


async def follow_days(conn: AsyncConnection, days: Workdays) -> None:
    """Bring the last days in time in line with the operator's days; those of requests stay. Needs a writing
    transaction."""
    of_plans, inclusive = assignment.c.plan_id.is_not(None), _is_inclusive()
    columns = (assignment.c.due_on, assignment.c.last_on, inclusive.label("inclusive"))
    for row in (await conn.execute(select(*columns).where(of_plans).distinct())).all():
        last = last_day_in_time(row.due_on, days, inclusive=bool(row.inclusive))
        if last != row.last_on:
            alike = and_(of_plans, assignment.c.due_on == row.due_on, inclusive == row.inclusive)
            await conn.execute(update(assignment).where(alike).values(last_on=last))
