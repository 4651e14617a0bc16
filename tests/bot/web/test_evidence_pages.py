"""The files of a unit on its page: listed under its work, given to who compiles it, and to nobody else."""

import html
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.bot.web.page_kit import browser_at, come_in, pages_of
from tests.cast import HANG, LAM, QUAN, TUYEN, File, Press, Stage, Tap, words_of
from tests.documents.making import make_docx
from tests.documents.reading.test_active_content import relation, with_parts
from tests.handlers.assignments.test_evidence_chat import PDF, picture, stored

NAME = "Báo cáo số 87 <chè>.pdf"


@pytest.fixture
async def url(stage: Stage) -> AsyncIterator[str]:
    await stage.hear(QUAN, File(NAME, PDF, caption="1 xong"))
    await stage.hear(QUAN, File("1.jpg", picture("red"), caption="1.2", album="A1"))
    await stage.hear(QUAN, File("2.jpg", picture("blue"), album="A1"))
    async with pages_of(stage) as url:
        yield url


@pytest.fixture
async def browser(stage: Stage, url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        yield browser


async def unit_page(stage: Stage, browser: httpx.AsyncClient) -> str:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT id FROM unit WHERE name = ?", (QUAN.unit,))
        return (await browser.get(f"/don-vi/{found.scalar_one()}")).text


def links(page: str) -> dict[str, str]:
    """The addresses of files on a page by their names."""
    found = re.findall(r'<a href="([^"]*/minh-chung/\d+)" download>([^<]*)</a>', page)
    return {html.unescape(name): address for address, name in found}


async def test_the_files_stand_under_their_work_a_set_on_one_line(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    page = await unit_page(stage, browser)
    assert list(links(page)) == ["Báo cáo số 87 chè.pdf", "1.jpg", "2.jpg"]
    assert "Minh chứng (3 tệp)" in page
    (line,) = [
        one for one in re.findall(r"<li>.*?</li>", page, re.DOTALL) if "1.jpg" in one and "ul" not in one
    ]
    assert "2.jpg" in line
    assert "Dịch sách" in line


async def test_a_file_that_loads_something_when_opened_is_told_of_wherever_it_is_shown(stage: Stage) -> None:
    data = with_parts({"word/_rels/settings.xml.rels": relation("attachedTemplate")})
    await stage.talk(
        (QUAN, File("mau.docx", data, caption="1 xong"), ("Đã lưu tệp", "tải nội dung từ nơi khác"))
    )
    await stage.talk((QUAN, File("thuong.docx", make_docx("BÁO CÁO"), caption="1.2"), "Đã lưu tệp"))
    (brought,) = await stage.hear(QUAN, Press("files:1"))
    assert "khi mở, tệp mau.docx có thể" in words_of(brought)
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        page = await unit_page(stage, browser)
    assert page.count("khi mở có thể tự chạy") == 1


async def test_a_file_is_given_to_be_saved_as_what_it_was_found_to_be(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    found = links(await unit_page(stage, browser))
    answer = await browser.get(found["Báo cáo số 87 chè.pdf"])
    assert (answer.status_code, answer.content) == (200, PDF)
    head = answer.headers
    assert head["content-type"] == "application/pdf"
    assert head["content-disposition"].startswith("attachment; ")
    assert "B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%2087%20ch%C3%A8.pdf" in head["content-disposition"]
    assert head["x-content-type-options"] == "nosniff"
    assert head["cache-control"] == "no-store"
    assert (await browser.get(found["1.jpg"])).headers["content-type"] == "image/jpeg"


async def test_another_coordinator_and_a_stranger_get_nothing(
    stage: Stage, url: str, browser: httpx.AsyncClient
) -> None:
    found = links(await unit_page(stage, browser))
    async with browser_at(url) as other:
        for address in found.values():
            assert (await other.get(address)).headers["location"] == "/vao"
        await come_in(stage, TUYEN, other)
        for address in found.values():
            answer = await other.get(address)
            assert (answer.status_code, PDF in answer.content) == (404, False)


@pytest.mark.parametrize(
    "path",
    [
        "/don-vi/1/minh-chung/1",
        "/don-vi/1/minh-chung/99",
        f"/don-vi/1/minh-chung/{10**30}",
        f"/don-vi/{10**30}",
    ],
)
async def test_a_file_under_another_unit_or_none_is_not_there(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


async def test_a_file_that_is_gone_is_told_of(stage: Stage, browser: httpx.AsyncClient) -> None:
    found = links(await unit_page(stage, browser))
    for name in stored(stage):
        for path in stage.database.path.parent.rglob(name):
            path.unlink()
    answer = await browser.get(found["1.jpg"])
    assert (answer.status_code, "không còn trên máy chủ" in answer.text) == (410, True)


async def test_what_waits_for_the_units_leader_is_told_so_without_its_words(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.hear(LAM, "/duyet bat")
    await stage.hear(QUAN, "2 xong, gửi 40 thư")
    page = await unit_page(stage, browser)
    assert "chờ lãnh đạo duyệt (1/6)" in page
    assert "chưa gửi ra ngoài đơn vị" in page
    assert "40 thư" not in page
    await stage.post()
    await stage.hear(LAM, Tap("Duyệt"))
    await come_in(stage, HANG, browser)
    page = await unit_page(stage, browser)
    assert "xong, gửi 40 thư" in page
    assert "chờ lãnh đạo duyệt" not in page
