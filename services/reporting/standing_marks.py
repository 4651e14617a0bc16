"""How many assignments stand under which mark: by unit, by clause of a plan, by day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import Timeliness
from domain.reporting.standing import Mark
from storage.reporting import read_models
from storage.reporting.read_models import TimelinessCounts, UnitAssignment

MARK_OF: Mapping[Timeliness, Mark] = {
    "overdue": "overdue",
    "due": "due",
    "in_time": "open",
    "done_in_time": "done",
    "done_late": "done",
}
"""The mark of one assignment; what is past or called off has none."""
WORST: tuple[Mark, ...] = ("overdue", "due", "open", "done")
Marks = tuple[tuple[Mark, int], ...]
"""How many stand under which mark, the worst first; none of those of which there are none."""


def marks_of(ways: TimelinessCounts) -> Marks:
    """Return how many stand under which mark, the worst first."""
    by_mark: Counter[Mark] = Counter()
    for way, count in ways.items():
        if mark := MARK_OF.get(way):
            by_mark[mark] += count
    return tuple((mark, by_mark[mark]) for mark in WORST if by_mark[mark])


async def by_unit(conn: AsyncConnection, plan_ids: Sequence[int], today: date) -> dict[int, Marks]:
    """Return the marks of all that plans ask for on a local day, by unit id."""
    ways = await read_models.by_unit(conn, plan_ids, today)
    return {unit_id: marks_of(counts) for unit_id, counts in ways.items()}


async def by_clause(
    conn: AsyncConnection, plan_id: int, today: date, due_on: date | None = None
) -> dict[str, Marks]:
    """Return the same of one plan by clause, "line 12" or "rule 3"; with `due_on`, of what is due then."""
    ways = await read_models.by_clause(conn, plan_id, today, due_on)
    return {clause: marks_of(counts) for clause, counts in ways.items()}


async def by_day(
    conn: AsyncConnection, plan_id: int, first: date, last: date, today: date
) -> dict[date, Marks]:
    """Return the same of one plan by due date, from the first to the last day."""
    ways = await read_models.by_day(conn, plan_id, first, last, today)
    return {day: marks_of(counts) for day, counts in ways.items()}


async def of_clause(conn: AsyncConnection, plan_id: int, clause: str, today: date) -> list[UnitAssignment]:
    """Return what is owed for one clause of a plan, nearest due date first."""
    return await read_models.of_clause(conn, plan_id, clause, today)
