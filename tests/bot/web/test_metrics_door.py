"""Who may read /metrics."""

import httpx
import pytest
from starlette.applications import Starlette

from bot.web.metrics_door import metrics_route

TOKEN = "a-token-of-the-operator"
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


async def status(
    token: str | None, client: str, headers: dict[str, str] | None = None, *, public: bool = False
) -> int:
    async def text() -> bytes:
        return b"nhacviec_database_sound 1.0\n"

    app = Starlette(routes=[metrics_route(text, token, public=public)])
    transport = httpx.ASGITransport(app, client=(client, 4000))
    async with httpx.AsyncClient(transport=transport, base_url="http://tinh.example") as browser:
        raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        return (await browser.get("/metrics", headers=raw)).status_code


@pytest.mark.parametrize("client", [HERE, "::1"])
async def test_without_a_token_this_machine_alone_reads_it(client: str) -> None:
    assert await status(None, client) == 200
    assert await status(None, ELSEWHERE) == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_what_a_proxy_of_this_machine_hands_on_is_not_of_this_machine(header: str) -> None:
    assert await status(None, HERE, {header: "127.0.0.1"}) == 404


async def test_without_a_token_a_public_server_shows_it_to_nobody() -> None:
    assert await status(None, HERE, public=True) == 404


@pytest.mark.parametrize("client", [HERE, ELSEWHERE])
async def test_with_a_token_whoever_bears_it_reads_it(client: str) -> None:
    assert await status(TOKEN, client, {"Authorization": f"Bearer {TOKEN}"}, public=True) == 200
    for wrong in (f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer ", "Bearer của-ai"):
        assert await status(TOKEN, client, {"Authorization": wrong}) == 401
    assert await status(TOKEN, client) == 401
