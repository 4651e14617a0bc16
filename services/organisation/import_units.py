"""Bring the register up to date from a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.organisation.register_changes import UnitChange, UnitRow, unit_changes
from services.common.results import Refused
from services.organisation.current_register import note_register_changed
from services.organisation.register_keepers import may_keep_register
from storage.common import audit_log
from storage.organisation import contact_store, unit_store


@dataclass(frozen=True, slots=True)
class UnitsImported:
    """What was added to the register, what changed in it, what the table has as it was."""

    added: tuple[UnitChange, ...]
    changed: tuple[UnitChange, ...]
    unchanged: tuple[UnitChange, ...]

    @property
    def is_news(self) -> bool:
        """Whether anything is added or changed."""
        return bool(self.added or self.changed)


async def preview_units(conn: AsyncConnection, rows: Iterable[UnitRow]) -> UnitsImported:
    """Return what an import of these rows would do; nothing is written."""
    changes = unit_changes(await unit_store.load(conn), rows, await contact_store.phones_by_unit(conn))
    return UnitsImported(
        added=tuple(each for each in changes if each.was is None),
        changed=tuple(each for each in changes if each.was is not None and each.changes),
        unchanged=tuple(each for each in changes if not each.changes),
    )


async def import_units(
    conn: AsyncConnection, rows: Iterable[UnitRow], *, by: Person | None = None, now: datetime
) -> UnitsImported | Refused[Literal["not_keeper"]]:
    """Add units and complete those that are known; nothing is taken away. Needs a writing transaction.

    `by` is None for the operator. Refused: it is not theirs to keep the register ("not_keeper").
    """
    if by is not None and not await may_keep_register(conn, by):
        return Refused("not_keeper")
    result = await preview_units(conn, rows)
    if result.is_news:
        news = (*result.added, *result.changed)
        await unit_store.save(conn, [each.becomes for each in news if each.was != each.becomes])
        ids = await unit_store.ids(conn)
        for each in news:
            if each.phone != each.was_phone:
                await contact_store.keep_unit_phone(conn, ids[each.becomes.name], each.phone)
        about = f"{len(result.added)} added, {len(result.changed)} changed"
        await audit_log.note(conn, now, "units", about, by.id if by else None)
        await note_register_changed(conn)
    return result
