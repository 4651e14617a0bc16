"""Write what a later version changes in the clauses of its plan, as domain.plans.clause_changes has it."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.clause_changes import BroughtBack, BroughtIn, ClauseChange, ClauseWithdrawn, TakenOver
from domain.plans.version_diff import Clause, Pair
from storage.database.schema import (
    correction,
    duty,
    duty_name,
    duty_unit,
    group_member,
    passage,
    plan,
    reporting_rule,
    rule_unit,
)
from storage.plans import draft_store, plan_store

_STAY = ("id", "plan_id", "data_window")
"""What a clause keeps when newer words are written into it: its place, and what its coordinator chose."""

_OF_VERSION = (*_STAY, "section", "heading", "place", "passage", "withdrawn_on")
"""What a clause of the version keeps when the plan's own words are written into it."""

_HEAD = ("number", "issuer", "title", "issued_on", "period_from", "period_to", "fingerprint")


async def write(
    conn: AsyncConnection, plan_id: int, later: int, changes: Iterable[ClauseChange], today: date
) -> None:
    """Write the changes and the head of the version `later` into its plan, and drop what is left of it."""
    for change in changes:
        match change:
            case ClauseWithdrawn(clause):
                await _withdraw(conn, clause, today)
            case TakenOver(pair) | BroughtBack(pair):
                await _rewrite(conn, pair)
            case BroughtIn(clause):
                table = _table(clause)
                await conn.execute(update(table).where(table.c.id == clause.id).values(plan_id=plan_id))
    await _leave_passages(conn, plan_id, later)
    await _take_head(conn, plan_id, later)


async def _leave_passages(conn: AsyncConnection, plan_id: int, later: int) -> None:
    """What stays though the version has it not is worded by none of its passages."""
    keys = (key.split() for key in await draft_store.settled_keys(conn, later) if key.startswith("left "))
    for _, kind, id_ in keys:
        table = reporting_rule if kind == "rule" else duty
        stays = (table.c.plan_id == plan_id, table.c.id == int(id_))
        await conn.execute(update(table).where(*stays).values(passage=None))


async def _withdraw(conn: AsyncConnection, clause: Clause, today: date) -> None:
    table = _table(clause)
    await conn.execute(update(table).where(table.c.id == clause.id).values(withdrawn_on=today))
    if clause.kind != "report":
        await conn.execute(delete(duty_unit).where(duty_unit.c.duty_id == clause.id))


async def _rewrite(conn: AsyncConnection, pair: Pair) -> None:
    """Write the newer words, dates and units into the clause that stays."""
    table = _table(pair.new)
    row = (await conn.execute(select(table).where(table.c.id == pair.new.id))).one()
    values = {key: value for key, value in row._mapping.items() if key not in _STAY}
    await conn.execute(update(table).where(table.c.id == pair.old.id).values(values))
    if pair.new.kind == "report":
        await _take_rows(conn, rule_unit, "rule_id", pair)
    else:
        for table in (duty_unit, duty_name):
            await _take_rows(conn, table, "duty_id", pair)


async def take_old(conn: AsyncConnection, pair: Pair) -> None:
    """Write the plan's words, dates and units into the clause of the version: it changes nothing then."""
    table = _table(pair.old)
    row = (await conn.execute(select(table).where(table.c.id == pair.old.id))).one()
    values = {key: value for key, value in row._mapping.items() if key not in _OF_VERSION}
    await conn.execute(update(table).where(table.c.id == pair.new.id).values(values))
    of_duty = ((duty_unit, "duty_id"), (duty_name, "duty_id"))
    for rows, column in ((rule_unit, "rule_id"),) if pair.new.kind == "report" else of_duty:
        await conn.execute(delete(rows).where(rows.c[column] == pair.new.id))
        old = await conn.execute(select(rows).where(rows.c[column] == pair.old.id).order_by(rows.c.id))
        copies = [{**each, column: pair.new.id} for each in old.mappings()]
        for copy in copies:
            del copy["id"]
        if copies:
            await conn.execute(insert(rows), copies)


async def _take_rows(conn: AsyncConnection, table: Table, column: str, pair: Pair) -> None:
    await conn.execute(delete(table).where(table.c[column] == pair.old.id))
    of_new = table.c[column] == pair.new.id
    await conn.execute(update(table).where(of_new).values({column: pair.old.id}))


async def _take_head(conn: AsyncConnection, plan_id: int, later: int) -> None:
    """Take the document's head, passages and groups and what was said of them; drop the draft's rest."""
    row = (await conn.execute(select(plan).where(plan.c.id == later))).one()
    await conn.execute(delete(group_member).where(group_member.c.plan_id == plan_id))
    for table in (passage, correction):
        await conn.execute(delete(table).where(table.c.plan_id == plan_id))
    for table in (group_member, passage, correction):
        await conn.execute(update(table).where(table.c.plan_id == later).values(plan_id=plan_id))
    await plan_store.drop(conn, later)
    head = {key: row._mapping[key] for key in _HEAD}
    if row.coordinator_id is not None:
        head["coordinator_id"] = row.coordinator_id
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(head))


def _table(clause: Clause) -> Table:
    return reporting_rule if clause.kind == "report" else duty
