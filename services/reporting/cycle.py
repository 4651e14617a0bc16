"""How a cycle ended: what was on time, late, put off or sent back, by unit and period and by duty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import squeeze
from domain.plans.periods import Period
from domain.reporting.figures import Figures, figures_of
from storage.reporting import report_store
from storage.reporting.report_store import EndedAssignment

MOST_OFTEN = 200
"""How many things that were often late are returned at most."""


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """How a unit ended a period; of all of it `extended` had its date moved, `returned` was sent back."""

    unit: str
    period: Period
    figures: Figures
    extended: int
    returned: int


@dataclass(frozen=True, slots=True)
class LateThing:
    """What was late: a duty by its words (None: the report of a period), by which units, how often of how
    many times."""

    duty: str | None
    period: Period
    units: tuple[str, ...]
    owed: int
    late: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """What is over of a plan; `periods` are those of which something is, as they come."""

    periods: tuple[Period, ...]
    ended: tuple[UnitPeriod, ...]
    often_late: tuple[LateThing, ...]


async def cycle(
    conn: AsyncConnection,
    plan_id: int,
    today: date,
    unit_ids: Sequence[int] = (),
    period: str = "",
) -> Cycle:
    """Return what is over of a plan on a local day; what is due later counts once it is handed in.

    For `unit_ids` alone where there are any, and for one period where `str(period)` is given. `ended` has a
    row a unit and period; `often_late` comes most often first.
    """
    return cycle_of(await report_store.cycle(conn, plan_id, today, unit_ids), period)


def cycle_of(over: Sequence[EndedAssignment], period: str = "") -> Cycle:
    """Return what is over as a cycle; of one period where `str(period)` is given."""
    chosen = [past for past in over if not period or str(past.period) == period]
    return Cycle(tuple(dict.fromkeys(past.period for past in over)), _by_unit(chosen), _often_late(chosen))


def _by_unit(over: Iterable[EndedAssignment]) -> tuple[UnitPeriod, ...]:
    groups: dict[tuple[str, Period], list[EndedAssignment]] = {}
    for past in over:
        groups.setdefault((past.unit, past.period), []).append(past)
    return tuple(_ended(unit, period, of_group) for (unit, period), of_group in groups.items())


def _ended(unit: str, period: Period, assignments: Sequence[EndedAssignment]) -> UnitPeriod:
    return UnitPeriod(
        unit=unit,
        period=period,
        figures=figures_of(past.answer for past in assignments),
        extended=sum(past.extended > 0 for past in assignments),
        returned=sum(past.returned for past in assignments),
    )


def _often_late(over: Iterable[EndedAssignment]) -> tuple[LateThing, ...]:
    things: dict[tuple[str | None, Period | None], list[EndedAssignment]] = {}
    for thing in over:
        duty = squeeze(thing.duty) if thing.duty else None
        is_named = duty is not None or thing.period.kind == "none"
        things.setdefault((duty, None if is_named else thing.period), []).append(thing)
    often = (_often(duty, assignments) for (duty, _), assignments in things.items())
    late = sorted(
        (late_thing for late_thing in often if late_thing.late),
        key=lambda late_thing: (-late_thing.late, -late_thing.late / late_thing.owed),
    )
    return tuple(late[:MOST_OFTEN])


def _often(duty: str | None, assignments: Sequence[EndedAssignment]) -> LateThing:
    late = [past for past in assignments if past.answer in ("late", "missing")]
    units = tuple(dict.fromkeys(past.unit for past in late))
    return LateThing(duty, assignments[0].period, units, len(assignments), len(late))
