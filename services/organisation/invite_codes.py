"""Making the codes by which people join: shown once, kept as a hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import GROUP, Offer
from storage.common import audit_log
from storage.organisation import invite_store

LASTS = timedelta(days=14)
_LENGTH = 8


_ALPHABET = "BCGHKLMNPQRSTVXZ23456789"  # no 0, 1: codes are read over the phone, too


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was made; it is shown once, and kept only as a hash."""

    unit: str
    role: Offer
    code: str
    expires: datetime
    link: str | None


def hash_code(code: str) -> str:
    """Return what is kept of a code; case, spaces and hyphens do not count."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def make_letters(count: int) -> str:
    """Return random letters for a code that people type; by chance one of 24 ** `count`, nearly.

    No Vietnamese keyboard makes others of them: without a vowel Telex and VNI set no mark, W alone is ư, DD
    and D9 are đ, and the quick keys turn F, J and doubled consonants into others.
    """
    letters = ""
    while len(letters) < count:
        letter = secrets.choice(_ALPHABET)
        letters += "" if letters.endswith(letter) else letter
    return letters


async def make_code(
    conn: AsyncConnection,
    unit_id: int,
    name: str,
    role: Offer,
    now: datetime,
    *,
    bot: str | None = None,
    lasts: timedelta = LASTS,
    by: int | None = None,
    takes_over: bool = False,
    holder: int | None = None,
    only_vacant: bool = False,
) -> Code:
    """Make a code for a seat in a unit, or for its group, and keep its hash.

    `bot` is the Telegram bot's name, if known; a group's link lets one choose the group. One that
    `takes_over` ends the seat of the person `holder`, or of all who hold the same, and stands for the codes
    that were made for this before. One that is `only_vacant` is good while the unit has nobody. `by` is the
    person who asked for it, None at the command line.
    """
    if takes_over:
        await invite_store.revoke(conn, unit_id, role, [holder], now)
    letters = make_letters(_LENGTH)
    expires = now + lasts
    await invite_store.add(
        conn,
        hash_code(letters),
        unit_id,
        role,
        expires,
        takes_over=takes_over,
        holder=holder,
        only_vacant=only_vacant,
    )
    what = "handover code" if takes_over else "invite"
    await audit_log.note(conn, now, what, f"unit {unit_id}", by, became=role)
    link = f"https://t.me/{bot}?{'startgroup' if role == GROUP else 'start'}={letters}" if bot else None
    return Code(name, role, f"{letters[:4]}-{letters[4:]}", expires, link)
