from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.wiring import load_ladders
from documents.reading import read_text
from domain.common.workdays import Workdays
from domain.organisation.register import Register
from domain.plans.commitments import commit
from domain.plans.plan import Plan, fingerprint
from storage.assignments import assignment_store as assignments
from storage.common import inbox as incoming
from storage.common import outbox as nudges
from storage.database.engine import Database, open_database
from storage.organisation import people_store as people
from storage.organisation import unit_store as units
from storage.plans import plan_store as plans
from tests.cast import LEADING, PLAN, SUPPORTING

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)
DAYS, LADDERS = Workdays(), load_ladders()


@pytest.fixture(scope="session")
def known() -> Register:
    from bot.app.wiring import load_register

    return load_register()


@pytest.fixture
async def database(tmp_path: Path, known: Register) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "nhacviec.db")
    async with opened.writing() as work:
        await units.save(work, known.units, shipped=True)
    yield opened
    await opened.close()


async def counts(database: Database) -> dict[str, int]:
    tables = ("plan", "duty", "duty_unit", "reporting_rule", "group_member", "assignment", "unit")
    async with database.reading() as work:
        return {
            name: (await work.exec_driver_sql(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of ours
            for name in tables
        }


async def enter(database: Database, plan: Plan, known: Register, today: date = TODAY) -> int:
    async with database.writing() as work:
        plan_id = await plans.add(work, plan, commit(plan, known, today), NOW)
        await plans.go_live(work, plan_id, today, LADDERS, DAYS)
    return plan_id


async def test_an_import_is_all_or_nothing(database: Database, known: Register) -> None:
    before, plan = await counts(database), read_text(PLAN, known)
    async with database.writing() as work:  # the fault: the very last table that an import writes refuses
        await work.exec_driver_sql(
            "CREATE TRIGGER fault BEFORE INSERT ON assignment WHEN NEW.due_on > '2026-07-01'"
            " BEGIN SELECT raise(ABORT, 'the disk is full'); END"
        )
    with pytest.raises(IntegrityError, match="the disk is full"):
        await enter(database, plan, known)
    assert await counts(database) == before


async def test_the_same_plan_is_found_again_and_a_changed_one_is_told(
    database: Database, known: Register
) -> None:
    plan = read_text(PLAN, known)
    plan_id = await enter(database, plan, known)
    async with database.reading() as work:
        again = await plans.find_same(work, read_text(PLAN.replace("\n\n", "\n\n\n"), known))
        other = await plans.find_same(work, read_text(PLAN.replace("15/11", "20/11"), known))
        new = await plans.find_same(work, read_text(PLAN.replace("33/KH", "35/KH"), known))
    assert again is not None
    assert (again.plan.id, again.changed) == (plan_id, False)
    assert other is not None
    assert (other.plan.id, other.changed) == (plan_id, True)
    assert new is None


async def test_a_plan_is_kept_once_whatever_the_program_forgets_to_ask(
    database: Database, known: Register
) -> None:
    plan = read_text(PLAN, known)
    await enter(database, plan, known)
    with pytest.raises(IntegrityError):
        await enter(database, plan, known)


async def test_a_plan_goes_live_once(database: Database, known: Register) -> None:
    plan_id, before = await enter(database, read_text(PLAN, known), known), await counts(database)
    async with database.writing() as work:
        assert await plans.go_live(work, plan_id, TODAY, LADDERS, DAYS) == 0
    assert await counts(database) == before
    assert before["assignment"] == 7


@pytest.mark.parametrize(
    ("today", "past"),
    [(date(2026, 6, 15), 0), (date(2026, 6, 16), 3), (date(2026, 7, 1), 4), (date(2027, 1, 1), 7)],
)
async def test_what_was_due_before_is_past_and_never_asked_for(
    database: Database, known: Register, today: date, past: int
) -> None:
    plan_id = await enter(database, read_text(PLAN, known), known, today)
    async with database.reading() as work:
        owed = await assignments.of_plan(work, plan_id)
        asked = await nudges.due(work, date(2100, 1, 1), 100)
    assert sum(one.past for one in owed) == past
    assert all(one.past == (one.due_on < today) for one in owed)
    assert {one.id for one in asked} == {one.id for one in owed if not one.past}


async def test_a_plan_that_comes_late_is_asked_for_from_its_first_day(
    database: Database, known: Register
) -> None:
    await enter(database, read_text(PLAN, known), known, date(2026, 6, 12))
    async with database.reading() as work:
        rows = await work.exec_driver_sql("SELECT due_on, next_nudge_on FROM assignment ORDER BY due_on")
        first = {row.due_on: row.next_nudge_on for row in rows}
    # Friday the 12th is one working day before Monday the 15th; 30/6 is 12 working days away, so the 7th rung
    assert first["2026-06-15"] == "2026-06-12"
    assert first["2026-06-30"] == "2026-06-19"


async def test_a_draft_that_is_dropped_leaves_only_its_units(database: Database, known: Register) -> None:
    before, plan = await counts(database), read_text(PLAN, known)
    async with database.writing() as work:
        plan_id = await plans.add(work, plan, commit(plan, known, TODAY), NOW)
        assert await plans.drop(work, plan_id)
    assert await counts(database) == before


async def test_a_live_plan_cannot_be_dropped(database: Database, known: Register) -> None:
    plan_id = await enter(database, read_text(PLAN, known), known)
    async with database.writing() as work:
        assert not await plans.drop(work, plan_id)
    assert (await counts(database))["assignment"] == 7


def test_the_fingerprint_does_not_change_with_the_register(known: Register) -> None:
    fewer = Register(tuple(one for one in known.units if one.name != SUPPORTING), known.groups)
    assert fingerprint(read_text(PLAN, known)) == fingerprint(read_text(PLAN, fewer))
    assert fingerprint(read_text(PLAN, known)) != fingerprint(read_text(PLAN.replace("sách", "báo"), known))


async def test_an_update_is_stored_once(database: Database) -> None:
    async with database.writing() as work:
        first = await incoming.store(work, "c", [("1", "a", {"x": 1}), ("2", "a", {})], NOW)
        again = await incoming.store(work, "c", [("2", "a", {"y": 1}), ("3", "a", {})], NOW)
        other = await incoming.store(work, "d", [("1", "a", {})], NOW)
    assert [one.update_id for one in first] == ["1", "2"]
    assert [one.update_id for one in again] == ["3"]
    assert [one.update_id for one in other] == ["1"]


async def test_an_update_is_handled_once_and_forgotten_when_it_is_answered(database: Database) -> None:
    async with database.writing() as work:
        (row,) = await incoming.store(work, "c", [("1", "a", {"text": "1 xong"})], NOW)
        assert await incoming.handled(work, row.id, "[]", NOW)
        assert not await incoming.handled(work, row.id, "[other]", NOW)
        (left,) = await incoming.unfinished(work, "c")
        assert left.answer == "[]"
        await incoming.answered(work, row.id, NOW)
        assert await incoming.unfinished(work, "c") == []
        kept = (await work.exec_driver_sql("SELECT payload, answer FROM incoming")).one()
        assert tuple(kept) == (None, None)
        assert await incoming.store(work, "c", [("1", "a", {})], NOW) == []
        await incoming.forget(work, NOW + timedelta(seconds=1))
        assert len(await incoming.store(work, "c", [("1", "a", {})], NOW)) == 1


@pytest.fixture
async def reader(database: Database) -> int:
    """A person with a message waiting."""
    async with database.writing() as work:
        return await people.add(work, "c", "chat", "Lò Văn Ngoạn", "vi", "1", NOW)


async def put(database: Database, person_id: int, day: date = TODAY, topic: str = "") -> None:
    async with database.writing() as work:
        await nudges.put(work, [person_id], day, "daily", topic=topic)


async def test_one_message_a_person_and_day_is_put_out(database: Database, reader: int) -> None:
    for _ in range(3):
        await put(database, reader)
    await put(database, reader, date(2026, 6, 2))
    async with database.writing() as work:
        for _ in range(3):
            await nudges.put_daily(work, [reader], TODAY)
        assert len(await nudges.claim(work, NOW, 10, TODAY)) == 1
        assert len(await nudges.claim(work, NOW, 10, date(2026, 6, 2))) == 1


async def test_a_message_that_is_claimed_is_nobody_elses_until_the_lease_ends(
    database: Database, reader: int
) -> None:
    await put(database, reader)
    async with database.writing() as work:
        (mine,) = await nudges.claim(work, NOW, 10, TODAY)
        assert not mine.repeated
        assert await nudges.claim(work, NOW + nudges.LEASE - timedelta(seconds=1), 10, TODAY) == []
        (theirs,) = await nudges.claim(work, NOW + nudges.LEASE, 10, TODAY)
        assert (theirs.id, theirs.attempts, theirs.repeated) == (mine.id, 2, True)
        await nudges.sent(work, mine, NOW, "memory", "chat", "m1", [1])  # too late: it is not mine any more
        assert (await state(work)) == "claimed"
        await nudges.sent(work, theirs, NOW, "memory", "chat", "m2", [7, 8])
        assert (await state(work)) == "sent"
        assert await nudges.items_of(work, "chat", "m2") == (7, 8)
        assert await nudges.items_of(work, "chat", "m1") == ()


async def state(work: AsyncConnection) -> str:
    found = await work.exec_driver_sql("SELECT state FROM nudge")
    return str(found.scalar_one())


async def test_a_message_that_is_put_back_waits_its_time(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as work:
        (one,) = await nudges.claim(work, NOW, 10, TODAY)
        await nudges.put_back(work, one, NOW + timedelta(seconds=30), "busy", repeated=False)
        assert await nudges.claim(work, NOW + timedelta(seconds=29), 10, TODAY) == []
        (again,) = await nudges.claim(work, NOW + timedelta(seconds=30), 10, TODAY)
        assert (again.attempts, again.repeated) == (2, False)


async def test_a_successor_frees_what_a_dead_program_held(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as work:
        await nudges.claim(work, NOW, 10, TODAY)
        await nudges.release(work)
        (one,) = await nudges.claim(work, NOW, 10, TODAY)
        assert one.repeated


async def test_a_daily_message_is_taken_on_its_own_day_alone(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as work:
        await nudges.put(work, [reader], TODAY, "notice", words="[]")
        assert [one.kind for one in await nudges.claim(work, NOW, 10, None)] == ["notice"]
        assert await nudges.claim(work, NOW, 10, date(2026, 6, 2)) == []
        assert [one.kind for one in await nudges.claim(work, NOW, 10, TODAY)] == ["daily"]


async def test_a_claim_takes_no_more_than_it_is_asked_for_the_oldest_first(
    database: Database, reader: int
) -> None:
    async with database.writing() as work:
        for number in range(5):
            await nudges.put(work, [reader], TODAY, "notice", topic=str(number), words="[]")
        first = await nudges.claim(work, NOW, 2, TODAY)
        rest = await nudges.claim(work, NOW, 10, TODAY)
    assert [one.id for one in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert len(first) == 2


async def test_units_that_the_province_imported_are_not_written_over(
    database: Database, known: Register
) -> None:
    own = next(one for one in known.units if one.name == LEADING)
    changed = type(own)(name=own.name, abbreviation="SNVU", spellings=("Sở Ngoại giao",))
    async with database.writing() as work:
        await units.save(work, [changed])
        await units.follow(work, known.units)
        kept = {one.name: one for one in await units.load(work)}
    assert kept[LEADING].abbreviation == "SNVU"
    assert kept[SUPPORTING] == next(one for one in known.units if one.name == SUPPORTING)


async def test_units_come_back_as_they_went_in(database: Database, known: Register) -> None:
    async with database.reading() as work:
        assert await units.load(work) == known.units
