import json
import re
import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.common.text import fold
from domain.deadlines import UNREAD, Deadline, data_window, read_deadline
from domain.deadlines.phrase_table import ROWS
from tests.domain.deadlines.deadline_cases import (
    TABLE,
    Case,
)

YEAR_2026 = (date(2026, 1, 1), date(2026, 12, 31))
STAGE = (date(2014, 10, 17), date(2018, 12, 31))
CASES = Path(__file__).parents[3] / ".." / "shared" / "domain" / "deadlines.jsonl"


def read(phrase: str, period: tuple[date, date] = YEAR_2026) -> Deadline:
    return read_deadline(phrase, *period)


def iso(deadline: Deadline) -> str:
    return " ".join(day.isoformat() for day in deadline.dates)


def span(deadline: Deadline) -> str:
    return " ".join(day.isoformat() for day in deadline.window or ())


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case.phrase)
def test_a_phrase_means_what_a_careful_officer_reads_in_it(case: Case) -> None:
    found = read(case.phrase)
    assert (iso(found), found.recurrence, span(found)) == (case.dates, case.recurrence, case.window)


@pytest.mark.skipif(not CASES.exists(), reason="the collected cases are not beside the project")
def test_the_collected_cases_are_read_as_they_were_judged() -> None:
    wrong = []
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        found = read(case["phrase"], (date.fromisoformat(case["from"]), date.fromisoformat(case["to"])))
        wanted = (" ".join(case["dates"]), case["recurrence"], " ".join(case["window"] or ()))
        if (iso(found), found.recurrence, span(found)) != wanted:
            wrong.append((case["phrase"], found))
    assert wrong == []


# --- the table itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_every_row_of_the_table_decides_its_own_example(row: object) -> None:
    assert isinstance(row, type(ROWS[0]))
    found = read(row.example)
    assert row.key in ((found.why, *found.also) if row.limits else (found.why,))
    assert row.meaning


def test_no_two_rows_have_one_key() -> None:
    keys = [row.key for row in ROWS]
    assert len(set(keys)) == len(keys)
    assert UNREAD not in keys


# --- more than one year ---------------------------------------------------------------------------------


def test_a_day_without_a_year_is_meant_in_each_year_of_the_plan() -> None:
    found = read("trước ngày 15/6", STAGE)
    assert iso(found) == "2015-06-15 2016-06-15 2017-06-15 2018-06-15"
    assert (found.recurrence, found.rule) == ("yearly", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15")


def test_a_year_in_the_phrase_wins_over_the_period() -> None:
    assert iso(read("trước ngày 15/6 năm 2017", STAGE)) == "2017-06-15"
    assert iso(read("trước ngày 25 tháng cuối quý trong năm 2017", STAGE)) == (
        "2017-03-25 2017-06-25 2017-09-25 2017-12-25"
    )
    assert (
        iso(read("năm 2017: trước ngày 30/11; năm 2018: trước ngày 15/12", STAGE)) == "2017-11-30 2018-12-15"
    )


def test_a_stage_within_the_period_bounds_what_comes_every_year() -> None:
    found = read("trước ngày 15/12 hằng năm từ năm 2016 đến năm 2017", STAGE)
    assert iso(found) == "2016-12-15 2017-12-15"


def test_29_february_is_the_last_of_february_in_a_common_year_of_a_longer_plan() -> None:
    assert iso(read("trước ngày 29/2 hằng năm", STAGE)) == "2015-02-28 2016-02-29 2017-02-28 2018-02-28"


def test_a_window_that_comes_every_year_is_not_shown_as_one() -> None:
    found = read("quý II", STAGE)
    assert iso(found) == "2015-06-30 2016-06-30 2017-06-30 2018-06-30"
    assert (found.recurrence, found.window) == ("yearly", None)


def test_a_plan_from_july_to_june_has_its_days_in_both_years() -> None:
    found = read("trước ngày 15/12 và 15/6", (date(2025, 7, 1), date(2026, 6, 30)))
    assert iso(found) == "2025-12-15 2026-06-15"


def test_a_day_before_the_plan_begins_stays_in_the_year_of_the_plan() -> None:
    assert iso(read("trước ngày 10/2", (date(2026, 3, 15), date(2026, 12, 31)))) == "2026-02-10"


# --- the week -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", ["thứ Sáu hằng tuần", "hằng tuần vào thứ 6", "chiều thứ sáu hàng tuần"])
def test_a_weekday_is_every_such_day_of_the_period(phrase: str) -> None:
    found = read(phrase)
    assert len(found.dates) == 52
    assert {day.isoweekday() for day in found.dates} == {5}
    assert (found.recurrence, found.rule) == ("weekly", "FREQ=WEEKLY;BYDAY=FR")


def test_several_weekdays_are_all_meant() -> None:
    found = read("thứ 2, 4 và chủ nhật hằng tuần", (date(2026, 6, 1), date(2026, 6, 7)))
    assert iso(found) == "2026-06-01 2026-06-03 2026-06-07"


def test_a_weekday_can_be_counted_within_the_month() -> None:
    june = (date(2026, 6, 1), date(2026, 6, 30))
    assert iso(read("thứ Sáu cuối cùng của tháng", june)) == "2026-06-26"
    assert iso(read("thứ Hai đầu tiên hằng tháng", june)) == "2026-06-01"
    assert iso(read("ngày làm việc thứ 5 của tháng", june)) == "2026-06-05"
    assert (
        iso(read("ngày làm việc cuối cùng của tuần", june)) == "2026-06-05 2026-06-12 2026-06-19 2026-06-26"
    )


# --- time of day, and whether the day itself is in time -------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "clock"),
    [
        ("trước 17 giờ ngày 5/6", time(17)),
        ("trước 17h00 ngày 5/6", time(17)),
        ("trước 17 giờ 30 phút, ngày 05/6", time(17, 30)),
        ("trước 16:30 ngày 5/6", time(16, 30)),
        ("trước 5 giờ chiều ngày 5/6", time(17)),
        ("trước 24 giờ ngày 5/6", time(23, 59)),
    ],
)
def test_a_time_of_day_is_due_on_its_day(phrase: str, clock: time) -> None:
    found = read(phrase)
    assert (iso(found), found.time, found.inclusive) == ("2026-06-05", clock, True)


def test_before_midnight_is_before_the_day() -> None:
    found = read("trước 0 giờ ngày 5/6")
    assert (found.time, found.inclusive) == (time(0), False)


def test_a_length_of_time_is_no_time_of_day() -> None:
    assert read("trong vòng 24 giờ kể từ khi nhận").time is None


@pytest.mark.parametrize(
    ("phrase", "inclusive"),
    [
        ("trước ngày 15/6", False),
        ("xong trước 15/6", False),
        ("trước ngày 25 hằng tháng", False),
        ("trước ngày 20 tháng đầu quý sau", False),
        ("chậm nhất ngày 15/6", True),
        ("hết ngày 15/6", True),
        ("không quá ngày 15/6", True),
        ("chậm nhất vào ngày 25 hằng tháng", True),
        ("quý II", True),
        ("trước tháng 10", True),
        ("thường xuyên", True),
    ],
)
def test_before_a_day_leaves_the_day_out(phrase: str, inclusive: bool) -> None:
    assert read(phrase).inclusive is inclusive


# --- rules ----------------------------------------------------------------------------------------------


def from_rule(rule: str, first: date, last: date) -> list[date]:
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, last))
    return [moment.date() for moment in rrulestr(rule, dtstart=start).between(start, end, inc=True)]


@pytest.mark.parametrize(
    "phrase",
    [
        "ngày 01 và ngày 15 hằng tháng",
        "ngày 10, 20, 30 hằng tháng",
        "trước ngày 20/6 và 05/12 hằng năm",
        "ngày làm việc cuối cùng của tháng",
        "cuối quý",
        "ngày 15 hằng tháng, ngày 20 tháng cuối quý",
    ],
)
def test_the_dates_of_a_rule_are_those_that_dateutil_makes_of_it(phrase: str) -> None:
    found = read(phrase, STAGE)
    assert found.rule
    assert list(found.dates) == from_rule(found.rule, *STAGE)


def test_one_rule_stands_bare_and_several_on_lines_of_their_own() -> None:
    assert read("ngày 25 hằng tháng").rule == "FREQ=MONTHLY;BYMONTHDAY=25"
    assert read("cuối tháng").rule == "FREQ=MONTHLY;BYMONTHDAY=-1"
    assert read("20/6 và 05/12 hằng năm").rule == (
        "RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"
    )


def test_what_is_due_once_or_on_no_day_has_no_rule() -> None:
    assert [read(p).rule for p in ("15/6", "15/6 và 15/12/2026", "hằng tuần", "thường xuyên")] == [None] * 4


# --- however it is typed --------------------------------------------------------------------------------

PHRASES = st.sampled_from([case.phrase for case in TABLE])
# "tháng sáu" (June) and "tháng sau" (next month) are one without marks, so are "tháng tư" and "tháng từ".
MARKED = re.compile("tháng sáu|quý một|thứ")


@given(PHRASES)
def test_how_a_phrase_is_typed_does_not_change_it(phrase: str) -> None:
    plain = read(phrase)
    assert read(unicodedata.normalize("NFD", phrase)) == plain
    assert read(phrase.replace(" ", "\u00a0")) == plain
    assert read(phrase.upper()) == plain
    assert read(f"  ({phrase}).\n") == plain
    if not MARKED.search(phrase):
        assert read(fold(phrase)) == plain


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
LEADS = {"trước ngày": False, "chậm nhất là ngày": True, "không muộn hơn ngày": True, "đến hết ngày": True}
FORMS = (
    "{d}/{m}",
    "{d:02}/{m:02}",
    "{d}/{m}/2026",
    "{d:02}.{m:02}.2026",
    "{d}-{m}-2026",
    "{d} / {m} / 2026",
    "{d:02} tháng {m:02}",
    "{d} tháng {m} năm 2026",
    "{d} tháng {m}, năm 2026",
)


@given(days, st.sampled_from(sorted(LEADS)), st.sampled_from(FORMS))
def test_any_day_of_the_year_is_read_in_any_of_its_forms(day: date, lead: str, form: str) -> None:
    found = read(f"gửi báo cáo {lead} {form.format(d=day.day, m=day.month)} để tổng hợp")
    assert found.dates == (day,)
    assert (found.recurrence, found.inclusive) == ("once", LEADS[lead])


VOCABULARY = (
    "trước ngày tháng quý năm hằng hàng cuối đầu sau báo cáo và hoặc từ đến hết 6 15 31/6 30/2 29/2 1/13 "
    "2020 2026 9999 II IV , ; - / ( ) thứ Sáu tuần giờ 24 99 làm việc kỳ lần một nay giai đoạn"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split(" ")), max_size=14).map(" ".join)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), WORDS), st.sampled_from([YEAR_2026, STAGE]))
def test_any_text_is_read_without_an_error_and_within_bounds(text: str, period: tuple[date, date]) -> None:
    found = read(text, period)
    assert list(found.dates) == sorted(set(found.dates))
    assert all(1899 <= day.year <= 2100 for day in found.dates)
    assert found.window is None or found.window[0] <= found.window[1]
    assert found.why in {row.key for row in ROWS} | {UNREAD}
    assert found.dates or found.rule is None


@pytest.mark.parametrize(
    "text", ["15, ", "ngay ", "7", "năm 2020, ", "từ ngày 1/5 đến ", "mười (", "a/", "1/2 "]
)
def test_a_very_long_text_is_read_in_good_time(text: str) -> None:
    started = perf_counter()
    read((text * 10_000)[:10_000])
    assert perf_counter() - started < 2  # seconds; quadratic reading took three to six


# --- what a report covers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (data_window("month", 2026, 1), date(2025, 12, 15), date(2026, 1, 14)),
        (data_window("month", 2026, 3), date(2026, 2, 15), date(2026, 3, 14)),
        (data_window("quarter", 2026, 1), date(2025, 12, 15), date(2026, 3, 14)),
        (data_window("quarter", 2026, 4), date(2026, 9, 15), date(2026, 12, 14)),
        (data_window("first_half", 2026), date(2025, 12, 15), date(2026, 6, 14)),
        (data_window("second_half", 2026), date(2026, 6, 15), date(2026, 12, 14)),
        (data_window("year", 2026), date(2025, 12, 15), date(2026, 12, 14)),
        (data_window("month", 2028, 2, calendar=True), date(2028, 2, 1), date(2028, 2, 29)),
        (data_window("quarter", 2026, 2, calendar=True), date(2026, 4, 1), date(2026, 6, 30)),
        (data_window("year", 2026, calendar=True), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_report_covers_what_decree_09_2019_says(window: tuple[date, date], first: date, last: date) -> None:
    assert window == (first, last)


def test_a_quarter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="index 5"):
        data_window("quarter", 2026, 5)
    with pytest.raises(ValueError, match="index 2"):
        data_window("year", 2026, 2)
