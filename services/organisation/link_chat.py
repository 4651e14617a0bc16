"""Let a second chat be somebody's own: by a code that is given in the first and typed in the second."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from services.organisation.invite_codes import hash_code, make_letters
from storage.common import audit_log
from storage.organisation import chat_link_store, people_store

_LENGTH = 8


async def offer_link(conn: AsyncConnection, person_id: int, now: datetime) -> str:
    """Make a code for a person's second chat, good once and for some minutes. Needs a writing transaction."""
    letters = make_letters(_LENGTH)
    await chat_link_store.offer(conn, hash_code(letters), person_id, now)
    await audit_log.note(conn, now, "link code", "second chat", person_id)
    return f"{letters[:4]}-{letters[4:]}"


async def take_link(
    conn: AsyncConnection, code_hash: str, channel: str, chat: str, now: datetime
) -> int | None:
    """Make a chat that is nobody's the person's whose code was typed there; return whose.

    What is sent to them goes there from now on, to their other chats where that fails. None where the code
    is none of these. Needs a writing transaction.
    """
    person_id = await chat_link_store.use(conn, code_hash, now)
    if person_id is None:
        return None
    await people_store.add_account(conn, person_id, channel, chat)
    await audit_log.note(conn, now, "linked", "second chat", person_id, became=channel.partition(":")[0])
    return person_id
