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
    phone,
    say,
)

KEY = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def home_of(page: Page, sandbox: str) -> str:
    """Let the coordinator in; return the address of their pages."""
    expect.set_options(timeout=PATIENCE_MS)
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(sandbox)
    await join(page, "coordinator")
    await say(page, "coordinator", "/trangweb")
    link = await answer(page, "coordinator").get_by_role("link").get_attribute("href")
    await page.goto(link or "")
    await page.get_by_role("button", name="Vào trang").click()
    return page.url.rstrip("/")


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


async def test_a_wish_is_answered_by_keyboard_alone_and_the_phone_hears_of_it(
    page: Page,
    demo: str,  # noqa: F811 - the fixture
) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(demo)
    for key in ("focal", "coordinator"):
        await join(page, key)
    await say(page, "focal", "/viec")
    await say(page, "focal", "1 xin lùi đến 20/4 vì chờ số liệu")
    await expect(answer(page, "focal")).to_contain_text("đã chuyển đơn vị tổng hợp")
    await say(page, "coordinator", "/trangweb")
    async with page.context.expect_page() as opening:
        await answer(page, "coordinator").get_by_role("link").click()
    pages = await opening.value
    pages.set_default_timeout(PATIENCE_MS)
    await expect(pages.get_by_label("Mã vào")).to_have_value(KEY)
    await pages.keyboard.press("Enter")
    await pages.get_by_role("link", name="Chờ duyệt").press("Enter")
    asked = pages.locator("#gia-han li").first
    await expect(asked).to_contain_text("chờ số liệu")
    await asked.locator("summary").filter(has_text="Đồng ý đến ngày khác").press("Enter")
    await asked.get_by_label("Hạn mới").fill("2026-04-15")
    await asked.get_by_label("Lý do").first.press("Enter")
    await expect(pages.get_by_role("status")).to_contain_text("hạn mới 15/4/2026")
    await expect(pages.locator("#gia-han")).to_contain_text("Không có đề nghị gia hạn nào")
    await expect(phone(page, "focal").locator(".chat")).to_contain_text("đồng ý")
    await pages.close()


async def test_no_page_is_wider_than_the_screen(page: Page, demo: str) -> None:  # noqa: F811 - the fixture
    home = await home_of(page, demo)
    for width in (360, 1280):
        await page.set_viewport_size({"width": width, "height": 740})
        for path in (
            *("/", "/cho-y-kien", "/ke-hoach/1", "/ke-hoach/1/line-1", "/don-vi", "/don-vi/10"),
            *("/bao-cao", "/sau-ky", "/nhac"),
        ):
            answered = await page.goto(home + path)
            assert answered is not None
            assert answered.status == 200, path
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert await page.evaluate("document.fonts.check('16px \"Noto Sans Pages\"', 'ế')"), path
            assert await page.locator(".top nav").evaluate("one => one.scrollWidth") <= width, path


async def test_every_page_is_printed_with_its_title_and_without_forms(
    page: Page,
    demo: str,  # noqa: F811 - the fixture
) -> None:
    home = await home_of(page, demo)
    await page.emulate_media(media="print")
    for path in (
        *("/", "/cho-y-kien", "/ke-hoach", "/ke-hoach/1", "/don-vi", "/don-vi/10"),
        *("/bao-cao", "/sau-ky", "/cong-van", "/nhac", "/lien-lac"),
    ):
        answered = await page.goto(home + path)
        assert answered is not None
        assert answered.status == 200, path
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        for kind in ("nav", "select", "textarea", "button", "input:not([type=hidden])", "a.button"):
            shown = [control for control in await page.locator(kind).all() if await control.is_visible()]
            assert shown == [], (path, kind)
        for heading in await page.locator("section:visible > h2:visible").all():
            below = "h2 => h2.parentElement.innerText.trim().length > h2.innerText.trim().length"
            assert await heading.evaluate(below), (path, await heading.inner_text())
