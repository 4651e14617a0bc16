"""People's own pages on a real server, with their channel running beside that of the stage."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import date
from functools import partial

from bot.app.wiring import build
from bot.channels.page import PageChannel
from bot.web.embedded_server import serving
from bot.web.own_page import own_pages
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from domain.updates import read_update
from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address
from tests.cast import Stage


@contextlib.asynccontextmanager
async def own_pages_of(stage: Stage) -> AsyncIterator[str]:
    """Serve the pages of a stage, and let its program talk on them too; the value is their address."""
    read_update("xong", today=date(2026, 6, 1), due=None)  # as the program does when it starts
    channel = PageChannel(stage.database, stage.clock.now)
    stage.program = build(stage.settings, stage.database, stage.rules, stage.clock, [stage.channel, channel])
    receiving = asyncio.create_task(channel.run(partial(stage.program.intake.accept, channel)))
    now = stage.clock.now
    own = own_pages("vi", stage.database, stage.rules, now, channel, secure=False)
    app = dashboard_app(stage.database, stage.rules, now, "vi", secure=False, own=own)
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with stage.database.writing() as conn:
            await web_session_store.announce(conn, Address(url, public=True))
        async with serving(app, listening):
            yield url
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await stage.program.intake.idle()
