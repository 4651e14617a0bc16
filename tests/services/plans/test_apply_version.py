"""A later version that is applied: what the tables hold before and after."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.wiring import load_ladders
from documents.reading import read_text
from domain.assignments.assignment import Assignment
from domain.assignments.plan_following import Applied
from domain.common.workdays import Workdays
from domain.organisation.register import Register
from domain.plans.commitments import commit
from services.common.rules import Rules
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.plan_assignments import go_live
from storage.assignments import assignment_store
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.organisation import unit_store
from storage.plans import plan_store, version_store
from tests.cast import LEADING, PLAN, SILENT, SUPPORTING

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)
RULES = Rules(load_ladders(), Workdays(), Register(()), UTC)
LETTERS = "- Chủ trì gửi thư mời các đối tác, hoàn thành trước ngày 30/6/2026."


@pytest.fixture
def known() -> Register:
    from bot.app.wiring import load_register

    return load_register()


@pytest.fixture
async def live(tmp_path: Path, known: Register) -> AsyncIterator[Database]:
    """A database in which plan 1 is the cast's."""
    database = await open_database(tmp_path / "nhacviec.db")
    async with database.writing() as conn:
        await unit_store.save(conn, known.units, shipped=True)
        read = read_text(PLAN, known)
        plan_id = await plan_store.add(conn, read, commit(read, known, TODAY), NOW)
        await go_live(conn, plan_id, TODAY, RULES)
    yield database
    await database.close()


async def amend(database: Database, words: str, known: Register) -> Applied:
    assert words != PLAN
    read = read_text(words, known)
    async with database.writing() as conn:
        later = await version_store.propose(conn, 1, read, commit(read, known, TODAY), NOW)
        return await apply(conn, later, NOW)


async def apply(conn: AsyncConnection, later: int, now: datetime) -> Applied:
    done = await apply_version(conn, later, by=None, now=now, rules=RULES)
    assert isinstance(done, VersionApplied)
    return done.applied


async def of(database: Database, unit: str) -> list[Assignment]:
    async with database.reading() as conn:
        return [
            assignment for assignment in await assignment_store.of_plan(conn, 1) if assignment.unit == unit
        ]


async def test_applying_is_all_or_nothing(live: Database, known: Register) -> None:
    async with live.writing() as conn:  # the fault: the very last row that is written refuses
        await conn.exec_driver_sql(
            "CREATE TRIGGER fault BEFORE INSERT ON assignment"
            " BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
    before = [await of(live, unit) for unit in (LEADING, SUPPORTING, SILENT)]
    later = PLAN.replace("15/6 và 15/11", "15/7, 15/9 và 15/12").replace(LETTERS, "")
    with pytest.raises(IntegrityError, match="the disk is full"):
        await amend(live, later, known)
    assert [await of(live, unit) for unit in (LEADING, SUPPORTING, SILENT)] == before
    async with live.reading() as conn:
        assert [row.id for row in await plan_store.listing(conn)] == [1]
        assert await plan_store.later_version(conn, 1) is None


async def test_a_unit_without_work_is_asked_no_more_and_a_new_one_is(live: Database, known: Register) -> None:
    done = await amend(live, PLAN.replace("3. Sở Y tế:", "3. Sở Xây dựng:"), known)
    assert replace(done, news=()) == Applied(new=2, moved=0, cancelled=2)
    told = sorted((new.turn, bool(new.text)) for new in done.news)
    assert told == [("off", False), ("off", False), ("off", True)]
    assert {assignment.state for assignment in await of(live, SILENT)} == {"cancelled"}
    assert [assignment.due_on.month for assignment in await of(live, "Sở Xây dựng")] == [6, 11]
    async with live.reading() as conn:
        unit_id = (await of(live, "Sở Xây dựng"))[0].unit_id
        assert [line.text[:8] for line in await assignment_store.lines(conn, 1, unit_id)] == ["Kiểm tra"]
        old = (await of(live, SILENT))[0].unit_id
        assert await assignment_store.lines(conn, 1, old) == ()


async def test_a_duty_that_loses_its_date_becomes_a_line_of_the_reports(
    live: Database, known: Register
) -> None:
    before = await of(live, LEADING)
    undated = PLAN.replace(LETTERS, "- Chủ trì gửi thư mời các đối tác.")
    done = await amend(live, undated, known)
    assert replace(done, news=()) == Applied(new=0, moved=0, cancelled=1)
    assert [new.turn for new in done.news] == ["undated"]
    (dated,) = [assignment for assignment in await of(live, LEADING) if assignment.duty_id is not None]
    assert (dated.id, dated.state) == (before[1].id, "cancelled")
    async with live.reading() as conn:
        lines = await assignment_store.lines(conn, 1, dated.unit_id)
    assert [line.text[:16] for line in lines][-1] == "Chủ trì gửi thư "
    back = await amend(live, f"{PLAN}\n", known)
    assert replace(back, news=()) == Applied(new=0, moved=0, cancelled=0, back=1)
    (again,) = [assignment for assignment in await of(live, LEADING) if assignment.duty_id is not None]
    assert (again.id, again.state) == (dated.id, "not_started")


async def test_a_report_more_is_owed_by_all_and_keeps_the_others(live: Database, known: Register) -> None:
    before = await of(live, SUPPORTING)
    assert await amend(live, PLAN.replace("15/6 và", "15/6, 15/9 và"), known) == Applied(3, 0, 0)
    after = await of(live, SUPPORTING)
    assert [assignment.due_on.month for assignment in after] == [6, 9, 11]
    assert [after[0].id, after[2].id] == [assignment.id for assignment in before]


async def test_an_overdue_report_that_is_put_off_is_asked_for_again(live: Database, known: Register) -> None:
    read = read_text(PLAN.replace("15/6 và", "30/6 và"), known)
    async with live.writing() as conn:
        later = await version_store.propose(conn, 1, read, commit(read, known, TODAY), NOW)
        await conn.exec_driver_sql(
            "UPDATE assignment SET past = 1, next_nudge_on = NULL WHERE due_on < '2026-06-20'"
        )
        await apply(conn, later, datetime(2026, 6, 20, 2, tzinfo=UTC))
    assert (await of(live, SILENT))[0].is_open
    async with live.reading() as conn:
        rows = await conn.exec_driver_sql(
            "SELECT next_nudge_on FROM assignment WHERE rule_id AND due_on = '2026-06-30'"
        )
        # three working days before the 29th, the last day in time before the 30th
        assert {row[0] for row in rows} == {"2026-06-24"}


async def test_a_later_version_does_not_go_live_by_itself(live: Database, known: Register) -> None:
    read = read_text(PLAN.replace("15/6 và", "30/6 và"), known)
    async with live.writing() as conn:
        later = await version_store.propose(conn, 1, read, commit(read, known, TODAY), NOW)
        assert await go_live(conn, later, TODAY, RULES) == 0


async def test_the_head_of_the_later_version_is_taken(live: Database, known: Register) -> None:
    await amend(live, PLAN.replace("QUẢNG BÁ CHÈ", "GIỚI THIỆU CHÈ"), known)
    async with live.reading() as conn:
        (row,) = await plan_store.listing(conn)
    assert (row.id, row.state, row.number) == (1, "live", "33/KH-UBND")
    assert "giới thiệu chè" in row.title.casefold()
