import asyncio
from collections.abc import Iterator

import pytest
import structlog
from markupsafe import Markup
from telegram import error

from bot.channels.base import SendError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_errors import UNREACHABLE, send_error
from bot.channels.telegram_http import Garbled, TooFast
from handlers.common.conversation import Attachment, Choice, MenuEntry, Outgoing, Paper
from tests.bot.channels.telegram_kit import Store, channel, fails, now, receiving, serving
from tests.botapi import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    with serving() as server:
        yield server


async def test_a_message_arrives_with_its_markup_and_buttons(api: BotApi) -> None:
    lan = api.user(1001, "Lan")
    lan.types("/start")
    rows = ((Choice("Đã xong", "done:1"), Choice("Đang làm", "doing:1")), (Choice("Vướng", "stuck:1"),))
    text = Markup("<b>Việc {}</b>: <i>{}</i>").format(3, "Sở A & 'B' <C>")
    async with channel(api) as telegram:
        sent = await telegram.send("1001", Outgoing(text, rows))

    (got,) = lan.messages
    assert (str(got.id), got.text) == (sent, "Việc 3: Sở A & 'B' <C>")
    assert [entity.type for entity in got.entities] == ["bold", "italic"]
    assert [[(b.text, b.data) for b in row] for row in got.buttons] == [
        [("Đã xong", "done:1"), ("Đang làm", "doing:1")],
        [("Vướng", "stuck:1")],
    ]


async def test_a_notice_is_put_in_the_place_of_the_last(api: BotApi) -> None:
    lan = api.user(1001, "Lan")
    lan.types("/start")
    async with channel(api) as telegram:
        first = await telegram.send("1001", Outgoing(Markup("Đang đọc trang 2/17…"), is_notice=True))
        later = Outgoing(Markup("Đang đọc trang 5/17…"), is_notice=True, replaces=first)
        assert await telegram.send("1001", later) == first
    assert [got.text for got in lan.messages] == ["Đang đọc trang 5/17…"]


async def test_papers_follow_the_text_and_the_menu_is_set(api: BotApi) -> None:
    lan, an = api.user(1001, "Lan"), api.user(1002, "An")
    lan.types("/start")
    papers = (Paper("báo cáo.docx", b"one"), Paper("b.xlsx", b"two"))
    async with channel(api) as telegram:
        await telegram.set_default_menu((MenuEntry("start", "Bắt đầu"),))
        sent = await telegram.send("1001", Outgoing(Markup("Đây"), (), papers, (MenuEntry("viec", "Việc"),)))

    assert [(got.text, got.file and (got.file.name, got.file.data)) for got in lan.messages] == [
        ("Đây", None),
        ("", ("báo cáo.docx", b"one")),
        ("", ("b.xlsx", b"two")),
    ]
    assert sent == str(lan.messages[0].id)
    assert (list(lan.menu), list(an.menu)) == ([("viec", "Việc")], [("start", "Bắt đầu")])


async def test_a_paper_goes_without_words_too(api: BotApi) -> None:
    lan = api.user(1001, "Lan")
    lan.types("/start")
    async with channel(api) as telegram:
        await telegram.send("1001", Outgoing(Markup(""), papers=(Paper("a.xlsx", b"x"),)))

    assert [got.file is not None for got in lan.messages] == [True]


async def test_a_refused_menu_does_not_lose_the_message(api: BotApi) -> None:
    lan = api.user(1001, "Lan")
    lan.types("/start")
    async with channel(api) as telegram:
        with structlog.testing.capture_logs() as logs:
            await telegram.send("1001", Outgoing(Markup("Chào"), menu=(MenuEntry("Không Được", "x"),)))

    assert [got.text for got in lan.messages] == ["Chào"]
    assert [entry["event"] for entry in logs] == ["telegram.menu_refused"]


def facts_of(failure: SendError) -> tuple[str, bool, float | None, bool, str | None]:
    return (failure.reason, failure.permanent, failure.retry_after, failure.ambiguous, failure.moved_to)


async def test_a_chat_that_is_lost_is_told_from_one_that_is_busy(api: BotApi) -> None:
    people = [api.user(1001 + number, "Lan") for number in range(4)]
    for person in people:
        person.types("/start")
    group = api.group(-7, "Tổ")
    group.migrates_to(-1007)
    away = api.group(-8, "Tổ")
    away.removes_bot()
    people[0].blocks_bot()
    people[1].deletes_account()
    api.faults.flood(11, chat=1003)
    async with channel(api) as telegram:
        chats = ("1001", "1002", "4444", "-8", "-7", "1003")
        failures = [facts_of(await fails(telegram, chat)) for chat in chats]

    assert failures == [
        ("blocked", True, None, False, None),
        ("deactivated", True, None, False, None),
        ("chat_gone", True, None, False, None),
        ("kicked", True, None, False, None),
        ("moved", False, None, False, "-1007"),
        ("too_fast", False, 11.0, False, None),
    ]
    assert {reason for reason, *_ in failures[:4]} <= UNREACHABLE


async def test_a_message_that_is_refused_is_no_lost_chat(api: BotApi) -> None:
    api.user(1001, "Lan").types("/start")
    async with channel(api) as telegram:
        broken = await fails(telegram, message=Outgoing(Markup("<b>x")))
        long = await fails(telegram, message=Outgoing(Markup("x").ljust(4097, "x")))
        blank = await fails(telegram, message=Outgoing(Markup(" ")))

    assert broken.reason.startswith("refused: Can't parse entities")
    assert (long.reason, blank.reason) == ("too_long", "refused: Message text is empty")
    assert all(failure.permanent for failure in (broken, long, blank))
    assert not UNREACHABLE & {broken.reason, long.reason, blank.reason}


async def test_it_says_whether_a_lost_message_may_have_arrived(api: BotApi) -> None:
    lan = api.user(1001, "Lan")
    lan.types("/start")
    async with channel(api) as telegram:
        with api.faults.drop_after(method="sendMessage", times=1):
            cut = await fails(telegram)
        with api.faults.garble(accepted=True, method="sendMessage", times=1):
            garbled = await fails(telegram)
        with api.down():
            refused = await fails(telegram)

        with api.faults.fail(502, method="sendMessage", times=1):
            page = await fails(telegram)
        with api.faults.fail(503, html=False, method="sendMessage", times=1):
            fault = await fails(telegram)

    assert len(lan.messages) == 2
    failures = (cut, garbled, refused, page, fault)
    assert not any(failure.permanent for failure in failures)
    assert [(failure.trouble, failure.ambiguous) for failure in failures] == [
        ("lost", True),
        ("faulty", False),
        ("away", False),
        ("faulty", False),
        ("faulty", False),
    ]


async def test_a_result_that_cannot_be_read_is_a_message_that_may_have_arrived() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().partition(b"content-length:")[2].split()[0]))
        me = b'{"id": 1, "is_bot": true, "first_name": "", "username": "b"}'
        result = b'{"ok": true, "result": %s}' % (me if b"/getMe" in head else b"[]")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + result)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, TelegramChannel("1:secret", url, now=now) as telegram:
        failure = await fails(telegram)

    assert (failure.reason, failure.ambiguous) == ("garbled", True)


async def test_a_lost_paper_after_the_text_is_never_reason_to_send_the_text_again(api: BotApi) -> None:
    api.user(1001, "Lan").types("/start")
    api.faults.flood(9, method="sendDocument")
    async with channel(api) as telegram:
        failure = await fails(telegram, message=Outgoing(Markup("x"), papers=(Paper("a", b"x"),)))

    assert (failure.ambiguous, failure.retry_after) == (True, 9.0)


@pytest.mark.parametrize(
    "failure", [error.NetworkError("Bad Gateway"), Garbled("x"), error.TelegramError("x")]
)
def test_an_answer_that_is_none_of_the_servers_own_is_a_fault_on_the_way(
    failure: error.TelegramError,
) -> None:
    error_seen = send_error(failure, "secret")
    assert (error_seen.trouble, error_seen.ambiguous, error_seen.permanent) == ("faulty", False, False)


async def test_the_harmless_question_tells_whether_the_server_is_there(api: BotApi) -> None:
    async with channel(api) as telegram:
        await telegram.probe()
        with api.down(), pytest.raises(SendError) as away:
            await telegram.probe()
        api.revokes_token()
        with pytest.raises(SendError) as revoked:
            await telegram.probe()

    assert (away.value.trouble, revoked.value.trouble) == ("away", "away")
    assert not api.log.sends


def test_every_error_of_the_library_has_a_word_of_ours() -> None:
    kinds = [
        error.Forbidden("x"),
        error.BadRequest("x"),
        error.InvalidToken("x"),
        error.EndPointNotFound("x"),
        error.Conflict("x"),
        error.NetworkError("Request Entity Too Large"),
        TooFast(3),
        error.TelegramError("x secret y"),
    ]
    reasons = [send_error(kind, "secret").reason.partition(":")[0] for kind in kinds]

    assert reasons == ["forbidden", "refused", "token", "token", "conflict", "too_big", "too_fast", "unknown"]
    assert send_error(kinds[-1], "secret").reason == "unknown: x *** y"


async def test_a_file_that_was_sent_can_be_read(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    lan.uploads("kế hoạch.docx", b"PK\x03\x04", "xin gửi")
    async with receiving(api, store) as telegram:
        incoming = telegram.parse((await store.holds(1))[0])
        assert incoming is not None
        assert incoming.attachment is not None
        data = await telegram.fetch(incoming.attachment)

    assert (incoming.attachment.name, incoming.text, data) == ("kế hoạch.docx", "xin gửi", b"PK\x03\x04")


async def test_a_file_that_is_too_big_or_gone_is_told(api: BotApi) -> None:
    async with channel(api) as telegram:
        with pytest.raises(SendError, match="too_big"):
            await telegram.fetch(Attachment("a.pdf", 20_000_001, "F"))
        with pytest.raises(SendError, match="refused") as gone:
            await telegram.fetch(Attachment("a.pdf", 5, "nothing"))

    assert gone.value.permanent
