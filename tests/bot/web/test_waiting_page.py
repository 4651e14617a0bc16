"""What waits for the coordinator's word on the pages: extensions and what is done, over real HTTP."""

import asyncio
import re
from collections.abc import AsyncIterator

import httpx
import pytest

from storage.common import audit_log
from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, send, token, words
from tests.cast import HANG, LEADING, QUAN, TUYEN, File, Press, Stage, Tap, words_of
from tests.handlers.assignments.test_evidence_chat import PDF

HERE = "/cho-y-kien"
WISH, REPORT = f"{HERE}/gia-han/1", f"{HERE}/bao-cao/1"
"""The first wish, and the first assignment: the report of the leading unit."""


@pytest.fixture
async def url(stage: Stage) -> AsyncIterator[str]:
    async with pages_of(stage) as url:
        yield url


@pytest.fixture
async def browser(stage: Stage, url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the coordinator has come in; the leading unit asks for the tenth of July."""
    await stage.talk((QUAN, "2 xin lùi đến 10/7 vì chờ <đối tác>", "gia hạn"))
    async with browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        yield browser


async def due(stage: Stage) -> tuple[object, ...]:
    """The due date of the dated duty, when it is asked for next, and what became of the wish."""
    ((due_on, next_on, granted),) = await rows(
        stage,
        "SELECT due_on, next_nudge_on, granted FROM assignment JOIN extension e ON e.assignment_id ="
        " assignment.id WHERE e.id = 1",
    )
    return due_on, next_on, granted


async def heard(stage: Stage, who: object = QUAN) -> str:
    """What came to a phone last, after the courier's round."""
    await stage.post()
    return words_of(stage.channel.to(who)[-1])  # type: ignore[arg-type]  # one of the cast


async def last(stage: Stage) -> tuple[object, ...]:
    async with stage.database.reading() as conn:
        one = (await audit_log.listing(conn))[-1]
        assert (await audit_log.verify(conn)).broken is None
    return one.what, one.about.split()[0], one.was, one.became, one.person_id is not None


async def test_a_wish_stands_with_all_that_is_needed_to_decide_on_it(browser: httpx.AsyncClient) -> None:
    answer = await browser.get(HERE)
    shown = words(answer)
    for told in (
        LEADING,
        "gửi thư mời các đối tác",
        "hạn hiện nay 30/6",
        "xin đến 10/7/2026",
        "Xin gia hạn (1)",
    ):
        assert told in shown, told
    assert "2 xin lùi đến 10/7 vì chờ <đối tác>" in shown or "chờ <đối tác>" in shown
    assert "<đối tác>" not in answer.text
    assert f"{QUAN.name} · 09:00 1/6" in shown
    assert "1 đề nghị gia hạn chưa có ý kiến" in words(await browser.get("/"))


async def test_a_wish_is_granted_as_its_button_in_the_chat_does(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    told = await send(browser, WISH, answer="grant")
    assert f"Đã đồng ý: {LEADING}" in told
    assert "Không có đề nghị gia hạn nào" in told
    due_on, next_on, granted = await due(stage)
    assert (due_on, granted) == ("2026-07-10", 1)
    assert next_on is not None
    assert "đồng ý gia hạn" in await heard(stage)
    assert await last(stage) == ("granted", "assignment", "2026-06-30", "2026-07-10", True)


async def test_a_wish_is_granted_until_another_date_with_a_reason(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    told = await send(browser, WISH, answer="until", until="2026-07-03", reason="cuối quý")
    assert "hạn mới 3/7/2026 (đơn vị xin đến 10/7/2026" in told
    assert (await due(stage))[0] == "2026-07-03"
    assert "Lý do: cuối quý" in await heard(stage)


async def test_a_wish_whose_day_has_come_is_not_granted_as_it_stands(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE assignment SET due_on = '2026-05-20', last_on = '2026-05-20' WHERE due_on = '2026-06-30'"
        )
        await conn.exec_driver_sql("UPDATE extension SET wanted_on = '2026-05-27'")
    assert "Ngày 27/5 không sau hôm nay" in await send(browser, WISH, answer="grant")
    assert (await due(stage))[0] == "2026-05-20"
    told = await send(browser, WISH, answer="until", until="2026-06-08")
    assert "hạn mới 8/6/2026" in told


async def test_a_wish_is_refused_with_a_reason_that_the_unit_reads(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    told = await send(browser, WISH, answer="refuse", reason="đã gia hạn <hai> lần")
    assert "không đồng ý" in told
    assert (await due(stage))[::2] == ("2026-06-30", 0)
    assert "đã gia hạn <hai> lần" in (await heard(stage)).replace("&lt;", "<").replace("&gt;", ">")
    assert (await last(stage))[0] == "refused"


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2026-06-20", "không sau hạn hiện nay"),
        ("2026-05-01", "không sau hạn hiện nay"),
        ("ngày nào đó", "Chưa rõ hạn mới"),
        ("", "Chưa rõ hạn mới"),
        ("9999-12-31", "Chưa rõ hạn mới"),
    ],
)
async def test_a_date_that_is_none_decides_nothing_and_what_was_typed_stays(
    stage: Stage, browser: httpx.AsyncClient, until: str, sentence: str
) -> None:
    before = await stage.everything()
    form = {"csrf": await token(browser), "answer": "until", "until": until, "reason": "vì <thế>"}
    sent = await browser.post(WISH, data=form)
    assert sent.headers["location"] == f"{HERE}#gia-han-1"
    page = await browser.get(HERE)
    assert sentence in words(page)
    assert 'role="alert"' in page.text
    assert 'value="vì &lt;thế&gt;"' in page.text
    assert await stage.everything() == before


async def test_a_date_may_be_typed_where_a_browser_has_no_picker(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await send(browser, WISH, answer="until", until="3/7")
    assert (await due(stage))[0] == "2026-07-03"


async def test_a_double_press_decides_once_and_tells_who_was_first(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    form = {"csrf": await token(browser), "answer": "grant"}
    answers = await asyncio.gather(*(browser.post(WISH, data=form) for _ in range(3)))
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    page = words(await browser.get(HERE))
    assert f"Đề nghị này đã được trả lời rồi: {HANG.name} đồng ý lúc 09:00 1/6, hạn hiện nay 10/7" in page
    assert await rows(stage, "SELECT count(*) FROM audit WHERE what = 'granted'") == [(1,)]
    assert await rows(stage, "SELECT count(*) FROM outgoing WHERE topic = 'told:1'") == [(1,)]


async def test_what_the_chat_has_decided_meanwhile_is_told_and_stays(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    await stage.post()
    await stage.talk((HANG, Tap("Không"), "không đồng ý"))
    told = await send(browser, WISH, answer="grant")
    assert f"đã được trả lời rồi: {HANG.name} không đồng ý" in told
    assert (await due(stage))[0] == "2026-06-30"


async def test_the_chat_is_told_what_the_page_has_decided(stage: Stage, browser: httpx.AsyncClient) -> None:
    await stage.post()
    refuse = stage.button(HANG, "Không")
    await send(browser, WISH, answer="grant")
    await stage.talk((HANG, Press(refuse.data), (f"{HANG.name} đồng ý lúc 09:00 1/6", "hạn hiện nay 10/7")))


async def test_nobody_elses_wish_or_report_is_decided_on(stage: Stage, url: str) -> None:
    await stage.talk((QUAN, "2 xin lùi đến 10/7 vì chờ đối tác", "gia hạn"))
    async with browser_at(url) as other:
        await come_in(stage, TUYEN, other)
        assert LEADING not in words(await other.get(HERE))
        before = await stage.everything()
        csrf = await token(other)
        for path, answer in ((WISH, "grant"), (REPORT, "accept"), (f"{HERE}/gia-han/99", "grant")):
            refused = await other.post(path, data={"csrf": csrf, "answer": answer})
            assert refused.status_code == 404, path
        assert await stage.everything() == before


async def test_nothing_is_decided_without_the_sessions_token(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    before = await stage.everything()
    for path in (WISH, REPORT, "/ke-hoach/1/xac-nhan", "/ke-hoach/1/bo", "/ke-hoach/1/ban-sau"):
        for csrf in ("", "0" * 64):
            refused = await browser.post(path, data={"csrf": csrf, "answer": "grant"})
            assert refused.status_code == 403, path
    assert await stage.everything() == before


async def test_words_with_a_mark_of_secrecy_are_not_taken(stage: Stage, browser: httpx.AsyncClient) -> None:
    before = await stage.everything()
    form = {"csrf": await token(browser), "answer": "refuse", "reason": "theo công văn (MẬT)"}
    refused = await browser.post(WISH, data=form)
    assert refused.status_code == 422
    assert "dấu chỉ mức độ mật" in refused.text
    assert "công văn" not in refused.text
    assert await stage.everything() == before


# ---- what units say is done


@pytest.fixture
async def done(stage: Stage, browser: httpx.AsyncClient) -> httpx.AsyncClient:
    """The plan wants what is done to be confirmed, and the leading unit has handed its report in."""
    await stage.talk(
        (HANG, "/kehoach 1", "[Cần xác nhận khi xong]"),
        (HANG, Tap("Cần xác nhận"), "sẽ chờ anh/chị xác nhận"),
        (QUAN, "1 xong, BC số 12/BC-SNgV", "Đã chuyển đơn vị tổng hợp xác nhận"),
    )
    return browser


async def state(stage: Stage) -> tuple[object, ...]:
    (found,) = await rows(stage, "SELECT state, returned FROM assignment WHERE id = 1")
    return found


async def test_what_is_done_stands_with_the_units_words(done: httpx.AsyncClient) -> None:
    page = await done.get(HERE)
    shown = words(page)
    for told in (
        "Kết quả chờ xác nhận (1)",
        "xong, BC số 12/BC-SNgV",
        "nộp 1/6, đúng hạn",
        f"{QUAN.name} · 09:00 1/6",
    ):
        assert told in shown, told
    assert "1 kết quả chờ xác nhận" in words(await done.get("/"))
    link = re.search(r'href="(/don-vi/\d+\?loi=(\d+))#loi-(\d+)"', page.text)
    assert link is not None
    assert f'id="loi-{link[3]}"' in (await done.get(link[1])).text


async def test_what_is_done_tells_of_the_files_that_show_it(stage: Stage, done: httpx.AsyncClient) -> None:
    assert "Minh chứng" not in words(await done.get(HERE))
    await stage.hear(QUAN, File("bao-cao.pdf", PDF, caption="1 xong"))
    assert "Minh chứng (1 tệp)" in words(await done.get(HERE))


async def test_what_is_done_is_confirmed_as_its_button_does(stage: Stage, done: httpx.AsyncClient) -> None:
    assert f"Đã xác nhận: {LEADING}" in await send(done, REPORT, answer="accept")
    assert await state(stage) == ("done", 0)
    assert "xác nhận Báo cáo 6 tháng" in await heard(stage)
    assert (await last(stage))[0] == "confirm"
    again = await send(done, REPORT, answer="accept")
    assert "không còn chờ xác nhận, hiện nay: hoàn thành" in again
    assert await rows(stage, "SELECT count(*) FROM audit WHERE what = 'confirm'") == [(1,)]


async def test_what_is_given_back_goes_with_its_reason(stage: Stage, done: httpx.AsyncClient) -> None:
    told = await send(done, REPORT, answer="return", reason="thiếu số liệu các xã")
    assert "Đã trả lại lần 1" in told
    assert await state(stage) == ("returned", 1)
    assert "Lý do: thiếu số liệu các xã" in await heard(stage)
    again = await send(done, REPORT, answer="return", reason="thiếu số liệu các xã")
    assert "không còn chờ xác nhận" in again
    assert await state(stage) == ("returned", 1)


@pytest.mark.parametrize(("answer", "reason"), [("return", "  "), ("", "vì thế"), ("drop", "vì thế")])
async def test_nothing_is_given_back_without_a_reason(
    stage: Stage, done: httpx.AsyncClient, answer: str, reason: str
) -> None:
    before = await stage.everything()
    assert "đề nghị ghi lý do" in await send(done, REPORT, answer=answer, reason=reason)
    assert await stage.everything() == before


async def test_what_the_unit_took_back_meanwhile_is_not_confirmed(
    stage: Stage, done: httpx.AsyncClient
) -> None:
    await stage.talk((QUAN, "/capnhat 1 đang làm, được 80%", "Đã ghi"))
    told = await send(done, REPORT, answer="accept")
    assert "không còn chờ xác nhận" in told
    assert await state(stage) == ("in_progress", 0)
