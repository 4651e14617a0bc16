"""What stands on the coordinator's pages, and what a correction there does, over real HTTP."""

import io
import re

import docx
import httpx
import openpyxl
import pytest

from bot.web import report_page
from bot.web.waiting_page import HERE
from storage.common import audit_log
from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, send, token, words
from tests.cast import (
    COMPILING,
    HANG,
    LEADING,
    PLAN,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    File,
    Somebody,
    Stage,
    Tap,
    enter,
    words_of,
)

REPORT, DUTY = "rule-1", "line-3"
"""The units' report of 15/6 and 15/11, and the duty of 30/6, as their addresses name them."""


async def correct(browser: httpx.AsyncClient, key: str, what: str, said: str, plan: int = 1) -> str:
    """Send a correction; return what the page says then."""
    form = {"csrf": await token(browser), "what": what, "words": said}
    sent = await browser.post(f"/ke-hoach/{plan}/{key}/sua", data=form)
    assert sent.status_code == 303
    return words(await browser.get(sent.headers["location"].partition("#")[0]))


async def dues(stage: Stage) -> list[tuple[object, ...]]:
    """Unit, due date, state of all that is owed."""
    return await rows(
        stage,
        "SELECT unit.name, due_on, state FROM assignment JOIN unit ON unit.id = unit_id"
        " ORDER BY due_on, unit.name",
    )


# ---- plan


async def test_the_plan_is_laid_out_as_its_document(stage: Stage, browser: httpx.AsyncClient) -> None:
    await stage.hear(QUAN, "1.2 xong, đã in 500 cuốn")
    shown = words(await browser.get("/ke-hoach/1"))
    places = [
        shown.index(one) for one in ("mời hai đoàn", "Dịch sách", "gửi thư mời", "gian hàng", "sao chè")
    ]
    assert places == sorted(places)
    assert "II.1. Sở Ngoại vụ" in shown
    assert "trong báo cáo: 1/1 đơn vị đã nêu" in shown
    assert "hạn 30/6/2026" in shown
    assert "hạn 15/6/2026, 15/11/2026" in shown


async def test_one_duty_shows_each_of_its_units(stage: Stage, browser: httpx.AsyncClient) -> None:
    stage.clock.set("2026-06-16 10:00")
    await come_in(stage, HANG, browser)
    shown = words(await browser.get(f"/ke-hoach/1/{REPORT}"))
    for unit in (LEADING, SUPPORTING, SILENT):
        assert f"{unit} 15/6 ▲ quá hạn" in shown
        assert f"{unit} 15/11 ○ trong hạn" in shown
    for key in ("line-99", "rule-99", "group-1", "x", "line-0x1"):
        assert (await browser.get(f"/ke-hoach/1/{key}")).status_code == 404


async def test_a_corrected_date_is_nudged_by_and_told_and_on_record(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    told = await correct(browser, DUTY, "when", "2026-07-10")
    assert "hạn 10/7/2026" in told
    assert (LEADING, "2026-07-10", "not_started") in await dues(stage)
    (next_on,) = await rows(stage, "SELECT next_nudge_on FROM assignment WHERE duty_id = 3")
    assert next_on == ("2026-06-22",), "the first rung of a duty: fourteen working days before"
    assert [
        words_of(sent.message)
        for sent in await stage.nudged("2026-06-01 09:30")
        if "10/7" in words_of(sent.message)
    ]
    async with stage.database.reading() as conn:
        last = (await audit_log.listing(conn))[-1]
        assert (await audit_log.verify(conn)).broken is None
    assert (last.what, last.about, last.was, last.became) == (
        "correct",
        "plan 1 line 3: when",
        "due 2026-06-30",
        "due 2026-07-10",
    )
    assert last.person_id is not None


async def test_what_is_done_stays_done_when_its_date_is_corrected(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.hear(TOAN, "1 xong, BC số 4/BC-SCT")
    await correct(browser, REPORT, "when", "20/6/2026, 15/11/2026")
    assert [row for row in await dues(stage) if str(row[1]) < "2026-06-30"] == [
        (SUPPORTING, "2026-06-15", "done"),
        (LEADING, "2026-06-20", "not_started"),
        (SILENT, "2026-06-20", "not_started"),
    ]


async def test_corrected_units_are_asked_and_the_others_are_not(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    told = await correct(browser, DUTY, "who", "sở công thương, SYT")
    assert f"{SUPPORTING}, {SILENT}" in told
    assert [row for row in await dues(stage) if row[1] == "2026-06-30"] == [
        (SUPPORTING, "2026-06-30", "not_started"),
        (LEADING, "2026-06-30", "cancelled"),
        (SILENT, "2026-06-30", "not_started"),
    ]
    async with stage.database.reading() as conn:
        last = (await audit_log.listing(conn))[-1]
    assert last.was is not None
    assert re.fullmatch(r"units \d+", last.was)
    assert re.fullmatch(r"units \d+ \d+", last.became or "")


async def test_a_duty_whose_date_is_taken_away_is_asked_for_no_more(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await correct(browser, DUTY, "quiet", "")
    assert (LEADING, "2026-06-30", "cancelled") in await dues(stage)


@pytest.mark.parametrize(
    ("key", "what", "said", "sentence"),
    [
        (DUTY, "when", "hôm nào đó", "chưa rõ"),
        (DUTY, "who", "Sở Trên Trời", "không có đơn vị"),
        (DUTY, "drop", "", "không thực hiện được"),
        (DUTY, "", "", "không thực hiện được"),
        ("line-99", "when", "2026-07-10", "không thực hiện được"),
        ("group-99", "who", LEADING, "không thực hiện được"),
    ],
)
async def test_a_correction_that_is_not_understood_changes_nothing_and_says_why(
    stage: Stage, browser: httpx.AsyncClient, key: str, what: str, said: str, sentence: str
) -> None:
    before = await stage.everything()
    form = {"csrf": await token(browser), "what": what, "words": said}
    sent = await browser.post(f"/ke-hoach/1/{key}/sua", data=form)
    page = await browser.get(sent.headers["location"].partition("#")[0])
    assert sentence in words(page)
    assert 'role="alert"' in page.text
    assert await stage.everything() == before
    assert sentence not in words(await browser.get("/ke-hoach/1")), "it is said once"


async def test_what_was_typed_and_not_taken_is_still_there(browser: httpx.AsyncClient) -> None:
    form = {"csrf": await token(browser), "what": "who", "words": "Sở <Trên> Trời"}
    await browser.post(f"/ke-hoach/1/{DUTY}/sua", data=form)
    page = (await browser.get("/ke-hoach/1")).text
    assert ">Sở &lt;Trên&gt; Trời</textarea>" in page
    assert "<Trên>" not in page


async def test_an_open_group_gets_its_units(stage: Stage, browser: httpx.AsyncClient) -> None:
    text = PLAN.replace("33/KH-UBND", "35/KH-UBND").replace("chè", "sâm")
    text = text.replace("- Kiểm tra an toàn", "- Phối hợp với các đơn vị liên quan kiểm tra an toàn")
    plan = await enter(stage, text, stage.rules.register)
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    found = re.search(r'id="(group-\d+)"', page)
    assert found is not None
    assert "Chưa rõ là những đơn vị nào" in page
    told = await correct(browser, found[1], "who", "Sở Tài chính", plan)
    assert "Sở Tài chính" in told
    assert found[1] not in (await browser.get(f"/ke-hoach/{plan}")).text


# ---- units


async def test_a_units_page_tells_its_work_its_words_and_its_people(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.hear(QUAN, "1.2 vướng <b>kinh phí</b> in sách")
    await stage.hear(QUAN, "2 được 40%")
    await stage.hear(QUAN, "2 xin lùi đến 10/7 vì chờ đối tác")
    (row,) = await rows(stage, f"SELECT id FROM unit WHERE name = '{LEADING}'")  # noqa: S608 - our own
    answer = await browser.get(f"/don-vi/{row[0]}")
    shown = words(answer)
    for told in (
        "Việc được giao (3)",
        "Báo cáo 6 tháng đầu năm 2026",
        "40% (1/6)",
        "xin đến 10/7, chờ ý kiến",
        "Trần Minh Quân , đầu mối ✓ nhận được tin",
        "Vũ Đình Lâm , lãnh đạo phụ trách",
        "vướng <b>kinh phí</b> in sách",
    ):
        assert told in shown, told
    assert "<b>kinh" not in answer.text
    assert (await browser.get("/don-vi/9999")).status_code == 404


async def test_the_list_to_phone_names_whom_no_nudge_reaches(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE account SET reachable = 0 WHERE chat = ?", (QUAN.chat,))
    shown = words(await browser.get("/don-vi?xem=goi"))
    assert f"{LEADING} không liên lạc được" in shown
    assert "Trần Minh Quân, đầu mối · không liên lạc được" in shown
    assert "Vũ Đình Lâm, lãnh đạo phụ trách" in shown
    assert f"{SILENT} chưa có đầu mối" in shown
    assert SUPPORTING not in shown
    assert SUPPORTING in words(await browser.get("/don-vi"))


async def test_the_list_of_wishes_names_who_asks_for_a_later_date(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.hear(QUAN, "2 xin lùi đến 10/7 vì chờ đối tác")
    shown = words(await browser.get("/don-vi?xem=gia-han"))
    assert "xin đến 10/7" in shown
    assert SUPPORTING not in shown
    assert "1 đề nghị gia hạn" in words(await browser.get("/"))


# ---- report


async def test_the_report_shows_what_units_said_and_who_has_not(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.hear(QUAN, "1.2 xong, đã in 500 cuốn <sách>")
    answer = await browser.get("/bao-cao")
    shown = words(answer)
    assert "Tổng hợp kết quả 6 tháng đầu năm 2026" in shown
    assert f"{LEADING}: xong, đã in 500 cuốn <sách>" in shown
    assert "<sách>" not in answer.text
    assert "Tổng hợp kết quả năm 2026" in words(await browser.get("/bao-cao?ky=year-2026-1"))
    assert "đã in" not in words(await browser.get("/bao-cao?phan=II.2"))
    for wrong in ("ky=half-1999-1", "mau=khong-co", "ke-hoach=99", "ke-hoach=x"):
        assert (await browser.get(f"/bao-cao?{wrong}")).status_code == 404, wrong


async def test_the_report_is_taken_away_as_files(stage: Stage, browser: httpx.AsyncClient) -> None:
    await stage.hear(QUAN, "1.2 xong, đã in 500 cuốn")
    text = await browser.get("/bao-cao/1/txt")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "đã in 500 cuốn" in text.content.decode("utf-8-sig")
    assert text.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    paper = docx.Document(io.BytesIO((await browser.get("/bao-cao/1/docx")).content))
    assert any("đã in 500 cuốn" in paragraph.text for paragraph in paper.paragraphs)
    table = openpyxl.load_workbook(io.BytesIO((await browser.get("/bao-cao/1/xlsx")).content))
    cells = [cell.value for row in table.worksheets[0].iter_rows() for cell in row]
    assert LEADING in cells
    for missing in ("/bao-cao/1/pdf", "/bao-cao/99/txt", "/bao-cao/1/txt?ky=half-1999-1"):
        assert (await browser.get(missing)).status_code == 404, missing


async def test_a_very_large_plan_is_compiled_only_when_asked(
    stage: Stage, browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_page, "AT_ONCE", 6)
    assert "Kế hoạch này có 7 việc" in words(await browser.get("/bao-cao"))
    assert "đã báo cáo 0/3 đơn vị" in words(await browser.get("/bao-cao?xem=1"))


# ---- ledger, language


async def test_the_ledger_tells_what_became_of_each_message_and_never_its_words(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.nudged("2026-06-01 09:00")
    shown = words(await browser.get("/nhac"))
    assert "Thứ Hai, 1/6/2026" in shown
    assert f"Trần Minh Quân {LEADING} Lời nhắc Đã gửi 09:00" in shown
    assert "Dịch sách" not in shown


async def test_the_pages_speak_the_persons_language(stage: Stage, browser: httpx.AsyncClient) -> None:
    assert '<html lang="vi">' in (await browser.get("/")).text
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE person SET language = 'en'")
    for path in (
        "/",
        HERE,
        "/ke-hoach/1",
        f"/ke-hoach/1/{REPORT}",
        "/don-vi",
        "/bao-cao",
        "/sau-ky",
        "/nhac",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        assert '<html lang="en">' in answer.text
    assert "Up to the next due date, 15/6" in words(await browser.get("/"))


async def test_every_field_has_a_label_and_every_page_one_heading(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.talk(
        (HANG, "/kehoach 1", "[Cần xác nhận khi xong]"),
        (HANG, Tap("Cần xác nhận"), "sẽ chờ anh/chị xác nhận"),
        (QUAN, "1 xong", "Đã chuyển đơn vị tổng hợp xác nhận"),
        (QUAN, "/capnhat 2 xin lùi đến 10/7", "gia hạn"),
    )
    draft = PLAN.replace("33/KH-UBND", "35/KH-UBND").replace("Sở Y tế:", "Sở Chăn nuôi:")
    await stage.hear(HANG, File("ke-hoach.txt", draft.encode()))
    for path in (
        "/",
        HERE,
        "/sau-ky",
        "/vao",
        "/ke-hoach",
        "/ke-hoach/1",
        "/ke-hoach/2",
        f"/ke-hoach/1/{DUTY}",
        "/don-vi",
        "/don-vi?xem=goi",
        "/bao-cao",
        "/nhac",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 200, path
        page = answer.text
        fields = re.findall(r'<(?:input|textarea|select)(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', page)
        every = re.findall(r'<(?:input|textarea|select)(?![^>]*type="hidden")', page)
        assert len(fields) == len(every), path
        assert all(f'<label for="{field}"' in page for field in fields), path
        assert page.count("<h1") == 1, path
        assert len(re.findall(r'\bid="([^"]+)"', page)) == len(set(re.findall(r'\bid="([^"]+)"', page))), path
        assert " style=" not in page
        assert "<script>" not in page


async def test_a_colleagues_seat_is_taken_away_on_the_page_of_units(stage: Stage) -> None:
    other = Somebody("c-mai", "Giàng Thị Mai", COMPILING, "coordinator")
    await stage.joins(other)
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        page = await browser.get("/don-vi")
        found = re.search(r"/don-vi/vai/(\d+)", page.text)
        assert other.name in words(page)
        assert found is not None
        assert f"{other.name} sẽ thôi vai trò" in await send(browser, f"/don-vi/vai/{found[1]}")
        assert other.name not in words(await browser.get("/don-vi"))
        (seat,) = await rows(stage, "SELECT min(id) FROM membership WHERE role = 'focal'")
        assert "không thực hiện được" in await send(browser, f"/don-vi/vai/{seat[0]}")
