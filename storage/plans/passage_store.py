"""The passages of a plan's document, each with what became of it."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.plan import Passage
from storage.database.schema import passage


async def add(conn: AsyncConnection, plan_id: int, passages: Iterable[Passage]) -> None:
    """Keep the passages of a plan that has none yet."""
    rows = [
        {
            "plan_id": plan_id,
            "place": found.index,
            "section": found.section,
            "text": found.text,
            "fate": found.fate,
            "why": found.why,
        }
        for found in passages
    ]
    if rows:
        await conn.execute(insert(passage), rows)


async def load(conn: AsyncConnection, plan_id: int) -> tuple[Passage, ...]:
    """Return a plan's passages in the order of the document; none where it was kept without them."""
    query = select(passage).where(passage.c.plan_id == plan_id).order_by(passage.c.place)
    return tuple(
        Passage(row.place, row.section, row.text, row.fate, row.why) for row in await conn.execute(query)
    )
