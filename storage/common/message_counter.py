"""How many messages went out through each channel in a month, for the quota that its server grants."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import insert
from storage.database.schema import message_count

_ADD = insert(message_count)
_COUNT = _ADD.on_conflict_do_update(
    index_elements=["channel", "month"], set_={"sent": message_count.c.sent + 1}
).returning(message_count.c.sent)


async def count(conn: AsyncConnection, channel: str, day: date) -> int:
    """Count one message of a local day; return how many went out through the channel in its month."""
    values = {"channel": channel, "month": day.replace(day=1), "sent": 1}
    return int((await conn.execute(_COUNT, values)).scalar_one())


async def sent_in_month(conn: AsyncConnection, channel: str, day: date) -> int:
    """Return how many messages went out through a channel in the month of a local day."""
    mine = (message_count.c.channel == channel, message_count.c.month == day.replace(day=1))
    return (await conn.execute(select(message_count.c.sent).where(*mine))).scalar_one_or_none() or 0
