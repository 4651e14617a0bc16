"""A later date for one line of a report moves that line alone, and both sides are told so."""

from tests.cast import HANG, QUAN, Stage, Tap, words_of

REPORT, LINE = "Báo cáo 6 tháng", "Chủ trì, phối hợp"


async def test_a_wish_for_a_line_tells_both_sides_that_it_is_for_the_line(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.talk(
        (QUAN, "1.1 xin lùi đến 25/6", ("1.1 xin gia hạn đến 25/6", "hạn của cả báo cáo vẫn là 15/6"))
    )
    await stage.post()
    told = words_of(stage.channel.to(HANG)[-1])
    assert LINE in told
    assert REPORT in told
    assert "hạn của cả báo cáo vẫn là 15/6" in told


async def granted(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.say(QUAN, "1.1 xin lùi đến 25/6")
    await stage.post()
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), ("hạn mới 25/6", LINE, "hạn của cả báo cáo vẫn là 15/6")))


async def test_a_granted_wish_moves_the_line_and_leaves_the_report(stage: Stage) -> None:
    await granted(stage)
    await stage.post()
    assert "hạn của cả báo cáo vẫn là 15/6" in words_of(stage.channel.to(QUAN)[-1])
    listed = await stage.say(QUAN, "/viec")
    assert "1. Báo cáo 6 tháng đầu năm 2026 · hạn 15/6" in listed
    assert "gia hạn riêng đến 25/6" in listed
    assert f"4. {LINE}" in listed
    assert "hạn 25/6" in listed


async def test_the_report_is_over_without_the_line_that_was_put_off(stage: Stage) -> None:
    await granted(stage)
    await stage.talk((QUAN, "1.2 xong", ("Đã ghi việc 1.2", "báo cáo được ghi là hoàn thành")))


async def test_the_number_of_the_line_means_what_it_is_now(stage: Stage) -> None:
    await granted(stage)
    await stage.talk((QUAN, "1.1 xong", "Đã ghi việc 4: hoàn thành"))
    listed = await stage.say(QUAN, "/viec")
    assert "1. Báo cáo 6 tháng đầu năm 2026 · hạn 15/6" in listed
    assert f"4. {LINE}" not in listed


async def test_the_line_is_asked_for_by_its_own_date(stage: Stage) -> None:
    await granted(stage)
    await stage.say(QUAN, "1.2 xong")
    await stage.say(QUAN, "/viec")
    await stage.nudged("2026-06-24 08:00")
    assert f"4. {LINE}" in words_of(stage.channel.to(QUAN)[-1])


async def test_a_wish_for_a_line_holds_nothing_else_and_can_be_taken_back(stage: Stage) -> None:
    await stage.say(QUAN, "/viec")
    await stage.say(QUAN, "1.1 xin lùi đến 25/6")
    await stage.talk((QUAN, "1 xin lùi đến 26/6", "1 xin gia hạn đến 26/6"))
    await stage.talk((QUAN, "hủy gia hạn 1.1", ("Đã rút", LINE)))
    async with stage.database.reading() as conn:
        waiting = await conn.exec_driver_sql("SELECT duty_id FROM extension WHERE granted IS NULL")
        assert waiting.scalars().all() == [None]


async def test_a_refused_wish_leaves_all_as_it_was(stage: Stage) -> None:
    before = await stage.everything()
    await stage.say(QUAN, "/viec")
    await stage.say(QUAN, "1.1 xin lùi đến 25/6")
    await stage.post()
    await stage.talk((HANG, Tap("Không đồng ý"), "hạn vẫn là 15/6"))
    assert (await stage.everything())["assignment"] == before["assignment"]
