"""Handing a seat over: the new holder stands in it, the old ones are asked no more, their words stay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from domain.organisation.people import Role
from storage.database.schema import membership, outgoing, person, unit
from storage.organisation import invite_store


@dataclass(frozen=True, slots=True)
class PendingHandover:
    """A seat that was taken over, while its earlier holders may still object: their names, and their ids."""

    unit_id: int
    unit: str
    role: Role
    heir_id: int
    heir: str
    holders: tuple[str, ...]
    holder_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EndedSeat:
    """A seat that has gone to `heir_id`; None where it was taken away without an heir."""

    person_id: int
    unit_id: int
    role: Role
    heir_id: int | None


async def hand_over(
    conn: AsyncConnection, unit_id: int, role: Role, to: int, now: datetime, *, holder: int | None = None
) -> tuple[int, ...]:
    """End a seat of `holder`, or of all who hold it where none is named, but `to`; return who they are.

    What waits in the outbox for one who has no seat left is dropped, and so are the codes by which the seat
    was to go to somebody else: who had one kept could come back by it.
    """
    whose = true() if holder is None else membership.c.person_id == holder
    ended = await conn.execute(
        update(membership)
        .where(_others(unit_id, role, to), whose)
        .values(until=now)
        .returning(membership.c.person_id)
    )
    old = tuple(sorted(ended.scalars()))
    await invite_store.revoke(conn, unit_id, role, (None, *old), now)
    await _drop_waiting(conn, old)
    return old


async def schedule(
    conn: AsyncConnection, unit_id: int, role: Role, to: int, now: datetime, ends_at: datetime
) -> tuple[int, ...]:
    """Let the seats of all who hold the same as `to` end at a moment; return their person ids.

    Other codes that take the seat over end now.
    """
    planned = await conn.execute(
        update(membership)
        .where(_others(unit_id, role, to))
        .values(ends_at=ends_at, heir_id=to)
        .returning(membership.c.person_id)
    )
    holders = tuple(sorted(planned.scalars()))
    await invite_store.revoke(conn, unit_id, role, (None, *holders), now)
    return holders


async def pending(conn: AsyncConnection, membership_id: int, now: datetime) -> PendingHandover | None:
    """Return the handover that goes to a seat; None where it has taken place, was stopped, or never was."""
    heir = membership.alias("heir")
    name = person.alias("heir_person")
    rows = await conn.execute(
        select(
            heir.c.unit_id,
            unit.c.name.label("unit"),
            heir.c.role,
            heir.c.person_id,
            name.c.name.label("heir"),
            person.c.name.label("holder"),
            person.c.id.label("holder_id"),
        )
        .join(membership, _goes_to(heir.c))
        .join(unit, unit.c.id == heir.c.unit_id)
        .join(name, name.c.id == heir.c.person_id)
        .join(person, person.c.id == membership.c.person_id)
        .where(heir.c.id == membership_id, heir.c.until.is_(None), membership.c.ends_at > now)
        .order_by(membership.c.id)
    )
    all_rows = rows.all()
    if not all_rows:
        return None
    first = all_rows[0]
    return PendingHandover(
        first.unit_id,
        first.unit,
        first.role,
        first.person_id,
        first.heir,
        tuple(row.holder for row in all_rows),
        tuple(row.holder_id for row in all_rows),
    )


async def stop(conn: AsyncConnection, handover: PendingHandover, membership_id: int, now: datetime) -> None:
    """Let the earlier holders keep their seats, and end the heir's."""
    of_holders = _others(handover.unit_id, handover.role, handover.heir_id)
    to_heir = membership.c.heir_id == handover.heir_id
    await conn.execute(update(membership).where(of_holders, to_heir).values(ends_at=None, heir_id=None))
    await conn.execute(update(membership).where(membership.c.id == membership_id).values(until=now))
    await _drop_waiting(conn, [handover.heir_id])


async def end_due(conn: AsyncConnection, now: datetime) -> tuple[EndedSeat, ...]:
    """End the seats whose moment has come; one whose heir holds the seat no more is kept."""
    is_due = and_(membership.c.ends_at <= now, membership.c.until.is_(None))
    heir = membership.alias("heir")
    is_held = select(heir.c.id).where(_goes_to(heir.c), heir.c.until.is_(None)).exists()
    ended = await conn.execute(
        update(membership)
        .where(is_due, or_(membership.c.heir_id.is_(None), is_held))
        .values(until=now)
        .returning(membership.c.person_id, membership.c.unit_id, membership.c.role, membership.c.heir_id)
    )
    seats = tuple(EndedSeat(row.person_id, row.unit_id, row.role, row.heir_id) for row in ended)
    await conn.execute(update(membership).where(is_due).values(ends_at=None, heir_id=None))
    await _drop_waiting(conn, {seat.person_id for seat in seats})
    return seats


def _others(unit_id: int, role: Role, to: int) -> ColumnElement[bool]:
    """The open seats of a role in a unit, but one person's."""
    seat = and_(membership.c.unit_id == unit_id, membership.c.role == role)
    return and_(seat, membership.c.until.is_(None), membership.c.person_id != to)


def _goes_to(heir: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    """Whether a seat is to end for the sake of the seat with the columns `heir`."""
    seat = and_(membership.c.unit_id == heir.unit_id, membership.c.role == heir.role)
    return and_(seat, membership.c.heir_id == heir.person_id, membership.c.until.is_(None))


async def _drop_waiting(conn: AsyncConnection, people: Collection[int]) -> None:
    """Drop what waits in the outbox for those of the people who have no seat left."""
    seated = select(membership.c.person_id).where(membership.c.until.is_(None))
    waits = (
        outgoing.c.person_id.in_(people),
        outgoing.c.person_id.not_in(seated),
        outgoing.c.state == "pending",
    )
    await conn.execute(update(outgoing).where(*waits).values(state="dropped", why="handover", words=None))
