"""What a test does as a user, and what it may rely on; a bot in another process; many messages."""

import asyncio
import subprocess
import sys
import time

import httpx
import pytest
from telegram import Bot

from tests.botapi import BotApi, User
from tests.botapi.entities import parse


class TestHelpers:
    async def test_waiting_looks_only_at_what_is_new(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, "Tình hình: cũ")
        lan.types("/status")
        with pytest.raises(
            AssertionError, match=r"waited 0.05 s[\s\S]*Tình hình: cũ[\s\S]*sendMessage chat=1001 -> 200"
        ):
            lan.wait_for("Tình hình", timeout=0.05)
        lan.hears_nothing(0.05)
        sending = asyncio.create_task(bot.send_message(1001, "Tình hình: mới"))
        message = await asyncio.to_thread(lan.wait_for, "Tình hình")
        await sending
        assert message.text == "Tình hình: mới"
        assert lan.wait_for("Tình hình", anywhere=True).text == "Tình hình: cũ"

    async def test_hearing_something_breaks_the_silence(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, "nhắc")
        with pytest.raises(AssertionError, match="nhắc"):
            lan.hears_nothing(0.01)

    async def test_a_send_knows_which_updates_came_before_it(self, api: BotApi, bot: Bot) -> None:
        lan, minh = api.user(1001, "Lan"), api.user(1002, "Minh")
        first, second = lan.types("một"), minh.types("hai")
        await bot.get_updates()
        await bot.get_updates(offset=second)
        await bot.send_message(1001, "đã nghe")
        (sent,) = api.accepted(1001)
        assert (sent.last_update, sent.confirmed) == (first, first)

    def test_people_cannot_do_what_their_phones_would_not_let_them(self, lan: User) -> None:
        with pytest.raises(AssertionError, match="4096"):
            lan.types("x" * 4097)
        lan.blocks_bot()
        with pytest.raises(AssertionError, match="blocked"):
            lan.types("chào")

    async def test_commands_are_marked_as_such(self, bot: Bot, lan: User) -> None:
        message = (await bot.get_updates())[0].message
        assert message is not None
        assert list(message.parse_entities().values()) == ["/start"]

    def test_white_space_around_a_text_goes_and_its_formatting_with_it(self) -> None:
        formatted = parse("\n <b> đậm </b>\n", "HTML")
        assert formatted.text == "đậm"
        assert [(entity.offset, entity.length) for entity in formatted.entities] == [(0, 3)]


ECHO = """
import asyncio, sys
from telegram import Bot
async def main(token, url, count):
    async with Bot(token, base_url=f"{url}/bot") as bot:
        offset = 0
        while count:
            for update in await bot.get_updates(offset=offset, timeout=5):
                await bot.send_message(update.message.chat.id, "vâng: " + update.message.text)
                offset, count = update.update_id + 1, count - 1
asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def test_a_bot_in_another_process_answers_everybody(api: BotApi) -> None:
    users = [api.user(2000 + number) for number in range(50)]
    with subprocess.Popen([sys.executable, "-c", ECHO, api.token, api.url, "200"]) as process:
        for turn in range(4):
            for user in users:
                user.types(f"lần {turn}")
        for user in users:
            assert user.wait_for("lần 3", anywhere=True, timeout=10)
        assert process.wait(10) == 0
    assert all(
        [sent.text for sent in api.accepted(user.id)] == [f"vâng: lần {n}" for n in range(4)]
        for user in users
    )


async def test_thousands_of_messages_take_time_in_proportion(api: BotApi) -> None:
    """20,000 updates of one chat, handed out and confirmed a hundred at a time."""
    lan = api.user(1001, "Lan")
    began = time.monotonic()
    for number in range(20_000):
        lan.types(str(number))
    url, offset = f"{api.url}/bot{api.token}/getUpdates", 0
    async with httpx.AsyncClient() as client:
        while batch := (await client.get(url, params={"offset": offset})).json()["result"]:
            offset = batch[-1]["update_id"] + 1
    assert api.pending == 0
    assert time.monotonic() - began < 5
