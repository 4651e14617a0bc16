"""Note that somebody can no longer be written to, so that the coordinators can phone."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from services.organisation.leave import tell_coordinators
from storage.nudging import pass_on_store
from storage.organisation import people_store


async def note_unreachable(conn: AsyncConnection, channel: str, chat: str, day: date, reason: str) -> bool:
    """Mark a chat as out of reach; where no other of the person's is left, tell their coordinators.

    Today's message that went there goes by another channel. `day` is local. Needs a writing transaction.
    Return whether it was news.
    """
    person = await people_store.find(conn, channel, chat, day)
    is_news = await people_store.mark(conn, channel, chat, reachable=False, why=reason)
    if is_news:
        await pass_on_store.pass_on_from(conn, channel, chat, day)
    if is_news and person is not None and not await people_store.is_reached(conn, person.id):
        event = Event("unreachable", person.id, reason=reason)
        await tell_coordinators(conn, person.units(), day, f"lost:{person.id}", event)
    return is_news
