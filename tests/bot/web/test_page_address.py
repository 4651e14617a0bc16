"""The pages under any address: behind a real proxy that hands on the whole path, or cuts the prefix off."""

import contextlib
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.page import PageChannel
from bot.web.embedded_server import serving
from bot.web.pages_server import address_of, hosts_of, pages, prefix_of
from bot.web.ports import listen
from bot.web.sandbox_server import health_route
from config.settings import Settings
from storage.organisation import web_session_store
from tests.bot.web.api_kit import token
from tests.bot.web.page_kit import TOKEN, key_for, words
from tests.cast import HANG, QUAN, Stage

PREFIX = "/nhacviec"


def proxy(target: str, *, cuts: bool, keeps_host: bool) -> Starlette:
    """A reverse proxy in a few lines; `keeps_host` where it tells the server the name that people used."""

    async def passed_on(request: Request) -> Response:
        path = request.url.path.removeprefix(PREFIX) if cuts else request.url.path
        headers = {name: value for name, value in request.headers.items() if keeps_host or name != "host"}
        async with httpx.AsyncClient(base_url=target) as client:
            answer = await client.request(
                request.method,
                f"{path or '/'}?{request.url.query}",
                headers=headers,
                content=await request.body(),
            )
        kept = {name: value for name, value in answer.headers.items() if name != "content-length"}
        return Response(answer.content, answer.status_code, kept)

    return Starlette(routes=[Route("/{path:path}", passed_on, methods=["GET", "POST"])])


@contextlib.asynccontextmanager
async def public(stage: Stage, *, cuts: bool, keeps_host: bool) -> AsyncIterator[str]:
    """Serve the pages as `run` does, behind a proxy at http://localhost:PORT/nhacviec; the value is that."""

    async def healthy() -> dict[str, object]:
        return {"ok": True}

    with listen("127.0.0.1", 0) as free, listen("127.0.0.1", 0) as door:
        port = free.getsockname()[1]
        url = f"http://localhost:{door.getsockname()[1]}{PREFIX}"
        free.close()
        settings = Settings(web_port=port, web_url=f"{url}/", language="vi")
        now, own = stage.clock.now, PageChannel(stage.database, stage.clock.now)
        async with (
            pages(settings, stage.database, stage.rules, now, [health_route(healthy)], own),
            serving(proxy(f"http://127.0.0.1:{port}", cuts=cuts, keeps_host=keeps_host), door),
        ):
            yield url


@pytest.mark.parametrize("keeps_host", [True, False], ids=["names-the-host", "names-itself"])
@pytest.mark.parametrize("cuts", [False, True], ids=["whole-path", "prefix-cut-off"])
async def test_the_pages_live_under_a_path_of_their_host(stage: Stage, cuts: bool, keeps_host: bool) -> None:
    async with public(stage, cuts=cuts, keeps_host=keeps_host) as url:
        assert f"{url}/vao#" in await stage.say(HANG, "/web")
        origin = url.removesuffix(PREFIX)
        async with httpx.AsyncClient(base_url=origin, headers={"Origin": origin}) as browser:
            turned = await browser.get(f"{PREFIX}/")
            assert (turned.status_code, turned.headers["location"]) == (303, f"{PREFIX}/vao")
            entered = await browser.post(f"{PREFIX}/vao", data={"key": await key_for(stage, HANG)})
            assert (entered.status_code, entered.headers["location"]) == (303, f"{PREFIX}/")
            assert f"; Path={PREFIX};" in entered.headers["set-cookie"] + ";"
            home = await browser.get(f"{PREFIX}/")
            assert "33/KH-UBND" in words(home)
            assert (await browser.get(PREFIX)).status_code == 200
            links = {one.partition("#")[0] for one in re.findall(r'(?:href|src|action)="([^"]*)"', home.text)}
            assert [link for link in links - {""} if not link.startswith(f"{PREFIX}/")] == []
            for link in links - {"", f"{PREFIX}/ra"}:
                assert (await browser.get(link.replace("&amp;", "&"))).status_code in (200, 303), link
            found = TOKEN.search(home.text)
            assert found is not None
            form = {"csrf": found[1], "what": "when", "words": "2026-07-10"}
            sent = await browser.post(f"{PREFIX}/ke-hoach/1/line-3/sua", data=form)
            assert sent.headers["location"] == f"{PREFIX}/ke-hoach/1#line-3"
            assert "hạn 10/7/2026" in words(await browser.get(f"{PREFIX}/ke-hoach/1"))
            left = await browser.post(f"{PREFIX}/ra", data={"csrf": found[1]})
            assert left.headers["location"] == f"{PREFIX}/vao"
            assert (await browser.get(f"{PREFIX}/")).status_code == 303


@pytest.mark.parametrize("cuts", [False, True], ids=["whole-path", "prefix-cut-off"])
async def test_the_api_lives_under_the_same_path(stage: Stage, cuts: bool) -> None:
    bearer = (await token(stage)).token
    async with public(stage, cuts=cuts, keeps_host=False) as url, httpx.AsyncClient() as client:
        client.headers["Authorization"] = f"Bearer {bearer}"
        first = await client.get(f"{url}/api/v1/assignments?limit=1")
        assert first.status_code == 200
        link = first.headers["link"]
        second = await client.get(first.url.join(link[1 : link.index(">")]))
        assert second.json()["items"][0]["id"] > first.json()["items"][0]["id"]


@pytest.mark.parametrize("cuts", [False, True], ids=["whole-path", "prefix-cut-off"])
async def test_what_needs_no_session_lives_under_it_too(stage: Stage, cuts: bool) -> None:
    async with public(stage, cuts=cuts, keeps_host=False) as url, httpx.AsyncClient() as browser:
        assert (await browser.get(f"{url}/healthz")).json() == {"ok": True}
        said = await stage.say(QUAN, "/lich")
        calendar = await browser.get(url + said[said.index("/lich/") : said.index(".ics") + 4])
        assert calendar.text.startswith("BEGIN:VCALENDAR")
        said = await stage.say(QUAN, "/trang")
        assert f"{url}/toi/vao/" in said
        door = await browser.get(said[said.index(url) :].split()[0])
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', door.text)
        assert f"{PREFIX}/toi/vao" in addresses
        assert [each for each in addresses if not each.startswith(f"{PREFIX}/")] == []
        assert (await browser.get(f"{url}/toi")).headers["location"] == f"{PREFIX}/toi/vao"


async def test_another_origin_is_still_refused_behind_a_proxy(stage: Stage) -> None:
    async with public(stage, cuts=True, keeps_host=False) as url:
        key = await key_for(stage, HANG)
        async with httpx.AsyncClient(base_url=url) as browser:
            for origin in (
                "http://elsewhere.example",
                "http://localhost",
                "https://" + url[7:-9],
                "null",
                "",
            ):
                refused = await browser.post("/vao", data={"key": key}, headers={"Origin": origin})
                assert refused.status_code == 403, origin


async def test_the_health_is_found_without_the_prefix_too(stage: Stage) -> None:
    async with public(stage, cuts=False, keeps_host=True) as url:
        async with stage.database.reading() as conn:
            address = await web_session_store.address(conn)
        assert address is not None
        assert address.url == url
        async with httpx.AsyncClient() as near:
            assert (await near.get(f"{url}/healthz")).json() == {"ok": True}


@pytest.mark.parametrize(
    ("web_url", "prefix", "host"),
    [
        ("https://tinh.example", "", "tinh.example"),
        ("https://tinh.example/", "", "tinh.example"),
        ("https://tinh.example/nhacviec", "/nhacviec", "tinh.example"),
        ("https://tinh.example:8443/a/b/", "/a/b", "tinh.example"),
        ("https://tinh.example/nh%E1%BA%AFc", "/nhắc", "tinh.example"),
    ],
)
def test_an_address_is_taken_apart(web_url: str, prefix: str, host: str) -> None:
    settings = Settings(web_url=web_url, web_port=8080)
    assert prefix_of(settings) == prefix
    assert host in hosts_of(settings)
    address = address_of(settings)
    assert address is not None
    assert address.url == web_url.rstrip("/")


async def test_a_secure_cookie_is_marked_as_its_path_allows(stage: Stage) -> None:
    from bot.web.guard import UnderPrefix
    from bot.web.routes import dashboard_app

    for prefix, mark, path in (
        ("", "__Host-", "/"),
        (PREFIX, "__Secure-", PREFIX),
        ("/nhắc", "__Secure-", "/nh%E1%BA%AFc"),
    ):
        app = UnderPrefix(
            dashboard_app(stage.database, stage.rules, stage.clock.now, "vi", secure=True), prefix
        )
        transport = httpx.ASGITransport(app=app)
        headers = {"Origin": "https://tinh.example"}
        async with httpx.AsyncClient(
            transport=transport, base_url="https://tinh.example", headers=headers
        ) as one:
            async with stage.database.writing() as conn:
                await web_session_store.announce(
                    conn, web_session_store.Address("https://tinh.example", public=True)
                )
            entered = await one.post(f"{prefix}/vao", data={"key": await key_for(stage, HANG)})
            cookie = entered.headers["set-cookie"]
            assert cookie.startswith(f"{mark}nhacviec=")
            assert f"Path={path};" in cookie
            assert "Secure" in cookie
            assert await token_at(one, prefix)


async def token_at(browser: httpx.AsyncClient, prefix: str) -> str:
    found = TOKEN.search((await browser.get(f"{prefix}/")).text)
    return found[1] if found else ""
