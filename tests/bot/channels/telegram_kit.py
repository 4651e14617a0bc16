"""What the tests of the Telegram channel share: a server, a channel to it, a place for what comes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime

import pytest
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect

from bot.channels.base import Accept, Raw, SendError
from bot.channels.telegram import TelegramChannel
from bot.web.embedded_server import serving as serving_app
from bot.web.ports import listen
from bot.web.webhooks import webhook_routes
from handlers.common.conversation import Outgoing
from tests.botapi import BotApi

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HELLO = Outgoing(Markup("Chào"))
PUBLIC = "https://nhacviec.example/tinh"


@contextmanager
def serving() -> Iterator[BotApi]:
    # A channel that is cancelled hangs up wherever it is, in the middle of a question too.
    with suppress(ClientDisconnect), BotApi() as server:
        yield server


class Sleeps:
    """Sleeps a tenth of what is asked, and remembers what was."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(min(seconds / 10, 0.1))


def now() -> datetime:
    return NOW


def channel(api: BotApi, token: str | None = None, sleep: Sleeps | None = None) -> TelegramChannel:
    token = api.token if token is None else token
    return TelegramChannel(token, api.url, now=now, poll_seconds=1, patience=0.4, sleep=sleep or Sleeps())


class Store:
    """Where updates are put."""

    def __init__(self) -> None:
        self.raws: list[Raw] = []
        self.batches = 0

    async def __call__(self, raws: Sequence[Raw]) -> None:
        self.raws += raws
        self.batches += 1

    async def holds(self, count: int) -> list[Raw]:
        await until(lambda: len(self.raws) >= count)
        return self.raws


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def receiving(
    api: BotApi, accept: Accept, sleep: Sleeps | None = None
) -> AsyncIterator[TelegramChannel]:
    async with channel(api, sleep=sleep) as telegram:
        task = asyncio.create_task(telegram.run(accept))
        try:
            yield telegram
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def served(api: BotApi, telegram: TelegramChannel) -> AsyncIterator[str]:
    """Serve a channel's endpoints, where Telegram finds the public address."""
    with listen("127.0.0.1", 0) as listening:
        near = f"http://127.0.0.1:{listening.getsockname()[1]}"
        api.serves(PUBLIC, near)
        async with serving_app(Starlette(routes=webhook_routes(telegram.endpoints)), listening):
            yield near


@asynccontextmanager
async def brought(api: BotApi, accept: Accept) -> AsyncIterator[tuple[TelegramChannel, str]]:
    channel = TelegramChannel(api.token, api.url, now=now, public=PUBLIC, sleep=Sleeps())
    async with channel as telegram, served(api, telegram) as near:
        task = asyncio.create_task(telegram.run(accept))
        await until(lambda: telegram.heard_at is not None)
        try:
            yield telegram, near
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def fails(telegram: TelegramChannel, chat: str = "1001", message: Outgoing = HELLO) -> SendError:
    with pytest.raises(SendError) as caught:
        await telegram.send(chat, message)
    assert "AAGtest" not in everything(caught.value)
    return caught.value


def everything(failure: BaseException | None) -> str:
    """Return all that could be printed of an exception and of those behind it."""
    if failure is None:
        return ""
    return f"{failure!r} {failure} {failure.args}" + everything(failure.__cause__ or failure.__context__)
