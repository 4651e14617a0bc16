"""Assignments: what units owe, and the lines of their reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Row, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import OPEN
from domain.plans.periods import data_window, parse_period
from storage.assignments.approval_store import pending_since
from storage.assignments.pending_extensions import wanted_on
from storage.database.schema import (
    assignment,
    duty,
    duty_unit,
    extension,
    plan,
    reporting_rule,
    request,
    unit,
)

_LINES = (
    select(duty.c.id, duty.c.section, duty.c.text, duty_unit.c.part)
    .join(duty_unit, duty_unit.c.duty_id == duty.c.id)
    .where(
        duty.c.plan_id == bindparam("plan"),
        duty.c.due == "",
        duty_unit.c.unit_id == bindparam("unit"),
        duty_unit.c.part != "partner",
    )
    .order_by(duty.c.place)
)
_MOVED_LINES = (
    select(assignment.c.duty_id, func.max(assignment.c.id).label("id"))
    .join(extension, and_(extension.c.duty_id == assignment.c.duty_id, extension.c.granted))
    .where(extension.c.assignment_id == bindparam("report"))
    .where(assignment.c.unit_id == bindparam("unit"), assignment.c.period == bindparam("in_period"))
    .where(assignment.c.state != "cancelled")
    .group_by(assignment.c.duty_id)
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A duty that a unit answers for in its reports; `part` is "lead" or "support"."""

    duty_id: int
    section: str
    text: str
    part: str


@cache
def _assignments() -> Select[tuple[object, ...]]:
    return (
        select(
            assignment,
            unit.c.name.label("unit"),
            unit.c.standing,
            func.coalesce(duty.c.text, request.c.text).label("duty_text"),
            duty.c.section.label("duty_section"),
            reporting_rule.c.data_window,
            func.coalesce(plan.c.number, plan.c.title, "").label("plan"),
            func.coalesce(plan.c.confirms, false()).label("confirms"),
            func.coalesce(plan.c.coordinator_id, request.c.coordinator_id).label("coordinator_id"),
            request.c.due_at,
            wanted_on().label("wanted_on"),
            pending_since().label("pending_since"),
        )
        .join(unit, unit.c.id == assignment.c.unit_id)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .outerjoin(duty, duty.c.id == assignment.c.duty_id)
        .outerjoin(reporting_rule, reporting_rule.c.id == assignment.c.rule_id)
        .order_by(assignment.c.due_on, assignment.c.id)
    )


def _assignment(row: Row[tuple[object, ...]]) -> Assignment:
    return Assignment(
        id=row.id,
        plan_id=row.plan_id,
        plan=row.plan,
        request_id=row.request_id,
        coordinator_id=row.coordinator_id,
        unit_id=row.unit_id,
        unit=row.unit,
        standing=row.standing,
        rule_id=row.rule_id,
        duty_id=row.duty_id,
        text=row.duty_text,
        section=row.duty_section,
        period=parse_period(row.period),
        due_on=row.due_on,
        due_at=row.due_at,
        planned_on=row.planned_on,
        window=data_window(parse_period(row.period), row.data_window) if row.rule_id else None,
        last_on=row.last_on,
        state=row.state,
        blocked=row.blocked,
        past=row.past,
        acknowledged_on=row.acknowledged_on,
        returned=row.returned,
        finished_on=row.finished_on,
        asked_on=row.asked_on,
        confirms=bool(row.confirms),
        wanted_on=row.wanted_on,
        pending_since=row.pending_since,
    )


@cache
def _of_units() -> Select[tuple[object, ...]]:
    return _assignments().where(assignment.c.unit_id.in_(bindparam("units", expanding=True)))


@cache
def _by_id() -> Select[tuple[object, ...]]:
    return _assignments().where(assignment.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _count_unanswered() -> Select[int]:
    is_open = (or_(*(assignment.c.state == state for state in sorted(OPEN))), ~assignment.c.past)
    of_units = assignment.c.unit_id.in_(bindparam("units", expanding=True))
    return select(func.count()).select_from(assignment).where(of_units, *is_open, pending_since().is_(None))


async def of_units(conn: AsyncConnection, unit_ids: Iterable[int]) -> tuple[Assignment, ...]:
    """Return all that units owe or owed, nearest due date first."""
    rows = await conn.execute(_of_units(), {"units": list(unit_ids)})
    return tuple(map(_assignment, rows))


async def count_unanswered(conn: AsyncConnection, unit_ids: Iterable[int]) -> int:
    """Return how many assignments wait for a word of these units: not what waits for their leader's."""
    counted = await conn.execute(_count_unanswered(), {"units": list(unit_ids)})
    return int(counted.scalar_one())


async def of_plan(conn: AsyncConnection, plan_id: int) -> tuple[Assignment, ...]:
    """Return all that a plan asks for, nearest due date first."""
    return tuple(map(_assignment, await conn.execute(_assignments().where(assignment.c.plan_id == plan_id))))


async def get(conn: AsyncConnection, ids: Sequence[int]) -> tuple[Assignment, ...]:
    """Return assignments by id, in the order of the ids; unknown ones are left out."""
    rows = await conn.execute(_by_id(), {"ids": list(ids)})
    assignments = {row.id: _assignment(row) for row in rows}
    return tuple(assignments[id_] for id_ in ids if id_ in assignments)


async def lines(conn: AsyncConnection, plan_id: int, unit_id: int) -> tuple[ReportLine, ...]:
    """Return the duties without a date that a unit answers for in its reports, in the plan's order."""
    rows = await conn.execute(_LINES, {"plan": plan_id, "unit": unit_id})
    return tuple(ReportLine(row.id, row.section, row.text, row.part) for row in rows)


async def report_lines(conn: AsyncConnection, assignment_: Assignment) -> tuple[ReportLine, ...]:
    """Return the lines of a report; a dated duty and a request have none."""
    if assignment_.plan_id is None or assignment_.duty_id is not None:
        return ()
    return await lines(conn, assignment_.plan_id, assignment_.unit_id)


async def moved_lines(conn: AsyncConnection, report: Assignment) -> dict[int, int]:
    """Return the lines of a report that were put off alone: the id of the assignment that each is now."""
    of_it = {"report": report.id, "unit": report.unit_id, "in_period": str(report.period)}
    rows = await conn.execute(_MOVED_LINES, of_it)
    return {row.duty_id: row.id for row in rows}


async def next_days(conn: AsyncConnection, ids: Iterable[int]) -> list[date]:
    """Return the next days of these assignments; what is not asked for again has none."""
    asked_again = (assignment.c.id.in_(list(ids)), assignment.c.next_nudge_on.is_not(None))
    return list((await conn.execute(select(assignment.c.next_nudge_on).where(*asked_again))).scalars())
