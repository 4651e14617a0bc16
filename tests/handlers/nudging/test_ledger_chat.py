"""/sodondoc: every nudge with what became of it, as a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.channels.base import SendError
from tests.cast import HANG, LEADING, QUAN, SUPPORTING, TOAN, TUYEN, Stage, Tap, enter, words_of

Row = dict[str, object]


async def book(stage: Stage, typed: str = "/sodondoc") -> list[Row]:
    """What the ledger's file holds, a row by the heads of its columns."""
    (answer,) = await stage.hear(HANG, typed)
    (paper,) = answer.papers
    assert paper.name.startswith("so-don-doc-")
    sheet = load_workbook(BytesIO(paper.data)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def by_person(rows: list[Row]) -> dict[object, Row]:
    return {row["Người nhận"]: row for row in rows}


async def test_every_nudge_stands_in_it_with_when_it_was_answered(stage: Stage) -> None:
    await stage.nudged("2026-06-01 09:00")
    stage.clock.set("2026-06-01 14:12")
    await stage.hear(QUAN, "1 được 60%")
    stage.clock.set("2026-06-03 10:00")
    await stage.hear(QUAN, "1 xong")
    found = by_person(await book(stage))
    quan, toan = found["Trần Minh Quân"], found["Bùi Quốc Toản"]
    assert (quan["Đơn vị"], quan["Vai trò"], quan["Loại"]) == (LEADING, "đầu mối", "Lời nhắc")
    assert (quan["Trạng thái"], quan["Kênh"], quan["Số lần gửi"]) == ("Đã gửi", "Memory", 1)
    assert str(quan["Gửi lúc"]) == "2026-06-01 09:00:00"
    assert str(quan["Trả lời lúc"]) == "2026-06-01 14:12:00"
    assert (toan["Đơn vị"], toan["Trả lời lúc"]) == (SUPPORTING, None)


async def test_what_was_said_before_a_nudge_is_no_answer_to_it(stage: Stage) -> None:
    await stage.hear(QUAN, "1 được 60%")
    await stage.nudged("2026-06-01 09:30")
    quan = by_person(await book(stage))["Trần Minh Quân"]
    assert (str(quan["Gửi lúc"]), quan["Trả lời lúc"]) == ("2026-06-01 09:30:00", None)


async def test_what_did_not_arrive_stands_in_it_with_the_reason(stage: Stage) -> None:
    stage.channel.refuse(TOAN, SendError("blocked", permanent=True, unreachable=True))
    await stage.nudged("2026-06-01 09:00")
    toan = by_person(await book(stage))["Bùi Quốc Toản"]
    assert (toan["Trạng thái"], toan["Lý do"]) == ("Không gửi được", "Đã chặn kênh này")
    assert (toan["Đơn vị"], toan["Gửi lúc"]) == (SUPPORTING, None)


async def test_requests_stand_in_it_too_and_notices_do_not(stage: Stage) -> None:
    await stage.hear(HANG, "/yeucau 15h Sở Công Thương: báo cáo")
    await stage.hear(HANG, Tap("Gửi yêu cầu"))
    await stage.hear(QUAN, "1 xin lùi đến 22/6")
    await stage.post()
    rows = await book(stage)
    assert [(row["Loại"], row["Người nhận"]) for row in rows] == [("Yêu cầu đột xuất", "Bùi Quốc Toản")]


@pytest.mark.parametrize(
    ("typed", "count"), [("6/2026", 2), ("từ 2/6 đến 5/6", 0), ("1/6-5/6", 2), ("5/2026", 0)]
)
async def test_a_period_may_be_named(stage: Stage, typed: str, count: int) -> None:
    await stage.nudged("2026-06-01 09:00")
    stage.clock.set("2026-06-08 07:00")
    (answer,) = await stage.hear(HANG, f"/sodondoc {typed}")
    told = words_of(answer)
    assert (f"{count} lời nhắc" in told) == bool(count)
    assert len(answer.papers) == bool(count)
    assert (f"gõ lại: /sodondoc {typed}" in told) == bool(count)


async def test_words_that_name_no_period_are_asked_about(stage: Stage) -> None:
    await stage.talk((HANG, "/sodondoc hồi ấy", ("chưa rõ", "hồi ấy", "/sodondoc 6/2026")))


async def test_nudges_for_other_peoples_plans_are_not_shown(stage: Stage) -> None:
    """A unit that two departments ask is named to each for what it asked alone."""
    other = await _plan_of_finance(stage)
    assert other
    await stage.nudged("2026-06-01 09:00")
    await stage.nudged("2026-06-03 09:00")  # seven working days before what the other department asks
    await stage.talk((TUYEN, "/sodondoc", "1 lời nhắc"), (QUAN, "/sodondoc", "dành cho người tổng hợp"))
    assert sorted(str(row["Ngày"])[:10] for row in await book(stage)) == ["2026-06-01"] * 2


async def _plan_of_finance(stage: Stage) -> int:
    text = """ỦY BAN NHÂN DÂN
TỈNH HÀ KHÊ

Số: 44/KH-UBND

Hà Khê, ngày 03 tháng 3 năm 2026

KẾ HOẠCH
RÀ SOÁT TÀI SẢN NĂM 2026

I. TỔ CHỨC THỰC HIỆN

1. Sở Công Thương:

- Chủ trì kiểm kê chợ vùng cao, hoàn thành trước ngày 12/6/2026.

2. Chế độ báo cáo:

Các cơ quan, đơn vị được giao nhiệm vụ báo cáo UBND tỉnh (qua Sở Tài chính) trước ngày 12/6 năm 2026.
"""
    return await enter(stage, text, stage.rules.register)
