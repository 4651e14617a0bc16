"""Telling a plan's coordinators that somebody can no longer be written to, so that they can phone."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import load_texts
from domain.people import Person
from handlers.conversation import Outgoing, to_json
from storage import assignments, nudges, people

_REASONS = {"blocked", "deactivated"}


async def lose(work: AsyncConnection, channel: str, chat: str, day: date, reason: str) -> None:
    """Mark a chat as out of reach, and tell the coordinators where that is news.

    They are those of the plans in which the person's units have a part; `day` is local.
    """
    person = await people.find(work, channel, chat, day)
    news = await people.mark(work, channel, chat, reachable=False, why=reason)
    if news and person is not None:
        await _tell_coordinators(work, person, day, reason)


async def _tell_coordinators(work: AsyncConnection, person: Person, day: date, reason: str) -> None:
    owed = await assignments.of_units(work, person.units())
    units = {one.coordinator_id for one in owed if one.coordinator_id is not None}
    held = await people.holders(work, units, ["coordinator"], day)
    why = f"notice.why_{reason}" if reason in _REASONS else "notice.why_gone"
    for coordinator_id in dict.fromkeys(one for one, _ in held if one != person.id):
        texts = load_texts((await people.get(work, coordinator_id, day)).language)
        seats = ", ".join(dict.fromkeys(seat.unit for seat in person.seats if not seat.inherited))
        words = texts("notice.unreachable", person=person.name, unit=seats, why=texts(why))
        await nudges.put(
            work,
            [coordinator_id],
            day,
            "notice",
            topic=f"lost:{person.id}",
            words=to_json((Outgoing(words),)),
        )
