"""A seat that goes to somebody else: the work and its history stay, the old holder hears nothing more."""

import pytest

from handlers.organisation.invite_codes import make_code
from storage.organisation import unit_store
from tests.cast import HANG, LAM, LEADING, QUAN, SUPPORTING, Somebody, Stage, words_of

MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)


async def handover_code(stage: Stage, unit: str = LEADING) -> str:
    async with stage.database.writing() as conn:
        unit_id = (await unit_store.ids(conn))[unit]
        now = stage.clock.now()
        return (await make_code(conn, unit_id, unit, "focal", now, takes_over=True)).code


async def takes_over(stage: Stage, who: Somebody = MY) -> None:
    await stage.talk(
        (who, f"/start {await handover_code(stage)}", ("đầu mối", LEADING)), (who, "đồng ý", who.name)
    )


async def test_the_new_holder_finds_all_that_was_said(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 được 30%", "Đã ghi"))
    await takes_over(stage)
    await stage.talk((MY, "/viec", (LEADING, "còn 3 việc", "30%")), (MY, "1.1 được 50%", "Đã ghi"))


async def test_the_old_holder_is_told_once_and_then_hears_and_may_nothing_more(stage: Stage) -> None:
    await takes_over(stage)
    await stage.post()
    (told,) = stage.channel.to(QUAN)
    assert MY.name in words_of(told)
    assert [entry.command for entry in told.menu or ()] == ["batdau", "dulieu", "rut", "xoa", "trogiup"]
    sent = await stage.nudged("2026-06-08 08:00") + await stage.nudged("2026-06-15 08:00")
    assert {MY.chat, LAM.chat} <= {one.chat for one in sent}
    assert QUAN.chat not in {one.chat for one in sent}
    await stage.talk((QUAN, "/viec", "không còn phụ trách"), (QUAN, "1 xong", "không còn phụ trách"))


async def test_what_waits_for_the_old_holder_is_not_sent(stage: Stage) -> None:
    stage.clock.set("2026-06-07 23:00")
    await stage.program.nudger.sweep()
    await takes_over(stage)
    stage.clock.set("2026-06-08 08:00")
    await stage.program.tick()
    assert ["bàn giao" in words_of(one) for one in stage.channel.to(QUAN)] == [True]


async def test_only_the_same_seat_of_the_same_unit_goes_over(stage: Stage) -> None:
    await stage.hear(QUAN, f"/start {await stage.code(SUPPORTING, 'focal')}")
    await takes_over(stage)
    await stage.talk((QUAN, "/viec", (SUPPORTING, "còn 2 việc")), (LAM, "/viec", "còn 3 việc"))
    assert "không còn đầu mối" not in " ".join(words_of(one) for one in stage.channel.to(HANG))


async def test_an_ordinary_code_adds_a_seat_and_takes_none(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.talk((QUAN, "/viec", "còn 3 việc"), (MY, "/viec", "còn 3 việc"))


async def test_who_takes_over_from_themselves_keeps_the_seat(stage: Stage) -> None:
    await stage.hear(QUAN, f"/start {await handover_code(stage)}")
    await stage.talk((QUAN, "/viec", "còn 3 việc"))
    await stage.post()
    assert not any("bàn giao" in words_of(one) for one in stage.channel.to(QUAN))


@pytest.mark.parametrize("language", ["vi", "en"])
async def test_the_old_holder_is_told_in_their_own_language(stage: Stage, language: str) -> None:
    await stage.hear(QUAN, f"/language {language}")
    await takes_over(stage)
    await stage.post()
    assert ("bàn giao" in words_of(stage.channel.to(QUAN)[-1])) is (language == "vi")


async def test_a_handover_stands_in_the_audit_by_number(stage: Stage) -> None:
    await takes_over(stage)
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT was, became FROM audit WHERE what = 'handover'")
        found = rows.all()
    assert [(row.was, row.became.isdecimal()) for row in found] == [("focal", True)]
