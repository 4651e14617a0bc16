"""Which units a letter may urge: they are late, have been nudged in vain, and are not the sender itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from services.common.rules import Rules
from storage.assignments import assignment_store
from storage.nudging import nudge_ledger
from storage.plans import plan_store


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit, and what it owes late and was nudged for, the nearest date first."""

    unit_id: int
    unit: str
    owed: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class LateUnits:
    """The units that a letter may urge; `not_nudged` are late too, and nobody was ever nudged for that."""

    units: tuple[LateUnit, ...]
    not_nudged: tuple[str, ...]

    def chosen(self, ids: Collection[int]) -> tuple[LateUnit, ...]:
        """Return those of these ids."""
        return tuple(unit for unit in self.units if unit.unit_id in ids)


async def late_units(conn: AsyncConnection, compiling: Iterable[int], rules: Rules, today: date) -> LateUnits:
    """Return the late units of all live plans that the units `compiling` compile, by date.

    Late is what is overdue by at least one working day on the local day `today`.
    """
    own = set(compiling)
    live = [plan for plan in await plan_store.listing(conn, own) if plan.state == "live"]
    late = [
        assignment
        for plan in live
        for assignment in await assignment_store.of_plan(conn, plan.id)
        if assignment.unit_id not in own
        and assignment.standing != "central"
        and _is_late(assignment, rules, today)
    ]
    nudged = await nudge_ledger.nudged(conn, [assignment.id for assignment in late])
    by_unit: defaultdict[int, list[Assignment]] = defaultdict(list)
    for assignment in sorted(late, key=lambda assignment: assignment.due_on):
        by_unit[assignment.unit_id].append(assignment)
    units = [
        LateUnit(unit_id, owed[0].unit, tuple(assignment for assignment in owed if assignment.id in nudged))
        for unit_id, owed in by_unit.items()
    ]
    return LateUnits(
        tuple(unit for unit in units if unit.owed), tuple(unit.unit for unit in units if not unit.owed)
    )


def _is_late(assignment: Assignment, rules: Rules, today: date) -> bool:
    overdue = assignment.timeliness(today) == "overdue" and assignment.can_be_asked(today)
    return overdue and rules.days.between(assignment.last_on, today) > 0
