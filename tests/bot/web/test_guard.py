"""How often the pages answer one address and one session."""

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web import guard
from bot.web.guard import NotTooOften
from bot.web.visitors import networks
from handlers.common.capabilities import Limit
from tests.bot.web.page_kit import browser_at, pages_of
from tests.cast import Stage

PROXY = networks("127.0.0.1")


async def test_a_session_and_an_address_are_answered_so_many_times_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guard, "OF_SESSION", Limit(2, 60.0))
    monkeypatch.setattr(guard, "OF_ADDRESS", Limit(5, 60.0))
    now = [0.0]

    def refuse(_: Request, seconds: int) -> Response:
        return PlainTextResponse(str(seconds), 429)

    app = NotTooOften(PlainTextResponse("here"), PROXY, refuse, lambda: now[0])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://pages") as browser:

        async def asks(address: str, session: str = "") -> str:
            headers = {"X-Forwarded-For": address} | ({"Cookie": f"nhacviec={session}"} if session else {})
            return (await browser.get("/", headers=headers)).text

        assert [await asks("10.0.0.1", "a") for _ in range(3)] == ["here", "here", "60"]
        assert [await asks("10.0.0.1", "b") for _ in range(2)] == ["here", "here"]  # a colleague is not hit
        assert [await asks("10.0.0.1"), await asks("10.0.0.1", "c")] == ["60", "60"]
        assert await asks("10.0.0.2", "c") == "here"
        now[0] = 60.0
        assert await asks("10.0.0.1", "a") == "here"


async def test_the_pages_say_politely_that_it_was_too_often(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "OF_ADDRESS", Limit(1, 60.0))
    async with pages_of(stage) as url, browser_at(url) as browser:
        assert (await browser.get("/vao")).status_code == 200
        refused = await browser.get("/vao")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "chờ một phút" in refused.text
    assert refused.headers["Content-Security-Policy"] == guard.HEADERS["Content-Security-Policy"]
