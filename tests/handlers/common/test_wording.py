"""How far a date is, in words."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.app.wiring import load_days
from config.texts import load_texts
from handlers.common.wording import Wording

FRIDAY, SATURDAY = date(2026, 6, 5), date(2026, 6, 6)


@pytest.mark.parametrize(
    ("today", "due", "words"),
    [
        (FRIDAY, FRIDAY, "hôm nay"),
        (FRIDAY, date(2026, 6, 7), "không còn ngày làm việc nào sau hôm nay"),
        (SATURDAY, date(2026, 6, 7), "không còn ngày làm việc nào sau hôm nay"),
        (FRIDAY, date(2026, 6, 8), "còn 1 ngày làm việc"),
        (FRIDAY, date(2026, 6, 9), "còn 2 ngày làm việc"),
    ],
)
def test_the_days_that_are_left_are_working_days(today: date, due: date, words: str) -> None:
    wording = Wording(load_texts("vi"), today, load_days(), ZoneInfo("Asia/Ho_Chi_Minh"))
    assert wording.left(due) == words
