"""A nudge by a coordinator's wish, without a chat."""

from datetime import date

import pytest
from sqlalchemy import select

from domain.organisation.people import Person
from services.common.results import Refused
from services.nudging.nudge_choice import NudgeTarget
from services.nudging.nudge_now import Nudged, nudge_now
from storage.database.schema import outgoing, plan
from storage.nudging import manual_nudge_store
from storage.organisation import people_store
from tests.cast import HANG, LEADING, QUAN, Somebody, Stage
from tests.owing import owe
from tests.set_clock import at

NOW = at("2026-04-10 09:00")


@pytest.fixture
async def office(empty: Stage) -> Stage:
    """Hằng compiles the plan in which Quân's unit owes a report."""
    empty.clock.set("2026-04-10 09:00")
    for who in (HANG, QUAN):
        await empty.joins(who)
    await owe(empty, LEADING, date(2026, 4, 13), today=date(2026, 4, 10))
    return empty


async def person(stage: Stage, who: Somebody) -> Person:
    async with stage.database.reading() as conn:
        found = await people_store.find(conn, stage.channel.name, who.chat, NOW.date())
    assert found is not None
    return found


async def wish(stage: Stage, target: NudgeTarget, mark: int, by: Somebody = HANG) -> object:
    coordinator = await person(stage, by)
    async with stage.database.writing() as conn:
        return await nudge_now(conn, target, by=coordinator, mark=mark, now=NOW, rules=stage.rules)


async def of_plan(stage: Stage) -> NudgeTarget:
    async with stage.database.reading() as conn:
        plan_id = await conn.scalar(select(plan.c.id))
    assert plan_id is not None
    return NudgeTarget("plan", plan_id)


async def test_a_wish_puts_one_message_out_however_often_it_is_carried_out(office: Stage) -> None:
    async with office.database.reading() as conn:
        mark = await manual_nudge_store.last_nudge(conn)
    for _ in range(2):
        assert await wish(office, await of_plan(office), mark) == Nudged(people=1, units=1)
    async with office.database.reading() as conn:
        rows = (
            await conn.execute(select(outgoing.c.kind, outgoing.c.day).where(outgoing.c.kind == "daily"))
        ).all()
    assert [tuple(row) for row in rows] == [("daily", NOW.date())]


async def test_another_ones_plan_is_refused_and_what_is_not_late_is_nothing(office: Stage) -> None:
    assert await wish(office, await of_plan(office), 0, by=QUAN) == Refused("not_yours")
    assert await wish(office, NudgeTarget("plan", 999), 0) == Refused("not_yours")
    assert await wish(office, NudgeTarget("late"), 0) == Refused("nothing")
