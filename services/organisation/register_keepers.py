"""Who may import units in the chat and on the pages: a right that the operator gives."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from storage.common import fact_store

_KEEPERS = "register_keepers"


async def register_keepers(conn: AsyncConnection) -> tuple[int, ...]:
    """Return the units whose coordinators keep the register; () where every coordinator does."""
    return tuple(map(int, (await fact_store.get_fact(conn, _KEEPERS) or "").split()))


async def set_register_keepers(conn: AsyncConnection, unit_ids: Iterable[int]) -> None:
    """Let the coordinators of these units keep the register, and no others; none: every coordinator."""
    await fact_store.set_fact(conn, _KEEPERS, " ".join(map(str, dict.fromkeys(unit_ids))))


async def may_keep_register(conn: AsyncConnection, by: Person) -> bool:
    """Whether somebody may import units."""
    own, keepers = by.units("coordinator"), await register_keepers(conn)
    return bool(set(own) & set(keepers)) if keepers else bool(own)
