"""What a plan says, clause by clause, as its versions are compared."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.commitments import Part
from domain.plans.version_diff import Clause
from storage.database.schema import duty, duty_unit, reporting_rule, rule_unit, unit
from storage.plans.plan_dates import read_dates


async def clauses(conn: AsyncConnection, plan_id: int, *, withdrawn: bool = False) -> tuple[Clause, ...]:
    """Return what a plan says, in its order: its duties and activities, then its reporting rules.

    With `withdrawn`, what it said once and a later version took out.
    """
    return (*await _lines(conn, plan_id, withdrawn), *await _rules(conn, plan_id, withdrawn))


async def _lines(conn: AsyncConnection, plan_id: int, withdrawn: bool) -> list[Clause]:
    parts: dict[int, list[tuple[str, Part]]] = {}
    parts_query = (
        select(duty_unit.c.duty_id, unit.c.name, duty_unit.c.part)
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .join(unit, unit.c.id == duty_unit.c.unit_id)
        .where(duty.c.plan_id == plan_id)
        .order_by(duty_unit.c.id)
    )
    for row in await conn.execute(parts_query):
        parts.setdefault(row.duty_id, []).append((row.name, row.part))
    is_own = (duty.c.plan_id == plan_id, duty.c.withdrawn_on.is_not(None) == withdrawn)
    return [
        Clause(
            row.id,
            row.kind,
            row.section,
            row.heading,
            row.text,
            tuple(parts.get(row.id, ())),
            tuple(read_dates(row.due)),
            inclusive=row.inclusive,
            asks_past=row.asks_past,
        )
        for row in await conn.execute(select(duty).where(*is_own).order_by(duty.c.place))
    ]


async def _rules(conn: AsyncConnection, plan_id: int, withdrawn: bool) -> list[Clause]:
    reporters: dict[int, list[tuple[str, Part]]] = {}
    reporters_query = (
        select(rule_unit.c.rule_id, unit.c.name)
        .join(reporting_rule, reporting_rule.c.id == rule_unit.c.rule_id)
        .join(unit, unit.c.id == rule_unit.c.unit_id)
        .where(reporting_rule.c.plan_id == plan_id)
        .order_by(rule_unit.c.id)
    )
    for row in await conn.execute(reporters_query):
        reporters.setdefault(row.rule_id, []).append((row.name, "lead"))
    is_own = (reporting_rule.c.plan_id == plan_id, reporting_rule.c.withdrawn_on.is_not(None) == withdrawn)
    return [
        Clause(
            row.id,
            "report",
            row.section,
            row.who,
            row.quote,
            tuple(reporters.get(row.id, ())),
            tuple(read_dates(row.due)),
            row.recurrence,
            row.inclusive,
            row.asks_past,
        )
        for row in await conn.execute(select(reporting_rule).where(*is_own).order_by(reporting_rule.c.id))
    ]
