"""What a coordinator asks a summary of, as they type it: a plan, a period, a part, a unit; in any order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from re import Match

from domain.common.text import fold
from domain.plans.periods import Period, PeriodKind


@dataclass(frozen=True, slots=True)
class SummaryQuery:
    """What was read. `plan` is a number as typed, folded, `plan_year` the year typed behind it.

    `part` is a place in the plan ("II", "II.3"); `rest` are the folded words that none of these took: the
    name of a unit, of a report, or nothing that is known.
    """

    plan: str | None = None
    plan_year: int | None = None
    period: Period | None = None
    cycle: bool = False
    part: str | None = None
    rest: str = ""


_YEAR = r"(?:(?:[ /]| nam )(?P<year>20\d\d))?"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PLAN = re.compile(r"(?:ke hoach |kh |quyet dinh |qd )?(?:so )?(\d+/[a-z][a-z0-9-]*)(?: (?:nam )?(20\d\d))?")
_BARE_PLAN = re.compile(r"(?:ke hoach|kh) (?:so )?(\d+)(?![\d/])(?: (?:nam )?(20\d\d))?")
_CYCLE = re.compile(r"\bsau (?:ky|dot)\b|\bcuoi ky\b")
_PART = re.compile(r"\b(?:phan|muc) ((?:[ivx]+|\d+)(?:\.[0-9a-z]+)*)\b")
_FILLER = re.compile(r"\b(?:ky bao cao|ky|bao cao|ket qua|cua|theo|don vi)\b")

Read = Callable[[Match[str], date], Period]


def _year(match: Match[str], today: date) -> int:
    return int(match["year"]) if match["year"] else today.year


def _quarter(match: Match[str], today: date) -> Period:
    index = _ROMAN.get(match["index"]) or int(match["index"])
    return Period("quarter", _year(match, today), index)


def _half(match: Match[str], today: date) -> Period:
    """Of a half-yearly regime the later report is the year's."""
    kind: PeriodKind = "half" if match["half"] == "dau" else "year"
    return Period(kind, _year(match, today))


def _month(match: Match[str], today: date) -> Period:
    return Period("month", _year(match, today), int(match["index"]))


def _this(match: Match[str], today: date) -> Period:
    index = {"thang": today.month, "quy": (today.month - 1) // 3 + 1, "nam": 1}[match["what"]]
    kinds: dict[str, PeriodKind] = {"thang": "month", "quy": "quarter", "nam": "year"}
    return Period(kinds[match["what"]], today.year, index)


_PERIODS: tuple[tuple[re.Pattern[str], Read], ...] = (
    (re.compile(rf"\b(?:6|sau|06) thang (?P<half>dau|cuoi)(?: nam)?{_YEAR}(?!\d)"), _half),
    (re.compile(rf"\bquy (?P<index>iv|iii|ii|i|[1-4]){_YEAR}(?![\w/])"), _quarter),
    (re.compile(rf"\bthang (?P<index>1[0-2]|0?[1-9])(?!\d){_YEAR}(?![\w/])"), _month),
    (re.compile(r"\b(?P<what>thang|quy|nam) nay\b"), _this),
    (
        re.compile(r"\b(?:ca )?nam (?P<year>20\d\d)\b|\bca nam\b"),
        lambda match, today: Period("year", _year(match, today)),
    ),
)
"""How periods are typed; the first row that fits takes the words."""


def read_query(text: str, today: date) -> SummaryQuery:
    """Read what stands behind /summary, with diacritics or without; it never raises.

    A period without a year is of the year of `today` (local).
    """
    text_left = fold(text)
    text_left, plan = _take(_PLAN, text_left)
    if plan is None:
        text_left, plan = _take(_BARE_PLAN, text_left)
    text_left, cycle = _take(_CYCLE, text_left)
    text_left, period = _period(text_left, today)
    text_left, part = _take(_PART, text_left)
    return SummaryQuery(
        plan=plan[1] if plan else None,
        plan_year=int(plan[2]) if plan and plan[2] else None,
        period=period,
        cycle=cycle is not None,
        part=_section(part[1]) if part else None,
        rest=" ".join(text_left.strip(" ,;:.-").split()),
    )


def without_filler(rest: str) -> str:
    """Return folded words without those that only lead to a name: "kết quả của", "đơn vị"."""
    return " ".join(_FILLER.sub(" ", rest).split())


def _period(text: str, today: date) -> tuple[str, Period | None]:
    for pattern, read in _PERIODS:
        left, match = _take(pattern, text)
        if match is not None:
            return left, read(match, today)
    return text, None


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, Match[str] | None]:
    """Return the first match, and the words without it."""
    match = pattern.search(text)
    return (text, None) if match is None else (f"{text[: match.start()]} {text[match.end() :]}", match)


def _section(part: str) -> str:
    """The Roman number of a part in capitals, the letters of its items small: "II.3.a"."""
    head, dot, tail = part.partition(".")
    return f"{head.upper()}{dot}{tail}"
