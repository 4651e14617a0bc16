"""How often units report where a plan gives no dates: the State's own rhythm, another, or dates typed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.common.recurrence import Recurrence
from domain.common.text import fold
from domain.deadlines import read_deadline
from domain.plans.draft import Draft

RhythmName = Literal["plan", "decree", "monthly", "quarterly", "half-yearly", "yearly", "dates"]
_OFFERED: tuple[RhythmName, ...] = ("decree", "quarterly", "yearly")

_CLOSES: dict[RhythmName, tuple[Recurrence, tuple[int, ...]]] = {
    "decree": ("half-yearly", (6, 12)),
    "half-yearly": ("half-yearly", (6, 12)),
    "quarterly": ("quarterly", (3, 6, 9, 12)),
    "yearly": ("yearly", (12,)),
    "monthly": ("monthly", tuple(range(1, 13))),
}
"""How often, and in which months reports are due."""

_DAY = 15
"""Nghị định 09/2019/NĐ-CP, Điều 12: figures close on the 14th; the report is due on the day after."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When units report within a plan's period; `due` ascends and is not empty."""

    name: RhythmName
    recurrence: Recurrence
    due: tuple[date, ...]
    rrule: str | None = None
    inclusive: bool = True


def make_rhythm(words: str, draft: Draft) -> Rhythm | None:
    """Return the rhythm of that name, or of the days that are typed; None where neither can be read.

    "plan" are the days on which others report by the plan's own words. A rhythm recurs in each year of the
    plan's period, not before the draft's day; where none of its days is left, the period's last day is taken.
    """
    plain = fold(words)
    if plain == "plan":
        return rhythm_of_others(draft)
    name = next((name for name in _CLOSES if plain == name), None)
    if name is not None:
        return _named(name, draft)
    read = read_deadline(words, *draft.period)
    if read.dates:
        recurrence = _often(read.dates) if read.recurrence in ("once", "unspecified") else read.recurrence
        return Rhythm("dates", recurrence, read.dates, read.rule, read.inclusive)
    often = next((name for name in _CLOSES if read.recurrence == name), None)
    return _named(often, draft) if often else None


def rhythm_of_others(draft: Draft) -> Rhythm | None:
    """Return the days of the report that most units owe by the plan's own words; None where none is left."""
    reports = [row for row in draft.rows if row.kind == "report" and row.units]
    left = [row for row in reports if any(day >= draft.today for day in row.due)]
    if not left:
        return None
    widest = max(left, key=lambda row: len(row.units))
    return Rhythm("plan", widest.recurrence, widest.due)


def offered_rhythms(draft: Draft) -> tuple[RhythmName, ...]:
    """Return what is offered with one tap: the plan's own days first, where it has any."""
    return ("plan", *_OFFERED) if rhythm_of_others(draft) else _OFFERED


def _named(name: RhythmName, draft: Draft) -> Rhythm:
    recurrence, months = _CLOSES[name]
    period, today = draft.period, draft.today
    first = period[0] if period[1] < today else max(period[0], today)
    days = [date(year, month, _DAY) for year in range(first.year, period[1].year + 1) for month in months]
    due = tuple(day for day in days if first <= day <= period[1])
    if not due:
        return Rhythm(name, recurrence, (period[1],))
    by_month = ",".join(map(str, months))
    return Rhythm(name, recurrence, due, f"FREQ=YEARLY;BYMONTH={by_month};BYMONTHDAY={_DAY}")


def _often(due: tuple[date, ...]) -> Recurrence:
    """Two reports in a year are the half-year's and the year's, four the quarters', one is the year's."""
    per_year = len(due) / len({day.year for day in due})
    if per_year == 2:
        return "half-yearly"
    if per_year == 4:
        return "quarterly"
    return "yearly" if per_year == 1 and len(due) > 1 else "once"
