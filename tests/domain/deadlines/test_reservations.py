"""What the words around a date take back of it, add to it, or bound."""

from datetime import date

import pytest

from domain.deadlines import read_deadline

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FIVE_YEARS = (date(2026, 1, 1), date(2030, 12, 31))

DATED = {
    "định kỳ ngày 10 hằng tháng trong 6 tháng đầu năm 2026": "10/1 10/2 10/3 10/4 10/5 10/6",
    "trước ngày 25 hằng tháng của quý III": "25/7 25/8 25/9",
    "ngày 05 và ngày 20 hằng tháng, trong quý III/2026": "5/7 20/7 5/8 20/8 5/9 20/9",
    "hoàn thành trong quý II/2026, báo cáo trước 05/7/2026": "30/6 5/7",
    "hoàn thành trước 30/6, báo cáo kết quả trước 10/7": "30/6 10/7",
    "xong trước 31/8/2026 và báo cáo trong tháng 9/2026": "31/8 30/9",
    "đợt 1 tháng 4, đợt 2 tháng 10/2026": "30/4 31/10",
    "trước ngày 30/9/2026 (gia hạn so với 30/6/2026)": "30/9",
    "kỷ niệm 80 năm (15/8/1946 - 15/8/2026)": "",
    "trước ngày 25 hằng tháng; tổng kết trong tháng 12": " ".join(f"25/{month}" for month in range(1, 13)),
}


@pytest.mark.parametrize(("phrase", "days"), DATED.items())
def test_each_part_of_the_phrase_has_its_days(phrase: str, days: str) -> None:
    found = read_deadline(phrase, *YEAR)
    assert " ".join(f"{day.day}/{day.month}" for day in found.dates) == days
    assert not found.doubts


YEARS = {
    "trước ngày 15/12 các năm 2027, 2029": "2027-12-15 2029-12-15",
    "trước ngày 31/3 năm 2027 và năm 2028": "2027-03-31 2028-03-31",
    "trong quý II các năm 2027 và 2029": "2027-06-30 2029-06-30",
    "trước ngày 20/11 hằng năm, riêng năm 2030 trước ngày 31/10": (
        "2026-11-20 2027-11-20 2028-11-20 2029-11-20 2030-10-31"
    ),
    "trước ngày 30/11 hằng năm, bắt đầu từ năm 2029": "2029-11-30 2030-11-30",
}


@pytest.mark.parametrize(("phrase", "days"), YEARS.items())
def test_only_the_years_that_are_named_have_the_day(phrase: str, days: str) -> None:
    assert " ".join(map(str, read_deadline(phrase, *FIVE_YEARS).dates)) == days


OPEN = {
    "trước ngày ... tháng 6 năm 2026": "day_missing",
    "trước ngày __ tháng 6 năm 2026": "day_missing",
    "trước ngày …/6/2026": "day_missing",
    "thứ Sáu tuần đầu tháng 7/2026": "day_missing",
    "2 năm một lần, trước ngày 30/6": "day_missing",
    "trước ngày 30/11 hằng năm, bắt đầu từ năm 2027": "outside_period",
}


@pytest.mark.parametrize(("phrase", "doubt"), OPEN.items())
def test_a_day_that_is_left_open_is_none(phrase: str, doubt: str) -> None:
    found = read_deadline(phrase, *YEAR)
    assert (found.dates, found.doubts) == ((), (doubt,))


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("trước ngày 15/6/2026 hoặc 20/6/2026", "either_day"),
        ("ngày 10 hoặc 12/7/2026", "either_day"),
        ("hạn 15/6 hay 16/6/2026", "either_day"),
        ("tháng 9 hoặc tháng 10/2026", "either_day"),
        ("khoảng ngày 20/8/2026", "about"),
        ("đầu tháng 9/2026", "about"),
        ("khoảng giữa quý III/2026", "about"),
        ("15/6/2026?", "about"),
        ("ngày 15/6/2026 (dự kiến)", "about"),
        ("thứ Ba ngày 17/6/2026", "weekday"),
        ("Chủ nhật, 15/6/2026", "weekday"),
        ("nhân Ngày Doanh nhân Việt Nam 13/10/2026", "event"),
    ],
)
def test_a_day_that_may_be_another_is_doubtful(phrase: str, doubt: str) -> None:
    found = read_deadline(phrase, *YEAR)
    assert found.dates
    assert doubt in found.doubts


@pytest.mark.parametrize("weekday", ["thứ Tư,", "thứ Tư", "thứ 4", "thứ 4,", "Thứ tư -"])
def test_a_weekday_before_a_date_is_no_day_of_its_own(weekday: str) -> None:
    found = read_deadline(f"gửi về Văn phòng trước 17h chiều {weekday} ngày 24/6/2026", *YEAR)
    assert (found.dates, found.doubts) == ((date(2026, 6, 24),), ())


SURE = [
    "cuối tháng 9/2026",
    "10 ngày đầu tháng 9/2026",
    "từ đầu tháng 6 đến cuối tháng 8/2026",
    "thứ Tư ngày 17/6/2026",
    "trong khoảng từ ngày 20 đến 25 hằng tháng",
    "khoảng 200 đại biểu, trước ngày 17/6/2026",
]


@pytest.mark.parametrize("phrase", SURE)
def test_a_day_that_is_told_plainly_is_not_doubted(phrase: str) -> None:
    found = read_deadline(phrase, *YEAR)
    assert found.dates
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("trong 10 ngày kể từ ngày ban hành Kế hoạch này", date(2026, 1, 30)),
        ("chậm nhất 02 tuần kể từ ngày ký", date(2026, 2, 3)),
        ("trong 10 ngày kể từ ngày ban hành Quyết định 12/QĐ-UBND", None),
        ("trong 10 ngày kể từ ngày nhận được văn bản", None),
        ("trong 5 ngày làm việc kể từ ngày ký", None),
    ],
)
def test_days_are_counted_from_the_plans_own_day_alone(phrase: str, day: date | None) -> None:
    found = read_deadline(phrase, *YEAR, issued_on=date(2026, 1, 20))
    assert found.dates == ((day,) if day else ())


def test_days_counted_from_an_event_are_none_although_its_day_is_told() -> None:
    found = read_deadline("chậm nhất 07 ngày kể từ ngày kết thúc đợt cao điểm (30/6/2026)", *YEAR)
    assert (found.dates, found.doubts) == ((), ("event",))
