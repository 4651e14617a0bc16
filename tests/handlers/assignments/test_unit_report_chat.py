"""/baocao: a unit's duties one by one, recorded at once, shown whole, sent; approved where wanted."""

import pytest

from tests.cast import HANG, LAM, QUAN, TOAN, Press, Stage, Tap, words_of


async def said(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        sql = (
            "SELECT substr(duty.text, 1, 4), progress.text, progress.state, progress.kind FROM progress"
            " LEFT JOIN duty ON duty.id = progress.duty_id ORDER BY progress.id"
        )
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


async def states(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        sql = (
            "SELECT due_on, state FROM assignment JOIN unit ON unit.id = unit_id"
            " WHERE unit.name = ? ORDER BY due_on"
        )
        return [tuple(row) for row in await conn.exec_driver_sql(sql, (QUAN.unit,))]


@pytest.mark.parametrize("command", ["/baocao", "/report", "/baocao 1"])
async def test_the_nearest_report_is_walked_through_and_sent(stage: Stage, command: str) -> None:
    await stage.talk(
        (
            QUAN,
            command,
            (
                "Báo cáo 6 tháng đầu năm 2026 · 1/2",
                "1.1 Chủ trì, phối hợp",
                "[Bỏ qua] [Không phát sinh] [Dừng]",
            ),
        ),
        (QUAN, "Mời 02 đoàn khách Nhật Bản thăm vùng chè", ("Đã ghi 1.1", "2/2", "1.2 Dịch sách")),
        (
            QUAN,
            Tap("Không phát sinh"),
            ("2/2 nội dung", "“Mời 02 đoàn khách", "“không phát sinh”", "[Gửi báo cáo]"),
        ),
        (QUAN, Tap("Gửi báo cáo"), ("Đã ghi việc 1: hoàn thành", "[Hoàn tác]")),
    )
    assert await said(stage) == [
        ("Chủ ", "Mời 02 đoàn khách Nhật Bản thăm vùng chè", "in_progress", "said"),
        ("Dịch", "không phát sinh", "nil", "said"),
        (None, "Đã gửi báo cáo", "done", "said"),
    ]
    assert (await states(stage))[0] == ("2026-06-15", "done")


async def test_every_answer_is_recorded_at_once_and_nothing_is_lost_on_a_restart(stage: Stage) -> None:
    await stage.talk((QUAN, "/baocao", "1.1"), (QUAN, "đã mời 2 đoàn", "1.2 Dịch sách"))
    restarted = await stage.restarted()
    await restarted.talk((QUAN, "dịch được 80%", ("Đã ghi 1.2", "2/2 nội dung")))
    assert [words for _, words, _, _ in await said(restarted)] == ["đã mời 2 đoàn", "dịch được 80%"]


async def test_a_walk_that_was_left_goes_on_where_nothing_is_said_yet(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/baocao", "1.1"),
        (QUAN, "đã mời 2 đoàn", "1.2"),
        (QUAN, Tap("Dừng"), ("Đã dừng", "vẫn được giữ")),
        (QUAN, "được 60%", "việc nào"),
    )
    stage.clock.let_pass(hours=30)
    await stage.talk((QUAN, "/baocao", "1.2 Dịch sách"))


async def test_a_walk_expires_and_what_is_typed_later_is_no_answer_to_it(stage: Stage) -> None:
    await stage.talk((QUAN, "/baocao", "1.1"))
    stage.clock.let_pass(hours=13)
    await stage.talk((QUAN, "đã xong 60%", "việc nào"))
    assert await said(stage) == []


async def test_skipping_records_nothing_and_the_whole_shows_what_is_missing(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/baocao", "1.1"),
        (QUAN, "bỏ qua", "1.2"),
        (
            QUAN,
            "Dịch xong 1 cuốn",
            ("1/2 nội dung", "1.1 Chủ trì", "chưa có nội dung", "[Nội dung còn thiếu]"),
        ),
        (QUAN, Tap("Nội dung còn thiếu"), "1.1 Chủ trì"),
    )
    assert [duty for duty, *_ in await said(stage)] == ["Dịch"]
    assert (await states(stage))[0] == ("2026-06-15", "in_progress")


async def test_the_words_of_the_last_period_are_offered_as_the_start(stage: Stage) -> None:
    await stage.hear(QUAN, "/baocao")
    await stage.hear(QUAN, "Mời được 2 đoàn khách")
    await stage.hear(QUAN, "Dịch 1 cuốn sách")
    await stage.hear(QUAN, Tap("Gửi báo cáo"))
    stage.clock.set("2026-11-02 09:00")
    await stage.talk(
        (QUAN, "/viec", "Báo cáo năm 2026"),
        (QUAN, "/baocao", ("Báo cáo năm 2026 · 1/2", "Kỳ trước: “Mời được 2 đoàn khách”", "[Như trước]")),
        (QUAN, Tap("Như trước"), ("Đã ghi", "Kỳ trước: “Dịch 1 cuốn sách”")),
        (QUAN, "Dịch thêm 2 cuốn", ("“Mời được 2 đoàn khách”", "“Dịch thêm 2 cuốn”")),
    )


async def test_a_duty_is_corrected_before_the_report_is_sent(stage: Stage) -> None:
    await stage.hear(QUAN, "/baocao")
    await stage.hear(QUAN, "đã mời 2 đoàn")
    await stage.talk(
        (QUAN, "không phát sinh", "sửa 1.1"),
        (QUAN, "sửa 1.1: đã mời 3 đoàn, được 80%", "“đã mời 2 đoàn” → “đã mời 3 đoàn, được 80%”"),
    )


async def test_a_wish_for_time_on_the_way_asks_until_when(stage: Stage) -> None:
    await stage.talk((QUAN, "/baocao", "1.1"), (QUAN, "xin lùi ít hôm", "đến ngày nào"))


async def test_who_has_no_report_is_told_so(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xong. 3 xong")
    await stage.talk(
        (QUAN, "/baocao", "không có báo cáo nào đang chờ"), (HANG, "/baocao", "dành cho đầu mối")
    )


async def test_nobody_walks_through_the_report_of_another_unit(stage: Stage) -> None:
    await stage.hear(QUAN, "/baocao")
    before = await stage.everything()
    for label in ("Bỏ qua", "Không phát sinh"):
        await stage.talk((TOAN, Press(stage.button(QUAN, label).data), "Nút này đã cũ"))
    assert await stage.everything() == before


async def walked(stage: Stage) -> str:
    """Quân answers each duty and sends the report; return what he reads."""
    for words in ("/baocao", "đã mời 2 đoàn", "dịch 1 cuốn"):
        await stage.hear(QUAN, words)
    return await stage.say(QUAN, Tap("Gửi báo cáo"))


async def test_where_the_leader_wants_it_the_report_waits_for_the_leader(stage: Stage) -> None:
    await stage.talk((LAM, "/duyet bat", "qua anh/chị duyệt"))
    assert "trình lãnh đạo" in await walked(stage)
    assert (await states(stage))[0] == ("2026-06-15", "in_progress")
    await stage.post()
    laid = words_of(stage.channel.to(LAM)[-1])
    for words in (
        "Trần Minh Quân báo xong, trình anh/chị duyệt: Báo cáo 6 tháng",
        "“đã mời 2 đoàn”",
        "[Duyệt] [Chưa duyệt]",
    ):
        assert words in laid
    await stage.talk(
        (LAM, Tap("Duyệt"), "Đã duyệt và gửi"),
        (LAM, Tap("Duyệt"), ("không còn chờ anh/chị duyệt", "hoàn thành")),
    )
    await stage.post()
    assert "Vũ Đình Lâm đã duyệt" in words_of(stage.channel.to(QUAN)[-1])
    assert (await states(stage))[0] == ("2026-06-15", "done")
    assert [kind for *_, kind in await said(stage)][-2:] == ["said", "approved"]


async def test_a_leader_gives_the_report_back_with_a_reason(stage: Stage) -> None:
    await stage.hear(LAM, "/duyet bat")
    await walked(stage)
    await stage.post()
    await stage.talk((LAM, Tap("Chưa duyệt"), "sửa gì"), (LAM, "bổ sung số lượt khách", "Đã chuyển ý kiến"))
    await stage.post()
    told = words_of(stage.channel.to(QUAN)[-1])
    assert "chưa duyệt" in told
    assert "bổ sung số lượt khách" in told
    assert (await states(stage))[0] == ("2026-06-15", "in_progress")
    await stage.talk((QUAN, Tap("Gửi báo cáo"), "trình lãnh đạo"))


async def test_a_leader_who_sends_the_report_needs_no_approval(stage: Stage) -> None:
    await stage.hear(LAM, "/duyet bat")
    await stage.hear(LAM, "/baocao")
    await stage.hear(LAM, Tap("Bỏ qua"))
    await stage.hear(LAM, Tap("Bỏ qua"))
    await stage.talk((LAM, Tap("Gửi báo cáo"), "hoàn thành"))


async def test_approval_is_the_leaders_to_turn_on_and_off(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/duyet bat", "Chỉ lãnh đạo"),
        (LAM, "/duyet", "không qua duyệt"),
        (LAM, "/duyet bật", "qua anh/chị duyệt"),
        (LAM, "/duyet", "đang qua anh/chị duyệt"),
        (LAM, "/approval off", "không qua duyệt"),
    )
    assert "Đã ghi việc 1: hoàn thành" in await walked(stage)
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT was, became FROM audit WHERE what = 'approval' ORDER BY id")
        assert [tuple(row) for row in rows] == [("False", "True"), ("True", "False")]


async def test_only_the_units_own_leader_approves(stage: Stage) -> None:
    await stage.hear(LAM, "/duyet bat")
    await walked(stage)
    await stage.post()
    data = stage.button(LAM, "Duyệt").data
    await stage.talk((QUAN, Press(data), "Nút này đã cũ"), (TOAN, Press(data), "Nút này đã cũ"))
    assert (await states(stage))[0] == ("2026-06-15", "in_progress")


async def test_the_nudge_before_a_report_offers_the_walk_and_the_first_notice_does_not(stage: Stage) -> None:
    (early,) = [sent for sent in await stage.nudged("2026-06-04 08:00") if sent.chat == QUAN.chat]
    assert "[Báo cáo lần lượt]" not in words_of(early.message)
    (soon,) = [sent for sent in await stage.nudged("2026-06-10 08:00") if sent.chat == QUAN.chat]
    assert "[Báo cáo lần lượt]" in words_of(soon.message)
    await stage.talk((QUAN, Tap("Báo cáo lần lượt"), ("Báo cáo 6 tháng đầu năm 2026 · 1/2", "1.1 Chủ trì")))
