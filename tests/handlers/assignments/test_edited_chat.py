"""A message that is changed after it was sent corrects what it had recorded, and both versions are kept."""

from tests.cast import HANG, QUAN, SILENCE, Edited, Stage

FIRST = "2026-06-01 09:00"


async def words(stage: Stage) -> list[tuple[object, ...]]:
    """All that was recorded, in order, with what it corrects."""
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT text, amends_id IS NOT NULL FROM progress ORDER BY id")
        return [tuple(row) for row in found]


async def test_the_new_words_stand_in_the_place_of_the_old_which_are_kept(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "hoàn thành"))
    stage.clock.let_pass(minutes=5)
    await stage.talk((QUAN, Edited("1 được 80%", FIRST), ("Đã sửa việc 1", "“xong” → “được 80%”")))
    assert await words(stage) == [("xong", 0), ("được 80%", 1)]


async def test_a_change_that_changes_no_words_is_nothing(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xong", "hoàn thành"), (QUAN, Edited("1 xong", FIRST), SILENCE))
    assert await words(stage) == [("xong", 0)]


async def test_of_several_items_or_of_another_one_nothing_is_guessed(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "còn"), (QUAN, "1 xong\n2 được 30%", "Đã ghi"))
    await stage.talk((QUAN, Edited("1 xong\n2 được 80%", FIRST), "chưa sửa gì"))
    stage.clock.let_pass(minutes=1)
    await stage.talk(
        (QUAN, "3 được 10%", "Đã ghi"), (QUAN, Edited("2 được 10%", "2026-06-01 09:01"), "chưa sửa gì")
    )
    assert len(await words(stage)) == 3


async def test_what_was_followed_by_other_words_is_left_and_said_so(stage: Stage) -> None:
    await stage.talk((QUAN, "1 được 30%", "Đã ghi"))
    stage.clock.let_pass(minutes=5)
    await stage.talk((QUAN, "1 được 50%", "Đã ghi"), (QUAN, Edited("1 được 90%", FIRST), "chưa sửa gì"))


async def test_a_message_that_had_recorded_nothing_is_not_recorded_by_a_change(stage: Stage) -> None:
    await stage.talk((QUAN, "1 đoàn nào vậy", "chưa rõ"), (QUAN, Edited("1 xong", FIRST), "gõ lại"))
    assert await words(stage) == []


async def test_what_a_coordinator_changes_is_left_alone(stage: Stage) -> None:
    await stage.talk((HANG, Edited("1 xong", FIRST), SILENCE))
