"""What people have been sent in a month, and the last days that lie ahead of them in it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN
from storage.database.schema import assignment, outgoing

_SENT = ("pending", "claimed", "sent", "unsure")


async def days_written(
    conn: AsyncConnection, people: Collection[int], first: date, before: date
) -> dict[int, int]:
    """Return on how many local days from `first` on and before `before` people had a daily message."""
    of_days = (outgoing.c.day >= first, outgoing.c.day < before)
    rows = await conn.execute(
        select(outgoing.c.person_id, func.count(outgoing.c.day.distinct()).label("days"))
        .where(outgoing.c.person_id.in_(people), outgoing.c.kind == "daily", *of_days)
        .where(outgoing.c.state.in_(_SENT))
        .group_by(outgoing.c.person_id)
    )
    return {row.person_id: row.days for row in rows}


async def last_days(
    conn: AsyncConnection, unit_ids: Collection[int], after: date, until: date
) -> dict[int, frozenset[date]]:
    """Return the days after `after`, up to `until`, on which something that units owe is in time for the last
    time; by unit."""
    open_ = (assignment.c.state.in_(OPEN), ~assignment.c.past, assignment.c.next_nudge_on.is_not(None))
    rows = await conn.execute(
        select(assignment.c.unit_id, assignment.c.last_on)
        .where(assignment.c.unit_id.in_(unit_ids), *open_)
        .where(assignment.c.last_on > after, assignment.c.last_on <= until)
        .distinct()
    )
    days: defaultdict[int, set[date]] = defaultdict(set)
    for row in rows:
        days[row.unit_id].add(row.last_on)
    return {unit_id: frozenset(on) for unit_id, on in days.items()}
