"""Who hears of what is asked for on a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import Kind
from services.common.rules import Rules
from storage.organisation import absence_store


class Heard(Protocol):
    """What is asked for, as far as its ladder goes."""

    @property
    def unit_id(self) -> int:
        """Whose it is."""

    @property
    def due_on(self) -> date:
        """Its local due date."""

    @property
    def kind(self) -> Kind:
        """What is asked for."""

    @property
    def plan(self) -> str:
        """The number of its plan."""


async def hearers(
    conn: AsyncConnection, rules: Rules, asked: Sequence[Heard], today: date
) -> list[tuple[int, int]]:
    """Return (person id, unit id) of who hears: focal points always, leaders from their rung on."""
    by_unit: defaultdict[int, list[Heard]] = defaultdict(list)
    for one in asked:
        by_unit[one.unit_id].append(one)
    pressing = [unit_id for unit_id, ones in by_unit.items() if any(_leader(rules, o, today) for o in ones)]
    focal = await absence_store.hearers(conn, by_unit, ["focal"], today)
    leaders = await absence_store.hearers(conn, pressing, ["leader"], today)
    return list(dict.fromkeys((*focal, *leaders)))


def _leader(rules: Rules, one: Heard, today: date) -> bool:
    ladder = rules.ladders.of(one.kind, one.plan)
    return ladder.hears("leader", one.due_on, today, rules.days)
