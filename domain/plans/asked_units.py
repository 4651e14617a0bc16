"""Whom a plan asks and by when: every unit with a duty must be asked at least once in the plan's period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.plans.commitments import Commitments, PlanLine
from domain.plans.draft import Draft


@dataclass(frozen=True, slots=True)
class AskingClause:
    """What a plan says, as far as it asks: a duty of `units`, or a report of theirs; `due` ascends."""

    text: str
    units: tuple[str, ...]
    due: tuple[date, ...]
    is_report: bool


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A unit with a duty: every date on which it is asked, and its duties that no date covers.

    A duty is covered by a date of its own, or by a report of the unit's that has one.
    """

    unit: str
    dates: tuple[date, ...]
    uncovered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The units that have duties, in the plan's order; `since` is the first day on which one can be asked."""

    units: tuple[AskedUnit, ...]
    since: date

    @property
    def asked(self) -> tuple[AskedUnit, ...]:
        """The units that are asked on a day that has not passed."""
        return tuple(unit for unit in self.units if any(day >= self.since for day in unit.dates))

    @property
    def unasked(self) -> tuple[str, ...]:
        """The names of the units that nobody will ever ask."""
        asked = {unit.unit for unit in self.asked}
        return tuple(unit.unit for unit in self.units if unit.unit not in asked)

    @property
    def first(self) -> date | None:
        """The first day on which anybody is asked."""
        return min((day for unit in self.units for day in unit.dates if day >= self.since), default=None)


def coverage_of_draft(draft: Draft, today: date) -> Coverage:
    """Return whom a draft asks; days before `today` ask nobody, unless the plan's whole period is past."""
    clauses = [
        AskingClause(row.text, row.units, row.due, is_report=row.kind == "report") for row in draft.rows
    ]
    return _coverage(clauses, _since(draft.period, today))


def coverage_of_reading(commitments: Commitments, period: tuple[date, date] | None, today: date) -> Coverage:
    """Return whom a plan asks that was read from a document and is not kept."""
    lines = [
        AskingClause(line.source.text, _answering(line), line.due, is_report=False)
        for line in commitments.lines
    ]
    reports = [
        AskingClause("", regime.units, regime.rule.due, is_report=True) for regime in commitments.regimes
    ]
    return _coverage([*lines, *reports], _since(period, today))


def _answering(line: PlanLine) -> tuple[str, ...]:
    return tuple(unit for unit, part in line.parts if part != "partner")


def _since(period: tuple[date, date] | None, today: date) -> date:
    return date.min if period is not None and period[1] < today else today


def _coverage(clauses: Sequence[AskingClause], since: date) -> Coverage:
    """Every unit that answers for a duty or reports by a date; a report without one is a doubt of its own."""
    reports = _dates_by_unit(clause for clause in clauses if clause.is_report)
    duties = _dates_by_unit(clause for clause in clauses if not clause.is_report)
    counted = [clause for clause in clauses if clause.due or not clause.is_report]
    units = dict.fromkeys(unit for clause in counted for unit in clause.units)
    return Coverage(
        tuple(
            AskedUnit(
                unit,
                tuple(sorted(reports.get(unit, set()) | duties.get(unit, set()))),
                () if reports.get(unit) else tuple(_undated(clauses, unit)),
            )
            for unit in units
        ),
        since,
    )


def _undated(clauses: Iterable[AskingClause], unit: str) -> Iterable[str]:
    duties = (clause for clause in clauses if not clause.is_report and unit in clause.units)
    return (duty.text for duty in duties if not duty.due)


def _dates_by_unit(clauses: Iterable[AskingClause]) -> dict[str, set[date]]:
    dates: dict[str, set[date]] = {}
    for clause in clauses:
        for unit in clause.units:
            dates.setdefault(unit, set()).update(clause.due)
    return dates
