"""`make guides`: the guides as printable PDF, with pictures taken from the running program.

The demo is started and driven in a browser; its pictures stand under the sections of the guides that tell of
them. The files lie in build/guides.
"""

import asyncio
import base64
import contextlib
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "build" / "guides"
GUIDES: Final[Mapping[str, Mapping[str, str]]] = {
    "huong-dan-dau-moi": {"1": "join", "2": "nudge", "3": "answer"},
    "huong-dan-tong-hop": {"1": "status", "4": "pages"},
}
"""By guide: which picture stands at the end of which section."""
STYLE: Final = """
@page { size: A4; margin: 20mm 18mm; }
body { font: 11pt/1.45 "Noto Sans Pages"; color: #111; }
h1 { font-size: 18pt; }
h2 { font-size: 14pt; break-after: avoid; margin-top: 1.4em; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #999; padding: 3pt 5pt; text-align: left; }
tr, blockquote, figure { break-inside: avoid; }
blockquote { border-left: 3pt solid #bbb; margin-left: 0; padding-left: 8pt; }
code { font-size: 10pt; background: #f2f2f2; }
figure { margin: 10pt 0; text-align: center; }
img { max-width: 100%; max-height: 120mm; border: 1px solid #ccc; }
"""
FONTS: Final = ROOT / "bot" / "web" / "fonts"
_PATIENCE: Final = 60_000


@contextlib.asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """Start the demo as a process of its own; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = {key: value for key, value in os.environ.items() if not key.startswith("NHACVIEC_")}
    with tempfile.TemporaryDirectory() as folder:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port)),
            cwd=folder,
            env={**ours, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
        )
        assert program.stdout is not None
        await asyncio.wait_for(program.stdout.readline(), 60)
        try:
            yield f"http://localhost:{port}"
        finally:
            program.terminate()
            await program.wait()


async def take_pictures(browser: Browser, url: str) -> dict[str, bytes]:
    """Let a focal point and a coordinator go through a report, and take a picture at each step."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, device_scale_factor=2)
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    await page.goto(url)
    pictures = {}
    for key in ("focal", "coordinator"):
        await _phone(page, key).get_by_role("button", name="Tham gia").click()
        await _phone(page, key).get_by_role("button", name="Đồng ý").click()
        await expect(_last(page, key)).to_contain_text("Cảm ơn")
    pictures["join"] = await _phone(page, "focal").screenshot()
    await page.get_by_role("button", name="Mở lịch tháng").click()
    await page.get_by_role("button", name="Chuyển đến 30/3").click()
    await expect(page.locator("#now")).to_contain_text("30/3/2026")  # the days before have passed
    await expect(_last(page, "focal")).to_contain_text("Hôm nay là ngày làm việc cuối")
    pictures["nudge"] = await _phone(page, "focal").screenshot()
    await _say(page, "focal", "1 xong, bc 87/BC-SNgV")
    await expect(_last(page, "focal")).to_contain_text("hoàn thành")
    pictures["answer"] = await _phone(page, "focal").screenshot()
    await _say(page, "coordinator", "/tinhhinh")
    await expect(_last(page, "coordinator")).to_contain_text("17/KH-UBND")
    pictures["status"] = await _phone(page, "coordinator").screenshot()
    await _say(page, "coordinator", "/trangweb")
    await expect(_last(page, "coordinator")).to_contain_text("/tong-hop")
    link = re.search(r"http\S+#\S+", await _last(page, "coordinator").inner_text())
    assert link is not None
    await page.goto(link[0])
    with contextlib.suppress(AssertionError):
        await page.get_by_role("button").first.click(timeout=3_000)
    await page.wait_for_load_state("networkidle")
    pictures["pages"] = await page.screenshot()
    await page.close()
    return pictures


def _phone(page: Page, key: str) -> Locator:
    return page.locator(f'section[data-phone="{key}"]')


def _last(page: Page, key: str) -> Locator:
    return _phone(page, key).locator(".message:not(.mine)").last


async def _say(page: Page, key: str, words: str) -> None:
    """Type a line on a phone and wait for the answer."""
    answers = _phone(page, key).locator(".message:not(.mine)")
    before = await answers.count()
    box = _phone(page, key).get_by_role("textbox")
    await box.fill(words)
    await box.press("Enter")
    await expect(answers).not_to_have_count(before)


def guide_as_html(text: str, pictures: Mapping[str, bytes]) -> str:
    """Return a guide as a page; `pictures` by the number of the section at whose end they stand."""
    sections = re.split(r"(?m)^(?=## )", text)
    made = []
    for section in sections:
        number = re.match(r"## (\d+)", section)
        html = MarkdownIt("commonmark").enable("table").render(section)
        if number and (picture := pictures.get(number[1])):
            data = base64.b64encode(picture).decode()
            html += f'<figure><img alt="" src="data:image/png;base64,{data}"></figure>'
        made.append(html)
    body = "".join(made)
    style = _fonts() + STYLE
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><style>{style}</style>{body}</html>'


def _fonts() -> str:
    """Return the style sheet of the pages' own font, with the font in it."""

    def as_data(name: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{base64.b64encode((FONTS / name[1]).read_bytes()).decode()})"

    return re.sub(r"url\(([\w.-]+)\)", as_data, (FONTS / "fonts.css").read_text(encoding="utf-8"))


async def print_guides(browser: Browser, folder: Path) -> list[Path]:
    """Take the pictures and print each guide into a folder; return the files."""
    async with running_demo() as url:
        pictures = await take_pictures(browser, url)
    page, files = await browser.new_page(), []
    for name, places in GUIDES.items():
        text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        await page.set_content(guide_as_html(text, {number: pictures[key] for number, key in places.items()}))
        files.append(folder / f"{name}.pdf")
        await page.pdf(path=files[-1], format="A4", print_background=True)
    await page.close()
    return files


async def main() -> None:
    """Print the guides into build/guides."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("make guides needs Chromium (Debian: apt install chromium)")
    OUT.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for file in await print_guides(browser, OUT):
            sys.stdout.write(f"{file.relative_to(ROOT)}\n")
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
