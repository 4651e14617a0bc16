"""What the coordinator has to report themselves: the draft on the morning after, the outer date, its end."""

import io

from docx import Document

from tests.cast import (
    COMPILING,
    HANG,
    LEADING,
    PLAN,
    QUAN,
    SILENT,
    TOAN,
    Press,
    Somebody,
    Stage,
    Tap,
    enter,
    words_of,
)

WITH_DATES = PLAN.replace(
    " Sở Văn hóa, Thể thao và Du lịch tổng hợp, báo cáo UBND tỉnh.",
    "\n\nSở Văn hóa, Thể thao và Du lịch tổng hợp, báo cáo UBND tỉnh trước ngày 30/6 và 30/11 năm 2026.",
)


async def furnish(stage: Stage) -> None:
    """The plan with outer dates, a coordinator and two focal points, on 4 May."""
    stage.clock.set("2026-05-04 09:00")
    await enter(stage, WITH_DATES, stage.rules.register)
    for who in (HANG, QUAN, TOAN):
        await stage.joins(who)


async def heard(stage: Stage, who: Somebody, when: str) -> list[str]:
    return [words_of(sent.message) for sent in await stage.nudged(when) if sent.chat == who.chat]


async def test_the_coordinators_own_date_is_none_of_the_units(empty: Stage) -> None:
    await furnish(empty)
    empty.clock.set("2026-06-20 09:00")
    told = await empty.say(HANG, "/tinhhinh")
    assert "Đã báo cáo kỳ hạn 15/6: 0/3 đơn vị" in told
    assert COMPILING not in told
    assert "Báo cáo UBND tỉnh: hạn 30/6 (còn 7 ngày làm việc)" in told


async def test_on_the_morning_after_the_units_date_the_draft_is_there(empty: Stage) -> None:
    await furnish(empty)
    await empty.nudged("2026-06-12 08:30")
    empty.clock.set("2026-06-15 10:00")
    await empty.talk(
        (QUAN, "1.1 được 50%, mới mời được 1 đoàn", "Đã ghi"), (TOAN, "1 xong, BC 4/BC-SCT", "hoàn thành")
    )
    sent = [one.message for one in await empty.nudged("2026-06-16 08:30") if one.chat == HANG.chat]
    assert len(sent) == 1
    told = words_of(sent[0])
    assert "Đã hết hạn 15/6: 1/3 đơn vị đã gửi" in told
    assert f"Chưa gửi: {LEADING}, {SILENT}" in told
    assert "gửi UBND tỉnh (hạn 30/6)" in told
    assert "[Nhắc 2 đơn vị chưa gửi]" in told
    assert [paper.name.rpartition(".")[2] for paper in sent[0].papers] == ["docx", "xlsx"]
    text = "\n".join(p.text for p in Document(io.BytesIO(sent[0].papers[0].data)).paragraphs)
    assert "1/3 đơn vị phải báo cáo đã gửi báo cáo" in text
    assert f"{LEADING}: được 50%, mới mời được 1 đoàn." in text


async def test_the_draft_comes_once(empty: Stage) -> None:
    await furnish(empty)
    await empty.nudged("2026-06-12 08:30")
    assert any("dự thảo" in told for told in await heard(empty, HANG, "2026-06-16 08:30"))
    assert not any("dự thảo" in told for told in await heard(empty, HANG, "2026-06-17 08:30"))


async def test_the_outer_date_is_told_by_the_ladder_until_the_report_has_gone(empty: Stage) -> None:
    await furnish(empty)
    await empty.nudged("2026-06-12 08:30")
    await empty.nudged("2026-06-16 08:30")
    told = " ".join(await heard(empty, HANG, "2026-06-25 08:30"))  # three working days before 30/6
    assert "hạn báo cáo UBND tỉnh 30/6 (còn 3 ngày làm việc); 0/3 đơn vị đã gửi" in told
    assert "[Đã gửi báo cáo]" in told
    await empty.talk((HANG, Tap("Đã gửi báo cáo"), "Đã ghi: báo cáo UBND tỉnh đã gửi"))
    assert not any("hạn báo cáo UBND tỉnh" in told for told in await heard(empty, HANG, "2026-06-29 08:30"))
    assert "Báo cáo UBND tỉnh: hạn 30/11" in await empty.say(HANG, "/tinhhinh")


async def test_a_day_without_a_rung_says_nothing_of_the_outer_date(empty: Stage) -> None:
    await furnish(empty)
    await empty.nudged("2026-06-16 08:30")
    assert not any("hạn báo cáo UBND tỉnh" in told for told in await heard(empty, HANG, "2026-06-26 08:30"))


async def test_who_is_nudged_for_it_as_a_focal_point_is_not_told_twice(empty: Stage) -> None:
    await furnish(empty)
    focal = Somebody(HANG.chat, HANG.name, COMPILING, "focal")
    await empty.hear(focal, f"/start {await empty.code(COMPILING, 'focal')}")
    await empty.nudged("2026-06-12 08:30")
    await empty.nudged("2026-06-16 08:30")
    told = await heard(empty, HANG, "2026-06-25 08:30")
    assert sum("30/6" in one for one in told) == 1, told


async def test_another_units_coordinator_cannot_end_it(empty: Stage) -> None:
    await furnish(empty)
    other = Somebody("c-other", "Lý Văn Páo", "Sở Tài chính", "coordinator")
    await empty.joins(other)
    empty.clock.set("2026-06-20 09:00")
    await empty.say(HANG, "/tinhhinh")
    data = empty.button(HANG, "Đã gửi báo cáo").data
    before = await empty.everything()
    await empty.talk((other, Press(data), "Nút này đã cũ"))
    assert await empty.everything() == before


async def test_a_plan_whose_date_was_over_when_it_came_in_has_no_draft(empty: Stage) -> None:
    empty.clock.set("2026-06-16 07:00")
    await empty.joins(HANG)
    await enter(empty, WITH_DATES, empty.rules.register)
    assert not any("dự thảo" in told for told in await heard(empty, HANG, "2026-06-17 08:30"))
