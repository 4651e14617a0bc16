"""By when something is asked for at short notice: "trước 15h", "16h30 hôm nay", "trong 2 giờ", "20/6"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.common.text import fold, nfc
from domain.common.workdays import Workdays
from domain.updates.days import Calendar, find_days, number
from domain.updates.loose import loose

_COUNT = r"(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_BEFORE = r"(?:(?:chậm nhất|trước|lúc|vào|đến|hạn|trong|ngày|hết)(?: là)?:? ?)*"
_SPAN = loose(
    rf"(?:(?:trong|sau|hạn)(?: vòng)? {_COUNT} ?(?P<unit>giờ|tiếng|phút|h|g)(?: (?:nữa|tới))?"
    rf"|{_COUNT.replace('<n>', '<m>')} ?(?P<unit2>tiếng|phút|giờ nữa|h nữa)(?: (?:nữa|tới))?)(?! ?\d)"
)
_DAYS = loose(
    rf"(?:(?:trong|sau|hạn)(?: vòng)? )?{_COUNT} ?(?P<unit>ngày làm việc|ngày|tuần)(?: (?:nữa|tới))?(?! ?\d)"
)
_HOUR = loose(
    rf"{_BEFORE}(?<![\d/.,-])(?P<h>[01]?\d|2[0-4])"
    r"(?: ?(?:giờ|h|g)(?: ?(?P<m>[0-5]\d)(?![\d/.-]))?|:(?P<c>[0-5]\d))(?: ?(?P<part>sáng|trưa|chiều|tối))?",
)
_LITTLE = loose(
    r"(?<!\w)(?:chậm nhất|trước|lúc|vào|đến|hạn|xong|ngày|hết|trong|sáng|chiều)\s*$", whole_words=False
)
_SECOND_HALF = {"chieu": 12, "toi": 12, "trua": 12}
_UNITS = {"phut": timedelta(minutes=1)}
_HOURS_A_DAY, _NOON = 24, 12


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is due, local and aware; `rest` is the text without the words that told it."""

    at: datetime
    rest: str


def read_moment(text: str, now: datetime, closes: time, days: Workdays) -> Moment | None:
    """Return the moment that a text names, None where it names none or one that cannot be.

    `now` is local and aware. A day without an hour ends when offices close, at `closes`; an hour without a
    day is today's. The moment may have passed. "5 ngày làm việc" counts working days.
    """
    text = nfc(text)
    if span := _SPAN.search(text):
        count, unit = span["n"] or span["m"], fold(span["unit"] or span["unit2"]).removesuffix(" nua")
        length = number(count) * _UNITS.get(unit, timedelta(hours=1))
        return Moment(
            (now + length).replace(second=0, microsecond=0), _without(text, span.start(), span.end())
        )
    hour = _HOUR.search(text)
    at = _time(hour) if hour else closes
    if at is None:
        return None
    rest = _without(text, hour.start(), hour.end(), blank=True) if hour else text
    day_found = _day(rest, now.date(), days)
    if day_found is None and hour is None:
        return None
    day, rest = day_found or (now.date(), rest)
    return Moment(datetime.combine(day, at, now.tzinfo), _squeezed(rest))


def _time(hour: re.Match[str]) -> time | None:
    clock, minutes = int(hour["h"]), int(hour["m"] or hour["c"] or 0)
    if clock < _NOON and hour["part"] and (fold(hour["part"]) != "trua" or clock < _NOON - 2):
        clock += _SECOND_HALF.get(fold(hour["part"]), 0)
    if clock == _HOURS_A_DAY:
        return time(23, 59)
    return time(clock, minutes)


def _day(text: str, today: date, days: Workdays) -> tuple[date, str] | None:
    """The day that is named, or so many days from today; and the text without it."""
    for phrase in find_days(text, Calendar(today, today - timedelta(days=1))):
        if phrase.stretch is not None:
            return phrase.stretch[1], _without(text, phrase.start, phrase.end)
    span = _DAYS.search(text)
    if span is None:
        return None
    count, unit = number(span["n"]), fold(span["unit"])
    if unit == "ngay lam viec":
        day = days.after(today, count)
    else:
        day = today + timedelta(days=count * (7 if unit == "tuan" else 1))
    return day, _without(text, span.start(), span.end())


def _without(text: str, start: int, end: int, *, blank: bool = False) -> str:
    """The text without what stands at [start, end), and without the little words before it."""
    before = text[:start]
    while little := _LITTLE.search(before):
        before = before[: little.start()]
    rest = before + (" " * (end - start) if blank else " ") + text[end:]
    return rest if blank else _squeezed(rest)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;.-–")
