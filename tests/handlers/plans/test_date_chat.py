"""Dates of a draft that have passed or are outside its period: kept, corrected or asked for, by one tap."""

import pytest

from tests.cast import HANG, LEADING, PLAN, File, Press, Stage, Tap

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
LATE = File("muon.txt", OTHER.encode())


async def owed(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT a.due_on, a.past, a.next_nudge_on FROM assignment a JOIN unit u ON u.id = a.unit_id"
            " WHERE a.plan_id = 2 AND u.name = ? AND a.duty_id IS NOT NULL",
            (LEADING,),
        )
        return [tuple(row) for row in found]


@pytest.fixture
def late(stage: Stage) -> Stage:
    """The stage in August: the duty of 30 June has passed, the report of November has not."""
    stage.clock.set("2026-08-03 08:00")
    return stage


async def test_a_plan_with_a_date_that_has_passed_does_not_go_live_unasked(late: Stage) -> None:
    told = await late.say(HANG, LATE)
    assert "hạn 30/6/2026 đã qua nên sẽ không nhắc ai" in told
    await late.talk(
        (
            HANG,
            Press("confirm:2"),
            ("chưa có hiệu lực", "hạn 30/6/2026 đã qua", "Hỏi từ nay việc đã qua hạn (1)"),
        )
    )
    assert await owed(late) == []


async def test_one_tap_lets_it_be_asked_from_now_on(late: Stage) -> None:
    await late.say(HANG, LATE)
    await late.talk(
        (HANG, Press("confirm:2"), "đã qua"),
        (HANG, Tap("Hỏi từ nay"), ("hỏi từ nay, như việc đã quá hạn", "Xác nhận kế hoạch")),
        (HANG, Tap("Xác nhận"), "có hiệu lực"),
    )
    assert await owed(late) == [("2026-06-30", 0, "2026-08-03")]


async def test_one_tap_keeps_it_and_a_line_corrects_it(late: Stage) -> None:
    await late.talk(
        (HANG, LATE, "đã qua"),
        (HANG, Press("confirm:2"), "đã qua"),
        (HANG, "1 hạn 30/5/2026", ("hạn 30/5/2026", "đã qua")),
        (HANG, Tap("1 Giữ hạn này"), ("giữ như đã đọc", "Không còn điểm nào")),
        (HANG, "1 hạn 20/6/2062", ("hạn 20/6/2062", "nằm ngoài thời gian")),
        (HANG, "1 hạn 30/9/2026", ("hạn 30/9/2026", "Không còn điểm nào")),
        (HANG, Press("confirm:2"), "có hiệu lực"),
    )
    assert [row[:2] for row in await owed(late)] == [("2026-09-30", 0)]


async def test_it_is_asked_for_in_words_too(late: Stage) -> None:
    await late.talk(
        (HANG, LATE, "đã qua"), (HANG, Press("confirm:2"), "đã qua"), (HANG, "1 hoi tu nay", "hỏi từ nay")
    )
    await late.talk((HANG, Press("dates:2:ask:line:999"), "Nút này đã cũ"))


UNSURE = File("khoang.txt", OTHER.replace("30/6/2026", "30/9/2026 hoặc 10/10/2026").encode())


async def test_a_date_that_its_words_leave_unsure_is_asked_about(late: Stage) -> None:
    await late.talk(
        (HANG, UNSURE, ("đọc là hạn", "có hai ngày để chọn")),
        (HANG, Press("confirm:2"), ("chưa có hiệu lực", "có hai ngày để chọn", "Giữ các hạn này (1)")),
    )
    assert await owed(late) == []
    await late.talk(
        (HANG, Tap("1 Giữ hạn này"), "Không còn điểm nào"), (HANG, Press("confirm:2"), "có hiệu lực")
    )


async def test_the_day_that_is_typed_for_it_is_sure(late: Stage) -> None:
    await late.talk(
        (HANG, UNSURE, "có hai ngày để chọn"),
        (HANG, "1 hạn 10/10/2026", ("hạn 10/10/2026", "Không còn điểm nào")),
        (HANG, Press("confirm:2"), "có hiệu lực"),
    )
    assert [row[:2] for row in await owed(late)] == [("2026-10-10", 0)]
