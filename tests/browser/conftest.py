"""A real Chromium, a page in it, and the toy behind the page."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.browser.toy import Toy, free_port, served

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "THE BROWSER TESTS DID NOT RUN: no Chromium here; get it with: apt-get install chromium"
QUIET = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)

# Without a browser these tests are left out, and one loud line says so; where CI is set they fail.
collect_ignore_glob = [] if CHROMIUM or os.environ.get("CI") else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if collect_ignore_glob:
        terminalreporter.write_line(MISSING, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    return CHROMIUM or pytest.fail(MISSING)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page of a desk's size, on which no script error and no breach of the policy goes unnoticed."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(8000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
    yield page
    await page.close()
    assert faults == []


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest_asyncio.fixture(loop_scope="session")
async def url(toy: Toy) -> AsyncIterator[str]:
    """The address of the toy's page."""
    async with served(toy, free_port()) as address:
        yield address
