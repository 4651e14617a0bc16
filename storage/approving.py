"""Whether a unit's leader approves its reports before they are sent."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import unit


async def is_wanted(work: AsyncConnection, unit_id: int) -> bool:
    """Whether a unit's reports go to its leader first."""
    return bool((await work.execute(select(unit.c.approves).where(unit.c.id == unit_id))).scalar_one())


async def want(work: AsyncConnection, unit_ids: Iterable[int], *, wanted: bool) -> tuple[int, ...]:
    """Set it for units; return the ids of those for which that is a change."""
    mine = (unit.c.id.in_(list(unit_ids)), unit.c.approves != wanted)
    changed = await work.execute(update(unit).where(*mine).values(approves=wanted).returning(unit.c.id))
    return tuple(changed.scalars())
