"""Units: the province's register as the database keeps it."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from domain.organisation.register import Unit
from storage.database.schema import assignment, membership, plan, request, unit, unit_spelling
from storage.organisation.succession import held


async def save(conn: AsyncConnection, units: Iterable[Unit], *, shipped: bool = False) -> None:
    """Add units, and bring those of the same name up to date.

    `shipped` tells that they are as the register file has them, to follow it when it is edited.
    """
    known = await ids(conn)
    for one in units:
        columns = {**_columns(one), "shipped": shipped}
        if one.name in known:
            unit_id = known[one.name]
            await conn.execute(update(unit).where(unit.c.id == unit_id).values(columns))
            await conn.execute(delete(unit_spelling).where(unit_spelling.c.unit_id == unit_id))
        else:
            unit_id = known[one.name] = await _add(conn, columns)
        if one.spellings:
            rows = [{"unit_id": unit_id, "spelling": spelling} for spelling in dict.fromkeys(one.spellings)]
            await conn.execute(insert(unit_spelling), rows)


async def follow(conn: AsyncConnection, register: Iterable[Unit]) -> None:
    """Bring the units of the register file up to date; what the province imported itself is left alone."""
    own = set((await conn.execute(select(unit.c.name).where(~unit.c.shipped))).scalars())
    known = {one.name: one for one in await load(conn)}
    await save(conn, [o for o in register if o.name not in own and known.get(o.name) != o], shipped=True)


async def ids(conn: AsyncConnection) -> dict[str, int]:
    """Return every unit's id by its name."""
    return {row.name: row.id for row in await conn.execute(select(unit.c.id, unit.c.name))}


async def compiled_by(conn: AsyncConnection, coordinators: Iterable[int]) -> dict[int, str]:
    """Return the units (id: name) that are asked by a plan which one of the coordinating units compiles."""
    rows = await conn.execute(
        select(unit.c.id, unit.c.name)
        .join(assignment, assignment.c.unit_id == unit.c.id)
        .join(plan, plan.c.id == assignment.c.plan_id)
        .where(plan.c.coordinator_id.in_(list(coordinators)))
        .distinct()
        .order_by(unit.c.id)
    )
    return {row.id: row.name for row in rows}


async def coordinating(conn: AsyncConnection, units: Iterable[int]) -> tuple[int, ...]:
    """Return the units that compile a plan, or have sent a request, in which one of `units` has a part."""
    result = await conn.execute(
        select(func.coalesce(plan.c.coordinator_id, request.c.coordinator_id).label("id"))
        .select_from(assignment)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .where(assignment.c.unit_id.in_(list(units)))
        .distinct()
    )
    return tuple(id_ for id_ in result.scalars() if id_ is not None)


async def names(conn: AsyncConnection, units: Iterable[int]) -> dict[int, str]:
    """Return the names of units by their ids."""
    rows = await conn.execute(select(unit.c.id, unit.c.name).where(unit.c.id.in_(list(units))))
    return {row.id: row.name for row in rows}


async def load(conn: AsyncConnection) -> tuple[Unit, ...]:
    """Return every unit, in the order in which they were entered."""
    return await _found(conn)


async def get(conn: AsyncConnection, unit_id: int) -> Unit:
    """Return a unit by its id."""
    return (await _found(conn, unit.c.id == unit_id))[0]


async def _found(conn: AsyncConnection, *where: ColumnElement[bool]) -> tuple[Unit, ...]:
    spellings: dict[int, list[str]] = {}
    for row in await conn.execute(select(unit_spelling).order_by(unit_spelling.c.id)):
        spellings.setdefault(row.unit_id, []).append(row.spelling)
    rows = await conn.execute(select(unit).where(*where).order_by(unit.c.id))
    return tuple(
        Unit(
            name=row.name,
            abbreviation=row.abbreviation,
            spellings=tuple(spellings.get(row.id, ())),
            tags=frozenset(row.tags.split()),
            standing=row.standing,
            since=row.since,
            until=row.until,
            successor=row.successor,
            common=row.common,
        )
        for row in rows
    )


async def in_use(conn: AsyncConnection, unit_id: int) -> tuple[int, int]:
    """Return how much a unit still owes, and how many seats are held in it."""
    owes = (assignment.c.unit_id == unit_id, assignment.c.state.in_(OPEN), ~assignment.c.past)
    held_in = (membership.c.unit_id == unit_id, membership.c.until.is_(None))
    count = (await conn.execute(select(func.count()).select_from(assignment).where(*owes))).scalar_one()
    seats = (await conn.execute(select(func.count()).select_from(membership).where(*held_in))).scalar_one()
    return count, seats


async def end(conn: AsyncConnection, unit_id: int, last_day: date | None, successor: str | None) -> None:
    """Set a unit's last day, None for one that goes on, and who has its work since.

    It is the province's own from now on: the register file brings it back no more.
    """
    values = {"until": last_day, "successor": successor, "shipped": False}
    await conn.execute(update(unit).where(unit.c.id == unit_id).values(values))


async def without(conn: AsyncConnection, role: str, among: Iterable[int], today: date) -> tuple[str, ...]:
    """Return the names of those units that have not ended and have nobody in a role on a local day."""
    seats = held(today)
    with_somebody = select(seats.c.unit_id).where(seats.c.role == role)
    rows = await conn.execute(
        select(unit.c.name)
        .where(unit.c.id.in_(list(among)), unit.c.id.not_in(with_somebody), unit.c.standing != "central")
        .where(or_(unit.c.until.is_(None), unit.c.until >= today))
        .order_by(unit.c.id)
    )
    return tuple(rows.scalars())


async def _add(conn: AsyncConnection, columns: Mapping[str, object]) -> int:
    added = await conn.execute(insert(unit).values(columns).returning(unit.c.id))
    return int(added.scalar_one())


def _columns(one: Unit) -> dict[str, object]:
    return {
        "name": one.name,
        "abbreviation": one.abbreviation,
        "tags": " ".join(sorted(one.tags)),
        "standing": one.standing,
        "since": one.since,
        "until": one.until,
        "successor": one.successor,
        "common": one.common,
    }
