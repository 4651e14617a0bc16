"""Count one round of reports, assignment by assignment."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from domain.assignments.lifecycle import Timeliness
from domain.reporting.figures import Answer
from domain.reporting.standing import Dates, Standing, UnitCount, standing_of_counts


class Expected(Protocol):
    """One assignment of a round; `duty_id` None: a report."""

    @property
    def unit_id(self) -> int:
        """The unit that owes it."""

    @property
    def unit(self) -> str:
        """Its name."""

    @property
    def duty_id(self) -> int | None:
        """The dated duty, None for a report."""

    @property
    def planned_on(self) -> date:
        """The plan's own date."""

    @property
    def last_on(self) -> date:
        """The last day in time."""

    @property
    def blocked(self) -> bool:
        """Whether a difficulty stands."""

    @property
    def timeliness(self) -> Timeliness:
        """How it stands."""

    @property
    def answer(self) -> Answer:
        """What the unit answered."""


def count_round(round_: date, expected: Iterable[Expected]) -> Standing:
    """Return where a round stands: all that is expected in it counts, whatever its own date."""
    by_unit: dict[int, list[Expected]] = {}
    for assignment in expected:
        by_unit.setdefault(assignment.unit_id, []).append(assignment)
    return standing_of_counts(
        Dates(round_, None, round_), [_count(of_unit, round_) for of_unit in by_unit.values()], 0
    )


def _count(assignments: Sequence[Expected], round_: date) -> UnitCount:
    timeliness = [expected.timeliness for expected in assignments]
    answers = [expected.answer for expected in assignments]
    reports = [
        expected for expected in assignments if expected.duty_id is None and expected.planned_on == round_
    ]
    return UnitCount(
        unit_id=assignments[0].unit_id,
        unit=assignments[0].unit,
        done_in_time=timeliness.count("done_in_time"),
        done_late=timeliness.count("done_late"),
        in_time=timeliness.count("in_time"),
        due=timeliness.count("due"),
        overdue=timeliness.count("overdue"),
        late_since=min(
            (expected.last_on for expected in assignments if expected.timeliness == "overdue"), default=None
        ),
        blocked=any(expected.blocked for expected in assignments),
        reports=len(reports),
        sent=sum(report.answer != "missing" for report in reports),
        answered=len(answers) - answers.count("missing"),
        answered_late=answers.count("late"),
        answered_nil=answers.count("nil"),
    )
