"""Messages of people without a seat: no line of the audit each, but one an hour that counts them."""

import json
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import audit_log, fact_store

_FACT = "strangers"


async def count(conn: AsyncConnection, now: datetime, messages: int = 1) -> None:
    """Count messages that were turned away or left unanswered. Needs a writing transaction.

    The audit gets the count of an hour (UTC) with the first message of a later one.
    """
    hour = now.astimezone(UTC).strftime("%Y-%m-%dT%HZ")
    counted = json.loads(await fact_store.get_fact(conn, _FACT) or "{}")
    if counted and counted["hour"] != hour:
        await audit_log.note(conn, now, "strangers", f"{counted['hour']}: {counted['count']} messages")
        counted = {}
    total = counted.get("count", 0) + messages
    await fact_store.set_fact(conn, _FACT, json.dumps({"hour": hour, "count": total}))
