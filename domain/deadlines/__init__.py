"""Reading the phrase in which a plan words a deadline: "trước ngày 15/6 và 15/11 năm 2020".

The kinds of phrases stand in `domain.deadlines.phrases`; here a phrase is prepared, every row of that table
is tried on it, and what the rows found is combined. Nothing is invented: what cannot be read is
"unspecified", and what is doubtful has no date.
"""

import re
from dataclasses import replace
from datetime import date

from domain.deadlines.combining import Found, combine
from domain.deadlines.coverage import Coverage, data_window
from domain.deadlines.days import Reading, Scope, Span, make_day
from domain.deadlines.deadline import UNREAD, Deadline, Doubt
from domain.deadlines.patterns import YEAR
from domain.deadlines.phrases import ROWS, Row, Weight
from domain.deadlines.preparing import plain, without_clock

__all__ = ["UNREAD", "Coverage", "Deadline", "Doubt", "data_window", "read_deadline"]

_COUNTED: frozenset[Weight] = frozenset({"day", "stretch", "often", "open"})
# A phrase without a period is read in this leap year; what then lies near it was not told by the phrase.
_PLACEHOLDER: Span = (date(1804, 1, 1), date(1804, 12, 31))
_FIRST_REAL_YEAR = 1900
_EVERY_YEAR = re.compile(r"\b(?:hang|moi|tung) nam\b(?! ?[0-9])")
_NAMED_YEAR = re.compile(rf"(?:\bnam |\b){YEAR}")


def read_deadline(
    phrase: str, first: date | None = None, last: date | None = None, *, issued_on: date | None = None
) -> Deadline:
    """Read any text as the deadline of a plan that runs from `first` to `last`, both included.

    A year in the phrase wins over the period; a day without a year is meant in each year of the period, and
    in none where the plan gives no period (`first` or `last` is None). No date lies before `issued_on`.
    Never raises; a text without a deadline has no dates and is "unspecified".
    """
    period = (first, last) if first and last else None
    found = _read(phrase, *(period or _PLACEHOLDER), named_only=period is None)
    found = _without_placeholder(found) if period is None else _checked(found, period)
    return _since(found, issued_on) if issued_on else found


def _read(phrase: str, first: date, last: date, *, named_only: bool) -> Deadline:
    text, clock = without_clock(plain(phrase))
    found: Found = []
    whole = text
    for row in ROWS:
        matches = list(row.pattern.finditer(text))
        reading = row.read(matches, _scope(whole, text, first, last, named_only)) if matches else None
        if reading is not None:
            found.append((row, reading))
            text = row.pattern.sub(" | ", text)
            first, last = _narrowed(row, reading, first, last, named_only)
    deadline = combine(found, clock)
    also = (row.key for row, _ in found if row.weight in _COUNTED and row.key != deadline.why)
    return replace(deadline, also=tuple(also))


def _narrowed(row: Row, reading: Reading, first: date, last: date, named_only: bool) -> Span:
    """Return the part of the period that a stage ("từ năm 2019 đến năm 2020") leaves, where they meet."""
    if row.weight != "open" or reading.window is None:
        return first, last
    if named_only:
        return reading.window
    start, end = max(first, reading.window[0]), min(last, reading.window[1])
    return (start, end) if start <= end else (first, last)


def _scope(whole: str, rest: str, first: date, last: date, named_only: bool) -> Scope:
    """Return what the rows may know; years of the period that the rest of the phrase names narrow it.

    With `named_only` there is no period, and the years that the phrase names stand for it.
    """
    years = sorted({int(m[0][-4:]) for m in _NAMED_YEAR.finditer(rest)})
    inside = tuple(year for year in years if named_only or first.year <= year <= last.year)
    if inside and named_only:
        first, last = date(inside[0], 1, 1), date(inside[-1], 12, 31)
    elif inside:
        first = max(first, make_day(inside[0], 1, 1) or first)
        last = min(last, make_day(inside[-1], 12, 31) or last)
    return Scope(whole, first, last, inside, _EVERY_YEAR.search(whole) is not None)


# --- dates that are not to be relied on -----------------------------------------------------------------


def _without_placeholder(found: Deadline) -> Deadline:
    """Leave out every date and window that the phrase itself does not place in a year."""
    dates = tuple(day for day in found.dates if day.year >= _FIRST_REAL_YEAR)
    window = found.window if found.window and found.window[0].year >= _FIRST_REAL_YEAR else None
    if dates == found.dates:
        return replace(found, window=window)
    return replace(found, dates=dates, window=window, doubts=(*found.doubts, "no_period"))


def _checked(found: Deadline, period: Span) -> Deadline:
    """Add a doubt about a date that lies before the period, or more than a year after it."""
    first, last = date(period[0].year, 1, 1), make_day(period[1].year + 1, 12, 31) or period[1]
    if all(first <= day <= last for day in found.dates):
        return found
    return replace(found, doubts=(*found.doubts, "outside_period"))


def _since(found: Deadline, issued_on: date) -> Deadline:
    """Leave out the dates that lie before the plan was issued."""
    dates = tuple(day for day in found.dates if day >= issued_on)
    if dates == found.dates:
        return found
    doubts = found.doubts if dates else (*found.doubts, "before_issue")
    return replace(found, dates=dates, doubts=doubts)
