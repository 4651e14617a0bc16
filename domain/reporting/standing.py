"""Who is where: the tally of a plan up to its next due date, and a line a unit, worst first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.assignments.lifecycle import Tally
from domain.reporting.figures import Figures, sum_of

Mark = Literal["overdue", "due", "open", "done"]
_WORST: dict[Mark, int] = {"overdue": 0, "due": 1, "open": 2, "done": 3}


@dataclass(frozen=True, slots=True)
class Dates:
    """Up to which due date is counted, the last day in time of what is due then, and by which planned date
    the reports that are counted were due."""

    focus: date | None
    focus_last: date | None
    round: date | None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of a unit's assignments stand how. `reports` counts those of the round, `sent` what of them
    the unit has handed in.

    `answered` counts, among all of it, what the unit has handed in, confirmed or not; of that `answered_late`
    came late, and `answered_nil` in time but with nothing to report. `held` counts what is due and
    nobody is asked for, since the coordinator has not answered the wish for a later date; the latest of these
    dates is `wanted`. `late_since` is the earliest last day in time
    of what else is overdue.
    """

    unit_id: int
    unit: str
    done_in_time: int = 0
    done_late: int = 0
    in_time: int = 0
    due: int = 0
    overdue: int = 0
    late_since: date | None = None
    blocked: bool = False
    reports: int = 0
    sent: int = 0
    answered: int = 0
    answered_late: int = 0
    answered_nil: int = 0
    held: int = 0
    wanted: date | None = None

    @property
    def total(self) -> int:
        """All of it."""
        return self.done_in_time + self.done_late + self.in_time + self.due + self.overdue

    @property
    def figures(self) -> Figures:
        """What became of all of it."""
        total = self.total
        return Figures(
            expected=total,
            on_time=self.answered - self.answered_late - self.answered_nil,
            late=self.answered_late,
            nil=self.answered_nil,
            missing=total - self.answered,
        )


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's line: how many of its assignments are done, its oldest open due date, its difficulties.

    `done_late` of them were done late, `overdue` are. `has_reported` is None where the round asks no report;
    what it asks counts as reported once it is handed in. `waiting` for the coordinator to confirm it is what
    else is handed in; `held` and `wanted` as in UnitCount. `figures` tell what became of all of it.
    """

    unit_id: int
    unit: str
    mark: Mark
    done: int
    total: int
    late_since: date | None
    blocked: bool
    done_late: int = 0
    overdue: int = 0
    has_reported: bool | None = None
    waiting: int = 0
    held: int = 0
    wanted: date | None = None
    figures: Figures = field(default_factory=Figures)

    @property
    def answered(self) -> bool:
        """Whether the unit has done its part of all of it."""
        return self.done + self.waiting == self.total

    @property
    def can_be_asked(self) -> bool:
        """Whether something is left for which the next word is the unit's, and not the coordinator's."""
        return self.done + self.waiting + self.held < self.total

    @property
    def tally(self) -> Tally:
        """The four lines."""
        open_in_time = self.total - self.done - self.overdue
        return Tally(self.done - self.done_late, self.done_late, open_in_time, self.overdue)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands. `focus` is the due date that is next, or the last one where all have passed;
    `focus_last` is the last day in time of what is due then.

    `reported` of the units `asked` have handed in the report that was due on `round`, the round nearest to
    today, whether or not the coordinator has confirmed it; in a plan without reports (`round` None) they have
    handed in all that they owed. `figures` tell what became of all that is counted in `tally`.
    """

    focus: date | None
    tally: Tally
    reported: int
    units: tuple[UnitStanding, ...]
    past: int
    asked: int = 0
    round: date | None = None
    focus_last: date | None = None
    figures: Figures = field(default_factory=Figures)


def next_date(dates: Iterable[tuple[date, date]], today: date) -> tuple[date, date] | None:
    """Return the first (due date, last day in time) that has not passed, else the last one.

    Of one due date with several last days, the latest counts.
    """
    last_of: dict[date, date] = {}
    for due, last in dates:
        last_of[due] = max(last, last_of.get(due, last))
    dates_in_order = sorted(last_of.items())
    return next(
        (pair for pair in dates_in_order if pair[1] >= today), dates_in_order[-1] if dates_in_order else None
    )


def nearest(dates: Iterable[date], today: date) -> date | None:
    """Return the date nearest to `today`: the morning after a date is still about that date."""
    return min(dates, key=lambda day: (abs((day - today).days), day), default=None)


def standing_of_counts(dates: Dates, counted: Iterable[UnitCount], past: int) -> Standing:
    """Return where a plan stands from what was counted unit by unit; `past` was due before it was entered."""
    counts = tuple(counted)
    owing = [count for count in counts if count.total]
    units = tuple(sorted(map(_unit, owing), key=_worst_first))
    if dates.round is None:
        reported, asked = sum(unit.answered for unit in units), len(units)
    else:
        asking = [count for count in counts if count.reports]
        reported, asked = sum(count.sent == count.reports for count in asking), len(asking)
    return Standing(
        focus=dates.focus,
        tally=Tally(
            sum(count.done_in_time for count in owing),
            sum(count.done_late for count in owing),
            sum(count.in_time + count.due for count in owing),
            sum(count.overdue for count in owing),
        ),
        reported=reported,
        units=units,
        past=past,
        asked=asked,
        round=dates.round,
        focus_last=dates.focus_last,
        figures=sum_of(unit.figures for unit in units),
    )


def _unit(counted: UnitCount) -> UnitStanding:
    return UnitStanding(
        unit_id=counted.unit_id,
        unit=counted.unit,
        mark="overdue"
        if counted.overdue
        else "due"
        if counted.due
        else "open"
        if counted.in_time
        else "done",
        done=counted.done_in_time + counted.done_late,
        total=counted.total,
        late_since=counted.late_since,
        blocked=counted.blocked,
        done_late=counted.done_late,
        overdue=counted.overdue,
        has_reported=counted.sent == counted.reports if counted.reports else None,
        waiting=counted.answered - counted.done_in_time - counted.done_late,
        held=counted.held,
        wanted=counted.wanted,
        figures=counted.figures,
    )


def _worst_first(unit: UnitStanding) -> tuple[int, date, bool, float]:
    share = unit.done / unit.total
    return _WORST[unit.mark], unit.late_since or date.max, not unit.blocked, share
