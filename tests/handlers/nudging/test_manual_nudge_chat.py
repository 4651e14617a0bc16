"""/nhac: the coordinator has people asked once more, after seeing whom it reaches."""

import pytest

from bot.channels.base import SendError
from tests.cast import HANG, LAM, LEADING, QUAN, SILENT, SUPPORTING, TOAN, TUYEN, Press, Stage, Tap, words_of

LATE = "2026-06-17 10:00"
"""Two days after the report of 15 June was due."""


async def nudges(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT person_id, day, state FROM outgoing WHERE kind = 'daily'")
        return [tuple(row) for row in rows]


async def test_alone_it_offers_what_is_late_and_each_plan(stage: Stage) -> None:
    await stage.talk((HANG, "/nhac", ("Nhắc ai", "[33/KH-UBND (3 đơn vị)]")))
    stage.clock.set(LATE)
    await stage.talk((HANG, "/nhac", ("[Việc quá hạn (3 đơn vị)]", "[33/KH-UBND (3 đơn vị)]")))


async def test_words_for_all_who_are_late_offer_the_same_and_send_nothing(stage: Stage) -> None:
    stage.clock.set(LATE)
    await stage.talk((HANG, "nhắc tất cả đơn vị chưa báo cáo", "[Việc quá hạn (3 đơn vị)]"))
    await stage.post()
    assert await nudges(stage) == []


async def test_a_preview_tells_who_will_hear_and_sends_nothing(stage: Stage) -> None:
    stage.clock.set(LATE)
    await stage.talk(
        (HANG, "/nhac", "Việc quá hạn"),
        (
            HANG,
            Tap("Việc quá hạn"),
            (
                "Việc quá hạn · 3 đơn vị, 3 người nhận",
                f"{LEADING} · 1 việc · Trần Minh Quân, Vũ Đình Lâm",
                f"{SUPPORTING} · 1 việc · Bùi Quốc Toản",
                f"{SILENT} · 1 việc · chưa có đầu mối",
                "[Gửi 3 người] [Không gửi]",
            ),
        ),
        (HANG, Tap("Không gửi"), "không gửi gì"),
    )
    await stage.post()
    assert await nudges(stage) == []


async def test_a_tap_sends_each_person_one_message_of_the_day(stage: Stage) -> None:
    stage.clock.set(LATE)
    await stage.hear(HANG, "/nhac")
    await stage.hear(HANG, Tap("Việc quá hạn"))
    await stage.talk((HANG, "gửi 3 người", "chuyển lời nhắc cho 3 người của 3 đơn vị"))
    await stage.post()
    for who in (QUAN, LAM, TOAN):
        (message,) = [m for m in stage.channel.to(who) if "Báo cáo 6 tháng" in words_of(m)]
        assert "quá 2 ngày làm việc" in words_of(message)
    await stage.talk((QUAN, "1 xong", "Đã ghi việc 1"))


async def test_the_same_button_twice_sends_no_more(stage: Stage) -> None:
    stage.clock.set(LATE)
    await stage.hear(HANG, "/nhac")
    await stage.hear(HANG, Tap("Việc quá hạn"))
    send = Press(stage.button(HANG, "Gửi 3 người").data)
    for _ in range(2):
        await stage.hear(HANG, send)
        await stage.post()
    assert len(await nudges(stage)) == 3


async def test_whoever_was_written_to_today_is_told_of_and_written_to_again(stage: Stage) -> None:
    await stage.nudged("2026-06-15 08:00")
    before = len(stage.channel.to(QUAN))
    stage.clock.set("2026-06-15 10:00")
    await stage.talk(
        (HANG, "/nhac 33/KH-UBND", ("Hôm nay đã nhắn 3 người", "[Gửi 3 người]")),
        (HANG, Tap("Gửi 3 người"), "3 người"),
    )
    await stage.post()
    assert len(stage.channel.to(QUAN)) == before + 1


@pytest.mark.parametrize("typed", ["Sở Công Thương", "so cong thuong", "SCT", "công thương"])
async def test_a_unit_may_be_typed_by_any_of_its_names(stage: Stage, typed: str) -> None:
    await stage.talk((HANG, f"/nhac {typed}", (f"Nhắc: {SUPPORTING}", "1 người nhận", "[Gửi 1 người]")))


@pytest.mark.parametrize("typed", ["thư mời các đối tác", "thu moi cac doi tac"])
async def test_a_duty_may_be_typed_by_its_words(stage: Stage, typed: str) -> None:
    stage.clock.set("2026-06-16 10:00")
    await stage.talk((HANG, f"/nhac {typed}", (f"{LEADING} · 1 việc", "[Gửi 1 người]")))


async def test_a_duty_without_a_date_asks_for_the_report_that_tells_of_it(stage: Stage) -> None:
    await stage.talk((HANG, "/nhac đăng ký nhãn hiệu", (f"{SUPPORTING} · 1 việc", "[Gửi 1 người]")))


async def test_words_that_fit_nothing_are_told_so(stage: Stage) -> None:
    await stage.talk((HANG, "/nhac đường sắt trên cao", ("Không thấy", "đường sắt trên cao")))


async def test_what_is_due_in_november_is_nobodys_concern_in_june(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xong")
    await stage.hear(TOAN, "1 xong")
    await stage.talk(
        (HANG, "/nhac", "[33/KH-UBND (1 đơn vị)]"), (HANG, f"/nhac {LEADING}", "Ở đây không còn việc")
    )


async def test_once_a_date_has_passed_what_is_late_is_asked_for_and_not_what_is_months_away(
    stage: Stage,
) -> None:
    stage.clock.set("2026-07-01 10:00")
    await stage.talk((HANG, f"/nhac {LEADING}", f"{LEADING} · 2 việc"))
    await stage.hear(QUAN, "1 xong. 2 xong")
    await stage.talk((HANG, f"/nhac {LEADING}", (f"{LEADING} · 1 việc", "[Gửi 1 người]")))


async def test_what_is_answered_between_preview_and_sending_is_left_out(stage: Stage) -> None:
    stage.clock.set(LATE)
    await stage.hear(HANG, f"/nhac {SUPPORTING}")
    await stage.hear(TOAN, "1 xong")
    await stage.talk((HANG, Tap("Gửi"), "không còn việc nào đang chờ"))


async def test_out_of_hours_it_says_when_it_goes_out(stage: Stage) -> None:
    stage.clock.set("2026-06-05 19:30")  # a Friday
    await stage.talk(
        (HANG, f"/nhac {SUPPORTING}", "lúc 08:00 ngày 8/6"),
        (HANG, Tap("Gửi 1 người"), ("1 người", "lúc 08:00 ngày 8/6")),
    )
    before = len(stage.channel.to(TOAN))
    assert [sent.chat for sent in await stage.nudged("2026-06-05 19:31")] == []
    assert [sent.chat for sent in await stage.nudged("2026-06-07 10:00")] == []
    await stage.nudged("2026-06-08 08:00")
    assert len(stage.channel.to(TOAN)) == before + 1


async def test_people_out_of_reach_are_counted_apart(stage: Stage) -> None:
    stage.clock.set("2026-06-16 09:00")
    stage.channel.refuse(TOAN, SendError("blocked", permanent=True, unreachable=True))
    await stage.nudged("2026-06-16 09:01")
    await stage.talk(
        (HANG, f"/nhac {SUPPORTING}", ("Bùi Quốc Toản (không nhắn được)", "Không có ai nhắn được"))
    )


async def test_only_plans_of_ones_own_are_nudged(stage: Stage) -> None:
    stage.clock.set(LATE)
    before = await nudges(stage)
    await stage.talk(
        (TUYEN, "/nhac", "không có ai để nhắc"),
        (TUYEN, Press("nudge:plan:1"), "Nút này đã cũ"),
        (TUYEN, Press("push:0:late"), "Ở đây không còn việc nào"),
        (QUAN, "/nhac", "dành cho người tổng hợp"),
        (QUAN, Press("push:0:late"), "dành cho người tổng hợp"),
    )
    assert await nudges(stage) == before


@pytest.mark.parametrize("data", ["nudge:all", "nudge:duty:99", "push:x:late", "nudge:"])
async def test_forged_buttons_are_old(stage: Stage, data: str) -> None:
    await stage.talk((HANG, Press(data), "Nút này đã cũ"))


async def test_a_unit_that_waits_for_a_decision_is_told_so(stage: Stage) -> None:
    stage.clock.set("2026-06-16 09:00")
    await stage.hear(TOAN, "1 xin lùi đến 22/6")
    waits = ("Ở đây không còn việc", f"{SUPPORTING}: đang chờ anh/chị trả lời đề nghị gia hạn", "15/6 → 22/6")
    await stage.talk((HANG, f"/nhac {SUPPORTING}", waits))
    await stage.hear(HANG, "đồng ý")
    assert "đang chờ anh/chị" not in await stage.say(HANG, f"/nhac {SUPPORTING}")
