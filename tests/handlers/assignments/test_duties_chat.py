"""/viec: the list of what is owed, one item, one line of a report; every button tells its plan."""

from tests.cast import PLAN, QUAN, Stage, Tap, enter


async def with_two_plans(stage: Stage) -> None:
    again = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace("CHÈ HÀ KHÊ", "MẬN HÀ KHÊ")
    await enter(stage, again, stage.rules.register)


async def test_one_line_of_a_report_is_shown_alone(stage: Stage) -> None:
    await stage.say(QUAN, "1.2 được 60%")
    shown = await stage.say(QUAN, "/viec 1.2")
    for words in (
        "1.2 Dịch sách",
        "60%",
        "thuộc Báo cáo 6 tháng đầu năm 2026, 33/KH-UBND · hạn 15/6",
        "[1.2 Đã xong]",
    ):
        assert words in shown
    assert "1.1" not in shown
    assert "việc:" not in shown


async def test_a_line_that_is_not_there_is_told(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec 1.9", "Không có việc số 1.9"))


async def test_the_buttons_of_a_line_answer_for_that_line(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec 1.2", "1.2 Dịch sách"),
        (QUAN, Tap("1.2 Đã xong"), ("Đã ghi việc 1.2: hoàn thành", "Dịch sách")),
        (QUAN, "/viec 1.2", "hoàn thành"),
    )


async def test_a_wish_by_the_button_of_a_line_is_for_that_line(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec 1.2", "1.2 Dịch sách"),
        (QUAN, Tap("1.2 Xin gia hạn"), ("Việc 1.2", "Dịch sách", "đến ngày nào")),
        (QUAN, "25/6", ("1.2 xin gia hạn đến 25/6", "Chỉ riêng nội dung này")),
    )


async def test_of_two_plans_every_button_names_its_own(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "[1 Đã xong]"))
    await with_two_plans(stage)
    shown = await stage.say(QUAN, "/viec")
    for words in ("[1 Đã xong, 33/KH-UBND]", "[1 Vướng, 33/KH-UBND]", "[2 Xin gia hạn, 3"):
        assert words in shown


async def test_questions_about_an_item_name_its_plan(stage: Stage) -> None:
    await with_two_plans(stage)
    await stage.talk(
        (QUAN, "/viec", "việc"),
        (QUAN, Tap("1 Vướng, 33/KH-UBND"), ("vướng ở đâu", "Báo cáo 6 tháng đầu năm 2026 · 33/KH-UBND")),
        (QUAN, "/viec", "việc"),
        (QUAN, Tap("1 Xin gia hạn, 33/KH-UBND"), ("đến ngày nào", "33/KH-UBND")),
        (QUAN, "25/6", ("1 xin gia hạn đến 25/6", "33/KH-UBND")),
        (QUAN, "1 xin lùi đến 25/6", ("đã chuyển trước đó", "33/KH-UBND")),
    )
