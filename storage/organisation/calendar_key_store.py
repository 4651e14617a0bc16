"""The secret addresses of people's calendars; only hashes are kept."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import calendar_key, person
from storage.organisation.web_session_store import hash_key


async def renew(conn: AsyncConnection, person_id: int, key: str, now: datetime) -> None:
    """Keep the address of a person's calendar; the earlier one shows nothing any more."""
    await end(conn, person_id)
    await conn.execute(insert(calendar_key).values(hash=hash_key(key), person_id=person_id, made_at=now))


async def end(conn: AsyncConnection, person_id: int) -> bool:
    """End the address of a person's calendar; return whether there was one."""
    return (
        await conn.execute(delete(calendar_key).where(calendar_key.c.person_id == person_id))
    ).rowcount > 0


async def owner(conn: AsyncConnection, key: str) -> int | None:
    """Return whose calendar an address is; None where it is nobody's, or they have withdrawn."""
    found = await conn.execute(
        select(calendar_key.c.person_id)
        .join(person, person.c.id == calendar_key.c.person_id)
        .where(calendar_key.c.hash == hash_key(key), person.c.consented_at.is_not(None))
    )
    return found.scalar_one_or_none()
