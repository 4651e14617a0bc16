"""The table of deadline phrases: one typed row for each way to word a deadline, looked through in order.

A pattern sees the phrase as `domain.deadlines` prepares it: folded to plain lower-case letters, without
brackets, times of day and the words that repeat a number. What a row has read is taken out of the phrase
before the next row looks. To add a way of wording a deadline, add a row and its example to the tests.
"""

import re
from dataclasses import dataclass
from re import Pattern
from typing import Literal

from domain.deadlines import lunar, stretches
from domain.deadlines import readers as days
from domain.deadlines.patterns import (
    AHEAD,
    AND,
    BEFORE,
    DATE,
    DAY,
    DAYS,
    DOCUMENT,
    EACH,
    GAP,
    LEAD,
    LISTED,
    MONTH,
    MONTHS_COUNTED,
    MONTHS_OF_DAYS,
    NEXT,
    NO_NUMBER,
    NTH,
    PART,
    QUARTER,
    QUARTERLY,
    RHYTHM,
    THIS,
    TO,
    WEEKDAY,
    YEAR,
    often,
    point,
    tail,
)
from domain.deadlines.readers import Reader, fixed

# How a reading counts beside others: a certain day first, then a stretch that ends on a day, then how often,
# then open time. A title says only which report is meant.
Weight = Literal["day", "stretch", "often", "open", "title", "none"]


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """One kind of phrase: its key, its weight, an example, what it means, its pattern and its reader.

    What `limits` can also bound a rhythm that the phrase tells elsewhere ("hằng tháng, từ tháng 3").
    """

    key: str
    weight: Weight
    example: str
    meaning: str
    pattern: Pattern[str]
    read: Reader
    limits: bool = False


def _row(
    key: str, weight: Weight, example: str, meaning: str, pattern: str, read: Reader, *, limits: bool = False
) -> PhraseRow:
    return PhraseRow(key, weight, example, meaning, re.compile(pattern, re.ASCII), read, limits)


ROWS: tuple[PhraseRow, ...] = (
    # Dates that are none of ours.
    _row(
        "citation",
        "none",
        "theo Kế hoạch số 215/KH-UBND ngày 10/7/2018",
        "the date of another document",
        r"(?:\bso )?\b[0-9]+(?:(?:/[0-9]{4})?/(?!thang\b|quy\b|nam\b|tuan\b|ngay\b)|-(?=[a-z]{1,8}/))"
        r"[a-z][a-z0-9/-]{0,30}"
        rf"(?:{GAP},? ?ngay {DATE})?"
        rf"|\b{DOCUMENT}(?: (?:so )?[0-9]+)?{GAP}\b(?:ky )?ngay {DATE}|"
        rf"\b{DOCUMENT} {DAY}/{MONTH}/[12][0-9]{{3}}"
        rf"|\b(?:theo|ket luan|chi dao|y kien|thong bao)\b(?: [a-z]+){{0,8}}? (?:cuoc hop|phien hop|"
        rf"hoi nghi|buoi lam viec|ky hop)"
        rf"(?: [a-z]+){{0,4}}? ngay {DATE}",
        fixed(),
    ),
    _row(
        "after_event",
        "none",
        "trong vòng 15 ngày kể từ ngày ký",
        "counted from a day that the phrase does not give",
        r"\b(?:sau|trong(?: vong| thoi han)|thoi han|cham nhat|khong qua|truoc|it nhat|toi thieu)"
        r"(?: la| sau| it nhat){0,2} [0-9]+ (?:ngay|tuan|thang|quy|nam|gio)\b(?! ?(?:[0-9]|dau|cuoi|/))"
        rf"(?: lam viec)?(?: (?:ke|tinh) tu(?: ngay)?(?: {DATE})?|,? (?:truoc|"
        rf"sau)(?: [a-z]+){{1,5}}? {DATE})?"
        rf"|\b[0-9]+ ngay(?: lam viec)? (?:ke|tinh|sau|truoc)\b(?: tu)?(?: ngay)?(?: {DATE}|"
        rf"(?: [a-z]+){{1,4}} {DATE})?"
        r"|\bke tu (?:ngay|khi) (?=[a-z])|\b(?:sau|truoc) khi\b",
        fixed(),
    ),
    _row(
        "signature",
        "none",
        "được ký ngày 05/3/2020",
        "the day of signing or of coming into force",
        rf"\b(?:hieu luc|ky ket|duoc ky|da ky|ban hanh|ky|thanh lap){GAP}\bngay (?:{DATE}|ky\b|ban hanh\b)"
        rf"|\bngay (?:ban hanh|ky|(?:co )?hieu luc) ?:? ?(?:{DATE})?|\bhieu luc\b",
        fixed(),
    ),
    _row(
        "anniversary",
        "none",
        "kỷ niệm 25 năm thiết lập quan hệ",
        "a day that is celebrated",
        rf"\bky niem(?: (?:lan thu )?[0-9]+(?: nam)?)?(?:{GAP}{DATE}(?: ?- ?{DATE})?)?",
        fixed(),
    ),
    # How often, in words that hold numbers which are no dates.
    _row(
        "event",
        "none",
        "trình kỳ họp giữa năm của HĐND tỉnh",
        "an event whose day the phrase does not give",
        r"\b(?:cac )?(?:ky hop|phien hop|dai hoi|tet\b)"
        r"(?: (?:thuong le|thuong ky|chuyen de|bat thuong|nguyen dan|giua|dau|cuoi|nam|quy|thang|thu|lan|khoa"
        r"|cua|hdnd|hoi dong nhan dan|tinh|xa|phuong"
        rf"|(?:{YEAR}|[0-9]{{1,2}}|[ivx]+)(?![0-9a-z/.-]))\b){{0,12}}",
        fixed(doubts=("event",)),
    ),
    _row(
        "figures_until",
        "none",
        "số liệu tính đến 0h00 ngày 01/7/2026",
        "the day until which figures are counted",
        r"\b(?:thoi diem|(?:so lieu|tinh|(?<!han )chot|thong ke)(?: (?:so lieu|duoc|tinh|chot|lay|"
        r"bao cao|ky)){0,3})"
        rf"(?: ?:)?(?: (?:den|toi|tai|vao))?(?: (?:thoi diem|het|ngay)){{0,3}} "
        rf"(?:{DATE}|{DAY}(?=(?: {EACH}| cua)? thang\b)(?: (?:{EACH} thang|cua thang(?: bao cao)?"
        rf"|thang {THIS}\b|thang (?:cuoi|dau)(?: cung)?(?: cua)? quy))?)",
        fixed(),
    ),
    _row(
        "lunar_day",
        "day",
        "rằm tháng Giêng",
        "a day of the lunar calendar",
        rf"{BEFORE}\b(?:(?:ngay |mung |mong ){{0,2}})(?:(?P<full>ram)|(?P<day>{DAY}))(?: ?/ ?| (?:thang )?)"
        rf"(?P<month>gieng\b|chap\b|{MONTH})(?:(?: ?/ ?| nam )(?P<year>{YEAR}))?"
        r"(?:(?<=gieng)|(?<=chap)|(?<=ram [0-9])|(?<=ram thang [0-9])|(?<=ram thang [0-9]{2})"
        r"|(?=,? ?(?:nam [a-z ]{0,16})?(?:am lich|al\b))|(?<=chap nam [0-9]{4})|(?<=gieng nam [0-9]{4})"
        r"|(?<=ram thang [0-9] nam [0-9]{4}))(?:,? ?(?:nam [a-z ]{0,16})?(?:am lich|al\b))?",
        lunar.read_lunar_day,
    ),
    _row(
        "lunar_month",
        "none",
        "tháng 3 âm lịch",
        "a month of the lunar calendar",
        r"\bthang (?:gieng|chap)\b(?: am lich)?"
        rf"|\bthang {MONTH}(?: ?/ ?{YEAR}| nam {YEAR})? (?:am lich|al\b)",
        lunar.read_lunar_month,
    ),
    _row(
        "several_a_quarter",
        "often",
        "mỗi quý 01 lần",
        "once or several times a quarter, on no named day",
        r"(?:\b(?:hang|moi|1|01|mot) |(?<![0-9] )\b)quy (?:it nhat |toi thieu )?(?:[0-9]+|mot|hai|ba) lan\b"
        r"|\b[0-9]+ lan (?:moi|mot|1|trong) quy\b",
        fixed("quarterly"),
    ),
    _row(
        "several_a_week",
        "often",
        "mỗi tuần 2 lần",
        "once or several times a week, on no named day",
        r"(?:\b(?:hang|moi|1|01|mot) |(?<![0-9] )\b)tuan (?:it nhat |toi thieu )?(?:[0-9]+|mot|hai|ba) lan\b"
        r"|\b[0-9]+ lan (?:moi|mot|1|trong) tuan\b",
        fixed("weekly"),
    ),
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
    _row(
        "once_each",
        "often",
        "01 tháng/lần",
        "once a week, a month, a quarter or a year",
        r"\b(?:(?<![0-9] )(?:(?:0?1|mot) )?(?P<unit>ngay|tuan|thang|quy|nam) ?/ ?(?:0?1 |mot )?lan"
        r"|(?:0?1|mot) (?P<same>tuan|thang|quy|nam) (?:0?1|mot) lan"
        r"|12 (?P<year>thang)(?: ?/ ?| 1 | mot )lan)\b",
        days.once_each,
    ),
    _row(
        "every_few",
        "none",
        "hai tuần một lần",
        "at a distance that has no name here",
        r"\b(?:[0-9]+|hai|ba|bon|nam|muoi) (?:ngay|tuan|thang|nam)(?: ?/ ?(?:0?1 |mot )?| (?:0?1|mot) )lan\b",
        fixed(),
    ),
    # Windows from one point to another.
    _row(
        "stage",
        "open",
        "giai đoạn 2014 - 2020",
        "several whole years: continuous, without a due day",
        rf"\b(?:giai doan |(?:tu |cac )?nam |tu )?{YEAR}{TO}(?:nam )?{YEAR}",
        stretches.read_stage,
        limits=True,
    ),
    _row(
        "figures_of_period",
        "none",
        "tính từ ngày 15 tháng trước đến ngày 14 của tháng thuộc kỳ báo cáo",
        "what the figures of a report cover, counted from its own month or quarter",
        rf"\btu (?:ngay )?{DAY}(?: cua)? thang (?:truoc|dau|cuoi)[^;0-9]{{0,40}}"
        rf"\bden (?:het )?(?:ngay )?{DAY}"
        rf"(?:(?: cua)? thang(?: (?:{THIS}|thuoc|cuoi|cung|ky|quy|nam|cua)\b){{0,6}})?",
        fixed(),
    ),
    _row(
        "range",
        "stretch",
        "từ ngày 01/5 đến hết ngày 30/6",
        "a window, due on its last day",
        rf"\b(?:tinh )?tu {point('a')}{TO}{point('b')}",
        stretches.read_range,
        limits=True,
    ),
    _row(
        "day_range",
        "stretch",
        "ngày 15/6 - 20/6",
        "a few days in a row, due on the last",
        rf"(?:\bngay |(?<![0-9./-])\b(?={DAY} ?/)|(?:^|(?<=tu )|(?<=trong )|(?<=vao ))(?={DAY} ?-)|"
        rf"(?<![0-9./-])(?<!so )\b(?={DAY} ?- ?{DAY} ?/ ?{MONTH} ?/ ?{YEAR}))"
        rf"(?P<aday>{DAY})"
        rf"(?: ?/ ?(?P<ain>{MONTH})(?: ?/ ?(?P<ayear>{YEAR}))?)?"
        rf" ?(?:-|den(?: het)?) ?(?:ngay )?(?P<bday>{DAY})(?: ?/ ?|,? ?thang )(?P<bin>{MONTH}){tail('b')}",
        stretches.read_range,
    ),
    _row(
        "month_range",
        "stretch",
        "tháng 5 - tháng 7",
        "months in a row, due on the last day",
        rf"\bthang (?P<amonth>{MONTH}){tail('a')}{TO}(?:thang )?(?P<bmonth>{MONTH}){tail('b')}",
        stretches.read_range,
        limits=True,
    ),
    _row(
        "quarter_range",
        "stretch",
        "quý I - quý III",
        "quarters in a row, due on the last day",
        rf"\bquy (?P<aquarter>{QUARTER}){tail('a')}{TO}(?:quy )?(?P<bquarter>{QUARTER}){tail('b')}",
        stretches.read_range,
        limits=True,
    ),
    _row(
        "from",
        "open",
        "từ ngày 01/7/2020",
        "continuous from a day on",
        rf"\b(?:(?:ke |bat dau )?tu|bat dau(?: vao| trong)?) {point('a')}",
        stretches.read_from,
        limits=True,
    ),
    _row(
        "until",
        "open",
        "trước ngày 25 hằng tháng đến hết tháng 6/2026",
        "until when a rhythm lasts",
        rf"\b(?:cho )?(?:den|toi)(?: het| cuoi)? (?:(?=ngay {DATE}|thang|quy|nam|{DAY} ?/){point('b')})",
        stretches.read_until,
        limits=True,
    ),
    _row(
        "after_day",
        "none",
        "sau ngày 15/6/2020",
        "a day before which nothing is due",
        rf"(?:(?<!khong )(?<!thu )\bsau|\b(?:khong|chua) truoc|\bsom nhat(?: la)?) ngay {DATE}"
        rf"|\b(?:khong|chua) som hon (?:ngay )?{DATE}",
        fixed(),
    ),
    # Days that come again.
    _row(
        "edge_day",
        "day",
        "ngày làm việc cuối cùng của tháng",
        "the first, last or n-th day, or weekday from Monday to Friday, of a week, month, quarter or year",
        rf"{BEFORE}(?<![0-9] )(?<!nhung )(?<!cac )(?<!may )\bngay (?P<work>lam viec )?(?P<which>{NTH})(?: "
        rf"cua| trong)?(?: {EACH})?"
        rf" (?P<unit>tuan|thang|quy|nam)\b(?! {NEXT})"
        rf"(?:(?<=thang) (?P<months>{MONTHS_OF_DAYS})"
        rf"|(?<=quy) (?P<quarters>{QUARTER}(?:{AND}(?:quy )?{QUARTER}){{0,3}}))?"
        rf"(?:(?: ?[/.-] ?|,? ?(?:nam )?)(?P<year>{YEAR}))?",
        days.edge_day,
    ),
    _row(
        "first_days",
        "day",
        "trong 5 ngày đầu của tháng",
        "the first or last days of a month or a quarter, or of every one, due on the last of them",
        rf"\b(?P<count>{DAY}) ngay (?P<work>lam viec )?(?P<place>dau|cuoi)(?: tien| cung)?(?: cua| trong)?"
        rf"(?: {EACH})?(?: (?P<quarter>quy(?! ?(?:[0-9]|i)))| thang(?: (?P<months>{MONTH}){tail()})?)"
        rf"(?P<following> {NEXT})?\b",
        days.first_days,
    ),
    _row(
        "quarter_day",
        "day",
        "trước ngày 05 tháng cuối cùng của mỗi quý",
        "a day in the first, second or last month of each quarter (half, year) reported on, or of the next",
        rf"{BEFORE}{LEAD}(?:(?<=ngay )|(?!{MONTHS_COUNTED})){DAYS}(?: cua| trong|"
        rf" vao)?,? thang (?P<which>{NTH})"
        rf"(?: cua| trong)?(?: ky)?(?: {EACH})?"
        rf"(?: (?P<unit>quy|0?6 thang|nam\b(?! [0-9]))|(?: ky)?)(?: bao cao)?(?: (?P<next>{NEXT}))?",
        days.quarter_day,
    ),
    _row(
        "quarter_start_day",
        "day",
        "trước ngày 10 của quý sau",
        "a day in the first month after each quarter reported on",
        rf"{BEFORE}{LEAD}{DAYS}(?: cua| trong)? (?:(?:dau )?quy {NEXT}|thang {NEXT}(?: cua)? quy\b)",
        days.next_quarter_day,
    ),
    _row(
        "next_month_day",
        "day",
        "trước ngày 5 của tháng sau",
        "a day of the month after each month reported on",
        rf"{BEFORE}{LEAD}{DAYS}(?: hang thang)?(?: cua| trong| vao)?(?: dau)? thang {NEXT}",
        days.next_month_day,
    ),
    _row(
        "month_day",
        "day",
        "chậm nhất vào ngày 25 hàng tháng",
        "a day of every month",
        rf"{BEFORE}{LEAD}{DAYS},?(?: cua| trong| vao)?"
        rf"(?:(?: {EACH}| 0?1| mot) thang|(?<=cua) thang|(?<=trong) thang| thang(?= {THIS}))"
        rf"\b{NO_NUMBER}(?! (?:dau|cuoi|giua|thu))(?: bao cao)?",
        days.month_day,
    ),
    _row(
        "week_of_month",
        "stretch",
        "tuần cuối tháng 6",
        "a week of a month, counted in sevens from the 1st; the last one ends with the month",
        rf"\btuan (?P<which>{NTH}|0?[1-5])(?:(?:, ?| va | ?- ?| den )(?:tuan )?(?P<last>{NTH}|0?[1-5]))?"
        rf"(?: cua| trong)? thang (?P<month>{MONTH}){tail()}",
        stretches.week_of_month,
    ),
    _row(
        "monthly_weekday",
        "day",
        "thứ Sáu cuối cùng của tháng",
        "the n-th or last such weekday of every month",
        rf"{BEFORE}\b(?P<weekday>thu {WEEKDAY}|chu nhat)(?: (?:cua )?tuan)?"
        rf" (?P<which>{NTH})(?: cua| trong)?(?: {EACH})? thang\b{NO_NUMBER}",
        days.monthly_weekday,
    ),
    _row(
        "week_of_every_month",
        "stretch",
        "tuần cuối hằng tháng",
        "a week of every month, or of a month of every quarter; the last one ends with the month",
        rf"\btuan (?P<which>{NTH}|0?[1-5])(?: cua| trong)?(?: {EACH})? thang\b{NO_NUMBER}"
        rf"(?: (?P<place>dau|giua|cuoi)(?: tien| cung)?(?: cua)?(?: {EACH})? quy\b)?",
        stretches.week_of_every_month,
    ),
    _row(
        "weekday",
        "day",
        "thứ Sáu hằng tuần",
        "a day of every week",
        rf"{BEFORE}(?<!tuan )(?<!lan )(?<!thang )(?<!quy )\b"
        rf"(?P<weekdays>(?:thu {WEEKDAY}|chu nhat\b)"
        rf"(?:{AND}(?:ngay )?(?:thu )?(?:chu )?(?:{WEEKDAY}|nhat\b)){{0,6}})",
        days.weekdays,
    ),
    _row(
        "date",
        "day",
        "trước ngày 15/6 và 15/11 năm 2020",
        "a day of the year; without a year it is meant in each year of the plan",
        rf"(?:\bnam (?P<ahead>{YEAR}(?:{AND}(?:nam )?{YEAR}){{0,9}}) ?[:,]? ?)?"
        rf"{BEFORE}(?P<word>\bngay (?:mung |mong )?)?(?<![0-9./-])(?<!thang )(?<!quy )(?<!tuan )\b{DAYS}"
        rf"(?:(?P<sep> ?/ ?|\.| ?- ?)(?P<month>{MONTH})"
        rf"(?:(?P=sep)(?:(?P<full>{YEAR})|(?P<short>[0-9]{{2}})(?![0-9])))?(?! ?/ ?[0-9])"
        rf"|,? ?(?:- ?)?(?:cua )?(?:cac )?thang (?P<months>{MONTHS_OF_DAYS})(?! lan))"
        rf"{tail()}",
        days.read_dates,
    ),
    _row(
        "impossible_date",
        "none",
        "trước ngày 31/6",
        "a day that the calendar does not have",
        r"\b(?:ngay|truoc) (?P<day>[0-9]{1,2}) ?(?:[/.-]|thang) ?(?P<month>[0-9]{1,2})\b"
        r"(?:(?: ?[/.-] ?| nam )(?P<year>[0-9]{4}))?",
        days.no_such_day,
    ),
    _row(
        "month_day_apart",
        "day",
        "Hằng tháng, trước ngày 25",
        "a day of every month, said in two places",
        rf"{BEFORE}{LEAD}{DAYS}(?! ?(?:[/.-] ?[0-9]|thang|lam viec|quy|nam))",
        days.lone_day,
    ),
    _row(
        "day_without_month",
        "none",
        "trước ngày 15",
        "a day whose month the phrase does not give",
        rf"{BEFORE}{LEAD}{DAYS}(?! ?(?:[/.-] ?[0-9]|thang|lam viec|quy|nam|tuan))",
        fixed(doubts=("month_missing",)),
    ),
    # Stretches of the year.
    _row(
        "rhythm_list",
        "often",
        "hằng tháng, quý, 6 tháng, năm",
        "several rhythms, of which the shortest counts",
        rf"\b{RHYTHM}(?:(?: ?[,;/] ?| va | hoac ){RHYTHM})+",
        days.shortest_rhythm,
    ),
    _row(
        "half",
        "stretch",
        "6 tháng đầu năm 2024",
        "the first or last months of a year, due on the last day",
        rf"(?<!truoc )\b(?:(?P<count>0?[1-9]|1[01]) thang"
        rf" (?:(?P<half>dau|cuoi)(?: cua)?(?: nam\b| {YEAR}|$)|(?=nam {YEAR}))"
        rf"|(?:(?P<quarters>0?[1-3]) )?quy (?P<quarter_half>dau|cuoi)(?: cua)? nam\b"
        rf"|(?P<nine>0?9) thang\b(?! ?[0-9])|nua (?P<other>dau|cuoi)(?: cua)? nam\b){tail()}",
        stretches.read_halves,
    ),
    _row(
        "before_year",
        "stretch",
        "trước năm 2025",
        "due on the last day of the year before",
        rf"\btruoc nam (?P<whole>{YEAR})",
        stretches.before_year,
    ),
    _row(
        "quarter",
        "stretch",
        "Quý II/2024",
        "a quarter, due on its last day; neighbours are one stretch",
        rf"{AHEAD}{BEFORE}{PART}\bquy"
        rf" (?P<quarters>{QUARTER}(?:(?:{AND}| ?- ?)(?:quy )?{QUARTER}){{0,7}}){tail()}",
        stretches.read_quarters,
    ),
    _row(
        "month",
        "stretch",
        "Tháng 6 và tháng 12 năm 2020",
        "a month, due on its last day; neighbours are one stretch",
        rf"{AHEAD}{BEFORE}{PART}\b(?:cac )?thang"
        rf" (?P<months>{MONTH}(?:{AND}(?:thang {MONTH}|{MONTH}{LISTED})){{0,11}})(?! lan){tail()}",
        stretches.read_months,
    ),
    _row(
        "quarter_part",
        "stretch",
        "cuối quý",
        "the first, middle or last month of every quarter",
        rf"\b(?P<part>dau|giua|cuoi)(?: cua)?(?: {EACH})? {QUARTERLY}(?! {NEXT})",
        stretches.every_quarter_part,
    ),
    _row(
        "month_part",
        "stretch",
        "cuối tháng",
        "the 10th, the 20th or the last day of every month",
        rf"\b(?P<part>dau|giua|cuoi)(?: cua)?(?: {EACH})? thang\b(?! {NEXT})",
        stretches.every_month_part,
    ),
    _row(
        "year_part",
        "stretch",
        "cuối năm 2020",
        "March, June or December: due on its last day",
        rf"\b(?P<part>dau|giua|cuoi)(?: {EACH})? nam\b(?! hoc)(?: (?P<whole>{YEAR}))?",
        stretches.year_part,
    ),
    # How often.
    _row(
        "daily",
        "often",
        "hằng ngày",
        "every day",
        rf"\b(?:hang|moi|tung) ngay\b{NO_NUMBER}|\blan ?/ ?ngay\b",
        fixed("daily"),
    ),
    _row("weekly", "often", "hằng tuần", "every week, on no named day", often("tuan"), fixed("weekly")),
    _row("monthly", "often", "01 số/tháng", "every month, on no named day", often("thang"), fixed("monthly")),
    _row(
        "quarterly",
        "often",
        "hằng quý",
        "every quarter, on no named day",
        often(QUARTERLY),
        fixed("quarterly"),
    ),
    _row(
        "yearly",
        "often",
        "Hàng năm",
        "every year",
        (
            rf"\b(?:hang|moi|tung|dinh ky) nam\b{NO_NUMBER}|\b(?:lan|ky) ?/ ?nam\b|\bnam (?:0?1|mot) "
            rf"(?:lan|ky)\b|\bthuong nien\b"
        ),
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
        rf"\b(?:den|toi) (?P<out>het )?nam (?P<whole>{YEAR})",
        stretches.read_until_year,
        limits=True,
    ),
    _row(
        "year",
        "open",
        "trong năm 2020",
        "a whole year: continuous, without a due day",
        rf"\bnam {YEAR}(?:{AND}(?:nam )?{YEAR}){{0,9}}|^[ .]*{YEAR}[ .]*$",
        stretches.read_year,
    ),
    _row(
        "this_year",
        "open",
        "trong năm",
        "the year of the plan: continuous",
        r"\b(?:trong|ca|suot|toan|den het|toi het) nam\b(?! ?[0-9])",
        stretches.read_this_year,
    ),
    _row(
        "ad_hoc",
        "often",
        "báo cáo đột xuất theo yêu cầu",
        "when somebody asks",
        r"\bdot xuat\b|\btheo yeu cau\b|\bkhi (?:co |duoc )?"
        r"(?:yeu cau|phat sinh|can|chi dao|tinh huong|su co|su viec|vu viec|de nghi|bien dong|thien tai)\b",
        fixed("ad hoc"),
    ),
    # What the report is called, where nothing else is said.
    _row(
        "report_daily",
        "title",
        "báo cáo ngày",
        "a report of every day",
        rf"\bbao cao ngay\b{NO_NUMBER}(?! (?:sau|khi|[a-z]+ [0-9]))",
        fixed("daily"),
    ),
    _row(
        "report_monthly",
        "title",
        "báo cáo tháng",
        "a report of every month",
        rf"\bbao cao thang\b{NO_NUMBER}",
        fixed("monthly"),
    ),
    _row(
        "report_quarterly",
        "title",
        "báo cáo quý",
        "a report of every quarter",
        rf"\bbao cao {QUARTERLY}{NO_NUMBER}",
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
        rf"\bbao cao nam\b{NO_NUMBER}",
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
