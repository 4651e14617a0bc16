"""The Bot API server's limits and faults: what a bot meets, and what has taken effect all the same."""

import asyncio
import socket
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.botapi import LENIENT, STRICT, BotApi, Limits, Refusal, User
from tests.botapi.client import connect
from tests.botapi.errors import Refused
from tests.botapi.limits import Limiter


class TestLimits:
    def test_the_strict_limits_are_telegrams(self) -> None:
        now = 0.0
        refusals: list[Refusal] = []
        limiter = Limiter(STRICT, refusals, lambda: now)

        def admitted(chats: list[int]) -> int:
            before = len(refusals)
            for chat in chats:
                try:
                    limiter.admit(chat)
                except Refused:
                    continue
            return len(chats) - (len(refusals) - before)

        assert admitted([1] * 5) == 3
        now = 0.9
        assert admitted([1]) == 0
        now = 1.0
        assert admitted([1] * 5) == 1
        now = 100.0
        assert admitted(list(range(1, 41))) == 30
        now = 100.99
        assert admitted([50]) == 0
        now = 101.0
        assert admitted(list(range(50, 90))) == 30
        now = 200.0
        assert admitted([-5] * 25) == 20
        now = 259.9
        assert admitted([-5]) == 0
        now = 260.0
        assert admitted([-5]) == 1

    def test_read_leniently_thirty_come_at_once_and_then_thirty_a_second(self) -> None:
        now = 0.0
        limiter = Limiter(LENIENT, [], lambda: now)

        def admitted(count: int) -> int:
            taken = 0
            for _ in range(count):
                chats.append(len(chats) + 1)
                try:
                    limiter.admit(chats[-1])
                except Refused:
                    continue
                taken += 1
            return taken

        chats: list[int] = []
        assert admitted(40) == 30
        now = 0.5
        assert admitted(40) == 15
        now = 1.5
        assert admitted(40) == 30

    async def test_too_much_is_refused_with_the_time_to_wait(self) -> None:
        with BotApi(limits=Limits(overall=1000, private_burst=2, group=20)) as api:
            async with connect(api) as bot:
                api.user(1001, "Lan").types("/start")
                api.group(-500, "Tổ công tác")
                await bot.send_message(1001, "một")
                await bot.send_message(1001, "hai")
                with pytest.raises(RetryAfter) as refused:
                    await bot.send_message(1001, "ba")
                assert refused.value.retry_after == timedelta(seconds=1)
                for number in range(20):
                    await bot.send_message(-500, str(number))
                with pytest.raises(RetryAfter) as refused:
                    await bot.send_message(-500, "20")
                assert timedelta(seconds=50) < _as_timedelta(refused.value) <= timedelta(minutes=1)
            assert [(refusal.chat, refusal.rule) for refusal in api.log.refusals] == [
                (1001, "chat"),
                (-500, "chat"),
            ]
            assert len(api.accepted(1001)) == 2


def _as_timedelta(refused: RetryAfter) -> timedelta:
    assert isinstance(refused.retry_after, timedelta)
    return refused.retry_after


class TestFaults:
    async def test_a_proxys_error_page_before_and_after_accepting(
        self, api: BotApi, bot: Bot, lan: User
    ) -> None:
        api.faults.fail(502, method="sendMessage", times=1)
        await bot.get_me()
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "một")
        assert api.accepted(1001) == []
        api.faults.fail(500, html=False, method="send*", accepted=True, times=1)
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "hai")
        await bot.send_message(1001, "ba")
        assert [sent.text for sent in api.accepted(1001)] == ["hai", "ba"]
        assert [
            (entry.status, entry.accepted) for entry in api.log.requests if entry.method == "sendMessage"
        ] == [
            (502, False),
            (500, True),
            (200, True),
        ]

    async def test_a_line_cut_before_and_after_accepting(self, api: BotApi, bot: Bot, lan: User) -> None:
        with api.faults.drop_before(chat=1001), pytest.raises(NetworkError):
            await bot.send_message(1001, "một")
        api.faults.drop_after(method="sendMessage", times=1)
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "hai")
        await bot.send_message(1001, "ba")
        assert [sent.text for sent in api.accepted(1001)] == ["hai", "ba"]
        assert api.log.statuses("sendMessage") == [0, 0, 200]

    async def test_a_refused_call_does_not_use_up_a_fault(self, api: BotApi, bot: Bot, lan: User) -> None:
        fault = api.faults.drop_after(method="sendMessage", times=1)
        with pytest.raises(BadRequest):
            await bot.send_message(1001, "")
        assert fault.struck == 0
        with pytest.raises(NetworkError):
            await bot.send_message(1001, "một")
        assert fault.struck == 1

    async def test_garbage_instead_of_json(self, api: BotApi, bot: Bot, lan: User) -> None:
        api.faults.garble(times=1)
        with pytest.raises(TelegramError):
            await bot.send_message(1001, "một")
        assert api.accepted(1001) == []

    async def test_a_late_answer_may_hide_a_message_that_arrived(self, api: BotApi, lan: User) -> None:
        async with connect(api, read_timeout=0.1) as bot:
            api.faults.delay(0.3, accepted=True, method="sendMessage", times=1)
            with pytest.raises(TimedOut):
                await bot.send_message(1001, "một")
            assert lan.wait_for("một", anywhere=True)
            api.faults.delay(0.3, method="sendMessage", times=1)
            with pytest.raises(TimedOut):
                await bot.send_message(1001, "hai")
            assert len(lan.messages) == 1
            assert lan.wait_for("hai", timeout=2), "taken, though its sender has long given up"

    async def test_floods_strike_one_chat_a_number_of_times(self, api: BotApi, bot: Bot, lan: User) -> None:
        minh = api.user(1002, "Minh")
        minh.types("/start")
        api.faults.flood(7, chat=1001, times=2)
        for _ in range(2):
            with pytest.raises(RetryAfter, match="7"):
                await bot.send_message(1001, "một")
            await bot.send_message(1002, "một")
        await bot.send_message(1001, "một")

    async def test_down_and_back_on_the_same_port(self, api: BotApi, bot: Bot, lan: User) -> None:
        (update,) = await bot.get_updates()
        waiting = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=20))
        await asyncio.sleep(0.1)
        with api.down():
            with pytest.raises(NetworkError):
                await waiting
            with pytest.raises(NetworkError):
                await bot.send_message(1001, "một")
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", api.port), timeout=1)
            lan.types("có ai không?")
        await bot.send_message(1001, "hai")
        assert [sent.text for sent in api.accepted(1001)] == ["hai"]
        assert (await bot.get_updates())[-1].message is not None

    async def test_a_revoked_token_is_unauthorized_from_then_on(
        self, api: BotApi, bot: Bot, lan: User
    ) -> None:
        api.revokes_token()
        with pytest.raises(InvalidToken):
            await bot.send_message(1001, "một")
        api.restores_token()
        await bot.send_message(1001, "hai")
