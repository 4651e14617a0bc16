"""The days and spans of time that people name when they promise a day or ask for more time."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from domain.common.text import fold
from domain.updates.loose import Loose, loose

_FRIDAY = 4
_WEEK_DAYS = 7
_LATELY = timedelta(days=120)
_MONTH_ENDS_IN = timedelta(days=5)

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DayPhrase:
    """Words [start, end) of a text that look like a day; `stretch` is the first and last day they name.

    None where no such day exists (31/6) or the words leave it open (đầu tháng 7).
    """

    start: int
    end: int
    stretch: Stretch | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What open words are counted from: "thứ 6" and "ngày 20" are the next ones after `since`.

    `ahead`: a day that is asked for, so that "31/12" said in June is not half a year ago.
    """

    today: date
    since: date
    ahead: bool = False


_Reader = Callable[[re.Match[str], Calendar], Stretch | None]
_DIGITS = ("", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_NUMBERS = {word: n for n, word in enumerate(_DIGITS) if word} | {"tu": 4, "lam": 5, "nham": 5}
_TENS = {"muoi": 10, "chuc": 10, "tram": 100}
_DIGIT = "một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
WORDED_NUMBER = (
    rf"(?:(?:{_DIGIT}|\d) (?:mươi|chục)(?: (?:{_DIGIT}))?|mười(?: (?:{_DIGIT}))?|(?:{_DIGIT}) trăm(?! phần|"
    rf" triệu| nghìn)|một trăm|"
    rf"trăm(?= phần))"
)
"""A pattern of numbers of several words, such as `number` reads."""
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "bon": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6, "cn": 6}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEXT = ("sau", "toi", "ke tiep")
_OPEN = (*_NEXT, "nay")


def number(word: str) -> int:
    """Return the number that digits or words stand for, as in "bảy mươi lăm"; KeyError for others."""
    if word.isdecimal():
        return int(word)
    total = 0
    for part in fold(word).split():
        if tens := _TENS.get(part):
            total = tens * (total or 1)
        else:
            total += int(part) if part.isdecimal() else _NUMBERS[part]
    return total


def _group_text(match: re.Match[str], name: str) -> str:
    typed = match[name] if name in match.re.groupindex else None
    return fold(typed) if typed and not typed.isdecimal() else typed or ""


def _one(day: date) -> Stretch:
    return day, day


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nearest_year(month: int, day: int, now: Calendar) -> date:
    """A day without a year lies in the year that brings it nearest to today, as at the turn of the year."""
    date(2000, month, day)  # a leap year: what fails here is a day of no year
    today = now.today
    years = [y for y in (today.year, today.year + 1, today.year - 1) if 1 <= y <= date.max.year]
    days = [date(y, month, day) for y in years if (month, day) != (2, 29) or calendar.isleap(y)]
    if now.ahead:
        days = [d for d in days if d >= today or today - d <= _LATELY] or days
    return min(days, key=lambda d: abs(d - today))


def _year(match: re.Match[str], now: Calendar) -> int | None:
    """The year that is told: 2020, 20, "năm sau"; None where none is."""
    year, which = _group_text(match, "y"), _group_text(match, "y_which")
    if which:
        return now.today.year + (which in _NEXT)
    return int(year) + (2000 if len(year) == len("20") else 0) if year else None


def _dated(match: re.Match[str], now: Calendar) -> Stretch:
    day, month, year = int(match["d"]), _group_text(match, "m"), _year(match, now)
    if not month.isdecimal():  # "ngày 20 tháng sau"
        return _one(_the_month(month, None, now).replace(day=day))
    return _one(date(year, int(month), day) if year else _nearest_year(int(month), day, now))


def _spelt(match: re.Match[str], now: Calendar) -> Stretch:
    """ "ngày hai mươi tháng sáu"; typed without marks, "thang sau" is June where the day is spelt too."""
    day, typed = number(match["d"].lower()), match["m"].lower()
    is_next = fold(typed) in _NEXT and (typed != "sau" or match["d"].isdecimal() or not match["d"].isascii())
    if is_next and typed == fold(typed):
        return _one(_the_month(typed, None, now).replace(day=day))
    month, year = number(typed), _year(match, now)
    return _one(date(year, month, day) if year else _nearest_year(month, day, now))


def _day_of_month(match: re.Match[str], now: Calendar) -> Stretch:
    """The next month that has such a day: "ngày 31" said in June is 31/7."""
    month = now.since.replace(day=1)
    while True:
        day = month + relativedelta(day=int(match["d"]))
        if day.day == int(match["d"]) and day > now.since:
            return _one(day)
        month += relativedelta(months=1)


def _the_month(which: str, year: int | None, now: Calendar) -> date:
    if which in _NEXT:
        return now.today + relativedelta(day=1, months=1)
    if which == "nay":
        return now.today.replace(day=1)
    if which:
        month = _nearest_year(int(which), 1, now)
        return month.replace(year=year) if year else month
    return (now.since + timedelta(days=1)).replace(day=1)


def _month(match: re.Match[str], now: Calendar) -> Stretch | None:
    part = _group_text(match, "part")
    first = _the_month(_group_text(match, "m"), _year(match, now), now)
    if part == "dau":
        return None
    if part == "giua":
        return _one(first.replace(day=15))
    last = _month_end(first)
    return (last - _MONTH_ENDS_IN if part else first), last


def _quarter(match: re.Match[str], now: Calendar) -> Stretch:
    """Without a year it is the next one to end; "hết quý" is that of the day after `since`."""
    which, year = _group_text(match, "q"), _year(match, now)
    if not which or which in _OPEN:
        now_in = now.today if which else now.since + timedelta(days=1)
        last = now_in + relativedelta(day=1, months=(-now_in.month) % 3 + 3 * (which in _NEXT))
    else:
        last = date(year or now.since.year, 3 * (_QUARTERS.get(which) or int(which)), 1)
        last += relativedelta(years=0 if year or _month_end(last) > now.since else 1)
    return last - relativedelta(months=2), _month_end(last)


def _year_end(match: re.Match[str], now: Calendar) -> Stretch:
    last = date(_year(match, now) or now.since.year, 12, 31)
    return last - _MONTH_ENDS_IN, last


def _weekday(match: re.Match[str], now: Calendar) -> Stretch:
    name, week = _group_text(match, "day"), _group_text(match, "week")
    weekday = int(name) - 2 if name.isdecimal() else _WEEKDAYS[name]
    if week.startswith("tuan"):
        return _one(_monday(now.today) + timedelta(days=weekday, weeks=0 if week.endswith("nay") else 1))
    return _one(now.since + timedelta(days=(weekday - now.since.weekday()) % _WEEK_DAYS or _WEEK_DAYS))


def _week(match: re.Match[str], now: Calendar) -> Stretch | None:
    """An office's week ends on Friday; "cuối tuần" alone is the first week's end after `since`."""
    part, which = _group_text(match, "part"), _group_text(match, "which")
    if part in ("dau", "giua"):
        return None
    if which or part == "sang":
        monday = _monday(now.today) + timedelta(weeks=0 if which == "nay" else 1)
    else:
        monday = _monday(now.since + timedelta(days=_WEEK_DAYS - _FRIDAY - 1))
        monday += timedelta(weeks=1 if monday + timedelta(days=_FRIDAY) <= now.since else 0)
    friday = monday + timedelta(days=_FRIDAY)
    return (friday if part == "cuoi" else monday), friday


def _days_on(days: int) -> _Reader:
    return lambda _match, now: _one(now.today + timedelta(days=days))


_YEAR = r"(?:(?:/| năm | )(?P<y>\d{4})| năm (?P<y_which>nay|này|sau|tới))?"
_ENDS = r"(?![/.,-]?\d|\s*(?:%|phần trăm|/))"
_TO = "(?:đến|tới|sang|qua|vào|hết|trước|ngày|hôm|lùi|hạn)"
_WHICH = "(?:này|nay|sau|tới|kế tiếp)"
_SPELT = rf"(?:{WORDED_NUMBER}|{_DIGIT})"
_ROWS: tuple[tuple[Loose, _Reader], ...] = (
    (
        loose(
            r"(?:(?:ngày|hôm|mùng|mồng|ng) ?)?(?<![\d/.,-])(?P<d>\d{1,2}) ?/ ?(?P<m>\d{1,2})"
            rf"(?: ?/ ?(?P<y>\d{{4}}|\d{{2}}))?{_ENDS}"
        ),
        _dated,
    ),
    (
        loose(
            rf"(?<![\d/.,-])(?P<d>\d{{1,2}})(?P<sep>[.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|"
            rf"\d{{2}}){_ENDS}"
        ),
        _dated,
    ),
    (
        loose(rf"{_TO} (?:ngày )?(?P<d>\d{{1,2}})[.-](?P<m>\d{{1,2}})(?! ?(?:ngày|tuần|hôm|tháng)){_ENDS}"),
        _dated,
    ),
    (
        loose(
            rf"(?:ngày|hôm|mùng|mồng|đến|tới|sang) (?:mùng |mồng )?(?P<d>{_SPELT}|"
            rf"\d{{1,2}}) tháng (?P<m>{_SPELT}){_YEAR}"
        ),
        _spelt,
    ),
    (
        loose(
            rf"(?:(?<=thành\s)|(?<=xong\s)|(?<=tất\s)|(?<=trong\s))(?:trong |vào )?tháng "
            rf"(?P<m>\d{{1,2}}){_YEAR}"
        ),
        _month,
    ),
    (loose(rf"(?:(?:ngày|mùng|mồng) )?(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}}|{_WHICH}){_YEAR}"), _dated),
    (
        loose(rf"(?P<part>cuối|hết|giữa|đầu) (?:tháng|t)(?: ?(?P<m>\d{{1,2}}|{_WHICH}){_YEAR})?"),
        _month,
    ),
    (loose(rf"(?:đến|tới|sang|vào|trong|qua) tháng (?P<m>\d{{1,2}}|{_WHICH}){_YEAR}"), _month),
    (
        loose(
            rf"(?:đến|tới|sang|trong|vào|lùi|cuối|hết) quý (?P<q>[1-4]|i{{1,3}}|iv|{_WHICH}){_YEAR}|"
            r"(?:cuối|hết) quý"
        ),
        _quarter,
    ),
    (loose(r"(?:cuối|hết) năm(?: (?P<y>\d{4})| (?P<y_which>nay|này|sau|tới))?(?! \d)"), _year_end),
    (
        loose(
            r"(?<!lần\s)(?<!đợt\s)(?<!phần\s)(?<!việc\s)thứ ?(?P<day>[2-7]|hai|ba|tư|bốn|năm|sáu|"
            r"bảy)(?! trưởng)"
            rf"(?: (?P<week>tuần {_WHICH}|{_WHICH}))?"
        ),
        _weekday,
    ),
    (
        loose(
            rf"(?P<day>chủ nhật|(?<=đến\s)cn|(?<=sang\s)cn|cn(?= tuần))(?: (?P<week>tuần {_WHICH}|{_WHICH}))?"
        ),
        _weekday,
    ),
    (loose(rf"t(?P<day>[2-7]) (?P<week>tuần {_WHICH})"), _weekday),
    (loose(rf"(?:(?P<part>cuối|hết|trong|sang|đầu|giữa|đến|tới|qua) )?tuần (?P<which>{_WHICH})"), _week),
    (loose(r"(?P<part>cuối|hết|sang) tuần"), _week),
    (
        loose(
            r"(?:(?:sáng|chiều|tối|trưa|ngày|đến|sang) ){0,3}"
            r"(?<!thương\s)(?<!khuyến\s)(?<!chị\s)(?<!anh\s)(?<!cô\s)mai"
        ),
        _days_on(1),
    ),
    (loose(r"ngày (?:mốt|kia)|mai mốt"), _days_on(2)),
    (loose(r"(?:sáng|chiều|tối|hôm|trưa|ngày|đêm) nay"), _days_on(0)),
    (
        loose(
            rf"(?:ngày|mùng|mồng|hôm|(?:đến|tới|sang|qua)(?= \d+ tây)) (?P<d>[12]?\d|"
            rf"3[01])(?: tây)?{_ENDS}(?! ?(?:ngày|tuần)(?!\w))"
        ),
        _day_of_month,
    ),
    (
        loose(
            r"(?:đến|tới|sang) (?P<d>[12]?\d|3[01])"
            r"(?=\s*(?:$|[,.;!?)]|(?:ạ|a|nhé|nhe|nha|vì|do|được|dc|sẽ|mới|nộp|gửi)(?!\w)))"
        ),
        _day_of_month,
    ),
)

# Every row above needs one of these; most texts have none.
_ANY = loose(
    r"\d ?[/.-] ?\d|tháng|cuối|hết|giữa|đầu|quý|năm|thứ|chủ nhật|cn|t[2-7]|tuần|mai|mốt|kia|nay|"
    r"(?:ngày|mùng|mồng|hôm|đến|tới|sang|qua) ?\d",
    whole_words=False,
)


def _stretch(reader: _Reader, match: re.Match[str], now: Calendar) -> Stretch | None:
    try:
        return reader(match, now)
    except (ValueError, OverflowError):
        return None  # 31/6, or past the end of the calendar


@lru_cache(maxsize=256)
def find_days(text: str, now: Calendar) -> tuple[DayPhrase, ...]:
    """Return what looks like a day in `text`, in the order of the words; each word belongs to one phrase.

    The last texts are remembered, since each is looked at for what it asks, promises and reports.
    """
    if not _ANY.search(text):
        return ()
    phrases: list[DayPhrase] = []
    taken = bytearray(len(text))
    for pattern, reader in _ROWS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                phrases.append(DayPhrase(start, end, _stretch(reader, match, now)))
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(phrases, key=lambda phrase: phrase.start))


_SPAN = loose(
    rf"(?:(?<![\d/.,-])(?P<n>\d{{1,3}}|{WORDED_NUMBER}|{_DIGIT}|nửa) ?|(?<=thêm\s)(?=\w+ nữa))"
    r"(?P<unit>ngày làm việc|ngày|hôm|bữa|tuần lễ|tuần|tháng|quý)(?! ?(?:\d|rưỡi))"
)
_MONTHS = {"thang": 1, "quy": 3}
_VAGUE_BEFORE = re.compile(r"(?:\d|mot|hai|ba|bon|vai|may)(?:\s*[-,–]\s*|\s+)$")


def _working_days(since: date, count: int) -> date:
    day = since
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= _FRIDAY
    return day


def _spans_on(since: date, word: str, unit: str) -> date | None:
    if fold(word) == "nua":
        return since + timedelta(days=15) if unit == "thang" else None
    count = number(word) if word else 1  # "thêm tuần nữa"
    if unit == "ngay lam viec":
        return _working_days(since, count)
    if unit in _MONTHS:
        return since + relativedelta(months=count * _MONTHS[unit])
    return since + timedelta(days=count * (_WEEK_DAYS if unit.startswith("tuan") else 1))


def add_span(text: str, since: date) -> date | None:
    """Return `since` and the first span of time in `text` ("1 tuần", "ba ngày", "nửa tháng"), or None.

    "5 ngày làm việc" counts Mondays to Fridays; half a month is 15 days. "2-3 ngày", "hai ba hôm" are open.
    """
    match = _SPAN.search(text)
    if match is None or _VAGUE_BEFORE.search(fold(text[: match.start()]) + " "):
        return None
    try:
        return _spans_on(since, match["n"] or "", fold(match["unit"]))
    except (ValueError, OverflowError):
        return None
