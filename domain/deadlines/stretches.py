"""How the rows of the phrase table read stretches of time: months, quarters, halves, ranges, years.

A reader takes all matches of its row and the scope; it returns None where they turn out to be no such phrase.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from re import Match

from domain.deadlines.day_spans import (
    PhraseScope,
    Point,
    Reading,
    Span,
    exists,
    in_order,
    make_day,
    read_points,
)
from domain.deadlines.limits import completes
from domain.deadlines.readers import (
    Matches,
    Stretch,
    either,
    numbers,
    ordinal,
    points_of,
    quarters,
    without_pace,
)

_PARTS = {"dau": 0, "giua": 1, "cuoi": 2, "thuong tuan": 0, "trung tuan": 1, "ha tuan": 2}
_PARTS_OF_MONTH = ((1, 10), (11, 20), (21, -1))
_HALVES_OF_MONTH = {"nua dau": (1, 15), "nua cuoi": (16, -1)}
_PART_OF_YEAR: tuple[Stretch, ...] = (((1, 1), (3, -1)), ((6, 1), (6, -1)), ((10, 1), (12, -1)))
_WHOLE_YEAR: Stretch = ((1, 1), (12, -1))
_AT_THE_LATEST = re.compile(
    r"\b(?:cham nhat|muon nhat|khong qua|khong muon hon|han chot|han cuoi)(?: la)? ?$"
)
_FIGURES = re.compile(r"\b(?:tinh|so lieu|chot|thong ke|lay)\b[^;0-9]*$")
_SINGLE_YEAR = re.compile(r"nam [0-9]{4}")
_MILESTONE = re.compile(r"\b(?:giua ky|cuoi ky|so ket|tong ket)\b[^,;|]{0,40}$")
_NAMES_END = re.compile(r"\b(?:het|ket thuc) $")
_LONGEST_LIGHT = 80
_OPENS_TIME = re.compile(
    r"\b(?:trong|ca|suot|toan|tu|den|het|vao|thoi gian|thuc hien|hoan thanh|hang nam)[ :,]*$"
)
_LIGHT = re.compile(
    r"(?:[ .,;:|-]|\b(?:trong|ca|suot|toan|cac|tu|nay|den|het|vao|thoi|gian|han|thuc|hien|trien|khai|hoan"
    r"|thanh|dinh|ky|thuong|xuyen|lien|tuc|bao|cao|giai|doan|i{1,3}|[0-9])\b)*"
)


# --- months, quarters, halves, ends ---------------------------------------------------------------------


def read_months(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "tháng 6 và tháng 12", "cuối tháng 9", "trước tháng 10"; months in a row make one stretch."""
    return _listed(matches, scope, lambda m: numbers(m["months"]), _month)


def read_quarters(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "quý II", "quý II hoặc quý III", "đầu quý IV"; quarters in a row make one stretch."""
    return _listed(matches, scope, lambda m: quarters(m["quarters"]), _quarter)


def every_month_part(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "cuối tháng" without a number: that part of every month."""
    return _everywhere(matches[0]["part"], range(1, 13), _month, scope)


def every_quarter_part(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "cuối quý" without a number: that part of every quarter."""
    return _everywhere(matches[0]["part"], range(1, 5), _quarter, scope)


def read_halves(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "6 tháng đầu năm", "9 tháng", "nửa cuối năm": the first or the last months of a year."""
    return read_points([p for m in matches for p in points_of(m, [_months_of_year(m)])], scope)


def year_part(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "cuối năm": due with the year; "đầu năm" with its first quarter, "giữa năm" with June."""
    points = [
        Point(*_PART_OF_YEAR[_PARTS[m["part"]]], int(m["whole"]) if m["whole"] else None, vague=True)
        for m in matches
    ]
    return read_points(points, scope)


def before_year(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "trước năm 2025": due on the last day of 2024."""
    return read_points([Point((12, -1), (12, -1), int(m["whole"]) - 1) for m in matches], scope)


def week_of_month(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "tuần thứ hai của tháng 6": the days 8 to 14; the last week ends with the month."""
    points: list[Point] = []
    for match in matches:
        month, first, week = (
            int(match["month"]),
            ordinal(match["which"]),
            ordinal(match["last"] or match["which"]),
        )
        end = 7 * week if week and week < 5 else -1
        start = 7 * first - 6 if first and end > 0 else 1
        points += points_of(match, [((month, start), (month, end))], vague=end < 0)
    return read_points(points, scope)


def week_of_every_month(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "tuần cuối hằng tháng", "tuần đầu tháng cuối quý": the last day of that week, as above."""
    match = matches[0]
    week = ordinal(match["which"])
    end = 7 * week if week and week < 5 else -1
    place = _PARTS[match["place"]] + 1 if match["place"] else 0
    months = range(place, 13, 3) if place else range(1, 13)
    return read_points([Point((m, 1), (m, end), yearly=True, vague=True) for m in months], scope)


def _month(month: int, part: str | None) -> Stretch:
    if part in _HALVES_OF_MONTH:
        first, last = _HALVES_OF_MONTH[part]
    else:
        first, last = _PARTS_OF_MONTH[_PARTS[part]] if part else (1, -1)
    return (month, first), (month, last)


def _quarter(quarter: int, part: str | None) -> Stretch:
    if part and part not in _HALVES_OF_MONTH:
        return _month(3 * quarter - 2 + _PARTS[part], None)
    return (3 * quarter - 2, 1), (3 * quarter, -1)


def _months_of_year(match: Match[str]) -> Stretch:
    if match["quarter_half"]:
        count = 3 * int(match["quarters"] or 1)
    else:
        count = int(match["count"] or match["nine"] or 6)
    late = "cuoi" in (match["half"], match["other"], match["quarter_half"])
    return ((13 - count, 1), (12, -1)) if late else ((1, 1), (count, -1))


def _everywhere(
    part: str, places: Sequence[int], stretch: Callable[[int, str | None], Stretch], scope: PhraseScope
) -> Reading | None:
    points = [Point(*stretch(place, part), yearly=True, vague=True) for place in places]
    return read_points(points, scope)


def _listed(
    matches: Matches,
    scope: PhraseScope,
    places: Callable[[Match[str]], list[int]],
    stretch: Callable[[int, str | None], Stretch],
) -> Reading | None:
    points: list[Point] = []
    for match in matches:
        part = match["part"] and match["part"].strip()
        is_end = bool(part) or _NAMES_END.search(match.string[: match.start()]) is not None
        points_found = points_of(match, [stretch(place, part) for place in places(match)], vague=is_end)
        points += [_eve(points_found[0])] if match["before"] and not part else points_found
    return without_pace(read_points(_joined(points, scope, is_choice=either(matches)), scope), scope)


def _eve(point: Point) -> Point:
    """Return the last day before the stretch: "trước tháng 10" is done when September ends."""
    month = point.start[0] - 1
    if month:
        return replace(point, start=(month, -1), end=(month, -1))
    early = replace(point, start=(12, -1), end=(12, -1))
    return replace(early, year=point.year - 1) if point.year else replace(early, shift=point.shift - 1)


def _joined(points: list[Point], scope: PhraseScope, *, is_choice: bool) -> list[Point]:
    """Make one stretch of "hoặc", and of neighbours unless they are reports or fill the year."""
    neighbours = all(_follows(a, b) for a, b in pairwise(points))
    full = points and (points[0].start, points[-1].end) == _WHOLE_YEAR
    row = neighbours and not full and "bao cao" not in scope.text
    if len(points) < 2 or not (is_choice or row) or any(p.vague for p in points):
        return points
    return [replace(points[-1], start=points[0].start, back=int(_late(points[0], points[-1])))]


def _follows(first: Point, second: Point) -> bool:
    same_year = None in (first.year, second.year) or first.year == second.year
    return same_year and first.end[0] + 1 == second.start[0]


# --- from one point to another --------------------------------------------------------------------------


def read_range(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "từ ngày 1/5 đến hết ngày 30/6": a window due on its last day; without a due day if of figures."""
    points = [_range(match) for match in matches]
    reading = read_points([p for p in points if p], scope)
    figures = _FIGURES.search(scope.text[: max(0, scope.text.find(matches[0][0]))][-48:])
    if reading and (figures or re.match("tinh|lay", matches[0][0])):
        return Reading(window=reading.window)
    return reading


def _range(match: Match[str]) -> Point | None:
    end = _side(match, "b", None)
    start = _side(match, "a", end)
    if not (start and end):
        return None
    if start.year and not end.year:
        end = replace(end, year=start.year + int(_late(start, end)))
    crosses = int(_late(start, end) or start.shift < end.shift)
    back = end.year - start.year if start.year and end.year else crosses
    if back < 0 or (back == 0 and _late(start, end)):
        return None
    return replace(end, start=start.start, back=back)


def _late(start: Point, end: Point) -> bool:
    """Tell whether the start lies later in the year than the end."""
    return in_order(start.start) > in_order(end.end)


def _side(match: Match[str], side: str, other: Point | None) -> Point | None:
    """Return one end of a range; a start that names no month is in that of the end."""
    groups = {key[1:]: value for key, value in match.groupdict().items() if key.startswith(side)}
    stretch = _stretch(groups, other)
    if stretch is None:
        return None
    year = groups.get("year") or groups.get("whole")
    shift = 1 if groups.get("next") else -1 if groups.get("previous") else 0
    return Point(*stretch, int(year) if year else None, shift=shift, yearly=bool(groups.get("this")))


def _stretch(groups: dict[str, str | None], other: Point | None) -> Stretch | None:
    if day := groups.get("day"):
        month = int(groups.get("in") or (other.end[0] if other else 0))
        return ((month, int(day)), (month, int(day))) if exists(month, int(day)) else None
    if groups.get("month"):
        return _month(numbers(groups["month"])[0], None)
    if groups.get("quarter"):
        return _quarter(quarters(groups["quarter"] or "")[0], None)
    return _WHOLE_YEAR


# --- open time ------------------------------------------------------------------------------------------


def read_stage(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "giai đoạn 2014 - 2020": continuous, where it is time and not part of the name of something."""
    years = [int(year) for m in matches if _is_time(m) for year in re.findall(r"[12][0-9]{3}", m[0])]
    return _whole_years(years)


def read_until_year(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "đến hết năm 2025": continuous; "chiến lược đến năm 2030" is a name."""
    match = matches[-1]
    end = date(int(match["whole"]), 12, 31)
    if scope.first > end or not (match["out"] or _is_time(match)):
        return Reading()
    if _AT_THE_LATEST.search(match.string, 0, match.start()):
        return Reading((end,), "once", completes=True)  # "chậm nhất đến hết năm 2027"
    return Reading(recurrence="continuous", window=(scope.first, end))


def read_until(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "đến hết tháng 6/2026" beside a rhythm: its last day; left to the rows below without one."""
    point = _side(matches[-1], "b", None)
    if point is None or not (scope.repeats or (scope.yearly and point.year)):
        return None
    if matches[-1]["bday"] and not (point.year or " het " in matches[-1][0]):
        return None
    day = make_day(point.year or scope.last.year, *point.end)
    return Reading(window=(scope.first, day)) if day and scope.first <= day else None


def read_year(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "trong năm 2020": continuous; due on its last day where something is finished in it."""
    ends = [year for m in matches if _is_finished(m, scope) for year in numbers(m[0])]
    if not ends:
        return read_stage(matches, scope)
    reading = read_points([Point(*_WHOLE_YEAR, year) for year in ends], scope)
    return replace(reading, completes=True) if reading else None


def _is_finished(match: Match[str], scope: PhraseScope) -> bool:
    before = match.string[: match.start()]
    if _SINGLE_YEAR.fullmatch(match[0]) is None:
        return False
    milestone = _MILESTONE.search(before)
    long = scope.last.year > scope.first.year or len(scope.years) > 1
    return completes(before) or (milestone is not None and (long or "ky" in milestone[0]))


def read_this_year(_matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "trong năm": continuous, with a window where the period lies in one year."""
    single = scope.first.year == scope.last.year
    return _whole_years([scope.first.year]) if single else Reading(recurrence="continuous")


def read_from(matches: Matches, scope: PhraseScope) -> Reading | None:
    """Read "từ ngày 1/7/2020", "từ quý II": continuous, from then to the end of the period."""
    point = _side(matches[0], "a", None)
    start = _start(point, scope) if point else None
    window: Span | None = (start, scope.last) if start and start <= scope.last else None
    return Reading(recurrence="continuous", window=window) if window else Reading()


def _start(point: Point, scope: PhraseScope) -> date | None:
    years = [point.year] if point.year else range(scope.first.year, scope.last.year + 1)
    days = [make_day(year, *point.start) for year in years]
    return next((day for day in days if day and (point.year or day >= scope.first)), None)


def _is_time(match: Match[str]) -> bool:
    ahead = match.string[: match.start()] + ("tu " if match[0].startswith("tu ") else "")
    return _OPENS_TIME.search(ahead[-24:]) is not None or (
        len(ahead) <= _LONGEST_LIGHT and _LIGHT.fullmatch(ahead) is not None
    )


def _whole_years(years: Sequence[int]) -> Reading:
    if not years:
        return Reading()
    return Reading(recurrence="continuous", window=(date(min(years), 1, 1), date(max(years), 12, 31)))
