"""The overview of a plan: its tally, its map of units, its month, what waits for the coordinator."""

import re

import httpx

from tests.bot.web.page_kit import come_in, words
from tests.cast import HANG, LEADING, PLAN, QUAN, SILENT, TOAN, Stage, enter

EARLIER = PLAN.replace("33/KH-UBND", "35/KH-UBND").replace("chè", "sâm").replace("30/6/2026", "12/6/2026")
UPWARD = EARLIER.replace("tổng hợp, báo cáo UBND tỉnh.", "tổng hợp, báo cáo UBND tỉnh trước ngày 30/6/2026.")
"""One unit owes a duty by 12/6, three a report by 15/6; the coordinating unit reports too, by 30/6."""


async def test_the_overview_counts_as_the_status_does(stage: Stage, browser: httpx.AsyncClient) -> None:
    await stage.hear(TOAN, "1 xong, BC số 4/BC-SCT")
    stage.clock.set("2026-06-18 10:00")
    await stage.hear(QUAN, "1 xong, BC số 8/BC-SNgV")
    await come_in(stage, HANG, browser)
    shown = words(await browser.get("/"))
    assert "33/KH-UBND" in shown
    assert "Tính đến hạn gần nhất 30/6 (còn 8 ngày làm việc)" in shown
    figures = re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", (await browser.get("/")).text)
    assert figures == [
        ("Hoàn thành đúng hạn", "1"),
        ("Hoàn thành quá hạn", "1"),
        ("Chưa xong, trong hạn", "1"),
        ("Chưa xong, quá hạn", "1"),
    ]


async def test_the_map_tells_lateness_by_shape_and_word(stage: Stage, browser: httpx.AsyncClient) -> None:
    stage.clock.set("2026-06-16 10:00")
    await stage.hear(TOAN, "1 xong, BC số 4/BC-SCT")
    await come_in(stage, HANG, browser)
    page = (await browser.get("/")).text
    tiles = re.findall(r'class="tile (\w+)" href="/don-vi/\d+" title="([^"]*)"><b>(.) ', page)
    assert ("overdue", SILENT, "▲") in tiles
    assert ("overdue", LEADING, "▲") in tiles
    assert "☎" in page.partition(f'title="{SILENT}"')[2].partition("</a>")[0]


async def test_the_month_shows_what_is_due_and_leads_there(stage: Stage, browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/?thang=2026-06")).text
    days = re.findall(r'href="/ke-hoach/1\?ngay=(\S+)" aria-label="([^"]*)"', page)
    assert [day for day, _ in days] == ["2026-06-15", "2026-06-30"]
    assert days[0][1] == "15/6: 3 việc đến hạn"
    assert "ngay=" not in (await browser.get("/?thang=2026-07")).text
    shown = words(await browser.get("/ke-hoach/1?ngay=2026-06-30"))
    assert "gửi thư mời các đối tác" in shown
    assert "Dịch sách" not in shown


async def test_a_month_that_is_none_is_this_one(browser: httpx.AsyncClient) -> None:
    for month in ("2026-13", "x", "9999-12", "0001-01", "2026-6"):
        assert "Đến hạn trong tháng 6/2026" in words(await browser.get("/", params={"thang": month}))


async def test_each_count_of_units_says_which_units(stage: Stage, browser: httpx.AsyncClient) -> None:
    plan = await enter(stage, UPWARD, stage.rules.register)
    shown = words(await browser.get(f"/?ke-hoach={plan}"))
    assert "Đã báo cáo kỳ hạn 15/6: 0/3 đơn vị phải báo cáo" in shown
    assert "Các đơn vị có việc đến hạn này: 1 trong 4 đơn vị được giao việc" in shown
    assert "2/4 đơn vị được giao việc có đầu mối nhận được tin" in words(await browser.get("/lien-lac"))
    assert "đã báo cáo 0/3 đơn vị phải báo cáo" in words(await browser.get(f"/bao-cao?ke-hoach={plan}&xem=1"))


async def test_as_many_are_to_be_phoned_as_the_list_names(stage: Stage, browser: httpx.AsyncClient) -> None:
    await enter(stage, UPWARD, stage.rules.register)
    await stage.hear(TOAN, "1 xong, BC số 4/BC-SCT")
    told = re.search(r"(\d+) đơn vị chưa có đầu mối hoặc không liên lạc được", words(await browser.get("/")))
    listed = re.findall(r'<a href="/don-vi/\d+">([^<]*)</a>', (await browser.get("/don-vi?xem=goi")).text)
    assert told is not None
    assert sorted(listed) == sorted([HANG.unit, SILENT])
    assert int(told[1]) == len(listed)
