"""Count one round of reports, assignment by assignment."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from domain.assignments.lifecycle import Timeliness
from domain.reporting.figures import Answer
from domain.reporting.standing import Counted, Dates, Standing, put_together


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
    for one in expected:
        by_unit.setdefault(one.unit_id, []).append(one)
    return put_together(Dates(round_, None, round_), [_count(those, round_) for those in by_unit.values()], 0)


def _count(those: Sequence[Expected], round_: date) -> Counted:
    ways = [expected.timeliness for expected in those]
    answers = [expected.answer for expected in those]
    reports = [expected for expected in those if expected.duty_id is None and expected.planned_on == round_]
    return Counted(
        unit_id=those[0].unit_id,
        unit=those[0].unit,
        done_in_time=ways.count("done_in_time"),
        done_late=ways.count("done_late"),
        in_time=ways.count("in_time"),
        due=ways.count("due"),
        overdue=ways.count("overdue"),
        late_since=min(
            (expected.last_on for expected in those if expected.timeliness == "overdue"), default=None
        ),
        blocked=any(expected.blocked for expected in those),
        reports=len(reports),
        sent=sum(report.answer != "missing" for report in reports),
        answered=len(answers) - answers.count("missing"),
        answered_late=answers.count("late"),
        answered_nil=answers.count("nil"),
    )
