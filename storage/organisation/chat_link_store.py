"""Codes by which somebody lets a second chat be theirs: good once, for some minutes, kept as hashes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import web_key

LASTS = timedelta(minutes=15)
_KIND = "chat"


async def offer(conn: AsyncConnection, code_hash: str, person_id: int, now: datetime) -> None:
    """Keep the hash of a code of a person's; an earlier one of theirs is worth nothing any more."""
    await conn.execute(delete(web_key).where(web_key.c.person_id == person_id, web_key.c.kind == _KIND))
    values = {"hash": code_hash, "kind": _KIND, "person_id": person_id, "expires_at": now + LASTS}
    await conn.execute(insert(web_key).values(values))


async def use(conn: AsyncConnection, code_hash: str, now: datetime) -> int | None:
    """Use a code up; return whose it is, None where it is worth nothing."""
    mine = (web_key.c.hash == code_hash, web_key.c.kind == _KIND)
    good = select(web_key.c.person_id).where(*mine, web_key.c.expires_at > now)
    person_id: int | None = (await conn.execute(good)).scalar_one_or_none()
    await conn.execute(delete(web_key).where(*mine))
    return person_id
