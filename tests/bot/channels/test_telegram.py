import asyncio
import logging
import time
from collections.abc import Iterator, Sequence

import pytest
import structlog
from markupsafe import Markup
from telegram import error

from bot.channels.base import ChannelError, Raw
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_polling import LONGEST_PAUSE, Rivalry, pause_after
from handlers.common.conversation import Choice, Incoming, Outgoing
from tests.bot.channels.telegram_kit import (
    HELLO,
    NOW,
    Sleeps,
    Store,
    channel,
    everything,
    fails,
    now,
    receiving,
    serving,
    until,
)
from tests.botapi import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    with serving() as server:
        yield server


async def test_an_update_is_confirmed_only_after_it_has_been_stored(api: BotApi) -> None:
    pending: list[int] = []
    store = Store()

    async def accept(raws: Sequence[Raw]) -> None:
        await asyncio.sleep(0.05)
        pending.append(api.pending)
        await store(raws)

    update = api.user(1001, "Lan").types("/start")
    async with receiving(api, accept):
        await until(lambda: api.confirmed == update)

    assert pending == [1]
    assert [(raw.update_id, raw.chat) for raw in store.raws] == [(str(update), "1001")]


async def test_what_could_not_be_stored_comes_again(api: BotApi) -> None:
    update = api.user(1001, "Lan").types("/start")

    async def broken(_: Sequence[Raw]) -> None:
        raise OSError("the disk is full")

    async with channel(api) as telegram:
        with pytest.raises(OSError, match="the disk is full"):
            await telegram.run(broken)

    assert api.pending == 1
    store = Store()
    async with receiving(api, store):
        (raw,) = await store.holds(1)
    assert raw.update_id == str(update)


async def test_an_update_that_cannot_be_understood_holds_up_nobody(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    broken = [
        {"message": "words"},
        {"message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "no date"}},
        {"callback_query": {"id": "1"}},
        {"message": {"chat": {"id": "five"}}},
    ]
    for payload in broken:
        api.raw_update(payload)
    api.raw_update("no object", numbered=False)
    lan.types("việc")
    async with receiving(api, store) as telegram:
        raws = await store.holds(5)
        await until(lambda: api.pending == 0)
        for raw in raws[:4]:
            with pytest.raises((ValueError, KeyError, TypeError)):
                telegram.parse(raw)
        incoming = telegram.parse(raws[4])

    assert incoming is not None
    assert incoming.text == "việc"
    assert [raw.chat for raw in raws] == ["0", "5", "0", "0", "1001"]


async def test_it_knows_its_own_name_before_it_receives(api: BotApi) -> None:
    async with channel(api) as telegram:
        assert telegram.username == "nhacviec_bot"


async def test_it_takes_any_webhook_away_and_learns_its_own_name(api: BotApi) -> None:
    api.user(1001, "Lan").types("/start")
    async with receiving(api, Store()) as telegram:
        await until(lambda: telegram.heard_at is not None)

    assert telegram.username == "nhacviec_bot"
    assert api.log.statuses("deleteWebhook") == [200]


async def test_the_time_of_the_last_good_poll_can_be_watched(api: BotApi) -> None:
    before, lan = time.monotonic(), api.user(1001, "Lan")
    lan.types("một")
    async with receiving(api, Store()) as telegram:
        assert telegram.heard_at is None
        await until(lambda: telegram.heard_at is not None)
        first = telegram.heard_at
        lan.types("hai")
        await until(lambda: telegram.heard_at != first)
        assert telegram.heard_at is not None
        assert before < telegram.heard_at <= time.monotonic()


@pytest.mark.parametrize("trouble", ["down", "502", "404 page", "garbage", "cut", "500", "no list"])
async def test_no_trouble_on_the_way_ends_the_receiving(api: BotApi, trouble: str) -> None:
    lan, store, sleeps = api.user(1001, "Lan"), Store(), Sleeps()
    with structlog.testing.capture_logs() as logs:
        async with receiving(api, store, sleep=sleeps):
            lan.types("một")
            await store.holds(1)
            match trouble:
                case "down":
                    api.goes_down()
                case "502":
                    api.faults.fail(502, method="getUpdates")
                case "404 page":
                    api.faults.fail(404, method="getUpdates")
                case "garbage":
                    api.faults.garble(method="getUpdates")
                case "cut":
                    api.faults.drop_before(method="getUpdates")
                case "500":
                    api.faults.fail(500, html=False, method="getUpdates")
                case _:
                    api.raw_update([1, 2], numbered=False)
            if trouble not in ("down", "no list"):
                lan.types("hai")  # ends the question that is still open
            await until(lambda: len(sleeps.asked) >= 3)
            api.faults.clear()
            api.comes_back()
            lan.types("ba")
            await until(lambda: "ba" in str(store.raws[-1].payload))

    events = [entry["event"] for entry in logs]
    assert events.count("telegram.silent") == 1
    assert events.count("telegram.answers") == 1
    assert sleeps.asked[0] <= 1.0 < sleeps.asked[2] * 2


async def test_it_starts_without_a_network_and_goes_on_when_there_is_one(api: BotApi) -> None:
    store = Store()
    api.goes_down()
    async with receiving(api, store) as telegram:
        await asyncio.sleep(0.2)
        assert telegram.username is None
        api.comes_back()
        api.user(1001, "Lan").types("một")
        await store.holds(1)
        assert telegram.username == "nhacviec_bot"


async def test_it_waits_as_long_as_the_server_asks(api: BotApi) -> None:
    sleeps = Sleeps()
    api.user(1001, "Lan").types("/start")
    with api.faults.flood(17, method="getUpdates", times=1):
        async with receiving(api, Store(), sleep=sleeps) as telegram:
            await until(lambda: telegram.heard_at is not None)

    assert sleeps.asked == [17.0]


async def test_a_wrong_token_stops_the_start(api: BotApi) -> None:
    for token in ("7000000001:wrong", "no token at all", ""):
        with pytest.raises(ChannelError, match=r"^channel\.token$"):
            async with channel(api, token=token):
                pytest.fail("it started")


async def test_a_token_taken_back_ends_the_receiving(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    lan.types("một")
    async with channel(api) as telegram:
        task = asyncio.create_task(telegram.run(store))
        await store.holds(1)
        api.revokes_token()
        lan.types("hai")  # ends the question that is still open
        with pytest.raises(ChannelError, match=r"^channel\.token$"):
            await asyncio.wait_for(task, 5)


async def test_of_two_programs_on_one_token_the_newcomer_stops(api: BotApi) -> None:
    store, lan = Store(), api.user(1001, "Lan")
    lan.types("một")
    async with receiving(api, store), channel(api) as newer:
        await store.holds(1)
        await asyncio.sleep(0.2)  # the older one is at home
        with pytest.raises(ChannelError, match=r"^channel\.conflict$"):
            await asyncio.wait_for(newer.run(Store()), 5)
        lan.types("hai")
        await store.holds(2)


async def test_a_question_left_hanging_by_a_dead_program_is_outlived(api: BotApi) -> None:
    api.user(1001, "Lan").types("/start")
    conflict = api.faults.fail(409, html=False, method="getUpdates", times=2)
    async with receiving(api, Store()) as telegram:
        await until(lambda: telegram.heard_at is not None)

    assert conflict.struck == 2


async def test_a_pressed_button_stops_spinning_even_before_it_is_understood(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    lan.types("/start")
    async with receiving(api, store) as telegram:
        asked = await telegram.send("1001", Outgoing(Markup("?"), ((Choice("Có", "yes:1"),),)))
        press = lan.presses("Có")
        raws = await store.holds(2)
        await until(lambda: press.answer.text == "")
        pressed = telegram.parse(raws[1])

    assert pressed == Incoming(
        "telegram", raws[1].update_id, "1001", "1001", "Lan", NOW, press="yes:1", reply_to=asked
    )


async def test_a_press_that_cannot_be_answered_any_more_does_no_harm(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    lan.types("/start")
    async with receiving(api, store) as telegram:
        await telegram.send("1001", Outgoing(Markup("?"), ((Choice("Có", "yes:1"),),)))
        api.faults.fail(400, html=False, method="answerCallbackQuery")
        with structlog.testing.capture_logs() as logs:
            lan.presses("Có")
            await until(lambda: len(logs) > 0)
        lan.types("tiếp")
        await store.holds(3)

    assert [(entry["event"], entry["log_level"]) for entry in logs] == [
        ("telegram.press_unanswered", "debug")
    ]


@pytest.mark.parametrize(
    ("failures", "least", "most"), [(0, 0.5, 1), (1, 1, 2), (3, 4, 8), (9, 15, 30), (5000, 15, 30)]
)
def test_pauses_grow_to_half_a_minute(failures: int, least: float, most: float) -> None:
    for _ in range(50):
        assert least <= pause_after(error.NetworkError("x"), failures) <= most <= LONGEST_PAUSE


def test_a_rivalry_is_forgotten_after_a_quiet_while_and_the_older_is_calmer() -> None:
    newcomer, older = Rivalry(8, quiet=50), Rivalry(8, quiet=50)

    assert [newcomer.lost(at, established=at > 1) for at in (1, 5, 8.9, 9)] == [False, False, False, True]
    assert [older.lost(at, established=True) for at in (1, 9, 30, 40.9, 41)] == [
        False,
        False,
        False,
        False,
        True,
    ]
    assert older.lost(92, established=True) is False


async def test_who_shuts_the_bot_out_and_lets_it_in_is_seen(api: BotApi) -> None:
    lan, store = api.user(1001, "Lan"), Store()
    lan.types("/start")
    async with receiving(api, store) as telegram:
        await store.holds(1)
        lan.blocks_bot()
        lan.unblocks_bot()
        raws = await store.holds(3)

        assert [telegram.reachability(raw) for raw in raws] == [None, False, True]
        assert [telegram.parse(raw) for raw in raws[1:]] == [None, None]
        assert [raw.chat for raw in raws] == ["1001"] * 3


async def test_the_token_appears_in_no_log_and_no_error(
    api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    for name in (None, "aiohttp", "telegram.Bot"):  # whatever another test has set
        caplog.set_level(logging.DEBUG, logger=name)
    api.user(1001, "Lan").types("/start")
    failures: list[BaseException] = []
    with structlog.testing.capture_logs() as logs:
        async with receiving(api, Store()) as telegram:
            await telegram.send("1001", HELLO)
            failures.append(await fails(telegram, "4444"))
            api.faults.garble(method="sendMessage")
            failures.append(await fails(telegram))
            api.revokes_token()
            failures.append(await fails(telegram))
        with pytest.raises(ChannelError) as refused:
            await channel(api).__aenter__()
        failures.append(refused.value)
        with api.down():
            async with channel(api) as telegram:
                failures.append(await fails(telegram))

    secret = api.token.partition(":")[2]
    ours = [
        record for record in caplog.records if not record.name.startswith("uvicorn")
    ]  # it is the server's
    assert any("/bot7000000001:***" in record.getMessage() for record in ours)
    assert not any(secret in logging.Formatter().format(record) for record in ours)
    assert secret not in repr(logs)
    assert all(secret not in everything(failure) for failure in failures)


def test_a_proxy_that_cannot_be_one_is_told() -> None:
    with pytest.raises(ChannelError, match=r"^channel\.proxy$"):
        TelegramChannel("1:secret", proxy="gopher://x", now=now)


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("getUpdates", b'{"ok": true}'),
        ("getUpdates", b'{"ok": true, "result": [{"update_id": true, "message": {}}]}'),
        ("getMe", b'{"ok": true}'),
        ("getMe", b'{"ok": true, "result": {"id": 1, "first_name": "Bot", "username": "b"}}'),  # no is_bot
        ("getMe", b'{"ok": true, "result": 7}'),
        ("deleteWebhook", b'{"ok": true}'),
    ],
)
async def test_a_malformed_answer_is_logged_and_asked_for_again(
    api: BotApi, method: str, body: bytes
) -> None:
    store, sleeps = Store(), Sleeps()
    api.user(1001, "Lan").types("/start")
    with structlog.testing.capture_logs() as logs:
        api.faults.garble(body, method=method, times=2)
        async with receiving(api, store, sleeps):
            await store.holds(1)
    assert len(store.raws) == 1
    assert any(line["event"] in ("telegram.silent", "telegram.numberless") for line in logs)
    assert sleeps.asked
