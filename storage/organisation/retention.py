"""The end of keeping: once a day, what has been kept long enough is let go."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import audit_log, page_message_store
from storage.database.schema import account, dialog, incoming, membership, outgoing, person
from storage.organisation import privacy_store

_PAGE_SHOWS = timedelta(days=90)
"""How long people's own pages show what was said; the record of work stands elsewhere."""


async def tidy(conn: AsyncConnection, now: datetime, keep: timedelta) -> int:
    """Erase people whose last seat ended more than `keep` ago; blank what was sent and received before that.

    What a chat that belongs to nobody was shown goes as soon as its question has expired. Return how many
    people were erased.
    """
    before = now - keep
    person_ids = await _long_gone(conn, before)
    for person_id in person_ids:
        await privacy_store.erase(conn, person_id, now)
        await audit_log.note(conn, now, "expired", f"person {person_id}")
    out = outgoing.c.state.not_in(("pending", "claimed"))
    await conn.execute(update(outgoing).where(out, outgoing.c.day < before.date()).values(words=None))
    await conn.execute(delete(incoming).where(incoming.c.received_at < before))
    await page_message_store.forget(conn, max(before, now - _PAGE_SHOWS))
    await _forget_dialogs(conn, now)
    return len(person_ids)


async def _long_gone(conn: AsyncConnection, before: datetime) -> list[int]:
    """People with no seat since; whoever agreed and got none counts from then."""
    of_person = membership.c.person_id == person.c.id
    last = select(func.max(membership.c.until)).where(of_person).scalar_subquery()
    result = await conn.execute(
        select(person.c.id).where(
            person.c.erased_at.is_(None),
            ~exists().where(of_person, membership.c.until.is_(None)),
            func.coalesce(last, person.c.joined_at) < before,
        )
    )
    return list(result.scalars())


async def _forget_dialogs(conn: AsyncConnection, now: datetime) -> None:
    owned = exists().where(and_(account.c.channel == dialog.c.channel, account.c.chat == dialog.c.chat))
    over = or_(dialog.c.expires_at.is_(None), dialog.c.expires_at < now)
    await conn.execute(delete(dialog).where(over, ~owned))
