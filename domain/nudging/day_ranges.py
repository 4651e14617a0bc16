"""Stretches of days that somebody names to look back on: "6/2026", "từ 1/6 đến 15/6", "7 ngày"."""

import calendar
import re
from datetime import date, timedelta

from domain.common.text import fold
from domain.updates.days import Calendar, find_days

_MONTH = re.compile(r"(?:thang |t)?(\d{1,2})(?:[/-]| nam )(\d{4})|(?:thang )(\d{1,2})")
_DAYS = re.compile(r"(\d{1,3}) ?(?:ngay|hom)(?: (?:qua|gan day|truoc|vua qua))?")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_DASH = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d{1,2}/)")
USUAL = 30
"""Days that are looked back on where none are named, today the last of them."""


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last local day that a text names; None where it names none.

    Nothing at all is the last 30 days; a day alone begins a stretch that ends today. What has no year lies in
    the past.
    """
    folded = fold(text)
    if not folded:
        return _last(USUAL, today)
    if days := _DAYS.fullmatch(folded):
        return _last(max(1, int(days[1])), today)
    if month := _MONTH.fullmatch(folded):
        return _month(int(month[1] or month[3]), int(month[2] or today.year), today, named=bool(month[2]))
    if (year := _YEAR.fullmatch(folded)) and date.min.year <= int(year[1]):
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    return _named(text, today)


def _last(count: int, today: date) -> tuple[date, date]:
    return today - timedelta(days=count - 1), today


def _month(month: int, year: int, today: date, *, named: bool) -> tuple[date, date] | None:
    if not 1 <= month <= 12 or year < 1:
        return None
    if not named and month > today.month:
        year -= 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _named(text: str, today: date) -> tuple[date, date] | None:
    days = find_days(_DASH.sub(" đến ", text), Calendar(today, today - timedelta(days=1)))
    stretches = [_past(day_phrase.stretch, today) for day_phrase in days if day_phrase.stretch is not None]
    if not stretches or len(stretches) < len(days):
        return None
    first, last = stretches[0][0], stretches[-1][1] if len(stretches) > 1 else max(stretches[0][1], today)
    return (first, last) if first <= last else None


def _past(stretch: tuple[date, date], today: date) -> tuple[date, date]:
    """The same days a year earlier where they have not begun."""
    first, last = stretch
    if first <= today or (first.month, first.day) == (2, 29):
        return stretch
    return first.replace(year=first.year - 1), last.replace(year=last.year - 1)
