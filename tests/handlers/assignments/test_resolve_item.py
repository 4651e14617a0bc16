"""Which item is meant: the answered nudge, a number, a few words, the only one open, or a question."""

import pytest

from tests.cast import LAM, PLAN, QUAN, TOAN, Answering, Press, Stage, Tap, enter


async def lines_said(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        sql = (
            "SELECT duty.text, progress.text, progress.undone FROM progress"
            " LEFT JOIN duty ON duty.id = progress.duty_id ORDER BY progress.id"
        )
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("dich sach xong roi", ("Tôi hiểu là việc 1.2: Dịch sách giới thiệu chè", "1.2: hoàn thành")),
        ("đoàn khách được 60%", ("Tôi hiểu là việc 1.1: Chủ trì, phối hợp", "1.1: đang thực hiện, 60%")),
        ("thư mời đối tác đã gửi xong", ("Tôi hiểu là việc 2: Chủ trì gửi thư mời", "việc 2: hoàn thành")),
    ],
)
async def test_a_few_words_of_a_duty_find_it_and_the_answer_names_it(
    stage: Stage, said: str, told: tuple[str, ...]
) -> None:
    await stage.talk((QUAN, said, (*told, "[Hoàn tác]")))


async def test_what_was_found_by_words_is_taken_back_with_one_tap(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "dịch sách xong", "Tôi hiểu là việc 1.2"),
        (QUAN, Tap("Hoàn tác"), "Đã hoàn tác"),
        (QUAN, "/viec 1", "1.2 Dịch sách giới thiệu chè sang tiếng nước ngoài · chủ trì · chưa cập nhật"),
    )


async def test_words_on_a_line_never_finish_the_only_report_that_is_open(stage: Stage) -> None:
    await stage.talk(
        (TOAN, "2 không phát sinh", "Đã ghi việc 2"),
        (
            TOAN,
            "gian hàng hội chợ xong",
            ("Tôi hiểu là việc 1.1", "Đã ghi việc 1.1: hoàn thành", "Còn 1 việc"),
        ),
    )


async def test_words_that_two_duties_have_are_asked_about(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "tiếng nước ngoài, khách nước ngoài: được 60%", ("việc nào", "[1.1. ", "[1.2. ")),
        (QUAN, Tap("1.2."), "Đã ghi việc 1.2: đang thực hiện, 60%"),
    )
    assert len(await lines_said(stage)) == 1


async def test_the_number_of_a_line_that_was_offered_may_be_typed(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "tiếng nước ngoài, khách nước ngoài: được 60%", "việc nào"),
        (QUAN, "1.1", "Đã ghi việc 1.1: đang thực hiện, 60%"),
    )


@pytest.mark.parametrize("said", ["done 2", "xong 2", "#2 xong", "2xong", "xong việc 2", "xong 2 rồi ạ"])
async def test_a_number_beside_the_state_names_its_item_whatever_was_asked_for(
    stage: Stage, said: str
) -> None:
    """The nudge of 4/6 asked for item 1 alone."""
    await stage.nudged("2026-06-04 08:00")
    await stage.talk((QUAN, "/viec", "còn 3 việc"), (QUAN, said, "Đã ghi việc 2: hoàn thành"))


@pytest.mark.parametrize("said", ["xong 2, còn chờ ký", "xong 2. đã báo cáo lãnh đạo"])
async def test_a_number_that_may_be_a_count_is_asked_about(stage: Stage, said: str) -> None:
    await stage.nudged("2026-06-04 08:00")
    before = len(await lines_said(stage))
    await stage.talk((QUAN, "/viec", "còn 3 việc"), (QUAN, said, ("việc nào", "[1. Báo cáo", "[2. Chủ trì")))
    assert len(await lines_said(stage)) == before


async def test_a_number_behind_the_state_that_no_item_has_is_told_and_asked_about(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")
    await stage.talk((QUAN, "/viec", "còn 3 việc"), (QUAN, "xong 20", ("Không có việc số 20", "chưa rõ")))


async def test_items_that_run_on_without_a_sign_are_all_recorded_or_none(stage: Stage) -> None:
    told = ("chưa ghi gì", "việc 1: hoàn thành", "việc 2: hoàn thành", "“9 xong”", "[Đúng]")
    await stage.talk((QUAN, "1 xong 2 xong 9 xong", told))
    await stage.talk((QUAN, "1 xong 2 xong 3 xong", ("Đã ghi việc 1", "Đã ghi việc 2", "Đã ghi việc 3")))


async def test_a_question_which_is_open_survives_a_restart_and_expires(stage: Stage) -> None:
    await stage.talk((QUAN, "được 60%", "việc nào"))
    stage.clock.let_pass(hours=11)
    restarted = await stage.restarted()
    await restarted.talk((QUAN, "2", "Đã ghi việc 2: đang thực hiện, 60%"), (QUAN, "được 70%", "việc nào"))
    restarted.clock.let_pass(hours=13)
    await restarted.talk((QUAN, "2", ("2. Chủ trì gửi thư mời", "[2 Đã xong]")))  # asks about item 2 now
    assert len(await lines_said(restarted)) == 1


async def test_what_answers_a_nudge_means_nothing_outside_of_it(stage: Stage) -> None:
    """The nudge of 4/6 asks for the report alone; the words are those of the duty of 30/6."""
    await stage.nudged("2026-06-04 08:00")
    before = len(await lines_said(stage))
    answer = await stage.say(QUAN, Answering("có 1 việc", "thư mời đối tác được 60%"))
    assert "Đã ghi việc 1: đang thực hiện, 60%" in answer
    assert len(await lines_said(stage)) == before + 1


async def test_the_same_words_in_two_plans_are_asked_about(stage: Stage) -> None:
    again = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace("CHÈ HÀ KHÊ", "MẬN HÀ KHÊ")
    await enter(stage, again, stage.rules.register)
    await stage.talk((QUAN, "dịch sách xong", ("việc nào", "1.2. Dịch sách", "2.2. Dịch sách")))
    assert await lines_said(stage) == []


async def test_an_update_is_corrected_by_its_number_and_both_versions_are_kept(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.2 được 60%", "Đã ghi việc 1.2"),
        (
            QUAN,
            "sửa 1.2: được 40%, còn 3 chương",
            ("“được 60%” → “được 40%, còn 3 chương”", "1.2: đang thực hiện, 40%"),
        ),
        (QUAN, "/viec 1", "40%"),
        (QUAN, "/tonghop", "được 40%, còn 3 chương"),
    )
    assert [(text, undone) for _, text, undone in await lines_said(stage)] == [
        ("được 60%", 1),
        ("được 40%, còn 3 chương", 0),
    ]
    async with stage.database.reading() as conn:
        links = await conn.exec_driver_sql("SELECT id, amends_id FROM progress ORDER BY id")
        (first, none), (_, amends) = (tuple(row) for row in links)
    assert (none, amends) == (None, first)


async def test_a_correction_by_button_takes_what_is_typed_next(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "2 xong", "việc 2: hoàn thành"),
        (QUAN, Tap("Sửa"), ("đang ghi: “xong”", "gõ lại")),
        (
            QUAN,
            "chưa xong, mới được 80%",
            ("“xong” → “chưa xong, mới được 80%”", "đang thực hiện, 80%", "Còn 3"),
        ),
        (QUAN, "/viec", ("còn 3 việc", "80%")),
    )


async def test_a_correction_is_what_would_have_stood_had_it_been_said_at_first(stage: Stage) -> None:
    """Done by mistake, then corrected: the report is asked for again, as it was."""
    await stage.talk((QUAN, "1 xong", "hoàn thành"), (QUAN, "sửa 1: chưa làm", "chưa thực hiện"))
    sent = await stage.nudged("2026-06-04 08:00")
    assert any(one.chat == QUAN.chat for one in sent)
    async with stage.database.reading() as conn:
        states = await conn.exec_driver_sql("SELECT state FROM assignment ORDER BY id")
        assert "done" not in set(states.scalars())


async def test_only_the_newest_words_are_corrected_and_by_the_unit_alone(stage: Stage) -> None:
    await stage.talk((QUAN, "2 được 20%", "Đã ghi"))
    await stage.talk((LAM, "2 được 30%", "Đã ghi"))
    await stage.talk(
        (QUAN, Tap("Sửa"), "đã được thay"),
        (TOAN, Press(stage.button(LAM, "Sửa").data), "Nút này đã cũ"),
        (LAM, Tap("Sửa"), "đang ghi: “được 30%”"),
    )


@pytest.mark.parametrize("said", ["sửa xong cầu treo, được 60%", "sửa 2 cây cầu được 60%"])
async def test_work_of_mending_is_no_correction(stage: Stage, said: str) -> None:
    await stage.talk((QUAN, said, "việc nào"))


async def test_an_older_update_that_arrives_late_never_overwrites_a_newer_one(stage: Stage) -> None:
    stage.channel.delays[LAM.chat] = 3600
    await stage.talk(
        (LAM, "/viec", "còn 3 việc"),
        (QUAN, "2 xong, CV số 8/SNgV-VP", "việc 2: hoàn thành"),
        (LAM, "2 được 50%", ("gửi trước nhưng đến sau", "xong, CV số 8/SNgV-VP")),
        (QUAN, "/viec", "còn 2 việc"),
        (QUAN, "/tonghop", "CV số 8/SNgV-VP"),
    )
    assert [text for _, text, _ in await lines_said(stage)] == ["xong, CV số 8/SNgV-VP", "được 50%"]


async def test_what_was_sent_in_time_is_done_in_time_whenever_it_arrives(stage: Stage) -> None:
    stage.clock.set("2026-06-16 00:20")
    stage.channel.delays[QUAN.chat] = 3600
    await stage.talk((QUAN, "1 xong, BC số 12/BC-SNgV", "hoàn thành"))
    async with stage.database.reading() as conn:
        done = await conn.exec_driver_sql("SELECT finished_on FROM assignment WHERE state = 'done'")
        assert done.scalar_one() == "2026-06-15"


async def test_a_clock_that_was_set_back_makes_no_later_word_an_older_one(stage: Stage) -> None:
    """The messenger's own time is right: it lies after what the program's clock shows by then."""
    await stage.talk((QUAN, "1.1 được 10%", "10%"))
    stage.clock.let_pass(hours=-1)
    stage.channel.delays[QUAN.chat] = -3600
    await stage.talk((QUAN, "1.1 được 20%", "Đã ghi việc 1.1: đang thực hiện, 20%"))


async def test_nothing_is_finished_by_a_word_long_before_anybody_asks_for_it(stage: Stage) -> None:
    await stage.talk(
        (TOAN, "1 xong", "Đã ghi việc <b>"[:12]),
        (TOAN, "xong hết rồi đó", ("Anh/chị cập nhật cho việc nào", "Báo cáo năm 2026")),
        (TOAN, Tap("2."), "hoàn thành"),
    )


async def test_a_place_in_a_list_is_not_the_one_that_is_left(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "còn"),
        (QUAN, "1 xong", "hoàn thành"),
        (QUAN, "3 xong", "hoàn thành"),
        (QUAN, "cái đầu tiên xong rồi", "chưa ghi gì"),
    )
