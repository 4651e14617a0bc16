from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.common.office_hours import BadHours, Hours, parse_hours
from domain.common.workdays import Workdays

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DATA = {"from": "07:30", "until": "17:00", "noon": ["11:30", "13:30"]}
HOURS = parse_hours(DATA)
DAYS = Workdays(off=frozenset({date(2026, 6, 12)}))  # a Friday


def local(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("hour", "open_"),
    [
        ("07:29", False),
        ("07:30", True),
        ("11:29", True),
        ("11:30", False),
        ("13:29", False),
        ("13:30", True),
        ("16:59", True),
        ("17:00", False),
    ],
)
def test_nothing_goes_out_in_the_evening_and_at_noon(hour: str, open_: bool) -> None:
    assert HOURS.is_open(time.fromisoformat(hour)) == open_


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-06-10 09:10", "2026-06-10 09:10"),
        ("2026-06-10 12:15", "2026-06-10 11:29"),
        ("2026-06-10 20:00", "2026-06-10 16:59"),
        ("2026-06-10 06:00", "2026-06-09 16:59"),
        ("2026-06-15 07:00", "2026-06-11 16:59"),  # Monday before eight; Friday is off
        ("2026-06-13 10:00", "2026-06-11 16:59"),
    ],
)
def test_what_must_be_heard_before_is_said_earlier(moment: str, said: str) -> None:
    assert HOURS.up_to(local(moment), DAYS) == local(said)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2026-06-10 09:10", "2026-06-10 09:10"),
        ("2026-06-10 12:15", "2026-06-10 13:30"),
        ("2026-06-10 06:00", "2026-06-10 07:30"),
        ("2026-06-11 17:00", "2026-06-15 07:30"),  # Thursday evening; Friday is off
        ("2026-06-13 10:00", "2026-06-15 07:30"),
    ],
)
def test_what_can_wait_goes_out_when_offices_open(moment: str, sent: str) -> None:
    assert HOURS.next_open(local(moment), DAYS) == local(sent)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**DATA, "from": "8 giờ"},
        {**DATA, "until": "07:00"},
        {**DATA, "noon": ["13:30", "11:30"]},
        {**DATA, "noon": ["11:30"]},
        {**DATA, "until": "17:00+07:00"},
    ],
)
def test_wrong_hours_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadHours, match="hours"):
        parse_hours(wrong)


def test_hours_without_a_noon_break_are_hours() -> None:
    assert parse_hours({**DATA, "noon": ["12:00", "12:00"]}) == Hours(
        time(7, 30), time(17), (time(12), time(12))
    )
