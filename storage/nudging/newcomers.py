"""Focal points who have joined since the last rung, and have not heard yet what is open."""

from collections import defaultdict
from datetime import date, datetime, tzinfo

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import membership, outgoing


async def unheard(conn: AsyncConnection, since: datetime, today: date, zone: tzinfo) -> list[int]:
    """Return who became a focal point after `since`, had no message after that, and none today."""
    rows = await conn.execute(
        select(membership.c.person_id, membership.c.since).where(
            membership.c.role == "focal", membership.c.until.is_(None), membership.c.since >= since
        )
    )
    joined = {row.person_id: row.since for row in rows.all()}
    first = since.astimezone(zone).date()
    heard: defaultdict[int, list[Row[tuple[object, ...]]]] = defaultdict(list)
    daily = (
        outgoing.c.person_id.in_(list(joined)),
        outgoing.c.kind == "daily",
        outgoing.c.day >= first,
    )
    for row in await conn.execute(select(outgoing).where(*daily)):
        heard[row.person_id].append(row)
    return [
        person_id
        for person_id, at in joined.items()
        if not any(
            row.day == today or row.day > at.astimezone(zone).date() or (row.sent_at and row.sent_at > at)
            for row in heard[person_id]
        )
    ]
