"""Take a seat away from a colleague who has left, by the unit's own people; a day is left to object."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from domain.organisation.people import ROLES, Person
from services.common.results import Refused
from services.organisation.join import OBJECTION
from storage.common import audit_log, outbox
from storage.organisation import people_store, seat_store
from storage.organisation.seat_store import HeldSeat


@dataclass(frozen=True, slots=True)
class SeatEnding:
    """The seat ends at `ends_at`, unless somebody of the unit objects; all of them are told."""

    seat: HeldSeat
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SeatStays:
    """Somebody of the unit objected: the seat goes on."""

    seat: HeldSeat


async def removable_seats(conn: AsyncConnection, by: Person) -> tuple[HeldSeat, ...]:
    """Return the seats that `by` may take away: in a unit of theirs those of the same role as theirs, and to
    a leader those of its focal points. That somebody compiles a plan gives no authority over other units.
    """
    own = {(seat.unit_id, seat.role) for seat in by.seats if not seat.inherited}
    own |= {(unit_id, "focal") for unit_id, role in own if role == "leader"}
    seats = await seat_store.of_units(conn, {unit_id for unit_id, _ in own})
    return tuple(
        seat
        for seat in seats
        if (seat.unit_id, seat.role) in own and seat.person_id != by.id and seat.ends_at is None
    )


async def remove_seat(
    conn: AsyncConnection, membership_id: int, *, by: Person, now: datetime, today: date
) -> SeatEnding | Refused[Literal["not_yours", "gone"]]:
    """Let a seat end after a day in which everybody of the unit, its holder too, may object.

    Needs a writing transaction. Refused: `by` has no authority over it ("not_yours"); nobody holds it, or it
    ends already ("gone").
    """
    seat = await seat_store.get(conn, membership_id)
    if seat is None or seat.ends_at is not None:
        return Refused("gone")
    if seat not in await removable_seats(conn, by):
        return Refused("not_yours")
    ends_at = now + OBJECTION
    await seat_store.end_later(conn, seat.id, ends_at)
    await audit_log.note(conn, now, "seat ends", f"unit {seat.unit_id}", by.id, was=str(seat.person_id))
    event = Event("seat_ends", seat.person_id, seat.unit_id, seat.role, seat.id, ends_at=ends_at)
    await _tell(conn, seat, event, f"ends:{seat.id}", by, today)
    return SeatEnding(seat, ends_at)


async def object_to_removal(
    conn: AsyncConnection, membership_id: int, *, by: Person, now: datetime, today: date
) -> SeatStays | Refused[Literal["not_yours", "gone"]]:
    """Let a seat that was to end go on. Needs a writing transaction.

    Refused: `by` holds no seat of their own in the unit ("not_yours"); it has ended or was kept ("gone").
    """
    seat = await seat_store.get(conn, membership_id)
    if seat is None or seat.heir_id is not None or seat.ends_at is None or seat.ends_at <= now:
        return Refused("gone")
    if seat.unit_id not in {own.unit_id for own in by.seats if not own.inherited}:
        return Refused("not_yours")
    await seat_store.keep(conn, seat.id)
    await audit_log.note(conn, now, "seat stays", f"unit {seat.unit_id}", by.id, was=str(seat.person_id))
    event = Event("seat_stays", seat.person_id, seat.unit_id, seat.role, seat.id)
    await _tell(conn, seat, event, f"stays:{seat.id}", by, today)
    return SeatStays(seat)


async def _tell(
    conn: AsyncConnection, seat: HeldSeat, event: Event, topic: str, by: Person, today: date
) -> None:
    """Tell everybody with a seat in the unit, but who did it."""
    held = await people_store.holders(conn, [seat.unit_id], ROLES, today)
    people = dict.fromkeys(person_id for person_id, _ in held if person_id != by.id)
    await outbox.put_notice(conn, people, today, topic, event)
