"""What the words around a date take back of it: no day was filled in, it is one of two, it begins later."""

import re
from dataclasses import replace
from datetime import date

from domain.deadlines.day_spans import DeadlineDoubt, make_day
from domain.deadlines.deadline import Deadline
from domain.deadlines.patterns import DATE, DAY, MONTH, NTH, QUARTER, YEAR

_DATE = rf"(?:ngay )?{DATE}(?:/{YEAR})?"
# "trước ngày ... tháng 6": the day has still to be filled in.
_DAY_MISSING = re.compile(r"\bngay ?(?:\.{2,} ?)?(?:thang (?=[0-9])|/ ?(?=[0-9]))|\bngay ?\.{2,}")
_EITHER = re.compile(
    rf"(?:{_DATE}|\b(?:ngay )?{DAY}) (?:hoac|hay) (?:truoc |den |vao )?{_DATE}|"
    r"\b(?:thang|quy) [0-9i]{1,3} (?:hoac|hay) (?:dau |cuoi |giua )?(?:thang|quy) [0-9i]"
)
# "khoảng ngày 20/8", "đầu tháng 9", "15/6/2026?": a day near which it is due.
_ABOUT = re.compile(
    r"(?<!trong )\b(?:khoang|chung|tam)(?: (?:tu|vao|trong))? (?=(?:ngay|cuoi|giua|dau|thang|quy|"
    r"tuan|trung tuan|thuong tuan|ha tuan)\b|[0-9]{1,2} ?[/-])"
    rf"|\b{_DATE},? ?(?:\?|du kien[ .;]*$)|\bnhung ngay (?:dau|giua|cuoi) thang"
)
_EARLY = re.compile(
    r"(?<!ngay )(?<!tuan )(?<!lam viec )(?<!nua )(?<!tu )\b(?:dau|giua) (?:(?:thang|quy) (?=[0-9i])|"
    r"nam (?=[0-9]))"
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "bon": 2, "nam": 3, "sau": 4, "bay": 5, "nhat": 6}
_ON_WEEKDAY = re.compile(
    rf"\b(?:thu|chu)[ -](?P<name>hai|ba|tu|bon|nam|sau|bay|nhat|[2-7]),? ?-? ?(?:truoc )?(?:ngay )?"
    rf"(?P<day>{DAY}) ?[/.-] ?(?P<month>{MONTH})"
)
_BEGINS = re.compile(rf"\b(?:bat dau|ke|ap dung|thuc hien) tu (?:nam )?(?P<year>{YEAR})\b")
# "15/8/1946 - 15/8/2026" is an anniversary; "so với 30/6/2026" is another day.
_ANNIVERSARY = re.compile(rf"\b(?P<day>[0-9]{{1,2}}/[0-9]{{1,2}})/1[0-9]{{3}} ?- ?(?P=day)/{YEAR}")
_COMPARED = re.compile(rf"\bso voi (?:thoi han |han )?(?:cu )?{_DATE}")


# "đợt 1 tháng 4" is no 1/4.
_NUMBERED = re.compile(
    r"\b(dot|lan|giai doan|buoc|vong|(?<!dinh )ky|khoa|so|phien) [0-9]{1,2}(?=:? (?:thang|quy)\b)|\b(dot|"
    r"lan|giai doan|buoc|vong) [0-9]{1,2}(?= ?(?:[,;)]|$| va ))"
)
# "15/12 các năm 2027 và 2029": each year has the day.
_IN_YEARS = re.compile(
    rf"(?P<what>\b(?:ngay )?{DATE}|\bquy {QUARTER}|\bthang {MONTH}),? (?:cua |trong )?(?:cac )?nam "
    rf"(?P<years>{YEAR}(?:(?:, ?| va )(?:nam )?{YEAR})+)"
)
_FESTIVE = re.compile(rf"\b(?:nhan (?:dip|ngay)|dip|ky niem|chao mung|huong ung)\b[^;,|]*?{_DATE}")
# "thứ Sáu tuần đầu tháng 7", "2 năm một lần": nobody reads that day or pace yet.
_AHEAD_OF = re.compile(
    r"\btruoc\b(?!.*\b(?:trong|sau)\b)[^;|]*\b[0-9]{1,2} (?:ngay|tuan)(?: lam viec)?[ .;]*$"
)
_COUNTED_FROM = re.compile(
    rf"\b[0-9]+ (?:ngay|tuan|thang)(?: lam viec)?,? (?:ke tu|tinh tu|sau|truoc)(?: (?!(?:truoc|cham|"
    rf"han|gui|nop|bao)\b)[a-z]+){{1,12}}? "
    rf"(?:ngay )?{DATE}[ .;]*$"
)
_UNREADABLE = re.compile(
    r"\b(?:thu [a-z0-9]+|chu nhat),? (?:cua )?tuan (?:dau|cuoi|thu [a-z0-9]+|[1-5])(?: cua)? thang [0-9]"
    rf"|\b(?:thu [a-z0-9]+|chu nhat) {NTH}(?: cua| trong)? thang [0-9]"
    r"|\b(?:0?[2-9]|hai|ba|bon) nam (?:mot|1|01) (?:lan|ky)\b"
)
_ONE_YEAR = re.compile(
    rf"[ ,;|(]*\brieng nam (?P<year>{YEAR}),? (?:thi )?(?:truoc |"
    rf"den )?(?:ngay )?(?P<day>[0-9]{{1,2}})/(?P<month>[0-9]{{1,2}})\b(?!/)"
)


_SEEN_IN = (
    "so voi",
    "cac nam",
    "va nam",
    "nam 20",
    "dot ",
    "lan ",
    "giai doan ",
    "ky ",
    "khoa ",
    "so ",
    "phien ",
    "/19",
    "/18",
    "ky niem",
)


def without_other_days(text: str) -> str:
    """Return the prepared phrase without days that are none of its own; each listed year is spelt out."""
    if not any(word in text for word in _SEEN_IN):
        return text  # hardly any phrase has one, and looking costs time
    text = _COMPARED.sub(" | ", _ANNIVERSARY.sub(" | ", text))
    return _IN_YEARS.sub(_each_year, _NUMBERED.sub(lambda match: match[1] or match[2], text))


def _each_year(match: re.Match[str]) -> str:
    return " va ".join(f"{match['what']}/{year}" for year in re.findall(YEAR, match["years"]))


def take_years(text: str) -> tuple[str, tuple[date, ...]]:
    """Return the phrase without "riêng năm 2030 trước ngày 31/10", and the days that those years have."""
    if "rieng nam" not in text:
        return text, ()
    days = [make_day(int(m["year"][-4:]), int(m["month"]), int(m["day"])) for m in _ONE_YEAR.finditer(text)]
    return _ONE_YEAR.sub(" ", text), tuple(day for day in days if day)


def with_years(deadline: Deadline, days: tuple[date, ...]) -> Deadline:
    """Return the deadline with the days that some years have of their own."""
    years = {day.year for day in days}
    if not days or not deadline.dates:
        return deadline
    usual = (day for day in deadline.dates if day.year not in years)
    return replace(deadline, dates=tuple(sorted((*usual, *days))), rule=None)


def reserved(deadline: Deadline, text: str) -> Deadline:
    """Return the deadline without dates that the prepared phrase leaves open, and with the doubt why."""
    if deadline.dates and _COUNTED_FROM.search(text):
        return replace(deadline, dates=(), window=None, rule=None, doubts=(*deadline.doubts, "event"))
    if _DAY_MISSING.search(text) or _UNREADABLE.search(text) or (deadline.dates and _AHEAD_OF.search(text)):
        return replace(deadline, dates=(), window=None, rule=None, doubts=(*deadline.doubts, "day_missing"))
    if deadline.recurrence == "once" and _EITHER.search(text):
        return replace(deadline, doubts=(*deadline.doubts, "either_day"))
    if deadline.recurrence == "once" and deadline.dates and (doubt := _nearness(deadline, text)):
        return replace(deadline, doubts=(*deadline.doubts, doubt))
    if deadline.dates and _FESTIVE.search(text):
        return replace(deadline, doubts=(*deadline.doubts, "event"))
    begins = _BEGINS.search(text)
    return (
        _from_year(deadline, int(begins["year"][-4:]))
        if begins and deadline.recurrence == "yearly"
        else deadline
    )


def _nearness(deadline: Deadline, text: str) -> DeadlineDoubt | None:
    """Return why a date is only near the day that is meant, or may be another: a weekday that it is not."""
    if _ABOUT.search(text) or (deadline.why in ("month", "quarter", "year_part") and _EARLY.search(text)):
        return "about"
    for match in _ON_WEEKDAY.finditer(text):
        name, of_year = match["name"], (int(match["month"]), int(match["day"]))
        weekday = int(name) - 2 if name.isdecimal() else _WEEKDAYS[name]
        if any((day.month, day.day) == of_year and day.weekday() != weekday for day in deadline.dates):
            return "weekday"
    return None


def _from_year(deadline: Deadline, year: int) -> Deadline:
    dates = tuple(day for day in deadline.dates if day >= date(year, 1, 1))
    if dates == deadline.dates:
        return deadline
    return replace(
        deadline,
        dates=dates,
        rule=None,
        doubts=deadline.doubts if dates else (*deadline.doubts, "outside_period"),
    )
