"""By when something is asked for at short notice, as coordinators type it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.common.workdays import Workdays
from domain.requests.moments import read_moment

NOW = datetime(2026, 6, 10, 9, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Wednesday
DAYS = Workdays(off=frozenset({date(2026, 6, 11)}))


def read(text: str) -> str | None:
    moment = read_moment(text, NOW, time(17), DAYS)
    return None if moment is None else f"{moment.at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("trước 15h", "2026-06-10 15:00"),
        ("truoc 15h", "2026-06-10 15:00"),
        ("16h30 hôm nay", "2026-06-10 16:30"),
        ("16g30", "2026-06-10 16:30"),
        ("14:30", "2026-06-10 14:30"),
        ("3h chiều", "2026-06-10 15:00"),
        ("10 giờ sáng mai", "2026-06-11 10:00"),
        ("trước 11h trưa", "2026-06-10 11:00"),
        ("24h", "2026-06-10 23:59"),
        ("10h 12/6", "2026-06-12 10:00"),
        ("10 giờ 30 ngày 12/6", "2026-06-12 10:30"),
        ("15g00 ngày 12/6/2026", "2026-06-12 15:00"),
        ("trong 2 giờ", "2026-06-10 11:20"),
        ("2 tiếng nữa", "2026-06-10 11:20"),
        ("trong vòng 30 phút", "2026-06-10 09:50"),
        ("20/6", "2026-06-20 17:00"),
        ("ngày 20", "2026-06-20 17:00"),
        ("chiều nay", "2026-06-10 17:00"),
        ("3 ngày", "2026-06-13 17:00"),
        ("3 ngày làm việc", "2026-06-16 17:00"),  # Thursday is off, and the weekend
        ("một tuần", "2026-06-17 17:00"),
        ("thứ 6", "2026-06-12 17:00"),
        ("8h", "2026-06-10 08:00"),  # it has passed: whoever asks is told so
    ],
)
def test_hours_and_days_are_understood(text: str, at: str) -> None:
    assert read(text) == at


@pytest.mark.parametrize(
    "text", ["", "Sở Y tế và Sở Công Thương", "31/6", "25h", "lúc nào cũng được", "báo cáo 3 hộ"]
)
def test_what_names_no_moment_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("10h 12/6 các xã", "các xã"),
        ("các xã, phường trước 16h", "các xã, phường"),
        ("các sở hạn 10 giờ 30 ngày 12/6", "các sở"),
        ("trong 2 giờ, các phường", "các phường"),
        ("các phường trong ngày 12/6", "các phường"),
    ],
)
def test_the_rest_is_what_tells_whom(text: str, rest: str) -> None:
    moment = read_moment(text, NOW, time(17), DAYS)
    assert moment is not None
    assert moment.rest == rest
