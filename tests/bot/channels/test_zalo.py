"""The Zalo channel before a server with the manners of the real one."""

import asyncio
import logging
from collections.abc import Iterator, Sequence

import pytest
import structlog
from markupsafe import Markup

from bot.channels.base import ChannelError, Raw, SendError
from bot.channels.zalo import ZaloChannel, channel_name
from handlers.common.conversation import Attachment, Incoming, Outgoing
from tests.bot.channels.telegram_kit import HELLO, Sleeps, Store, now, until
from tests.bot.channels.zalo_kit import brought, polling, running
from tests.zaloapi import ZaloApi


@pytest.fixture
def api() -> Iterator[ZaloApi]:
    with ZaloApi() as server:
        yield server


async def heard(api: ZaloApi, store: Store, zalo: ZaloChannel, count: int = 1) -> Incoming:
    incoming = zalo.parse((await store.holds(count))[-1])
    assert incoming is not None
    return incoming


@pytest.mark.parametrize("wrapped", [True, False])
async def test_a_text_is_brought_flat_or_in_an_envelope(api: ZaloApi, wrapped: bool) -> None:
    api.state.wrapped = wrapped
    store = Store()
    async with brought(api, store) as zalo:
        number = api.user("u1", "Trần  Lan").types("1 xong")
        incoming = await heard(api, store, zalo)
    assert (incoming.channel, incoming.chat, incoming.sender) == (zalo.name, "u1", "u1")
    assert incoming.name == "Trần Lan"
    assert (incoming.text, incoming.update_id, incoming.private) == ("1 xong", number, True)
    assert api.state.brought == [200]


async def test_an_update_that_could_not_be_stored_is_brought_again(api: ZaloApi) -> None:
    store, tries = Store(), 0

    async def accept(raws: Sequence[Raw]) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError("the disk is full")
        await store(raws)

    async with brought(api, accept):
        api.user("u1").types("một")
        await store.holds(1)
    assert api.state.brought[:1] == [503]


async def test_copies_bear_the_id_of_the_message(api: ZaloApi) -> None:
    api.state.copies = 3
    store = Store()
    async with brought(api, store):
        number = api.user("u1").types("một")
        raws = await store.holds(3)
    assert {raw.update_id for raw in raws} == {number}


async def test_polling_asks_for_one_after_another_and_takes_the_webhook_away(api: ZaloApi) -> None:
    store, lan = Store(), api.user("u1", "Lan")
    lan.types("không ai hỏi")
    async with polling(api, store) as zalo:
        for text in ("một", "hai"):
            await until(lambda: api.state.polls > 0)
            lan.types(text)
            await store.holds(len(store.raws) + 1)
        assert zalo.heard_at is not None
    assert [call.method for call in api.state.calls[:2]] == ["getMe", "deleteWebhook"]
    assert len(api.state.lost) == 1, "what is said while nobody asks is lost: hence webhooks"


async def test_a_private_address_is_refused_and_told(api: ZaloApi) -> None:
    channel = ZaloChannel(api.token, api.url, now=now, public="https://192.168.1.5", sleep=Sleeps())
    with structlog.testing.capture_logs() as log:
        async with running(channel, Store()) as zalo:
            await until(lambda: len([call for call in api.state.calls if call.method == "setWebhook"]) > 1)
            assert zalo.heard_at is None
    (told,) = [event for event in log if event["event"] == "zalo.refused"]
    assert "public https address" in told["reason"]
    assert told["log_level"] == "error"


async def test_a_webhook_that_somebody_took_away_is_set_again(api: ZaloApi) -> None:
    async with brought(api, Store()):
        api.state.webhook = None
        await until(lambda: api.state.webhook is not None)


@pytest.mark.parametrize("key", ["photo", "photo_url"])
async def test_a_picture_is_fetched_from_either_key(api: ZaloApi, key: str) -> None:
    api.state.files["a.jpg"] = b"\xff\xd8\xff picture"
    store = Store()
    async with brought(api, store) as zalo:
        api.user("u1").sends("message.image.received", **{key: f"{api.url}/files/a.jpg", "caption": "1 xong"})
        incoming = await heard(api, store, zalo)
        assert incoming.attachment is not None
        assert (incoming.text, incoming.attachment.name) == ("1 xong", "photo.jpg")
        assert await zalo.fetch(incoming.attachment) == b"\xff\xd8\xff picture"


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://10.0.0.5/x",
        "file:///etc",
    ],
)
async def test_a_picture_is_fetched_from_nowhere_near_us(api: ZaloApi, address: str) -> None:
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        with pytest.raises(SendError, match="gone"):
            await zalo.fetch(Attachment("photo.jpg", 0, address))


@pytest.mark.parametrize(
    ("event", "withheld"),
    [
        ("message.voice.received", "voice"),
        ("message.unsupported.received", "content"),
        ("message.poll.received", "content"),
    ],
)
async def test_what_brings_no_words_is_told_as_withheld(api: ZaloApi, event: str, withheld: str) -> None:
    store = Store()
    async with brought(api, store) as zalo:
        api.user("u1").sends(event, voice_url="https://x.example/a.aac")
        incoming = await heard(api, store, zalo)
    assert (incoming.withheld, incoming.text, incoming.attachment) == (withheld, "", None)


@pytest.mark.parametrize("event", ["message.sticker.received", "user.followed"])
async def test_stickers_and_unknown_events_are_stored_and_passed_over(api: ZaloApi, event: str) -> None:
    store = Store()
    async with brought(api, store) as zalo:
        api.user("u1").sends(event)
        assert zalo.parse((await store.holds(1))[0]) is None


async def test_what_has_no_chat_is_acknowledged_and_logged(api: ZaloApi) -> None:
    store = Store()
    with structlog.testing.capture_logs() as log:
        async with brought(api, store):
            api.state.hear({"event_name": "bot.paused"})
            await until(lambda: api.state.brought == [200])
    assert store.raws == []
    assert any(event["event"] == "zalo.update_without_chat" for event in log)


async def test_a_call_in_a_group_is_told_apart(api: ZaloApi) -> None:
    store = Store()
    async with brought(api, store) as zalo:
        api.user("u1").types("@Bot 1 xong", chat={"id": "g1", "chat_type": "GROUP"})
        incoming = await heard(api, store, zalo)
    assert (incoming.private, incoming.withheld, incoming.chat) == (False, "group", "-g1")


async def test_bold_words_are_bold_by_styles_in_utf16_units(api: ZaloApi) -> None:
    api.state.known.add("u1")
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        await zalo.send("u1", Outgoing(Markup("😀 <b>Còn 3 ngày</b> &amp; <i>hạn</i>")))
        api.state.takes_styles = False
        await zalo.send("u1", Outgoing(Markup("<b>Đậm</b>")))
    first, second = api.sent
    assert first.text == "😀 Còn 3 ngày & hạn"
    assert first.styles == ((3, 10, "b"), (16, 3, "i"))
    assert (second.text, second.styles) == ("Đậm", ())


@pytest.mark.parametrize(
    ("status", "envelope", "expected"),
    [
        (
            200,
            {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"},
            ("chat_gone", True, True),
        ),
        (200, {"ok": False, "error_code": 403, "description": "Forbidden"}, ("forbidden", True, True)),
        (200, {"ok": False, "error_code": 400, "description": "text"}, ("refused: text", True, False)),
        (200, {"ok": False, "error_code": 429, "description": "Quota"}, ("quota", False, False)),
        (429, {"ok": False, "error_code": 429, "description": "Quota"}, ("quota", False, False)),
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}, ("token", False, False)),
        (200, {"ok": False, "description": "?"}, ("unknown: 0: ?", False, False)),
        (502, "<html>Bad gateway</html>", ("network", False, False)),
    ],
)
async def test_what_the_server_refuses_is_refused(
    api: ZaloApi, status: int, envelope: object, expected: tuple[str, bool, bool]
) -> None:
    api.state.known.add("u1")
    api.state.refusals.append((status, envelope))
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        with pytest.raises(SendError) as refused:
            await zalo.send("u1", HELLO)
    assert (refused.value.reason, refused.value.permanent, refused.value.unreachable) == expected
    assert not refused.value.ambiguous


@pytest.mark.parametrize("answer", ["[]", "{}", "", '{"ok": 1}', "null"])
async def test_an_answer_that_is_none_leaves_open_what_happened(api: ZaloApi, answer: str) -> None:
    api.state.known.add("u1")
    api.state.refusals.append((200, answer))
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        with pytest.raises(SendError) as refused:
            await zalo.send("u1", HELLO)
    assert refused.value.ambiguous


async def test_a_lost_answer_is_ambiguous(api: ZaloApi) -> None:
    api.state.known.add("u1")
    api.state.spoilt = 1
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        with pytest.raises(SendError) as refused:
            await zalo.send("u1", HELLO)
    assert (refused.value.ambiguous, refused.value.trouble) == (True, "lost")
    assert len(api.sent) == 1


async def test_a_used_up_quota_is_told(api: ZaloApi) -> None:
    api.state.known.add("u1")
    api.state.quota = 1
    async with ZaloChannel(api.token, api.url, now=now) as zalo:
        await zalo.send("u1", HELLO)
        with pytest.raises(SendError, match="quota"):
            await zalo.send("u1", HELLO)


async def test_a_wrong_token_stops_the_start(api: ZaloApi) -> None:
    api.state.revoked = True
    with pytest.raises(ChannelError, match=r"channel\.zalo_token"):
        async with ZaloChannel(api.token, api.url, now=now):
            pass


async def test_a_token_taken_back_while_it_runs_stops_nothing_and_is_told(api: ZaloApi) -> None:
    store = Store()
    with structlog.testing.capture_logs() as log:
        async with brought(api, store) as zalo:
            api.state.revoked = True
            await until(lambda: any(event["event"] == "zalo.refused" for event in log))
            with pytest.raises(SendError) as refused:
                await zalo.send("u1", HELLO)
            assert refused.value.trouble == "away"
            api.state.revoked = False
            await until(lambda: any(event["event"] == "zalo.answers" for event in log))


async def test_it_starts_without_a_network_and_goes_on_when_there_is_one(api: ZaloApi) -> None:
    api.goes_down()
    store = Store()
    channel = ZaloChannel(api.token, api.url, now=now, sleep=Sleeps())
    async with running(channel, store) as zalo:
        await asyncio.sleep(0.1)
        api.comes_back()
        await until(lambda: api.state.polls > 0)
        api.user("u1").types("một")
        await store.holds(1)
        await zalo.probe()
    assert zalo.bot_name == "bot.nhacviec"


async def test_no_secret_is_logged_or_raised(api: ZaloApi, caplog: pytest.LogCaptureFixture) -> None:
    secret = api.token.partition(":")[2]
    with caplog.at_level(logging.DEBUG):
        async with brought(api, Store()) as zalo:
            (endpoint,) = zalo.endpoints
            api.goes_down()
            with pytest.raises(SendError) as failed:
                await zalo.send("u1", HELLO)
    shown = caplog.text + repr(failed.value) + repr(failed.value.__context__) + repr(endpoint)
    assert secret not in shown
    assert endpoint.secret not in caplog.text.replace("httpx", "") or "secret" not in caplog.text


def test_the_channel_keeps_its_name_when_the_token_is_renewed() -> None:
    assert channel_name("123:abc") == channel_name("123:xyz") != channel_name("124:abc")
    assert len(channel_name("4036089216459021187:x")) <= 16
