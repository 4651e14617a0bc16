"""Where plans stand, counted by the database: a row a unit, however much it owes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Row, Select, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments import Timeliness
from domain.standing import Counted, Dates, Standing, nearest, next_date, put_together
from storage.schema import assignment, duty, duty_unit, plan, progress, unit

_a = assignment.c
_WAYS: tuple[Timeliness, ...] = ("done_in_time", "done_late", "in_time", "due", "overdue")
"""The ways to stand that count, by the names that they have in Counted."""


def timeliness_on(today: date) -> ColumnElement[str]:
    """Return how an assignment stands on a local day: the rule of domain.assignments.timeliness, in SQL."""
    late = and_(_a.finished_on.is_not(None), _a.finished_on > _a.due_on)
    in_time: Timeliness = "in_time"
    return case(
        (_a.state == "cancelled", "cancelled"),
        (_a.state == "done", case((late, "done_late"), else_="done_in_time")),
        (_a.past, "past"),
        (_a.state == "submitted", case((late, "overdue"), else_=in_time)),
        (_a.due_on == today, "due"),
        (_a.due_on > today, in_time),
        else_="overdue",
    )


def upward_rules(plan_ids: Iterable[int]) -> Select[tuple[int | None]]:
    """Select the reporting rules by which a plan's coordinating unit alone reports, to those above it."""
    return (
        select(_a.rule_id)
        .join(plan, plan.c.id == _a.plan_id)
        .where(_a.plan_id.in_(list(plan_ids)), _a.rule_id.is_not(None))
        .group_by(_a.rule_id, plan.c.coordinator_id)
        .having(func.min(_a.unit_id) == plan.c.coordinator_id, func.max(_a.unit_id) == plan.c.coordinator_id)
    )


def of_units(plan_ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether what a plan asks for is a unit's own, and not the coordinator's duty to report upward."""
    return or_(_a.rule_id.is_(None), _a.rule_id.not_in(upward_rules(plan_ids)))


async def standing_of(
    work: AsyncConnection,
    plan_id: int,
    today: date,
    round_: date | None = None,
    unit_ids: Sequence[int] = (),
) -> Standing:
    """Count where a plan stands on a local day, as domain.standing.standing does; for some units, or for all.

    With `round_`, the planned date of a round of reports, what was due up to then.
    """
    rows = _owed(plan_id, today, unit_ids)
    dates = await _dates(work, rows, today) if round_ is None else Dates(round_, round_)
    counted = await work.execute(_counting(rows, dates))
    past = await work.execute(select(func.count()).select_from(rows).where(rows.c.how == "past"))
    return put_together(dates, (_counted(row) for row in counted), past.scalar_one())


def _counted(row: Row[Any]) -> Counted:
    values: dict[str, Any] = {**row._mapping, "blocked": bool(row.blocked)}
    return Counted(**values)


def _owed(plan_id: int, today: date, unit_ids: Sequence[int]) -> CTE:
    mine = [_a.unit_id.in_(unit_ids)] if unit_ids else []
    return (
        select(
            _a.unit_id,
            _a.due_on,
            _a.planned_on,
            _a.blocked,
            _a.rule_id.is_not(None).label("is_report"),
            timeliness_on(today).label("how"),
        )
        .where(_a.plan_id == plan_id, _a.state != "cancelled", of_units([plan_id]), *mine)
        .cte("owed")
    )


async def _dates(work: AsyncConnection, rows: CTE, today: date) -> Dates:
    found = await work.execute(
        select(rows.c.due_on, rows.c.planned_on, rows.c.is_report).where(rows.c.how != "past").distinct()
    )
    dates = found.all()
    return Dates(
        next_date({row.due_on for row in dates}, today),
        nearest({row.planned_on for row in dates if row.is_report}, today),
    )


def _counting(rows: CTE, dates: Dates) -> Select[Any]:
    """Select the fields of Counted."""
    one = rows.c
    focus = dates.focus or date.min
    now = or_(one.due_on <= focus, one.planned_on <= focus)
    mine = and_(one.is_report, one.planned_on == (dates.round or date.min))

    def count(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(cast(and_(*where), Integer))

    return (
        select(
            one.unit_id,
            unit.c.name.label("unit"),
            *(count(now, one.how == way).label(way) for way in _WAYS),
            func.min(case((and_(now, one.how == "overdue"), one.due_on))).label("late_since"),
            func.max(cast(and_(now, one.blocked), Integer)).label("blocked"),
            count(mine).label("reports"),
            count(mine, one.how.in_(["done_in_time", "done_late"])).label("sent"),
        )
        .join(unit, unit.c.id == one.unit_id)
        .where(one.how != "past")
        .group_by(one.unit_id, unit.c.name)
        .order_by(one.unit_id)
    )


async def answered_lines(
    work: AsyncConnection, plan_id: int, round_: date | None, unit_ids: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return, by unit id, on how many lines of its open report something was said, and of how many.

    The report is that of a round; units that have said nothing of any line are left out.
    """
    of = (
        select(duty_unit.c.unit_id, func.count().label("n"))
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .where(duty.c.plan_id == plan_id, duty.c.due == "", duty.c.withdrawn_on.is_(None))
        .where(duty_unit.c.part != "partner", duty_unit.c.unit_id.in_(unit_ids))
        .group_by(duty_unit.c.unit_id)
        .subquery("lines")
    )
    rows = await work.execute(
        select(_a.unit_id, func.count(progress.c.duty_id.distinct()).label("said"), of.c.n)
        .join(progress, progress.c.assignment_id == _a.id)
        .join(of, of.c.unit_id == _a.unit_id)
        .where(_a.plan_id == plan_id, _a.planned_on == round_, _a.rule_id.is_not(None))
        .where(_a.state != "done", progress.c.duty_id.is_not(None), ~progress.c.undone)
        .group_by(_a.unit_id, of.c.n)
    )
    return {row.unit_id: (row.said, row.n) for row in rows}
