"""What people's own pages show of the talk, and the files in it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import page_file, page_message


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of a talk: the key to fetch it, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PageMessage:
    """A message of a talk. `text` is escaped markup; `choices` are rows of (label, data); `at` is UTC.

    `theirs`: the person said it, or pressed what it says.
    """

    id: int
    at: datetime
    theirs: bool
    text: str
    choices: tuple[tuple[tuple[str, str], ...], ...] = ()
    files: tuple[PageFile, ...] = ()


async def add(
    conn: AsyncConnection,
    chat: str,
    at: datetime,
    text: str,
    *,
    theirs: bool,
    choices: Sequence[Sequence[tuple[str, str]]] = (),
    files: Sequence[PageFile] = (),
) -> int:
    """Keep a message; return its id."""
    values = {
        "chat": chat,
        "at": at,
        "theirs": theirs,
        "text": text,
        "choices": json.dumps(choices, ensure_ascii=False),
        "files": json.dumps([(file.key, file.name) for file in files], ensure_ascii=False),
    }
    added = await conn.execute(insert(page_message).values(values).returning(page_message.c.id))
    return int(added.scalar_one())


async def replace(conn: AsyncConnection, chat: str, id_: int, text: str) -> None:
    """Put another text in the place of a message of ours."""
    mine = (page_message.c.id == id_) & (page_message.c.chat == chat) & page_message.c.theirs.is_(False)
    await conn.execute(update(page_message).where(mine).values(text=text))


async def newest(conn: AsyncConnection, chat: str, limit: int) -> tuple[PageMessage, ...]:
    """Return the last messages of a talk, at most `limit`, in the order in which they were said."""
    found = await conn.execute(
        select(page_message)
        .where(page_message.c.chat == chat)
        .order_by(page_message.c.id.desc())
        .limit(limit)
    )
    return tuple(
        PageMessage(
            row.id,
            row.at,
            row.theirs,
            row.text,
            tuple(tuple((label, data) for label, data in line) for line in json.loads(row.choices)),
            tuple(PageFile(key, name) for key, name in json.loads(row.files)),
        )
        for row in reversed(found.all())
    )


async def is_answered(conn: AsyncConnection, chat: str, id_: int) -> bool:
    """Whether a talk has a message of ours behind one of theirs."""
    ours = (page_message.c.chat == chat, page_message.c.id > id_, page_message.c.theirs.is_(False))
    return (await conn.execute(select(page_message.c.id).where(*ours).limit(1))).first() is not None


async def keep_file(conn: AsyncConnection, chat: str, name: str, data: bytes, at: datetime) -> PageFile:
    """Keep a file of a talk."""
    file = PageFile(secrets.token_urlsafe(16), name)
    await conn.execute(insert(page_file).values(key=file.key, chat=chat, at=at, name=name, data=data))
    return file


async def file_data(conn: AsyncConnection, key: str, chat: str | None = None) -> tuple[str, bytes] | None:
    """Return the name and the bytes of a file, of one talk alone where `chat` is given; None without one."""
    mine = () if chat is None else (page_file.c.chat == chat,)
    found = await conn.execute(
        select(page_file.c.name, page_file.c.data).where(page_file.c.key == key, *mine)
    )
    row = found.one_or_none()
    return None if row is None else (row.name, row.data)


async def forget(conn: AsyncConnection, before: datetime) -> None:
    """Drop what was said, and the files that were sent, before a moment."""
    for table in (page_message, page_file):
        await conn.execute(delete(table).where(table.c.at < before))
