"""Making invite codes."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.people import GROUP, Offer
from handlers.start import hash_code
from storage import audit, invites

LASTS = timedelta(days=14)
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I, O, 0, 1: codes are read over the phone


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was made; it is shown once, and kept only as a hash."""

    unit: str
    role: Offer
    code: str
    expires: datetime
    link: str | None


async def make_code(
    work: AsyncConnection,
    unit_id: int,
    name: str,
    role: Offer,
    now: datetime,
    *,
    bot: str | None = None,
    lasts: timedelta = LASTS,
    by: int | None = None,
    takes_over: bool = False,
) -> Code:
    """Make a code for a seat in a unit, or for its group, and keep its hash.

    `bot` is the Telegram bot's name, if known; a group's link lets one choose the group.
    One that `takes_over` ends the seats of those who hold the same.

    `by` is the person who asked for it, None at the command line.
    """
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    expires = now + lasts
    await invites.add(work, hash_code(letters), unit_id, role, expires, takes_over=takes_over)
    await audit.note(
        work, now, "handover code" if takes_over else "invite", f"unit {unit_id}", by, became=role
    )
    link = f"https://t.me/{bot}?{'startgroup' if role == GROUP else 'start'}={letters}" if bot else None
    return Code(name, role, f"{letters[:4]}-{letters[4:]}", expires, link)
