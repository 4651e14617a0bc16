"""Reading the phrase in which a plan words a deadline: "trước ngày 15/6 và 15/11 năm 2020".

The kinds of phrases stand in `phrase_table`; here a phrase is prepared, every row of that table
is tried on it, and what the rows found is combined. Nothing is invented: what cannot be read is
"unspecified", and what is doubtful has no date.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from re import Match

from domain.deadlines.combining import RowReadings, combine
from domain.deadlines.coverage import Coverage, data_window
from domain.deadlines.day_spans import DeadlineDoubt, PhraseScope, Reading, Span, make_day
from domain.deadlines.deadline import UNCERTAIN, UNREAD, Deadline
from domain.deadlines.exceptions import apply_exemptions, take_exemptions
from domain.deadlines.limits import as_limit, completes, every_year, narrowed, repeats
from domain.deadlines.lunar import without_lunar
from domain.deadlines.patterns import YEAR
from domain.deadlines.phrase_table import ROWS, PhraseRow, Weight
from domain.deadlines.preparing import plain, without_clock
from domain.deadlines.reservations import reserved, take_years, with_years, without_other_days
from domain.deadlines.steps import of_steps, steps_of

__all__ = [
    "LAST_REPORTS",
    "UNCERTAIN",
    "UNREAD",
    "Coverage",
    "Deadline",
    "DeadlineDoubt",
    "data_window",
    "read_deadline",
]

_COUNTED: frozenset[Weight] = frozenset({"day", "stretch", "often", "open"})
# A phrase without a period is read in this leap year; what then lies near it was not told by the phrase.
_PLACEHOLDER: Span = (date(1804, 1, 1), date(1804, 12, 31))
_FIRST_REAL_YEAR = 1900
_FULL_DATE = re.compile(rf"\b[0-9]{{1,2}} ?[/.-] ?[0-9]{{1,2}} ?[/.-] ?{YEAR}")
LAST_REPORTS = timedelta(days=92)
"""How long after a plan's period its last reports may be due."""
_FINISHED = re.compile(
    r"^(?!.*\b(?:bao cao|tong ket|quyet toan|gui|nop)\b).*\b(?:hoan thanh|hoan tat|ket thuc|xong)\b"
)
"""Words of work, and not of a report on it."""
_LENGTHS = {"ngay": 1, "tuan": 7}
_SINCE_ISSUE = re.compile(
    r"(?:[a-z]+,? ){0,12}?(?P<count>[0-9]{1,3}) (?P<unit>ngay|tuan) (?:ke|tinh) tu (?:ngay |khi )?"
    r"(?:ky ban hanh|ban hanh|ky)(?: ke hoach(?: nay)?| (?:van ban|cong van|quyet dinh) nay)?[ .;]*"
)
_NAMED_YEAR = re.compile(rf"(?:\bnam |\b){YEAR}")


def read_deadline(
    phrase: str, first: date | None = None, last: date | None = None, *, issued_on: date | None = None
) -> Deadline:
    """Read any text as the deadline of a plan that runs from `first` to `last`, both included.

    A year in the phrase wins over the period; a day without a year is meant in each year of the period, and
    in none where the plan gives no period (`first` or `last` is None). No date lies before `issued_on`.
    Never raises; a text without a deadline, or with a number that was hard to read (UNCERTAIN), has no dates
    and is "unspecified".
    """
    if UNCERTAIN in phrase:
        return Deadline((), "unspecified", None, None, inclusive=True, why="uncertain", rule=None)
    period = (first, last) if first and last else None
    deadline = _read(phrase, period or _PLACEHOLDER, named_only=period is None)
    if period and (steps := steps_of(phrase)):
        deadline = of_steps(deadline, [_read(step, period, named_only=False) for step in steps])
    deadline = _without_placeholder(deadline) if period is None else _checked(deadline, period, phrase)
    if issued_on is None:
        return deadline
    return _since(_from_issue(deadline, phrase, issued_on), issued_on)


def _from_issue(deadline: Deadline, phrase: str, issued_on: date) -> Deadline:
    """Return the day counted from the plan's own: "trong 10 ngày kể từ ngày ban hành Kế hoạch này"."""
    match = _SINCE_ISSUE.fullmatch(plain(phrase)) if deadline.why == "after_event" else None
    if match is None or deadline.dates:
        return deadline
    length = _LENGTHS[match["unit"]] * int(match["count"])
    return replace(deadline, dates=(issued_on + timedelta(days=length),), recurrence="once")


def _read(phrase: str, period: Span, *, named_only: bool) -> Deadline:
    text, clock = without_clock(without_other_days(plain(phrase)))
    text, own_days = take_years(text)
    whole, exemptions = take_exemptions(text)
    text = whole
    rows_read: RowReadings = []
    for row in ROWS:
        matches = list(row.pattern.finditer(text))
        rest = "" if row.weight == "open" else text  # open time has its own years: they bound nothing else
        reading = row.read(matches, _scope(whole, rest, period, named_only)) if matches else None
        if reading is None:
            continue
        reading = _placed(row, reading, matches, _scope(whole, text, period, named_only))
        rows_read.append((row, reading))
        text = row.pattern.sub(" | ", text)
        if row.weight == "open" or reading.limits:
            period = _narrowed(reading, period, named_only)
    deadline = without_lunar(combine(rows_read, clock, whole), whole, [row.key for row, _ in rows_read])
    deadline = with_years(reserved(apply_exemptions(deadline, exemptions), whole), own_days)
    also = (row.key for row, _ in rows_read if row.weight in _COUNTED and row.key != deadline.why)
    return replace(deadline, also=tuple(also))


def _placed(row: PhraseRow, reading: Reading, matches: Sequence[Match[str]], scope: PhraseScope) -> Reading:
    """Return the reading with its place in the phrase: whether it finishes the work, or bounds a rhythm."""
    if row.weight not in ("stretch", "open"):
        return reading
    if any(completes(match.string[: match.start()]) for match in matches):
        return replace(reading, completes=True)
    return as_limit(reading, matches[0][0], scope) if row.limits and len(matches) == 1 else reading


def _narrowed(reading: Reading, period: Span, named_only: bool) -> Span:
    if named_only and reading.window:
        return reading.window if reading.window[0].year >= _FIRST_REAL_YEAR else period
    return narrowed(reading, period)


def _scope(whole: str, rest: str, period: Span, named_only: bool) -> PhraseScope:
    """Return what the rows may know; years of the period that the rest of the phrase names narrow it.

    With `named_only` there is no period, and the years that the phrase names stand for it.
    """
    first, last = period
    if every_year(whole):
        rest = _FULL_DATE.sub(" ", rest)  # "hằng năm trước 15/12, tổng kết trước 30/11/2030"
    years = sorted({int(m[0][-4:]) for m in _NAMED_YEAR.finditer(rest)})
    inside = tuple(year for year in years if named_only or first.year <= year <= last.year)
    if inside and named_only:
        first, last = date(inside[0], 1, 1), date(inside[-1], 12, 31)
    elif inside:
        first = max(first, make_day(inside[0], 1, 1) or first)
        last = min(last, make_day(inside[-1], 12, 31) or last)
    return PhraseScope(whole, first, last, inside, every_year(whole), repeats(whole))


# --- dates that are not to be relied on -----------------------------------------------------------------


def _without_placeholder(deadline: Deadline) -> Deadline:
    """Leave out every date and window that the phrase itself does not place in a year."""
    dates = tuple(day for day in deadline.dates if day.year >= _FIRST_REAL_YEAR)
    window = deadline.window if deadline.window and deadline.window[0].year >= _FIRST_REAL_YEAR else None
    if dates == deadline.dates:
        return replace(deadline, window=window)
    return replace(deadline, dates=dates, window=window, doubts=(*deadline.doubts, "no_period"))


def _checked(deadline: Deadline, period: Span, phrase: str) -> Deadline:
    """Add a doubt about dates before the period or after it; reports may be due some time after, no work.

    Of several dates those that are over before the period begins are left out, but not where all of them are,
    nor those of an earlier year: that is named, and may be a slip.
    """
    first, last = period
    is_work = _FINISHED.search(plain(phrase)) is not None
    late = last if is_work else last + min(LAST_REPORTS, date.max - last)
    in_time = tuple(day for day in deadline.dates if day >= first)
    dates = tuple(day for day in deadline.dates if day in in_time or day.year < first.year or not in_time)
    is_early = dates != deadline.dates or any(day.year < first.year for day in dates)
    if not is_early and all(day <= late for day in dates):
        return deadline
    return replace(deadline, dates=dates, doubts=(*deadline.doubts, "outside_period"))


def _since(deadline: Deadline, issued_on: date) -> Deadline:
    """Leave out the dates that lie before the plan was issued."""
    dates = tuple(day for day in deadline.dates if day >= issued_on)
    if dates == deadline.dates:
        return deadline
    doubts = deadline.doubts if dates else (*deadline.doubts, "before_issue")
    return replace(deadline, dates=dates, doubts=doubts)
