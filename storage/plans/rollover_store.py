"""Last year's plan as the start of this year's: a draft with the same work, its dates moved."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.register import Register
from domain.plans.rollover import later, retitle, reword
from storage.database.schema import duty, duty_name, duty_unit, group_member, plan, reporting_rule, rule_unit
from storage.organisation import unit_store
from storage.plans.plan_dates import read_dates, write_dates
from storage.plans.plan_store import add_reporters


class RolloverError(Exception):
    """A plan cannot be moved to another year.

    `reason` is a key of the catalogue: "no_year" where the plan does not tell for which year it is,
    "not_later" where the year wanted is not after it.
    """

    def __init__(self, reason: Literal["no_year", "not_later"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rolled:
    """The draft for another year; `new` where it was made just now."""

    id: int
    year: int
    new: bool


@dataclass(frozen=True, slots=True)
class _Shift:
    """By how many years a plan is moved, the years that it was for, who has whose work by then."""

    years: int
    of: range
    heirs: Mapping[int, int]

    def dates(self, words: str) -> str:
        return write_dates(later(day, self.years) for day in read_dates(words))

    def words(self, words: str, due: str) -> str:
        return reword(words, self.years, self.of, read_dates(due))

    def heir(self, unit_id: int) -> int:
        return self.heirs.get(unit_id, unit_id)


async def roll(
    conn: AsyncConnection, plan_id: int, year: int | None, register: Register, now: datetime
) -> Rolled:
    """Copy a plan as a draft for `year`, or for the year after its last; once for the same year.

    The number and the date of issue are left open. A unit that has ended by the first day of the new plan
    gives its work to its successor. Raises RolloverError.
    """
    row = (await conn.execute(select(plan).where(plan.c.id == plan_id))).one()
    first = row.period_from or row.issued_on
    if first is None:
        raise RolloverError("no_year")
    last = row.period_to or first
    target = last.year + 1 if year is None else year
    if target <= first.year:
        raise RolloverError("not_later")
    print_ = hashlib.sha256(f"rollover {plan_id} {target}".encode()).hexdigest()
    made = (await conn.execute(select(plan.c.id).where(plan.c.fingerprint == print_))).scalar_one_or_none()
    if made is not None:
        return Rolled(made, target, new=False)
    years = target - first.year
    heirs = await _heirs(conn, register, later(first, years))
    shift = _Shift(years, range(first.year, last.year + 1), heirs)
    values = {
        "issuer": row.issuer,
        "title": retitle(row.title, years, shift.of),
        "period_from": row.period_from and later(row.period_from, years),
        "period_to": row.period_to and later(row.period_to, years),
        "coordinator_id": row.coordinator_id and shift.heir(row.coordinator_id),
    }
    added = await conn.execute(
        insert(plan).values(**values, state="draft", fingerprint=print_, imported_at=now).returning(plan.c.id)
    )
    draft = int(added.scalar_one())
    await _copy_lines(conn, plan_id, draft, shift)
    await _copy_rules(conn, plan_id, draft, shift)
    await _copy_groups(conn, plan_id, draft, shift)
    return Rolled(draft, target, new=True)


async def _heirs(conn: AsyncConnection, register: Register, on: date) -> dict[int, int]:
    ids = await unit_store.ids(conn)
    heirs = {unit.name: register.successor(unit, on).name for unit in register.units}
    return {ids[name]: ids[heir] for name, heir in heirs.items() if name in ids and heir in ids}


async def _copy_lines(conn: AsyncConnection, of: int, draft: int, shift: _Shift) -> None:
    mine = (duty.c.plan_id == of, duty.c.withdrawn_on.is_(None))
    for row in (await conn.execute(select(duty).where(*mine).order_by(duty.c.place))).all():
        values = {
            **_without_id(row._mapping),
            "plan_id": draft,
            "passage": None,  # the draft has no document of its own
            "heading": retitle(row.heading, shift.years, shift.of),
            "text": shift.words(row.text, row.due),
            "time": row.time and shift.words(row.time, row.due),
            "due": shift.dates(row.due),
        }
        added = await conn.execute(insert(duty).values(values).returning(duty.c.id))
        duty_id = added.scalar_one()
        for table in (duty_unit, duty_name):
            named = await conn.execute(select(table).where(table.c.duty_id == row.id).order_by(table.c.id))
            rows = [{**_without_id(one._mapping), "duty_id": duty_id} for one in named]
            if table is duty_unit:
                rows = _each_once(rows, shift)
            if rows:
                await conn.execute(insert(table), rows)


def _each_once(rows: list[dict[str, object]], shift: _Shift) -> list[dict[str, object]]:
    """Give work to successors; one that had two of the merged units' parts leads rather than supports."""
    order = ("lead", "support", "partner")
    taken: dict[int, dict[str, object]] = {}
    for row in sorted(rows, key=lambda row: order.index(str(row["part"]))):
        heir = shift.heir(int(str(row["unit_id"])))
        taken.setdefault(heir, {**row, "unit_id": heir})
    return list(taken.values())


async def _copy_rules(conn: AsyncConnection, of: int, draft: int, shift: _Shift) -> None:
    standing = (reporting_rule.c.plan_id == of, reporting_rule.c.withdrawn_on.is_(None))
    found = await conn.execute(select(reporting_rule).where(*standing).order_by(reporting_rule.c.id))
    for row in found.all():
        values = {
            **_without_id(row._mapping),
            "plan_id": draft,
            "passage": None,
            "quote": shift.words(row.quote, row.due),
            "due": shift.dates(row.due),
        }
        added = await conn.execute(insert(reporting_rule).values(values).returning(reporting_rule.c.id))
        mine = select(rule_unit.c.unit_id).where(rule_unit.c.rule_id == row.id).order_by(rule_unit.c.id)
        reporters = (await conn.execute(mine)).scalars().all()
        await add_reporters(conn, int(added.scalar_one()), map(shift.heir, reporters))


async def _copy_groups(conn: AsyncConnection, of: int, draft: int, shift: _Shift) -> None:
    """Copy the groups and their members, each once."""
    mine = select(group_member).where(group_member.c.plan_id == of).order_by(group_member.c.id)
    rows: dict[tuple[str, int | None], dict[str, object]] = {}
    for row in await conn.execute(mine):
        unit_id = None if row.unit_id is None else shift.heir(row.unit_id)
        rows[row.expression, unit_id] = {
            "plan_id": draft,
            "expression": row.expression,
            "unit_id": unit_id,
        }
    if rows:
        await conn.execute(insert(group_member), list(rows.values()))


def _without_id(row: RowMapping) -> dict[str, object]:
    return {str(key): value for key, value in row.items() if key != "id"}
