"""What the database counts is what the domain counts, and a round has in it what belongs to it."""

from datetime import date
from itertools import product
from typing import get_args

from sqlalchemy import insert, select

from domain.assignments.lifecycle import State, timeliness
from domain.reporting.report_kinds import Reports
from services.reporting.report_scope import Scope
from services.reporting.summary import summarize
from storage.assignments import assignment_store
from storage.assignments.pending_extensions import is_held_on
from storage.database.schema import assignment, extension
from storage.reporting import plan_status, report_store
from tests.cast import COMPILING, LEADING, PLAN, QUAN, SUPPORTING, TOAN, Stage, enter
from tests.reckoning import Owed, standing

TODAY = date(2026, 6, 16)
DAYS = (date(2026, 6, 15), TODAY, date(2026, 6, 30))
WITH_DATES = PLAN.replace(
    " Sở Văn hóa, Thể thao và Du lịch tổng hợp, báo cáo UBND tỉnh.",
    "\n\nSở Văn hóa, Thể thao và Du lịch tổng hợp, báo cáo UBND tỉnh trước ngày 30/6 và 30/11 năm 2026.",
)


async def test_the_rule_of_timeliness_is_the_same_in_the_database(stage: Stage) -> None:
    cases = list(product(get_args(State), DAYS, (None, *DAYS), (False, True)))
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("DELETE FROM assignment")
        rows = [
            {"unit_id": 1, "period": "none-2026-1", "planned_on": due, "due_on": due}
            | {"state": state, "finished_on": done, "past": past}
            for state, due, done, past in cases
        ]
        await conn.execute(insert(assignment), rows)
        found = await conn.execute(select(plan_status.timeliness_on(TODAY)).order_by(assignment.c.id))
        told = list(found.scalars())
    assert told == [timeliness(state, due, TODAY, done, past=past) for state, due, done, past in cases]


async def test_the_rule_of_what_is_held_is_the_same_in_the_database(stage: Stage) -> None:
    cases = list(product(get_args(State), DAYS, (None, *DAYS), (False, True)))
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("DELETE FROM assignment")
        for number, (state, due, wanted, past) in enumerate(cases, 1):
            row = {"id": number, "unit_id": 1, "period": "none-2026-1", "planned_on": due, "due_on": due}
            await conn.execute(insert(assignment).values(**row, state=state, past=past))
            if wanted is not None:
                wish = {"assignment_id": number, "asked_by": 1, "asked_at": stage.clock.now()}
                await conn.execute(insert(extension).values(**wish, original_due=due, wanted_on=wanted))
        held = set((await conn.execute(select(assignment.c.id).where(is_held_on(TODAY)))).scalars())
        ones = await assignment_store.get(conn, list(range(1, len(cases) + 1)))
    assert held == {one.id for one in ones if one.is_held(TODAY)}
    assert {(one.state, one.due_on, one.wanted_on) for one in ones if one.is_held(TODAY)} == {
        (state, due, wanted)
        for state, (due, wanted) in product(
            ("not_started", "in_progress", "returned"),
            ((DAYS[0], TODAY), (DAYS[0], DAYS[2]), (TODAY, DAYS[2])),
        )
    }


async def test_the_database_counts_as_the_domain_does(stage: Stage) -> None:
    await stage.hear(QUAN, "1.2 vướng kinh phí")
    await stage.hear(TOAN, "1 xong, BC 4/BC-SCT")
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE assignment SET due_on = '2026-06-25', last_on = '2026-06-25'"
            " WHERE id = (SELECT min(id) FROM assignment)"
        )
        await conn.exec_driver_sql(
            "UPDATE assignment SET state = 'submitted', finished_on = '2026-06-17' WHERE id = 3"
        )
    for today in (date(2026, 6, 1), date(2026, 6, 15), TODAY, date(2026, 6, 26), date(2026, 12, 1)):
        async with stage.database.reading() as conn:
            owed = [
                Owed(
                    one.unit_id,
                    one.unit,
                    one.due_on,
                    one.planned_on,
                    one.timeliness(today),
                    one.blocked,
                    is_report=one.duty_id is None,
                    waits=one.state == "submitted",
                    came_late=one.finished_on is not None and one.finished_on > one.last_on,
                )
                for one in await assignment_store.of_plan(conn, 1)
            ]
            assert await plan_status.standing_of(conn, 1, today) == standing(owed, today)


async def test_a_round_is_counted_up_to_its_own_date_and_for_some_units_alone(stage: Stage) -> None:
    december = date(2026, 12, 1)
    async with stage.database.reading() as conn:
        half = await summarize(conn, Scope(1, "half-2026-1"), Reports(), december)
        year = await summarize(conn, Scope(1, "year-2026-1"), Reports(), december)
        assert half is not None
        assert year is not None
        assert (half.stands.asked, half.stands.tally.total) == (3, 3)
        assert (year.stands.asked, year.stands.tally.total) == (3, 4)  # and the dated duty, still open
        first = half.stands.units[0]
        one = await plan_status.standing_of(conn, 1, TODAY, [first.unit_id])
        assert (one.asked, [unit.unit for unit in one.units]) == (1, [first.unit])


async def test_the_coordinators_own_reports_stand_apart(empty: Stage) -> None:
    plan_id = await enter(empty, WITH_DATES, empty.rules.register)
    async with empty.database.reading() as conn:
        assert [str(round_.period) for round_ in await report_store.rounds(conn, plan_id)] == [
            "half-2026-1",
            "year-2026-1",
        ]
        upward = await report_store.upward(conn, plan_id)
        assert [(one.to, one.due_on, one.is_open) for one in upward] == [
            (("UBND tỉnh",), date(2026, 6, 30), True),
            (("UBND tỉnh",), date(2026, 11, 30), True),
        ]
        stands = await plan_status.standing_of(conn, plan_id, date(2026, 6, 29))
        assert COMPILING not in {unit.unit for unit in stands.units}
        assert (stands.asked, stands.round) == (3, date(2026, 6, 15))


async def test_a_duty_of_a_later_date_is_of_the_round_in_which_it_was_told_of(stage: Stage) -> None:
    june, november = date(2026, 6, 15), date(2026, 11, 15)
    since = date(2026, 1, 1)

    async def dated(round_: date, first: date = since) -> list[str]:
        async with stage.database.reading() as conn:
            return [
                owing.unit
                for owing in await report_store.owing(conn, 1, TODAY, first, round_)
                if owing.duty_id
            ]

    assert await dated(june) == []
    assert await dated(november) == [LEADING]
    await stage.hear(QUAN, "2 đang làm, đã gửi 3 thư")
    assert await dated(june) == [LEADING]
    await stage.hear(QUAN, "2 xong, CV 8/SNgV")
    assert await dated(november, date(2026, 7, 1)) == []


async def test_what_is_cancelled_or_past_is_in_no_round(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE assignment SET state = 'cancelled' WHERE id % 2 = 0")
        await conn.exec_driver_sql("UPDATE assignment SET past = 1 WHERE id % 2 = 1")
        assert await report_store.owing(conn, 1, TODAY, date.min, None) == ()
        assert (await plan_status.standing_of(conn, 1, TODAY)).units == ()


async def test_words_that_only_add_stand_behind_the_others(stage: Stage) -> None:
    await stage.hear(TOAN, "1 xong, đã làm 3 gian hàng")
    await stage.hear(TOAN, "1 BC 4/BC-SCT")
    async with stage.database.reading() as conn:
        owing = await report_store.owing(conn, 1, TODAY, date(2026, 1, 1), date(2026, 6, 15))
        (told,) = await report_store.latest_updates(conn, 1, [one.id for one in owing])
    assert told.unit == SUPPORTING
    assert told.text == "xong, đã làm 3 gian hàng; BC 4/BC-SCT"
    assert told.documents == ("4/BC-SCT",)
    assert told.state == "done"


async def test_there_is_nothing_to_say_of_a_plan_that_asks_nothing(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        assert (await plan_status.standing_of(conn, 99, TODAY)).focus is None
        assert await report_store.rounds(conn, 99) == ()
