"""Handing a seat over: the new holder stands in it, the old ones are asked no more, their words stay."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Role
from storage.schema import membership, nudge


async def hand_over(
    work: AsyncConnection, unit_id: int, role: Role, to: int, now: datetime
) -> tuple[int, ...]:
    """End a seat of all who hold it but `to`; return who they are.

    What waits in the outbox for one who has no seat left is dropped.
    """
    others = (membership.c.unit_id == unit_id, membership.c.role == role, membership.c.person_id != to)
    ended = await work.execute(
        update(membership)
        .where(*others, membership.c.until.is_(None))
        .values(until=now)
        .returning(membership.c.person_id)
    )
    old = tuple(sorted(ended.scalars()))
    seated = select(membership.c.person_id).where(membership.c.until.is_(None))
    waits = (nudge.c.person_id.in_(old), nudge.c.person_id.not_in(seated), nudge.c.state == "pending")
    await work.execute(update(nudge).where(*waits).values(state="dropped", why="handover", words=None))
    return old
