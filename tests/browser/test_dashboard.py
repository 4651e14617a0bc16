"""The coordinator's pages as the demo leads to them: from the chat's link to a corrected date and a file."""

import io
import re

import docx
import pytest
from playwright.async_api import Page, expect

from tests.browser.test_story import (
    PATIENCE_MS,
    answer,
    demo,  # noqa: F401 - a fixture
    join,
    say,
)

KEY = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_coordinator_follows_the_link_looks_corrects_and_takes_the_report(
    page: Page,
    demo: str,  # noqa: F811 - the fixture
) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(demo)
    await join(page, "coordinator")
    await say(page, "coordinator", "/trangweb")
    link = answer(page, "coordinator").get_by_role("link")
    async with page.context.expect_page() as opening:
        await link.click()
    pages = await opening.value
    pages.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    pages.on("pageerror", lambda error: faults.append(str(error)))
    pages.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

    # the key is filled in and gone from the address; one press opens
    await expect(pages.get_by_label("Mã vào")).to_have_value(KEY)
    assert "#" not in pages.url
    await pages.keyboard.press("Enter")
    await expect(pages.get_by_role("heading", level=1)).to_contain_text("thông tin đối ngoại")
    await expect(pages.get_by_role("heading", name="Các đơn vị")).to_be_visible()

    # by keyboard alone: past the head to the plan, open the first item, give it a later date
    await pages.keyboard.press("Tab")
    await expect(pages.get_by_role("link", name="Đến nội dung")).to_be_focused()
    await pages.get_by_role("link", name="Kế hoạch", exact=True).press("Enter")
    first = pages.locator("#line-1")
    await first.locator("summary").press("Enter")
    await first.get_by_label("Hạn", exact=True).fill("2026-04-10")
    await first.get_by_label("Hạn", exact=True).press("Enter")
    await expect(pages.get_by_role("status")).to_contain_text("hạn 10/4/2026")
    await expect(pages.locator("#line-1")).to_contain_text("hạn 10/4/2026")

    await pages.get_by_role("link", name="Đơn vị", exact=True).click()
    await pages.get_by_label("Tìm đơn vị").fill("ngoai vu")
    await expect(pages.locator("#cac-don-vi > li:visible")).to_have_count(1)

    await pages.get_by_role("link", name="Báo cáo", exact=True).click()
    async with pages.expect_download() as coming:
        await pages.get_by_role("link", name="Báo cáo (.docx)").click()
    taken = await coming.value
    paper = docx.Document(io.BytesIO((await taken.path()).read_bytes()))
    assert any("BÁO CÁO" in paragraph.text for paragraph in paper.paragraphs)

    await pages.get_by_role("button", name="Thoát").click()
    await expect(pages.get_by_label("Mã vào")).to_be_visible()
    assert faults == []


async def test_no_page_is_wider_than_the_screen(page: Page, demo: str) -> None:  # noqa: F811 - the fixture
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(demo)
    await join(page, "coordinator")
    await say(page, "coordinator", "/trangweb")
    link = await answer(page, "coordinator").get_by_role("link").get_attribute("href")
    await page.goto(link or "")
    await page.get_by_role("button", name="Vào trang").click()
    home = page.url.rstrip("/")
    for width in (360, 1280):
        await page.set_viewport_size({"width": width, "height": 740})
        for path in ("/", "/ke-hoach/1", "/ke-hoach/1/line-1", "/don-vi", "/don-vi/10", "/bao-cao", "/nhac"):
            answered = await page.goto(home + path)
            assert answered is not None
            assert answered.status == 200, path
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
