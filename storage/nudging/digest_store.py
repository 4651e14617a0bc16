"""What a coordinator's digest tells: since when, and what has changed in a plan since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common.reach import REACHES
from storage.database.schema import (
    account,
    assignment,
    membership,
    outgoing,
    person,
    plan,
    progress,
    request,
    unit,
)
from storage.organisation.absence_store import overlapping
from storage.organisation.succession import held

_ON_ITS_WAY = timedelta(minutes=1)
"""From wording to arriving, at most: what was said meanwhile is told the next time, at worst twice."""


@dataclass(frozen=True, slots=True)
class UnitStatement:
    """What a unit said of an assignment; `difficulty` is None where nothing hinders it."""

    assignment_id: int
    unit: str
    difficulty: str | None


@dataclass(frozen=True, slots=True)
class UnreachedPerson:
    """Somebody whom no message reaches, or one did not."""

    person_id: int
    person: str
    unit: str


async def coordinators(conn: AsyncConnection, today: date) -> list[int]:
    """Return who compiles a live plan or has a request running, and is not away: what they miss stands in
    their next digest."""
    seats = held(today)
    plans = select(plan.c.coordinator_id).where(plan.c.state == "live")
    requests = select(request.c.coordinator_id).where(request.c.closed_at.is_(None))
    compiling = (seats.c.role == "coordinator", seats.c.unit_id.in_(union(plans, requests)))
    rows = await conn.execute(select(seats.c.person_id).where(*compiling).distinct())
    person_ids = rows.scalars().all()
    away = {absence.person_id for absence in await overlapping(conn, person_ids, today, today)}
    return [person_id for person_id in person_ids if person_id not in away]


async def last_digest_at(conn: AsyncConnection, person_id: int) -> datetime | None:
    """Return when somebody's last digest was worded, else when they came to compile, or None."""
    their_digests = (
        outgoing.c.person_id == person_id,
        outgoing.c.kind == "digest",
        outgoing.c.state == "sent",
    )
    last: datetime | None = (
        await conn.execute(select(func.max(outgoing.c.sent_at)).where(*their_digests))
    ).scalar_one()
    if last is not None:
        return last - _ON_ITS_WAY
    seat = (membership.c.person_id == person_id, membership.c.role == "coordinator")
    came = select(func.max(membership.c.since)).where(*seat, membership.c.until.is_(None))
    seated: datetime | None = (await conn.execute(came)).scalar_one()
    return seated


async def statements_since(conn: AsyncConnection, plan_id: int, after: datetime) -> tuple[UnitStatement, ...]:
    """Return the last words on each assignment of a plan that were said after a moment, oldest first."""
    of_plan = (assignment.c.plan_id == plan_id, progress.c.said_at > after)
    rows = await conn.execute(
        select(progress, unit.c.name.label("unit"))
        .join(assignment, assignment.c.id == progress.c.assignment_id)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .where(*of_plan, ~progress.c.undone, progress.c.kind.in_(["said", "approved"]))
        .order_by(progress.c.id)
    )
    last: dict[int, UnitStatement] = {}
    for row in rows:
        difficulty = (row.difficulty or row.text) if row.blocked else None
        last[row.assignment_id] = UnitStatement(row.assignment_id, row.unit, difficulty)
    return tuple(last.values())


async def unreachable(
    conn: AsyncConnection, unit_ids: Iterable[int], today: date
) -> tuple[UnreachedPerson, ...]:
    """Return the focal points of units who cannot be written to on any channel."""
    seats = held(today)
    reached = select(account.c.person_id).where(REACHES)
    rows = await conn.execute(
        select(seats.c.person_id, person.c.name, unit.c.name.label("unit"))
        .join(person, person.c.id == seats.c.person_id)
        .join(unit, unit.c.id == seats.c.unit_id)
        .where(seats.c.unit_id.in_(list(unit_ids)), seats.c.role == "focal")
        .where(seats.c.person_id.not_in(reached))
        .order_by(seats.c.id)
    )
    return tuple(UnreachedPerson(row.person_id, row.name, row.unit) for row in rows)


async def maybe_unreached(
    conn: AsyncConnection, unit_ids: Iterable[int], first: date, before: date
) -> tuple[UnreachedPerson, ...]:
    """Return the focal points and leaders of units whom a message of the local days [first, before) did not
    reach for certain, though they can be written to."""
    seats = held(before)
    reached = select(account.c.person_id).where(REACHES)
    rows = await conn.execute(
        select(seats.c.person_id, person.c.name, unit.c.name.label("unit"))
        .distinct()
        .join(person, person.c.id == seats.c.person_id)
        .join(unit, unit.c.id == seats.c.unit_id)
        .join(outgoing, outgoing.c.person_id == seats.c.person_id)
        .where(seats.c.unit_id.in_(list(unit_ids)), seats.c.role != "coordinator")
        .where(seats.c.person_id.in_(reached), outgoing.c.state.in_(["failed", "unsure"]))
        .where(outgoing.c.day >= first, outgoing.c.day < before)
        .order_by(seats.c.person_id)
    )
    return tuple(UnreachedPerson(row.person_id, row.name, row.unit) for row in rows)


async def reported_unreachable(conn: AsyncConnection, coordinator_id: int, after: datetime) -> frozenset[int]:
    """Return of whom a coordinator was told, after a moment, that they cannot be written to."""
    lost_id = outgoing.c.lost_person_id
    was_told = (
        outgoing.c.person_id == coordinator_id,
        lost_id.is_not(None),
        outgoing.c.sent_at > after,
    )
    return frozenset((await conn.execute(select(lost_id).where(*was_told))).scalars())


async def left_by_focal_points(
    conn: AsyncConnection, unit_ids: Sequence[int], after: datetime
) -> frozenset[str]:
    """Return the names of the units that a focal point has left after a moment."""
    rows = await conn.execute(
        select(unit.c.name)
        .join(membership, membership.c.unit_id == unit.c.id)
        .where(membership.c.unit_id.in_(unit_ids), membership.c.role == "focal", membership.c.until > after)
    )
    return frozenset(rows.scalars())


async def people_of(conn: AsyncConnection, unit_ids: Iterable[int], today: date) -> frozenset[int]:
    """Return the focal points and leaders of units."""
    seats = held(today)
    of_units = (seats.c.unit_id.in_(list(unit_ids)), seats.c.role != "coordinator")
    return frozenset((await conn.execute(select(seats.c.person_id).where(*of_units))).scalars())
