"""The group chats of units: which unit a group is of, wherever the group moves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import insert
from storage.database.schema import dialog, room, unit


@dataclass(frozen=True, slots=True)
class Room:
    """A group chat and the unit that it is of; `menu` marks the commands that it shows, "" if not known."""

    unit_id: int
    unit: str
    menu: str = ""


async def find(conn: AsyncConnection, channel: str, chat: str) -> Room | None:
    """Return whose a group is; None where it is bound to no unit."""
    result = await conn.execute(
        select(room.c.unit_id, unit.c.name, room.c.menu)
        .join(unit, unit.c.id == room.c.unit_id)
        .where(room.c.channel == channel, room.c.chat == chat)
    )
    row = result.one_or_none()
    return Room(row.unit_id, row.name, row.menu or "") if row else None


async def bind(
    conn: AsyncConnection, channel: str, chat: str, unit_id: int, person_id: int, now: datetime
) -> None:
    """Bind a group to a unit; one that was another's is no longer."""
    values = {"unit_id": unit_id, "bound_by": person_id, "since": now}
    await conn.execute(
        insert(room)
        .values(channel=channel, chat=chat, **values)
        .on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
    )


async def show(conn: AsyncConnection, channel: str, chat: str, menu: str) -> None:
    """Note the mark of the menu that a group is given."""
    is_this = (room.c.channel == channel, room.c.chat == chat)
    await conn.execute(update(room).where(*is_this).values(menu=menu))


async def unbind(conn: AsyncConnection, channel: str, chat: str) -> int | None:
    """Forget a group and what it was shown; return the id of the unit whose it was, if it was one's."""
    deleted = await conn.execute(
        delete(room).where(room.c.channel == channel, room.c.chat == chat).returning(room.c.unit_id)
    )
    unit_id = deleted.scalar_one_or_none()
    if unit_id is not None:
        await conn.execute(delete(dialog).where(dialog.c.channel == channel, dialog.c.chat == chat))
    return unit_id


async def move(conn: AsyncConnection, channel: str, chat: str, to: str) -> None:
    """Follow a group to its new id, with what it was shown; what stood under that id gives way.

    A menu is not shown there yet.
    """
    if await find(conn, channel, chat) is None:
        return
    for table in (room, dialog):
        await conn.execute(delete(table).where(table.c.channel == channel, table.c.chat == to))
        is_this = (table.c.channel == channel, table.c.chat == chat)
        await conn.execute(update(table).where(*is_this).values(chat=to))
    await conn.execute(update(room).where(room.c.channel == channel, room.c.chat == to).values(menu=None))
