""" "Trước ngày 15/6": the day itself is too late, for nudges, lists, status and papers alike.

15 June 2026 is a Monday: 14 June is the last day in time, Friday 12 June the last safe working day.
"""

import pytest

from config.texts import load_texts
from documents.writing.tracking_workbook import Labels
from domain.reporting.report_kinds import Reports
from handlers.common.wording import Wording
from handlers.reporting.table_rows import tracking_of
from services.reporting.report_scope import Scope
from services.reporting.summary import summarize
from tests.cast import HANG, PLAN, QUAN, TOAN, Stage, Tap, enter, words_of

SAFE = "hạn trước 15/6 (an toàn: 12/6), còn 9 ngày làm việc"


@pytest.fixture
async def strict(empty: Stage) -> Stage:
    """The cast's plan taken at its word, with the people whom these tests need."""
    empty.clock.set("2026-05-04 09:00")
    await enter(empty, PLAN, empty.rules.register, strict=True)
    for who in (HANG, QUAN, TOAN):
        await empty.joins(who)
    async with empty.database.writing() as conn:
        await conn.exec_driver_sql("DELETE FROM outgoing")
    empty.clock.set("2026-06-01 08:00")
    return empty


async def test_one_item_tells_the_last_safe_day_and_a_list_does_not(strict: Stage) -> None:
    await strict.talk((QUAN, "/viec 1", SAFE), (QUAN, "/viec", "hạn 15/6, còn 9"))


async def test_the_last_nudge_before_it_comes_on_the_last_safe_working_day(strict: Stage) -> None:
    told = [
        words_of(sent.message) for sent in await strict.nudged("2026-06-12 09:00") if sent.chat == TOAN.chat
    ]
    assert ["Hôm nay là ngày làm việc cuối trước hạn 15/6" in delivered for delivered in told] == [True]


async def test_on_the_day_itself_it_is_late_everywhere(strict: Stage) -> None:
    sent = await strict.nudged("2026-06-15 09:00")
    told = next(words_of(one.message) for one in sent if one.chat == TOAN.chat)
    assert "Đã quá hạn 1 ngày làm việc (hạn 15/6)" in told
    digest = next(words_of(one.message) for one in sent if one.chat == HANG.chat)
    assert "Đã hết hạn 15/6: 0/3 đơn vị đã gửi" in digest
    await strict.talk(
        (QUAN, "/viec", "hạn 15/6, quá 1 ngày làm việc"),
        (HANG, "/tinhhinh", ("hạn gần nhất 30/6", "quá hạn 3", "quá hạn 1 ngày làm việc")),
    )


@pytest.mark.parametrize(("day", "standing"), [(14, "hoàn thành đúng hạn"), (15, "hoàn thành quá hạn")])
async def test_the_workbook_calls_the_day_before_in_time_and_the_day_itself_late(
    strict: Stage, day: int, standing: str
) -> None:
    strict.clock.set(f"2026-06-{day} 09:00")
    await strict.talk((TOAN, "1 xong, BC 4/BC-SCT", "hoàn thành"))
    today = strict.clock.now().astimezone(strict.rules.zone).date()
    async with strict.database.reading() as conn:
        found = await summarize(conn, Scope(1, "half-2026-1"), Reports(), today)
    assert found is not None
    words = Wording(load_texts("vi"), today, strict.rules.days, strict.rules.zone)
    rows = [row for row in tracking_of(words, found, Labels("", ())).rows if row.unit == TOAN.unit]
    assert rows[0].standing == standing


async def test_once_it_has_passed_it_is_told_no_more(strict: Stage) -> None:
    strict.clock.set("2026-06-12 16:00")
    await strict.talk((QUAN, "/viec 1", "hạn trước 15/6 (an toàn: 12/6)"))
    strict.clock.set("2026-06-13 09:00")
    await strict.talk((QUAN, "/viec 1", "hạn 15/6, "))


async def test_a_day_that_was_granted_is_itself_in_time(strict: Stage) -> None:
    await strict.talk((QUAN, "1 xin lùi đến 22/6 do chờ số liệu", "đã chuyển"))
    await strict.post()
    await strict.talk((HANG, Tap("Đồng ý gia hạn"), "22/6"), (QUAN, "/viec 1", "hạn 22/6, "))
