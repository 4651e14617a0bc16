"""How much was received and sent within some time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import incoming, outgoing


@dataclass(frozen=True, slots=True)
class Traffic:
    """Messages received from people; nudges and notices that went out."""

    received: int
    sent: int


async def count(conn: AsyncConnection, since: datetime, until: datetime) -> Traffic:
    """Count what came and went from `since` on, before `until`."""
    came = (incoming.c.received_at >= since, incoming.c.received_at < until)
    went = (outgoing.c.sent_at >= since, outgoing.c.sent_at < until)
    received = (await conn.execute(select(func.count()).select_from(incoming).where(*came))).scalar_one()
    sent = (await conn.execute(select(func.count()).select_from(outgoing).where(*went))).scalar_one()
    return Traffic(received, sent)
