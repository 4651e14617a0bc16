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
from services.common.rules import Rules
from services.plans.plan_assignments import go_live
from storage.assignments import assignment_store
from storage.common import inbox, outbox
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.nudging import due_store
from storage.organisation import people_store, unit_store
from storage.plans import plan_store
from tests.cast import LEADING, PLAN, SUPPORTING

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
TODAY = date(2026, 6, 1)
RULES = Rules(load_ladders(), Workdays(), Register(()), UTC)


@pytest.fixture(scope="session")
def known() -> Register:
    from bot.app.wiring import load_register

    return load_register()


@pytest.fixture
async def database(tmp_path: Path, known: Register) -> AsyncIterator[Database]:
    opened = await open_database(tmp_path / "nhacviec.db")
    async with opened.writing() as conn:
        await unit_store.save(conn, known.units, shipped=True)
    yield opened
    await opened.close()


async def counts(database: Database) -> dict[str, int]:
    tables = ("plan", "duty", "duty_unit", "reporting_rule", "group_member", "assignment", "unit")
    async with database.reading() as conn:
        return {
            name: (await conn.exec_driver_sql(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - names of ours
            for name in tables
        }


async def enter(database: Database, plan: Plan, known: Register, today: date = TODAY) -> int:
    async with database.writing() as conn:
        plan_id = await plan_store.add(conn, plan, commit(plan, known, today), NOW)
        await go_live(conn, plan_id, today, RULES)
    return plan_id


async def test_an_import_is_all_or_nothing(database: Database, known: Register) -> None:
    before, plan = await counts(database), read_text(PLAN, known)
    async with database.writing() as conn:  # the fault: the very last table that an import writes refuses
        await conn.exec_driver_sql(
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
    async with database.reading() as conn:
        again = await plan_store.find_same(conn, read_text(PLAN.replace("\n\n", "\n\n\n"), known))
        other = await plan_store.find_same(conn, read_text(PLAN.replace("15/11", "20/11"), known))
        new = await plan_store.find_same(conn, read_text(PLAN.replace("33/KH", "35/KH"), known))
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
    async with database.writing() as conn:
        assert await go_live(conn, plan_id, TODAY, RULES) == 0
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
    async with database.reading() as conn:
        owed = await assignment_store.of_plan(conn, plan_id)
        asked = await due_store.due(conn, date(2100, 1, 1), 100)
    assert sum(assignment.past for assignment in owed) == past
    assert all(assignment.past == (assignment.due_on < today) for assignment in owed)
    assert {due_assignment.id for due_assignment in asked} == {
        assignment.id for assignment in owed if not assignment.past
    }


async def test_a_plan_that_comes_late_is_asked_for_from_its_first_day(
    database: Database, known: Register
) -> None:
    await enter(database, read_text(PLAN, known), known, date(2026, 6, 12))
    async with database.reading() as conn:
        rows = await conn.exec_driver_sql("SELECT due_on, next_nudge_on FROM assignment ORDER BY due_on")
        first = {row.due_on: row.next_nudge_on for row in rows}
    # Friday the 12th is the last safe day before Monday the 15th; the 18th is seven working days
    # before Monday the 29th, the last day in time before the 30th
    assert first["2026-06-15"] == "2026-06-12"
    assert first["2026-06-30"] == "2026-06-18"


async def test_a_draft_that_is_dropped_leaves_only_its_units(database: Database, known: Register) -> None:
    before, plan = await counts(database), read_text(PLAN, known)
    async with database.writing() as conn:
        plan_id = await plan_store.add(conn, plan, commit(plan, known, TODAY), NOW)
        assert await plan_store.drop(conn, plan_id)
    assert await counts(database) == before


async def test_a_live_plan_cannot_be_dropped(database: Database, known: Register) -> None:
    plan_id = await enter(database, read_text(PLAN, known), known)
    async with database.writing() as conn:
        assert not await plan_store.drop(conn, plan_id)
    assert (await counts(database))["assignment"] == 7


def test_the_fingerprint_does_not_change_with_the_register(known: Register) -> None:
    fewer = Register(tuple(unit for unit in known.units if unit.name != SUPPORTING), known.groups)
    assert fingerprint(read_text(PLAN, known)) == fingerprint(read_text(PLAN, fewer))
    assert fingerprint(read_text(PLAN, known)) != fingerprint(read_text(PLAN.replace("sách", "báo"), known))


async def test_an_update_is_stored_once(database: Database) -> None:
    async with database.writing() as conn:
        first = await inbox.store(conn, "c", [("1", "a", {"x": 1}), ("2", "a", {})], NOW)
        again = await inbox.store(conn, "c", [("2", "a", {"y": 1}), ("3", "a", {})], NOW)
        other = await inbox.store(conn, "d", [("1", "a", {})], NOW)
    assert [received.update_id for received in first] == ["1", "2"]
    assert [received.update_id for received in again] == ["3"]
    assert [received.update_id for received in other] == ["1"]


async def test_an_update_is_handled_once_and_forgotten_when_it_is_answered(database: Database) -> None:
    async with database.writing() as conn:
        (row,) = await inbox.store(conn, "c", [("1", "a", {"text": "1 xong"})], NOW)
        assert await inbox.handled(conn, row.id, "[]", NOW)
        assert not await inbox.handled(conn, row.id, "[other]", NOW)
        (left,) = await inbox.unfinished(conn, "c")
        assert left.answer == "[]"
        await inbox.answered(conn, row.id, NOW)
        assert await inbox.unfinished(conn, "c") == []
        kept = (await conn.exec_driver_sql("SELECT payload, answer FROM incoming")).one()
        assert tuple(kept) == (None, None)
        assert await inbox.store(conn, "c", [("1", "a", {})], NOW) == []
        await inbox.forget(conn, NOW + timedelta(seconds=1))
        assert len(await inbox.store(conn, "c", [("1", "a", {})], NOW)) == 1


@pytest.fixture
async def reader(database: Database) -> int:
    """A person with a message waiting."""
    async with database.writing() as conn:
        return await people_store.add(conn, "c", "chat", "Lò Văn Ngoạn", "vi", "1", NOW)


async def put(database: Database, person_id: int, day: date = TODAY, topic: str = "") -> None:
    async with database.writing() as conn:
        await outbox.put(conn, [person_id], day, "daily", topic=topic)


async def test_one_message_a_person_and_day_is_put_out(database: Database, reader: int) -> None:
    for _ in range(3):
        await put(database, reader)
    await put(database, reader, date(2026, 6, 2))
    async with database.writing() as conn:
        for _ in range(3):
            await outbox.put_daily(conn, [reader], TODAY)
        assert len(await outbox.claim(conn, NOW, 10, TODAY)) == 1
        assert len(await outbox.claim(conn, NOW, 10, date(2026, 6, 2))) == 1


async def test_a_message_that_is_claimed_is_nobody_elses_until_the_lease_ends(
    database: Database, reader: int
) -> None:
    await put(database, reader)
    async with database.writing() as conn:
        (mine,) = await outbox.claim(conn, NOW, 10, TODAY)
        assert not mine.repeated
        assert await outbox.claim(conn, NOW + outbox.LEASE - timedelta(seconds=1), 10, TODAY) == []
        (theirs,) = await outbox.claim(conn, NOW + outbox.LEASE, 10, TODAY)
        assert (theirs.id, theirs.attempts, theirs.repeated) == (mine.id, 2, True)
        await outbox.sent(
            conn, mine, NOW, "memory", "chat", "m1", {1: 1}
        )  # too late: it is not mine any more
        assert (await state(conn)) == "claimed"
        await outbox.sent(conn, theirs, NOW, "memory", "chat", "m2", {3: 7, 1: 8})
        assert (await state(conn)) == "sent"
        assert await outbox.numbers_of(conn, "chat", "m2") == {3: 7, 1: 8}
        assert await outbox.numbers_of(conn, "chat", "m1") == {}


async def state(conn: AsyncConnection) -> str:
    found = await conn.exec_driver_sql("SELECT state FROM outgoing")
    return str(found.scalar_one())


async def test_a_message_that_is_put_back_waits_its_time(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as conn:
        (one,) = await outbox.claim(conn, NOW, 10, TODAY)
        await outbox.put_back(conn, one, NOW + timedelta(seconds=30), "busy", repeated=False)
        assert await outbox.claim(conn, NOW + timedelta(seconds=29), 10, TODAY) == []
        (again,) = await outbox.claim(conn, NOW + timedelta(seconds=30), 10, TODAY)
        assert (again.attempts, again.repeated) == (2, False)


async def test_a_successor_frees_what_a_dead_program_held(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as conn:
        await outbox.claim(conn, NOW, 10, TODAY)
        await outbox.release(conn)
        (one,) = await outbox.claim(conn, NOW, 10, TODAY)
        assert one.repeated


async def test_a_daily_message_is_taken_on_its_own_day_alone(database: Database, reader: int) -> None:
    await put(database, reader)
    async with database.writing() as conn:
        await outbox.put(conn, [reader], TODAY, "notice", words="[]")
        assert [outbox_message.kind for outbox_message in await outbox.claim(conn, NOW, 10, None)] == [
            "notice"
        ]
        assert await outbox.claim(conn, NOW, 10, date(2026, 6, 2)) == []
        assert [outbox_message.kind for outbox_message in await outbox.claim(conn, NOW, 10, TODAY)] == [
            "daily"
        ]


async def test_a_claim_takes_no_more_than_it_is_asked_for_the_oldest_first(
    database: Database, reader: int
) -> None:
    async with database.writing() as conn:
        for number in range(5):
            await outbox.put(conn, [reader], TODAY, "notice", topic=str(number), words="[]")
        first = await outbox.claim(conn, NOW, 2, TODAY)
        rest = await outbox.claim(conn, NOW, 10, TODAY)
    assert [outbox_message.id for outbox_message in (*first, *rest)] == [1, 2, 3, 4, 5]
    assert len(first) == 2


async def test_units_that_the_province_imported_are_not_written_over(
    database: Database, known: Register
) -> None:
    own = next(unit for unit in known.units if unit.name == LEADING)
    changed = type(own)(name=own.name, abbreviation="SNVU", spellings=("Sở Ngoại giao",))
    async with database.writing() as conn:
        await unit_store.save(conn, [changed])
        await unit_store.follow(conn, known.units)
        kept = {one.name: one for one in await unit_store.load(conn)}
    assert kept[LEADING].abbreviation == "SNVU"
    assert kept[SUPPORTING] == next(unit for unit in known.units if unit.name == SUPPORTING)


async def test_units_come_back_as_they_went_in(database: Database, known: Register) -> None:
    async with database.reading() as conn:
        assert await unit_store.load(conn) == known.units


async def test_the_same_event_twice_a_day_is_told_twice(database: Database, reader: int) -> None:
    async with database.writing() as conn:
        for _ in range(3):
            await outbox.put_notice(conn, [reader], TODAY, "vacant:1:focal:2", "[]")
        await outbox.put_notice(conn, [reader], TODAY, "vacant:1:focal:21", "[]")
        assert len(await outbox.claim(conn, NOW, 10, None)) == 4
