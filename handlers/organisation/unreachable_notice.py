"""Telling a plan's coordinators that somebody can no longer be written to, so that they can phone."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.organisation.people import Person
from handlers.common import notice
from storage.organisation import people_store
from storage.organisation.people_store import Contact

_REASONS = {"blocked", "deactivated"}


async def lose(conn: AsyncConnection, channel: str, chat: str, day: date, reason: str) -> None:
    """Mark a chat as out of reach, and tell the coordinators where that is news.

    They are those of the plans in which the person's units have a part; `day` is local.
    """
    person = await people_store.find(conn, channel, chat, day)
    news = await people_store.mark(conn, channel, chat, reachable=False, why=reason)
    if news and person is not None:
        await _tell_coordinators(conn, person, day, reason)


async def _tell_coordinators(conn: AsyncConnection, person: Person, day: date, reason: str) -> None:
    seats = ", ".join(dict.fromkeys(seat.unit for seat in person.seats if not seat.inherited))
    why = f"notice.why_{reason}" if reason in _REASONS else "notice.why_gone"

    others = await people_store.contacts(
        conn, [seat.unit_id for seat in person.seats if not seat.inherited], day
    )

    def word(texts: Texts) -> Markup:
        told = texts("notice.unreachable", person=person.name, unit=seats, why=texts(why))
        return told + "\n" + _reached(texts, others)

    topic = f"lost:{person.id}"
    await notice.tell_coordinators(
        conn, person.units(), day, topic, word, but=person.id, lost_person_id=person.id
    )


def _reached(texts: Texts, contacts: Sequence[Contact]) -> Markup:
    """Name those of the unit who can still be written to."""
    named = [f"{one.name} ({texts(f'role.{one.role}')})" for one in contacts if one.reachable]
    if not named:
        return texts("notice.nobody_else")
    return texts("notice.others", people=", ".join(dict.fromkeys(named)))
