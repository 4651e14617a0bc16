"""While a wish for a later date waits, the next word is the coordinator's: the unit is not pressed."""

from datetime import date

import pytest

from bot.app.nudge_preview import foresee
from storage.reporting import plan_status
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    QUAN,
    SUPPORTING,
    TOAN,
    Somebody,
    Stage,
    Tap,
    settings_for,
    words_of,
)
from tests.owing import days_of, live, owe

FIRST, DUE, WANTED = date(2026, 4, 1), date(2026, 4, 22), date(2026, 4, 29)
AFTER = date(2026, 5, 4)
"""The first working day after the wished date: 30 April and 1 May are holidays, then comes a weekend."""
WISHED = "đã xin lùi đến 29/4, chờ ý kiến"
NEW = Somebody("c-moi", "Sùng Thị Mỷ", LEADING)


@pytest.fixture
async def wishing(empty: Stage) -> Stage:
    """Thursday 23 April 2026: a report was due yesterday; this morning its unit has asked for a week more."""
    empty.clock.set("2026-03-30 09:00")
    for who in (HANG, QUAN, LAM, TOAN):
        await empty.joins(who)
    await owe(empty, LEADING, DUE, today=FIRST)
    await live(empty, days_of(FIRST, DUE))
    empty.clock.set("2026-04-23 07:10")
    await empty.talk((QUAN, "1 xin lùi đến 29/4 do chờ số liệu", "đã chuyển đơn vị tổng hợp"))
    empty.channel.sent.clear()
    return empty


def heard(stage: Stage, who: Somebody) -> list[str]:
    return [words_of(outgoing) for outgoing in stage.channel.to(who)]


async def test_nobody_of_the_unit_is_told_that_it_is_late(wishing: Stage) -> None:
    rang = await live(wishing, days_of(date(2026, 4, 23), WANTED))
    assert set(rang) == {HANG.chat}


async def test_the_coordinator_hears_of_it_each_working_morning_and_can_decide(wishing: Stage) -> None:
    rang = await live(wishing, days_of(date(2026, 4, 24), date(2026, 5, 5)))
    mornings = [
        day for day in days_of(date(2026, 4, 24), date(2026, 5, 5)) if wishing.rules.days.is_working(day)
    ]
    assert sorted(set(rang[HANG.chat])) == mornings
    for told in heard(wishing, HANG):
        if told.startswith("Bản tin"):
            assert f"{LEADING}, Báo cáo: 22/4 → 29/4" in told
            assert "[1 Đồng ý gia hạn] [1 Không đồng ý]" in told
            assert "văn bản" not in told


async def test_once_the_wished_date_has_passed_without_an_answer_the_unit_is_asked_again(
    wishing: Stage,
) -> None:
    rang = await live(wishing, days_of(date(2026, 4, 23), date(2026, 5, 6)))
    assert rang[QUAN.chat] == rang[LAM.chat] == [AFTER, date(2026, 5, 5), date(2026, 5, 6)]
    assert f"; {WISHED}" in heard(wishing, QUAN)[0]


async def test_until_the_due_date_the_ladder_goes_on_and_says_what_was_asked_for(wishing: Stage) -> None:
    await owe(wishing, SUPPORTING, date(2026, 5, 8), today=date(2026, 4, 23))
    wishing.clock.set("2026-04-23 08:00")
    await wishing.talk((TOAN, "1 xin lùi đến 13/5", "đã chuyển"))
    rang = await live(wishing, days_of(date(2026, 4, 24), date(2026, 5, 15)))
    assert rang[TOAN.chat] == [date(2026, 4, 24), *(date(2026, 5, day) for day in (5, 7, 14, 15))]
    assert "hạn 8/5, còn 1 ngày làm việc; đã xin lùi đến 13/5, chờ ý kiến" in heard(wishing, TOAN)[-3]


async def test_a_refused_wish_sets_the_ladder_going_at_once(wishing: Stage) -> None:
    await live(wishing, [date(2026, 4, 24)])
    wishing.clock.set("2026-04-24 14:00")
    await wishing.hear(HANG, Tap("1 Không đồng ý"))
    sent = {one.chat: words_of(one.message) for one in await wishing.nudged("2026-04-24 14:05")}
    for who in (QUAN, LAM):
        assert "quá 2 ngày làm việc" in sent[who.chat]
        assert "xin lùi" not in sent[who.chat]
    assert (await live(wishing, [date(2026, 4, 28)]))[QUAN.chat] == [date(2026, 4, 28)]


async def test_a_wish_that_comes_after_the_day_was_asked_for_takes_the_message_back(wishing: Stage) -> None:
    await owe(wishing, SUPPORTING, date(2026, 4, 22), today=date(2026, 4, 22))
    wishing.clock.set("2026-04-23 08:00")
    await wishing.program.nudger.sweep()
    await wishing.hear(TOAN, "1 xin lùi đến 29/4")
    wishing.channel.sent.clear()
    await wishing.post()
    assert not wishing.channel.to(TOAN)


async def test_other_work_of_the_unit_is_asked_for_without_it(wishing: Stage) -> None:
    await owe(wishing, LEADING, date(2026, 4, 21), today=date(2026, 4, 20))
    rang = await live(wishing, [date(2026, 4, 23), date(2026, 4, 24)])
    assert rang[QUAN.chat] == [date(2026, 4, 23), date(2026, 4, 24)]
    assert "có 1 việc cần báo cáo" in heard(wishing, QUAN)[-1]
    assert "22/4" not in heard(wishing, QUAN)[-1]


async def test_its_own_list_shows_the_wish_in_the_place_of_the_lateness(wishing: Stage) -> None:
    await wishing.talk((QUAN, "/viec", f"hạn 22/4, {WISHED} · chưa cập nhật"))
    assert "quá" not in await wishing.say(QUAN, "/viec")
    wishing.clock.set("2026-04-30 09:00")
    await wishing.talk((QUAN, "/viec", f"hạn 22/4, quá 4 ngày làm việc; {WISHED}"))


async def test_the_status_tells_the_wish_and_counts_by_the_original_date(wishing: Stage) -> None:
    told = await wishing.say(HANG, "/tinhhinh")
    assert "Chưa hoàn thành, trong hạn 0 · quá hạn 1" in told
    assert f"{LEADING} · 0/1, {WISHED}" in told
    assert "[Nhắc" not in told
    async with wishing.database.reading() as conn:
        (unit,) = (await plan_status.standing_of(conn, 1, date(2026, 4, 30))).units
    assert (unit.held, unit.wanted, unit.late_since, unit.overdue) == (0, None, DUE, 1)


async def test_the_coordinator_presses_nobody_who_waits_for_an_answer(wishing: Stage) -> None:
    await wishing.talk((HANG, "/nhac", "Không còn việc nào"))
    wishing.clock.set("2026-04-30 09:00")
    await wishing.talk((HANG, "/nhac", "[Việc quá hạn (1 đơn vị)]"))


async def test_seen_promises_the_day_after_the_wished_one(wishing: Stage) -> None:
    await wishing.talk((QUAN, "/viec", WISHED), (QUAN, "đã nhận", "nhắc lại ngày 4/5"))


async def test_who_joins_meanwhile_is_not_told_and_the_outbox_does_not_fill_up(wishing: Stage) -> None:
    wishing.clock.set("2026-04-23 10:00")
    await wishing.joins(NEW)
    rang = await live(wishing, days_of(date(2026, 4, 23), date(2026, 4, 24)))
    assert NEW.chat not in rang
    async with wishing.database.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT count(*) FROM outgoing WHERE state = 'dropped' AND kind = 'daily'"
        )
        assert rows.scalar_one() == 0


@pytest.mark.parametrize("day", ["2026-04-24", "2026-05-04"])
async def test_what_is_foreseen_is_what_is_sent(wishing: Stage, day: str) -> None:
    foreseen = await foresee(
        settings_for(wishing.database.path), wishing.clock.now(), date.fromisoformat(day)
    )
    await live(wishing, days_of(date(2026, 4, 23), date.fromisoformat(day)))
    sent = [words_of(one.message).split(" [")[0] for one in wishing.channel.sent]
    assert foreseen
    assert sorted(one.text for one in foreseen) == sorted(sent[-len(foreseen) :])
    assert (QUAN.name in {one.entry.person for one in foreseen}) == (day == "2026-05-04")


async def test_of_a_request_as_well_nobody_is_pressed_and_the_coordinator_hears(stage: Stage) -> None:
    await stage.hear(HANG, "/yeucau 15h hôm nay Sở Công Thương: báo cáo số đoàn khách")
    await stage.hear(HANG, Tap("Gửi yêu cầu"))
    await stage.post()
    await stage.talk((TOAN, "1 xin lùi đến 4/6", "đã chuyển đơn vị tổng hợp"))
    stage.channel.sent.clear()
    for moment in ("01 11:29", "01 15:30", "02 08:00"):
        await stage.nudged(f"2026-06-{moment}")
    assert not [words for words in heard(stage, TOAN) if "số đoàn khách" in words]
    assert f"{SUPPORTING}, báo cáo số đoàn khách: 15:00 ngày 1/6 → 4/6" in heard(stage, HANG)[-1]
    await stage.nudged("2026-06-05 08:00")
    assert "số đoàn khách · hạn 15:00 ngày 1/6, quá 4 ngày làm việc; đã xin lùi" in heard(stage, TOAN)[-1]
