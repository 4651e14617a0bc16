"""The web pages on a real server, beside the stage on which their people talk to the bot."""

import contextlib
import html
import re
from collections.abc import AsyncIterator, Sequence

import httpx

from bot.web.embedded_server import serving
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from bot.web.visitors import Network
from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address
from tests.cast import Somebody, Stage

KEY = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@contextlib.asynccontextmanager
async def pages_of(
    stage: Stage, *, secure: bool = False, proxies: Sequence[Network] = ()
) -> AsyncIterator[str]:
    """Serve the pages of a stage; the value is their address, which the bot gives out too."""
    app = dashboard_app(stage.database, stage.rules, stage.clock.now, "vi", secure=secure, proxies=proxies)
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with stage.database.writing() as conn:
            await web_session_store.announce(conn, Address(url, public=True))
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


def words(answer: httpx.Response) -> str:
    """What is read on a page, on one line."""
    assert answer.status_code == 200, answer.status_code
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


async def send(client: httpx.AsyncClient, path: str, **form: str) -> str:
    """Send a form of a page; return what the next page says."""
    sent = await client.post(path, data={"csrf": await token(client), **form})
    assert sent.status_code == 303, sent.status_code
    return words(await client.get(sent.headers["location"].partition("#")[0]))


async def rows(stage: Stage, query: str, *values: object) -> list[tuple[object, ...]]:
    """What a query finds in the database."""
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(query, values)]


async def token(client: httpx.AsyncClient) -> str:
    """Return the token of the forms of a session."""
    found = TOKEN.search((await client.get("/")).text)
    assert found is not None
    return found[1]
