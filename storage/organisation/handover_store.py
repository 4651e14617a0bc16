"""Handing a seat over: the new holder stands in it, the old ones are asked no more, their words stay."""

from datetime import datetime

from sqlalchemy import select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Role
from storage.database.schema import membership, outgoing
from storage.organisation import invite_store


async def hand_over(
    conn: AsyncConnection, unit_id: int, role: Role, to: int, now: datetime, *, holder: int | None = None
) -> tuple[int, ...]:
    """End a seat of `holder`, or of all who hold it where none is named, but `to`; return who they are.

    What waits in the outbox for one who has no seat left is dropped, and so are the codes by which the seat
    was to go to somebody else: who had one kept could come back by it.
    """
    mine = (membership.c.unit_id == unit_id, membership.c.role == role, membership.c.until.is_(None))
    whose = true() if holder is None else membership.c.person_id == holder
    ended = await conn.execute(
        update(membership)
        .where(*mine, whose, membership.c.person_id != to)
        .values(until=now)
        .returning(membership.c.person_id)
    )
    old = tuple(sorted(ended.scalars()))
    await invite_store.revoke(conn, unit_id, role, (None, *old), now)
    seated = select(membership.c.person_id).where(membership.c.until.is_(None))
    waits = (
        outgoing.c.person_id.in_(old),
        outgoing.c.person_id.not_in(seated),
        outgoing.c.state == "pending",
    )
    await conn.execute(update(outgoing).where(*waits).values(state="dropped", why="handover", words=None))
    return old
