"""The quota of a channel: counted by months, warned of before it is used up."""

from datetime import date

from handlers.common.capabilities import Capabilities, Quota
from services.nudging.count_message import count_message
from services.organisation.bot_room import Bot, emptiest, keep_bots
from storage.common import message_counter
from tests.cast import HANG, QUAN, SUPPORTING, TUYEN, Somebody, Stage, words_of

LIMITED = Capabilities(longest_text=2000, quota=Quota(messages=10, people=4))
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


async def counted(stage: Stage, day: date) -> int:
    async with stage.database.reading() as conn:
        return await message_counter.sent_in_month(conn, "memory", day)


async def test_each_message_is_counted_in_its_month(stage: Stage) -> None:
    stage.channel.capabilities = LIMITED
    await stage.say(QUAN, "/viec")
    await stage.say(QUAN, "/viec")
    stage.clock.set("2026-07-01 09:00")
    await stage.say(QUAN, "/viec")
    assert (await counted(stage, JUNE), await counted(stage, JULY)) == (2, 1)


async def test_without_a_quota_nothing_is_counted(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    assert await counted(stage, JUNE) == 0


async def test_coordinators_are_warned_at_70_90_and_100_percent(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await keep_bots(conn, (Bot("memory", "Zalo", "bot.mot", 50),))
        for _ in range(12):
            await count_message(conn, "memory", 10, JUNE)
    await stage.post()
    told = [words_of(message) for message in stage.channel.to(HANG)[-3:]]
    assert "Bot Zalo bot.mot đã gửi 70%" in told[0]
    assert "đã gửi 90%" in told[1]
    assert "đã hết số tin" in told[2]
    assert not any("số tin" in words_of(message) for message in stage.channel.to(QUAN))
    assert not any("số tin" in words_of(message) for message in stage.channel.to(TUYEN))


async def test_the_next_newcomer_goes_to_the_bot_with_most_room(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await keep_bots(conn, (Bot("memory", "Zalo", "bot.mot", 50), Bot("other", "Zalo", "bot.hai", 50)))
        room = await emptiest(conn)
    assert room is not None
    assert (room.bot.name, room.people, room.is_full) == ("bot.hai", 0, False)


async def test_a_code_comes_with_the_bot_to_which_it_is_written(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await keep_bots(conn, (Bot("other", "Zalo", "bot.hai", 50),))
    await stage.say(QUAN, "/bangiao")
    assert "nhắn mã cho bot bot.hai" in await stage.say(QUAN, "Lấy mã")


async def test_a_bot_that_is_full_says_so_to_the_clerk(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        rows = await conn.exec_driver_sql("SELECT count(*) FROM account WHERE channel = 'memory'")
        people = int(rows.scalar_one())
        await keep_bots(conn, (Bot("memory", "Zalo", "bot.mot", people + 1),))
    newcomer = Somebody("c-moi", "Đỗ Thị Mới", SUPPORTING)
    await stage.joins(newcomer)
    await stage.post()
    assert any("bot.mot đã đủ người" in words_of(message) for message in stage.channel.to(HANG))


async def _sent_before(stage: Stage, count: int) -> None:
    async with stage.database.writing() as conn:
        for _ in range(count):
            await message_counter.count(conn, "memory", JUNE)


async def test_from_70_percent_on_early_reminders_wait_for_the_next(stage: Stage) -> None:
    stage.channel.capabilities = Capabilities(longest_text=2000, quota=Quota(messages=1000, people=50))
    await _sent_before(stage, 700)
    early = await stage.nudged("2026-06-04 08:00")
    assert QUAN.chat not in {sent.chat for sent in early}
    near = await stage.nudged("2026-06-10 08:00")
    assert QUAN.chat in {sent.chat for sent in near}


async def test_from_90_percent_on_only_answers_and_last_days_go_out(stage: Stage) -> None:
    stage.channel.capabilities = Capabilities(longest_text=2000, quota=Quota(messages=1000, people=50))
    await _sent_before(stage, 900)
    assert not await stage.nudged("2026-06-10 08:00")
    await stage.talk((QUAN, "/viec", "Sở Ngoại vụ"))
    last = await stage.nudged("2026-06-15 08:00")
    assert QUAN.chat in {sent.chat for sent in last}


async def test_the_warning_tells_what_goes_out_from_then_on(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        for _ in range(9):
            await count_message(conn, "memory", 10, JUNE)
    await stage.post()
    told = [words_of(message) for message in stage.channel.to(HANG)[-2:]]
    assert "lời nhắc sớm qua bot này dồn" in told[0]
    assert "chỉ trả lời và nhắc ngày hạn cuối" in told[1]
