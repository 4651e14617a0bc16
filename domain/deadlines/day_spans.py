"""Days and stretches of a year, and the dates that they come to inside a plan's period.

Shared by the phrase table (`domain.deadlines.phrase_table`) and the reader (`domain.deadlines`).
"""

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from dateutil.rrule import rrulestr

from domain.common.recurrence import Recurrence

Span = tuple[date, date]
DeadlineDoubt = Literal[
    "no_period",
    "before_issue",
    "outside_period",
    "event",
    "lunar",
    "month_missing",
    "day_missing",
    "either_day",
    "about",
    "weekday",
]
"""Why somebody should look at a phrase: a date is missing, was left out, or is unlikely."""

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST = date(9998, 12, 31)  # in the calendar's last year dateutil's weeks run over its end
_MONTH_DAYS = 30.44  # a mean month, in days
# How far apart, in months, the dates of a pace lie, and how many there must be to call it one.
_PACES: tuple[tuple[Recurrence, float, float, int], ...] = (
    ("monthly", 0.8, 1.3, 3),
    ("quarterly", 2.5, 4.3, 3),
    ("half-yearly", 2.8, 9.5, 2),
    ("yearly", 11.0, 13.0, 2),
)


@dataclass(frozen=True, slots=True)
class PhraseScope:
    """What a row of the table may look at: the folded phrase and the first and the last day that count.

    `years` are the years that the phrase names apart from its dates and that lie in the plan's period;
    `yearly` is true where the phrase says "hằng năm", `repeats` where it tells another rhythm ("hằng tháng").
    """

    text: str
    first: date
    last: date
    years: tuple[int, ...] = ()
    yearly: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row makes of a phrase.

    `before` is true where the day named is itself too late, `completes` where the words say that the work
    is finished by then ("hoàn thành trong quý II"), `limits` where the window only bounds a rhythm that
    stands elsewhere in the phrase ("trước ngày 20 hằng tháng, từ tháng 3 đến tháng 9").
    """

    dates: tuple[date, ...] = ()
    recurrence: Recurrence = "unspecified"
    window: Span | None = None
    rules: tuple[str, ...] = ()
    before: bool = False
    completes: bool = False
    limits: bool = False
    doubts: tuple[DeadlineDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a stretch of the year: `start` and `end` are (month, day), day -1 is the month's last.

    `year` is the year of `end`, None where the phrase names none; the start lies `back` years before it.
    `shift` counts years from the year reported on ("năm sau": 1). `yearly` is true where the words tell a
    rule of every year. A stretch with `vague` edges ("cuối quý") has a due day but no window to show.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    year: int | None = None
    back: int = 0
    shift: int = 0
    yearly: bool = False
    vague: bool = False

    def span(self, year: int) -> Span | None:
        """Return the first and last day where the stretch ends in `year`; None for 29/2 of a common year."""
        start, end = make_day(year - self.back, *self.start), make_day(year, *self.end)
        return (start, end) if start and end else None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the date, with day -1 the last of the month, or None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    length = 28 if month == 2 and not isleap(year) else _LENGTHS[month - 1]
    day = length if day == -1 else day
    return date(year, month, day) if 1 <= day <= length else None


def exists(month: int, day: int) -> bool:
    """Tell whether some year has this day: 29/2 does, 31/6 does not."""
    return make_day(2000, month, day) is not None


def day_rules(days: Sequence[int], months: Sequence[int] = ()) -> tuple[str, ...]:
    """Return the RRULEs of days of every month, or of the given months; -1 is the month's last day.

    A month that is too short has its day on its last: nobody means to skip February by "ngày 30 hằng tháng".
    """
    months = () if len(set(months)) == len(_LENGTHS) else months
    by_month = f";BYMONTH={_joined(months)}" if months else ""
    shortest = min(28 if m == 2 else _LENGTHS[m - 1] for m in months or (2,))
    plain = [day for day in days if day <= shortest]
    rules = [
        f"FREQ=MONTHLY{by_month};BYMONTHDAY={_joined(range(28, day + 1))};BYSETPOS=-1"
        for day in sorted(set(days) - set(plain))
    ]
    if plain:
        rules.insert(0, f"FREQ={'YEARLY' if months else 'MONTHLY'}{by_month};BYMONTHDAY={_joined(plain)}")
    return tuple(rules)


def _joined(numbers: Iterable[int]) -> str:
    return ",".join(map(str, sorted(set(numbers))))


def occurrences(rule: str, first: date, last: date) -> tuple[date, ...]:
    """Return the dates of an RRULE from `first` to `last`, both included."""
    start, end = (datetime.combine(min(day, _LAST), time.min, tzinfo=UTC) for day in (first, last))
    return tuple(moment.date() for moment in rrulestr(rule, dtstart=start).between(start, end, inc=True))


def shifted(first: date, last: date, months: int, steps: int = 1) -> Span:
    """Return the range that lies `steps` periods of `months` months after those that touch first..last."""
    return _period(first, months, steps)[0], _period(last, months, steps)[1]


def _period(day: date, months: int, steps: int) -> Span:
    index = (day.year * 12 + day.month - 1) // months + steps
    year, month = divmod(index * months, 12)
    start = make_day(year, month + 1, 1)
    end = make_day(year, month + months, -1)
    return start or day, end or day


def repeat(rules: Sequence[str], recurrence: Recurrence, span: Span, *, before: bool = False) -> Reading:
    """Return the reading of rules that hold over the whole span."""
    dates = sorted({day for rule in rules for day in occurrences(rule, *span)})
    return Reading(tuple(dates), recurrence, None, tuple(rules), before)


def read_points(points: Sequence[Point], scope: PhraseScope, *, before: bool = False) -> Reading | None:
    """Return what days or stretches of the year come to: with their own year, else in each of the period.

    None where none of them exists in the calendar (31/6, 29/2 of a common year).
    """
    settled = list(dict.fromkeys(_with_years(points, scope)))
    spans = [span for p in settled for span in _spans(p, scope)]
    if not spans:
        return None
    dates = tuple(sorted({end for _, end in spans}))
    free = [p for p in settled if p.year is None]
    each_year = scope.yearly or any(p.yearly for p in points) or len(dates) > len(points)
    rhythm = pace(_one_round(settled, dates))
    recurrence: Recurrence = "yearly" if rhythm == "once" and each_year and free else rhythm
    clear = len(spans) == 1 and not settled[0].vague and spans[0][0] != spans[0][1]
    rules = _rules(free) if recurrence != "once" and len(free) == len(settled) else ()
    return Reading(dates, recurrence, spans[0] if clear else None, rules, before)


def _with_years(points: Sequence[Point], scope: PhraseScope) -> list[Point]:
    """Give a day without a year that of its neighbour, by the order in which days are told: ascending."""
    named = any(p.year for p in points)
    if not named and len(scope.years) == 1 and not scope.yearly:
        return [p if p.shift or p.yearly else replace(p, year=scope.years[0]) for p in points]
    settled = list(points)
    if scope.yearly or not named:
        return settled
    for i in range(len(settled) - 2, -1, -1):
        settled[i] = _beside(settled[i], settled[i + 1], after=False)
    for i in range(1, len(settled)):
        settled[i] = _beside(settled[i], settled[i - 1], after=True)
    return settled


def _beside(point: Point, neighbour: Point, *, after: bool) -> Point:
    if point.year or neighbour.year is None or point.yearly or point.shift:
        return point
    own_day, other_day = in_order(point.end), in_order(neighbour.end)
    step = int(own_day < other_day) if after else -int(own_day > other_day)
    return replace(point, year=neighbour.year + step)


def in_order(day: tuple[int, int]) -> tuple[int, int]:
    """Return the (month, day) as it sorts: -1, the month's last day, comes after its others."""
    return (day[0], 32 if day[1] == -1 else day[1])


def _spans(point: Point, scope: PhraseScope) -> list[Span]:
    if point.year is not None:
        span = point.span(point.year)
        return [span] if span else []
    first, last = scope.first, scope.last
    if point.shift:
        first, last = shifted(first, last, 12, point.shift)
    whole = shifted(first, last, 12, 0)
    if point.end == (2, 29) and not any(isleap(y) for y in range(whole[0].year, whole[1].year + 1)):
        return []
    (rule,) = day_rules((point.end[1],), (point.end[0],))
    ends = occurrences(rule, first, last) or occurrences(rule, *whole)
    return [(make_day(end.year - point.back, *point.start) or end, end) for end in ends]


def _one_round(points: Sequence[Point], dates: Sequence[date]) -> list[date]:
    """Return the dates of one year's round where years are free, else all dates."""
    if any(p.year for p in points):
        return list(dates)
    days = (make_day(2000 + p.shift, *p.end) for p in points)
    return sorted({day for day in days if day})


def pace(dates: Sequence[date]) -> Recurrence:
    """Return how often ascending dates come; "once" where they have no pace."""
    if len(dates) < 2:
        return "once"
    gap = (dates[-1] - dates[0]) / timedelta(days=1) / _MONTH_DAYS / (len(dates) - 1)
    for recurrence, least, most, count in _PACES:
        if least <= gap <= most and len(dates) >= count:
            return recurrence
    return "once"


def _rules(points: Iterable[Point]) -> tuple[str, ...]:
    months: dict[int, list[int]] = {}
    for point in points:
        months.setdefault(point.end[1], []).append(point.end[0])
    return tuple(rule for day, their_months in months.items() for rule in day_rules((day,), their_months))
