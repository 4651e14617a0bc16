"""Forget what was learnt that a name of documents means."""

from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.learnt_names import LearntNames
from domain.organisation.people import Person
from services.common.results import Refused
from services.organisation.current_register import note_register_changed
from services.organisation.register_keepers import may_keep_register
from storage.common import audit_log
from storage.organisation import learnt_store


async def learnt_names(conn: AsyncConnection) -> LearntNames:
    """Return the names of units by the expressions that were learnt to mean them."""
    return await learnt_store.names(conn)


async def forget_name(
    conn: AsyncConnection, expression: str, *, by: Person | None, now: datetime
) -> Literal["forgotten"] | Refused[Literal["not_keeper", "unknown"]]:
    """Let an expression be read as the register alone has it from now on. Needs a writing transaction.

    `by` is None for the operator. Refused: "not_keeper", and "unknown" where nothing was learnt of it.
    """
    if by is not None and not await may_keep_register(conn, by):
        return Refused("not_keeper")
    if not await learnt_store.forget(conn, expression):
        return Refused("unknown")
    await audit_log.note(conn, now, "forget name", expression[:80], by.id if by else None)
    await note_register_changed(conn)
    return "forgotten"
