"""The test suite's Bot API server, seen through real HTTP: calls, updates, messages."""

import asyncio
import time

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden

from tests.botapi import BotApi, User


class TestTokensAndPaths:
    async def test_the_bot_learns_who_it_is(self, bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.username, me.is_bot, me.id) == ("nhacviec_bot", True, 7000000001)

    def test_an_unknown_token_is_unauthorized(self, api: BotApi) -> None:
        answer = httpx.get(f"{api.url}/bot999:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe")
        assert answer.status_code == 401
        assert answer.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}

    @pytest.mark.parametrize(
        "path", ["/bot<token>/getMe", "/bot{token}/noSuchMethod", "/bot{token}", "/", "/file/bot{token}/no"]
    )
    def test_a_malformed_token_and_an_unknown_path_are_not_found(self, api: BotApi, path: str) -> None:
        answer = httpx.get(api.url + path.format(token=api.token))
        assert (answer.status_code, answer.json()["ok"]) == (404, False)

    def test_parameters_come_as_query_form_multipart_and_json(self, api: BotApi, lan: User) -> None:
        url = f"{api.url}/bot{api.token}/sendmessage"
        httpx.get(url, params={"chat_id": 1001, "text": "một"})
        httpx.post(url, data={"chat_id": 1001, "text": "hai"})
        httpx.post(url, data={"chat_id": 1001, "text": "ba"}, files={"unused": b"x"})
        httpx.post(url, json={"chat_id": "1001", "text": "bốn"})
        assert [message.text for message in lan.messages] == ["một", "hai", "ba", "bốn"]

    @pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff"])
    def test_a_body_that_is_no_json_object_is_refused(self, api: BotApi, body: bytes) -> None:
        url = f"{api.url}/bot{api.token}/sendMessage"
        answer = httpx.post(url, content=body, headers={"content-type": "application/json; charset=utf-8"})
        assert answer.status_code == 400


class TestUpdates:
    async def test_an_update_comes_again_until_a_higher_offset_confirms_it(
        self, api: BotApi, bot: Bot
    ) -> None:
        lan = api.user(1001, "Lan")
        first, second = lan.types("một"), lan.types("hai")
        assert [update.update_id for update in await bot.get_updates()] == [first, second]
        assert [update.update_id for update in await bot.get_updates(limit=1)] == [first]
        assert [update.update_id for update in await bot.get_updates(offset=second)] == [second]
        assert (api.pending, api.confirmed) == (1, first)
        assert await bot.get_updates(offset=second + 1) == ()
        assert await bot.get_updates(offset=first) == ()

    async def test_a_negative_offset_keeps_the_last_ones_only(self, api: BotApi, bot: Bot, lan: User) -> None:
        lan.types("hai")
        last = lan.types("ba")
        assert [update.update_id for update in await bot.get_updates(offset=-1)] == [last]
        assert [update.update_id for update in await bot.get_updates()] == [last]

    async def test_a_long_poll_returns_as_soon_as_something_comes(self, api: BotApi, bot: Bot) -> None:
        waiting = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        api.user(1001, "Lan").types("xin chào")
        (update,) = await waiting
        assert time.monotonic() - began < 1
        assert update.message is not None
        assert (update.message.text, update.effective_chat and update.effective_chat.id) == ("xin chào", 1001)

    async def test_a_long_poll_ends_empty_at_its_timeout(self, bot: Bot) -> None:
        began = time.monotonic()
        assert await bot.get_updates(timeout=1) == ()
        assert 0.9 < time.monotonic() - began < 3

    async def test_a_second_poller_ends_the_first(self, api: BotApi, bot: Bot) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        api.user(1001).types("a")
        assert len(await second) == 1

    def test_a_poller_that_hung_up_is_no_conflict(self, api: BotApi) -> None:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{api.url}/bot{api.token}/getUpdates?timeout=20", timeout=0.1)
        api.wait_until(lambda: api.log.statuses("getUpdates") == [499])

    async def test_only_the_kinds_asked_for_are_kept(self, api: BotApi, bot: Bot, lan: User) -> None:
        yes = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="yes")]])
        await bot.send_message(1001, "?", reply_markup=yes)
        await bot.get_updates(allowed_updates=["message"])
        assert lan.presses("Có").update_id == 0
        await bot.get_updates(allowed_updates=[])
        assert lan.presses("Có").update_id != 0

    def test_garbage_is_handed_out_as_it_is(self, api: BotApi) -> None:
        api.raw_update({"message": 5})
        api.raw_update({"update_id": 800_000_000, "message": {"text": None}})
        api.raw_update({"message": "no id"}, numbered=False)
        api.raw_update(["not", "an", "object"])
        got = httpx.get(f"{api.url}/bot{api.token}/getUpdates").json()["result"]
        assert [entry["update_id"] for entry in got[:2]] == [700_000_001, 800_000_000]
        assert got[2:] == [{"message": "no id"}, ["not", "an", "object"]]
        httpx.get(f"{api.url}/bot{api.token}/getUpdates?offset=800000001")
        assert api.pending == 2

    async def test_a_confirmed_update_can_be_redelivered_once(self, api: BotApi, bot: Bot) -> None:
        update_id = api.user(1001).types("một")
        await bot.get_updates(offset=update_id + 1)
        api.redeliver(update_id)
        assert [update.update_id for update in await bot.get_updates(offset=update_id + 1)] == [update_id]
        assert await bot.get_updates(offset=update_id + 1) == ()

    async def test_deleting_the_webhook_can_drop_what_waits(self, api: BotApi, bot: Bot, lan: User) -> None:
        assert (await bot.get_webhook_info()).pending_update_count == 1
        assert await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()


class TestMessages:
    async def test_a_chat_that_never_wrote_is_not_found(self, api: BotApi, bot: Bot) -> None:
        api.user(1002, "Minh")
        for chat in (1002, 999, "@somebody"):
            with pytest.raises(BadRequest, match=r"(?i)chat not found"):
                await bot.send_message(chat, "chào")

    @pytest.mark.parametrize("text", ["", "   ", "<b> </b>"])
    async def test_an_empty_text_is_refused(self, bot: Bot, lan: User, text: str) -> None:
        with pytest.raises(BadRequest, match=r"(?i)message text is empty"):
            await bot.send_message(1001, text, parse_mode="HTML")

    async def test_length_is_counted_in_utf16_units_after_parsing(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, f"<b>{'ế' * 4095}&amp;</b>", parse_mode="HTML")
        assert len(lan.messages[0].text) == 4096
        with pytest.raises(BadRequest, match=r"(?i)message is too long"):
            await bot.send_message(1001, "🔔" * 2048 + "x")
        assert len(lan.messages) == 1

    async def test_html_reaches_people_as_formatted_text(self, bot: Bot, lan: User) -> None:
        html = 'Chào <b>Lan</b>: <a href="https://example.org/?a=1&amp;b=2">3 &lt; 4 🔔</a> & <i>hết</i>'
        message = await bot.send_message(1001, html, parse_mode="HTML")
        assert lan.messages[0].text == message.text == "Chào Lan: 3 < 4 🔔 & hết"
        assert lan.messages[0].html == html
        assert message.parse_entities() == {
            message.entities[0]: "Lan",
            message.entities[1]: "3 < 4 🔔",
            message.entities[2]: "hết",
        }
        assert message.entities[1].url == "https://example.org/?a=1&b=2"

    @pytest.mark.parametrize(
        "html",
        ["a < b", "<5 ngày>", "<b>mở", "<b><i>chéo</b></i>", "</b>", "<table>x</table>", "<a href='x>y</a>",
         "<span>x</span>", "<b", "Sở <Tài chính>"],
    )  # fmt: skip
    async def test_broken_markup_is_refused(self, bot: Bot, lan: User, html: str) -> None:
        with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
            await bot.send_message(1001, html, parse_mode="HTML")

    async def test_without_a_parse_mode_markup_is_plain_text(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, "a < b <b>x")
        assert lan.messages[0].text == "a < b <b>x"

    async def test_blocked_and_deactivated_are_forbidden(self, api: BotApi, bot: Bot, lan: User) -> None:
        lan.blocks_bot()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(1001, "chào")
        update = (await bot.get_updates())[-1]
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == "kicked"
        lan.unblocks_bot()
        await bot.send_message(1001, "chào lại")
        lan.deletes_account()
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_chat_action(1001, "typing")

    async def test_a_migrated_group_names_its_new_id(self, api: BotApi, bot: Bot) -> None:
        group = api.group(-500, "Tổ công tác")
        await bot.send_message(-500, "chào")
        moved = group.migrates_to(-100500)
        with pytest.raises(ChatMigrated) as refused:
            await bot.send_message(-500, "chào")
        assert refused.value.new_chat_id == -100500
        await bot.send_message(-100500, "chào nhà mới")
        assert [message.text for message in moved.messages] == ["chào nhà mới"]
        assert [u.message and u.message.migrate_to_chat_id for u in await bot.get_updates()] == [
            -100500,
            None,
        ]

    async def test_a_group_that_removed_the_bot_is_forbidden(self, api: BotApi, bot: Bot) -> None:
        api.group(-500, "Tổ công tác").removes_bot()
        with pytest.raises(Forbidden, match="kicked"):
            await bot.send_message(-500, "chào")

    async def test_a_typing_notice_must_be_a_known_one(self, bot: Bot, lan: User) -> None:
        await bot.send_chat_action(1001, "typing")
        assert lan.chat.actions == ["typing"]
        with pytest.raises(BadRequest, match="action"):
            await bot.send_chat_action(1001, "singing")

    async def test_replies_point_both_ways(self, api: BotApi, bot: Bot, lan: User) -> None:
        asked = await bot.send_message(1001, "Xong chưa?")
        lan.replies("Rồi", lan.messages[0])
        heard = (await bot.get_updates())[-1].message
        assert heard is not None
        assert heard.reply_to_message is not None
        assert heard.reply_to_message.message_id == asked.message_id
        answer = await bot.send_message(1001, "Cảm ơn", reply_to_message_id=heard.message_id)
        assert answer.reply_to_message is not None
        assert answer.reply_to_message.text == "Rồi"
        with pytest.raises(BadRequest, match=r"(?i)replied not found"):
            await bot.send_message(1001, "Cảm ơn", reply_to_message_id=4711)
