"""What a restored database must not take up where its backup left it: things went on in the lost time."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import go_on_above, highest_id
from storage.database.schema import dialog, membership, metadata, outgoing

SKIPPED = 1_000_000
"""More ids than a table gives between a backup and its restore."""


async def skip_ids(conn: AsyncConnection) -> None:
    """Let no id be given that was given in the lost time: a button on somebody's phone may name it.

    The audit is left out: its lines are chained by their ids.
    """
    for table in metadata.sorted_tables:
        if table.name != "audit":
            await go_on_above(conn, table.name, await highest_id(conn, table.name) + SKIPPED)


async def end_waiting_notices(conn: AsyncConnection) -> int:
    """Send no notice that waited in the backup: whether it went out since, nobody knows. Return how many.

    What is worded when it leaves, by what is true then, goes on waiting.
    """
    waits = (outgoing.c.kind == "notice", outgoing.c.state.in_(("pending", "claimed")))
    count = (await conn.execute(select(func.count()).select_from(outgoing).where(*waits))).scalar_one()
    ended = {"state": "unsure", "why": "restored", "repeated": True, "lease_until": None}
    await conn.execute(update(outgoing).where(*waits).values(ended))
    return count


async def close_questions(conn: AsyncConnection) -> None:
    """Let no line be taken as the answer to a question, or as a label, that a chat has left behind."""
    await conn.execute(update(dialog).values(topic=None, about=None, choices=None, expires_at=None))


async def put_off_endings(conn: AsyncConnection, until: datetime) -> None:
    """Let no seat end before a moment: its holder may have objected in the lost time."""
    ending = (membership.c.until.is_(None), membership.c.ends_at < until)
    await conn.execute(update(membership).where(*ending).values(ends_at=until))
