"""Which unit compiles, who is there, how it is reached: the last line of a nudge."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.telephone import shown_phone
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.organisation import contact_store, people_store, unit_store

_SHOWN = 3


async def compiled_by(
    conn: AsyncConnection, wording: Wording, assignments: Sequence[Assignment], rules: Rules
) -> list[Markup]:
    """Name the units that compile what is asked, a line each, with their people and their contact."""
    compiling = dict.fromkeys(
        assignment.coordinator_id for assignment in assignments if assignment.coordinator_id is not None
    )
    units = list(compiling)[:_SHOWN]
    names = {unit_id: name for name, unit_id in (await unit_store.ids(conn)).items()}
    contacts = await people_store.contacts(conn, units, wording.today)
    offices = await contact_store.unit_phones(conn, units)
    return [
        wording.texts(
            "nudge.compiled_by",
            unit=names[unit_id],
            people=_list(
                wording,
                [
                    contact.name
                    for contact in contacts
                    if (contact.unit_id, contact.role) == (unit_id, "coordinator")
                ],
            ),
            contact=_list(wording, [rules.reports.contact(names[unit_id]) or shown_phone(offices[unit_id])]),
        )
        for unit_id in units
    ]


def _list(wording: Wording, names: Sequence[str]) -> Markup:
    """Return ", A, B"; nothing for none."""
    return Markup("").join(wording.texts("nudge.and", name=name) for name in dict.fromkeys(names) if name)
