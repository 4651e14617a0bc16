"""Leaves of absence: who is away on which days, and who hears their nudges meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.absence import Hearing, hearings
from domain.organisation.people import Role
from storage.database.schema import absence, person, unit
from storage.organisation.succession import held


@dataclass(frozen=True, slots=True)
class Absence:
    """From the first to the last local day, both away; `substitute` hears what `person` would."""

    id: int
    person_id: int
    person: str
    substitute_id: int
    substitute: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may stand in: a focal point or leader of the same unit, the first of several."""

    id: int
    name: str
    unit: str


async def add(
    conn: AsyncConnection, person_id: int, substitute_id: int, first: date, last: date, now: datetime
) -> int:
    """Keep an absence; return its id."""
    values = {"person_id": person_id, "substitute_id": substitute_id, "from_on": first, "to_on": last}
    added = await conn.execute(insert(absence).values(**values, said_at=now).returning(absence.c.id))
    return int(added.scalar_one())


async def cancel(conn: AsyncConnection, absence_id: int) -> None:
    """Take an absence back."""
    await conn.execute(delete(absence).where(absence.c.id == absence_id))


async def of_person(conn: AsyncConnection, person_id: int, today: date) -> tuple[Absence, ...]:
    """Return a person's absences that are not over on a day, the nearest first."""
    return await _found(conn, absence.c.person_id == person_id, absence.c.to_on >= today)


async def overlapping(
    conn: AsyncConnection, people: Iterable[int], first: date, last: date
) -> tuple[Absence, ...]:
    """Return the absences of people that share a day with a stretch, the nearest first."""
    is_theirs = absence.c.person_id.in_(list(people))
    return await _found(conn, is_theirs, absence.c.from_on <= last, absence.c.to_on >= first)


async def heard(conn: AsyncConnection, unit_ids: Iterable[int], day: date) -> tuple[Hearing, ...]:
    """Return who hears on a local day what is asked of the focal points and leaders of units."""
    seats = held(day)
    rows = await conn.execute(
        select(seats.c.person_id, seats.c.unit_id, seats.c.role)
        .where(seats.c.unit_id.in_(list(unit_ids)), seats.c.role != "coordinator")
        .distinct()
        .order_by(seats.c.person_id, seats.c.unit_id, seats.c.role)
    )
    held_seats = [Hearing(row.person_id, row.unit_id, row.role, row.person_id) for row in rows]
    away = await overlapping(conn, {hearing.person_id for hearing in held_seats}, day, day)
    return hearings(held_seats, {one.person_id: one.substitute_id for one in away})


async def colleagues(
    conn: AsyncConnection, person_id: int, unit_ids: Iterable[int], day: date
) -> tuple[Colleague, ...]:
    """Return the other focal points and leaders of units on a local day, each once."""
    seats = held(day)
    rows = await conn.execute(
        select(seats.c.person_id, person.c.name, unit.c.name.label("unit"))
        .join(person, person.c.id == seats.c.person_id)
        .join(unit, unit.c.id == seats.c.unit_id)
        .where(seats.c.unit_id.in_(list(unit_ids)), seats.c.role != "coordinator")
        .where(seats.c.person_id != person_id)
        .order_by(seats.c.inherited, seats.c.id)
    )
    by_person: dict[int, Colleague] = {}
    for row in rows:
        by_person.setdefault(row.person_id, Colleague(row.person_id, row.name, row.unit))
    return tuple(by_person.values())


async def hearers(
    conn: AsyncConnection, unit_ids: Iterable[int], roles: Sequence[Role], day: date
) -> list[tuple[int, int]]:
    """Return (person id, unit id) of all who hear for the roles on a day: holders, and who stands in."""
    hearings_of_roles = (hearing for hearing in await heard(conn, unit_ids, day) if hearing.role in roles)
    return list(dict.fromkeys((hearing.person_id, hearing.unit_id) for hearing in hearings_of_roles))


async def news(
    conn: AsyncConnection, people: Iterable[int], since: datetime, before: date, today: date
) -> tuple[Absence, ...]:
    """Return who of these is away today as news: told after `since`, or begun after the day `before`."""
    is_news = or_(absence.c.said_at > since, and_(absence.c.from_on > before, absence.c.from_on <= today))
    is_theirs = absence.c.person_id.in_(list(people))
    return await _found(conn, is_theirs, absence.c.from_on <= today, absence.c.to_on >= today, is_news)


async def _found(conn: AsyncConnection, *where: ColumnElement[bool]) -> tuple[Absence, ...]:
    rows = await conn.execute(_absences().where(*where))
    return tuple(
        Absence(row.id, row.person_id, row.person, row.substitute_id, row.substitute, row.from_on, row.to_on)
        for row in rows
    )


def _absences() -> Select[tuple[object, ...]]:
    substitute = person.alias("substitute")
    return (
        select(absence, person.c.name.label("person"), substitute.c.name.label("substitute"))
        .join(person, person.c.id == absence.c.person_id)
        .join(substitute, substitute.c.id == absence.c.substitute_id)
        .order_by(absence.c.from_on, absence.c.id)
    )
