"""For random due dates every place calls the same days in time; the last nudge is on the last safe day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.wiring import load_days
from config.texts import load_texts
from domain.assignments.assignment import Assignment
from domain.deadlines.last_day import last_day_in_time, last_safe_day
from handlers.common.wording import Wording
from handlers.nudging.daily_message_wording import is_last_day
from services.common.rules import Rules
from services.plans.plan_assignments import go_live
from services.reporting.passed_dates import passed_dates
from services.reporting.status import standing
from storage.assignments import assignment_store, assignment_writer
from storage.database.schema import assignment, duty, duty_unit, plan
from storage.nudging import due_store, manual_nudge_store
from storage.reporting import report_store
from tests.cast import Stage

FIRST = date(2026, 1, 5)
SEEDS = range(12)


async def one_duty(conn: AsyncConnection, rules: Rules, due: date, *, inclusive: bool) -> Assignment:
    """Let a plan with one dated duty go live."""
    now = datetime.combine(FIRST, time(9), UTC)
    head = {
        "title": "Thử",
        "state": "draft",
        "fingerprint": "thử hạn",
        "imported_at": now,
        "coordinator_id": 1,
    }
    plan_id = (await conn.execute(insert(plan).values(head).returning(plan.c.id))).scalar_one()
    row = {"plan_id": plan_id, "kind": "duty", "section": "II.1", "place": 0, "text": "Gửi thư mời"}
    row |= {"due": due.isoformat(), "inclusive": inclusive}
    duty_id = (await conn.execute(insert(duty).values(row).returning(duty.c.id))).scalar_one()
    await conn.execute(insert(duty_unit).values(duty_id=duty_id, unit_id=2, part="lead"))
    await go_live(conn, plan_id, FIRST, rules)
    (owed,) = await assignment_store.of_plan(conn, plan_id)
    return owed


class Undone(Exception):
    """Ends a transaction without a trace."""


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize("inclusive", [False, True])
async def test_all_places_call_the_same_days_in_time(stage: Stage, inclusive: bool, moves: bool) -> None:
    rules = replace(stage.rules, days=load_days(moves=moves))
    for seed in SEEDS:
        chance = Random(seed)  # noqa: S311 - no secret is made of it
        due = FIRST + timedelta(days=chance.randint(30, 350))
        with pytest.raises(Undone):
            await one_date(stage, rules, due, inclusive=inclusive)


async def one_date(stage: Stage, rules: Rules, due: date, *, inclusive: bool) -> None:
    """Compare the places for one date; raise Undone, so that it leaves no trace."""

    async def compared(conn: AsyncConnection) -> None:
        await agree(conn, rules, await one_duty(conn, rules, due, inclusive=inclusive), inclusive)
        raise Undone

    await stage.database.write(compared)


async def agree(conn: AsyncConnection, rules: Rules, owed: Assignment, inclusive: bool) -> None:
    """Compare the places on the days around a date; finished on one of them it is in time or late."""
    last = last_day_in_time(owed.due_on, rules.days, inclusive=inclusive)
    safe = last_safe_day(owed.due_on, rules.days, inclusive=inclusive)
    assert owed.last_on == last
    assert await last_rung(conn, rules, owed) == safe
    assert owed.plan_id is not None
    for day in (last + timedelta(days=n) for n in range(-4, 5)):
        is_late = day > last
        words = Wording(load_texts("vi"), day, rules.days, rules.zone)
        stands = await standing(conn, owed.plan_id, day)
        (row,) = await report_store.owing(conn, owed.plan_id, day, date.min, None)
        where = f"{owed.due_on} {inclusive} on {day}"
        assert (owed.timeliness(day) == "overdue") is is_late, where
        assert (row.timeliness == "overdue") is is_late, where
        assert (stands.tally.open_late == 1) is is_late, where
        assert (stands.focus_last == last, stands.figures.missing) == (True, 1), where
        assert bool(await manual_nudge_store.overdue(conn, owed.plan_id, day)) is is_late, where
        assert bool(await passed_dates(conn, owed.plan_id, FIRST, day)) is is_late, where
        assert ("quá" in words.when(owed)) is is_late, where
        assert ("an toàn" in words.due_safely(owed)) is (not inclusive and day <= safe and last < owed.due_on)
        assert is_last_day(owed, words) is (safe <= day <= last), where
        await finished_on(conn, owed, day)
        (done,) = await report_store.owing(conn, owed.plan_id, day, date.min, None)
        done_stands = await standing(conn, owed.plan_id, day)
        assert (done.answer, done.timeliness) == (
            ("late", "done_late") if is_late else ("on_time", "done_in_time")
        ), where
        assert (done_stands.figures.late, done_stands.tally.done_late) == (is_late, is_late), where
        await finished_on(conn, owed, None)


async def last_rung(conn: AsyncConnection, rules: Rules, owed: Assignment) -> date:
    """Return the last day up to the date on which its ladder asks for it."""
    day, asked = FIRST, FIRST
    while day <= owed.last_on:
        found = rules.schedule.next_on(owed.kind, owed.plan, owed.last_on, day)
        assert found is not None
        asked, day = (found, found) if found <= owed.last_on else (asked, found)
    return asked


async def finished_on(conn: AsyncConnection, owed: Assignment, day: date | None) -> None:
    values = {"state": "done" if day else "not_started", "finished_on": day}
    await conn.execute(update(assignment).where(assignment.c.id == owed.id).values(values))


async def test_the_days_follow_the_operators_setting(stage: Stage) -> None:
    saturday = date(2026, 6, 13)
    async with stage.database.writing() as conn:
        owed = await one_duty(conn, stage.rules, saturday, inclusive=True)
        for moves, expected in ((True, date(2026, 6, 15)), (False, saturday)):
            await assignment_writer.follow_days(conn, load_days(moves=moves))
            found = await conn.scalar(select(assignment.c.last_on).where(assignment.c.id == owed.id))
            assert found == expected
        (due,) = [
            due_assignment
            for due_assignment in await due_store.still_open(conn, [2])
            if due_assignment.id == owed.id
        ]
        assert due.last_on == saturday


async def test_a_moved_date_is_told_with_the_day_until_which_it_counts(stage: Stage) -> None:
    rules = replace(stage.rules, days=load_days(moves=True))
    async with stage.database.writing() as conn:
        owed = await one_duty(conn, rules, date(2026, 6, 13), inclusive=True)
    words = Wording(load_texts("vi"), date(2026, 6, 1), rules.days, rules.zone)
    assert words.due_safely(owed) == "hạn 13/6, ngày nghỉ nên tính đến 15/6"
