"""Take a seat by a code."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from domain.organisation.people import GROUP, ROLES, Role
from services.common.results import Refused
from storage.common import audit_log, outbox
from storage.organisation import handover_store, invite_store, people_store
from storage.organisation.invite_store import Invite

OBJECTION = timedelta(days=1)
"""How long the people of a unit may object before a seat is taken away from one of them."""
_TRIES, _LOCK = 10, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Joined:
    """A seat was taken. `present` are the others with a seat in the unit, by person id.

    The seats of `replaced` have ended, at their own wish; those of `leaving` end at `ends_at` unless somebody
    objects. `membership_id` is the new seat's.
    """

    unit_id: int
    unit: str
    role: Role
    membership_id: int
    present: tuple[int, ...]
    replaced: tuple[int, ...] = ()
    leaving: tuple[int, ...] = ()
    ends_at: datetime | None = None


async def find_offer(
    conn: AsyncConnection, code_hash: str, *, channel: str, chat: str, now: datetime
) -> Invite | Refused[Literal["locked", "wrong_code"]]:
    """Return what a typed code offers, by its hash.

    After ten wrong codes within an hour a chat is refused ("locked"). Needs a writing transaction: a wrong
    code is counted.
    """
    await invite_store.forget_wrong(conn, now - _LOCK)
    if await invite_store.count_wrong(conn, channel, chat, now - _LOCK) >= _TRIES:
        return Refused("locked")
    offer = await invite_store.find(conn, code_hash, now)
    if offer is None:
        await invite_store.note_wrong(conn, channel, chat, now)
        return Refused("wrong_code")
    return offer


async def join(
    conn: AsyncConnection, code_hash: str, person_id: int, *, now: datetime, today: date
) -> Joined | Refused[Literal["wrong_code"]]:
    """Use a code up and give its seat to a person who has agreed to the notice.

    A code by which a holder hands over their own seat ends that seat at once. Any other code that takes over
    lets the present holders' seats end after `OBJECTION`. Everybody else with a seat in the unit is told.
    Needs a writing transaction. Refused: the code is unknown, used, too old, for a group, or was for an empty
    unit that has people by now.
    """
    offer = await open_offer(conn, code_hash, now, today)
    if offer is None or offer.role == GROUP:
        return Refused("wrong_code")
    if not await invite_store.use(conn, offer.id, person_id, now):
        return Refused("wrong_code")
    held = await people_store.holders(conn, [offer.unit_id], ROLES, today)
    present = tuple(holder for holder, _ in held if holder != person_id)
    membership_id = await people_store.seat(conn, person_id, offer.unit_id, offer.role, now)
    about = f"unit {offer.unit_id}"
    await audit_log.note(conn, now, "join", about, person_id, became=offer.role)
    seat = Joined(offer.unit_id, offer.unit, offer.role, membership_id, tuple(dict.fromkeys(present)))
    joined = await _take_over(conn, offer, seat, person_id, now) if offer.takes_over else seat
    await _tell_unit(conn, joined, person_id, today)
    return joined


async def _tell_unit(conn: AsyncConnection, joined: Joined, person_id: int, today: date) -> None:
    """Tell everybody else with a seat in the unit; where seats are to end, they can object."""
    seat = Event("seat_taken", person_id, unit_id=joined.unit_id, role=joined.role)
    if joined.ends_at is not None:
        seat = replace(
            seat,
            kind="seat_replaces",
            seat_id=joined.membership_id,
            others=joined.leaving,
            ends_at=joined.ends_at,
        )
    topic, stay = f"seat:{joined.membership_id}", set(joined.present) - set(joined.replaced)
    await outbox.put_notice(conn, sorted(stay), today, topic, seat)
    await outbox.put_notice(conn, joined.replaced, today, topic, replace(seat, kind="seat_handed_over"))


async def open_offer(conn: AsyncConnection, code_hash: str, now: datetime, today: date) -> Invite | None:
    """Return the seat that a code gives now; None where it gives none."""
    offer = await invite_store.find(conn, code_hash, now)
    if offer is None or offer.role == GROUP or await _is_taken(conn, offer, today):
        return None
    return offer


async def _is_taken(conn: AsyncConnection, offer: Invite, today: date) -> bool:
    if not offer.only_vacant:
        return False
    return bool(await people_store.holders(conn, [offer.unit_id], ("focal", "leader"), today))


async def _take_over(
    conn: AsyncConnection, offer: Invite, seat: Joined, person_id: int, now: datetime
) -> Joined:
    args = (seat.unit_id, seat.role, person_id)
    if offer.holder is None:
        ends_at = now + OBJECTION
        leaving = await handover_store.schedule(conn, *args, now, ends_at)
        about = f"unit {seat.unit_id}"
        for holder in leaving:
            await audit_log.note(conn, now, "handover due", about, holder, became=str(person_id))
        ending = ends_at if leaving else None
        return Joined(
            seat.unit_id, seat.unit, seat.role, seat.membership_id, seat.present, (), leaving, ending
        )
    replaced = await handover_store.hand_over(conn, *args, now, holder=offer.holder)
    for holder in replaced:
        about, heir = f"unit {seat.unit_id}", str(person_id)
        await audit_log.note(conn, now, "handover", about, holder, was=seat.role, became=heir)
    return Joined(seat.unit_id, seat.unit, seat.role, seat.membership_id, seat.present, replaced)
