"""Links in the place of files and buttons: what goes out, what comes in. Of keys only hashes are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import handout
from storage.organisation.web_session_store import hash_key

OUT_LASTS = timedelta(days=14)
"""A report is fetched by then, or asked for anew."""
FORM_LASTS = timedelta(days=1)
IN_LASTS = timedelta(days=1)
"""A file that has come in is handled within seconds; a day leaves room for a stopped machine."""


@dataclass(frozen=True, slots=True)
class Handout:
    """A link's file, or a form: whose chat it is for, and where its bytes lie ("" for a form)."""

    channel: str
    chat: str
    name: str
    sha256: str


async def add_out(
    conn: AsyncConnection, key: str, channel: str, chat: str, name: str, sha256: str, now: datetime
) -> None:
    """Keep a file that goes out under a link."""
    await _add(conn, "out", key, Handout(channel, chat, name, sha256), now + OUT_LASTS)


async def add_in(
    conn: AsyncConnection, key: str, channel: str, chat: str, name: str, sha256: str, now: datetime
) -> None:
    """Keep a file that came in by a form until it is handled."""
    await _add(conn, "in", key, Handout(channel, chat, name, sha256), now + IN_LASTS)


async def add_form(conn: AsyncConnection, key: str, channel: str, chat: str, now: datetime) -> None:
    """Keep a form by which files come into a chat."""
    await _add(conn, "form", key, Handout(channel, chat, "", ""), now + FORM_LASTS)


@dataclass(frozen=True, slots=True)
class LetterButton:
    """A button of a letter: whose chat it is in, what stands on it, what it sends under which update id."""

    channel: str
    chat: str
    label: str
    data: str
    update_id: str


async def add_button(
    conn: AsyncConnection, key: str, channel: str, chat: str, label: str, data: str, now: datetime
) -> None:
    """Keep what a button of a letter does."""
    await _add(conn, "act", key, Handout(channel, chat, label, ""), now + OUT_LASTS, data)


async def find_button(conn: AsyncConnection, key: str, now: datetime) -> LetterButton | None:
    """Return the button behind a key; None where it was pressed already, or is no more."""
    good = (handout.c.hash == hash_key(key), handout.c.kind == "act", handout.c.expires_at > now)
    row = (await conn.execute(select(handout).where(*good))).one_or_none()
    if row is None:
        return None
    return LetterButton(row.channel, row.chat, row.name, row.press or "", f"press-{row.hash[:32]}")


async def use_button(conn: AsyncConnection, key: str) -> None:
    """Let a button be pressed no more."""
    await conn.execute(delete(handout).where(handout.c.hash == hash_key(key), handout.c.kind == "act"))


async def find(conn: AsyncConnection, kind: str, key: str, now: datetime) -> Handout | None:
    """Return what is behind a key of a kind, "out", "in" or "form"; None where there is nothing any more."""
    good = (handout.c.hash == hash_key(key), handout.c.kind == kind, handout.c.expires_at > now)
    row = (await conn.execute(select(handout).where(*good))).one_or_none()
    return Handout(row.channel, row.chat, row.name, row.sha256) if row else None


async def hashes(conn: AsyncConnection) -> frozenset[str]:
    """Return the hashes of the files that links need."""
    return frozenset((await conn.execute(select(handout.c.sha256).where(handout.c.sha256 != ""))).scalars())


async def forget(conn: AsyncConnection, now: datetime) -> None:
    """Drop the links that have ended."""
    await conn.execute(delete(handout).where(handout.c.expires_at <= now))


async def _add(
    conn: AsyncConnection,
    kind: str,
    key: str,
    behind: Handout,
    expires_at: datetime,
    press: str | None = None,
) -> None:
    values = {
        "hash": hash_key(key),
        "kind": kind,
        "channel": behind.channel,
        "chat": behind.chat,
        "name": behind.name,
        "sha256": behind.sha256,
        "expires_at": expires_at,
        "press": press,
    }
    await conn.execute(insert(handout).values(values))
