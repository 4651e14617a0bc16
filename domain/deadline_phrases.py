"""The table of deadline phrases: one typed row for each way to word a deadline, looked through in order.

A pattern sees the phrase as `domain.deadlines` prepares it: folded to plain lower-case letters, without
brackets, times of day and the words that repeat a number. What a row has read is taken out of the phrase
before the next row looks. To add a way of wording a deadline, add a row and its example to the tests.
"""

import re
from dataclasses import dataclass
from re import Pattern
from typing import Literal

from domain import deadline_readers as days
from domain import deadline_stretches as stretches
from domain.deadline_readers import Reader, fixed

# How a reading counts beside others: a certain day first, then a stretch that ends on a day, then how often,
# then open time. A title says only which report is meant.
Weight = Literal["day", "stretch", "often", "open", "title", "none"]


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of phrase: its key, its weight, an example, what it means, its pattern and its reader."""

    key: str
    weight: Weight
    example: str
    meaning: str
    pattern: Pattern[str]
    read: Reader


# --- what patterns are built of -------------------------------------------------------------------------

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
_MONTH = r"(?:0?[1-9]|1[0-2])(?![0-9])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_QUARTER = r"(?:iv|i{1,3}|0?[1-4])(?![0-9a-z])"
_AND = r"(?: ?[,;&+] ?(?:va )?| va | hoac )"
_EACH = r"(?:hang|moi|tung|cac)"
_NEXT = (
    r"(?:sau(?! khi)(?: lien ke)?|ke tiep|tiep theo|tiep sau|ke sau|lien sau"
    r"|lien ke(?! truoc)(?: sau| tiep)?)"
)
_PREVIOUS = r"(?:lien ke truoc|lien truoc|truoc(?! ?(?:ngay|[0-9]))(?: lien ke)?)"
_THIS = r"(?:bao cao|ke hoach|thuc hien|do|nay)"
_BEFORE = r"(?P<before>\btruoc )?"
_LEAD = r"\b(?:(?:ngay |mung |mong |nhat |vao |den |het |la |qua |hon )+|(?<=truoc ))"
_DAYS = rf"(?P<days>{_DAY}(?:{_AND}(?:truoc )?(?:vao )?(?:ngay )?{_DAY})*)"
_LISTED = r"(?= ?(?:[.,;/|&+-]|$|va |hoac |nam |hang |moi |thang |cua ))"
_PART = r"(?P<part>dau |giua |cuoi )?"
_NO_NUMBER = r"(?! ?(?:[0-9]|i{1,3}\b|iv\b))"
_QUARTERLY = r"quy\b(?! (?:dinh|che|hoach|mo|trinh|uoc|chuan|doi|vi|bau)\b)"
_WEEKDAY = r"(?:hai|ba|tu|nam|sau|bay|[2-7])\b"
_NTH = r"(?:dau(?: tien)?|cuoi(?: cung)?|giua|thu (?:nhat|hai|ba|tu|nam|sau|bay|[1-9]))"
_DOCUMENT = (
    r"(?:quyet dinh|ke hoach|nghi dinh|nghi quyet|thong tu|chi thi|cong van|luat|hiep dinh|thoa thuan"
    r"|bien ban|ban ghi nho|ket luan|de an|thong bao|to trinh|huong dan|van ban)"
)
_MONTHS_OF_DAYS = (
    rf"{_MONTH}(?:{_AND}{_MONTH}(?= ?(?:[.,;|]|$|va |hoac |nam |hang |moi ))(?!{_AND}[0-9]+ ?thang))*"
)
_DATE = rf"(?:{_DAY} ?[/.-] ?{_MONTH}(?: ?[/.-] ?{YEAR})?|{_DAY} ?thang {_MONTH}(?:,? nam {YEAR})?)"
# A few words that open no deadline: what a citation or an anniversary may reach across.
_GAP = r"(?:(?!truoc|cham|khong|het |han |den |xong|bao cao)[^;0-9]){0,60}?"


def _tail(side: str = "") -> str:
    """Return the pattern of what may stand behind a day or a stretch: its year, or its place beside one."""
    return (
        rf"(?:(?: ?[/.-] ?|,? ?(?:cua |trong )?nam )(?P<{side}year>{YEAR})"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}previous>{_PREVIOUS})(?: (?:nam|ky) bao cao)?"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}next>{_NEXT})"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}this>{_THIS})\b)?"
    )


def _point(side: str) -> str:
    """Return the pattern of one end of a range: a day, a month, a quarter or a year."""
    return (
        rf"(?:(?:(?:ngay )?(?P<{side}day>{_DAY})(?:(?: ?/ ?|\.|-|,? ?thang )(?P<{side}in>{_MONTH}))?"
        rf"|thang (?P<{side}month>{_MONTH})|quy (?P<{side}quarter>{_QUARTER})){_tail(side)}"
        rf"|nam (?P<{side}whole>{YEAR}))"
    )


def _often(unit: str, *, lead: str = rf"(?:{_EACH}|theo|dinh ky)") -> str:
    """Return the pattern of "hằng tháng", "/tháng", "tháng một lần", for one or several units of time."""
    return (
        rf"\b{lead} (?:theo )?(?:{unit}){_NO_NUMBER}|/ ?(?:{unit})\b"
        rf"|\b(?:{unit}) (?:0?1|mot) lan\b"
    )


_TO = r" ?(?:-|den|toi)(?: het| cuoi)? ?"


def _row(key: str, weight: Weight, example: str, meaning: str, pattern: str, read: Reader) -> Row:
    return Row(key, weight, example, meaning, re.compile(pattern, re.ASCII), read)


ROWS: tuple[Row, ...] = (
    # Dates that are none of ours.
    _row(
        "citation",
        "none",
        "theo Kế hoạch số 215/KH-UBND ngày 10/7/2018",
        "the date of another document",
        rf"(?:\bso )?[0-9]+(?:/[0-9]{{4}})?/[a-z][a-z0-9-]*(?:{_GAP},? ?ngay {_DATE})?"
        rf"|\b{_DOCUMENT}(?: so [0-9]+)?{_GAP}\b(?:ky )?ngay {_DATE}",
        fixed(),
    ),
    _row(
        "signature",
        "none",
        "có hiệu lực kể từ ngày ký",
        "the day of signing or of coming into force",
        rf"\b(?:hieu luc|ky ket|duoc ky|da ky|ban hanh|ky|thanh lap){_GAP}\bngay (?:{_DATE}|ky\b|ban hanh\b)"
        r"|\bhieu luc\b",
        fixed(),
    ),
    _row(
        "anniversary",
        "none",
        "kỷ niệm 25 năm thiết lập quan hệ",
        "a day that is celebrated",
        rf"\bky niem(?: (?:lan thu )?[0-9]+(?: nam)?)?(?:{_GAP}{_DATE}(?: ?- ?{_DATE})?)?",
        fixed(),
    ),
    _row(
        "after_event",
        "none",
        "trong vòng 15 ngày kể từ ngày ký",
        "counted from a day that the phrase does not give",
        r"\b(?:sau|trong(?: vong| thoi han)|thoi han|cham nhat|khong qua|truoc|it nhat|toi thieu)"
        r"(?: la| sau| it nhat){0,2} [0-9]+ (?:ngay|tuan|thang|quy|nam|gio)\b(?! ?(?:[0-9]|dau|cuoi|/))"
        rf"(?: lam viec)?(?: (?:ke|tinh) tu(?: ngay)?(?: {_DATE})?)?"
        rf"|[0-9]+ ngay(?: lam viec)? (?:ke|tinh|sau|truoc)\b(?: tu)?(?: ngay)?(?: {_DATE})?"
        r"|\bke tu (?:ngay|khi) (?=[a-z])|\b(?:sau|truoc) khi\b",
        fixed(),
    ),
    # How often, in words that hold numbers which are no dates.
    _row(
        "half_yearly",
        "often",
        "6 tháng một lần",
        "twice a year, on no named day",
        r"\b(?:hang|moi|dinh ky|theo) (?:nua nam|0?6 thang)\b(?! (?:dau|cuoi))"
        r"|\b0?6 thang ?/? ?(?:0?1 |mot )?lan\b"
        r"|\b(?:(?:hang|moi|1|mot) )?nam (?:0?2|hai) lan\b|\b(?:0?2|hai) lan ?/ ?nam\b"
        r"|\b(?:0?2|hai) lan (?:trong|moi|mot|1) nam\b|/ ?0?6 thang\b",
        fixed("half-yearly"),
    ),
    _row(
        "several_a_year",
        "often",
        "4 lần/năm",
        "four times a year, on no named day",
        r"\b(?:(?:hang|moi|1|mot) )?nam (?:0?4|bon) lan\b|\b(?:0?4|bon) lan ?/ ?nam\b"
        r"|\b(?:dinh ky |moi )?(?:0?3|ba) thang ?/? ?(?:0?1|mot)? ?lan\b",
        fixed("quarterly"),
    ),
    _row(
        "several_a_month",
        "often",
        "một tháng hai lần",
        "several times a month, on no named day",
        r"\b(?:(?:hang|moi|1|01|mot) )?thang (?:[0-9]+|hai|ba|bon) lan\b|\b12 lan ?/ ?nam\b",
        fixed("monthly"),
    ),
    # Windows from one point to another.
    _row(
        "stage",
        "open",
        "giai đoạn 2014 - 2020",
        "several whole years: continuous, without a due day",
        rf"\b(?:giai doan |(?:tu |cac )?nam |tu )?{YEAR}{_TO}(?:nam )?{YEAR}",
        stretches.read_stage,
    ),
    _row(
        "range",
        "stretch",
        "từ ngày 01/5 đến hết ngày 30/6",
        "a window, due on its last day",
        rf"\b(?:tinh )?tu {_point('a')}{_TO}{_point('b')}",
        stretches.read_range,
    ),
    _row(
        "day_range",
        "stretch",
        "ngày 15/6 - 20/6",
        "a few days in a row, due on the last",
        rf"(?:\bngay |(?<![0-9./-])\b(?={_DAY} ?/))(?P<aday>{_DAY})"
        rf"(?: ?/ ?(?P<ain>{_MONTH})(?: ?/ ?(?P<ayear>{YEAR}))?)?"
        rf" ?(?:-|den(?: het)?) ?(?:ngay )?(?P<bday>{_DAY})(?: ?/ ?|,? ?thang )(?P<bin>{_MONTH}){_tail('b')}",
        stretches.read_range,
    ),
    _row(
        "month_range",
        "stretch",
        "tháng 5 - tháng 7",
        "months in a row, due on the last day",
        rf"\bthang (?P<amonth>{_MONTH}){_tail('a')}{_TO}(?:thang )?(?P<bmonth>{_MONTH}){_tail('b')}",
        stretches.read_range,
    ),
    _row(
        "quarter_range",
        "stretch",
        "quý I - quý III",
        "quarters in a row, due on the last day",
        rf"\bquy (?P<aquarter>{_QUARTER}){_tail('a')}{_TO}(?:quy )?(?P<bquarter>{_QUARTER}){_tail('b')}",
        stretches.read_range,
    ),
    _row(
        "from",
        "open",
        "từ ngày 01/7/2020",
        "continuous from a day on",
        rf"\b(?:ke |bat dau )?tu {_point('a')}",
        stretches.read_from,
    ),
    _row(
        "after_day",
        "none",
        "sau ngày 15/6/2020",
        "a day before which nothing is due",
        rf"\bsau ngay {_DATE}",
        fixed(),
    ),
    # Days that come again.
    _row(
        "edge_day",
        "day",
        "ngày làm việc cuối cùng của tháng",
        "the first, last or n-th day, or weekday from Monday to Friday, of a week, month, quarter or year",
        rf"{_BEFORE}\bngay (?P<work>lam viec )?(?P<which>{_NTH})(?: cua| trong)?(?: {_EACH})?"
        rf" (?P<unit>tuan|thang|quy|nam)\b(?! {_NEXT})"
        rf"(?:(?<=thang) (?P<month>{_MONTH})|(?<=quy) (?P<quarter>{_QUARTER}))?"
        rf"(?:(?: ?[/.-] ?|,? ?(?:nam )?)(?P<year>{YEAR}))?",
        days.edge_day,
    ),
    _row(
        "quarter_day",
        "day",
        "trước ngày 05 tháng cuối cùng của mỗi quý",
        "a day in the first, second or last month of each quarter (half, year) reported on, or of the next",
        rf"{_BEFORE}{_LEAD}{_DAYS}(?: cua| trong| vao)?,? thang (?P<which>{_NTH})"
        rf"(?: cua| trong)?(?: ky)?(?: {_EACH})?"
        rf"(?: (?P<unit>quy|0?6 thang|nam\b(?! [0-9]))|(?: ky)?)(?: bao cao)?(?: (?P<next>{_NEXT}))?",
        days.quarter_day,
    ),
    _row(
        "quarter_start_day",
        "day",
        "trước ngày 10 của quý sau",
        "a day in the first month of the next quarter",
        rf"{_BEFORE}{_LEAD}{_DAYS}(?: cua| trong)? (?:(?P<which>dau) )?(?P<unit>quy) (?P<next>{_NEXT})",
        days.quarter_day,
    ),
    _row(
        "next_month_day",
        "day",
        "trước ngày 5 của tháng sau",
        "a day of the month after each month reported on",
        rf"{_BEFORE}{_LEAD}{_DAYS}(?: cua| trong| vao)? thang {_NEXT}",
        days.next_month_day,
    ),
    _row(
        "month_day",
        "day",
        "chậm nhất vào ngày 25 hàng tháng",
        "a day of every month",
        rf"{_BEFORE}{_LEAD}{_DAYS},?(?: cua| trong| vao)?"
        rf"(?:(?: {_EACH}| 0?1| mot) thang|(?<=cua) thang|(?<=trong) thang| thang(?= {_THIS}))"
        rf"\b{_NO_NUMBER}(?! (?:dau|cuoi|giua|thu))(?: bao cao)?",
        days.month_day,
    ),
    _row(
        "monthly_weekday",
        "day",
        "thứ Sáu cuối cùng của tháng",
        "the n-th or last such weekday of every month",
        rf"{_BEFORE}\b(?P<weekday>thu {_WEEKDAY}|chu nhat)(?: (?:cua )?tuan)?"
        rf" (?P<which>{_NTH})(?: cua| trong)?(?: {_EACH})? thang\b{_NO_NUMBER}",
        days.monthly_weekday,
    ),
    _row(
        "weekday",
        "day",
        "thứ Sáu hằng tuần",
        "a day of every week",
        rf"{_BEFORE}(?<!tuan )(?<!lan )(?<!thang )(?<!quy )\b"
        rf"(?P<weekdays>(?:thu {_WEEKDAY}|chu nhat\b)"
        rf"(?:{_AND}(?:ngay )?(?:thu )?(?:chu )?(?:{_WEEKDAY}|nhat\b))*)",
        days.weekdays,
    ),
    _row(
        "date",
        "day",
        "trước ngày 15/6 và 15/11 năm 2020",
        "a day of the year; without a year it is meant in each year of the plan",
        rf"{_BEFORE}(?P<word>\bngay (?:mung |mong )?)?(?<![0-9./-])\b{_DAYS}"
        rf"(?:(?P<sep> ?/ ?|\.| ?- ?)(?P<month>{_MONTH})"
        rf"(?:(?P=sep)(?:(?P<full>{YEAR})|(?P<short>[0-9]{{2}})(?![0-9])))?(?! ?/ ?[0-9])"
        rf"|,? ?(?:- ?)?(?:cua )?(?:cac )?thang (?P<months>{_MONTHS_OF_DAYS})(?! lan))"
        rf"{_tail()}",
        days.read_dates,
    ),
    _row(
        "impossible_date",
        "none",
        "trước ngày 31/6",
        "a day that the calendar does not have",
        r"\b(?:ngay|truoc) [0-9]{1,2} ?(?:[/.-]|thang) ?[0-9]{1,2}\b(?: ?[/.-] ?[0-9]{4}| nam [0-9]{4})?",
        fixed(),
    ),
    _row(
        "month_day_apart",
        "day",
        "Hằng tháng, trước ngày 25",
        "a day of every month, said in two places",
        rf"{_BEFORE}{_LEAD}{_DAYS}(?! ?(?:[/.-] ?[0-9]|thang|lam viec|quy|nam))",
        days.lone_day,
    ),
    # Stretches of the year.
    _row(
        "half",
        "stretch",
        "6 tháng đầu năm 2024",
        "the first or last months of a year, due on the last day",
        rf"\b(?:(?P<count>0?[369]) thang (?:(?P<half>dau|cuoi)(?: cua)?(?: nam\b)?|(?=nam {YEAR}))"
        rf"|(?P<nine>0?9) thang\b(?! ?[0-9])|nua (?P<other>dau|cuoi) nam\b){_tail()}",
        stretches.read_halves,
    ),
    _row(
        "quarter",
        "stretch",
        "Quý II/2024",
        "a quarter, due on its last day; neighbours are one stretch",
        rf"{_BEFORE}{_PART}\bquy (?P<quarters>{_QUARTER}(?:(?:{_AND}| ?- ?)(?:quy )?{_QUARTER})*){_tail()}",
        stretches.read_quarters,
    ),
    _row(
        "month",
        "stretch",
        "Tháng 6 và tháng 12 năm 2020",
        "a month, due on its last day; neighbours are one stretch",
        rf"{_BEFORE}{_PART}\b(?:cac )?thang"
        rf" (?P<months>{_MONTH}(?:{_AND}(?:thang {_MONTH}|{_MONTH}{_LISTED}))*)(?! lan){_tail()}",
        stretches.read_months,
    ),
    _row(
        "quarter_part",
        "stretch",
        "cuối quý",
        "the first, middle or last month of every quarter",
        rf"\b(?P<part>dau|giua|cuoi)(?: {_EACH})? {_QUARTERLY}",
        stretches.every_quarter_part,
    ),
    _row(
        "month_part",
        "stretch",
        "cuối tháng",
        "the 10th, the 20th or the last day of every month",
        rf"\b(?P<part>dau|giua|cuoi)(?: {_EACH})? thang\b",
        stretches.every_month_part,
    ),
    _row(
        "year_part",
        "stretch",
        "cuối năm 2020",
        "March, June or December: due on its last day",
        rf"\b(?P<part>dau|giua|cuoi)(?: {_EACH})? nam\b(?: (?P<whole>{YEAR}))?",
        stretches.year_part,
    ),
    # How often.
    _row(
        "daily",
        "often",
        "hằng ngày",
        "every day",
        rf"\b(?:hang|moi|tung) ngay\b{_NO_NUMBER}|\blan ?/ ?ngay\b",
        fixed("daily"),
    ),
    _row("weekly", "often", "hằng tuần", "every week, on no named day", _often("tuan"), fixed("weekly")),
    _row(
        "monthly", "often", "01 số/tháng", "every month, on no named day", _often("thang"), fixed("monthly")
    ),
    _row(
        "quarterly",
        "often",
        "hằng quý",
        "every quarter, on no named day",
        _often(_QUARTERLY),
        fixed("quarterly"),
    ),
    _row(
        "yearly",
        "often",
        "Hàng năm",
        "every year",
        rf"\b(?:hang|moi|tung|dinh ky) nam\b{_NO_NUMBER}|\blan ?/ ?nam\b|\bnam (?:0?1|mot) lan\b",
        fixed("yearly"),
    ),
    # Open time.
    _row(
        "continuous",
        "open",
        "thường xuyên",
        "all the time",
        r"\b(?:thuong xuyen|lien tuc|xuyen suot|quanh nam|24/24|24/7)\b",
        fixed("continuous"),
    ),
    _row(
        "until_year",
        "open",
        "đến hết năm 2025",
        "continuous until a year is out",
        rf"\b(?:den|toi) (?:het )?nam (?P<whole>{YEAR})",
        stretches.read_until_year,
    ),
    _row(
        "year",
        "open",
        "trong năm 2020",
        "a whole year: continuous, without a due day",
        rf"\bnam {YEAR}(?:{_AND}(?:nam )?{YEAR})*|^[ .]*{YEAR}[ .]*$",
        stretches.read_stage,
    ),
    _row(
        "this_year",
        "open",
        "trong năm",
        "the year of the plan: continuous",
        r"\b(?:trong|ca|suot|toan) nam\b(?! ?[0-9])",
        stretches.read_this_year,
    ),
    _row(
        "ad_hoc",
        "often",
        "báo cáo đột xuất theo yêu cầu",
        "when somebody asks",
        r"\bdot xuat\b|\btheo yeu cau\b|\bkhi (?:co |duoc )?(?:yeu cau|phat sinh|can)\b",
        fixed("ad hoc"),
    ),
    # What the report is called, where nothing else is said.
    _row(
        "report_monthly",
        "title",
        "báo cáo tháng",
        "a report of every month",
        rf"\bbao cao thang\b{_NO_NUMBER}",
        fixed("monthly"),
    ),
    _row(
        "report_quarterly",
        "title",
        "báo cáo quý",
        "a report of every quarter",
        rf"\bbao cao {_QUARTERLY}{_NO_NUMBER}",
        fixed("quarterly"),
    ),
    _row(
        "report_half_yearly",
        "title",
        "báo cáo 6 tháng",
        "a report of every half-year",
        r"\b0?6 thang\b",
        fixed("half-yearly"),
    ),
    _row(
        "report_yearly",
        "title",
        "báo cáo năm",
        "a report of every year",
        rf"\bbao cao nam\b{_NO_NUMBER}",
        fixed("yearly"),
    ),
    _row(
        "prompt",
        "none",
        "kịp thời",
        "soon, or at times that are not told",
        r"\b(?:kip thoi|ngay sau|som|dinh ky)\b",
        fixed(),
    ),
)
"""Every kind of phrase, in the order in which a phrase is looked through."""
