"""The outbox before a Bot API server that fails: everybody hears, hardly anybody twice, none is forgotten."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing

import pytest

from bot.channels.telegram import RATES, TelegramChannel
from bot.delivery import patience
from bot.delivery.courier import Courier
from bot.delivery.pace import Pace
from bot.delivery.sender import Sender
from handlers.common.conversation import Outgoing
from storage.common import outbox
from tests.bot.channels.telegram_kit import channel, serving
from tests.bot.delivery.test_courier import RUNG, hurry, nudge_of
from tests.botapi import BotApi, Fault, Faults
from tests.cast import QUAN, TOAN, Somebody, Stage

SEND = "sendMessage"
SQLITE_WAITS = 300
"""For how many milliseconds SQLite itself waits for a lock, where a test sets it."""


@pytest.fixture
def api() -> Iterator[BotApi]:
    with serving() as server:
        yield server


QUAN_THERE, TOAN_THERE = Somebody("1001", QUAN.name), Somebody("1002", TOAN.name)


@pytest.fixture
async def office(stage: Stage, api: BotApi) -> AsyncIterator[Stage]:
    """The stage with Quân and Toản on Telegram, whose outages take no time."""

    async def at_once(_: float) -> None:
        await asyncio.sleep(0.01)

    async with stage.database.writing() as conn:
        for who, there in ((QUAN, QUAN_THERE), (TOAN, TOAN_THERE)):
            api.user(int(there.chat)).chat.started = True
            await conn.exec_driver_sql(
                "UPDATE account SET channel = 'telegram', chat = ? WHERE chat = ?", (there.chat, who.chat)
            )
    async with channel(api) as telegram:
        sender = Sender({"telegram": telegram}, {"telegram": Pace(RATES)}, sleep=at_once)
        stage.program.courier = Courier(stage.database, sender, stage.rules, stage.clock)
        yield stage
        sender.stop()


async def rounds(office: Stage, count: int = 12) -> None:
    """Let the waits of what was put back be over, again and again."""
    await office.nudged(RUNG)
    for _ in range(count):
        await asyncio.sleep(0.02)
        await hurry(office)
        await office.post()


CASES: list[tuple[str, Callable[[Faults], Fault], int, str, int]] = [
    ("502 before", lambda f: f.fail(502, method=SEND, chat=1001, times=2), 1, "sent", 0),
    ("502 of its own", lambda f: f.fail(502, html=False, method=SEND, chat=1001, times=2), 1, "sent", 0),
    ("502 after", lambda f: f.fail(502, accepted=True, method=SEND, chat=1001, times=1), 2, "sent", 0),
    ("502 for ever", lambda f: f.fail(502, method=SEND, chat=1001), 0, "failed", 0),
    ("cut before", lambda f: f.drop_before(method=SEND, chat=1001, times=1), 1, "sent", 1),
    ("cut after", lambda f: f.drop_after(method=SEND, chat=1001, times=1), 2, "sent", 1),
    ("cut after, for ever", lambda f: f.drop_after(method=SEND, chat=1001), 2, "unsure", 2),
    ("garbage", lambda f: f.garble(method=SEND, chat=1001, times=2), 1, "sent", 0),
    ("429", lambda f: f.flood(1, method=SEND, chat=1001, times=2), 1, "sent", 0),
]


@pytest.mark.parametrize(
    ("fault", "accepted", "state", "doubts"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
async def test_a_fault_of_one_chat_ends_well_or_is_shown_and_harms_no_other(
    office: Stage, api: BotApi, fault: Callable[[Faults], Fault], accepted: int, state: str, doubts: int
) -> None:
    switched = fault(api.faults)
    await rounds(office)
    assert switched.struck > 0
    row = await nudge_of(office, QUAN_THERE)
    assert len(api.accepted(1001)) == accepted
    assert (row["state"], row["doubts"]) == (state, doubts)
    assert (row["why"] is not None) or state == "sent"
    assert len(api.accepted(1002)) == 1


async def test_a_refusal_is_obeyed_for_as_long_as_it_says_and_not_much_longer(
    office: Stage, api: BotApi
) -> None:
    api.faults.flood(2, method=SEND, chat=1001, times=1)
    await office.nudged(RUNG)
    first, again = (request for request in api.log.requests if request.chat == 1001)
    waited = again.at - (first.at + first.took)
    assert (first.status, again.status) == (429, 200)
    assert 2.0 <= waited < 2.5
    (other,) = api.accepted(1002)
    assert other.at - first.at < 1.0


async def test_a_server_that_is_down_costs_nothing_and_doubles_nothing(office: Stage, api: BotApi) -> None:
    with api.down():
        await rounds(office, 5)
        for row in (await nudge_of(office, QUAN_THERE), await nudge_of(office, TOAN_THERE)):
            assert (row["state"], row["attempts"], row["repeated"]) == ("pending", 0, 0)
    await asyncio.sleep(0.5)
    await rounds(office)
    assert [len(api.accepted(chat)) for chat in (1001, 1002)] == [1, 1]


async def test_a_message_in_hand_waits_for_a_locked_database_to_be_marked(
    office: Stage, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock comes when the server has accepted the message: it is marked later, and not sent again."""
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.05)
    await office.database.write(lambda conn: conn.exec_driver_sql(f"PRAGMA busy_timeout={SQLITE_WAITS}"))
    with closing(
        sqlite3.connect(office.database.path, isolation_level=None, check_same_thread=False)
    ) as other:
        send = TelegramChannel.send

        async def send_and_lock(self: TelegramChannel, chat: str, message: Outgoing) -> str:
            sent = await send(self, chat, message)
            if not other.in_transaction:
                await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
            return sent

        monkeypatch.setattr(TelegramChannel, "send", send_and_lock)
        round_ = asyncio.create_task(office.nudged(RUNG))
        while not other.in_transaction:
            await asyncio.sleep(0.01)
        monkeypatch.setattr(TelegramChannel, "send", send)
        await asyncio.sleep(3 * SQLITE_WAITS / 1000)
        assert not round_.done()
        other.execute("ROLLBACK")
        await asyncio.wait_for(round_, 20)
    assert [len(api.accepted(chat)) for chat in (1001, 1002)] == [1, 1]
    assert (await nudge_of(office, QUAN_THERE))["state"] == "sent"
    office.faults += [event for event in office.log if event["event"] == "database_waits"]
    assert office.faults


async def test_a_program_that_dies_again_and_again_sends_two_copies_at_most(
    office: Stage, api: BotApi
) -> None:
    """Each time it is killed after the server has taken the message and before it could answer."""
    api.faults.delay(30.0, accepted=True, method=SEND, chat=1001)
    for number in range(4):
        copies = len(api.accepted(1001))
        task = asyncio.create_task(office.nudged(RUNG))
        for _ in range(100):
            await asyncio.sleep(0.02)
            if len(api.accepted(1001)) > copies or (number >= 2 and task.done()):
                break
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        async with office.database.writing() as conn:
            await outbox.release(conn)
    assert len(api.accepted(1001)) == 2
    row = await nudge_of(office, QUAN_THERE)
    assert (row["state"], row["why"]) == ("unsure", "timeout")
    assert len(api.accepted(1002)) == 1


async def test_what_only_waited_for_its_turn_when_the_program_died_is_no_copy(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await outbox.put(conn, [1], stage.clock.now().date(), "notice", words="[]")
        for _ in range(5):
            (claimed,) = await outbox.claim(conn, stage.clock.now(), 10, None)
            assert claimed.doubts == 0
            await outbox.release(conn)
