"""A live plan is recalled on its page, with a reason."""

import httpx

from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, send, token, words
from tests.cast import QUAN, TUYEN, Stage, words_of


async def test_its_units_hear_why(stage: Stage, browser: httpx.AsyncClient) -> None:
    assert "Thu hồi kế hoạch" in words(await browser.get("/ke-hoach/1"))
    assert "lý do" in await send(browser, "/ke-hoach/1/thu-hoi", reason=" ")
    assert await rows(stage, "SELECT state FROM plan") == [("live",)]
    told = await send(browser, "/ke-hoach/1/thu-hoi", reason="gộp vào kế hoạch khác")
    assert "Đã thu hồi 33/KH-UBND" in told
    assert "Kế hoạch đã được thu hồi" in told
    assert await rows(stage, "SELECT state, recall_reason FROM plan") == [
        ("recalled", "gộp vào kế hoạch khác")
    ]
    await stage.nudged("2026-06-02 08:00")
    assert any("gộp vào kế hoạch khác" in words_of(message) for message in stage.channel.to(QUAN))


async def test_nobody_recalls_the_plan_of_others(stage: Stage) -> None:
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, TUYEN, browser)
        data = {"csrf": await token(browser), "reason": "không thích"}
        assert (await browser.post("/ke-hoach/1/thu-hoi", data=data)).status_code == 404
    assert await rows(stage, "SELECT state FROM plan") == [("live",)]
