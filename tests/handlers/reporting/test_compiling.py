import pytest

from handlers.common.capabilities import Capabilities
from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    PLAN,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    TUYEN,
    Somebody,
    Stage,
    enter,
    words_of,
)


def below(told: str, *words: str) -> None:
    places = [told.index(word) for word in words]
    assert places == sorted(places), told


async def test_the_status_counts_what_is_due_next(stage: Stage) -> None:
    await stage.talk(
        (
            HANG,
            "/tinhhinh",
            (
                "33/KH-UBND · hạn gần nhất 15/6 (còn 10 ngày làm việc)",
                "Hoàn thành đúng hạn 0 · quá hạn 0",
                "Chưa hoàn thành, trong hạn 3 · quá hạn 0",
                "Đã báo cáo: 0/3 đơn vị",
            ),
        )
    )


async def test_the_four_lines_tell_in_time_from_late(stage: Stage) -> None:
    await stage.talk((TOAN, "1 xong, BC số 4/BC-SCT", "hoàn thành"))
    stage.clock.set("2026-06-18 10:00")
    await stage.talk((QUAN, "1 xong, BC số 8/BC-SNgV", "hoàn thành"))
    await stage.talk(
        (
            HANG,
            "/tinhhinh",
            (
                "hạn gần nhất 30/6 (còn 8 ngày làm việc)",
                "Hoàn thành đúng hạn 1 · quá hạn 1",
                "Chưa hoàn thành, trong hạn 1 · quá hạn 1",
                "Đã báo cáo kỳ hạn 15/6: 2/3 đơn vị",
                f"✓ {SUPPORTING} · 1/1",
                f"▲ {SILENT} · 0/1, quá hạn 3 ngày làm việc, chưa có đầu mối",
                f"○ {LEADING} · 1/2",
            ),
        )
    )


async def test_the_worst_stand_first(stage: Stage) -> None:
    await stage.talk((QUAN, "1 vướng kinh phí", "vướng"), (TOAN, "1 xong", "hoàn thành"))
    told = await stage.say(HANG, "/tinhhinh")
    below(told, f"○ {LEADING} · 0/1, vướng mắc", f"○ {SILENT} · 0/1", f"✓ {SUPPORTING} · 1/1")
    stage.clock.set("2026-06-15 10:00")
    assert f"● {LEADING}" in await stage.say(HANG, "/tinhhinh")
    stage.clock.set("2026-06-16 10:00")
    below(await stage.say(HANG, "/tinhhinh"), f"▲ {LEADING}", f"✓ {SUPPORTING}")


async def test_lines_that_are_answered_are_counted_behind_the_unit(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.2 được 30%", "Đã ghi"), (HANG, "/tinhhinh", f"{LEADING} · 0/1, đã có 1/2 nội dung")
    )


async def test_who_cannot_be_reached_is_told(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE account SET reachable = 0 WHERE chat = ?", (TOAN.chat,))
    await stage.talk((HANG, "/tinhhinh", f"{SUPPORTING} · 0/1, không liên lạc được"))


async def test_when_all_dates_have_passed_it_says_so(stage: Stage) -> None:
    stage.clock.set("2026-12-01 09:00")
    await stage.talk((HANG, "/tinhhinh", ("tất cả các hạn đã qua", "trong hạn 0 · quá hạn 7")))


async def test_a_coordinator_hears_of_their_own_plans_alone(stage: Stage) -> None:
    await stage.talk(
        (TUYEN, "/tinhhinh", "Chưa có kế hoạch nào"),
        (TUYEN, "/tonghop", "Chưa có kế hoạch nào"),
    )
    other = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace(COMPILING, TUYEN.unit).replace("chè", "mật ong")
    await enter(stage, other, stage.rules.register)
    await stage.talk((TUYEN, "/tinhhinh", "34/KH-UBND"), (TUYEN, "/tonghop", "34/KH-UBND"))
    for said in ("/tinhhinh", "/tonghop"):
        assert "34/KH-UBND" not in await stage.say(HANG, said)
        assert "33/KH-UBND" not in await stage.say(TUYEN, said)


@pytest.mark.parametrize("who", [QUAN, LAM])
async def test_a_units_status_is_its_own_list(stage: Stage, who: Somebody) -> None:
    told = await stage.say(who, "/tinhhinh")
    assert "còn 3 việc" in told
    assert SILENT not in told


async def test_the_summary_follows_the_plans_own_parts(stage: Stage) -> None:
    await stage.talk(
        (TOAN, "1.2 đã hướng dẫn 12 hộ", "Đã ghi"),
        (QUAN, "1.2 xong, đã in 500 cuốn", "Đã ghi"),
        (QUAN, "1.1: mời được 1 đoàn, được 50%", "Đã ghi"),
        (QUAN, "2 xong, CV số 8/SNgV-VP", "Đã ghi"),
        (TOAN, "1 đang làm", "Đã ghi"),
    )
    told = await stage.say(HANG, "/tonghop")
    below(
        told,
        "Tổng hợp kết quả 33/KH-UBND",
        "Tính đến 1/6/2026: đã báo cáo 0/3 đơn vị",
        f"II.1. {LEADING}",
        "Chủ trì, phối hợp với Sở Công Thương mời hai đoàn",
        f"- {LEADING}: mời được 1 đoàn, được 50%",
        "Dịch sách giới thiệu",
        f"- {LEADING}: xong, đã in 500 cuốn",
        "Chủ trì gửi thư mời",
        f"- {LEADING}: xong, CV số 8/SNgV-VP",
        f"II.2. {SUPPORTING}",
        f"- {SUPPORTING}: đã hướng dẫn 12 hộ",
        "Báo cáo chung của các đơn vị",
        f"- {SUPPORTING}, 15/6: đang làm",
        "Chưa báo cáo (3)",
        SILENT,
    )


async def test_the_summary_keeps_the_newest_words_and_forgets_what_was_taken_back(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.2 được 30%, mới dịch phần đầu", "Đã ghi"),
        (QUAN, "1.2 được 70%, còn phần phụ lục", "Đã ghi"),
    )
    told = await stage.say(HANG, "/tonghop")
    assert "phụ lục" in told
    assert "phần đầu" not in told
    await stage.talk((QUAN, "hoàn tác", "Đã hoàn tác"))
    assert "mới dịch phần đầu" in await stage.say(HANG, "/tonghop")


async def test_the_summary_says_when_nobody_is_missing(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE assignment SET state = 'done', finished_on = '2026-06-01'")
    await stage.talk((HANG, "/tonghop", ("đã báo cáo 3/3", "Tất cả các đơn vị đã báo cáo")))


async def test_a_unit_reads_its_own_part_of_the_summary(stage: Stage) -> None:
    await stage.talk((TOAN, "1.2 đã hướng dẫn 12 hộ", "Đã ghi"), (QUAN, "1.2 đã in 500 cuốn, xong", "Đã ghi"))
    told = await stage.say(QUAN, "/tonghop")
    assert "500 cuốn" in told
    assert "12 hộ" not in told
    assert f"Chưa báo cáo (1): {LEADING}" in told


async def test_a_unit_without_anything_due_by_now_has_not_reported_everything(stage: Stage) -> None:
    """Nothing has been asked of it yet: that is no report."""
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "DELETE FROM assignment WHERE due_on < '2026-07-01' AND unit_id ="
            " (SELECT id FROM unit WHERE name = ?)",
            (SUPPORTING,),
        )
    assert "Tất cả" not in await stage.say(TOAN, "/tonghop")


async def test_a_long_summary_arrives_in_parts_that_break_between_lines(stage: Stage) -> None:
    for number in range(1, 3):
        await stage.talk((QUAN, f"1.{number} xong, " + "đã in thêm sách, " * 30, "Đã ghi"))
    stage.channel.capabilities = Capabilities(longest_text=700)
    answers = await stage.hear(HANG, "/tonghop")
    assert len(answers) > 1
    assert all(len(words_of(answer)) <= 700 for answer in answers)


@pytest.mark.parametrize("said", [f"/tinhhinh {LEADING}", "tinh hinh so ngoai vu"])
async def test_the_status_of_a_unit_tells_its_people_and_what_it_owes(stage: Stage, said: str) -> None:
    await stage.hear(QUAN, "2 xong")
    await stage.talk(
        (
            HANG,
            said,
            (
                f"{LEADING}: {QUAN.name} (đầu mối)",
                "Hoàn thành 1/3 việc; còn 2 việc",
                "1. Báo cáo 6 tháng",
                "[Nhắc 1 đơn vị]",
            ),
        )
    )
    assert SUPPORTING not in await stage.say(HANG, f"/tinhhinh {SILENT}")


async def test_the_status_of_a_unit_is_its_coordinators(stage: Stage) -> None:
    assert QUAN.name not in words_of((await stage.hear(TUYEN, f"/tinhhinh {LEADING}"))[0])
    await stage.talk((TOAN, f"/tinhhinh {LEADING}", (SUPPORTING, "còn 2 việc")))
