"""A seat that goes to somebody else: the work and its history stay, the old holder hears nothing more."""

from datetime import timedelta

import pytest

from services.organisation.hand_over import end_due_seats
from services.organisation.invite_codes import make_code
from storage.organisation import unit_store
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    QUAN,
    SUPPORTING,
    TOAN,
    TUYEN,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)

MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)


async def handover_code(stage: Stage, unit: str = LEADING) -> str:
    async with stage.database.writing() as conn:
        unit_id = (await unit_store.ids(conn))[unit]
        now = stage.clock.now()
        return (await make_code(conn, unit_id, unit, "focal", now, takes_over=True)).code


async def takes_over(stage: Stage, who: Somebody = MY) -> None:
    """Take the seat by the administrator's code; the earlier holder's seat ends a day later."""
    await stage.talk(
        (who, f"/start {await handover_code(stage)}", ("đầu mối", LEADING)), (who, "đồng ý", who.name)
    )


async def a_day_passes(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        now = stage.clock.now() + timedelta(days=1, minutes=1)
        assert await end_due_seats(conn, now, now.date()) > 0


async def test_the_new_holder_finds_all_that_was_said(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    await takes_over(stage)
    await stage.talk((MY, "/viec", (LEADING, "còn 3 việc", "30%")), (MY, "1.1 được 50%", "Đã ghi"))


async def test_the_old_holder_is_told_once_and_then_hears_and_may_nothing_more(stage: Stage) -> None:
    await takes_over(stage)
    await stage.post()
    (told,) = stage.channel.to(QUAN)
    assert MY.name in words_of(told)
    assert "2/6/2026" in words_of(told)
    await a_day_passes(stage)
    sent = await stage.nudged("2026-06-08 08:00") + await stage.nudged("2026-06-15 08:00")
    assert {MY.chat, LAM.chat} <= {one.chat for one in sent}
    assert QUAN.chat not in {one.chat for one in sent}
    await stage.talk((QUAN, "/viec", "không còn phụ trách"), (QUAN, "1 xong", "không còn phụ trách"))


async def test_what_waits_for_the_old_holder_is_not_sent(stage: Stage) -> None:
    stage.clock.set("2026-06-07 23:00")
    await stage.program.nudger.sweep()
    await takes_over(stage)
    await a_day_passes(stage)
    stage.clock.set("2026-06-08 08:00")
    await stage.program.tick()
    assert stage.channel.to(QUAN) == []


async def test_only_the_same_seat_of_the_same_unit_goes_over(stage: Stage) -> None:
    await stage.hear(QUAN, f"/start {await stage.code(SUPPORTING, 'focal')}")
    await takes_over(stage)
    await a_day_passes(stage)
    await stage.talk((QUAN, "/viec", (SUPPORTING, "còn 2 việc")), (LAM, "/viec", "còn 3 việc"))
    assert "không còn đầu mối" not in " ".join(words_of(delivered) for delivered in stage.channel.to(HANG))


async def test_an_ordinary_code_adds_a_seat_and_takes_none(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.talk((QUAN, "/viec", "còn 3 việc"), (MY, "/viec", "còn 3 việc"))


async def test_who_takes_over_from_themselves_keeps_the_seat(stage: Stage) -> None:
    await stage.hear(QUAN, f"/start {await handover_code(stage)}")
    await stage.talk((QUAN, "/viec", "còn 3 việc"))
    await stage.post()
    assert not any("vừa nhận" in words_of(delivered) for delivered in stage.channel.to(QUAN))


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_old_holder_is_told_in_their_own_language(stage: Stage, language: str) -> None:
    await stage.hear(QUAN, f"/language {language}")
    await takes_over(stage)
    await stage.post()
    assert ("vừa nhận vai trò" in words_of(stage.channel.to(QUAN)[-1])) is (language == "vi")


async def test_a_handover_stands_in_the_audit_by_number(stage: Stage) -> None:
    await takes_over(stage)
    await a_day_passes(stage)
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT was, became FROM audit WHERE what = 'handover'")
        found = rows.all()
    assert [(row.was, row.became.isdecimal()) for row in found] == [("focal", True)]


async def test_whoever_objects_within_the_day_keeps_the_seat_and_the_newcomer_loses_it(stage: Stage) -> None:
    await takes_over(stage)
    await stage.post()
    await stage.talk((LAM, Tap("Không đúng"), ("không thay đầu mối", QUAN.name, MY.name)))
    await stage.post()
    for who in (QUAN, MY):
        assert "không thay đầu mối" in words_of(stage.channel.to(who)[-1])
    await stage.nudged("2026-06-03 09:00")
    await stage.talk(
        (QUAN, "/viec", "còn 3 việc"),
        (MY, "/viec", "không còn phụ trách"),
        (QUAN, Tap("Không đúng"), "đã dừng"),
    )


async def test_an_objection_after_the_day_changes_nothing(stage: Stage) -> None:
    await takes_over(stage)
    await stage.post()
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((LAM, Tap("Không đúng"), "đã xong"), (MY, "/viec", "còn 3 việc"))


async def test_nobody_outside_the_unit_objects_and_not_the_newcomer(stage: Stage) -> None:
    await takes_over(stage)
    await stage.post()
    press = Press(stage.button(LAM, "Không đúng").data)
    for who in (HANG, TOAN, TUYEN, MY):
        await stage.talk((who, press, "Nút này đã cũ"))
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((QUAN, "/viec", "không còn phụ trách"))


async def test_a_seat_stays_where_its_heir_has_left_within_the_day(stage: Stage) -> None:
    await takes_over(stage)
    await stage.talk((MY, "/thoi", LEADING), (MY, Tap("Thôi phụ trách"), "Đã"))
    await stage.nudged("2026-06-02 10:00")
    await stage.talk((QUAN, "/viec", "còn 3 việc"))


async def test_the_unit_s_people_are_told_of_whoever_joins(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.post()
    for who in (QUAN, LAM):
        assert MY.name in words_of(stage.channel.to(who)[-1])
    assert not any(MY.name in words_of(each) for who in (HANG, TOAN) for each in stage.channel.to(who))
