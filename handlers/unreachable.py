"""Telling a plan's coordinators that somebody can no longer be written to, so that they can phone."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import load_texts
from handlers.conversation import Outgoing, to_json
from storage import assignments, nudges, people, plans

_REASONS = {"blocked", "deactivated"}


async def tell_coordinators(work: AsyncConnection, person_id: int, day: date, reason: str) -> None:
    """Put a notice into the outbox for each coordinator of a plan in which the person's unit has a part."""
    person = await people.get(work, person_id)
    owed = await assignments.of_units(work, person.units())
    units = {(await plans.get(work, plan_id)).coordinator_id for plan_id in {one.plan_id for one in owed}}
    held = await people.holders(work, [unit for unit in units if unit is not None], ["coordinator"])
    why = f"notice.why_{reason}" if reason in _REASONS else "notice.why_gone"
    for coordinator_id in dict.fromkeys(one for one, _ in held if one != person_id):
        texts = load_texts((await people.get(work, coordinator_id)).language)
        seats = ", ".join(dict.fromkeys(seat.unit for seat in person.seats))
        words = texts("notice.unreachable", person=person.name, unit=seats, why=texts(why))
        await nudges.put(
            work,
            [coordinator_id],
            day,
            "notice",
            topic=f"lost:{person_id}",
            words=to_json((Outgoing(words),)),
        )
