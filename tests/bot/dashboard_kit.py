"""The web pages on a real server, beside the stage on which their people talk to the bot."""

import contextlib
import re
from collections.abc import AsyncIterator

import httpx

from bot.dashboard.app import dashboard_app
from bot.ports import listen
from bot.serving import serving
from storage import web_keys
from storage.web_keys import Address
from tests.cast import Somebody, Stage

KEY = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@contextlib.asynccontextmanager
async def pages_of(stage: Stage, *, secure: bool = False) -> AsyncIterator[str]:
    """Serve the pages of a stage; the value is their address, which the bot gives out too."""
    app = dashboard_app(stage.database, stage.rules, stage.clock.now, "vi", secure=secure)
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with stage.database.writing() as work:
            await web_keys.announce(work, Address(url, public=True))
        async with serving(app, listening):
            yield url


@contextlib.asynccontextmanager
async def browser_at(url: str, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """Something that keeps cookies and says where its forms come from, as a browser does."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url, **headers}) as client:
        yield client


async def key_for(stage: Stage, who: Somebody) -> str:
    """Let somebody ask for a key in the chat; return it."""
    found = KEY.search(await stage.say(who, "/web"))
    assert found is not None
    return found[0]


async def come_in(stage: Stage, who: Somebody, client: httpx.AsyncClient) -> None:
    """Let somebody in, by a key of their own."""
    entered = await client.post("/vao", data={"key": await key_for(stage, who)})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")


async def token(client: httpx.AsyncClient) -> str:
    """Return the token of the forms of a session."""
    found = TOKEN.search((await client.get("/")).text)
    assert found is not None
    return found[1]
