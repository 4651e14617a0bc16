"""The calls by which systems reported through the API, so that one that comes twice is done once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import api_call


@dataclass(frozen=True, slots=True)
class TakenCall:
    """A call that was taken before: the hash of what it asked, and the progress that it recorded."""

    hash: str
    progress_id: int


async def find(conn: AsyncConnection, token_id: int, key: str) -> TakenCall | None:
    """Return the call of a token under a key; None where there was none."""
    own = (api_call.c.token_id == token_id, api_call.c.key == key)
    row = (await conn.execute(select(api_call).where(*own))).one_or_none()
    return TakenCall(row.hash, row.progress) if row else None


async def keep(conn: AsyncConnection, token_id: int, key: str, call: TakenCall, now: datetime) -> None:
    """Keep a call that was taken."""
    values = {"token_id": token_id, "key": key, "hash": call.hash, "progress": call.progress_id}
    await conn.execute(insert(api_call).values(taken_at=now, **values))
