""" "Trước ngày 15/6": the day itself is too late, and the last working day before it is told."""

from tests.cast import HANG, QUAN, TOAN, Stage, Tap, words_of

SAFE = "hạn trước 15/6 (an toàn: 12/6), còn 10 ngày làm việc"  # 15 June 2026 is a Monday


async def test_one_item_tells_the_last_safe_day_and_a_list_does_not(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec 1", SAFE), (QUAN, "/viec", "hạn 15/6, còn 10"))


async def test_a_nudge_for_one_item_tells_the_last_safe_day(stage: Stage) -> None:
    sent = await stage.nudged("2026-06-04 09:00")
    told = [words_of(one.message) for one in sent if one.chat == TOAN.chat]
    assert ["hạn trước 15/6 (an toàn: 12/6), còn 7 ngày làm việc" in one for one in told] == [True]


async def test_once_it_has_passed_it_is_told_no_more(stage: Stage) -> None:
    stage.clock.set("2026-06-12 16:00")
    await stage.talk((QUAN, "/viec 1", "hạn trước 15/6 (an toàn: 12/6)"))
    stage.clock.set("2026-06-13 09:00")
    await stage.talk((QUAN, "/viec 1", "hạn 15/6, "))


async def test_a_day_that_was_granted_is_itself_in_time(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xin lùi đến 22/6 do chờ số liệu", "đã chuyển"))
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "22/6"), (QUAN, "/viec 1", "hạn 22/6, "))
