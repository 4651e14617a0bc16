"""What expressions of documents mean in this province, as the people who compile plans have said."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold
from domain.organisation.learnt_names import with_learnt
from domain.organisation.register import Group, Register, Unit
from storage.database.schema import learnt_name, unit
from storage.organisation import unit_store


async def learn(conn: AsyncConnection, expression: str, unit_ids: Iterable[int]) -> None:
    """Let an expression mean these units from now on, whatever it meant before."""
    known = await conn.execute(select(learnt_name.c.id, learnt_name.c.name))
    same = [row.id for row in known if fold(row.name) == fold(expression)]
    await conn.execute(delete(learnt_name).where(learnt_name.c.id.in_(same)))
    rows = [{"name": expression, "unit_id": unit_id} for unit_id in dict.fromkeys(unit_ids)]
    if rows:
        await conn.execute(insert(learnt_name), rows)


async def forget(conn: AsyncConnection, expression: str) -> bool:
    """Let an expression mean nothing of its own any more; False where it did not."""
    gone = await conn.execute(delete(learnt_name).where(learnt_name.c.name == expression))
    return gone.rowcount > 0


async def names(conn: AsyncConnection) -> dict[str, tuple[str, ...]]:
    """Return the names of the units by the expressions that mean them."""
    rows = await conn.execute(
        select(learnt_name.c.name, unit.c.name.label("unit"))
        .join(unit, unit.c.id == learnt_name.c.unit_id)
        .order_by(learnt_name.c.id)
    )
    units_by_name: dict[str, tuple[str, ...]] = {}
    for row in rows:
        units_by_name[row.name] = (*units_by_name.get(row.name, ()), row.unit)
    return units_by_name


async def load_register(conn: AsyncConnection, groups: Sequence[Group]) -> Register:
    """Return the register as the database keeps it, with what was learnt."""
    return await with_names(conn, await unit_store.load(conn), groups)


async def with_names(conn: AsyncConnection, units: Iterable[Unit], groups: Sequence[Group]) -> Register:
    """Return a register of these units, with what was learnt."""
    return with_learnt(units, groups, await names(conn))
