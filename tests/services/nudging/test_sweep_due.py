"""The sweep of a working day, without a chat: who gets a message, and when each is asked for next."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from services.nudging.sweep_due import Swept, begin_day, sweep_due
from storage.database.schema import assignment, outgoing
from tests.cast import LEADING, QUAN, SUPPORTING, Stage
from tests.owing import owe
from tests.set_clock import at

MONDAY = date(2026, 4, 13)


@pytest.fixture
async def office(empty: Stage) -> Stage:
    """Quân for one unit; it owes a report for the 13th and one for much later."""
    empty.clock.set("2026-04-01 07:00")
    await empty.joins(QUAN)
    await owe(empty, LEADING, MONDAY, date(2026, 12, 15), today=date(2026, 4, 1))
    return empty


async def swept(stage: Stage, moment: str) -> Swept:
    async with stage.database.writing() as conn:
        return await sweep_due(conn, at(moment).astimezone(stage.rules.zone), stage.rules, 10)


async def test_what_is_due_is_asked_for_once_and_gets_its_next_day(office: Stage) -> None:
    assert await swept(office, "2026-04-13 08:00") == Swept(1, is_last=False)
    assert await swept(office, "2026-04-13 08:00") == Swept(0, is_last=True)
    async with office.database.reading() as conn:
        rows = (await conn.execute(select(outgoing.c.person_id, outgoing.c.day, outgoing.c.kind))).all()
        dates = (
            await conn.execute(
                select(assignment.c.asked_on, assignment.c.next_nudge_on).where(assignment.c.due_on == MONDAY)
            )
        ).one()
    assert [(row.day, row.kind) for row in rows] == [(MONDAY, "daily")]
    assert tuple(dates) == (MONDAY, MONDAY + timedelta(days=1))


async def test_a_unit_without_people_is_asked_for_and_nobody_gets_a_message(office: Stage) -> None:
    await owe(office, SUPPORTING, date(2026, 4, 10), today=date(2026, 4, 10))
    assert (await swept(office, "2026-04-10 08:00")).asked == 2  # Quân's unit hears of the 13th already
    async with office.database.reading() as conn:
        assert len((await conn.execute(select(outgoing.c.id))).all()) == 1


async def test_a_message_that_could_not_go_out_is_replaced_by_that_of_the_next_day(office: Stage) -> None:
    await swept(office, "2026-04-13 08:00")
    for _ in range(2):  # the second time nothing is left to replace
        async with office.database.writing() as conn:
            await begin_day(conn, date(2026, 4, 14))
    async with office.database.reading() as conn:
        rows = (await conn.execute(select(outgoing.c.day, outgoing.c.state).order_by(outgoing.c.id))).all()
        asked_on = await conn.scalar(select(assignment.c.asked_on).where(assignment.c.due_on == MONDAY))
    assert [tuple(row) for row in rows] == [(MONDAY, "replaced"), (date(2026, 4, 14), "pending")]
    assert asked_on == date(2026, 4, 14)
