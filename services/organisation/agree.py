"""Agree to the notice of what is kept (Luật 91/2025/QH15): nobody is stored before that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.organisation.join import open_offer
from storage.common import audit_log
from storage.organisation import people_store


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whoever writes from a chat that nobody is known by yet, and the language they are spoken to in."""

    channel: str
    chat: str
    name: str
    language: str


async def agree(
    conn: AsyncConnection,
    code_hash: str,
    notice: str,
    *,
    by: Person | Newcomer,
    now: datetime,
    today: date,
) -> int | Refused[Literal["wrong_code"]]:
    """Store a newcomer who has agreed to the notice of version `notice`, or note that `by` agrees anew.

    Return the person's id. Needs a writing transaction. Refused: the code that they were shown the notice for
    is worth nothing any more; then nobody is stored.
    """
    if await open_offer(conn, code_hash, now, today) is None:
        return Refused("wrong_code")
    if isinstance(by, Person):
        person_id = by.id
        await people_store.agree(conn, person_id, notice, now)
    else:
        person_id = await people_store.add(conn, by.channel, by.chat, by.name, by.language, notice, now)
    await audit_log.note(conn, now, "consent", f"notice {notice}", person_id)
    return person_id
