"""The last day in time of what is owed, by the words of plans and the days of the operator."""

from sqlalchemy import ColumnElement, and_, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.workdays import Workdays
from domain.deadlines.last_day import last_day_in_time
from storage.database.schema import assignment, duty, reporting_rule

_a = assignment.c


def _is_inclusive() -> ColumnElement[bool]:
    """Whether what comes on the due date is in time: as the plan says, and of a date by leave always."""
    of_duty = select(duty.c.inclusive).where(duty.c.id == _a.duty_id).scalar_subquery()
    of_rule = select(reporting_rule.c.inclusive).where(reporting_rule.c.id == _a.rule_id).scalar_subquery()
    return func.coalesce(of_duty, of_rule, true()) | (_a.due_on != _a.planned_on)


async def follow(conn: AsyncConnection, days: Workdays) -> None:
    """Bring the last days in time in line with the operator's days; those of requests stay. Needs a writing
    transaction."""
    of_plans, inclusive = _a.plan_id.is_not(None), _is_inclusive()
    columns = (_a.due_on, _a.last_on, inclusive.label("inclusive"))
    for row in (await conn.execute(select(*columns).where(of_plans).distinct())).all():
        last = last_day_in_time(row.due_on, days, inclusive=bool(row.inclusive))
        if last != row.last_on:
            mine = and_(of_plans, _a.due_on == row.due_on, inclusive == row.inclusive)
            await conn.execute(update(assignment).where(mine).values(last_on=last))
