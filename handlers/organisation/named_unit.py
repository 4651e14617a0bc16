"""The one unit that somebody types, for chat and pages."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.name_lookup import read_names
from domain.organisation.register import Register
from services.common.rules import Rules
from storage.organisation import unit_store


async def named_unit(
    conn: AsyncConnection, rules: Rules, text: str, today: date
) -> tuple[str | None, tuple[str, ...]]:
    """Return the unit that a text names, and else which units it may mean: none where it is not known."""
    register = Register(await unit_store.load(conn), rules.register.groups)
    meant = read_names(text, register, (), today)
    if len(meant.units) == 1 and meant.whole:
        return meant.units[0].name, ()
    return None, tuple(unit.name for unit in (meant.choices or meant.units))
