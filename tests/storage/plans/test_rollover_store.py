"""Last year's plan as a draft for another year."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app.wiring import load_ladders
from documents.reading import read_text
from domain.common.workdays import Workdays
from domain.organisation.register import Register
from domain.plans.commitments import commit
from domain.plans.plan import without_undated_own_reports
from services.common.rules import Rules
from services.plans.plan_assignments import go_live
from storage.assignments import assignment_store
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.organisation import unit_store
from storage.plans import plan_store
from storage.plans.clause_store import clauses
from storage.plans.rollover_store import RolloverError, roll
from tests.cast import COMPILING, LEADING, PLAN, SILENT, SUPPORTING

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
TODAY = date(2026, 5, 4)
HEIR = "Sở Ngoại vụ và Du lịch"
RULES = Rules(load_ladders(), Workdays(), Register(()), UTC)


@pytest.fixture
def known() -> Register:
    from bot.app.wiring import load_register

    return load_register()


@pytest.fixture
async def live(tmp_path: Path, known: Register) -> AsyncIterator[Database]:
    """A database in which plan 1 is the cast's."""
    database = await open_database(tmp_path / "nhacviec.db")
    read = without_undated_own_reports(read_text(PLAN, known))
    async with database.writing() as conn:
        await unit_store.save(conn, known.units, shipped=True)
        await go_live(conn, await plan_store.add(conn, read, commit(read, known, TODAY), NOW), TODAY, RULES)
    yield database
    await database.close()


async def test_the_draft_has_the_same_work_a_year_later(live: Database, known: Register) -> None:
    async with live.writing() as conn:
        rolled = await roll(conn, 1, None, known, NOW)
        row = await plan_store.get(conn, rolled.id)
        old, new = await clauses(conn, 1), await clauses(conn, rolled.id)
    assert (rolled.year, rolled.new) == (2027, True)
    assert (row.title, row.state) == ("Kế hoạch quảng bá chè Hà Khê năm 2027", "draft")
    assert (row.number, row.issued_on, row.period_to) == (None, None, date(2027, 12, 31))
    assert row.coordinator == COMPILING
    assert [clause.parts for clause in new] == [clause.parts for clause in old]
    assert [clause.due for clause in new if clause.due] == [
        (date(2027, 6, 30),),
        (date(2027, 6, 15), date(2027, 11, 15)),
    ]
    told = " ".join(clause.text for clause in new)
    assert "30/6/2027" in told
    assert "15/6 và 15/11 năm 2027" in told
    assert "2026" not in told


async def test_the_draft_goes_live_as_any_other(live: Database, known: Register) -> None:
    async with live.writing() as conn:
        rolled = await roll(conn, 1, None, known, NOW)
        assert await go_live(conn, rolled.id, date(2027, 1, 4), RULES) == 7
        owed = await assignment_store.of_plan(conn, rolled.id)
    assert {assignment.unit for assignment in owed} == {LEADING, SUPPORTING, SILENT}
    assert not any(assignment.past for assignment in owed)


async def test_rolling_over_twice_for_the_same_year_changes_nothing(live: Database, known: Register) -> None:
    async with live.writing() as conn:
        first = await roll(conn, 1, None, known, NOW)
        again = await roll(conn, 1, 2027, known, NOW)
        other = await roll(conn, 1, 2028, known, NOW)
        count = len(await plan_store.listing(conn))
    assert again == replace(first, new=False)
    assert (other.year, other.new, count) == (2028, True, 3)


async def test_work_of_a_unit_that_ends_before_goes_to_its_successor(live: Database, known: Register) -> None:
    ended = [
        replace(unit, until=date(2026, 12, 31), successor=HEIR) if unit.name in (LEADING, COMPILING) else unit
        for unit in known.units
    ]
    heir = replace(known.units[0], name=HEIR, abbreviation=None, spellings=(), since=date(2027, 1, 1))
    register = Register((*ended, heir), known.groups)
    async with live.writing() as conn:
        await unit_store.save(conn, register.units)
        rolled = await roll(conn, 1, None, register, NOW)
        named = {unit for clause in await clauses(conn, rolled.id) for unit, _ in clause.parts}
        assert named == {HEIR, SUPPORTING, SILENT}
        assert (await plan_store.get(conn, rolled.id)).coordinator == HEIR
        assert {unit for clause in await clauses(conn, 1) for unit, _ in clause.parts} == {
            LEADING,
            SUPPORTING,
            SILENT,
        }


async def test_units_that_merged_have_one_part(live: Database, known: Register) -> None:
    ended = [
        replace(unit, until=date(2026, 12, 31), successor=SILENT)
        if unit.name in (LEADING, SUPPORTING)
        else unit
        for unit in known.units
    ]
    async with live.writing() as conn:
        rolled = await roll(conn, 1, None, Register(tuple(ended), known.groups), NOW)
        found = await clauses(conn, rolled.id)
    assert {unit for clause in found for unit, _ in clause.parts} == {SILENT}
    assert all(len(clause.parts) == 1 for clause in found)


async def test_it_is_told_where_a_plan_cannot_be_moved(live: Database, known: Register) -> None:
    async with live.writing() as conn:
        with pytest.raises(RolloverError, match="not_later"):
            await roll(conn, 1, 2026, known, NOW)
        await conn.exec_driver_sql("UPDATE plan SET period_from = NULL, period_to = NULL, issued_on = NULL")
        with pytest.raises(RolloverError, match="no_year"):
            await roll(conn, 1, 2027, known, NOW)
