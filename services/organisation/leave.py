"""Give up all seats; the work and what was said of it stay with the unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from domain.organisation.people import Person, Seat
from storage.common import audit_log, outbox
from storage.organisation import people_store, unit_store


@dataclass(frozen=True, slots=True)
class Left:
    """Seats have ended. Nobody holds those of `vacant` now; the coordinators are told of each."""

    seats: tuple[Seat, ...]
    vacant: tuple[Seat, ...]


async def leave_seats(conn: AsyncConnection, *, by: Person, now: datetime, today: date) -> Left:
    """End all seats of `by`, and tell the coordinators of the units that have nobody in that role now.

    `today` is local. Needs a writing transaction. However a person goes, by leaving, withdrawing their
    consent or being erased, it is this.
    """
    seats = tuple(seat for seat in by.seats if not seat.inherited)
    await people_store.unseat(conn, by.id, now)
    vacant = []
    for seat in seats:
        await audit_log.note(conn, now, "leave", f"unit {seat.unit_id}", by.id, was=seat.role)
        if not await people_store.holders(conn, [seat.unit_id], [seat.role], today):
            vacant.append(seat)
            await _tell_vacant(conn, seat, by, today)
    return Left(seats, tuple(vacant))


async def _tell_vacant(conn: AsyncConnection, seat: Seat, by: Person, today: date) -> None:
    ended = [each.unit_id for each in by.seats if each.inherited]
    event = Event("seat_vacant", by.id, unit_id=seat.unit_id, role=seat.role)
    topic = f"vacant:{seat.unit_id}:{seat.role}:{by.id}"
    await tell_coordinators(conn, [seat.unit_id, *ended], today, topic, event)


async def tell_coordinators(
    conn: AsyncConnection, units: Iterable[int], today: date, topic: str, event: Event
) -> None:
    """Tell who coordinates a plan or a request in which units have a part, but for the one it is about."""
    coordinating = await unit_store.coordinating(conn, units)
    held = await people_store.holders(conn, coordinating, ["coordinator"], today)
    people = dict.fromkeys(person_id for person_id, _ in held if person_id != event.person_id)
    lost = event.person_id if event.kind == "unreachable" else None
    about = outbox.References(lost_person_id=lost)
    await outbox.put_notice(conn, people, today, topic, event, about)
