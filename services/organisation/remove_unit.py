"""End a unit of the register, or let it be there again; its record of work stays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from services.common.results import Refused
from storage.common import audit_log
from storage.organisation import unit_store


@dataclass(frozen=True, slots=True)
class UnitRemoved:
    """The unit has ended; who is named as `successor` has its people's work from now on."""

    name: str
    last_day: date
    successor: str | None


@dataclass(frozen=True, slots=True)
class UnitInUse:
    """Nothing was done: the unit owes something, or somebody holds a seat in it, and nobody succeeds it."""

    name: str
    open: int
    seats: int


async def remove_unit(
    conn: AsyncConnection, unit_id: int, *, successor_id: int | None = None, now: datetime, today: date
) -> UnitRemoved | UnitInUse | Refused[Literal["ended", "no_successor"]]:
    """Let a unit end with yesterday; `today` is local. Whoever has a seat in the successor stands in for it.

    Needs a writing transaction. Refused: it has ended before ("ended"); the successor is the unit itself or
    has ended ("no_successor").
    """
    unit = await unit_store.get(conn, unit_id)
    if unit.until is not None and unit.until < today:
        return Refused("ended")
    successor = None
    if successor_id is not None:
        heir = await unit_store.get(conn, successor_id)
        if successor_id == unit_id or not heir.exists(today):
            return Refused("no_successor")
        successor = heir.name
    count, seats = await unit_store.in_use(conn, unit_id)
    if successor is None and (count or seats):
        return UnitInUse(unit.name, count, seats)
    last = today - timedelta(days=1)
    await unit_store.end(conn, unit_id, last, successor)
    became = f"unit {successor_id}" if successor_id else None
    await audit_log.note(conn, now, "unit removed", f"unit {unit_id}", became=became)
    return UnitRemoved(unit.name, last, successor)


async def restore_unit(
    conn: AsyncConnection, unit_id: int, *, now: datetime
) -> str | Refused[Literal["there"]]:
    """Let a unit that has ended be there again, without a successor; return its name.

    Needs a writing transaction. Refused: it has not ended ("there").
    """
    unit = await unit_store.get(conn, unit_id)
    if unit.until is None:
        return Refused("there")
    await unit_store.end(conn, unit_id, None, None)
    await audit_log.note(conn, now, "unit restored", f"unit {unit_id}", was=unit.until.isoformat())
    return unit.name
