"""Erase a person; the unit's record of work stays without them (Luật 91/2025/QH15, Nghị định
356/2025/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.organisation.leave import Left, leave_seats
from storage.common import audit_log
from storage.organisation import privacy_store


@dataclass(frozen=True, slots=True)
class Erased:
    """The person is known by number alone."""

    left: Left


async def erase_person(conn: AsyncConnection, *, by: Person, now: datetime, today: date) -> Erased:
    """End the seats of `by` and blank all that names them; `today` is local.

    Needs a writing transaction. Afterwards the caller empties the database's log (`Database.forget_frames`).
    """
    left = await leave_seats(conn, by=by, now=now, today=today)
    await privacy_store.erase(conn, by.id, now)
    await audit_log.note(conn, now, "erase", f"person {by.id}", by.id)
    return Erased(left)
