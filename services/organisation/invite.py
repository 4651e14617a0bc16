"""Make a code by which somebody gets a seat, for whoever has authority over it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person, Role
from services.common.results import Refused
from services.organisation.invite_codes import Code, make_code
from storage.common import fact_store
from storage.organisation import people_store, unit_store

Basis = Literal["own", "leader", "vacant"]
"""Why a seat may be given: one holds it, leads the unit, or coordinates a unit that has nobody."""


@dataclass(frozen=True, slots=True)
class GivableSeat:
    """A seat of a unit that a person may give to somebody else."""

    unit_id: int
    unit: str
    role: Role
    basis: Basis


async def givable_seats(conn: AsyncConnection, by: Person, today: date) -> tuple[GivableSeat, ...]:
    """Return the seats that a person may give: their own, the focal point's of a unit that they lead, and to
    a coordinator the focal point's of a unit of their plans that has neither focal point nor leader.

    That a plan names a unit gives no authority over the people of that unit.
    """
    own = [seat for seat in by.seats if not seat.inherited]
    seats = [GivableSeat(seat.unit_id, seat.unit, seat.role, "own") for seat in own]
    seats += [
        GivableSeat(seat.unit_id, seat.unit, "focal", "leader") for seat in own if seat.role == "leader"
    ]
    compiled_units = await unit_store.compiled_by(conn, by.units("coordinator"))
    units_with_people = {
        unit for _, unit in await people_store.holders(conn, compiled_units, ("focal", "leader"), today)
    }
    seats += [
        GivableSeat(key, name, "focal", "vacant")
        for key, name in compiled_units.items()
        if key not in units_with_people
    ]
    first: dict[tuple[int, Role], GivableSeat] = {}
    for seat in seats:
        first.setdefault((seat.unit_id, seat.role), seat)
    return tuple(first.values())


async def invite_vacant(conn: AsyncConnection, *, by: Person, now: datetime, today: date) -> tuple[Code, ...]:
    """Make a code for the focal point of each unit of `by`'s plans that has nobody.

    Needs a writing transaction. Each is good while its unit has nobody, so that codes made before may stay.
    """
    seats = await givable_seats(conn, by, today)
    made = [
        await invite(conn, seat.unit_id, seat.role, by=by, now=now, today=today)
        for seat in seats
        if seat.basis == "vacant"
    ]
    return tuple(code for code in made if isinstance(code, Code))


async def invite(
    conn: AsyncConnection, unit_id: int, role: Role, *, by: Person, now: datetime, today: date
) -> Code | Refused[Literal["not_yours"]]:
    """Make a single-use code for a seat. Whoever holds that seat keeps it until the code is used.

    Needs a writing transaction. Refused where the seat is not `by`'s to give.
    """
    seats = await givable_seats(conn, by, today)
    seat = next((each for each in seats if (each.unit_id, each.role) == (unit_id, role)), None)
    if seat is None:
        return Refused("not_yours")
    is_held = bool(await people_store.holders(conn, [unit_id], [role], today))
    return await make_code(
        conn,
        unit_id,
        seat.unit,
        role,
        now,
        bot=await fact_store.get_fact(conn, "telegram_bot"),
        by=by.id,
        takes_over=seat.basis == "own" or is_held,
        holder=by.id if seat.basis == "own" else None,
        only_vacant=seat.basis == "vacant",
    )
