"""The page Liên lạc."""

from tests.bot.web.page_kit import browser_at, come_in, pages_of, words
from tests.cast import HANG, QUAN, SILENT, TUYEN, Stage


async def test_the_page_shows_who_is_reached_where_and_whom_to_phone(stage: Stage) -> None:
    await stage.talk((HANG, f"/lienlac {SILENT} 0203 3812 345", "Đã ghi"))
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, HANG, client)
        told = words(await client.get("/lien-lac"))
    assert "2/3 đơn vị được giao việc có đầu mối nhận được tin" in told
    assert f"{SILENT}: chưa có đầu mối; ĐT cơ quan 02033 812 345" in told
    assert f"{QUAN.name}, đầu mối: Memory" in told


async def test_a_coordinator_of_nothing_sees_no_units(stage: Stage) -> None:
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, TUYEN, client)
        told = words(await client.get("/lien-lac"))
    assert SILENT not in told
    assert QUAN.name not in told
