"""A server that is away: nothing is wasted on it, and all that waits goes out once when it is back."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.channels.base import SendError, Trouble
from bot.delivery.breaker import LONGEST_PAUSE, MOST_CONCURRENCY, Breaker
from bot.delivery.courier import Courier
from bot.delivery.sender import Sender
from tests.bot.delivery.test_courier import RUNG, hurry, outbox_rows
from tests.bot.delivery.test_intake import raw
from tests.cast import QUAN, TOAN, Stage
from tests.memory_channel import MemoryChannel

AWAY = SendError("network", trouble="away")
FAULTY = SendError("network: 502", trouble="faulty")
HOUR = 3600.0


class Sleeps:
    """A sleep that takes no time: an outage ends after so many seconds of it."""

    def __init__(self, outage: float = HOUR) -> None:
        self.slept: list[float] = []
        self.outage = outage

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    @property
    def over(self) -> bool:
        return sum(self.slept) >= self.outage


class Server:
    """Answers a question once its outage is over."""

    def __init__(self, outage: float) -> None:
        self.sleeps, self.asked, self.told = Sleeps(outage), 0, 0
        self.breaker = Breaker("memory", self.probe, self.recovered, self.sleeps)

    async def probe(self) -> None:
        self.asked += 1
        if not self.sleeps.over:
            raise AWAY

    def recovered(self) -> None:
        self.told += 1


async def test_a_server_that_cannot_be_reached_opens_it_at_once() -> None:
    server = Server(HOUR)
    server.breaker.failed("away")
    assert not server.breaker.closed
    server.breaker.stop()


@pytest.mark.parametrize("trouble", ["faulty", "lost"])
async def test_five_failures_in_a_row_open_it_and_an_answer_between_does_not_let_them(
    trouble: Trouble,
) -> None:
    breaker = Server(HOUR).breaker
    for _ in range(4):
        breaker.failed(trouble)
    breaker.answered()
    for _ in range(4):
        breaker.failed(trouble)
    assert breaker.closed
    breaker.failed(trouble)
    assert not breaker.closed
    breaker.stop()


async def test_an_hour_away_costs_a_question_a_minute_and_no_more() -> None:
    server = Server(HOUR)
    server.breaker.failed("away")
    await asyncio.wait_for(server.breaker.wait_until_closed(), 10)
    await settled()
    assert HOUR / LONGEST_PAUSE <= server.asked <= 2 * HOUR / LONGEST_PAUSE + 7
    assert all(a <= 2.01 for a in server.sleeps.slept[:2])
    assert max(server.sleeps.slept) <= LONGEST_PAUSE
    assert server.told == 1


async def test_until_a_message_is_taken_one_failure_opens_it_again_and_the_pauses_go_on_growing() -> None:
    server = Server(0)
    for cycle in range(10):
        server.breaker.failed("faulty" if cycle else "away")
        assert not server.breaker.closed
        assert server.breaker.concurrency == 1
        await asyncio.wait_for(server.breaker.wait_until_closed(), 10)
        await settled()
    assert server.asked == 10
    assert server.sleeps.slept[-1] >= LONGEST_PAUSE / 2
    server.breaker.answered()
    server.breaker.failed("faulty")
    assert server.breaker.closed


async def test_trust_comes_back_with_answers() -> None:
    server = Server(0)
    assert server.breaker.concurrency == MOST_CONCURRENCY
    server.breaker.failed("away")
    trusts = []
    for _ in range(8):
        server.breaker.answered()
        trusts.append(server.breaker.concurrency)
    assert trusts == [2, 4, 8, 16, 32, 64, 128, 128]
    server.breaker.stop()


async def test_a_server_that_refuses_the_question_in_its_own_words_is_there() -> None:
    async def refuses() -> None:
        raise SendError("too_fast", retry_after=3)

    breaker = Breaker("memory", refuses, sleep=Sleeps())
    breaker.failed("away")
    await asyncio.wait_for(breaker.wait_until_closed(), 5)


async def settled() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


# ---- the courier before a server that is away


def with_sleep(stage: Stage, sleep: Callable[[float], Awaitable[None]], *more: MemoryChannel) -> Sender:
    """Give the stage's courier a sender of its own, whose waits the test decides."""
    channels = {memory_channel.name: memory_channel for memory_channel in (stage.channel, *more)}
    sender = Sender(channels, {}, sleep=sleep)
    stage.program.courier = Courier(stage.database, sender, stage.rules, stage.clock)
    return sender


async def test_an_hour_without_a_network_wastes_nothing_and_then_everybody_hears_once(stage: Stage) -> None:
    over = asyncio.Event()

    async def sleep(_: float) -> None:
        await over.wait()

    sender = with_sleep(stage, sleep)
    stage.channel.away = True
    assert not await stage.nudged(RUNG)
    for _ in range(3 * 60):  # a round every twenty seconds
        stage.clock.let_pass(seconds=20)
        await stage.post()
    assert stage.channel.tried <= 2
    assert {(row["state"], row["attempts"], row["repeated"]) for row in await outbox_rows(stage)} == {
        ("pending", 0, 0)
    }
    stage.channel.away = False
    over.set()
    while sender.down:
        await asyncio.sleep(0)
    await stage.post()
    assert sorted(sent.chat for sent in stage.channel.sent) == [QUAN.chat, TOAN.chat]
    assert {row["state"] for row in await outbox_rows(stage)} == {"sent"}


async def test_a_fault_of_the_server_is_asked_after_before_more_is_sent_into_it(stage: Stage) -> None:
    never = asyncio.Event()

    async def sleep(_: float) -> None:
        await never.wait()

    with_sleep(stage, sleep)
    for who in (QUAN, TOAN):
        stage.channel.refuse(who, *[FAULTY] * 20)
    for _ in range(10):
        await stage.nudged(RUNG)
        await hurry(stage)
    assert stage.channel.tried in (5, 6)  # the fifth, and one that was under way
    assert {row["state"] for row in await outbox_rows(stage)} == {"pending"}


async def test_one_channel_that_is_away_does_not_stop_the_others(stage: Stage) -> None:
    other = MemoryChannel(stage.clock, "other", away=True)
    with_sleep(stage, Sleeps(), other)
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE account SET channel = 'other' WHERE chat = ?", (QUAN.chat,))
    for _ in range(20):
        await stage.nudged(RUNG)
    assert {sent.chat for sent in stage.channel.sent} == {TOAN.chat}
    assert not other.sent
    other.away = False
    for _ in range(20):
        await stage.post()
    assert [sent.chat for sent in other.sent] == [QUAN.chat]


async def test_who_has_an_account_on_another_channel_is_reached_there(stage: Stage) -> None:
    other = MemoryChannel(stage.clock, "other")
    never = asyncio.Event()

    async def sleep(_: float) -> None:
        await never.wait()

    with_sleep(stage, sleep, other)
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "INSERT INTO account (person_id, channel, chat) SELECT person_id, 'other', 'o-quan' FROM account"
            " WHERE chat = ?",
            (QUAN.chat,),
        )
    stage.channel.away = True
    await stage.nudged(RUNG)
    await stage.post()
    assert [sent.chat for sent in other.sent] == ["o-quan"]


# ---- answers


async def test_an_answer_waits_for_a_server_that_is_away_and_comes_once(stage: Stage) -> None:
    stage.channel.away = True
    await stage.program.intake.accept(stage.channel, [raw(stage, "x1", "/viec")])
    while not stage.program.sender.down:
        await asyncio.sleep(0.01)
    assert not stage.channel.sent
    stage.channel.away = False
    await asyncio.wait_for(stage.program.intake.idle(), 10)
    assert len(stage.channel.to(QUAN)) == 1


async def test_an_answer_whose_arrival_is_unknown_is_sent_again_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.intake.until_again", lambda *_: 0.0)
    stage.channel.refuse(QUAN, *[SendError("timeout", ambiguous=True, trouble="lost")] * 5)
    assert await stage.hear(QUAN, "/viec") == []
    assert len(stage.channel.refusals[QUAN.chat]) == 3


async def test_an_answer_follows_a_chat_that_has_moved(stage: Stage) -> None:
    stage.channel.refuse(QUAN, SendError("moved", moved_to="c-new"))
    await stage.hear(QUAN, "/viec")
    assert [sent.chat for sent in stage.channel.sent] == ["c-new"]
