"""Note that a unit has seen what it is asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments import assignment_change
from domain.organisation.people import Person
from services.common.rules import Rules
from storage.assignments import assignment_store, assignment_writer
from storage.common import audit_log


async def acknowledge(
    conn: AsyncConnection, assignment_ids: Sequence[int], *, by: Person, now: datetime, rules: Rules
) -> None:
    """Spare units the early rungs of what `by` has seen. Needs a writing transaction.

    Only what is open, of their units, and not late is noted: otherwise each "ok" would put off what is late.
    """
    today = now.astimezone(rules.zone).date()
    for assignment in await assignment_store.get(conn, assignment_ids):
        is_theirs = assignment.unit_id in by.units("focal", "leader")
        if is_theirs and assignment.is_open and assignment.last_on >= today:
            change = assignment_change.acknowledge(assignment, today, rules.schedule)
            await assignment_writer.write(conn, change)
            await audit_log.note(conn, now, "seen", f"assignment {assignment.id}", by.id)
