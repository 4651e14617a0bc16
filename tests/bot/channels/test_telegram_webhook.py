"""Telegram by webhook: updates are brought to our web server, and stored before it says so."""

import logging
from collections.abc import Iterator, Sequence

import httpx
import pytest

from bot.channels.base import Raw
from bot.channels.telegram import TelegramChannel
from bot.web.webhooks import LONGEST_BODY
from handlers.common.conversation import Choice, Outgoing
from tests.bot.channels.telegram_kit import (
    HELLO,
    PUBLIC,
    Store,
    brought,
    now,
    receiving,
    served,
    serving,
    until,
)
from tests.botapi import BotApi

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with serving() as server:
        yield server


async def test_updates_are_brought_in_their_order(api: BotApi) -> None:
    store, lan = Store(), api.user(1001, "Lan")
    lan.types("trước")
    async with brought(api, store) as (telegram, _):
        await store.holds(1)
        for text in ("một", "hai", "ba"):
            lan.types(text)
        texts = [incoming.text for raw in await store.holds(4) if (incoming := telegram.parse(raw))]
    assert texts == ["trước", "một", "hai", "ba"]
    assert api.pending == 0
    assert api.log.statuses("getUpdates") == []


async def test_an_update_that_could_not_be_stored_is_brought_again(api: BotApi) -> None:
    store, tries = Store(), 0

    async def accept(raws: Sequence[Raw]) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("the disk is full")
        await store(raws)

    api.user(1001, "Lan").types("một")
    async with brought(api, accept):
        await store.holds(1)
        await until(lambda: api.pending == 0)
    assert api.brought == [503, 503, 200]


async def test_a_press_that_is_brought_stops_spinning(api: BotApi) -> None:
    store, lan = Store(), api.user(1001, "Lan")
    lan.chat.started = True
    async with brought(api, store) as (telegram, _):
        await telegram.send("1001", Outgoing(HELLO.text, ((Choice("Có", "yes:1"),),)))
        press = lan.presses("Có")
        await until(lambda: press.answer.text is not None)


@pytest.mark.parametrize("given", [None, "", "wrong", "sécret"])
async def test_without_the_secret_nothing_is_read(api: BotApi, given: str | None) -> None:
    store = Store()
    async with brought(api, store) as (telegram, near), httpx.AsyncClient(base_url=near) as client:
        headers = {} if given is None else {HEADER.encode(): given.encode()}
        answer = await client.post(telegram.endpoints[0].path, json={"update_id": 1}, headers=headers)
    assert answer.status_code == 403
    assert store.raws == []


async def test_what_is_too_large_or_no_json_is_refused(api: BotApi) -> None:
    store = Store()
    async with brought(api, store) as (telegram, near), httpx.AsyncClient(base_url=near) as client:
        (endpoint,) = telegram.endpoints
        headers = {HEADER: endpoint.secret}
        for body, status in (
            (b" " * (LONGEST_BODY + 1), 413),
            (b"no json", 400),
            (b"[" * 200_000, 400),
            (b'{"update_id": "none"}', 200),
            (b" " * (LONGEST_BODY - 17) + b'{"update_id": 77}', 200),
        ):
            answer = await client.post(endpoint.path, content=body, headers=headers)
            assert answer.status_code == status, body[:20]
        assert (await client.get(endpoint.path, headers=headers)).status_code == 405
    assert [raw.update_id for raw in store.raws] == ["77"]


async def test_what_comes_before_the_program_receives_is_to_come_again(api: BotApi) -> None:
    channel = TelegramChannel(api.token, api.url, now=now, public=PUBLIC)
    async with channel as telegram, served(api, telegram) as near, httpx.AsyncClient(base_url=near) as client:
        (endpoint,) = telegram.endpoints
        answer = await client.post(endpoint.path, json={"update_id": 1}, headers={HEADER: endpoint.secret})
    assert answer.status_code == 503


async def test_changing_between_polling_and_webhook_loses_nothing(api: BotApi) -> None:
    store, lan = Store(), api.user(1001, "Lan")
    numbers = []
    for round_ in range(4):
        numbers.append(lan.types(f"lúc không ai nhận {round_}"))
        opened = brought(api, store) if round_ % 2 else receiving(api, store)
        async with opened:
            numbers.append(lan.types(f"lúc nhận {round_}"))
            await until(lambda: {str(number) for number in numbers} <= {raw.update_id for raw in store.raws})
    assert {raw.update_id for raw in store.raws} == {str(number) for number in numbers}


async def test_a_webhook_that_somebody_took_away_is_set_again(api: BotApi) -> None:
    async with brought(api, Store()) as (telegram, _), httpx.AsyncClient() as client:
        await until(lambda: api.webhook is not None)
        await client.post(f"{api.url}/bot{api.token}/deleteWebhook")
        await until(lambda: api.webhook is not None)
        assert api.webhook == (f"{PUBLIC}{telegram.endpoints[0].path}", telegram.endpoints[0].secret)


async def test_no_secret_is_shown(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with brought(api, Store()) as (telegram, _):
            (endpoint,) = telegram.endpoints
            api.user(1001, "Lan").types("một")
            await until(lambda: api.pending == 0)
    assert endpoint.secret not in caplog.text + repr(endpoint)
    assert api.token.partition(":")[2] not in endpoint.path + endpoint.secret
