"""Buttons, edits, menus and files, as the Bot API server takes and refuses them."""

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.error import BadRequest

from tests.botapi import BotApi, User

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


class TestButtons:
    @pytest.mark.parametrize("data", ["", "x" * 65, "ế" * 22])
    def test_callback_data_is_1_to_64_bytes(self, api: BotApi, lan: User, data: str) -> None:
        markup = {"inline_keyboard": [[{"text": "Có", "callback_data": data}]]}
        url = f"{api.url}/bot{api.token}/sendMessage"
        answer = httpx.post(url, json={"chat_id": 1001, "text": "?", "reply_markup": markup})
        assert (answer.status_code, answer.json()["description"]) == (400, "Bad Request: BUTTON_DATA_INVALID")

    async def test_a_keyboard_has_at_most_100_buttons(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, "?", reply_markup=keyboard(*[[("a", "b" * 64)] * 4] * 25))
        with pytest.raises(BadRequest, match=r"(?i)reply markup is too long"):
            await bot.send_message(1001, "?", reply_markup=keyboard([("a", "b")], *[[("a", "b")] * 4] * 25))

    @pytest.mark.parametrize(
        "markup", ["[", "[]", '{"nonsense": 1}', '{"inline_keyboard": [[{"text": "x"}]]}']
    )
    def test_markup_that_is_none_is_refused(self, api: BotApi, lan: User, markup: str) -> None:
        url = f"{api.url}/bot{api.token}/sendMessage"
        answer = httpx.post(url, data={"chat_id": 1001, "text": "?", "reply_markup": markup})
        assert answer.status_code == 400

    async def test_a_press_reaches_the_bot_and_its_answer_the_user(self, bot: Bot, lan: User) -> None:
        await bot.send_message(
            1001, "Việc 1", reply_markup=keyboard([("Đã xong", "done:1"), ("Vướng", "stuck:1")])
        )
        newer = await bot.send_message(1001, "Việc 2", reply_markup=keyboard([("Đã xong", "done:2")]))
        press = lan.presses("Đã xong")
        query = (await bot.get_updates(offset=press.update_id))[0].callback_query
        assert query is not None
        assert query.message is not None
        assert (query.data, query.message.message_id, query.from_user.id) == (
            "done:2",
            newer.message_id,
            1001,
        )
        assert press.answer.text is None
        await query.answer("Đã ghi")
        assert press.wait_for_answer() == "Đã ghi"
        assert lan.presses("stuck:1").update_id == press.update_id + 1

    async def test_an_unknown_press_cannot_be_answered(self, bot: Bot) -> None:
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query("4711")

    async def test_a_press_on_no_such_button_fails_with_what_there_is(self, bot: Bot, lan: User) -> None:
        await bot.send_message(1001, "Việc 1", reply_markup=keyboard([("Đã xong", "done:1")]))
        with pytest.raises(AssertionError, match=r"no button 'Xin gia hạn'[\s\S]*Việc 1\n    \[Đã xong\]"):
            lan.presses("Xin gia hạn")


class TestEdits:
    async def test_an_edit_replaces_the_text_and_takes_the_buttons_off(self, bot: Bot, lan: User) -> None:
        sent = await bot.send_message(1001, "Việc 1", reply_markup=keyboard([("Đã xong", "done")]))
        edited = await bot.edit_message_text("<b>Đã ghi</b>", 1001, sent.message_id, parse_mode="HTML")
        assert isinstance(edited, type(sent))
        assert edited.text == "Đã ghi"
        (now,) = lan.messages
        assert (now.text, now.labels, now.edited) == ("Đã ghi", [], True)
        assert lan.wait_for("Đã ghi").id == sent.message_id

    async def test_buttons_alone_can_be_edited(self, bot: Bot, lan: User) -> None:
        sent = await bot.send_message(1001, "Việc 1", reply_markup=keyboard([("Đã xong", "done")]))
        await bot.edit_message_reply_markup(
            1001, sent.message_id, reply_markup=keyboard([("Mở lại", "open")])
        )
        assert lan.messages[0].labels == ["Mở lại"]

    async def test_an_edit_without_a_change_is_refused(self, bot: Bot, lan: User) -> None:
        markup = keyboard([("Đã xong", "done")])
        sent = await bot.send_message(1001, "Việc 1", reply_markup=markup)
        with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_text("Việc 1 ", 1001, sent.message_id, reply_markup=markup)
        with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_reply_markup(1001, sent.message_id, reply_markup=markup)

    async def test_only_the_bots_own_messages_can_be_edited(self, bot: Bot, lan: User) -> None:
        with pytest.raises(BadRequest, match=r"(?i)can't be edited"):
            await bot.edit_message_text("x", 1001, 1)
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("x", 1001, 4711)


class TestMenus:
    async def test_the_narrowest_scope_and_the_users_language_win(
        self, api: BotApi, bot: Bot, lan: User
    ) -> None:
        minh = api.user(1002, "Minh", language="en")
        minh.types("/start")
        await bot.set_my_commands([BotCommand("help", "Help")])
        await bot.set_my_commands([BotCommand("trogiup", "Trợ giúp")], language_code="vi")
        assert (lan.menu, minh.menu) == ([("trogiup", "Trợ giúp")], [("help", "Help")])
        scope = BotCommandScopeChat(1001)
        await bot.set_my_commands([BotCommand("viec", "Việc của tôi")], scope=scope)
        assert [command.command for command in await bot.get_my_commands(scope=scope)] == ["viec"]
        assert lan.menu == [("viec", "Việc của tôi")]
        await bot.delete_my_commands(scope=scope)
        assert lan.menu == [("trogiup", "Trợ giúp")]
        await bot.set_my_commands([BotCommand("batdau", "Bắt đầu")], scope=BotCommandScopeAllPrivateChats())
        assert lan.menu == minh.menu == [("batdau", "Bắt đầu")]
        await bot.set_my_commands([], scope=BotCommandScopeAllPrivateChats())
        assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()

    @pytest.mark.parametrize(
        ("commands", "complaint"),
        [
            ([("Viec", "x")], "BOT_COMMAND_INVALID"),
            ([("việc", "x")], "BOT_COMMAND_INVALID"),
            ([("a" * 33, "x")], "BOT_COMMAND_INVALID"),
            ([("viec", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
            ([("viec", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ],
    )
    def test_a_bad_command_is_refused(
        self, api: BotApi, commands: list[tuple[str, str]], complaint: str
    ) -> None:
        given = [{"command": name, "description": text} for name, text in commands]
        answer = httpx.post(f"{api.url}/bot{api.token}/setMyCommands", json={"commands": given})
        assert answer.json()["description"] == f"Bad Request: {complaint}"

    async def test_a_menu_needs_a_known_chat_and_a_language_of_two_letters(self, bot: Bot) -> None:
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await bot.set_my_commands([BotCommand("a", "b")], scope=BotCommandScopeChat(999))
        with pytest.raises(BadRequest, match=r"(?i)language"):
            await bot.set_my_commands([BotCommand("a", "b")], language_code="vie")


class TestFiles:
    async def test_a_file_goes_up_and_down_unchanged(self, bot: Bot, lan: User) -> None:
        data = bytes(range(256)) * 9000
        update_id = lan.uploads("Kế hoạch.docx", data, "gửi em")
        message = (await bot.get_updates(offset=update_id))[0].message
        assert message is not None
        assert message.document is not None
        assert (message.document.file_name, message.caption) == ("Kế hoạch.docx", "gửi em")
        file = await message.document.get_file()
        assert await file.download_as_bytearray() == data

    async def test_a_file_over_20_mb_cannot_be_fetched(self, bot: Bot, lan: User) -> None:
        lan.uploads("to.pdf", bytes(20 * 1024 * 1024 + 1))
        message = (await bot.get_updates(offset=-1))[0].message
        assert message is not None
        assert message.document is not None
        with pytest.raises(BadRequest, match=r"(?i)file is too big"):
            await message.document.get_file()

    async def test_the_bot_sends_documents_and_photos(self, bot: Bot, lan: User) -> None:
        sent = await bot.send_document(
            1001, b"report", caption="<b>Báo cáo</b>", parse_mode="HTML", filename="b.docx"
        )
        await bot.send_photo(1001, PNG, reply_markup=keyboard([("Xem", "see")]))
        document, photo = lan.messages
        assert document.file is not None
        assert photo.file is not None
        assert (document.text, document.file.name, document.file.data) == ("Báo cáo", "b.docx", b"report")
        assert (photo.file.kind, photo.file.data, photo.labels) == ("photo", PNG, ["Xem"])
        assert sent.document is not None
        await bot.send_document(1001, sent.document.file_id)
        assert lan.messages[2].file == document.file

    async def test_bad_files_are_refused(self, bot: Bot, lan: User) -> None:
        with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
            await bot.send_photo(1001, b"no picture")
        with pytest.raises(BadRequest, match=r"(?i)non-empty"):
            await bot.send_document(1001, b"")
        with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
            await bot.send_document(1001, "DOCUMENT-4711")
        with pytest.raises(BadRequest, match=r"(?i)caption is too long"):
            await bot.send_document(1001, b"x", caption="x" * 1025)
