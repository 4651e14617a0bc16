"""A draft as it stood before each of its corrections: kept whole, and put back as it was."""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import (
    correction,
    draft_step,
    duty,
    duty_name,
    duty_unit,
    group_member,
    passage,
    plan,
    reporting_rule,
    rule_unit,
    settled,
    unit,
)

MOST = 30
"""How many steps back are kept."""


def _tables(plan_id: int) -> Sequence[tuple[Table, ColumnElement[bool]]]:
    """The tables that hold a draft, each with the condition of its rows; the named before those who name."""
    lines = select(duty.c.id).where(duty.c.plan_id == plan_id)
    rules = select(reporting_rule.c.id).where(reporting_rule.c.plan_id == plan_id)
    return (
        (duty, duty.c.plan_id == plan_id),
        (duty_unit, duty_unit.c.duty_id.in_(lines)),
        (duty_name, duty_name.c.duty_id.in_(lines)),
        (reporting_rule, reporting_rule.c.plan_id == plan_id),
        (rule_unit, rule_unit.c.rule_id.in_(rules)),
        (group_member, group_member.c.plan_id == plan_id),
        (passage, passage.c.plan_id == plan_id),
        (settled, settled.c.plan_id == plan_id),
        (correction, correction.c.plan_id == plan_id),
    )


async def keep(conn: AsyncConnection, plan_id: int, now: datetime) -> None:
    """Keep a draft as it stands; the oldest step goes where there are many."""
    rows = {table.name: await _rows(conn, table, own_steps) for table, own_steps in _tables(plan_id)}
    own = select(plan.c.coordinator_id).where(plan.c.id == plan_id)
    state = {"coordinator": (await conn.execute(own)).scalar_one(), "rows": rows, "units": await _units(conn)}
    packed = zlib.compress(json.dumps(state, default=_written).encode())
    await conn.execute(insert(draft_step).values(plan_id=plan_id, at=now, rows=packed))
    own_steps = select(draft_step.c.id).where(draft_step.c.plan_id == plan_id)
    newest = own_steps.order_by(draft_step.c.id.desc()).limit(MOST)
    await conn.execute(
        delete(draft_step).where(draft_step.c.plan_id == plan_id, draft_step.c.id.not_in(newest))
    )


async def go_back(conn: AsyncConnection, plan_id: int) -> bool:
    """Put a draft back as it stood before its last correction; False where no step is kept."""
    own_steps = select(draft_step).where(draft_step.c.plan_id == plan_id).order_by(draft_step.c.id.desc())
    step = (await conn.execute(own_steps.limit(1))).first()
    if step is None:
        return False
    state = json.loads(zlib.decompress(step.rows))
    await _bring_units(conn, state["units"])
    for table, of_draft in reversed(_tables(plan_id)):
        await conn.execute(delete(table).where(of_draft))
    for table, _ in _tables(plan_id):
        if rows := state["rows"][table.name]:
            await conn.execute(insert(table), rows)
    back = {"coordinator_id": state["coordinator"]}
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(back))
    await conn.execute(delete(draft_step).where(draft_step.c.id == step.id))
    return True


async def count(conn: AsyncConnection, plan_id: int) -> int:
    """Return how many corrections of a draft can be taken back."""
    own_steps = select(draft_step.c.id).where(draft_step.c.plan_id == plan_id)
    return len((await conn.execute(own_steps)).all())


async def forget(conn: AsyncConnection, plan_id: int) -> None:
    """Drop the steps of a plan that is no draft any more."""
    await conn.execute(delete(draft_step).where(draft_step.c.plan_id == plan_id))


async def _rows(conn: AsyncConnection, table: Table, is_own: ColumnElement[bool]) -> list[dict[str, object]]:
    result = await conn.execute(select(table).where(is_own).order_by(table.c.id))
    return [dict(row) for row in result.mappings()]


async def _units(conn: AsyncConnection) -> list[dict[str, object]]:
    """The units that no register brought: a correction may forget one that only a draft named."""
    return await _rows(conn, unit, ~unit.c.shipped)


async def _bring_units(conn: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    known = set((await conn.execute(select(unit.c.id))).scalars())
    names = set((await conn.execute(select(unit.c.name))).scalars())
    missing = [
        {**row, "since": _day(row["since"]), "until": _day(row["until"])}
        for row in rows
        if row["id"] not in known and row["name"] not in names
    ]
    if missing:
        await conn.execute(insert(unit), missing)


def _written(value: object) -> str:
    if not isinstance(value, date):
        raise TypeError(f"no JSON for {value!r}")
    return value.isoformat()


def _day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if written else None
