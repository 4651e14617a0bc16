"""An assignment on its way through its states: no text is lost, and no day but the true one is kept."""

from tests.cast import QUAN, Stage, Tap


async def finished(stage: Stage) -> list[tuple[str, str | None]]:
    """The state of each assignment of the leading unit and the day on which it was handed in."""
    async with stage.database.reading() as work:
        rows = await work.exec_driver_sql(
            "SELECT assignment.state, finished_on FROM assignment JOIN account ON account.chat = ?"
            " JOIN membership ON membership.person_id = account.person_id"
            " WHERE assignment.unit_id = membership.unit_id ORDER BY due_on",
            (QUAN.chat,),
        )
        return [(row.state, row.finished_on) for row in rows]


async def test_a_thing_done_in_time_stays_so_when_it_was_doubted_and_the_doubt_taken_back(
    stage: Stage,
) -> None:
    await stage.talk((QUAN, "1 xong", "hoàn thành"))
    stage.clock.set("2026-06-18 09:00")
    await stage.talk((QUAN, "1 đang làm, được 60%", "Đã ghi"))
    assert (await finished(stage))[0] == ("in_progress", None)
    await stage.talk((QUAN, Tap("Hoàn tác"), "Đã hoàn tác"))
    assert (await finished(stage))[0] == ("done", "2026-06-01")


async def test_a_late_thing_does_not_become_timely_by_taking_a_word_back(stage: Stage) -> None:
    stage.clock.set("2026-06-18 09:00")
    await stage.talk((QUAN, "1 xong", "hoàn thành"), (QUAN, "1 đang làm, được 60%", "Đã ghi"))
    await stage.talk((QUAN, Tap("Hoàn tác"), "Đã hoàn tác"))
    assert (await finished(stage))[0] == ("done", "2026-06-18")


async def test_a_number_added_to_one_line_later_does_not_make_the_report_late(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 xong", "hoàn thành"), (QUAN, "1.2 xong", "được ghi là hoàn thành"))
    stage.clock.set("2026-06-18 09:00")
    await stage.talk((QUAN, "1.1 xong, BC số 12/BC-SNgV", "12/BC-SNgV"))
    assert (await finished(stage))[0] == ("done", "2026-06-01")


async def test_what_a_later_version_of_the_plan_called_off_is_not_brought_back_by_taking_a_word_back(
    stage: Stage,
) -> None:
    await stage.talk((QUAN, "1 được 60%", "Đã ghi"))
    async with stage.database.writing() as work:
        await work.exec_driver_sql("UPDATE assignment SET state = 'cancelled' WHERE state = 'in_progress'")
    await stage.talk((QUAN, Tap("Hoàn tác"), "Không hoàn tác được nữa"))
    assert (await finished(stage))[0][0] == "cancelled"
