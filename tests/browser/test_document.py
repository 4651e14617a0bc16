"""A draft is put right on its page in a real browser: by keyboard alone, on a tablet, without scripts."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from documents.reading import read_text
from services.plans.import_plan import Imported, import_plan
from tests.bot.web.page_kit import key_for, pages_of
from tests.cast import HANG, PLAN, Stage, furnish, open_stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FAIR, BOOK = "Trồng dặm vùng chè cổ thụ.", "In bản đồ vùng chè."
TEXT = (
    PLAN.replace("33/KH-UBND", "41/KH-UBND")
    .replace("chè Hà Khê", "mật ong Hà Khê")
    .replace("CHÈ", "MẬT ONG")
    .replace("1. Sở Ngoại vụ:", f"{FAIR}\n\n{BOOK}\n\n1. Sở Ngoại vụ:")
)


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[tuple[str, Stage]]:
    """The pages with a draft that has two unread passages; the value is the draft's address."""
    await furnish(tmp_path / "desk.db")
    stage = await open_stage(tmp_path / "desk.db", "2026-06-01 09:00")
    async with stage.database.writing() as conn:
        read, now = read_text(TEXT, stage.rules.register), stage.clock.now()
        result = await import_plan(conn, read, by=None, now=now, rules=stage.rules)
        assert isinstance(result, Imported)
    async with pages_of(stage) as url:
        yield f"{url}/ke-hoach/{result.plan.id}", stage
    await stage.database.close()


async def come_in(page: Page, address: str, stage: Stage) -> None:
    door = address.partition("/ke-hoach")[0]
    await page.goto(f"{door}/vao")
    await page.get_by_label("Mã vào").fill(await key_for(stage, HANG))
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{door}/")
    await page.goto(address)


async def test_it_is_put_right_by_keyboard_alone(page: Page, desk: tuple[str, Stage]) -> None:
    address, stage = desk
    await come_in(page, address, stage)
    unread = page.locator(".passages > li.unread")
    await expect(unread).to_have_count(2)
    await page.keyboard.press("n")
    await expect(unread.first.locator("input")).to_be_focused()
    await page.keyboard.press("/")
    await page.keyboard.type("yte")
    await expect(page.get_by_role("option")).to_have_count(0)
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("so yt")
    await expect(page.get_by_role("option").first).to_have_text("Sở Y tế")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Đơn vị: gõ")).to_have_value("Sở Y tế")
    await page.keyboard.press("Enter")
    await page.keyboard.press("1")
    await expect(page.get_by_role("status").first).to_contain_text("1 đoạn → Nhiệm vụ: Sở Y tế")

    # the next unread one is in hand; two passages at once are no work, and come back
    await expect(unread).to_have_count(1)
    await expect(unread.first.locator("input")).to_be_focused()
    await page.keyboard.press("Shift+ArrowUp")
    await expect(page.locator(".passages input:checked")).to_have_count(2)
    await page.keyboard.press("5")
    await expect(page.get_by_role("status").first).to_contain_text("2 đoạn → Không giao việc")
    await expect(unread).to_have_count(0)
    await page.keyboard.press("u")
    await expect(page.get_by_role("status").first).to_contain_text("Đã hoàn tác")
    await expect(unread).to_have_count(1)
    await expect(page.locator(".passages .duty", has_text=FAIR)).to_have_count(1)


async def test_pointing_at_one_shows_the_other(page: Page, desk: tuple[str, Stage]) -> None:
    address, stage = desk
    await come_in(page, address, stage)
    passage = page.locator(".passages > li", has_text="Hướng dẫn các hộ làm chè")
    row = page.locator(".items > li", has_text="Hướng dẫn các hộ làm chè")
    await passage.locator("label").click()
    await expect(row).to_have_class(re.compile("linked"))
    await expect(row).to_be_in_viewport()
    await page.locator(".passages > li", has_text="Mạc Thị").locator("label").click()
    await row.locator(".n").click()
    await expect(passage).to_have_class(re.compile("linked"))
    await expect(passage).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1024, 768), (1440, 900)])
async def test_nothing_is_wider_than_the_screen(
    page: Page, desk: tuple[str, Stage], width: int, height: int
) -> None:
    address, stage = desk
    await page.set_viewport_size({"width": width, "height": height})
    await come_in(page, address, stage)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await page.locator(".passages > li.unread label").first.click()
    deed = page.get_by_role("button", name="Không giao việc")
    await expect(deed).to_be_in_viewport()
    box = await deed.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    await deed.click()
    await expect(page.get_by_role("status").first).to_contain_text("1 đoạn → Không giao việc")


async def test_it_works_without_scripts(browser: Browser, desk: tuple[str, Stage]) -> None:
    address, stage = desk
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    page.set_default_timeout(8000)
    await come_in(page, address, stage)
    await page.get_by_label(FAIR).check()
    await page.get_by_label(BOOK).check()
    await page.get_by_label("Đơn vị: gõ").fill("so y te")
    await page.get_by_role("button", name="Hoạt động").click()
    await expect(page.get_by_role("status").first).to_contain_text("2 đoạn → Hoạt động: Sở Y tế")
    await page.get_by_role("button", name="Hoàn tác (1)").click()
    await expect(page.get_by_role("status").first).to_contain_text("Đã hoàn tác")
    await context.close()
