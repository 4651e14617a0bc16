"""Whom a deed must tell of an assignment."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Role
from storage.organisation import people_store


async def people_in(
    conn: AsyncConnection, unit_ids: Iterable[int], roles: Sequence[Role], today: date
) -> tuple[int, ...]:
    """Return the people who hold one of the roles in one of the units on a local day."""
    held = await people_store.holders(conn, unit_ids, roles, today)
    return tuple(dict.fromkeys(person_id for person_id, _ in held))


async def asker_or_focal(conn: AsyncConnection, unit_id: int, asked_by: int, today: date) -> tuple[int, ...]:
    """Return whoever asked for a unit; where they have left it since, its focal points."""
    if asked_by in await people_in(conn, [unit_id], ("focal", "leader"), today):
        return (asked_by,)
    return await people_in(conn, [unit_id], ("focal",), today)
