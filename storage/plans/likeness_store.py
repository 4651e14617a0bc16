"""Plans that may be versions of each other, until somebody has said whether they are."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold
from domain.plans.likeness import Described, may_be_version
from storage.database.schema import duty, plan
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


async def find(conn: AsyncConnection, plan_id: int) -> PlanRow | None:
    """Return the newest other plan of the same coordinator of which this one may be a new version."""
    row = (await conn.execute(select(plan).where(plan.c.id == plan_id))).one()
    own = await _described(conn, plan.c.id == plan_id)
    others = await _described(
        conn,
        (plan.c.id != plan_id)
        & plan.c.amends_id.is_(None)
        & plan.c.state.in_(("draft", "live"))
        & (plan.c.coordinator_id == row.coordinator_id),
    )
    alike = [other for other, found in others.items() if may_be_version(own[plan_id], found)]
    return await plan_store.get(conn, max(alike)) if alike else None


async def _described(conn: AsyncConnection, which: ColumnElement[bool]) -> dict[int, Described]:
    work: dict[int, set[str]] = {}
    standing = select(duty.c.plan_id, duty.c.text).join(plan, plan.c.id == duty.c.plan_id)
    for line in await conn.execute(standing.where(which, duty.c.withdrawn_on.is_(None))):
        work.setdefault(line.plan_id, set()).add(fold(line.text))
    return {
        row.id: Described(
            row.number,
            row.title,
            (row.period_from, row.period_to) if row.period_from and row.period_to else None,
            frozenset(work.get(row.id, ())),
        )
        for row in await conn.execute(select(plan).where(which))
    }


async def note(conn: AsyncConnection, plan_id: int, other_id: int | None) -> None:
    """Note of which plan another may be a version; None: of none."""
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(resembles_id=other_id))


async def resembled(conn: AsyncConnection, plan_id: int) -> PlanRow | None:
    """Return the plan of which a draft may be a new version, None where that is settled or it is gone."""
    result = await conn.execute(select(plan.c.resembles_id).where(plan.c.id == plan_id))
    other_id = result.scalar_one_or_none()
    other = await plan_store.find(conn, other_id) if other_id is not None else None
    return other if other is not None and other.state in ("draft", "live") else None


async def make_version(conn: AsyncConnection, plan_id: int, of: int) -> None:
    """Let a draft wait as the later version of a live plan, instead of any that waits."""
    waiting = await plan_store.later_version(conn, of)
    if waiting is not None:
        await plan_store.drop(conn, waiting)
    values = {"amends_id": of, "resembles_id": None}
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(values))
