"""Take back one's consent (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.organisation.leave import Left, leave_seats
from storage.common import audit_log
from storage.organisation import privacy_store


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Nothing more is sent to the person; what is held stays until its day, or until it is erased."""

    left: Left


async def withdraw_consent(conn: AsyncConnection, *, by: Person, now: datetime, today: date) -> Withdrawn:
    """End the seats of `by` and send them nothing more; `today` is local. Needs a writing transaction."""
    left = await leave_seats(conn, by=by, now=now, today=today)
    await privacy_store.withdraw(conn, by.id)
    await audit_log.note(conn, now, "withdraw", f"person {by.id}", by.id)
    return Withdrawn(left)
