"""Give a person the secret address of their calendar of deadlines, and take it back."""

import secrets
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from storage.common import audit_log
from storage.organisation import calendar_key_store


async def offer_calendar(conn: AsyncConnection, *, by: Person, now: datetime) -> str:
    """Make a new address for the calendar of `by`, and return its key; the earlier one ends.

    Needs a writing transaction.
    """
    key = secrets.token_urlsafe(16)
    await calendar_key_store.renew(conn, by.id, key, now)
    await audit_log.note(conn, now, "calendar_key", f"person {by.id}", by.id)
    return key


async def end_calendar(conn: AsyncConnection, *, by: Person, now: datetime) -> bool:
    """End the address of the calendar of `by`; return False where there was none.

    Needs a writing transaction.
    """
    ended = await calendar_key_store.end(conn, by.id)
    if ended:
        await audit_log.note(conn, now, "calendar_end", f"person {by.id}", by.id)
    return ended
