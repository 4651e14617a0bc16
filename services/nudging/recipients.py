"""Who receives the messages about what is asked for on a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import Kind
from services.common.rules import Rules
from storage.organisation import absence_store


class Owed(Protocol):
    """What is asked for, as far as its ladder goes."""

    @property
    def unit_id(self) -> int:
        """The unit that owes it."""

    @property
    def last_on(self) -> date:
        """The last local day on which it is in time."""

    @property
    def kind(self) -> Kind:
        """Whether it is a report, a duty or a request."""

    @property
    def plan(self) -> str:
        """The number of its plan, "" where it has none."""


async def hearers(
    conn: AsyncConnection, rules: Rules, assignments: Sequence[Owed], today: date
) -> list[tuple[int, int]]:
    """Return (person id, unit id) of who hears: focal points always, leaders from their rung on."""
    by_unit: defaultdict[int, list[Owed]] = defaultdict(list)
    for assignment in assignments:
        by_unit[assignment.unit_id].append(assignment)
    with_leader = [
        unit_id for unit_id, theirs in by_unit.items() if any(_leader(rules, each, today) for each in theirs)
    ]
    focal = await absence_store.hearers(conn, by_unit, ["focal"], today)
    leaders = await absence_store.hearers(conn, with_leader, ["leader"], today)
    return list(dict.fromkeys((*focal, *leaders)))


def _leader(rules: Rules, assignment: Owed, today: date) -> bool:
    ladder = rules.ladders.of(assignment.kind, assignment.plan)
    return ladder.hears("leader", assignment.last_on, today, rules.days)
