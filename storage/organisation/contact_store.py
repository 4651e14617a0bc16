"""How people and units are reached: channels in their order, telephone numbers, since when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Role
from domain.organisation.unit_contacts import PersonContact, UnitContacts
from storage.common.counted import COUNTS
from storage.common.reach import OWN_PAGE, REACHES
from storage.database.schema import account, assignment, membership, person, plan, unit
from storage.organisation.succession import held


@dataclass(frozen=True, slots=True)
class OwnChannel:
    """One of a person's own channels, by the id of its account."""

    id: int
    channel: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class _Seat:
    person_id: int
    name: str
    role: Role
    phone: str


async def own_channels(conn: AsyncConnection, person_id: int) -> tuple[OwnChannel, ...]:
    """Return where a person is written to, in the order in which it is tried; not their own page."""
    rows = await conn.execute(
        select(account)
        .where(account.c.person_id == person_id, account.c.channel != OWN_PAGE)
        .order_by(account.c.first.desc(), account.c.id.desc())
    )
    return tuple(OwnChannel(row.id, row.channel, row.reachable) for row in rows)


async def put_first(conn: AsyncConnection, person_id: int, account_id: int) -> None:
    """Let one of a person's channels be tried before their others."""
    values = {"first": account.c.id == account_id}
    await conn.execute(update(account).where(account.c.person_id == person_id).values(values))


async def phone_of(conn: AsyncConnection, person_id: int) -> str:
    """Return the telephone number that a person gave, "" where they gave none."""
    return (await conn.execute(select(person.c.phone).where(person.c.id == person_id))).scalar_one() or ""


async def keep_phone(conn: AsyncConnection, person_id: int, phone: str) -> None:
    """Keep a person's telephone number; "" forgets it."""
    await conn.execute(update(person).where(person.c.id == person_id).values(phone=phone or None))


async def keep_unit_phone(conn: AsyncConnection, unit_id: int, phone: str) -> None:
    """Keep the telephone number of a unit's office; "" forgets it."""
    await conn.execute(update(unit).where(unit.c.id == unit_id).values(phone=phone or None))


async def phones_by_unit(conn: AsyncConnection) -> dict[str, str]:
    """Return the telephone numbers of all offices that are known, by the unit's name."""
    rows = await conn.execute(select(unit.c.name, unit.c.phone).where(unit.c.phone.is_not(None)))
    return {row.name: row.phone for row in rows}


async def asked_since(
    conn: AsyncConnection, coordinators: Collection[int] | None
) -> dict[int, tuple[str, date | None]]:
    """Return the units that live plans ask, (name, local day since when) by id.

    `coordinators`: only by plans which these units compile; None: by all.
    """
    whose = [] if coordinators is None else [plan.c.coordinator_id.in_(list(coordinators))]
    rows = await conn.execute(
        select(unit.c.id, unit.c.name, func.min(plan.c.live_on).label("since"))
        .join(assignment, assignment.c.unit_id == unit.c.id)
        .join(plan, plan.c.id == assignment.c.plan_id)
        .where(plan.c.state == "live", COUNTS, *whose)
        .group_by(unit.c.id)
        .order_by(unit.c.id)
    )
    return {row.id: (row.name, row.since) for row in rows}


async def contacts_of(
    conn: AsyncConnection, units: Mapping[int, tuple[str, date | None]], today: date, zone: tzinfo
) -> tuple[UnitContacts, ...]:
    """Return units with how they are reached on a local day; `units` as `asked_since` gives them."""
    seats = await _seats(conn, units, today)
    people = {seat.person_id for unit_seats in seats.values() for seat in unit_seats}
    open_, shut = await _channels(conn, people)
    phones = await unit_phones(conn, units)
    first = await _first_focal(conn, units, zone)

    def contact(seat: _Seat) -> PersonContact:
        reaching, closed = tuple(open_[seat.person_id]), tuple(shut[seat.person_id])
        return PersonContact(seat.name, seat.role, seat.phone, reaching, closed)

    return tuple(
        UnitContacts(
            id=unit_id,
            unit=name,
            phone=phones[unit_id],
            people=tuple(map(contact, seats[unit_id])),
            days=_days(since, first.get(unit_id)),
        )
        for unit_id, (name, since) in units.items()
    )


def _days(asked: date | None, joined: date | None) -> int | None:
    if joined is None:
        return None
    return max(0, (joined - asked).days) if asked else 0


async def _seats(conn: AsyncConnection, units: Iterable[int], today: date) -> defaultdict[int, list[_Seat]]:
    seats = held(today)
    rows = await conn.execute(
        select(seats.c.unit_id, seats.c.person_id, seats.c.role, person.c.name, person.c.phone)
        .join(person, person.c.id == seats.c.person_id)
        .where(seats.c.unit_id.in_(list(units)), seats.c.role != "coordinator")
        .order_by(seats.c.role, seats.c.id)
    )
    by_unit: defaultdict[int, list[_Seat]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_id].append(_Seat(row.person_id, row.name, row.role, row.phone or ""))
    return by_unit


async def _channels(
    conn: AsyncConnection, people: Iterable[int]
) -> tuple[defaultdict[int, list[str]], defaultdict[int, list[str]]]:
    """Return the channels that reach people, and those that do no more, each by person in their order."""
    reaching = REACHES & person.c.consented_at.is_not(None)
    rows = await conn.execute(
        select(account.c.person_id, account.c.channel, reaching.label("reaches"))
        .join(person, person.c.id == account.c.person_id)
        .where(account.c.person_id.in_(list(people)), account.c.channel != OWN_PAGE)
        .order_by(account.c.first.desc(), account.c.id.desc())
    )
    open_, shut = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for row in rows:
        (open_ if row.reaches else shut)[row.person_id].append(row.channel)
    return open_, shut


async def unit_phones(conn: AsyncConnection, units: Iterable[int]) -> dict[int, str]:
    """Return the telephone number of each unit's office, "" where nobody has told it."""
    rows = await conn.execute(select(unit.c.id, unit.c.phone).where(unit.c.id.in_(list(units))))
    return {row.id: row.phone or "" for row in rows}


async def _first_focal(conn: AsyncConnection, units: Iterable[int], zone: tzinfo) -> dict[int, date]:
    """Return the local day on which each unit first had a focal point."""
    rows = await conn.execute(
        select(membership.c.unit_id, func.min(membership.c.since).label("since"))
        .where(membership.c.unit_id.in_(list(units)), membership.c.role == "focal")
        .group_by(membership.c.unit_id)
    )
    return {row.unit_id: row.since.astimezone(zone).date() for row in rows}
