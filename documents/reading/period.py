"""The year or stage that a plan is for: what its title, its first lines or its own words on time say.

The year of a cited document, of a term of office or of the day of issue is not a plan's period; where nothing
gives one, there is none.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from documents.reading.marks import split_mark
from domain.common.text import squeeze

Period = tuple[date, date]

_YEAR = r"(20\d\d|19\d\d)"
_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CITED = re.compile(
    rf"(?i)ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+{_YEAR}|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}"
    rf"|(?:số\s+)?[\w./-]*\d[\w-]*/{_YEAR}/[\w-]+|nhiệm kỳ\s+{_YEAR}\s*[-–]\s*{_YEAR}"
    rf"|(?:luật|bộ luật|hiến pháp)(?:(?!\btrên địa bàn\b|\btỉnh\b|\bthành phố\b)[^,;]){{1,60}}? năm {_YEAR}"
    rf"|kỷ niệm [^,;.]{{0,80}}?{_YEAR}\s*[-–]\s*(?:\d{{1,2}}[/.]\d{{1,2}}[/.])?{_YEAR}"
)
"""Years that are none of the plan's: a day's, a cited document's, a term of office's, an anniversary's."""
_STAGE = re.compile(
    rf"(?i)(?:giai đoạn|từ năm|trong|các năm|năm)?\s*{_YEAR}\s*(?:[-–]|đến(?: năm)?)\s*{_YEAR}"
)
_TIME = re.compile(r"(?i)\W*thời gian[^:.;]{0,60}(?::\s*(.*)|$)")
_FROM_TO = re.compile(
    r"(?i)từ\s+{}\s+đến\s+(?:hết\s+|cuối\s+)?{}".format(
        *(
            rf"(?:ngày\s+)?(?:(?P<d{n}>\d{{1,2}})(?:\s*[/.-]\s*|\s+tháng\s+)|tháng\s+)(?P<m{n}>\d{{1,2}})"
            rf"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<y{n}>20\d\d|19\d\d))?(?!\d)"
            for n in (1, 2)
        )
    )
)
_SEASON = re.compile(rf"(?i)\b(?:mùa|vụ|niên vụ|năm học)\b[^;:.]{{0,40}}{_YEAR}\s*[-–/]\s*{_YEAR}")
"""A season over two years, of which the plan's own words give the days."""
_SCHOOL_YEAR = re.compile(rf"(?i)\bnăm học\s+{_YEAR}\s*[-–/]\s*{_YEAR}")
"""A school year, which begins with September and is over when the next begins."""
_CITED_TERM = re.compile(rf"(?i)nhiệm kỳ\s+{_YEAR}\s*[-–]\s*{_YEAR}")
_OUTER = 30
"""The rank down to which a number stands before what is said of the whole plan."""
_LONGEST_INTRO = 300


def period_in(title: str, body: Sequence[str], issued: date | None) -> Period | None:
    """Return the first and last day that a plan of that title is for; `body` are its lines after it."""
    intro = next((line for line in body if re.search(r"như sau\s*:?$", line.strip(" ."))), "")
    tail = intro[-_LONGEST_INTRO:]
    introduced = tail[max(0, tail.casefold().rfind("kế hoạch")) :]
    if _SEASON.search(title) and (season := _stated(body) or _first_stretch(body)):
        return season
    if school := _SCHOOL_YEAR.search(title):
        rest = _period_of(_SCHOOL_YEAR.sub(" ", title), (), issued)
        return rest or (date(int(school[1]), 9, 1), date(int(school[2]), 8, 31))
    named = _period_of(title, body, issued) or _period_of(introduced, (), issued)
    stated = _stated(body)
    return stated if named is None or (stated and _overlaps_end(stated, named)) else named


def _overlaps_end(stated: Period, named: Period) -> bool:
    """Tell whether the stretch that a plan states lies over an end of the year or stage of its title."""
    first, last = named
    return stated[0] < first <= stated[1] or stated[0] <= last < stated[1]


def _first_stretch(body: Sequence[str]) -> Period | None:
    """The first stretch that a line gives in full, wherever it stands."""
    return next((stretch for line in body if (stretch := stretch_in(_CITED_TERM.sub(" ", line)))), None)


def _period_of(title: str, body: Sequence[str], issued: date | None) -> Period | None:
    """The period that a title names.

    A plain "năm Y" of the year of issue or the next is the plan's own; then come a stage, "đến năm Y" (from
    the day of issue, or from the first stage that the body parts that time into), and any other year.
    """
    text = _CITED.sub(" ", squeeze(title))
    if part := stretch_in(_CITED_TERM.sub(" ", squeeze(title))) or _part_of_year(text):
        return part
    plain = [
        int(found[1])
        for found in re.finditer(rf"(?<!\w)năm\s+{_YEAR}(?!\s*[-–]\s*\d)", text, re.IGNORECASE)
        if not re.search(r"(?i)(?:đến|hướng|từ|nhìn|đoạn)(?:\s+(?:hết|cuối))?\s*$", text[: found.start()])
    ]
    for year in plain:
        if issued is None or year in (issued.year, issued.year + 1):
            return _whole(year, year)
    if stage := _STAGE.search(text):
        return _whole(int(stage[1]), int(stage[2]))
    until = re.search(rf"đến (?:hết )?năm\s+{_YEAR}", text, re.IGNORECASE)
    if until and not plain:
        last = int(until[1])
        first = _first_stage(body, last, issued) or issued or date(last, 1, 1)
        return (first, date(last, 12, 31)) if first.year <= last else None
    bare = [int(year) for year in re.findall(rf"(?<![\d/]){_YEAR}(?!\d)", text)] if issued else []
    years = plain or [year for year in bare if issued and year in (issued.year, issued.year + 1)]
    return _whole(years[-1], years[-1]) if years else None


def _whole(first: int, last: int) -> Period | None:
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _first_stage(body: Sequence[str], last: int, issued: date | None) -> date | None:
    """The first day of the stages into which headings part the time up to a year, if they begin at issue."""
    stages = [
        stage for line in body if split_mark(line)[0] and len(line) < 100 for stage in _STAGE.finditer(line)
    ]
    years = [(int(stage[1]), int(stage[2])) for stage in stages]
    if not years or max(end for _, end in years) != last:
        return None
    first = min(start for start, _ in years)
    return date(first, 1, 1) if issued is None or first in (issued.year, issued.year + 1) else None


def _stated(body: Sequence[str]) -> Period | None:
    """The period that a line of the plan states: "Thời gian: Từ tháng 10 năm 2025 đến hết ...".

    A bullet may say it under a heading that speaks of time.
    """
    heading = ""
    for at, line in enumerate(body):
        mark, text = split_mark(line)
        if mark is None or len(text) >= _LONGEST_INTRO:
            continue
        if mark.rank <= _OUTER:
            heading = text
        elif "thời gian" not in heading.casefold():
            continue
        found = _TIME.fullmatch(text)
        if found is None:
            continue
        words = found[1] or (body[at + 1] if at + 1 < len(body) else "")
        if stretch := stretch_in(words):
            return stretch
    return None


def stretch_in(words: str) -> Period | None:
    """Return the stretch that a line gives in full: "từ ngày 1/10/2025 đến ngày 31/3/2026", or months.

    The year may stand only once, after the second day or month.
    """
    found = _FROM_TO.search(words)
    if not found or not found["y2"]:
        return None
    last_year = int(found["y2"])
    months = int(found["m1"]), int(found["m2"])
    if not all(1 <= month <= 12 for month in months):
        return None
    first_year = int(found["y1"]) if found["y1"] else last_year - (months[0] > months[1])
    first = _day(int(found["d1"] or 1), months[0], first_year)
    last = _day(int(found["d2"]), months[1], last_year) if found["d2"] else _month_end(last_year, months[1])
    return (first, last) if first and last and first <= last else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _part_of_year(text: str) -> Period | None:
    """A half, quarter, month or months that the plan is for: "Quý II năm 2024", "6 tháng cuối năm 2024"."""
    if stretch := stretch_in(text):
        return stretch
    if half := re.search(rf"(?:06|6|sáu) tháng (đầu|cuối) năm\s+{_YEAR}", text, re.IGNORECASE):
        year = int(half[2])
        early = half[1].casefold() == "đầu"
        return (date(year, 1, 1), date(year, 6, 30)) if early else (date(year, 7, 1), date(year, 12, 31))
    if quarter := re.search(rf"quý\s+(IV|I{{1,3}}|[1-4])(?:\s*/|\s+năm)\s*{_YEAR}", text, re.IGNORECASE):
        last = _ROMAN_QUARTERS[quarter[1].upper()] * 3
        return date(int(quarter[2]), last - 2, 1), _month_end(int(quarter[2]), last)
    if month := re.search(rf"tháng\s+(\d{{1,2}})(?:\s*/|\s+năm)\s*{_YEAR}", text, re.IGNORECASE):
        number = int(month[1])
        if 1 <= number <= 12:
            return date(int(month[2]), number, 1), _month_end(int(month[2]), number)
    return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
