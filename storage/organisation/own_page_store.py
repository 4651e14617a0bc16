"""The keys of people's own pages: the link that a channel sends, and the sessions that it opens.

A page is a chat of the channel "page". Of keys only hashes are kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common.reach import OWN_PAGE
from storage.database.schema import account, page_key
from storage.organisation.web_session_store import hash_key

LASTS = timedelta(days=14)
"""How long a link is good for, and what it opened; a new link ends both."""


@dataclass(frozen=True, slots=True)
class OwnPageSession:
    """An open session: the page's chat, and what a newcomer said they are called, "" for all others."""

    chat: str
    name: str


async def chat_of(conn: AsyncConnection, person_id: int) -> str:
    """Return the chat of a person's own page; it is made where there is none yet."""
    mine = (account.c.person_id == person_id, account.c.channel == OWN_PAGE)
    chat = (await conn.execute(select(account.c.chat).where(*mine))).scalars().first()
    if chat is None:
        chat = new_chat()
        await conn.execute(insert(account).values(person_id=person_id, channel=OWN_PAGE, chat=chat))
    return str(chat)


def new_chat() -> str:
    """Return the id of a page that is nobody's yet."""
    return secrets.token_urlsafe(12)


async def offer(conn: AsyncConnection, chat: str, link: str, now: datetime) -> datetime:
    """Keep the link to a page, and end the earlier one with all that it opened; return when it ends (UTC)."""
    await revoke(conn, chat)
    await conn.execute(delete(page_key).where(page_key.c.expires_at <= now))
    await _add(conn, "link", link, chat, now + LASTS)
    return now + LASTS


async def enter(conn: AsyncConnection, link: str, session: str, now: datetime) -> str | None:
    """Open a session by a link; return the page's chat, None where the link is no good."""
    found = await conn.execute(
        select(page_key.c.chat, page_key.c.expires_at).where(
            page_key.c.hash == hash_key(link), page_key.c.kind == "link", page_key.c.expires_at > now
        )
    )
    row = found.one_or_none()
    if row is None:
        return None
    await _add(conn, "session", session, row.chat, row.expires_at)
    return str(row.chat)


async def open_session(conn: AsyncConnection, chat: str, name: str, session: str, now: datetime) -> None:
    """Open a session without a link: for somebody who comes with an invite code and says their name."""
    await _add(conn, "session", session, chat, now + LASTS, name)


async def find(conn: AsyncConnection, session: str, now: datetime) -> OwnPageSession | None:
    """Return an open session; None where there is none."""
    found = await conn.execute(
        select(page_key.c.chat, page_key.c.name).where(
            page_key.c.hash == hash_key(session), page_key.c.kind == "session", page_key.c.expires_at > now
        )
    )
    row = found.one_or_none()
    return None if row is None else OwnPageSession(row.chat, row.name)


async def is_somebodys(conn: AsyncConnection, chat: str) -> bool:
    """Whether a page belongs to a person, or to a newcomer who holds a session."""
    of_person = select(account.c.id).where(account.c.channel == OWN_PAGE, account.c.chat == chat)
    held = select(page_key.c.id).where(page_key.c.chat == chat)
    return bool((await conn.execute(select(or_(of_person.exists(), held.exists())))).scalar_one())


async def revoke(conn: AsyncConnection, chat: str) -> bool:
    """End the link to a page and all that it opened; return whether there was anything to end."""
    return (await conn.execute(delete(page_key).where(page_key.c.chat == chat))).rowcount > 0


async def _add(
    conn: AsyncConnection, kind: str, key: str, chat: str, expires_at: datetime, name: str = ""
) -> None:
    values = {"hash": hash_key(key), "kind": kind, "chat": chat, "expires_at": expires_at}
    await conn.execute(insert(page_key).values(**values, name=name))
