"""A page of one's own, over real HTTP: who comes in, what they see, and that it is a chat like any other."""

import contextlib
import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import docx
import httpx
import pytest
from markupsafe import Markup
from PIL import Image

from handlers.common.conversation import Outgoing
from storage.organisation import people_store
from tests.bot.web.own_page_kit import own_pages_of
from tests.bot.web.page_kit import browser_at, rows, words
from tests.cast import HANG, LEADING, QUAN, SILENT, STRANGER, TOAN, Somebody, Stage

LINK = re.compile(r"/toi/vao/(\S+)")
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of a stage with the channel of people's own pages running."""

    stage: Stage
    url: str


def marked_document() -> bytes:
    """A Word file whose first line is a secrecy mark."""
    file, document = io.BytesIO(), docx.Document()
    document.add_paragraph("TỐI MẬT")
    document.add_paragraph("Báo cáo kết quả 6 tháng đầu năm")
    document.save(file)
    return file.getvalue()


@pytest.fixture
async def site(stage: Stage) -> AsyncIterator[Site]:
    async with own_pages_of(stage) as url:
        yield Site(stage, url)


async def link_of(site: Site, who: Somebody) -> str:
    found = LINK.search(await site.stage.say(who, "/trang"))
    assert found is not None
    return found[1]


@contextlib.asynccontextmanager
async def at_page(site: Site, who: Somebody) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which somebody has opened their page by a link of their own."""
    async with browser_at(site.url) as browser:
        entered = await browser.post("/toi/vao", data={"key": await link_of(site, who)})
        assert (entered.status_code, entered.headers["location"]) == (303, "/toi")
        yield browser


async def csrf(browser: httpx.AsyncClient) -> str:
    found = CSRF.search((await browser.get("/toi")).text)
    assert found is not None
    return found[1]


async def say(browser: httpx.AsyncClient, **form: str) -> str:
    """Send a form of the page; return what the page says then."""
    sent = await browser.post("/toi/noi", data={"csrf": await csrf(browser), **form})
    assert (sent.status_code, sent.headers["location"]) == (303, "/toi#moi")
    return words(await browser.get("/toi"))


async def test_a_link_opens_the_page_of_its_person_as_often_as_needed(site: Site) -> None:
    key = await link_of(site, QUAN)
    for _ in range(2):
        async with browser_at(site.url) as browser:
            assert "Bấm nút để mở" in words(await browser.get(f"/toi/vao/{key}"))
            await browser.post("/toi/vao", data={"key": key})
            page = words(await browser.get("/toi"))
            assert QUAN.name in page
            assert LEADING in page
            assert "Báo cáo 6 tháng" in page


async def test_to_look_at_a_link_opens_nothing(site: Site) -> None:
    """Scanners of mail follow every link."""
    key = await link_of(site, QUAN)
    async with browser_at(site.url) as browser:
        looked = await browser.get(f"/toi/vao/{key}")
        assert "set-cookie" not in looked.headers
        assert (await browser.get("/toi")).headers["location"] == "/toi/vao"


async def test_a_new_link_ends_the_earlier_one_and_what_it_opened(site: Site) -> None:
    first = await link_of(site, QUAN)
    async with at_page(site, QUAN) as browser:
        assert (await browser.get("/toi")).status_code == 200
        await site.stage.talk((QUAN, "/trang hủy", "Đã thu hồi"))
        assert (await browser.get("/toi")).headers["location"] == "/toi/vao"
    async with browser_at(site.url) as browser:
        assert (await browser.post("/toi/vao", data={"key": first})).status_code == 403


async def test_to_revoke_on_the_page_ends_it_everywhere_and_is_audited(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        left = await browser.post("/toi/thu-hoi", data={"csrf": await csrf(browser)})
        assert (left.status_code, left.headers["location"]) == (303, "/toi/vao")
    assert await rows(site.stage, "SELECT id FROM page_key") == []
    assert len(await rows(site.stage, "SELECT id FROM audit WHERE what = 'page_end'")) == 1


async def test_a_link_ends_after_fourteen_days(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        site.stage.clock.let_pass(days=13, hours=23)
        assert (await browser.get("/toi")).status_code == 200
        site.stage.clock.let_pass(hours=2)
        assert (await browser.get("/toi")).headers["location"] == "/toi/vao"


async def test_a_line_is_recorded_as_from_any_phone_and_answered_on_the_page(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        page = await say(browser, text="1 đã xong, BC số 12/BC-SNgV")
    assert "Đã ghi" in page
    assert "12/BC-SNgV" in page
    assert await rows(site.stage, "SELECT state FROM assignment WHERE state != 'not_started'") != []


async def test_how_far_a_file_is_read_stands_in_one_message_and_is_looked_up_again(site: Site) -> None:
    looks_again = 'http-equiv="refresh"'
    async with at_page(site, QUAN) as browser:
        chat = str((await rows(site.stage, "SELECT chat FROM account WHERE channel = 'page'"))[0][0])
        notice = Outgoing(Markup("Đang đọc trang 2/17…"), is_notice=True)
        sent = await site.stage.program.sender.deliver("page", chat, notice)
        assert looks_again in (await browser.get("/toi")).text
        notice = replace(notice, text=Markup("Đang đọc trang 5/17…"), replaces=sent)
        assert await site.stage.program.sender.deliver("page", chat, notice) == sent
        page = words(await browser.get("/toi"))
        assert ("trang 5/17" in page, "trang 2/17" in page) == (True, False)
        await site.stage.program.sender.deliver("page", chat, Outgoing(Markup("Đã đọc: 41/KH-UBND")))
        assert looks_again not in (await browser.get("/toi")).text


async def test_a_button_of_the_list_is_one_tap(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        press = re.search(r'value="(doing:\d+)"', (await browser.get("/toi")).text)
        assert press is not None
        page = await say(browser, press=press[1])
    assert "Đang làm" in page
    found = await rows(site.stage, "SELECT state FROM assignment WHERE id = ?", int(press[1].split(":")[1]))
    assert found == [("in_progress",)]


async def test_a_button_of_anothers_unit_does_nothing(site: Site) -> None:
    theirs = await rows(
        site.stage,
        "SELECT a.id FROM assignment a JOIN unit u ON u.id = a.unit_id WHERE u.name = ? AND a.past = 0",
        LEADING,
    )
    async with at_page(site, TOAN) as browser:
        await say(browser, press=f"done:{theirs[0][0]}")
    (state,) = await rows(site.stage, "SELECT state FROM assignment WHERE id = ?", theirs[0][0])
    assert state == ("not_started",)


async def test_a_file_becomes_evidence(site: Site) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(picture, "PNG")
    photo = {"file": ("anh.png", picture.getvalue(), "image/png")}
    async with at_page(site, QUAN) as browser:
        form = {"csrf": await csrf(browser), "text": "1"}
        assert (await browser.post("/toi/noi", data=form, files=photo)).status_code == 303
        assert "anh.png" in words(await browser.get("/toi"))
    assert len(await rows(site.stage, "SELECT id FROM evidence")) == 1


async def test_nothing_is_taken_without_the_token_or_from_another_site(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        assert (await browser.post("/toi/noi", data={"text": "1 xong"})).status_code == 403
        foreign = {"Origin": "https://evil.example"}
        form = {"csrf": await csrf(browser), "text": "1 xong"}
        assert (await browser.post("/toi/noi", data=form, headers=foreign)).status_code == 403
    assert await rows(site.stage, "SELECT id FROM page_message") == []


async def test_what_bears_a_secrecy_mark_is_not_kept(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        form = {"csrf": await csrf(browser), "text": "TUYỆT MẬT: 1 xong"}
        assert (await browser.post("/toi/noi", data=form)).status_code == 422
    assert await rows(site.stage, "SELECT id FROM page_message") == []


async def test_a_file_with_a_secrecy_mark_inside_is_not_kept(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        form, file = {"csrf": await csrf(browser), "text": "1"}, {"file": ("bao-cao.docx", marked_document())}
        assert (await browser.post("/toi/noi", data=form, files=file)).status_code == 422
    assert await rows(site.stage, "SELECT id FROM page_file") == []


async def test_somebody_without_any_messenger_joins_by_a_code(site: Site) -> None:
    code = await site.stage.code(SILENT, "focal")
    async with browser_at(site.url) as browser:
        await browser.post("/toi/vao", data={"key": code, "name": "Lò Thị Mây"})
        page = words(await browser.get("/toi"))
        assert SILENT in page
        assert code not in page
        page = await say(browser, text="đồng ý")
        assert "Lò Thị Mây" in page
    async with site.stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT name FROM person WHERE name = 'Lò Thị Mây'")
        assert found.all() != []
    kept = await rows(site.stage, "SELECT text FROM page_message")
    assert not any(code in str(text) for (text,) in kept)


async def test_wrong_codes_wait_longer_each_time(site: Site) -> None:
    async with browser_at(site.url) as browser:
        answers = [
            (await browser.post("/toi/vao", data={"key": f"AAAA-AAA{n}"})).status_code for n in range(2, 9)
        ]
    assert answers == [403] * 5 + [429] * 2
    assert await rows(site.stage, "SELECT id FROM page_key") == []


async def test_a_nudge_goes_to_the_phone_and_to_the_page_only_without_one(site: Site) -> None:
    await link_of(site, QUAN)
    sent = await site.stage.nudged("2026-06-10 08:00")
    assert QUAN.chat in [message.chat for message in sent]
    assert await rows(site.stage, "SELECT id FROM page_message") == []
    async with site.stage.database.writing() as conn:
        await people_store.mark(conn, "memory", QUAN.chat, reachable=False, why="blocked")
    await site.stage.nudged("2026-06-12 08:00")
    kept = await rows(site.stage, "SELECT text FROM page_message")
    assert any("Báo cáo 6 tháng" in str(text) for (text,) in kept)


async def test_a_page_alone_reaches_nobody(site: Site) -> None:
    """Nobody looks at a page unasked: the person stays on the list to phone."""
    await link_of(site, QUAN)
    async with site.stage.database.writing() as conn:
        await people_store.mark(conn, "memory", QUAN.chat, reachable=False, why="blocked")
    async with site.stage.database.reading() as conn:
        unit_id = (await conn.exec_driver_sql("SELECT id FROM unit WHERE name = ?", (LEADING,))).scalar_one()
        contacts = await people_store.contacts(conn, [unit_id], site.stage.clock.now().date())
    assert {contact.name: contact.reachable for contact in contacts}[QUAN.name] is False


async def test_erasure_takes_the_page_with_all_that_was_said(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        await say(browser, text="1 đang làm")
        await site.stage.say(QUAN, "/xoa")
        await site.stage.hear(QUAN, "đồng ý")
        button = site.stage.button(QUAN, "Xóa")
        await site.stage.hear(QUAN, button.label)
        assert (await browser.get("/toi")).headers["location"] == "/toi/vao"
    for table in ("page_key", "page_message", "page_file"):
        assert await rows(site.stage, f"SELECT id FROM {table}") == []  # noqa: S608 - names of ours


@pytest.mark.parametrize("who", [HANG, STRANGER], ids=["coordinator", "stranger"])
async def test_only_officers_get_a_link(site: Site, who: Somebody) -> None:
    assert LINK.search(await site.stage.say(who, "/trang")) is None


async def test_a_file_of_anothers_talk_is_not_given(site: Site) -> None:
    async with at_page(site, QUAN) as browser:
        form = {"csrf": await csrf(browser), "text": ""}
        await browser.post("/toi/noi", data=form, files={"file": ("a.txt", b"1 xong", "text/plain")})
    ((key,),) = await rows(site.stage, "SELECT key FROM page_file")
    async with at_page(site, TOAN) as other:
        assert (await other.get(f"/toi/tep/{key}")).status_code == 404


async def test_a_look_at_the_page_is_noted(site: Site) -> None:
    async with at_page(site, QUAN) as page:
        site.stage.clock.let_pass(hours=1)
        await page.get("/toi")
    (seen,) = await rows(site.stage, "SELECT seen_at FROM account WHERE channel = 'page'")
    assert str(seen[0])[:19] == f"{site.stage.clock.now():%Y-%m-%d %H:%M:%S}"
