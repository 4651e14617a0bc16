"""The keys of the web pages: one-time links, and the sessions that they open. Only hashes are kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import fact_store
from storage.database.schema import web_key

LINK_LASTS = timedelta(minutes=10)
SESSION_LASTS = timedelta(hours=8)
IDLE_LASTS = timedelta(minutes=30)
TOUCHED_EVERY = timedelta(minutes=1)
"""How exactly the last use of a session is kept: a page that is only read need not write each time."""

_URL, _PUBLIC = "web_url", "web_public"


@dataclass(frozen=True, slots=True)
class WebSession:
    """An open session: whose it is, and when it was last used (UTC)."""

    person_id: int
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Address:
    """Where the pages are. `public` tells that the operator gave this address for people to follow."""

    url: str
    public: bool


def hash_key(key: str) -> str:
    """Return what is kept of a link's or a session's key, which is random enough to need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


async def offer(conn: AsyncConnection, key: str, person_id: int, now: datetime) -> None:
    """Keep a one-time link; an earlier one of the same person, and whatever has ended, is worth nothing."""
    ended = or_(web_key.c.expires_at <= now, (web_key.c.person_id == person_id) & (web_key.c.kind == "link"))
    await conn.execute(delete(web_key).where(ended))
    await _add(conn, "link", key, person_id, now + LINK_LASTS)


async def exchange(conn: AsyncConnection, link: str, session: str, now: datetime) -> int | None:
    """Use a link up and open a session in its place; return whose it is, None where the link is no good."""
    good = (web_key.c.kind == "link", web_key.c.used_at.is_(None), web_key.c.expires_at > now)
    used = await conn.execute(
        update(web_key)
        .where(web_key.c.hash == hash_key(link), *good)
        .values(used_at=now)
        .returning(web_key.c.person_id)
    )
    person_id: int | None = used.scalar_one_or_none()
    if person_id is not None:
        await _add(conn, "session", session, person_id, now + SESSION_LASTS, used_at=now)
    return person_id


async def find(conn: AsyncConnection, session: str, now: datetime) -> WebSession | None:
    """Return an open session; None where it is unknown, too old, or was left alone for too long."""
    row = (await conn.execute(select(web_key).where(*_session(session)))).one_or_none()
    if row is None or row.used_at is None or row.expires_at <= now or row.used_at + IDLE_LASTS <= now:
        return None
    return WebSession(row.person_id, row.used_at)


async def touch(conn: AsyncConnection, session: str, now: datetime) -> None:
    """Note that a session is in use."""
    await conn.execute(update(web_key).where(*_session(session)).values(used_at=now))


async def move(conn: AsyncConnection, by: timedelta) -> None:
    """Let all sessions and keys last as much longer: a clock was moved by hand, nobody has waited."""
    for row in (await conn.execute(select(web_key))).all():
        used_at = None if row.used_at is None else row.used_at + by
        moved = {"expires_at": row.expires_at + by, "used_at": used_at}
        await conn.execute(update(web_key).where(web_key.c.id == row.id).values(moved))


async def end(conn: AsyncConnection, session: str) -> None:
    """End a session."""
    await conn.execute(delete(web_key).where(*_session(session)))


async def announce(conn: AsyncConnection, address: Address | None) -> None:
    """Let the rest of the program know where the pages are; None: nowhere."""
    await fact_store.set_fact(conn, _URL, address.url if address else "")
    await fact_store.set_fact(conn, _PUBLIC, "yes" if address and address.public else "")


async def address(conn: AsyncConnection) -> Address | None:
    """Return where the pages are; None where there are none."""
    url = await fact_store.get_fact(conn, _URL)
    return Address(url, bool(await fact_store.get_fact(conn, _PUBLIC))) if url else None


def _session(key: str) -> tuple[ColumnElement[bool], ...]:
    return web_key.c.hash == hash_key(key), web_key.c.kind == "session"


async def _add(
    conn: AsyncConnection,
    kind: str,
    key: str,
    person_id: int,
    expires_at: datetime,
    used_at: datetime | None = None,
) -> None:
    values = {"hash": hash_key(key), "kind": kind, "person_id": person_id, "expires_at": expires_at}
    await conn.execute(insert(web_key).values(**values, used_at=used_at))
