"""Invite codes: single-use, with an end, kept only as a hash; and the wrong ones that were tried."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import Offer
from storage.schema import invite, unit, wrong_code

_TAKES_OVER = "!"
"""Ends the role in the table where the code hands a seat over."""


@dataclass(frozen=True, slots=True)
class Invite:
    """What a code offers: a seat in a unit (its holders' own where it `takes_over`), or the unit's group."""

    id: int
    unit_id: int
    unit: str
    role: Offer
    takes_over: bool = False


async def add(
    work: AsyncConnection,
    code_hash: str,
    unit_id: int,
    role: Offer,
    expires_at: datetime,
    *,
    takes_over: bool = False,
) -> None:
    """Keep a new code."""
    kept = f"{role}{_TAKES_OVER}" if takes_over else role
    await work.execute(
        insert(invite).values(code_hash=code_hash, unit_id=unit_id, role=kept, expires_at=expires_at)
    )


async def find(work: AsyncConnection, code_hash: str, now: datetime) -> Invite | None:
    """Return what a code offers; None where it is unknown, used or too old."""
    found = await work.execute(
        select(invite.c.id, invite.c.unit_id, unit.c.name, invite.c.role)
        .join(unit, unit.c.id == invite.c.unit_id)
        .where(invite.c.code_hash == code_hash, invite.c.used_at.is_(None), invite.c.expires_at > now)
    )
    row = found.one_or_none()
    if row is None:
        return None
    role = row.role.removesuffix(_TAKES_OVER)
    return Invite(row.id, row.unit_id, row.name, role, takes_over=role != row.role)


async def use(work: AsyncConnection, invite_id: int, person_id: int, now: datetime) -> bool:
    """Use a code up; return False where somebody was quicker."""
    mine = (invite.c.id == invite_id, invite.c.used_at.is_(None))
    used = await work.execute(update(invite).where(*mine).values(used_at=now, used_by=person_id))
    return used.rowcount == 1


async def note_wrong(work: AsyncConnection, channel: str, chat: str, now: datetime) -> None:
    """Remember that a chat tried a code that there is not."""
    await work.execute(insert(wrong_code).values(channel=channel, chat=chat, at=now))


async def count_wrong(work: AsyncConnection, channel: str, chat: str, since: datetime) -> int:
    """Count a chat's wrong codes after `since`."""
    mine = (wrong_code.c.channel == channel, wrong_code.c.chat == chat, wrong_code.c.at > since)
    return (await work.execute(select(func.count()).select_from(wrong_code).where(*mine))).scalar_one()


async def forget_wrong(work: AsyncConnection, before: datetime) -> None:
    """Drop what is too old to count."""
    await work.execute(delete(wrong_code).where(wrong_code.c.at <= before))
