"""Invite codes: single-use, with an end, kept only as a hash; and the wrong ones that were tried."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, false, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Offer
from storage.database.schema import invite, unit, wrong_code


@dataclass(frozen=True, slots=True)
class Invite:
    """What a code offers: a seat in a unit, or the unit's group.

    One that `takes_over` ends the seat of `holder` (a person's id), or of all who hold the same. One that is
    `only_vacant` is good while the unit has neither focal point nor leader.
    """

    id: int
    unit_id: int
    unit: str
    role: Offer
    takes_over: bool = False
    holder: int | None = None
    only_vacant: bool = False


async def add(
    conn: AsyncConnection,
    code_hash: str,
    unit_id: int,
    role: Offer,
    expires_at: datetime,
    *,
    takes_over: bool = False,
    holder: int | None = None,
    only_vacant: bool = False,
) -> None:
    """Keep a new code."""
    values = {"unit_id": unit_id, "role": role, "takes_over": takes_over, "holder_id": holder}
    await conn.execute(
        insert(invite).values(code_hash=code_hash, expires_at=expires_at, only_vacant=only_vacant, **values)
    )


async def revoke(
    conn: AsyncConnection, unit_id: int, role: Offer, holders: Collection[int | None], now: datetime
) -> None:
    """End the unused codes by which a seat was to be taken over from `holders`; None: all of them at once."""
    of_seat = (invite.c.unit_id == unit_id, invite.c.role == role, invite.c.takes_over)
    from_all = invite.c.holder_id.is_(None) if None in holders else false()
    whose = or_(from_all, invite.c.holder_id.in_([holder for holder in holders if holder is not None]))
    waits = (invite.c.used_at.is_(None), invite.c.expires_at > now)
    await conn.execute(update(invite).where(*of_seat, whose, *waits).values(expires_at=now))


async def find(conn: AsyncConnection, code_hash: str, now: datetime) -> Invite | None:
    """Return what a code offers; None where it is unknown, used or too old."""
    result = await conn.execute(
        select(invite, unit.c.name)
        .join(unit, unit.c.id == invite.c.unit_id)
        .where(invite.c.code_hash == code_hash, invite.c.used_at.is_(None), invite.c.expires_at > now)
    )
    row = result.one_or_none()
    if row is None:
        return None
    return Invite(
        row.id, row.unit_id, row.name, row.role, row.takes_over, row.holder_id, only_vacant=row.only_vacant
    )


async def use(conn: AsyncConnection, invite_id: int, person_id: int, now: datetime) -> bool:
    """Use a code up; return False where somebody was quicker."""
    is_open = (invite.c.id == invite_id, invite.c.used_at.is_(None))
    used = await conn.execute(update(invite).where(*is_open).values(used_at=now, used_by=person_id))
    return used.rowcount == 1


async def note_wrong(conn: AsyncConnection, channel: str, chat: str, now: datetime) -> None:
    """Remember that a chat tried a code that there is not."""
    await conn.execute(insert(wrong_code).values(channel=channel, chat=chat, at=now))


async def count_wrong(conn: AsyncConnection, channel: str, chat: str, since: datetime) -> int:
    """Count a chat's wrong codes after `since`."""
    of_chat = (wrong_code.c.channel == channel, wrong_code.c.chat == chat, wrong_code.c.at > since)
    return (await conn.execute(select(func.count()).select_from(wrong_code).where(*of_chat))).scalar_one()


async def wrong_tries(
    conn: AsyncConnection, channel: str, chat: str, since: datetime
) -> tuple[int, datetime | None]:
    """Count a chat's wrong codes after `since`; return with it when the last was tried."""
    of_chat = (wrong_code.c.channel == channel, wrong_code.c.chat == chat, wrong_code.c.at > since)
    row = (await conn.execute(select(func.count(), func.max(wrong_code.c.at)).where(*of_chat))).one()
    return row[0], row[1]


async def forget_wrong(conn: AsyncConnection, before: datetime) -> None:
    """Drop what is too old to count."""
    await conn.execute(delete(wrong_code).where(wrong_code.c.at <= before))
