"""Reading the phrase in which a plan words a deadline: "trước ngày 15/6 và 15/11 năm 2020".

The kinds of phrases stand in `domain.deadlines.phrases`; here a phrase is prepared, led past every row and
what the rows found is put together. Nothing is invented: what cannot be read is "unspecified".
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal

from domain.deadlines.days import Reading, Scope, Span, make_day
from domain.deadlines.patterns import YEAR
from domain.deadlines.phrases import ROWS, Row, Weight
from domain.plan import Recurrence
from domain.text import fold, nfc

UNREAD = "unread"
"""The `why` of a phrase in which no row found anything."""

_FREQUENCY: tuple[Recurrence, ...] = (
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "continuous",
    "ad hoc",
    "once",
    "unspecified",
)
_OFTEN: frozenset[Recurrence] = frozenset(_FREQUENCY[:5]) | {"continuous"}
_TELLING: frozenset[Weight] = frozenset({"day", "stretch", "often", "open"})
Found = list[tuple[Row, Reading]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """What follows from a phrase; every date is a day of the office's own calendar.

    `dates` ascend and are unique. `inclusive` is false where a date itself is too late ("trước ngày D": the
    last safe day is the working day before it). `time` is the local time of day by which it is due, on the
    date itself, which is then included. `window` is the stretch in which the work is done, or which the
    figures cover. `rule` holds one RRULE of RFC 5545, or several on lines that begin "RRULE:", and is None
    where no rule gives the dates. `why` is the key of the row that decided; `also` are those of other rows
    that told of days, stretches or how often, in the order of the table.
    """

    dates: tuple[date, ...]
    recurrence: Recurrence
    window: tuple[date, date] | None
    time: time | None
    inclusive: bool
    why: str
    rule: str | None
    also: tuple[str, ...] = ()


def read_deadline(phrase: str, first: date, last: date) -> Deadline:
    """Read any text as the deadline of a plan that runs from `first` to `last`, both included.

    A year in the phrase wins over the period; a day without a year is meant in each year of the period.
    Never raises; a text without a deadline has no dates and is "unspecified".
    """
    text, clock = _without_clock(_plain(phrase))
    found: Found = []
    whole = text
    for row in ROWS:
        matches = list(row.pattern.finditer(text))
        reading = row.read(matches, _scope(whole, text, first, last)) if matches else None
        if reading is not None:
            found.append((row, reading))
            text = row.pattern.sub(" | ", text)
            first, last = _narrowed(row, reading, first, last)
    deadline = _put_together(found, clock)
    told = (row.key for row, _ in found if row.weight in _TELLING and row.key != deadline.why)
    return replace(deadline, also=tuple(told))


def _narrowed(row: Row, reading: Reading, first: date, last: date) -> Span:
    """Return the part of the period that a stage ("từ năm 2019 đến năm 2020") leaves, where they meet."""
    if row.weight != "open" or reading.window is None:
        return first, last
    start, end = max(first, reading.window[0]), min(last, reading.window[1])
    return (start, end) if start <= end else (first, last)


# --- preparing ------------------------------------------------------------------------------------------

_DASHES = str.maketrans(dict.fromkeys("–—−‐‑‒", "-"))
_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi|lam|nham|mot|linh|le|khong)"
_SPELT_AFTER = re.compile(rf"\b([0-9]{{1,4}}) ?\( ?{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\)")
_SPELT_BEFORE = re.compile(rf"\b{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,4}} ?\( ?([0-9]{{1,4}}) ?\)")
_BRACKETS = re.compile(r"[()\[\]{}\"“”'*_]+")
# "tháng sáu" (June) and "tháng sau" (next month) differ by a mark that folding takes away.
_MONTH_WORDS = {"mười một": 11, "mười hai": 12, "mười": 10, "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4}
_MONTH_WORDS |= {"năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "chạp": 12}
_MONTH_WORD = re.compile(rf"\b(tháng) ({'|'.join(_MONTH_WORDS)})\b(?! lần| một lần)")
_QUARTER_WORD = re.compile(r"\b(quý) (một|hai|ba|bốn|tư)\b(?! lần)")
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_QUARTER_LETTER = re.compile(r"\b(?:q|quy)\.? ?(iv|i{1,3}|[1-4])\b")
_CLOCK = re.compile(
    r"(?<!vong )(?<!han )(?<![0-9/.-])\b([01]?[0-9]|2[0-4]) ?"
    r"(?:(?:h|gio|g)\b ?(?:([0-5][0-9])\b(?: ?(?:phut|p)\b)?)?"
    r"|h([0-5][0-9])\b|:([0-5][0-9])\b)(?: ?(sang|chieu|toi)\b)?[ ,]*(?!ke tu|sau|lam viec)"
)


def _plain(phrase: str) -> str:
    """Return the phrase as the patterns expect it: folded, without brackets or numbers said twice."""
    text = unicodedata.normalize("NFKC", nfc(phrase)).casefold()
    text = _MONTH_WORD.sub(lambda m: f"{m[1]} {_MONTH_WORDS[m[2]]}", " ".join(text.split()))
    text = _QUARTER_WORD.sub(lambda m: f"{m[1]} {_QUARTER_WORDS[m[2]]}", text)
    text = _SPELT_AFTER.sub(r"\1", fold(text).translate(_DASHES))
    text = _QUARTER_LETTER.sub(r"quy \1", _SPELT_BEFORE.sub(r"\1", text))
    return " ".join(_BRACKETS.sub(" ", text).split())


def _without_clock(text: str) -> tuple[str, time | None]:
    """Take the first time of day out of the text; 24 giờ is the end of its day."""
    match = _CLOCK.search(text)
    if match is None:
        return text, None
    hour, minute = int(match[1]), int(match[2] or match[3] or match[4] or 0)
    if match[5] in ("chieu", "toi") and hour < 12:
        hour += 12
    clock = time(23, 59) if hour == 24 else time(hour, minute)
    return f"{text[: match.start()]}{text[match.end() :]}", clock


_EVERY_YEAR = re.compile(r"\b(?:hang|moi|tung) nam\b(?! ?[0-9])")
_NAMED_YEAR = re.compile(rf"(?:\bnam |\b){YEAR}")


def _scope(whole: str, rest: str, first: date, last: date) -> Scope:
    """Return what the rows may know; years of the period that the rest of the phrase names narrow it."""
    years = sorted({int(m[0][-4:]) for m in _NAMED_YEAR.finditer(rest)})
    inside = tuple(year for year in years if first.year <= year <= last.year)
    if inside:
        first = max(first, make_day(inside[0], 1, 1) or first)
        last = min(last, make_day(inside[-1], 12, 31) or last)
    return Scope(whole, first, last, inside, _EVERY_YEAR.search(whole) is not None)


# --- putting together -----------------------------------------------------------------------------------


def _put_together(found: Found, clock: time | None) -> Deadline:
    days = [(row, r) for row, r in found if row.weight == "day"]
    figures = any(row.weight == "stretch" and not r.dates for row, r in found)
    ends = [(row, r) for row, r in found if row.weight == "stretch" and not figures]
    often = _first_of(found, "often", "open")
    if days:
        return _dated(days, found, clock)
    if ends and not (often and often[1].recurrence in _OFTEN - {r.recurrence for _, r in ends}):
        return _dated(ends, found, clock)
    decided = often or _first_of(found, "title") or (found[0] if found else None)
    window = next((r.window for _, r in found if r.window), None)
    recurrence: Recurrence = decided[1].recurrence if decided else "unspecified"
    return Deadline((), recurrence, window, clock, True, decided[0].key if decided else UNREAD, None)


def _first_of(found: Found, *weights: str) -> tuple[Row, Reading] | None:
    told = [(row, r) for row, r in found if row.weight in weights and r.recurrence != "unspecified"]
    return min(told, key=lambda pair: _FREQUENCY.index(pair[1].recurrence), default=None)


def _dated(found: Found, all_found: Found, clock: time | None) -> Deadline:
    dates = tuple(sorted({day for _, r in found for day in r.dates}))
    row, reading = min(found, key=lambda pair: _FREQUENCY.index(pair[1].recurrence))
    before = any(r.before for _, r in found) and clock in (None, time(0, 0))
    window = _window(found, all_found)
    return Deadline(dates, reading.recurrence, window, clock, not before, row.key, _rule(found))


def _window(found: Found, all_found: Found) -> Span | None:
    """Return the window of the dates, of the figures reported, or of the years in which a rule holds."""
    repeated = any(r.rules for _, r in found)
    weights = {"stretch", "open"} if repeated else {"stretch"}
    own = [r.window for _, r in found if r.window]
    figures = [r.window for row, r in all_found if row.weight in weights and not r.dates and r.window]
    return next(iter(own + figures), None)


def _rule(found: Found) -> str | None:
    """Return the rule that gives all dates, or None where some of them follow from none."""
    rules = list(dict.fromkeys(rule for _, r in found for rule in r.rules))
    if not all(r.rules for _, r in found):
        return None
    return rules[0] if len(rules) == 1 else "\n".join(f"RRULE:{rule}" for rule in rules)


# --- what a periodic report covers ----------------------------------------------------------------------

Coverage = Literal["month", "quarter", "first_half", "second_half", "year"]
_LENGTH: dict[Coverage, tuple[int, int]] = {  # months covered, and the month before the first of them
    "month": (1, 0),
    "quarter": (3, 0),
    "first_half": (6, 0),
    "second_half": (6, 6),
    "year": (12, 0),
}


def data_window(kind: Coverage, year: int, index: int = 1, *, calendar: bool = False) -> tuple[date, date]:
    """Return the first and last day whose figures a periodic report covers.

    Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before the first month of the report to the
    14th of its last month; with `calendar` the calendar's own month, quarter, half or year. `index` is the
    month (1-12) or the quarter (1-4). Raises ValueError for an index or a year that does not exist.
    """
    months, ahead = _LENGTH[kind]
    if not 1 <= index <= (12 // months if kind in ("month", "quarter") else 1):
        raise ValueError(f"no {kind} has the index {index}")
    start = ahead + months * (index - 1) + 1
    first, last = date(year, start, 1), make_day(year, start + months - 1, -1) or date.max
    if calendar:
        return first, last
    return (first - timedelta(days=1)).replace(day=15), last.replace(day=14)
