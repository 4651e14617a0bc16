"""Who has come in to the coordinator's pages: how long they stay, and what they may do there."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.bot.web.page_kit import browser_at, come_in, key_for, pages_of, token
from tests.cast import COMPILING, HANG, PLAN, TUYEN, Stage, enter


@pytest.fixture
async def url(stage: Stage) -> AsyncIterator[str]:
    async with pages_of(stage) as url:
        yield url


@pytest.fixture
async def browser(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(url) as browser:
        yield browser


async def test_a_session_that_is_left_alone_for_half_an_hour_is_over(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await come_in(stage, HANG, browser)
    for _ in range(4):
        stage.clock.let_pass(minutes=29)
        assert (await browser.get("/")).status_code == 200
    stage.clock.let_pass(minutes=30)
    assert (await browser.get("/")).status_code == 303


async def test_a_session_is_over_after_eight_hours_whatever_happens(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await come_in(stage, HANG, browser)
    for _ in range(23):
        stage.clock.let_pass(minutes=20)
        assert (await browser.get("/")).status_code == 200
    stage.clock.let_pass(minutes=20)
    assert (await browser.get("/")).status_code == 303


async def test_whoever_loses_the_seat_is_out_at_once_and_for_good(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await come_in(stage, HANG, browser)
    csrf = await token(browser)
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE membership SET until = '2026-06-01 00:00:00.000000'")
    assert (await browser.post("/ra", data={"csrf": csrf})).status_code == 401
    assert (await browser.get("/")).status_code == 303
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE membership SET until = NULL")
    assert (await browser.get("/")).status_code == 303


async def test_leaving_ends_the_session(stage: Stage, url: str, browser: httpx.AsyncClient) -> None:
    await come_in(stage, HANG, browser)
    session = browser.cookies["nhacviec"]
    left = await browser.post("/ra", data={"csrf": await token(browser)})
    assert (left.status_code, left.headers["location"]) == (303, "/vao")
    async with browser_at(url, Cookie=f"nhacviec={session}") as thief:
        assert (await thief.get("/")).status_code == 303


async def test_a_link_is_no_session(stage: Stage, url: str) -> None:
    key = (await key_for(stage, HANG)).replace("-", "")
    async with browser_at(url, Cookie=f"nhacviec={key}") as thief:
        assert (await thief.get("/")).status_code == 303


async def test_a_form_without_its_sessions_token_changes_nothing(
    stage: Stage, url: str, browser: httpx.AsyncClient
) -> None:
    await come_in(stage, HANG, browser)
    before = await stage.everything()
    async with browser_at(url) as other:
        await come_in(stage, HANG, other)
        foreign = await token(other)
    for csrf in ("", "0" * 64, foreign):
        answer = await browser.post("/ke-hoach/1/rule-1/sua", data={"csrf": csrf, "what": "quiet"})
        assert answer.status_code == 403
    answer = await browser.post(
        "/ke-hoach/1/rule-1/sua",
        data={"csrf": await token(browser), "what": "quiet"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403
    assert await stage.everything() == before


async def test_a_form_that_is_too_long_is_not_read(stage: Stage, browser: httpx.AsyncClient) -> None:
    await come_in(stage, HANG, browser)
    long = {"csrf": await token(browser), "what": "who", "words": "x" * 300_000}
    assert (await browser.post("/ke-hoach/1/rule-1/sua", data=long)).status_code == 413


async def test_another_units_plan_is_not_there(stage: Stage, browser: httpx.AsyncClient) -> None:
    other = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace(COMPILING, TUYEN.unit).replace("chè", "mật ong")
    foreign = await enter(stage, other, stage.rules.register)
    await come_in(stage, HANG, browser)
    csrf = await token(browser)
    before = await stage.everything()
    for path in (f"/ke-hoach/{foreign}", f"/ke-hoach/{foreign}/rule-3", f"/?ke-hoach={foreign}"):
        assert (await browser.get(path)).status_code == 404, path
    changed = await browser.post(f"/ke-hoach/{foreign}/rule-3/sua", data={"csrf": csrf, "what": "quiet"})
    assert changed.status_code == 404
    for path in ("/", "/ke-hoach", "/don-vi", "/bao-cao", "/nhac"):
        assert "34/KH-UBND" not in (await browser.get(path, follow_redirects=True)).text
    assert await stage.everything() == before
