"""`make pictures`: every picture of the documentation, taken anew from the running program.

The phones are those of the sandbox, which is started and driven in a browser. The pages are those of a
province in the middle of its year: the sample plan, a focal point in nearly every unit, and
what they have said since.
"""

import asyncio
import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from config.files import SAMPLES
from documents.reading.units_file import read_units
from domain.organisation.register import Register
from services.organisation.import_units import import_units
from storage.assignments import assignment_store
from storage.organisation import unit_store
from tests.bot.web.own_page_kit import own_pages_of
from tests.browser.test_story import answers
from tests.browser.toy import free_port
from tests.cast import HANG, File, Somebody, Stage, Tap, enter, open_stage

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "docs" / "pictures"
PROVINCE: Final = SAMPLES / "ha-khe"
_PATIENCE: Final = 150_000
_DESK: Final = {"width": 1200, "height": 900}
_PHONE: Final = {"width": 390, "height": 780}


def find_chromium() -> str:
    """Return the path of the browser; end the program where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None) or sys.exit(
        "Chromium is needed (Debian: apt install chromium)"
    )


# ---- the phones of the sandbox


@contextlib.asynccontextmanager
async def running_demo() -> AsyncIterator[str]:
    """Start the demo as a process of its own; give its address."""
    port = free_port()
    ours = {key: value for key, value in os.environ.items() if not key.startswith("NHACVIEC_")}
    with tempfile.TemporaryDirectory() as folder:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--port", str(port)),
            cwd=folder,
            env={**ours, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_PATIENCE / 1000):
                while not await answers(port):
                    assert program.returncode is None, "the demo ended at once"
                    await asyncio.sleep(0.1)
            yield f"http://localhost:{port}"
        finally:
            with contextlib.suppress(ProcessLookupError):
                program.kill()  # nothing of it is kept
            await program.wait()


async def picture_phones(browser: Browser) -> Mapping[str, bytes]:
    """Let a unit join, be nudged and answer, and the coordinator ask; picture each step."""
    pictures = {}
    page = await browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    async with running_demo() as url, page:
        await page.goto(url)
        for key in ("focal", "coordinator"):
            await _phone(page, key).get_by_role("button", name="Tham gia").click()
            await _phone(page, key).get_by_role("button", name="Đồng ý").click()
            await expect(_last(page, key)).to_contain_text("Cảm ơn")
        pictures["phone-join"] = await _phone(page, "focal").screenshot()
        await _go_to(page, "11/3")
        await expect(_last(page, "focal")).to_contain_text("còn 14 ngày làm việc")
        pictures["phone-nudge"] = await _phone(page, "focal").screenshot()
        await _say(page, "focal", "1 xong, bc 87/BC-SNgV")
        await expect(_last(page, "focal")).to_contain_text("hoàn thành")
        pictures["phone-answer"] = await _phone(page, "focal").screenshot()
        await _say(page, "coordinator", "/tinhhinh")
        await expect(_last(page, "coordinator")).to_contain_text("17/KH-UBND")
        pictures["phone-status"] = await _phone(page, "coordinator").screenshot()
        await _say(page, "stranger", "Cho tôi xem kế hoạch")
        pictures["sandbox"] = await page.screenshot()
        await _phone(page, "leader").get_by_role("button", name="Tham gia").click()
        await _phone(page, "leader").get_by_role("button", name="Đồng ý").click()
        await _go_to(page, "30/3")
        await expect(_last(page, "leader")).to_contain_text("Hôm nay là ngày làm việc cuối")
        await _say(page, "focal", "2 vuong kinh phi, xin lui den 10/4")
        await _say(page, "coordinator", "/tinhhinh")
        pictures["due-day"] = await page.screenshot()
    return pictures


def _phone(page: Page, key: str) -> Locator:
    return page.locator(f'section[data-phone="{key}"]')


def _last(page: Page, key: str) -> Locator:
    return _phone(page, key).locator(".message:not(.mine)").last


async def _go_to(page: Page, day: str) -> None:
    """Move the sandbox's calendar to a day, and wait until the days before have passed."""
    await page.get_by_role("button", name="Mở lịch tháng").click()
    await page.get_by_role("button", name=re.compile("^Chuyển đến " + day.replace("/", "."))).click()
    await expect(page.locator("#now")).to_contain_text(f"{day}/2026")


async def _say(page: Page, key: str, words: str) -> None:
    """Type a line on a phone and wait for the answer."""
    answers = _phone(page, key).locator(".message:not(.mine)")
    before = await answers.count()
    box = _phone(page, key).get_by_role("textbox")
    await box.fill(words)
    await box.press("Enter")
    await expect(answers).not_to_have_count(before)


# ---- the pages of a province in the middle of its year

SILENT: Final = ("UBND xã Sương Lĩnh", "Sở Xây dựng", "Báo và Phát thanh, Truyền hình tỉnh")
"""Units in which nobody has joined."""
_FAMILIES: Final = ("Trần", "Lê", "Bùi", "Lò", "Sùng", "Hoàng", "Vàng", "Đỗ", "Nông", "Phan", "Giàng")
_GIVEN: Final = ("Minh Quân", "Thị Hương", "Quốc Toản", "Văn Long", "Thu Tâm", "Đức Dũng", "Mai Quang")
_WORDS: Final = (
    "1 xong, BC số {number}/BC",
    "1 xong, BC số {number}/BC",
    "1 được 60%, chờ lãnh đạo ký",
    "1 xong, BC số {number}/BC",
    "1 vướng: chưa được cấp kinh phí in tờ gấp song ngữ",
    "1 xong, CV số {number}",
    "",
)
"""What the units say of their first item, one after the other; some say nothing."""


async def found_province(folder: Path) -> tuple[Stage, Sequence[Somebody]]:
    """Make the sample province with its plan on 2 March 2026, and let people join."""
    stage = await open_stage(folder / "province.db", "2026-03-02 09:00")
    own = read_units((PROVINCE / "don-vi.csv").read_bytes())
    async with stage.database.writing() as conn:
        await import_units(conn, own, now=stage.clock.now())
        register = Register(await unit_store.load(conn), stage.rules.register.groups)
    stage.rules = replace(stage.rules, register=register)
    stage = Stage(stage.database, stage.rules, stage.settings, stage.clock)
    text = (PROVINCE / "ke-hoach-doi-ngoai-2026.txt").read_text(encoding="utf-8")
    plan_id = await enter(stage, text, register, strict=True)
    async with stage.database.reading() as conn:
        units = sorted({row.unit for row in await assignment_store.of_plan(conn, plan_id)})
    names = (f"{family} {given}" for given in _GIVEN for family in _FAMILIES)
    people = [
        Somebody(f"c-{place}", name, unit, "focal")
        for place, (unit, name) in enumerate(zip(units, names, strict=False))
        if unit not in SILENT
    ]
    for who in (HANG, *people, Somebody("c-lam", "Vũ Đình Lâm", "Sở Ngoại vụ", "leader")):
        await stage.joins(who)
    await stage.hear(HANG, f"/start {await stage.code('Sở Khoa học và Công nghệ', 'coordinator')}")
    return stage, people


MORNINGS: Final = tuple(
    date(2026, month, day)
    for month, day in ((3, 11), (3, 27), (3, 30), (4, 2), (5, 26), (6, 8), (6, 10), (6, 11), (6, 12))
)


async def live_until_june(stage: Stage, people: Sequence[Somebody]) -> None:
    """Let mornings pass until Friday 12 June, and the units say what they have done."""
    for today in MORNINGS:
        await stage.nudged(f"{today} 08:30")
        if today == date(2026, 3, 27):
            for place, who in enumerate(people):
                if words := _WORDS[place % len(_WORDS)].format(number=101 + place):
                    await stage.hear(who, words)
        if today == date(2026, 4, 2):
            for place, who in enumerate(people):
                if place % 14 == 2:
                    await stage.hear(who, f"1 xong, BC số {201 + place}/BC")
        if today == date(2026, 6, 8):
            await stage.hear(HANG, "/kehoach 1")
            await stage.hear(HANG, Tap("Cần xác nhận khi xong"))
    for place, who in enumerate(people):
        heard = await stage.say(who, "/viec")
        report = re.search(r"(\d+)\. Báo cáo 6 tháng", heard)
        if report and place % 3 == 0:
            await stage.hear(who, f"{report[1]} xong, BC số {301 + place}/BC")
        if report and place in (4, 10):
            await stage.hear(who, f"{report[1]} xin lùi đến 19/6 vì chờ số liệu của các xã")
    draft = (PROVINCE / "chuyen-doi-so-2026.txt").read_bytes()
    await stage.hear(HANG, File("chuyen-doi-so-2026.txt", draft))


async def picture_pages(browser: Browser) -> Mapping[str, bytes]:
    """Picture each of the coordinator's pages, and a focal point's own."""
    pictures = {}
    with tempfile.TemporaryDirectory() as folder:
        stage, people = await found_province(Path(folder))
        await live_until_june(stage, people)
        async with own_pages_of(stage):
            page = await browser.new_page(viewport=_DESK, locale="vi-VN")  # type: ignore[arg-type]
            page.set_default_timeout(_PATIENCE)
            await _enter(page, await stage.say(HANG, "/trangweb"), "Vào trang")
            pictures["web-overview"] = await page.screenshot()
            for name, steps in _PAGES.items():
                for step in steps:
                    await page.get_by_role("link", name=step).first.click()
                    await page.wait_for_load_state("networkidle")
                pictures[name] = await page.screenshot()
            await page.set_viewport_size(_PHONE)  # type: ignore[arg-type]
            await page.get_by_role("link", name="Tổng quan", exact=True).first.click()
            await page.wait_for_load_state("networkidle")
            pictures["web-phone"] = await page.screenshot()
            focal = next(who for who in people if who.unit == "Sở Ngoại vụ")
            await page.context.clear_cookies()
            await _enter(page, await stage.say(focal, "/trang"), "Mở trang")
            pictures["web-own"] = await page.screenshot()
            await page.close()
        await stage.database.close()
    return pictures


_PAGES: Final[Mapping[str, Sequence[re.Pattern[str]]]] = {
    "web-waiting": (re.compile("^Chờ duyệt"),),
    "web-plan": (re.compile("^Kế hoạch$"), re.compile("thông tin đối ngoại")),
    "web-draft": (re.compile("^Kế hoạch$"), re.compile("2981|chuyển đổi số")),
    "web-unit": (re.compile("^Đơn vị$"), re.compile("^Sở Ngoại vụ")),
    "web-report": (re.compile("^Báo cáo$"),),
    "web-after": (re.compile("^Sau kỳ$"),),
    "web-ledger": (re.compile("^Sổ nhắc$"),),
}
"""By picture: the links that lead to the page."""


async def _enter(page: Page, answer: str, button: str) -> None:
    """Follow the link that the bot has sent, and come in."""
    link = re.search(r"http\S+", answer)
    assert link is not None
    await page.goto(link[0])
    await page.get_by_role("button", name=button).click()
    await page.wait_for_load_state("networkidle")


def as_small(picture: bytes) -> bytes:
    """Return a picture with 256 colours: a third of its size, and the same to the eye."""
    saved = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(saved, "PNG", optimize=True)
    return saved.getvalue()


async def main() -> None:
    """Take all pictures anew into docs/pictures."""
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        pictures = {**await picture_phones(browser), **await picture_pages(browser)}
        await browser.close()
    for name, picture in pictures.items():
        (OUT / f"{name}.png").write_bytes(as_small(picture))
        sys.stdout.write(f"docs/pictures/{name}.png\n")


if __name__ == "__main__":
    asyncio.run(main())
