"""How the rows of the phrase table read days of the Vietnamese lunar calendar."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from re import Match

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

from domain.common.recurrence import Recurrence
from domain.deadlines.day_spans import PhraseScope, Reading
from domain.deadlines.deadline import Deadline

_NAMED_MONTHS = {"gieng": 1, "chap": 12}
_FULL_MOON = 15
_IS_LUNAR = re.compile(r"\bam lich\b|\b(?:ngay|va|vao|,) ram\b")


def read_lunar_day(matches: Sequence[Match[str]], scope: PhraseScope) -> Reading | None:
    """Read "rằm tháng Giêng", "ngày 10/3 âm lịch": that day of each lunar year, where it falls in the period.

    Where the day of the common calendar is given too, that is left to the rows below.
    """
    if "duong lich" in scope.text:
        return Reading()
    days = [day for match in matches for day in _days(match, scope)]
    if not days:
        return Reading(doubts=("lunar",))
    recurrence: Recurrence = "yearly" if scope.yearly or len(days) > len(matches) else "once"
    before = any(match["before"] for match in matches)
    return Reading(tuple(sorted(set(days))), recurrence, before=before)


def read_lunar_month(_matches: Sequence[Match[str]], _scope: PhraseScope) -> Reading:
    """Read "tháng Giêng", "tháng 3 âm lịch": no date, since its last day is seldom what is meant."""
    return Reading(doubts=("lunar",))


def without_lunar(deadline: Deadline, text: str, keys: Collection[str]) -> Deadline:
    """Leave out the dates of words like "mùng 1 và rằm hằng tháng", which no row reads as lunar ones."""
    if not _IS_LUNAR.search(text) or "duong lich" in text or "lunar_day" in keys:
        return deadline
    return replace(deadline, dates=(), rule=None, doubts=tuple(dict.fromkeys((*deadline.doubts, "lunar"))))


def _days(match: Match[str], scope: PhraseScope) -> Iterator[date]:
    month = _NAMED_MONTHS.get(match["month"]) or int(match["month"])
    day = _FULL_MOON if match["full"] else int(match["day"])
    named = int(match["year"]) if match["year"] else None
    first, last = (date(named, 1, 1), date(named, 12, 31)) if named else (scope.first, scope.last)
    # "tháng Chạp năm 2026" ends in 2027, and who writes it may mean either: such a day is asked about.
    for year in (named,) if named else range(first.year - 1, last.year + 1):
        day_found = _common_day(LunarDate(day, month, year)) if _is_supported(year) else None
        if day_found and first <= day_found <= last:
            yield day_found


def _is_supported(year: int) -> bool:
    return SUPPORTED_YEAR_RANGE[0] <= year < SUPPORTED_YEAR_RANGE[1]


def _common_day(lunar: LunarDate) -> date | None:
    """Return the day of the common calendar, or None where the lunar month has no 30th."""
    day = lunar_to_solar(lunar)
    return day if solar_to_lunar(day) == lunar else None
