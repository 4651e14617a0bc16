"""A plan without dates asks in the chat and on the page when its units report: one tap, or days typed."""

import re
from datetime import date

import pytest

from storage.assignments import assignment_store
from storage.plans import plan_store
from tests.bot.web.page_kit import browser_at, come_in, pages_of, send, words
from tests.cast import HANG, LEADING, PLAN, SILENT, SUPPORTING, File, Saying, Stage, Tap

PROGRAMME = (
    PLAN.replace("33/KH-UBND", "41/KH-UBND")
    .replace("chè", "mật ong")
    .replace("CHÈ", "MẬT ONG")
    .replace("trước ngày 15/6 và 15/11 năm 2026", "theo quy định")
    .replace(", hoàn thành trước ngày 30/6/2026", "")
)
UNITS = {LEADING, SUPPORTING, SILENT}


async def owed(stage: Stage) -> set[tuple[str, date]]:
    async with stage.database.reading() as conn:
        return {
            (assignment.unit, assignment.due_on) for assignment in await assignment_store.of_plan(conn, 2)
        }


def days(*dates: tuple[int, int]) -> set[tuple[str, date]]:
    return {(unit, date(2026, month, day)) for unit in UNITS for month, day in dates}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Tap("6 tháng và năm"), days((6, 15), (12, 15))),
        (Tap("Hằng quý"), days((6, 15), (9, 15), (12, 15))),
        (Tap("Hằng năm"), days((12, 15))),
        ("1 hạn 20/7, 20/10", days((7, 20), (10, 20))),
        (Tap("Không cần hỏi"), set()),
    ],
)
async def test_it_goes_live_once_a_rhythm_is_chosen(
    stage: Stage, said: Saying, expected: set[tuple[str, date]]
) -> None:
    await stage.hear(HANG, File("mat-ong.txt", PROGRAMME.encode()))
    await stage.talk((HANG, Tap("Xác nhận kế hoạch"), ("chưa có hiệu lực", "3/3 đơn vị")))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 2)).state == "draft"
    await stage.hear(HANG, said)
    await stage.talk((HANG, Tap("Xác nhận kế hoạch"), "đã có hiệu lực"))
    assert {(unit, day) for unit, day in await owed(stage) if unit in UNITS} == expected


async def test_the_page_offers_the_same(stage: Stage) -> None:
    await stage.hear(HANG, File("mat-ong.txt", PROGRAMME.encode()))
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        page = await browser.get("/ke-hoach/2")
        assert "3/3 đơn vị có nhiệm vụ nhưng không có hạn" in words(page)
        offered = re.findall(r'/nhip">.*?name="words" value="([^"]+)"', page.text, re.DOTALL)
        assert set(offered) >= {"decree", "quarterly", "yearly"}
        assert "hằng quý" in await send(browser, "/ke-hoach/2/nhip", words="quarterly")
        assert "đã có hiệu lực" in await send(browser, "/ke-hoach/2/xac-nhan")
    assert {one for one in await owed(stage) if one[0] in UNITS} == days((6, 15), (9, 15), (12, 15))
