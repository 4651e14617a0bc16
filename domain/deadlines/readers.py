"""How the rows of the phrase table read days: of the year, the month, the quarter, the week.

A reader takes all matches of its row and the scope; it returns None where they turn out to be no such phrase,
so that they are left for the rows below. Named groups are the contract between a pattern and its reader.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from re import Match, Pattern

from domain.common.recurrence import Recurrence
from domain.deadlines.day_spans import (
    DeadlineDoubt,
    PhraseScope,
    Point,
    Reading,
    Span,
    day_rules,
    exists,
    make_day,
    pace,
    read_points,
    repeat,
    shifted,
)
from domain.deadlines.patterns import AND, QUARTERLY, YEAR

Matches = Sequence[Match[str]]
Reader = Callable[[Matches, PhraseScope], Reading | None]
Stretch = tuple[tuple[int, int], tuple[int, int]]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_WEEKDAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA", "nhat": "SU"} | dict(
    zip("234567", ("MO", "TU", "WE", "TH", "FR", "SA"), strict=True)
)
_WORKDAYS = ("MO", "TU", "WE", "TH", "FR")
_WEEKLY = re.compile(r"\btuan\b|\b(?:moi|cac) (?:ngay )?(?:thu|chu)\b")
_MONTHLY = re.compile(
    r"\b(?:(?:hang|moi|tung|dinh ky|bao cao) thang(?! ?[0-9])|(?:1|mot) thang\b)|/ ?thang\b"
)
_SEVERAL = re.compile(r"\bthang (?:[0-9]+|mot|hai|ba|bon) lan\b")
_OPENS_DATE = re.compile(r"(?:\b(?:ngay|truoc|nhat|qua|hon|het|den|vao|han|la|gui)|:) ?$")
_DUE = r"han(?: (?:nop|gui|chot|cuoi(?: cung)?|hoan thanh|thuc hien|bao cao|trinh|ho so)){1,3}"
_ASKS = re.compile(rf"(?:\b(?:nhat|qua|hon|het|den|vao|han|{_DUE}|xong|gui)(?: la)?|:) ?$")
# "trước ngày Thương binh - Liệt sĩ 27/7": a named day, and which day it is.
_NAMED_DAY = re.compile(r"\btruoc (?:ngay|le) (?:[a-z-]+ ){1,7}$")
_NEAR = 48
_OF_THINGS = re.compile(
    r" (?:so|tong so|xa|phuong|huyen|ho|don vi|tieu chi|chi tieu|nguoi|dai bieu|ho so|thon)\b"
)
_JOINS = re.compile(r" ?[,;&+]? ?(?:va |hoac )?(?:truoc |ngay )*")
_EVERY_YEAR_AFTER = re.compile(r",? ?(?:hang|moi) nam\b")
_BATCHES = re.compile(r"\b(?:[0-9]+ dot|dot [0-9]+|dot (?:mot|hai|ba|i{1,3}))\b")
_SLASHED = r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?"
_BARE = re.compile(rf"[ .,;]*{_SLASHED}(?:{AND}{_SLASHED})*(?:,? (?:hang|moi) nam| nam {YEAR})?[ .,;]*")
_ONCE_EACH: dict[str, Recurrence] = {
    "ngay": "daily",
    "tuan": "weekly",
    "thang": "monthly",
    "quy": "quarterly",
    "nam": "yearly",
}
_RHYTHMS: tuple[tuple[Pattern[str], Recurrence], ...] = (
    (re.compile(r"\btuan\b"), "weekly"),
    (re.compile(r"(?<![0-9] )\bthang\b"), "monthly"),
    (re.compile(r"\bquy\b|\b0?[39] thang\b"), "quarterly"),
    (re.compile(r"\b0?6 thang\b"), "half-yearly"),
    (re.compile(r""), "yearly"),
)
# What a report is on, its length in months, and how often such a report comes.
_REPORTED: tuple[tuple[Pattern[str], int, Recurrence], ...] = (
    (re.compile(rf"\b{QUARTERLY}"), 3, "quarterly"),
    (re.compile(r"\b0?6 thang\b"), 6, "half-yearly"),
    (re.compile(r"^nam$|\b(?:hang|moi|bao cao|ky) nam\b"), 12, "yearly"),
)


def fixed(recurrence: Recurrence = "unspecified", doubts: tuple[DeadlineDoubt, ...] = ()) -> Reader:
    """Return a reader for words that tell how often, or nothing, and no day."""
    return lambda _matches, _scope: Reading(recurrence=recurrence, doubts=doubts)


def shortest_rhythm(matches: Matches, _scope: PhraseScope) -> Reading:
    """Read "hằng tháng, quý, 6 tháng, năm": as often as the shortest of them."""
    named = matches[0][0]
    return Reading(recurrence=next(often for pattern, often in _RHYTHMS if pattern.search(named)))


def quarters(text: str) -> list[int]:
    """Return the quarters in the text, in order, from Roman or Arabic numbers."""
    return [_ROMAN.get(word) or int(word) for word in re.findall(r"\biv\b|\bi{1,3}\b|[0-9]+", text)]


def numbers(text: str | None) -> list[int]:
    """Return the whole numbers in the text, in order."""
    return [int(n) for n in re.findall(r"[0-9]+", text or "")]


def once_each(matches: Matches, _scope: PhraseScope) -> Reading:
    """Read "01 tháng/lần", "mỗi năm một lần"."""
    match = matches[0]
    unit = "nam" if match["year"] else match["unit"] or match["same"]
    return Reading(recurrence=_ONCE_EACH[unit])


# --- days of the year -----------------------------------------------------------------------------------


def read_dates(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 15/6 và 15/11 năm 2020": one date for each day and month, the last of them after "hoặc"."""
    points: list[Point] = []
    before, end = False, 0
    bare = bool(matches) and _BARE.fullmatch(matches[0].string) is not None
    for match in matches:
        if not bare and not _is_deadline(match, end, scope.first.year):
            continue
        end = match.end()
        before = before or bool(match["before"])
        points += _days_of(match, scope)
    if len(points) > 1 and either(matches):
        points = points[-1:]
    return without_pace(read_points(points, scope, before=before), scope)


def without_pace(reading: Reading | None, scope: PhraseScope) -> Reading | None:
    """Return the reading as due once where its days are batches ("đợt 1", "đợt 2") and no rhythm is told."""
    if reading is None or scope.yearly or scope.repeats or not _BATCHES.search(scope.text):
        return reading
    return replace(reading, recurrence="once", rules=())


def _days_of(match: Match[str], scope: PhraseScope) -> list[Point]:
    """Return the days of one match, in the years that stand before it or behind it ("năm 2020: 15/6")."""
    months = numbers(match["months"] or match["month"])
    month_days = [(m, d) for m in months for d in numbers(match["days"]) if exists(m, d)]
    points = points_of(match, [(month_day, month_day) for month_day in month_days])
    years = [year for year in numbers(match["ahead"]) if scope.first.year <= year <= scope.last.year]
    if not years or any(p.year or p.shift for p in points):
        return points
    return [replace(p, year=year) for year in years for p in points]


def _is_deadline(match: Match[str], end: int, first_year: int) -> bool:
    """Tell a date from a fraction, a section or a day long past; `end` is where the last date stopped."""
    text, start = match.string, match.start("word") if match["word"] else match.start("days")
    year = match["year"] or match["full"]
    if match["sep"] and not (year or match["word"]) and _OF_THINGS.match(text, match.end()):
        return False
    if match["before"] or _ASKS.search(text, max(0, start - _NEAR), start):
        return True
    if year and int(year) < first_year:
        return False
    if _EVERY_YEAR_AFTER.match(text, match.end()):
        return True
    linked = end > 0 and (match["sep"] == "/" or _JOINS.fullmatch(text, end, start) is not None)
    opened = _OPENS_DATE.search(text, max(0, start - 8), start) is not None
    named = _NAMED_DAY.search(text, max(0, start - _NEAR), start) is not None
    return bool(match["word"] or year or match["months"] or linked or opened or named)


def no_such_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "31/6": a day that the calendar does not have in its year, or in no year of the period."""
    for match in matches:
        first, last = (int(match["year"]),) * 2 if match["year"] else (scope.first.year, scope.last.year)
        month, day = int(match["month"]), int(match["day"])
        if not any(make_day(year, month, day) for year in range(first, last + 1)):
            return Reading()
    return None


def points_of(match: Match[str], stretches: Sequence[Stretch], *, vague: bool = False) -> list[Point]:
    """Give the stretches of a match their place among the years; a year stands with the last of a list."""
    groups = match.groupdict()
    shift = 1 if groups["next"] else -1 if groups["previous"] else 0
    rule = bool(shift or groups["this"])
    named = groups["year"] or groups.get("full") or groups.get("year_ahead")
    year = int(named) if named else 2000 + int(groups["short"]) if groups.get("short") else None
    points = [Point(start, end, yearly=rule, shift=shift, vague=vague) for start, end in stretches]
    if shift > 0 and len(points) > 1 and points[-1].end < points[0].end:  # "tháng 7, 10 và tháng 01 năm sau"
        points = [replace(p, shift=0) for p in points[:-1]] + points[-1:]
    return [*points[:-1], replace(points[-1], year=year)] if points else []


def either(matches: Matches) -> bool:
    """Tell whether "hoặc" stands inside a match or close between two."""
    gaps = (a.string[a.end() : b.start()] for a, b in pairwise(matches))
    texts = [m[0] for m in matches] + [gap for gap in gaps if len(gap) <= 16]
    return any(re.search(r"\bhoac\b", text) for text in texts)


# --- days of every month, quarter, week -----------------------------------------------------------------


def month_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 25 hằng tháng": these days of every month of the period."""
    return _month_days(matches, (scope.first, scope.last))


def next_month_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 5 của tháng sau": these days of the month after each month of the period."""
    return _month_days(matches, shifted(scope.first, scope.last, 1))


def lone_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 25" where the phrase says "hằng tháng" somewhere else."""
    is_monthly = _MONTHLY.search(matches[0].string) or _SEVERAL.search(scope.text)
    return month_day(matches, scope) if is_monthly else None


def _month_days(matches: Matches, span: Span) -> Reading | None:
    days = [d for m in matches for d in numbers(m["days"])]
    return repeat(day_rules(days), "monthly", span, before=any(m["before"] for m in matches))


def first_days(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "trong 5 ngày (làm việc) đầu của tháng": due on the last of these days."""
    match = matches[0]
    late = match["place"] == "cuoi"
    nth = -1 if late else int(match["count"])
    if match["months"]:
        month = int(match["months"])
        days = ((month, 1), (month, nth))
        is_day = exists(month, nth) and not match["work"]
        return read_points(points_of(match, [days], vague=late), scope) if is_day else Reading()
    months = ((3, 6, 9, 12) if late else (1, 4, 7, 10)) if match["quarter"] else ()
    length = 3 if match["quarter"] else 1
    span = shifted(scope.first, scope.last, length) if match["following"] else (scope.first, scope.last)
    rules = (_working_day_rule(nth, months),) if match["work"] else day_rules((nth,), months)
    return repeat(rules, "quarterly" if match["quarter"] else "monthly", span)


def _working_day_rule(nth: int, months: Sequence[int]) -> str:
    by_month = f";BYMONTH={','.join(map(str, months))}" if months else ""
    return f"FREQ=MONTHLY{by_month};BYDAY={','.join(_WORKDAYS)};BYSETPOS={nth}"


def quarter_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 5 tháng cuối quý" and "ngày 20 tháng đầu quý sau", of whatever span is reported on."""
    if len({match["which"] for match in matches}) > 1:
        return _together([quarter_day([match], scope) for match in matches])
    match = matches[0]
    reported = next((row for row in _REPORTED if row[0].search(match["unit"] or scope.text)), None)
    if reported is None:
        return None
    _, length, recurrence = reported
    place = length if match["which"].startswith("cuoi") else ordinal(match["which"]) or 2
    if place > length:
        return None
    months = [start + place for start in range(0, 12, length)]
    span = shifted(scope.first, scope.last, length) if match["next"] else (scope.first, scope.last)
    days = [d for m in matches for d in numbers(m["days"])]
    return repeat(day_rules(days, months), recurrence, span, before=any(m["before"] for m in matches))


def _together(readings: Sequence[Reading | None]) -> Reading | None:
    """Return one reading with the days of all, as often as the first; None where one of them is none."""
    known = [reading for reading in readings if reading]
    if len(known) < len(readings):
        return None
    dates = tuple(sorted({day for reading in known for day in reading.dates}))
    rules = tuple(rule for reading in known for rule in reading.rules)
    return replace(known[0], dates=dates, rules=rules)


def next_quarter_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày 10 của quý sau": these days of the month that follows each quarter of the period."""
    days = [d for m in matches for d in numbers(m["days"])]
    span = shifted(scope.first, scope.last, 3)
    return repeat(day_rules(days, (1, 4, 7, 10)), "quarterly", span, before=any(m["before"] for m in matches))


def ordinal(words: str) -> int | None:
    """Return 1 for "dau tien", 3 for "thu ba" or "thu 3"; None for other words."""
    if words.startswith("dau"):
        return 1
    word = words.split()[-1]
    return int(word) if word.isdecimal() else _ORDINALS.get(word)


def edge_day(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "ngày (làm việc) cuối cùng của tháng": first, last, n-th of week, month, quarter, year."""
    match = matches[0]
    nth = -1 if match["which"].startswith("cuoi") else ordinal(match["which"]) or 1
    before = bool(match["before"])
    if match["unit"] == "tuan":
        return _edge_of_week(nth, scope, before=before) if match["work"] else None
    months, recurrence = _edge_months(matches, nth)
    rules = (_working_day_rule(nth, months),) if match["work"] else day_rules((nth,), months)
    reading = repeat(rules, recurrence, _span(match, scope), before=before)
    if recurrence != "once":
        return reading
    rhythm = pace(reading.dates)
    recurrence = "yearly" if rhythm == "once" and scope.yearly else rhythm
    named = recurrence == "once" or match["year"]
    return replace(reading, recurrence=recurrence, rules=() if named else rules)


def _edge_of_week(nth: int, scope: PhraseScope, *, before: bool) -> Reading | None:
    if nth > len(_WORKDAYS):
        return None
    rule = f"FREQ=WEEKLY;BYDAY={_WORKDAYS[nth - 1 if nth > 0 else nth]}"
    return repeat((rule,), "weekly", (scope.first, scope.last), before=before)


def _edge_months(matches: Matches, nth: int) -> tuple[tuple[int, ...], Recurrence]:
    """Return the months that the day falls in (none for all twelve) and how often that is."""
    months = [month for m in matches for month in numbers(m["months"])]
    ends = [3 * quarter for m in matches for quarter in quarters(m["quarters"] or "")]
    if months or ends:
        return tuple(sorted({*months, *(end if nth < 0 else end - 2 for end in ends)})), "once"
    if matches[0]["unit"] == "thang":
        return (), "monthly"
    if matches[0]["unit"] == "quy":
        return ((3, 6, 9, 12) if nth < 0 else (1, 4, 7, 10)), "quarterly"
    return (12 if nth < 0 else 1,), "once"


def _span(match: Match[str], scope: PhraseScope) -> Span:
    year = int(match["year"]) if match["year"] else None
    return (date(year, 1, 1), date(year, 12, 31)) if year else (scope.first, scope.last)


def weekdays(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "thứ Sáu hằng tuần": each such day of the period."""
    if not _WEEKLY.search(scope.text):
        return None
    names = [word for m in matches for word in re.findall(r"[2-7]|[a-z]+", m["weekdays"])]
    days = dict.fromkeys(_WEEKDAYS[word] for word in names if word in _WEEKDAYS)
    rule = f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    return repeat((rule,), "weekly", (scope.first, scope.last), before=any(m["before"] for m in matches))


def monthly_weekday(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "thứ Sáu cuối cùng của tháng": the n-th or the last such weekday of every month."""
    match = matches[0]
    nth = -1 if match["which"].startswith("cuoi") else ordinal(match["which"])
    if nth is None or nth > 5:
        return None
    rule = f"FREQ=MONTHLY;BYDAY={nth}{_WEEKDAYS[match['weekday'].split()[-1]]}"
    return repeat((rule,), "monthly", (scope.first, scope.last), before=bool(match["before"]))
