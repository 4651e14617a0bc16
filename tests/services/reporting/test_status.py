"""Where a plan stands, asked without a chat."""

from datetime import date

from services.reporting.status import next_upward, standing, status, unit_notes
from tests.cast import LEADING, QUAN, SILENT, SUPPORTING, TOAN, Stage, enter
from tests.storage.reporting.test_plan_status import WITH_DATES

BEFORE, AFTER = date(2026, 6, 10), date(2026, 6, 16)


async def test_the_figures_tell_who_has_reported(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.reading() as conn:
        found = await status(conn, 1, AFTER)
    assert (found.standing.reported, found.standing.asked) == (1, 3)
    assert {unit.unit: unit.done for unit in found.standing.units} == {LEADING: 0, SUPPORTING: 1, SILENT: 0}
    assert (found.put_off, found.left_open, found.upward) == (0, (), None)


async def test_the_figures_alone_are_those_of_the_status(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        for day in (BEFORE, AFTER, date(2026, 12, 1)):
            assert await standing(conn, 1, day) == (await status(conn, 1, day)).standing


async def test_the_notes_tell_who_answers_and_how_many_lines_were_told_of(stage: Stage) -> None:
    await stage.hear(QUAN, "1.2 vướng kinh phí")
    async with stage.database.reading() as conn:
        found = await standing(conn, 1, BEFORE)
        ids = {unit.unit: unit.unit_id for unit in found.units}
        notes = await unit_notes(conn, 1, found, list(ids.values()), BEFORE)
    assert notes[ids[LEADING]].lines == (1, 2)
    assert [contact.name for contact in notes[ids[LEADING]].focal] == [QUAN.name]
    assert notes[ids[SILENT]].focal == ()


async def test_the_coordinators_own_report_is_the_next_that_is_open(empty: Stage) -> None:
    plan_id = await enter(empty, WITH_DATES, empty.rules.register)
    async with empty.database.reading() as conn:
        upward = await next_upward(conn, plan_id)
        assert upward is not None
        assert upward.due_on == date(2026, 6, 30)
        assert (await status(conn, plan_id, AFTER)).upward == upward
