"""Exceptions from a rhythm: "riêng tháng 12 trước ngày 20" has a day of its own, "trừ tháng 6" has none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.deadlines.day_spans import make_day
from domain.deadlines.deadline import Deadline
from domain.deadlines.patterns import AND, DAY, MONTH, QUARTER
from domain.deadlines.readers import numbers, quarters

_FARTHEST = timedelta(days=46)  # how far from a usual day the day in its place may lie
_LISTED_MONTHS = rf"thang (?P<months>{MONTH}(?:{AND}(?:thang )?{MONTH}(?! ?/))*)"
_LISTED_QUARTERS = rf"quy (?P<quarters>{QUARTER}(?:{AND}(?:quy )?{QUARTER})*)"
_WHOLE = r"(?P<whole>0?[69] thang(?: (?:dau|cuoi) nam)?|(?:ca |cuoi )?nam)\b"
_EXCEPT = re.compile(
    r"[ ,;.|-]*\b(?P<word>rieng|ngoai tru|tru)(?: (?:doi voi|bao cao|ky|cua|so lieu|lan|vao|trong)){0,4}"
    rf" (?:{_LISTED_MONTHS}|{_LISTED_QUARTERS}|{_WHOLE})(?P<rest>[^;|]*)"
)
_NEW_DAY = re.compile(
    rf"\b(?:ngay |mung )?(?P<day>{DAY})(?:(?: ?[/.-] ?|,? thang )(?P<month>{MONTH}))?"
    r"(?! ?/? ?(?:thang|quy|nam|ngay))"
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """The months in which another day holds, or none (`dropped`); `month` is None for "ngày 20" alone."""

    months: tuple[int, ...]
    dropped: bool
    day: int = 0
    month: int | None = None


def take_exemptions(text: str) -> tuple[str, tuple[Exemption, ...]]:
    """Return the prepared phrase without its exceptions, and the exceptions."""
    exemptions: list[Exemption] = []
    rest = text
    for match in _EXCEPT.finditer(text):
        exemption = _exemption(match)
        if exemption is None:
            continue
        exemptions.append(exemption)
        remainder = match["rest"] if exemption.dropped else ""
        rest = rest.replace(match[0], f" ; {remainder}")
    return rest, tuple(exemptions)


def _exemption(match: re.Match[str]) -> Exemption | None:
    months = tuple(numbers(match["months"]))
    for quarter in quarters(match["quarters"] or ""):
        months += (3 * quarter - 2, 3 * quarter - 1, 3 * quarter)
    if match["word"] != "rieng":
        return Exemption(months, dropped=True) if months else None
    new = _NEW_DAY.search(match["rest"])
    if new is None:
        return None
    month = int(new["month"]) if new["month"] else None
    months = months or ((month,) if month else ())
    return Exemption(months, dropped=False, day=int(new["day"]), month=month) if months else None


def apply_exemptions(deadline: Deadline, exemptions: Sequence[Exemption]) -> Deadline:
    """Return the deadline with the exceptions in the place of its usual days; no rule gives these dates."""
    dates = set(deadline.dates)
    for exemption in exemptions:
        dates = _with(dates, exemption)
    if dates == set(deadline.dates):
        return deadline
    return replace(deadline, dates=tuple(sorted(dates)), rule=None)


def _with(dates: set[date], exemption: Exemption) -> set[date]:
    covered = {day for day in dates if day.month in exemption.months}
    if exemption.dropped:
        return dates - covered
    if exemption.month is None:
        moved = {make_day(day.year, day.month, exemption.day) or day for day in covered}
        return dates - covered | moved
    for year in {day.year for day in dates}:
        new = make_day(year, exemption.month, exemption.day)
        usual = [day for day in covered if day.year == year] or _nearest(dates, new)
        if new and usual:
            dates = dates - set(usual) | {new}
    return dates


def _nearest(dates: set[date], day: date | None) -> list[date]:
    near = [usual for usual in dates if day and abs(usual - day) <= _FARTHEST]
    return sorted(near, key=lambda usual: abs(usual - day) if day else _FARTHEST)[:1]
