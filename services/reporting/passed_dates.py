"""Which dates of a plan have passed, and how many units have handed in what was expected by each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.reporting import report_store
from storage.reporting.report_store import Owing


@dataclass(frozen=True, slots=True)
class PassedDate:
    """A date in the plan: how many `units` something was expected of by then, and how many handed it all in.

    Whoever has a later date by leave is among them, so that a date has the same units for ever; `missing` is
    what has not been handed in.
    """

    planned_on: date
    units: int
    answered: int
    missing: tuple[Owing, ...]


async def passed_dates(
    conn: AsyncConnection, plan_id: int, since: date, today: date
) -> tuple[PassedDate, ...]:
    """Return the plan's dates by which something fell due on [since, today), earliest first."""
    return passed_of(await report_store.owing(conn, plan_id, today, date.min, None), since, today)


def passed_of(owed_of_plan: Iterable[Owing], since: date, today: date) -> tuple[PassedDate, ...]:
    """Return the same of what units owe by a plan."""
    by_date: dict[date, list[Owing]] = {}
    for owing in owed_of_plan:
        by_date.setdefault(owing.planned_on, []).append(owing)
    return tuple(
        _passed(planned_on, owed)
        for planned_on, owed in sorted(by_date.items())
        if any(since <= owing.last_on < today for owing in owed)
    )


def _passed(planned_on: date, owed: list[Owing]) -> PassedDate:
    missing = tuple(owing for owing in owed if owing.answer == "missing")
    units = {owing.unit_id for owing in owed}
    behind = {owing.unit_id for owing in missing}
    return PassedDate(planned_on, len(units), len(units) - len(behind), missing)
