"""The door of the coordinator's pages, over real HTTP: who comes in, for how long, and who does not."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from bot.web.embedded_server import serving
from bot.web.ports import listen
from bot.web.routes import PLACES, dashboard_app
from bot.web.sandbox_server import health_route
from bot.web.visitors import networks, visitor
from storage.organisation import web_session_store
from tests.bot.web.page_kit import browser_at, come_in, key_for, pages_of
from tests.cast import HANG, QUAN, STRANGER, Stage

WRONG = "AAAA-BBBB-CCCC"
FILLED = {
    "plan": "1",
    "unit": "1",
    "file": "1",
    "page": "1",
    "key": "line-1",
    "ending": "txt",
    "wish": "1",
    "question": "1",
    "assignment": "1",
    "seat": "1",
}


@pytest.fixture
async def url(stage: Stage) -> AsyncIterator[str]:
    async with pages_of(stage) as url:
        yield url


@pytest.fixture
async def browser(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(url) as browser:
        yield browser


def path_of(pattern: str) -> str:
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: FILLED[found[1]], pattern)


async def keys(stage: Stage) -> list[Any]:
    async with stage.database.reading() as conn:
        return list(await conn.exec_driver_sql("SELECT kind, hash FROM web_key ORDER BY id"))


# ---- without a session


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path)
async def test_nothing_is_shown_and_nothing_is_done_without_a_session(
    stage: Stage, browser: httpx.AsyncClient, place: Any
) -> None:
    before = await stage.everything()
    browser.cookies.set("nhacviec", "invented")
    path = path_of(place.path)
    answer = await (browser.post(path, data={"what": "quiet"}) if place.writes else browser.get(path))
    if place.writes:
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["location"]) == (303, "/vao")
    assert "33/KH-UBND" not in answer.text
    assert await stage.everything() == before


async def test_the_door_the_style_and_the_health_are_open(stage: Stage) -> None:
    async def healthy() -> dict[str, object]:
        return {"ok": True}

    app = dashboard_app(
        stage.database, stage.rules, stage.clock.now, "vi", secure=False, more=[health_route(healthy)]
    )
    with listen("127.0.0.1", 0) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with serving(app, listening), browser_at(url) as browser:
            assert (await browser.get("/healthz")).json() == {"ok": True}
            assert (await browser.get("/vao")).status_code == 200
            assert (await browser.get("/static/dashboard.css")).status_code == 200
            assert (await browser.get("/")).status_code == 303


async def test_the_pages_answer_to_their_own_names_only(stage: Stage) -> None:
    app = dashboard_app(stage.database, stage.rules, stage.clock.now, "vi", secure=False, hosts=("tinh.vn",))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://tinh.vn") as browser:
        assert (await browser.get("/vao")).status_code == 200
        assert (await browser.get("/vao", headers={"Host": "elsewhere.example"})).status_code == 400


async def test_the_chat_gives_a_key_to_coordinators_alone(stage: Stage, url: str) -> None:
    await stage.talk(
        (HANG, "/trangweb", (f"{url}/vao#", "10 phút")),
        (QUAN, "/web", "dành cho người tổng hợp"),
        (STRANGER, "/web", "/start"),
    )
    assert [kind for kind, _ in await keys(stage)] == ["link"]


async def test_where_there_are_no_pages_the_chat_says_so(stage: Stage) -> None:
    await stage.talk((HANG, "/web", "chưa được bật"))
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, web_session_store.Address("http://may-chu:8080", public=False))
    told = await stage.say(HANG, "/web")
    assert "http://may-chu:8080/vao\n" in told
    assert "#" not in told
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, None)
    await stage.talk((HANG, "/web", "chưa được bật"))


# ---- coming in


async def test_a_key_opens_once(stage: Stage, url: str, browser: httpx.AsyncClient) -> None:
    key = await key_for(stage, HANG)
    for _ in range(3):  # a preview of the link looks at it
        assert (await browser.get("/vao")).status_code == 200
    assert (await browser.post("/vao", data={"key": key.lower().replace("-", " ")})).status_code == 303
    assert "33/KH-UBND" in (await browser.get("/")).text
    async with browser_at(url) as other:
        again = await other.post("/vao", data={"key": key})
        assert again.status_code == 403
        assert "đã dùng hoặc đã hết hạn" in again.text
        assert (await other.get("/")).status_code == 303


async def test_a_key_ends_after_ten_minutes(stage: Stage, browser: httpx.AsyncClient) -> None:
    key = await key_for(stage, HANG)
    stage.clock.let_pass(minutes=10)
    assert (await browser.post("/vao", data={"key": key})).status_code == 403
    key = await key_for(stage, HANG)
    stage.clock.let_pass(minutes=9, seconds=59)
    assert (await browser.post("/vao", data={"key": key})).status_code == 303


async def test_a_newer_key_takes_the_place_of_the_earlier(stage: Stage, browser: httpx.AsyncClient) -> None:
    earlier, newer = await key_for(stage, HANG), await key_for(stage, HANG)
    assert (await browser.post("/vao", data={"key": earlier})).status_code == 403
    assert (await browser.post("/vao", data={"key": newer})).status_code == 303


async def test_a_key_that_was_given_before_the_seat_was_lost_opens_nothing(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    key = await key_for(stage, HANG)
    await stage.hear(HANG, "/thoi")
    await stage.hear(HANG, "Đồng ý")
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE membership SET until = '2026-06-01 00:00:00.000000'")
    assert (await browser.post("/vao", data={"key": key})).status_code == 403
    assert [kind for kind, _ in await keys(stage)] == ["link"]


def wrong_key(number: int) -> str:
    return f"AAAA-BBBB-{number:04}".replace("0", "Z").replace("1", "Y")


async def guess(browser: httpx.AsyncClient, first: int, last: int, **headers: str) -> list[int]:
    return [
        (await browser.post("/vao", data={"key": wrong_key(number)}, headers=headers)).status_code
        for number in range(first, last)
    ]


async def test_wrong_keys_wait_longer_each_time_and_a_right_one_never(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    assert await guess(browser, 0, 7) == [403] * 5 + [429] * 2
    for seconds in (1, 2, 4, 8):
        stage.clock.let_pass(seconds=seconds)
        assert await guess(browser, 10 * seconds, 10 * seconds + 2) == [403, 429]
    waits = await browser.post("/vao", data={"key": WRONG})
    assert waits.headers["Retry-After"] == "16"
    assert "16 giây" in waits.text
    assert (await browser.post("/vao", data={"key": await key_for(stage, HANG)})).status_code == 303


async def test_no_wait_is_longer_than_five_minutes(stage: Stage, browser: httpx.AsyncClient) -> None:
    for number in range(16):
        assert await guess(browser, number, number + 1) == [403]
        stage.clock.let_pass(seconds=min(2 ** max(0, number - 4), 300))
    await guess(browser, 50, 51)
    assert (await browser.post("/vao", data={"key": WRONG})).headers["Retry-After"] == "300"
    stage.clock.let_pass(hours=1)
    assert await guess(browser, 60, 65) == [403] * 5


async def test_a_forged_header_makes_no_new_visitor(stage: Stage, browser: httpx.AsyncClient) -> None:
    answers = [
        await guess(browser, n, n + 1, **{"X-Forwarded-For": f"203.0.113.{n}, 10.9.8.{n}"}) for n in range(8)
    ]
    assert answers == [[403]] * 5 + [[429]] * 3


async def test_one_key_is_not_tried_from_many_addresses(stage: Stage) -> None:
    async with pages_of(stage, proxies=networks("127.0.0.1")) as url, browser_at(url) as browser:
        answers = [
            await guess(browser, 1, 2, **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(7)
        ]
    assert answers == [[403]] * 5 + [[429]] * 2


async def test_behind_a_known_proxy_each_visitor_waits_alone(stage: Stage) -> None:
    known = networks("127.0.0.1, 10.0.0.0/8")
    async with pages_of(stage, proxies=known) as url, browser_at(url) as browser:
        assert await guess(browser, 0, 6, **{"X-Forwarded-For": "198.51.100.7, 10.0.0.3"}) == [403] * 5 + [
            429
        ]
        assert await guess(browser, 10, 12, **{"X-Forwarded-For": "198.51.100.8"}) == [403] * 2
        forged = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7, 10.0.0.3"}
        assert await guess(browser, 20, 21, **forged) == [429]


@pytest.mark.parametrize(
    ("peer", "known"),
    [
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("192.0.2.9", "192.0.2.9"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_subscriber_has_one_address(peer: str, known: str) -> None:
    scope = {"type": "http", "client": (peer, 1), "headers": []}
    assert visitor(Request(scope), ()) == known


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
async def test_another_sites_page_cannot_bring_a_key(
    stage: Stage, browser: httpx.AsyncClient, origin: str
) -> None:
    key = await key_for(stage, HANG)
    answer = await browser.post("/vao", data={"key": key}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert (await browser.post("/vao", data={"key": key})).status_code == 303


async def test_only_hashes_are_kept(stage: Stage, browser: httpx.AsyncClient) -> None:
    key = await key_for(stage, HANG)
    await browser.post("/vao", data={"key": key})
    session = browser.cookies["nhacviec"]
    stage_path = stage.database.path
    kept = b"".join(path.read_bytes() for path in stage_path.parent.glob(f"{stage_path.name}*"))
    assert session.encode() not in kept
    assert key.replace("-", "").encode() not in kept
    assert [kind for kind, _ in await keys(stage)] == ["link", "session"]


@pytest.mark.parametrize(("secure", "name"), [(False, "nhacviec"), (True, "__Host-nhacviec")])
async def test_the_cookie_is_for_this_site_and_out_of_reach_of_scripts(
    stage: Stage, secure: bool, name: str
) -> None:
    async with pages_of(stage, secure=secure) as url, browser_at(url) as browser:
        entered = await browser.post("/vao", data={"key": await key_for(stage, HANG)})
    cookie = entered.headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert cookie.startswith(f"{name}=")
    assert {"httponly", "samesite=strict", "path=/", "max-age=28800"} <= parts
    assert ("secure" in parts) == secure
    assert not any(part.startswith("domain") for part in parts)


# ---- within


@pytest.mark.parametrize(
    "path", ["/", "/vao", "/nowhere", "/ke-hoach/99", "/ke-hoach/99999999999999999999", "/don-vi/1", "/ra"]
)
async def test_every_answer_bears_the_headers(stage: Stage, browser: httpx.AsyncClient, path: str) -> None:
    for _ in range(2):
        answer = await browser.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "server" not in answer.headers
        await come_in(stage, HANG, browser)


async def test_a_fault_shows_no_traceback(
    stage: Stage, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)

        async def broken(*_: object) -> None:
            raise RuntimeError("secret detail")

        monkeypatch.setattr("storage.reporting.read_models.reach", broken)
        answer = await browser.get("/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
