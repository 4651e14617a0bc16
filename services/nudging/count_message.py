"""Count a message against the quota of its channel, and warn those who compile before it is used up."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.nudging.quota import END, SPARING
from domain.organisation.event import Event
from storage.common import message_counter, outbox
from storage.nudging import digest_store

WARNED_AT = (SPARING, END, 100)
"""Percent of the quota."""


async def count_message(conn: AsyncConnection, channel: str, quota: int, today: date) -> None:
    """Count one message; where the quota's 70, 90 or 100 percent are reached by it, tell the coordinators.

    `quota` is what the server takes in a month, `today` is local. Needs a writing transaction.
    """
    sent = await message_counter.count(conn, channel, today)
    reached = next((percent for percent in WARNED_AT if sent == -(-quota * percent // 100)), None)
    if reached is None:
        return
    for person_id in await digest_store.coordinators(conn, today):
        event = Event("quota", person_id, channel=channel, percent=reached)
        await outbox.put_notice(conn, [person_id], today, f"quota:{channel}:{reached}", event)
