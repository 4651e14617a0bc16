"""The sandbox's panel of a draft, with the whole program behind it: looked through, corrected, confirmed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.app.demo import serve
from tests.browser.test_story import answers
from tests.browser.toy import TEXTS, free_port
from tests.cast import PLAN, settings_for

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("3. Sở Y tế:", "3. SNV:")
FILE = {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": OTHER.encode()}
OPENER = "Kế hoạch chờ xác nhận"
PATIENCE_MS = 20_000


@pytest_asyncio.fixture(loop_scope="session")
async def program(tmp_path: Path) -> AsyncIterator[str]:
    """The sandbox in this process; the value is its address."""
    port, stop = free_port(), asyncio.Event()
    serving = asyncio.create_task(
        serve(settings_for(tmp_path / "unused.db"), port, None, None, TEXTS, lambda: stop)
    )
    async with asyncio.timeout(40):
        while not await is_ready(port):
            await asyncio.sleep(0.1)
    yield f"http://localhost:{port}"
    stop.set()
    await serving


async def is_ready(port: int) -> bool:
    """Whether the program takes what is said at a phone: it refuses a button that was never offered."""
    if not await answers(port):
        return False
    url = f"http://localhost:{port}"
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        try:
            answer = await client.post("/api/press", json={"phone": "coordinator", "data": "none"})
        except httpx.TimeoutException:
            return False
    return answer.status_code == 409


def phone(page: Page) -> Locator:
    return page.locator('section[data-phone="coordinator"]')


def row(page: Page, number: int) -> Locator:
    return page.get_by_role("form", name=f"Dòng {number}", exact=True)


async def last(page: Page, words: str) -> None:
    await expect(phone(page).locator(".message:not(.mine)").last).to_contain_text(words, timeout=PATIENCE_MS)


async def send_plan(page: Page, url: str) -> None:
    """Join as the coordinator and send the plan's file."""
    await page.goto(url)
    await phone(page).get_by_role("button", name="Tham gia").click()
    await last(page, "đồng ý")
    await phone(page).get_by_role("button", name="Đồng ý", exact=True).click()
    await last(page, "Cảm ơn")
    await expect(page.get_by_role("button", name=OPENER)).to_have_count(0)
    await phone(page).locator("input[type=file]").set_input_files(FILE)  # type: ignore[arg-type]  # its TypedDict
    await last(page, "Đã đọc: 41/KH-UBND")


async def test_a_draft_is_corrected_in_place_and_confirmed_by_keyboard(page: Page, program: str) -> None:
    await send_plan(page, program)
    opener = phone(page).get_by_role("button", name=OPENER)
    await opener.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text("41/KH-UBND")
    await expect(page.locator(".item")).to_have_count(8)

    await expect(row(page, 1)).to_contain_text("“SNV” là Sở Ngoại vụ hay Sở Nội vụ?")
    await row(page, 1).get_by_label("Đơn vị").fill("so noi vu")
    await page.keyboard.press("Enter")
    told = page.locator("#draft-told")
    await expect(told).to_contain_text("SNV → Sở Nội vụ")
    await expect(page.locator(".item.doubtful")).to_have_count(0)
    await expect(row(page, 1).get_by_label("Đơn vị")).to_be_focused()

    await expect(row(page, 3).get_by_label("Hạn")).to_have_value("30/6/2026")
    await row(page, 3).get_by_label("Hạn").fill("bao giờ xong thì xong")
    await row(page, 2).get_by_label("Đơn vị").fill("so y te")
    await row(page, 3).get_by_role("button", name="Lưu").press("Enter")
    await expect(told).to_have_class("wrong")
    await row(page, 3).get_by_label("Hạn").fill("trước ngày 20/6")
    await page.keyboard.press("Enter")
    await expect(told).to_contain_text("hạn 20/6/2026")
    await expect(row(page, 3).get_by_label("Hạn")).to_have_value("20/6/2026")
    await expect(row(page, 2).get_by_label("Đơn vị")).to_have_value("so y te")

    await page.get_by_role("dialog").get_by_role("button", name="Xác nhận kế hoạch").press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await last(page, "đã có hiệu lực")
    await expect(opener).to_be_hidden()


async def test_one_of_several_drafts_is_chosen_and_a_row_of_it_left_out(page: Page, program: str) -> None:
    await send_plan(page, program)
    await expect(page.get_by_label("Chọn kế hoạch")).to_be_hidden()
    second = OTHER.replace("41/KH-UBND", "42/KH-UBND").replace("2. Sở Công Thương:", "2. Sở Tài chính:")
    file = {"name": "hai.txt", "mimeType": "text/plain", "buffer": second.encode()}
    await phone(page).locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # its TypedDict
    await last(page, "Đã đọc: 42/KH-UBND")
    opener = phone(page).get_by_role("button", name=f"{OPENER} (2)")
    await opener.click()
    await expect(page.locator("#draft-name")).to_contain_text("42/KH-UBND")
    await page.get_by_label("Chọn kế hoạch").select_option("41/KH-UBND")
    await expect(page.locator("#draft-name")).to_contain_text("41/KH-UBND")
    await expect(page.locator(".item")).to_have_count(8)
    await expect(row(page, 5).get_by_label("Đơn vị")).to_have_value("Sở Công Thương")

    out = row(page, 5).get_by_role("button", name="Bỏ", exact=True)
    await out.press("Enter")
    await expect(page.locator(".item")).to_have_count(8)
    sure = row(page, 5).get_by_role("button", name="Chắc chắn bỏ?")
    await sure.press("Tab")
    await expect(out).to_be_visible()
    await out.press("Enter")
    await sure.press("Enter")
    await expect(page.locator("#draft-told")).to_contain_text("→ đã bỏ")
    await expect(page.locator(".item")).to_have_count(7)

    await page.get_by_role("dialog").get_by_role("button", name="Xác nhận kế hoạch").click()
    await last(page, "Kế hoạch 41/KH-UBND đã có hiệu lực")
    await expect(phone(page).get_by_role("button", name=OPENER, exact=True)).to_be_visible()


async def test_escape_closes_the_panel_and_the_chat_confirms_it_away(page: Page, program: str) -> None:
    await send_plan(page, program)
    await phone(page).get_by_role("button", name=OPENER).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await phone(page).get_by_role("button", name="Bỏ", exact=True).click()
    await last(page, "Đã bỏ bản nháp")
    await expect(page.get_by_role("button", name=OPENER)).to_have_count(0)


async def test_only_the_page_and_only_the_coordinators_phone_correct_a_draft(
    page: Page, program: str
) -> None:
    await send_plan(page, program)
    async with httpx.AsyncClient(base_url=program) as client:
        (draft,) = (await client.get("/api/state")).json()["drafts"]["coordinator"]
        here_is = {"phone": "coordinator", "plan": draft["plan"]}
        shown = (await client.get("/api/draft", params=here_is)).json()
        assert (draft["name"], shown["plan"]) == ("41/KH-UBND", draft["plan"])
        body = {
            "phone": "coordinator",
            "plan": shown["plan"],
            "key": shown["items"][-1]["key"],
            "dates": "1/7",
        }
        here = {"Origin": program}
        assert (await client.post("/api/draft", json=body)).status_code == 403
        assert (
            await client.post("/api/draft", json=body, headers={"Origin": "http://x.vn"})
        ).status_code == 403
        for wrong, status in (
            ({"phone": "focal"}, 409),
            ({"plan": 1, "key": "line 1"}, 409),
            ({"plan": "2"}, 400),
            ({"key": "line 1"}, 409),
            ({"key": "x"}, 409),
            ({"dates": "bao giờ xong thì xong"}, 422),
            ({"units": "Sở Phép thuật"}, 422),
        ):
            answer = await client.post("/api/draft", json=body | wrong, headers=here)
            assert (answer.status_code, bool(answer.json()["error"])) == (status, True), wrong
        for other in ({"phone": "focal"}, {"plan": 1}, {"plan": "x"}):
            assert (await client.get("/api/draft", params=here_is | other)).status_code == 409
        denied = await client.post("/api/draft/confirm", json=here_is | {"phone": "focal"}, headers=here)
        assert denied.status_code == 409
        assert (await client.get("/api/draft", params=here_is)).json() == shown
        taken = await client.post("/api/draft", json=body | {"units": "Sở Y tế"}, headers=here)
        assert "hạn 1/7/2026" in taken.json()["told"]
        (item,) = (
            one
            for one in (await client.get("/api/draft", params=here_is)).json()["items"]
            if one["key"] == body["key"]
        )
        assert (item["units"], item["dates"]) == ("Sở Y tế", "1/7/2026")
