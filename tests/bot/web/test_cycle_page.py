"""What is left after a cycle, on the page and in the file; and from a report's words to their message."""

import io
import re
from collections.abc import AsyncIterator

import httpx
import openpyxl
import pytest

from bot.web import unit_pages
from bot.web.cycle_page import ORDERS, EndedPeriods
from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, words
from tests.cast import HANG, LEADING, PLAN, QUAN, SILENT, SUPPORTING, TOAN, TUYEN, Stage, Tap, enter

Row = tuple[str, str, str, str, str, str, str]
NONE = "0"


@pytest.fixture
async def url(stage: Stage) -> AsyncIterator[str]:
    async with pages_of(stage) as url:
        yield url


@pytest.fixture
async def browser(stage: Stage, url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of the coordinator after the first report: one in time, one late, one not at all."""
    await stage.talk((TOAN, "1 xong, BC 4/BC-SCT", "hoàn thành"))
    await stage.talk((QUAN, "2 xin lùi đến 10/7 vì chờ đối tác", "gia hạn"))
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý"), "Đã đồng ý"))
    stage.clock.set("2026-07-13 09:00")
    await stage.talk((QUAN, "1 xong, BC 8/BC-SNgV", "hoàn thành"))
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        yield browser


def table(page: httpx.Response) -> list[Row]:
    """Unit, on time, late, nil, missing, put off, sent back, as the page shows them."""
    found = re.findall(
        r'<th scope="row"><a href="/don-vi/\d+">([^<]*)</a>.*?</th>\s*'
        + r"\s*".join([r'<td class="count[^"]*">([^<]*)</td>'] * 6),
        page.text,
        re.DOTALL,
    )
    return [(a, b, c, d, e, f, g) for a, b, c, d, e, f, g in found]


async def test_each_unit_stands_with_how_it_ended_the_worst_first(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/sau-ky")
    assert table(page) == [
        (LEADING, NONE, "1", NONE, "1", "1", NONE),
        (SILENT, NONE, NONE, NONE, "1", NONE, NONE),
        (SUPPORTING, "1", NONE, NONE, NONE, NONE, NONE),
    ]
    figures = re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", page.text)
    assert [count for _, count in figures] == ["1", "1", "0", "2", "1", "0"]
    shown = words(page)
    assert "Hay bị trễ Báo cáo 6 tháng đầu năm 2026 2/3 lượt trễ hạn" in shown
    assert f"{LEADING}, {SILENT}" in shown
    assert "1/1 lượt trễ hạn" in shown


async def test_a_period_is_chosen_and_no_other_is_there(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/sau-ky?ky=half-2026-1")
    assert table(page)[0] == (LEADING, NONE, "1", NONE, NONE, NONE, NONE) or table(page)[0][0] == SILENT
    assert {row[0]: row[1:] for row in table(page)} == {
        LEADING: (NONE, "1", NONE, NONE, NONE, NONE),
        SILENT: (NONE, NONE, NONE, "1", NONE, NONE),
        SUPPORTING: ("1", NONE, NONE, NONE, NONE, NONE),
    }
    assert "Sau kỳ · 6 tháng đầu năm 2026" in words(page)
    assert "gửi thư mời" not in words(page)
    for wrong in ("ky=half-1999-1", "ky=year-2026-1", "ky=<x>", "ke-hoach=99"):
        assert (await browser.get(f"/sau-ky?{wrong}")).status_code == 404, wrong


@pytest.mark.parametrize(
    ("order", "first"),
    [("ten", SUPPORTING), ("dung", SUPPORTING), ("tre", LEADING), ("gia-han", LEADING), ("x", LEADING)],
)
async def test_the_table_is_sorted_without_a_script(
    browser: httpx.AsyncClient, order: str, first: str
) -> None:
    page = await browser.get(f"/sau-ky?xep={order}")
    assert table(page)[0][0] == first
    assert page.text.count("aria-sort=") == (order != "x")


def test_names_are_sorted_as_vietnamese_has_them() -> None:
    names = ("Văn phòng", "Đoàn thanh niên", "Ủy ban", "Chi cục", "Đài truyền hình")
    ended = [EndedPeriods(name, 1, 0, 0, 0, 0, 0, 0, ()) for name in names]
    told = [ended_periods.unit for ended_periods in sorted(ended, key=ORDERS["ten"])]
    assert told == ["Chi cục", "Đài truyền hình", "Đoàn thanh niên", "Ủy ban", "Văn phòng"]


async def test_the_file_has_the_figures_of_the_page(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/sau-ky")
    link = re.search(r'href="(/sau-ky/1/xlsx)" download', page.text)
    assert link is not None
    book = openpyxl.load_workbook(io.BytesIO((await browser.get(link[1])).content))
    filed: dict[str, list[int]] = {}
    for row in list(book.worksheets[0].iter_rows(values_only=True))[1:]:
        sums = filed.setdefault(str(row[1]), [0] * 6)
        filed[str(row[1])] = [one + int(str(n)) for one, n in zip(sums, row[4:10], strict=True)]
    assert filed == {row[0]: [int(n) for n in row[1:]] for row in table(page)}
    assert (await browser.get("/sau-ky/99/xlsx")).status_code == 404


async def test_of_another_units_plan_nothing_is_left(stage: Stage, url: str) -> None:
    other = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace("chè", "mật ong")
    foreign = await enter(stage, other.replace(HANG.unit, TUYEN.unit), stage.rules.register)
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        for path in (f"/sau-ky?ke-hoach={foreign}", f"/sau-ky/{foreign}/xlsx"):
            assert (await browser.get(path)).status_code == 404, path
        assert "Chưa có việc nào đến hạn" in words(await browser.get("/sau-ky"))


# ---- from the report to its sources


async def test_every_word_of_the_report_leads_to_its_message(stage: Stage, url: str) -> None:
    await stage.talk((QUAN, "1.2 xong, đã in 500 cuốn, in tại <Hà Khê>", "Đã ghi"))
    await stage.talk((TOAN, "1.1 được 30%, đã thuê gian hàng", "Đã ghi"))
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        page = (await browser.get("/bao-cao")).text
        links = re.findall(r'<a class="source" href="(/don-vi/\d+\?loi=\d+)#(loi-\d+)">([^<]*)</a>', page)
        assert len(links) == 2
        for (path, anchor, quoted), (unit, by, said) in zip(
            links,
            [
                (LEADING, QUAN.name, "xong, đã in 500 cuốn, in tại &lt;Hà Khê&gt;"),
                (SUPPORTING, TOAN.name, "được 30%, đã thuê gian hàng"),
            ],
            strict=True,
        ):
            assert quoted == said
            answer = await browser.get(path)
            assert f"<h1>{unit}</h1>" in answer.text
            (message,) = re.findall(rf'<li id="{anchor}">(.*?)</li>', answer.text, re.DOTALL)
            for told in (by, "09:00 1/6", said):
                assert told in message, told


async def test_a_message_of_long_ago_is_still_there_for_its_link(
    stage: Stage, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_pages, "HISTORY", 2)
    for n in range(1, 6):
        await stage.talk((QUAN, f"/capnhat 1.1 được {n}0%", "Đã ghi"))
    ((unit_id,),) = await rows(stage, "SELECT id FROM unit WHERE name = ?", LEADING)
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        newest = (await browser.get(f"/don-vi/{unit_id}")).text
        assert re.findall(r'id="loi-(\d+)"', newest) == ["5", "4"]
        older = (await browser.get(f"/don-vi/{unit_id}?loi=2#loi-2")).text
        assert re.findall(r'id="loi-(\d+)"', older) == ["5", "4", "3", "2"]
        for wrong in ("loi=99999", "loi=x", "loi=-1"):
            assert len(re.findall(r'id="loi-', (await browser.get(f"/don-vi/{unit_id}?{wrong}")).text)) == 2


async def test_words_that_were_added_later_lead_to_their_own_message(stage: Stage, url: str) -> None:
    await stage.talk((TOAN, "1 xong", "hoàn thành"))
    await stage.talk((TOAN, "/capnhat 1 BC số 4/BC-SCT", "Đã ghi"))
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        page = (await browser.get("/bao-cao")).text
    links = re.findall(r'\?loi=(\d+)#loi-\d+">([^<]*)</a>', page)
    assert links == [("1", "xong"), ("2", "BC số 4/BC-SCT")]
