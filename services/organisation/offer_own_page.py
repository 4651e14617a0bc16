"""Give a person the link to their own page, and take it back."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from storage.common import audit_log
from storage.organisation import own_page_store


@dataclass(frozen=True, slots=True)
class OwnPageLink:
    """What stands behind the address of the page: `key` opens it until `until` (UTC), as often as needed."""

    key: str
    until: datetime


async def offer_own_page(conn: AsyncConnection, *, by: Person, now: datetime) -> OwnPageLink:
    """Make a new link to the page of `by`; an earlier one, and what it opened, ends.

    Needs a writing transaction.
    """
    key = secrets.token_urlsafe(16)
    until = await own_page_store.offer(conn, await own_page_store.chat_of(conn, by.id), key, now)
    await audit_log.note(conn, now, "page_key", f"person {by.id}", by.id)
    return OwnPageLink(key, until)


async def revoke_own_page(conn: AsyncConnection, *, by: Person, now: datetime) -> bool:
    """End the link to the page of `by`; return False where there was none. Needs a writing transaction."""
    ended = await own_page_store.revoke(conn, await own_page_store.chat_of(conn, by.id))
    if ended:
        await audit_log.note(conn, now, "page_end", f"person {by.id}", by.id)
    return ended
