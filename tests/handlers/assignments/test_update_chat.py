import pytest

from tests.cast import LAM, LEADING, PLAN, QUAN, TOAN, Answering, Press, Stage, Tap, enter, words_of
from tests.set_clock import at

NUMBER = "số văn bản"


async def test_what_is_owed_is_numbered_with_the_nearest_first(stage: Stage) -> None:
    told = await stage.say(QUAN, "/viec")
    assert "còn 3 việc" in told
    places = [
        told.index(words)
        for words in ("1. Báo cáo 6 tháng", "1.1 Chủ trì", "1.2 Dịch", "2. Chủ trì gửi", "3. Báo cáo")
    ]
    assert places == sorted(places)
    assert "hạn 15/6, còn 10 ngày làm việc" in told
    assert "hạn 30/6, còn 21 ngày làm việc" in told
    assert "[3 Xin gia hạn]" in told


async def test_one_item_is_shown_with_all_its_lines(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec 1", ("1. Báo cáo 6 tháng", "1.1 Chủ trì", "1.2 Dịch sách")),
        (QUAN, "/viec 3.", ("3. Báo cáo", "3.1 Chủ trì", "3.2 Dịch sách")),
        (QUAN, "/viec 4", "Không có việc số 4"),
        (QUAN, "/viec 0", "Không có việc số 0"),
    )


@pytest.mark.parametrize("command", ["/update", "/capnhat", "/CapNhat"])
async def test_progress_is_recorded_by_number(stage: Stage, command: str) -> None:
    await stage.talk(
        (
            QUAN,
            f"{command} 2 đã xong, BC số 123/BC-SNgV",
            ("Đã ghi việc 2: hoàn thành", "123/BC-SNgV", "Còn 2"),
        ),
        (QUAN, "/viec", ("còn 2 việc", "Đã hoàn thành: 1")),
    )


async def test_a_command_without_words_tells_how_it_goes(stage: Stage) -> None:
    await stage.talk((QUAN, "/capnhat", "Gõ số việc"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1 xong", "1: hoàn thành"),
        ("1 xong roi a", "1: hoàn thành"),
        ("1: đã hoàn thành", "1: hoàn thành"),
        ("1 được 60%", "1: đang thực hiện, 60%"),
        ("1 dc 60%", "1: đang thực hiện, 60%"),
        ("1 vướng kinh phí", "vướng mắc"),
        ("1.2 da xong", "1.2: hoàn thành"),
        ("việc 2 đang làm", "2: đang thực hiện"),
    ],
)
async def test_a_line_with_a_number_is_progress_without_any_command(
    stage: Stage, said: str, told: str
) -> None:
    await stage.talk((QUAN, said, ("Đã ghi", told, "[Hoàn tác]")))


async def test_a_line_of_a_report_moves_the_report_and_the_last_one_completes_it(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.1 xong", ("1.1: hoàn thành", "Còn 3 việc")),
        (QUAN, "/viec", ("đang thực hiện", "1.1 Chủ trì", "hoàn thành (1/6)")),
        (QUAN, "1.2 xong", ("1.2: hoàn thành", "được ghi là hoàn thành", "Còn 2 việc")),
        (QUAN, "/viec", "còn 2 việc"),
    )


async def test_a_dotted_number_names_its_line_whatever_follows(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.1 mời được 1 đoàn, được 50%", "Đã ghi việc 1.1: đang thực hiện, 50%"),
        (QUAN, "1.9 mời được 1 đoàn, được 50%", "cho việc nào"),
    )


@pytest.mark.parametrize("said", ["1 xong. 2 được 80%", "1 xong\n2 dc 80%", "1 xong; 2 được 80%"])
async def test_several_items_fit_in_one_message(stage: Stage, said: str) -> None:
    await stage.talk((QUAN, said, ("1: hoàn thành", "2: đang thực hiện, 80%", "Còn 2 việc")))


async def test_a_greeting_before_the_items_is_no_obstacle(stage: Stage) -> None:
    await stage.talk((QUAN, "Chào anh ạ. 1 xong. 2 được 80%", ("1: hoàn thành", "2: đang thực hiện, 80%")))


async def test_a_question_about_one_item_does_not_hide_what_was_recorded_of_others(stage: Stage) -> None:
    await stage.talk(
        (
            QUAN,
            "1 xong. 2 xin lùi ít hôm. 3 được 10%",
            ("Đã ghi việc 1", "Việc 2", "đến ngày nào", "Đã ghi việc 3"),
        ),
        (QUAN, "10/7 do chờ khách", ("2 xin gia hạn đến 10/7", "đã chuyển")),
    )


async def test_plain_words_are_for_the_only_item_that_is_asked_about(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")
    await stage.talk(
        (TOAN, "đã xong, BC số 7/BC-SCT", ("Đã ghi việc 1: hoàn thành", "7/BC-SCT", "Còn 1 việc"))
    )


LABEL = "2. Chủ trì gửi thư mời các đối tác, hoàn…, 33/KH-UBND"


@pytest.mark.parametrize("choice", [Tap("2."), "2", "2.", LABEL])
async def test_plain_words_with_several_open_are_asked_about(stage: Stage, choice: str | Tap) -> None:
    await stage.talk(
        (QUAN, "được 60% rồi", ("việc nào", "[1. Báo cáo 6 tháng", "[2. Chủ trì gửi", "[3. Báo cáo")),
        (QUAN, choice, "Đã ghi việc 2: đang thực hiện, 60%"),
        (QUAN, "/viec", "60% (1/6)"),
    )


async def test_a_new_line_may_be_typed_where_a_choice_was_offered(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "được 60%", "việc nào"),
        (QUAN, "3 được 20%", "Đã ghi việc 3: đang thực hiện, 20%"),
        (QUAN, Tap("1. Báo cáo"), "Nút này đã cũ"),
    )


@pytest.mark.parametrize("said", ["trời đẹp quá", "asdf qwer", "🙂", "1 sao ạ?"])
async def test_what_tells_nothing_is_answered_with_examples_and_recorded_nowhere(
    stage: Stage, said: str
) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, said, ("chưa rõ", "1 xong")))
    assert await stage.everything() == before


async def test_more_than_the_whole_is_asked_about_and_not_recorded(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, "1 được 500%", ("chưa rõ “500%”", "1 được 60%")))
    assert await stage.everything() == before


@pytest.mark.parametrize("said", [".", "...", "!", "👍", "🙂"])
async def test_a_text_without_words_is_answered_with_examples_and_no_empty_quotes(
    stage: Stage, said: str
) -> None:
    answer = await stage.say(QUAN, said)
    assert "“" not in answer
    assert "chưa rõ" in answer
    assert "1 xong" in answer


@pytest.mark.parametrize("said", ["1 chưa", "1 chưa làm", "1.1 chưa triển khai"])
async def test_what_is_said_not_to_be_begun_is_told_so_and_not_as_silence(stage: Stage, said: str) -> None:
    number = said.split()[0]
    await stage.talk(
        (QUAN, said, f"Đã ghi việc {number}: chưa thực hiện"),
        (QUAN, "/viec 1", ("chưa thực hiện", "chưa cập nhật")),
    )


async def test_a_text_that_is_too_long_is_not_cut_but_refused(stage: Stage) -> None:
    before = await stage.everything()
    long = "1 đã làm " + "rất nhiều việc " * 150
    await stage.talk((QUAN, long, ("quá 2000 ký tự", "chưa ghi")), (QUAN, f"/capnhat {long}", "2000"))
    await stage.talk((QUAN, "/viec", "3 việc"), (QUAN, Tap("1 Vướng"), "vướng ở đâu"), (QUAN, long, "2000"))
    assert await stage.everything() == before


async def test_words_of_people_are_never_markup(stage: Stage) -> None:
    (answer,) = await stage.hear(QUAN, "1 được 50% <b>hết</b> & <script>x</script>, BC số 9/BC-SNgV")
    assert "<script>" not in answer.text
    (summary,) = await stage.hear(QUAN, "/tonghop")
    assert "&lt;b&gt;hết&lt;/b&gt; &amp; &lt;script&gt;" in summary.text
    (unclear,) = await stage.hear(QUAN, "<i>gì thế")
    assert "&lt;i&gt;gì thế" in unclear.text


async def test_a_word_is_taken_back_within_ten_minutes(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    stage.clock.let_pass(minutes=9, seconds=59)
    await stage.talk(
        (QUAN, Tap("Hoàn tác"), ("Đã hoàn tác", "chưa cập nhật")),
        (QUAN, "/viec", "còn 3 việc"),
        (QUAN, Tap("Hoàn tác"), "Không hoàn tác được nữa"),
    )


async def test_a_word_stands_after_ten_minutes(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    stage.clock.let_pass(minutes=10, seconds=1)
    await stage.talk((QUAN, "hoan tac", "Không hoàn tác được nữa"), (QUAN, "/viec", "còn 2 việc"))


async def test_only_the_last_word_on_an_item_is_taken_back(stage: Stage) -> None:
    await stage.talk((QUAN, "1 được 20%", "Đã ghi"))
    first = stage.button(QUAN, "Hoàn tác")
    await stage.talk((QUAN, "1 được 60%", "Đã ghi"))
    await stage.talk(
        (QUAN, Press(first.data), "Không hoàn tác được nữa"),
        (LAM, Press(stage.button(QUAN, "Hoàn tác").data), "Không hoàn tác được nữa"),
        (QUAN, "/viec", "60%"),
    )


async def test_what_is_taken_back_is_asked_for_again(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"), (QUAN, Tap("Hoàn tác"), "Đã hoàn tác"))
    sent = await stage.nudged("2026-06-04 08:00")
    assert any(
        delivered.chat == QUAN.chat and "Báo cáo 6 tháng" in words_of(delivered.message) for delivered in sent
    )


async def test_a_second_press_says_that_it_is_recorded_already(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Đã xong"), "Đã ghi việc 1: hoàn thành"),
        (QUAN, Tap("1 Đã xong"), "đã được ghi: hoàn thành"),
        (LAM, "/viec", "2 việc"),
    )
    assert len((await stage.everything())["progress"]) == 1


async def test_a_button_may_be_typed(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "3 việc"), (QUAN, "2 dang lam", "Đã ghi việc 2: đang thực hiện"))


async def test_a_bare_tap_is_asked_for_what_it_lacks_and_what_is_typed_then_is_taken(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("1 Đã xong"), (NUMBER, "1 BC số 12/BC-")),
        (QUAN, "1 BC số 12/BC-SNgV", ("Đã ghi việc 1", "12/BC-SNgV")),
        (QUAN, Tap("2 Đang làm"), ("tỷ lệ", "2 được 60%")),
        (QUAN, "2 được 60%", "Đã ghi việc 2: đang thực hiện, 60%"),
    )


async def test_a_number_added_later_does_not_make_a_report_late(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "hoàn thành"))
    stage.clock.set("2026-06-17 09:00")
    await stage.talk((QUAN, "1 BC số 12/BC-SNgV", "12/BC-SNgV"))
    (finished,) = [row for row in (await stage.everything())["assignment"] if "done" in row]
    assert "2026-06-01" in finished


async def test_a_difficulty_is_asked_for_and_kept_in_their_own_words(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap("2 Vướng"), "vướng ở đâu"),
        (QUAN, "chưa được cấp kinh phí", ("Đã ghi việc 2", "vướng mắc")),
        (QUAN, "/viec", "vướng mắc"),
        (QUAN, "/tonghop", "chưa được cấp kinh phí"),
    )


async def test_a_difficulty_ends_when_the_work_is_done(stage: Stage) -> None:
    await stage.talk((QUAN, "1 vướng kinh phí", "vướng mắc"), (QUAN, "1 xong, BC số 3/BC-SNgV", "hoàn thành"))
    assert "vướng mắc" not in await stage.say(QUAN, "/viec")


@pytest.mark.parametrize("asking", ["1 Vướng", "1 Xin gia hạn"])
async def test_a_line_about_another_item_is_taken_while_a_question_is_open(stage: Stage, asking: str) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (QUAN, Tap(asking), "Việc 1"),
        (QUAN, "3 xong, BC số 5/BC-SNgV", "Đã ghi việc 3: hoàn thành"),
    )


async def test_numbers_stay_what_they_were_when_something_is_done(stage: Stage) -> None:
    """Whoever types "1 xong" twice has not finished the second item."""
    await stage.talk(
        (QUAN, "1 xong", "1: hoàn thành"),
        (QUAN, "2 được 50%", "Đã ghi việc 2: đang thực hiện"),
        (QUAN, "/viec", ("2. Chủ trì gửi", "50%")),
    )


async def test_an_answer_to_an_older_nudge_means_the_numbers_of_that_nudge(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")  # the report of 15/6
    await stage.nudged("2026-06-10 08:00")  # the duty of 30/6, and the report again
    assert "1. Báo cáo 6 tháng" in words_of(stage.channel.to(QUAN)[0])
    await stage.talk(
        (QUAN, Answering("có 1 việc", "xong rồi ạ"), "Đã ghi việc 1: hoàn thành"),
        (QUAN, "/viec", ("còn 2 việc", "2. Chủ trì gửi")),
    )


async def test_a_button_of_an_older_list_renumbers_so_that_the_hint_can_be_followed(stage: Stage) -> None:
    """Its number must mean the same item in the very next line."""
    await stage.nudged("2026-06-04 08:00")  # numbers the report alone
    await stage.nudged("2026-06-09 08:00")
    await stage.talk((QUAN, "/viec", "3 việc"))
    last = stage.button(QUAN, "3 Đang làm")
    await stage.nudged("2026-06-10 08:00")  # numbers two items; the third is not among them
    (told,) = await stage.hear(QUAN, Press(last.data))
    number = words_of(told).split("gõ: ")[1].split()[0]
    await stage.talk((QUAN, f"{number} được 60%", "60%"), (QUAN, "/viec 3", ("Báo cáo năm 2026", "60%")))


async def test_the_leader_sees_and_answers_for_the_same_unit(stage: Stage) -> None:
    await stage.talk(
        (LAM, "/viec", (LEADING, "còn 3 việc")),
        (LAM, "2 xong, CV số 8/SNgV-VP", "Đã ghi việc 2: hoàn thành"),
        (QUAN, "/viec", "còn 2 việc"),
    )


async def test_when_all_is_done_it_says_so(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong. 2 xong. 3 xong", ("1: hoàn thành", "3: hoàn thành", "không còn việc nào")),
        (QUAN, "/viec", "không có việc nào"),
        (QUAN, "được 50%", "không còn việc nào"),
    )


@pytest.mark.parametrize("said", ["/xyz", "/viecc", "/"])
async def test_an_unknown_command_is_answered_with_the_next_step(stage: Stage, said: str) -> None:
    await stage.talk((QUAN, said, ("Không có lệnh", "/trogiup")))


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("/duties", "/viec"),
        ("/status", "/tinhhinh"),
        ("/summary", "/tonghop"),
        ("/help", "/trogiup"),
        ("/start", "/batdau"),
        ("/update", "/capnhat"),
    ],
)
async def test_each_command_has_two_names(stage: Stage, english: str, vietnamese: str) -> None:
    assert await stage.say(QUAN, english) == await stage.say(QUAN, vietnamese)


async def test_what_was_due_before_the_plan_came_is_told_apart(empty: Stage) -> None:
    empty.clock.set(at("2026-07-06 09:00"))
    await enter(empty, PLAN, empty.rules.register)
    await empty.joins(QUAN)
    await empty.talk((QUAN, "/viec", ("còn 1 việc", "Hạn đã qua trước khi nhập kế hoạch, không nhắc: 2")))


async def test_help_tells_a_member_what_there_is(stage: Stage) -> None:
    told = await stage.say(QUAN, "/trogiup")
    for name in ("/viec", "/capnhat", "/tinhhinh", "/tonghop", "/trogiup"):
        assert name in told


@pytest.mark.parametrize("said", ["1 xong, BC 12/BC-SNgV (MẬT)", "/capnhat 1 xong, báo cáo TỐI MẬT"])
async def test_what_bears_a_secrecy_mark_is_refused_and_not_kept(stage: Stage, said: str) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, said, ("mức độ mật", "không lưu lại")))
    assert await stage.everything() == before
    async with stage.database.reading() as conn:
        kept = await conn.exec_driver_sql("SELECT payload, answer FROM incoming")
        assert "MẬT" not in repr(kept.all())


async def test_the_answer_names_what_was_understood_with_the_way_back(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/viec", "3 việc"),
        (
            QUAN,
            Tap("2 Đã xong"),
            ("Đã ghi việc 2: hoàn thành · Chủ trì gửi thư mời các đối tác", "[Hoàn tác]"),
        ),
        (QUAN, "1.2 xong", "Đã ghi việc 1.2: hoàn thành · Dịch sách"),
    )


async def test_a_sentence_for_the_report_is_asked_for_once_where_bare_words_end_a_line(stage: Stage) -> None:
    wish = "gõ thêm một câu"
    assert wish in await stage.say(QUAN, "1.2 xong, cv so 45 ngay 28/3")
    assert wish not in await stage.say(QUAN, "1.2 xong")
    assert wish not in await stage.say(QUAN, "1.1 đang làm")
    assert wish not in await stage.say(QUAN, "1.1 xong: đã mời 02 đoàn khách đến vùng chè")
    assert "hoàn thành" in await stage.say(QUAN, "1.2 xong: đã dịch 02 cuốn sách")
