"""Second thoughts: a correction is taken back like any word, and no course of them loses a text or a day."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from tests.cast import LAM, QUAN, Press, Stage, Tap
from tests.set_clock import ZONE

Rows = list[tuple[object, ...]]


async def rows(stage: Stage, sql: str) -> Rows:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


async def stands(stage: Stage) -> tuple[object, ...]:
    """The state of the leading unit's report of 15/6, whether it is blocked, and when it was finished."""
    sql = (
        "SELECT state, blocked, finished_on FROM assignment JOIN unit ON unit.id = unit_id"
        " WHERE unit.name = 'Sở Ngoại vụ' AND due_on = '2026-06-15'"
    )
    (row,) = await rows(stage, sql)
    return row


async def said(stage: Stage) -> Rows:
    return await rows(stage, "SELECT text, undone FROM progress WHERE kind IN ('said', 'laid') ORDER BY id")


@pytest.mark.parametrize("way", ["sửa 1: được 40%", "button"])
async def test_a_correction_is_taken_back_and_the_former_words_count_again(stage: Stage, way: str) -> None:
    await stage.hear(QUAN, "1 xong, BC số 12/BC-SNgV")
    if way == "button":
        await stage.hear(QUAN, Tap("Sửa"))
    await stage.talk(
        (QUAN, "được 40%" if way == "button" else way, ("→ “được 40%”", "[Hoàn tác] [Sửa]")),
        (QUAN, Tap("Hoàn tác"), ("Đã bỏ lần sửa", "“xong, BC số 12/BC-SNgV”", "(hoàn thành)")),
        (QUAN, "/tonghop", "xong, BC số 12/BC-SNgV"),
    )
    assert await stands(stage) == ("done", 0, "2026-06-01")
    assert await said(stage) == [("xong, BC số 12/BC-SNgV", 0), ("được 40%", 1)]


async def test_a_correction_of_a_correction_is_taken_back_step_by_step(stage: Stage) -> None:
    await stage.hear(QUAN, "1 được 10%")
    await stage.hear(QUAN, "sửa 1: được 20%")
    await stage.hear(QUAN, "sửa 1: vướng kinh phí")
    third = stage.button(QUAN, "Hoàn tác")
    assert await stands(stage) == ("in_progress", 1, None)
    await stage.talk(
        (QUAN, Press(third.data), "“được 20%”"), (QUAN, Press(third.data), "Không hoàn tác được")
    )
    assert await said(stage) == [("được 10%", 1), ("được 20%", 0), ("vướng kinh phí", 1)]
    second, first = int(third.data.partition(":")[2]) - 1, int(third.data.partition(":")[2]) - 2
    await stage.talk(
        (QUAN, Press(f"undo:{second}"), "“được 10%”"),
        (QUAN, Press(f"undo:{first}"), "Việc trở lại: chưa cập nhật"),
    )
    assert {undone for _, undone in await said(stage)} == {1}


async def test_after_ten_minutes_a_correction_stands(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xong")
    await stage.hear(QUAN, "sửa 1: được 40%")
    stage.clock.let_pass(minutes=10, seconds=1)
    await stage.talk((QUAN, Tap("Hoàn tác"), "Không hoàn tác được nữa"))
    assert await stands(stage) == ("in_progress", 0, None)


async def test_nobody_else_takes_a_correction_back(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xong")
    await stage.hear(QUAN, "sửa 1: được 40%")
    await stage.talk((LAM, Press(stage.button(QUAN, "Hoàn tác").data), "Không hoàn tác được nữa"))


async def test_the_line_that_completed_a_report_completes_it_again_from_its_own_day(stage: Stage) -> None:
    await stage.hear(QUAN, "1.1 xong")
    await stage.hear(QUAN, "1.2 xong")
    stage.clock.set("2026-06-17 09:00")
    await stage.hear(QUAN, "sửa 1.2: được 80%")
    assert await stands(stage) == ("in_progress", 0, None)
    await stage.talk((QUAN, Tap("Hoàn tác"), "(hoàn thành)"))
    assert await stands(stage) == ("done", 0, "2026-06-01")


async def test_a_late_thing_stays_late_though_a_doubt_of_it_is_corrected_and_taken_back(stage: Stage) -> None:
    """Words that were corrected with others after them leave no day behind that could be lost."""
    stage.clock.set("2026-06-17 09:00")
    await stage.hear(QUAN, "1 xong")
    await stage.hear(QUAN, "1.1 số liệu bổ sung, được 50%")
    await stage.hear(QUAN, "sửa 1: xong, BC số 12/BC-SNgV")
    stage.clock.set("2026-06-18 09:00")
    await stage.hear(QUAN, "1 đang làm")
    await stage.talk((QUAN, Tap("Hoàn tác"), "hoàn thành"))
    assert await stands(stage) == ("done", 0, "2026-06-17")


async def test_a_timely_thing_stays_so_though_it_was_corrected_and_doubted_late(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xong")
    stage.clock.set("2026-06-17 09:00")
    await stage.hear(QUAN, "sửa 1: xong, BC số 12/BC-SNgV")
    await stage.hear(QUAN, "1 đang làm")
    await stage.talk((QUAN, Tap("Hoàn tác"), "hoàn thành"))
    assert await stands(stage) == ("done", 0, "2026-06-01")


@dataclass(frozen=True, slots=True)
class Done:
    """One deed of the course below: the button that takes it back, when, and how it all stood before."""

    data: str
    at: datetime
    before: tuple[object, ...]


@pytest.mark.parametrize("leader", [False, True], ids=["alone", "with a leader who approves"])
@pytest.mark.parametrize("seed", range(4))
async def test_taking_back_is_the_way_back_whatever_came_before(
    stage: Stage, seed: int, *, leader: bool
) -> None:
    """Any course of words, corrections and second thoughts: each taken back leads exactly to where it stood
    before; every text is on record; and no word finishes anything on another day than its own."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    if leader:
        await stage.hear(LAM, "/duyet bat")
    stage.clock.set("2026-06-14 08:00")
    told: list[str] = []
    course: list[Done] = []
    for step in range(40):
        deed = chance.choice(
            ["1", "1", "1.1", "1.2", "sửa 1:", "sửa 1.1:", "sửa 1.2:", "undo", "undo", "undo"]
        )
        before = await stands(stage)
        if deed == "undo":
            await take_back(stage, course)
        else:
            words = f"{chance.choice(['xong', 'được 60%', 'đang làm', 'vướng kinh phí'])}, lần {step}"
            (answer,) = await stage.hear(QUAN, f"{deed} {words}")
            if back := [c for row in answer.choices for c in row if c.data.startswith("undo:")]:
                told.append(words)
                await new_days_are_todays(stage, before)
                course.append(Done(back[0].data, stage.clock.now(), before))
        assert [text for text, _ in await said(stage)] == told
        stage.clock.let_pass(minutes=chance.choice([1, 2, 3, 300]))


async def take_back(stage: Stage, course: list[Done]) -> None:
    if not course:
        return
    last, before = course[-1], await stands(stage)
    (answer,) = await stage.hear(QUAN, Press(last.data))
    if "Không hoàn tác được" in answer.text:
        assert stage.clock.now() - last.at > timedelta(minutes=10)
        assert await stands(stage) == before
    else:
        course.pop()
        assert await stands(stage) == last.before


async def new_days_are_todays(stage: Stage, before: tuple[object, ...]) -> None:
    """What a word finishes is finished on the day of that word; what it leaves finished keeps its day."""
    state, _, finished = await stands(stage)
    if state == "done":
        today = stage.clock.now().astimezone(ZONE).date().isoformat()
        assert finished == (before[2] if before[0] == "done" else today)
