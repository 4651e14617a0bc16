"""Seats that are to end without an heir: a colleague has left, and their unit takes the seat away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Role
from storage.database.schema import membership, person, unit


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that somebody holds; `ends_at` where it is to end, for the sake of `heir_id` if there is one."""

    id: int
    unit_id: int
    unit: str
    role: Role
    person_id: int
    person: str
    ends_at: datetime | None = None
    heir_id: int | None = None


async def of_units(conn: AsyncConnection, unit_ids: Iterable[int]) -> tuple[HeldSeat, ...]:
    """Return the seats held in units, in the order in which they were taken."""
    return await _found(conn, membership.c.unit_id.in_(list(unit_ids)))


async def get(conn: AsyncConnection, membership_id: int) -> HeldSeat | None:
    """Return a seat; None where nobody holds it any more."""
    return next(iter(await _found(conn, membership.c.id == membership_id)), None)


async def end_later(conn: AsyncConnection, membership_id: int, ends_at: datetime) -> None:
    """Let a seat end at a moment, without an heir."""
    seat = membership.c.id == membership_id
    await conn.execute(update(membership).where(seat).values(ends_at=ends_at, heir_id=None))


async def keep(conn: AsyncConnection, membership_id: int) -> None:
    """Let a seat that was to end go on."""
    seat = membership.c.id == membership_id
    await conn.execute(update(membership).where(seat).values(ends_at=None, heir_id=None))


async def _found(conn: AsyncConnection, condition: ColumnElement[bool]) -> tuple[HeldSeat, ...]:
    rows = await conn.execute(
        select(membership, unit.c.name.label("unit"), person.c.name.label("person"))
        .join(unit, unit.c.id == membership.c.unit_id)
        .join(person, person.c.id == membership.c.person_id)
        .where(and_(condition, membership.c.until.is_(None)))
        .order_by(membership.c.id)
    )
    return tuple(
        HeldSeat(
            row.id,
            row.unit_id,
            row.unit,
            row.role,
            row.person_id,
            row.person,
            row.ends_at,
            row.heir_id,
        )
        for row in rows
    )
