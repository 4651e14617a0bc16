"""The demo as a stranger meets it: the real program in a real browser, from the code to the summary."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from tests.browser.toy import free_port

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
ROOT = Path(__file__).parents[2]
PATIENCE_MS = 20_000


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[str]:
    """Start `nhacviec demo` as a process of its own; the value is the page's address."""
    port = free_port()
    ours = {key: value for key, value in os.environ.items() if not key.startswith("NHACVIEC_")}
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", str(port)),
        cwd=tmp_path,
        env={**ours, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(40):
            while not await answers(port):
                assert program.returncode is None, "the demo ended at once"
                await asyncio.sleep(0.1)
        yield f"http://localhost:{port}/"
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.terminate()
        await program.wait()


async def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def phone(page: Page, key: str) -> Locator:
    return page.locator(f'section[data-phone="{key}"]')


def answer(page: Page, key: str) -> Locator:
    """The last thing that the bot said on a phone."""
    return phone(page, key).locator(".message:not(.mine)").last


async def say(page: Page, key: str, words: str) -> None:
    box = phone(page, key).get_by_role("textbox")
    await box.fill(words)
    await box.press("Enter")


async def join(page: Page, key: str) -> None:
    await phone(page, key).get_by_role("button", name="Tham gia").click()
    await phone(page, key).get_by_role("button", name="Đồng ý").click()
    await expect(answer(page, key)).to_contain_text("Cảm ơn")


async def test_a_unit_joins_is_nudged_answers_and_stands_in_the_summary(page: Page, demo: str) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(demo)
    for key in ("focal", "coordinator"):
        await join(page, key)

    # to the Monday of the week in which the first reports are due, Tuesday 31/3
    await page.get_by_role("button", name="Mở lịch tháng").click()
    await page.get_by_role("button", name="Chuyển đến 30/3").click()
    await expect(page.locator("#now")).to_contain_text("Thứ Hai, 30/3/2026")
    await expect(answer(page, "focal")).to_contain_text("Hôm nay là ngày làm việc cuối")
    await expect(phone(page, "focal").locator(".owner .badge")).to_be_visible()

    await answer(page, "focal").get_by_role("button", name="1 Đang làm").click()
    await expect(answer(page, "focal")).to_contain_text("đang thực hiện")
    await say(page, "focal", "1 xong, bc 87/BC-SNgV")
    await expect(answer(page, "focal")).to_contain_text("hoàn thành")

    await say(page, "coordinator", "/tinhhinh")
    await expect(answer(page, "coordinator")).to_contain_text("17/KH-UBND")
    await say(page, "coordinator", "/tonghop")
    await expect(phone(page, "coordinator").locator(".chat")).to_contain_text("87/BC-SNgV")

    await say(page, "stranger", "/tonghop")
    await expect(answer(page, "stranger")).to_contain_text("/start")
    await expect(phone(page, "stranger").locator(".chat")).not_to_contain_text("17/KH-UBND")
