"""A last day's nudge that is not seen, fails or comes back: the next channel, or the phone."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.channels.base import SendError
from domain.organisation.people import Person
from services.nudging.pass_on import call_list
from services.organisation.note_unreachable import note_unreachable
from storage.database.schema import account, outgoing
from storage.organisation import people_store
from tests.cast import HANG, LEADING, QUAN, SILENT, SUPPORTING, TOAN, Stage, words_of
from tests.handlers.organisation.test_second_chat import TwoChannels, two
from tests.memory_channel import MemoryChannel

LAST_DAY = "2026-06-15"
LOST = SendError("timeout", ambiguous=True, trouble="lost")
REFUSED = SendError("refused", permanent=True)
SECOND = "z-quan"


async def _at(both: TwoChannels, hour: str) -> None:
    both.stage.clock.set(f"{LAST_DAY} {hour}")
    await both.program.tick()
    async with both.stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET not_before = NULL")
    await both.program.courier.round()


def _rang(both: TwoChannels, channel: MemoryChannel, chat: str) -> int:
    """How many nudges have arrived on a phone."""
    return sum("Đã xong" in words_of(message) for message in both.on(channel, chat))


async def _ledger(stage: Stage) -> Sequence[tuple[object, ...]]:
    """What became of Quân's nudges: state, channel, next channel."""
    of_quan = select(account.c.person_id).where(account.c.chat == QUAN.chat)
    query = select(outgoing.c.state, outgoing.c.channel, outgoing.c.passed_channel).where(
        outgoing.c.kind == "daily",
        outgoing.c.day == date.fromisoformat(LAST_DAY),
        outgoing.c.person_id.in_(of_quan),
    )
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.execute(query)]


async def _linked(stage: Stage) -> TwoChannels:
    """Quân is reached by the second channel first, then by the stage's own."""
    both = two(stage)
    await both.link()
    return both


async def test_what_nobody_has_seen_by_the_set_hour_goes_by_the_next_channel_and_is_one_nudge(
    stage: Stage,
) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    await _at(both, "09:59")
    assert (_rang(both, both.second, SECOND), _rang(both, stage.channel, QUAN.chat)) == (1, 0)
    await _at(both, "10:00")
    await _at(both, "11:00")
    assert (_rang(both, both.second, SECOND), _rang(both, stage.channel, QUAN.chat)) == (1, 1)
    assert await _ledger(stage) == [("sent", "second", "memory")]


async def test_an_answer_by_any_channel_is_a_sign_that_it_was_seen(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    stage.clock.set(f"{LAST_DAY} 09:00")
    await both.hear(SECOND, "/trogiup")
    await _at(both, "10:00")
    assert _rang(both, stage.channel, QUAN.chat) == 0


async def test_a_look_at_the_own_page_is_a_sign_that_it_was_seen(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    stage.clock.set(f"{LAST_DAY} 09:00")
    async with stage.database.writing() as conn:
        await people_store.note_seen(conn, "memory", QUAN.chat, stage.clock.now())
    await _at(both, "10:00")
    assert _rang(both, stage.channel, QUAN.chat) == 0


async def test_before_the_last_day_nothing_is_passed_on(stage: Stage) -> None:
    both = await _linked(stage)
    for hour in ("08:00", "10:00"):
        stage.clock.set(f"2026-06-10 {hour}")
        await both.program.tick()
    assert _rang(both, stage.channel, QUAN.chat) == 0


async def test_who_has_one_channel_is_not_written_to_twice(stage: Stage) -> None:
    both = two(stage)
    await _at(both, "08:00")
    await _at(both, "10:00")
    assert _rang(both, stage.channel, QUAN.chat) == 1


async def test_what_was_answered_meanwhile_by_a_colleague_is_not_passed_on(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE assignment SET state = 'done'")
    await _at(both, "10:00")
    assert await _ledger(stage) == [("sent", "second", None)]


async def test_where_the_next_channel_fails_it_stays_sent(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    stage.channel.refuse(QUAN, REFUSED)
    await _at(both, "10:00")
    assert await _ledger(stage) == [("sent", "second", None)]


async def test_a_number_in_an_answer_to_either_message_means_the_same_item(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    await _at(both, "10:00")
    await stage.talk((QUAN, "1 xong", ("Đã ghi", "hoàn thành")))


async def test_what_a_channel_refuses_goes_by_the_next(stage: Stage) -> None:
    both = await _linked(stage)
    both.second.refusals[SECOND].append(REFUSED)
    await _at(both, "08:00")
    assert await _ledger(stage) == [("sent", "memory", None)]
    assert _rang(both, stage.channel, QUAN.chat) == 1


async def test_what_a_channel_swallows_twice_goes_by_the_next(stage: Stage) -> None:
    both = await _linked(stage)
    both.second.refusals[SECOND].extend([LOST, LOST])
    for hour in ("08:00", "08:01", "08:02"):
        await _at(both, hour)
    assert await _ledger(stage) == [("sent", "memory", None)]


async def test_a_letter_that_comes_back_goes_by_the_next_channel(stage: Stage) -> None:
    both = await _linked(stage)
    await _at(both, "08:00")
    async with stage.database.writing() as conn:
        await note_unreachable(conn, "second", SECOND, stage.clock.now().date(), "bounced")
    await _at(both, "08:05")
    assert await _ledger(stage) == [("sent", "second", "memory")]


async def test_a_channel_that_dies_at_five_past_eight_leaves_nobody_unreached_at_twenty_past(
    stage: Stage,
) -> None:
    """Quân has another channel; Toàn has none, and gave his telephone number."""
    both = await _linked(stage)
    await stage.talk((QUAN, "/lienlac memory", "Memory trước"), (TOAN, "/lienlac 0912 345 678", "Đã ghi"))
    await both.hear("z-hang", f"/start {await _code(stage)}")
    await stage.talk((HANG, "/lienlac second", "Second trước"))
    stage.channel.away = True
    for hour in ("08:05", "08:06", "08:12", "08:20"):
        await _at(both, hour)
    assert _rang(both, both.second, SECOND) == 1
    told = [
        words_of(message) for message in both.on(both.second, "z-hang") if "gọi điện" in words_of(message)
    ]
    assert len(told) == 1
    assert f"{SUPPORTING}: Bùi Quốc Toản; Bùi Quốc Toản ĐT 0912 345 678" in told[0]
    assert LEADING not in told[0]
    assert SILENT not in told[0]
    await _at(both, "08:40")
    assert sum("gọi điện" in words_of(m) for m in both.on(both.second, "z-hang")) == 1
    both.program.sender.stop()


async def _code(stage: Stage) -> str:
    offered = await stage.say(HANG, "/lienket")
    return offered.partition("Mã nối kênh: ")[2][:9]


async def test_the_call_list_has_units_with_nobody_and_those_still_unreached(stage: Stage) -> None:
    both = two(stage)
    stage.channel.refuse(TOAN, REFUSED)
    await _at(both, "08:00")
    assert await _to_phone(stage, "08:10") == []
    assert sorted(await _to_phone(stage, "08:15")) == [SUPPORTING, SILENT]
    await stage.talk((HANG, "/lienlac", ("lời nhắc chưa tới 2 đơn vị", f"{SUPPORTING}: Bùi Quốc Toản")))


async def _to_phone(stage: Stage, hour: str) -> list[str]:
    stage.clock.set(f"{LAST_DAY} {hour}")
    async with stage.database.reading() as conn:
        person: Person | None = await people_store.find(conn, "memory", HANG.chat, stage.clock.now().date())
        assert person is not None
        local = stage.clock.now().astimezone(stage.rules.zone)
        return [unit.unit for unit in await call_list(conn, person, local, stage.rules)]
