"""A draft on the pages: looked through, corrected, confirmed; and a later version of a live plan."""

import re
from dataclasses import replace
from datetime import date

import httpx
import pytest

from documents.reading import read_text
from domain.plans.commitments import commit
from domain.plans.plan import ScannedPage, without_undated_own_reports
from storage.common import audit_log
from storage.plans import plan_store
from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, send, token, words
from tests.cast import COMPILING, HANG, LEADING, PLAN, TUYEN, File, Stage


async def last(stage: Stage) -> tuple[object, ...]:
    """The newest line of the audit."""
    async with stage.database.reading() as conn:
        one = (await audit_log.listing(conn))[-1]
    return one.what, one.about, one.was, one.became


OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace(
    "- Kiểm tra an toàn", "- Phối hợp với các đơn vị liên quan kiểm tra an toàn"
)


async def draft(stage: Stage, text: str = OTHER) -> int:
    """Keep a draft as the chat does."""
    register = stage.rules.register
    read = without_undated_own_reports(read_text(text, register))
    now = stage.clock.now()
    async with stage.database.writing() as conn:
        return await plan_store.add(conn, read, commit(read, register, date(2026, 6, 1)), now)


async def test_a_date_that_has_passed_is_asked_about_before_a_draft_goes_live(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage)
    stage.clock.set("2026-08-03 08:00")
    await come_in(stage, HANG, browser)
    asked = await send(browser, f"/ke-hoach/{plan}/xac-nhan")
    assert "Chưa xác nhận: 1 dòng có hạn đã qua" in asked
    assert "Hỏi từ nay" in asked
    (row,) = await rows(stage, "SELECT id FROM duty WHERE plan_id = ? AND due <> ''", plan)
    assert "hỏi từ nay" in await send(browser, f"/ke-hoach/{plan}/line-{row[0]}/sua", what="ask")
    assert "có hiệu lực" in await send(browser, f"/ke-hoach/{plan}/xac-nhan")


async def test_an_unsure_date_is_asked_about_on_the_page_and_waved_through(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, OTHER.replace("30/6/2026", "30/9/2026 hoặc 10/10/2026"))
    await come_in(stage, HANG, browser)
    assert "có hai ngày để chọn" in (await browser.get(f"/ke-hoach/{plan}")).text
    asked = await send(browser, f"/ke-hoach/{plan}/xac-nhan")
    assert "Chưa xác nhận: 1 dòng có hạn đã qua, chưa chắc chắn" in asked
    assert "có hiệu lực" in await send(browser, f"/ke-hoach/{plan}/xac-nhan", passed="yes")


async def test_a_past_date_for_a_live_plan_is_stored_when_it_is_sent_twice(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    form = {"what": "when", "words": "10/1/2026"}
    assert "Chưa lưu: hạn này đã qua" in await send(browser, "/ke-hoach/1/line-1/sua", **form)
    assert (await rows(stage, "SELECT due FROM duty WHERE id = 1")) == [("",)]
    page = await browser.get("/ke-hoach/1")
    assert 'name="sure"' not in page.text
    assert "hạn 10/1/2026" in await send(browser, "/ke-hoach/1/line-1/sua", sure="10/1/2026", **form)


async def test_drafts_stand_first_among_the_plans(stage: Stage, browser: httpx.AsyncClient) -> None:
    await draft(stage)
    shown = words(await browser.get("/ke-hoach"))
    assert shown.index("Chờ xác nhận (1)") < shown.index("41/KH-UBND") < shown.index("Đang thực hiện (1)")


async def test_a_draft_shows_its_doubts_its_rows_and_what_can_be_done(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage)
    page = await browser.get(f"/ke-hoach/{plan}")
    shown = words(page)
    for told in ("chưa nhắc ai", "Cần xem lại (1)", "các đơn vị liên quan", "Xác nhận kế hoạch", "sao chè"):
        assert told in shown, told
    assert "không còn phải làm" not in shown, "nothing of a draft is owed yet"
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))


async def test_a_doubt_is_settled_and_a_row_left_out_before_the_draft_goes_live(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage)
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    doubt = re.search(r'id="hoi-(group-\d+)"', page)
    line = re.findall(r'<li id="(line-\d+)"', page)[1]
    assert doubt is not None
    told = await send(browser, f"/ke-hoach/{plan}/{doubt[1]}/sua", what="who", words="Sở Tài chính")
    assert "Sở Tài chính" in told
    assert "Không còn điểm nào" in told
    told = await send(browser, f"/ke-hoach/{plan}/{line}/sua", what="drop")
    assert "→ đã bỏ" in told
    gone = "SELECT count(*) FROM duty WHERE plan_id = ? AND text LIKE 'Dịch sách%'"
    assert await rows(stage, gone, plan) == [(0,)]
    fate = "SELECT fate FROM passage WHERE plan_id = ? AND text LIKE '%Dịch sách%'"
    assert await rows(stage, fate, plan) == [("background",)]
    told = await send(browser, f"/ke-hoach/{plan}/xac-nhan")
    assert "Kế hoạch 41/KH-UBND đã có hiệu lực" in told
    assert await rows(stage, "SELECT state FROM plan WHERE id = ?", plan) == [("live",)]
    assert await last(stage) == ("live", f"plan {plan}", "draft", "live")
    again = await send(browser, f"/ke-hoach/{plan}/xac-nhan")
    assert "đã được nhập, không có gì thay đổi" in again
    assert await rows(
        stage, "SELECT count(*) FROM audit WHERE what = 'live' AND about = ?", f"plan {plan}"
    ) == [(1,)]


async def test_a_doubt_may_be_left_as_it_is(stage: Stage, browser: httpx.AsyncClient) -> None:
    plan = await draft(stage)
    doubt = re.search(r'id="hoi-(group-\d+)"', (await browser.get(f"/ke-hoach/{plan}")).text)
    assert doubt is not None
    told = await send(browser, f"/ke-hoach/{plan}/{doubt[1]}/sua", what="right")
    assert "→ giữ như đã đọc" in told
    assert "Không còn điểm nào" in told


async def test_a_draft_is_thrown_away_once(stage: Stage, browser: httpx.AsyncClient) -> None:
    plan = await draft(stage)
    assert "Đã bỏ bản nháp 41/KH-UBND" in await send(browser, f"/ke-hoach/{plan}/bo")
    assert "Bản nháp này không còn nữa" in await send(browser, f"/ke-hoach/{plan}/bo")
    assert "đã được nhập" in await send(browser, "/ke-hoach/1/bo")
    assert await rows(stage, "SELECT id FROM plan") == [(1,)]


async def test_another_units_draft_is_neither_seen_nor_confirmed(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, OTHER.replace(COMPILING, TUYEN.unit))
    before, csrf = await stage.everything(), await token(browser)
    assert (await browser.get(f"/ke-hoach/{plan}")).status_code == 404
    assert (await browser.post(f"/ke-hoach/{plan}/xac-nhan", data={"csrf": csrf})).status_code == 404
    assert "không còn nữa" in await send(browser, f"/ke-hoach/{plan}/bo")
    assert await stage.everything() == before


async def test_a_name_that_is_not_known_is_one_of_the_units_or_right_as_it_is(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    text = OTHER.replace("Sở Y tế:", "Sở Chăn nuôi:")
    plan = await draft(stage, text)
    page = await browser.get(f"/ke-hoach/{plan}")
    assert "Chưa có trong danh mục, sẽ thêm: Sở Chăn nuôi" in words(page)
    doubt = re.search(r'id="hoi-(unit-\d+)"', page.text)
    assert doubt is not None
    told = await send(browser, f"/ke-hoach/{plan}/{doubt[1]}/sua", what="who", words="Sở Trên Trời")
    assert "không có đơn vị “Sở Trên Trời”" in told
    told = await send(browser, f"/ke-hoach/{plan}/{doubt[1]}/sua", what="who", words="Sở Y tế")
    assert "Sở Chăn nuôi → Sở Y tế" in told
    assert "sẽ thêm" not in told
    assert await last(stage) == ("correct", f"plan {plan} {doubt[1].replace('-', ' ')}: who", None, None)


@pytest.mark.parametrize(
    ("key", "what"), [("line-99", "drop"), ("unit-99", "right"), ("order-1-2", "right"), ("rule-9", "quiet")]
)
async def test_what_is_not_in_a_draft_is_not_corrected(
    stage: Stage, browser: httpx.AsyncClient, key: str, what: str
) -> None:
    plan = await draft(stage)
    before = await stage.everything()
    assert "không thực hiện được" in await send(browser, f"/ke-hoach/{plan}/{key}/sua", what=what)
    assert await stage.everything() == before


async def test_of_a_live_plan_nothing_is_left_out_or_taken_for_right(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    before = await stage.everything()
    for key, what in (("line-3", "drop"), ("line-3", "right"), ("group-1", "drop"), ("unit-1", "who")):
        told = await send(browser, f"/ke-hoach/1/{key}/sua", what=what, words=LEADING)
        assert "không thực hiện được" in told, (key, what)
    assert await stage.everything() == before


# ---- a later version


LATER = PLAN.replace("15/6 và 15/11", "22/6 và 15/11")


async def later(stage: Stage) -> str:
    """Let the chat be sent a later version; return its id."""
    await stage.talk((HANG, File("sua-doi.txt", LATER.encode()), "[Áp dụng thay đổi]"))
    ((plan,),) = await rows(stage, "SELECT id FROM plan WHERE amends_id = 1")
    return str(plan)


async def test_a_version_that_brings_a_date_that_has_passed_is_asked_about_before_it_is_applied(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    early = PLAN.replace("30/6/2026", "20/5/2026")
    await stage.talk((HANG, File("sua-doi.txt", early.encode()), "[Áp dụng thay đổi]"))
    ((version,),) = await rows(stage, "SELECT id FROM plan WHERE amends_id = 1")
    form = {"answer": "apply", "version": str(version)}
    shown = await send(browser, "/ke-hoach/1/ban-sau", **form)
    assert "Hạn 20/5/2026 đã qua" in shown
    assert "Vẫn áp dụng, giữ các hạn này" in shown
    assert (await last(stage))[0] != "amended"
    told = await send(browser, "/ke-hoach/1/ban-sau", passed="yes", **form)
    assert "Đã áp dụng thay đổi của 33/KH-UBND" in told


async def test_a_later_version_stands_on_its_plans_page_and_is_applied_once(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    version = await later(stage)
    shown = words(await browser.get("/ke-hoach/1"))
    assert "Bản sửa đổi chờ áp dụng" in shown
    assert "hạn 15/6/2026, 15/11/2026 → 22/6/2026, 15/11/2026" in shown
    told = await send(browser, "/ke-hoach/1/ban-sau", answer="apply", version=version)
    assert "Đã áp dụng thay đổi của 33/KH-UBND" in told
    assert "chờ áp dụng" not in told
    assert (await last(stage))[0] == "amended"
    assert await rows(stage, "SELECT DISTINCT due_on FROM assignment WHERE id = 1") == [("2026-06-22",)]
    assert "không còn nữa" in await send(browser, "/ke-hoach/1/ban-sau", answer="apply", version=version)
    assert await rows(stage, "SELECT count(*) FROM audit WHERE what = 'amended'") == [(1,)]


async def test_a_later_version_is_thrown_away(stage: Stage, browser: httpx.AsyncClient) -> None:
    version = await later(stage)
    assert "Đã bỏ bản nháp" in await send(browser, "/ke-hoach/1/ban-sau", answer="discard", version=version)
    assert await rows(stage, "SELECT id FROM plan") == [(1,)]
    assert await rows(stage, "SELECT DISTINCT due_on FROM assignment WHERE id = 1") == [("2026-06-15",)]


async def test_another_later_version_than_the_one_that_was_seen_is_not_applied(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    version = await later(stage)
    before = await stage.everything()
    assert "không còn nữa" in await send(
        browser, "/ke-hoach/1/ban-sau", answer="apply", version=version + "1"
    )
    unknown = await browser.post("/ke-hoach/1/ban-sau", data={"csrf": await token(browser), "answer": "x"})
    assert unknown.status_code == 404
    assert await stage.everything() == before


UNCLEAR = "Bảo đảm nguồn nước tưới cho vùng chè trong mùa khô."


async def test_a_draft_with_unread_passages_is_confirmed_when_asked_again(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, OTHER.replace("1. Sở Ngoại vụ:", f"{UNCLEAR}\n\n1. Sở Ngoại vụ:"))
    shown = words(await browser.get(f"/ke-hoach/{plan}"))
    for told in ("Sẽ hỏi 3/3 đơn vị", "Còn 1 đoạn của văn bản chưa rõ", UNCLEAR, "không rõ giao cho ai"):
        assert told in shown, told
    told = await send(browser, f"/ke-hoach/{plan}/xac-nhan")
    assert "Chưa xác nhận: còn 1 đoạn" in told
    assert await rows(stage, "SELECT state FROM plan WHERE id = ?", plan) == [("draft",)]
    assert "đã có hiệu lực" in await send(browser, f"/ke-hoach/{plan}/xac-nhan", unread="yes")


async def test_a_draft_that_may_be_a_new_version_is_asked_about(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    nameless = PLAN.replace("Số: 33/KH-UBND", "Số:     /KH-UBND").replace("30/6/2026", "20/6/2026")
    await stage.hear(HANG, File("moi.txt", nameless.encode()))
    assert "Giống kế hoạch đã có" in words(await browser.get("/ke-hoach/2"))
    assert "bản mới" in await send(browser, "/ke-hoach/2/xac-nhan")
    told = await send(browser, "/ke-hoach/2/ban-moi", answer="joins")
    assert "Bản sửa đổi chờ áp dụng" in told
    assert await rows(stage, "SELECT amends_id FROM plan WHERE id = 2") == [(1,)]


async def test_changes_of_a_later_version_are_taken_or_left_one_by_one(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    both = PLAN.replace("15/6 và 15/11", "22/6 và 15/11").replace("30/6/2026", "20/7/2026")
    await stage.say(HANG, File("moi.txt", both.encode()))
    page = await browser.get("/ke-hoach/1")
    keys = re.findall(r'name="key" value="(rule \d+)"', page.text)
    (version,) = await rows(stage, "SELECT id FROM plan WHERE amends_id = 1")
    form = {"answer": "leave", "version": str(version[0]), "sign": "~", "key": keys[0]}
    assert "Giữ như cũ: II.4" in await send(browser, "/ke-hoach/1/ban-sau", **form)
    assert "đổi 1" in words(await browser.get("/ke-hoach/1"))
    undo = {"answer": "undo", "version": str(version[0])}
    assert "đổi 2" in await send(browser, "/ke-hoach/1/ban-sau", **undo)
    await send(browser, "/ke-hoach/1/ban-sau", **form)
    await send(browser, "/ke-hoach/1/ban-sau", answer="apply", version=str(version[0]))
    assert await rows(stage, "SELECT due FROM reporting_rule") == [("2026-06-15 2026-11-15",)]
    assert await rows(stage, "SELECT due FROM duty WHERE due <> ''") == [("2026-07-20",)]


async def test_a_later_version_has_the_page_of_a_draft_with_its_document(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.say(HANG, File("moi.txt", PLAN.replace("30/6/2026", "20/7/2026").encode()))
    ((version,),) = await rows(stage, "SELECT id FROM plan WHERE amends_id = 1")
    assert f"/ke-hoach/{version}" in (await browser.get("/ke-hoach/1")).text
    page = await browser.get(f"/ke-hoach/{version}")
    shown = words(page)
    for told in (
        "Bản sau của 33/KH-UBND: chưa áp dụng",
        "Văn bản",
        "20/7/2026",
        "Xếp các đoạn đã chọn thành",
    ):
        assert told in shown
    assert "Xác nhận kế hoạch" not in shown
    ((line,),) = await rows(stage, "SELECT id FROM duty WHERE plan_id = ? AND due <> ''", version)
    corrected = await send(browser, f"/ke-hoach/{version}/line-{line}/sua", what="when", words="25/7/2026")
    assert "hạn 25/7/2026" in corrected
    assert "25/7/2026" in words(await browser.get("/ke-hoach/1"))


async def test_a_live_plan_is_shown_beside_its_document(stage: Stage, browser: httpx.AsyncClient) -> None:
    assert "Xem cùng văn bản" in words(await browser.get("/ke-hoach/1"))
    page = await browser.get("/ke-hoach/1?van-ban=1")
    assert "Đưa cây chè của tỉnh đến với người mua ở xa." in words(page)
    assert 'id="doan-' in page.text
    assert 'name="passage"' not in page.text
    assert "document.js" not in page.text


async def test_nobody_else_sees_a_later_version(stage: Stage) -> None:
    await stage.say(HANG, File("moi.txt", PLAN.replace("30/6/2026", "20/7/2026").encode()))
    ((version,),) = await rows(stage, "SELECT id FROM plan WHERE amends_id = 1")
    async with pages_of(stage) as url, browser_at(url) as other:
        await come_in(stage, TUYEN, other)
        assert (await other.get(f"/ke-hoach/{version}")).status_code == 404


async def test_a_scan_stands_beside_its_text_with_the_words_that_were_hard_to_read(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    register = stage.rules.register
    read = without_undated_own_reports(read_text(OTHER, register))
    word = next(w for w in read.passages[-1].text.split() if w.isalpha())
    pages = (
        ScannedPage(0, ("không-có",), b"\xff\xd8first"),
        ScannedPage(len(read.passages) - 1, (word,), b"\xff\xd8second"),
    )
    async with stage.database.writing() as conn:
        kept = replace(read, scan=pages)
        plan = await plan_store.add(conn, kept, commit(kept, register, date(2026, 6, 1)), stage.clock.now())
    shown = (await browser.get(f"/ke-hoach/{plan}")).text
    assert f'<mark class="unsure">{word}</mark>' in shown
    assert shown.count('<mark class="unsure">') == read.passages[-1].text.split().count(word)
    assert shown.index(f'/ke-hoach/{plan}/trang/1"') < shown.index(f'/ke-hoach/{plan}/trang/2"')
    picture = await browser.get(f"/ke-hoach/{plan}/trang/2")
    assert (picture.content, picture.headers["content-type"]) == (b"\xff\xd8second", "image/jpeg")
    assert (await browser.get(f"/ke-hoach/{plan}/trang/3")).status_code == 404
    await plan_store_drop(stage, plan)
    assert await rows(stage, "SELECT * FROM scan_page") == []


async def plan_store_drop(stage: Stage, plan: int) -> None:
    async with stage.database.writing() as conn:
        await plan_store.drop(conn, plan)
