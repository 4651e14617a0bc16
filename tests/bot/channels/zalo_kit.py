"""What the tests of the Zalo channel share: a channel that polls, and one to which updates are brought."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from bot.channels.base import Accept
from bot.channels.zalo import ZaloChannel
from bot.web.embedded_server import serving as serving_app
from bot.web.ports import listen
from bot.web.webhooks import webhook_routes
from tests.bot.channels.telegram_kit import Sleeps, now, until
from tests.zaloapi import ZaloApi

PUBLIC = "https://nhacviec.example"


@asynccontextmanager
async def running(channel: ZaloChannel, accept: Accept) -> AsyncIterator[ZaloChannel]:
    async with channel as zalo:
        task = asyncio.create_task(zalo.run(accept))
        try:
            yield zalo
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def polling(api: ZaloApi, accept: Accept) -> AsyncIterator[ZaloChannel]:
    async with running(ZaloChannel(api.token, api.url, now=now, sleep=Sleeps()), accept) as zalo:
        await until(lambda: api.state.polls > 0)
        yield zalo


@asynccontextmanager
async def brought(api: ZaloApi, accept: Accept) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(api.token, api.url, now=now, public=PUBLIC, sleep=Sleeps())
    with listen("127.0.0.1", 0) as listening:
        api.state.proxied[PUBLIC] = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = Starlette(routes=webhook_routes(channel.endpoints))
        async with serving_app(app, listening), running(channel, accept) as zalo:
            await until(lambda: zalo.heard_at is not None)
            yield zalo
