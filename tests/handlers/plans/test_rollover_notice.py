"""An assignment on its way through its states: no text is lost, and no day but the true one is kept."""

import random
from typing import get_args

import pytest

from domain.assignments.lifecycle import MOVES, State
from storage.common import audit_log
from storage.common.audit_log import AuditLine
from tests.cast import HANG, QUAN, Press, Stage, Tap


async def finished(stage: Stage) -> list[tuple[str, str | None]]:
    """The state of each assignment of the leading unit and the day on which it was handed in."""
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql(
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
    assert "được ghi là hoàn thành" not in await stage.say(QUAN, "1.1 xong, BC số 12/BC-SNgV")
    assert (await finished(stage))[0] == ("done", "2026-06-01")


async def test_what_a_later_version_of_the_plan_called_off_is_not_brought_back_by_taking_a_word_back(
    stage: Stage,
) -> None:
    await stage.talk((QUAN, "1 được 60%", "Đã ghi"))
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE assignment SET state = 'cancelled' WHERE state = 'in_progress'")
    await stage.talk((QUAN, Tap("Hoàn tác"), "Không hoàn tác được nữa"))
    assert (await finished(stage))[0][0] == "cancelled"


async def said(stage: Stage) -> list[str]:
    async with stage.database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT text FROM progress WHERE kind = 'said' ORDER BY id")
        return [row.text for row in rows]


async def moves(stage: Stage) -> list[AuditLine]:
    async with stage.database.reading() as conn:
        assert (await audit_log.verify(conn)).broken is None
        kinds = ("progress", "confirm", "return", "undo")
        return [line for line in await audit_log.listing(conn) if line.what in kinds]


@pytest.mark.parametrize("seed", range(3))
async def test_no_course_of_messages_loses_a_text_or_leaves_the_table(stage: Stage, seed: int) -> None:
    """A long course of words, verdicts, second thoughts and days, through the whole program."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    told: list[str] = []
    await stage.hear(HANG, Press("confirms:1:on"))
    await stage.hear(QUAN, "/viec")
    assignment = stage.button(QUAN, "1 Đã xong").data.partition(":")[2]
    for step in range(30):
        deed = chance.choice(["xong", "được 60%", "chưa làm", "không phát sinh", "accept", "return", "undo"])
        if deed == "undo" and told:
            await stage.hear(QUAN, Tap("Hoàn tác"))
        elif deed in ("accept", "return"):
            await stage.hear(HANG, Press(f"{deed}:{assignment}"))
            await stage.hear(HANG, f"thiếu số liệu lần {step}")
        elif deed != "undo":
            words = f"{deed}, BC số {step + 100}/BC-SNgV"
            await stage.hear(QUAN, "/viec")
            (answer,) = await stage.hear(QUAN, f"1 {words}")
            if "Đã ghi" in answer.text:
                told.append(words)
        stage.clock.let_pass(minutes=chance.choice([1, 5, 20, 2000]))
        assert await said(stage) == told
    lawful: dict[tuple[str, str | None], str] = {
        (event, was): state for event, row in MOVES.items() for was, state in row.items()
    }
    for line in await moves(stage):
        assert {line.was, line.became} <= set(get_args(State))
        if line.what in ("confirm", "return"):
            assert lawful[line.what, line.was] == line.became
