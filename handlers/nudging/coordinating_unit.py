"""The last line of a nudge: which unit compiles, who is there, how it is reached."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.organisation import people_store, unit_store

_SHOWN = 3


async def compiled_by(
    conn: AsyncConnection, words: Wording, asked: Sequence[Assignment], rules: Rules
) -> list[Markup]:
    """Name the units that compile what is asked, a line each, with their people and their contact."""
    compiling = dict.fromkeys(
        assignment.coordinator_id for assignment in asked if assignment.coordinator_id is not None
    )
    units = list(compiling)[:_SHOWN]
    names = {unit_id: name for name, unit_id in (await unit_store.ids(conn)).items()}
    there = await people_store.contacts(conn, units, words.today)
    return [
        words.texts(
            "nudge.compiled_by",
            unit=names[unit_id],
            people=_list(
                words,
                [
                    contact.name
                    for contact in there
                    if (contact.unit_id, contact.role) == (unit_id, "coordinator")
                ],
            ),
            contact=_list(words, [rules.reports.contact(names[unit_id]) or ""]),
        )
        for unit_id in units
    ]


def _list(words: Wording, some: Sequence[str]) -> Markup:
    """Return ", A, B"; nothing for none."""
    return Markup("").join(words.texts("nudge.and", name=one) for one in dict.fromkeys(some) if one)
