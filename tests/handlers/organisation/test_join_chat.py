import pytest

from tests.cast import LEADING, NGOAN, QUAN, STRANGER, SUPPORTING, Press, Somebody, Stage, Tap

NEW = Somebody("c-moi", "Sùng Thị Mỷ", SUPPORTING)
WRONG = "Mã này không đúng"


@pytest.mark.parametrize("yes", ["Đồng ý", "dong y", "ĐỒNG Ý ạ", "tôi đồng ý", "Đồng ý.", Tap("Đồng ý")])
async def test_whoever_agrees_gets_the_seat_of_the_code(stage: Stage, yes: str | Tap) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk(
        (NEW, f"/start {code}", ("đầu mối", LEADING, "lưu", "Đồng ý")),
        (NEW, yes, (NEW.name, "đầu mối", LEADING)),
        (NEW, "/viec", (LEADING, "còn 3 việc")),
    )


@pytest.mark.parametrize("no", ["Không", "khong", "không đồng ý", Tap("Không")])
async def test_whoever_declines_is_forgotten_and_may_use_the_code_later(stage: Stage, no: str | Tap) -> None:
    code, before = await stage.code(LEADING, "focal"), await stage.everything()
    await stage.talk(
        (NEW, f"/start {code}", "có đồng ý không"),
        (NEW, no, "Chưa lưu gì"),
        (NEW, "/viec", "mã tham gia"),
    )
    after = await stage.everything()
    assert (after["person"], after["membership"]) == (before["person"], before["membership"])
    await stage.talk((NEW, f"/start {code}", "có đồng ý không"), (NEW, "đồng ý", NEW.name))


async def test_silence_and_other_words_are_no_consent(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk(
        (NEW, f"/start {code}", "có đồng ý không"),
        (NEW, "đã xong", ("chọn", "Đồng ý", "Không")),
        (NEW, "/viec", "mã tham gia"),
    )


async def test_a_question_that_has_grown_old_is_no_question_any_more(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk((NEW, f"/start {code}", "có đồng ý không"))
    stage.clock.let_pass(hours=13)
    await stage.talk((NEW, "đồng ý", "mã tham gia"), (NEW, Tap("Đồng ý"), "mã tham gia"))


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
async def test_a_code_may_be_typed_as_it_is_heard(stage: Stage, typed: "type[str]") -> None:
    code = typed(await stage.code(LEADING, "focal"))
    await stage.talk((NEW, f"/start {code}", LEADING))


async def test_the_vietnamese_name_of_the_command_joins_too(stage: Stage) -> None:
    await stage.talk((NEW, f"/batdau {await stage.code(LEADING, 'leader')}", ("lãnh đạo", LEADING)))


async def test_a_code_that_has_been_used_is_worth_nothing(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk(
        (NEW, f"/start {code}", "có đồng ý không"),
        (NEW, "đồng ý", NEW.name),
        (STRANGER, f"/start {code}", WRONG),
    )


async def test_of_two_who_hold_one_code_the_first_to_agree_gets_the_seat(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk(
        (NEW, f"/start {code}", "có đồng ý không"),
        (STRANGER, f"/start {code}", "có đồng ý không"),
        (STRANGER, "đồng ý", STRANGER.name),
        (NEW, "đồng ý", WRONG),
        (NEW, "/viec", "mã tham gia"),
    )


async def test_a_code_expires_after_two_weeks(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    stage.clock.let_pass(days=14, seconds=-1)
    await stage.talk((NEW, f"/start {code}", "có đồng ý không"))
    stage.clock.let_pass(seconds=2)
    await stage.talk((NEW, "đồng ý", WRONG), (NEW, f"/start {code}", WRONG))


async def test_ten_wrong_codes_shut_a_chat_out_for_an_hour(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    for _ in range(10):
        await stage.talk((STRANGER, "/start ABCD-2345", WRONG))
    await stage.talk((STRANGER, f"/start {code}", "sau một giờ"), (NEW, "/start ABCD-2345", WRONG))
    stage.clock.let_pass(minutes=59)
    await stage.talk((STRANGER, f"/start {code}", "sau một giờ"))
    stage.clock.let_pass(minutes=2)
    await stage.talk((STRANGER, f"/start {code}", LEADING))


async def test_codes_are_kept_only_as_hashes(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    rows = (await stage.everything())["invite"]
    assert code not in repr(rows)
    assert code.replace("-", "") not in repr(rows)


async def test_a_member_takes_a_second_seat_without_being_asked_again(stage: Stage) -> None:
    code = await stage.code(SUPPORTING, "focal")
    await stage.talk(
        (QUAN, f"/start {code}", (QUAN.name, SUPPORTING)),
        (QUAN, "/viec", (LEADING, SUPPORTING, "còn 5 việc")),
        (QUAN, "/start", (LEADING, SUPPORTING)),
    )


async def test_a_former_member_comes_back_with_a_new_code(stage: Stage) -> None:
    await stage.talk(
        (NGOAN, "/start", "không còn phụ trách"),
        (NGOAN, f"/start {await stage.code(LEADING, 'focal')}", (NGOAN.name, LEADING)),
        (NGOAN, "/viec", "còn 3 việc"),
    )


async def test_pressing_agree_twice_seats_a_person_once(stage: Stage) -> None:
    code = await stage.code(LEADING, "focal")
    await stage.talk(
        (NEW, f"/start {code}", "có đồng ý không"),
        (NEW, Tap("Đồng ý"), NEW.name),
        (NEW, Press("consent:yes"), (f"Chào anh/chị {NEW.name}", LEADING)),
    )
