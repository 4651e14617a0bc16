"""The day between the taking over of a seat and the end of the seat before it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from domain.organisation.people import ROLES, Person, Role
from services.common.results import Refused
from services.organisation.leave import tell_coordinators
from storage.common import audit_log, outbox
from storage.organisation import handover_store, people_store


@dataclass(frozen=True, slots=True)
class HandoverStopped:
    """The heir lost the seat, its holders keep theirs."""

    unit: str
    role: Role
    heir: str
    holders: tuple[str, ...]


async def object_to_handover(
    conn: AsyncConnection, membership_id: int, *, by: Person, now: datetime, today: date
) -> HandoverStopped | Refused[Literal["not_yours", "gone"]]:
    """Stop a handover: the seat `membership_id`, by which another was to end, ends itself.

    Everybody in the unit is told, but who objected. Needs a writing transaction. Refused: `by` is the heir or
    holds no seat of their own in the unit ("not_yours"); it was over, or stopped by another ("gone").
    """
    pending = await handover_store.pending(conn, membership_id, now)
    if pending is None:
        return Refused("gone")
    own = {seat.unit_id for seat in by.seats if not seat.inherited}
    if pending.unit_id not in own or pending.heir_id == by.id:
        return Refused("not_yours")
    held = await people_store.holders(conn, [pending.unit_id], ROLES, today)
    await handover_store.stop(conn, pending, membership_id, now)
    about = f"unit {pending.unit_id}"
    await audit_log.note(
        conn, now, "handover stopped", about, by.id, was=pending.role, became=str(pending.heir_id)
    )
    event = Event(
        "seat_kept",
        pending.heir_id,
        unit_id=pending.unit_id,
        role=pending.role,
        others=pending.holder_ids,
    )
    people = dict.fromkeys(person_id for person_id, _ in held if person_id != by.id)
    await outbox.put_notice(conn, people, today, f"kept:{membership_id}", event)
    return HandoverStopped(pending.unit, pending.role, pending.heir, pending.holders)


async def end_due_seats(conn: AsyncConnection, now: datetime, today: date) -> int:
    """End the seats whose day to object has passed; return how many. One whose heir has left stays.

    Where nobody is left in that role the coordinators are told. Needs a writing transaction.
    """
    ended = await handover_store.end_due(conn, now)
    for seat in ended:
        about, heir = f"unit {seat.unit_id}", str(seat.heir_id) if seat.heir_id else None
        what = "handover" if heir else "seat ended"
        await audit_log.note(conn, now, what, about, seat.person_id, was=seat.role, became=heir)
        if heir is None and not await people_store.holders(conn, [seat.unit_id], [seat.role], today):
            event = Event("seat_vacant", seat.person_id, unit_id=seat.unit_id, role=seat.role)
            topic = f"vacant:{seat.unit_id}:{seat.role}:{seat.person_id}"
            await tell_coordinators(conn, [seat.unit_id], today, topic, event)
    return len(ended)
