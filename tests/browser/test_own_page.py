"""A page of one's own on a phone: by thumb, by keyboard, without JavaScript, and without a network."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.bot.web.own_page_kit import own_pages_of
from tests.browser.test_story import PATIENCE_MS
from tests.cast import QUAN, open_stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PHONE = {"width": 360, "height": 740}
LINE = "1 được 2/3 tin, còn 1 tin bài"


@pytest_asyncio.fixture(loop_scope="session")
async def link(tmp_path: Path, furnished: Path) -> AsyncIterator[str]:
    """The link that the bot has sent to a focal point."""
    stage = await open_stage(Path(shutil.copy(furnished, tmp_path)), "2026-06-11 09:00")
    async with own_pages_of(stage):
        found = re.search(r"http\S+/toi/vao/\S+", await stage.say(QUAN, "/trang"))
        assert found is not None
        yield found[0]
    await stage.database.close()


async def opened(browser: Browser, link: str, *, scripts: bool = True) -> Page:
    """The page on a phone, opened by its link."""
    expect.set_options(timeout=PATIENCE_MS)
    context = await browser.new_context(viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(link)
    await page.get_by_role("button", name="Mở trang").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(QUAN.name)
    await page.wait_for_load_state()  # before that the scripts may not be there yet
    return page


async def answers(page: Page, line: str) -> None:
    await page.get_by_label("Trả lời bằng một dòng").fill(line)
    await page.get_by_role("button", name="Gửi").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
async def test_one_line_is_recorded_on_a_phone(browser: Browser, link: str, scripts: bool) -> None:
    page = await opened(browser, link, scripts=scripts)
    await answers(page, LINE)
    await expect(page.locator("#moi")).to_contain_text("2/3")
    await expect(page.get_by_label("Trả lời bằng một dòng")).to_have_value("")
    await page.locator("#moi").get_by_role("button", name="Hoàn tác").click()
    await expect(page.locator("#moi")).not_to_contain_text("2/3")
    box = await page.locator("html").bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    await page.context.close()


async def test_what_is_typed_outlives_the_network(browser: Browser, link: str) -> None:
    page = await opened(browser, link)
    await page.context.set_offline(True)
    await answers(page, LINE)
    await expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    await expect(page.get_by_label("Trả lời bằng một dòng")).to_have_value(LINE)
    await page.context.set_offline(False)
    await page.reload()
    await expect(page.get_by_label("Trả lời bằng một dòng")).to_have_value(LINE)
    await page.get_by_role("button", name="Gửi").click()
    await expect(page.locator("#moi")).to_contain_text("2/3")
    await expect(page.get_by_label("Trả lời bằng một dòng")).to_have_value("")
    await page.context.close()


async def test_everything_is_reached_by_keyboard(browser: Browser, link: str) -> None:
    page = await opened(browser, link)
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến phần trao đổi")).to_be_focused()
    for _ in range(2):
        await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Đã xong").first).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#moi")).to_contain_text("đang thực hiện")
    await page.context.close()
