import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event, insert, select
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.engine import Database, StorageError
from storage.database.migrate import MIGRATIONS, bring_up_to_date
from storage.database.opening import open_database
from storage.database.schema import fact, incoming, metadata
from storage.database.sqlite_database import FileLock

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nhacviec.db"


def schema_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [sql for (sql,) in rows]


def test_the_migrations_make_what_the_tables_say(path: Path) -> None:
    bring_up_to_date(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as work:
        context = MigrationContext.configure(work, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_file_that_is_current_is_left_alone(path: Path) -> None:
    bring_up_to_date(path)
    before = schema_of(path), path.stat().st_mtime_ns
    bring_up_to_date(path)
    assert (schema_of(path), path.stat().st_mtime_ns) == before


def of_the_first_schema(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("INSERT INTO unit (id, name) VALUES (1, 'Sở Nội vụ')")
        file.execute(
            "INSERT INTO person (id, name, joined_at) VALUES (1, 'Trần Thị Hoa', '2026-01-05 01:00:00')"
        )
        file.execute(
            "INSERT INTO plan (id, title, state, fingerprint, imported_at)"
            " VALUES (1, 'Kế hoạch', 'live', 'f', '2026-01-05 01:00:00')"
        )
        file.execute(
            "INSERT INTO assignment (id, plan_id, unit_id, period, planned_on, due_on)"
            " VALUES (1, 1, 1, '2026-H1', '2026-06-15', '2026-06-15')"
        )
        file.execute(
            "INSERT INTO progress (assignment_id, person_id, said_at, text, before_state, before_blocked)"
            " VALUES (1, 1, '2026-06-01 01:00:00', 'đã xong 2/3 tin', 'not_started', 0)"
        )


def test_a_file_of_the_first_schema_keeps_every_row(path: Path) -> None:
    of_the_first_schema(path)
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as file:
        said = file.execute(
            "SELECT progress.text, progress.kind, assignment.due_on, assignment.returned, unit.name"
            " FROM progress JOIN assignment ON assignment.id = assignment_id JOIN unit ON unit.id = unit_id"
        ).fetchall()
        broken = file.execute("PRAGMA foreign_key_check").fetchall()
    assert said == [("đã xong 2/3 tin", "said", "2026-06-15", 0, "Sở Nội vụ")]
    assert broken == []


async def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    database = await open_database(tmp_path / "a" / "b" / "x.db")
    await database.close()
    assert (tmp_path / "a" / "b" / "x.db").exists()


async def test_a_path_with_strange_letters_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "dữ liệu 100%.db"
    database = await open_database(path)
    async with database.writing() as work:
        await work.execute(insert(fact).values(name="x", value="y"))
    await database.close()
    assert path.exists()


async def test_a_file_of_a_newer_program_is_not_touched(path: Path) -> None:
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    before = schema_of(path)
    with pytest.raises(StorageError) as told:
        await open_database(path)
    assert told.value.reason == "newer"
    assert schema_of(path) == before


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database " * 40, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_file_is_told_from_none(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StorageError) as told:
        asyncio.run(open_database(path))
    assert told.value.reason == "damaged"
    assert path.read_bytes() == content


async def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "folder.db", tmp_path / "file" / "x.db"):
        with pytest.raises(StorageError) as told:
            await open_database(place)
        assert told.value.reason == "unwritable"


async def test_a_disk_may_lose_power_without_losing_a_record(path: Path) -> None:
    database = await open_database(path)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    async with database.reading() as one, database.reading() as two, database.writing() as three:
        for work in (one, two, three):
            for pragma, value in wanted.items():
                assert (await work.exec_driver_sql(f"PRAGMA {pragma}")).scalar_one() == value
    await database.close()


async def test_a_writer_begins_at_once_and_a_reader_does_not_wait(path: Path) -> None:
    database = await open_database(path)
    async with database.writing() as work:
        await work.execute(insert(fact).values(name="a", value="1"))
        async with database.reading() as other:
            assert (await other.execute(select(fact))).all() == []
    async with database.reading() as other:
        assert len((await other.execute(select(fact))).all()) == 1
    await database.close()


async def facts(database: Database) -> int:
    async with database.reading() as work:
        return len((await work.execute(select(fact))).all())


async def write_and(database: Database, error: BaseException) -> None:
    async with database.writing() as work:
        await work.execute(insert(fact).values(name="a", value="1"))
        raise error


@pytest.mark.parametrize("error", [ValueError("x"), asyncio.CancelledError(), KeyboardInterrupt()])
async def test_whatever_ends_a_transaction_early_undoes_it(path: Path, error: BaseException) -> None:
    database = await open_database(path)
    with pytest.raises(type(error)):
        await write_and(database, error)
    assert await facts(database) == 0
    async with database.writing() as work:  # and the next one is not held up
        await work.execute(insert(fact).values(name="b", value="2"))
    assert await facts(database) == 1
    await database.close()


async def test_a_task_that_is_cancelled_while_it_writes_leaves_nothing(path: Path) -> None:
    database, inside = await open_database(path), asyncio.Event()

    async def write() -> None:
        async with database.writing() as work:
            await work.execute(insert(fact).values(name="a", value="1"))
            inside.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await facts(database) == 0
    async with database.writing() as work:
        await work.execute(insert(fact).values(name="b", value="2"))
    await database.close()


async def add_fact(database: Database, name: str, error: Exception | None = None) -> int:
    async def add(work: AsyncConnection) -> int:
        await work.execute(insert(fact).values(name=name, value="1"))
        if error:
            raise error
        return len((await work.execute(select(fact))).all())

    return await database.write(add)


async def test_writers_who_wait_together_share_a_commit_and_none_goes_on_before_it(path: Path) -> None:
    database, commits, seen = await open_database(path), 0, []

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    async def add(name: str) -> None:
        await add_fact(database, name)
        with closing(sqlite3.connect(path)) as file:
            seen.append(file.execute("SELECT count(*) FROM fact WHERE name = ?", (name,)).fetchone())

    event.listen(Engine, "commit", count)
    await asyncio.gather(*(add(f"n{n}") for n in range(50)))
    assert seen == [(1,)] * 50
    event.remove(Engine, "commit", count)
    assert commits < 10
    await database.close()


async def test_one_that_fails_among_many_takes_nobody_else_along(path: Path) -> None:
    database = await open_database(path)
    errors = [ValueError("x") if n % 3 == 0 else None for n in range(20)]
    ended = await asyncio.gather(
        *(add_fact(database, f"n{n}", error) for n, error in enumerate(errors)), return_exceptions=True
    )
    told = [one if isinstance(one, ValueError) else None for one in ended]
    assert told == errors
    assert [one for one in ended if isinstance(one, int)] == list(range(1, errors.count(None) + 1))
    assert await facts(database) == errors.count(None)
    await database.close()


async def test_where_the_disk_fails_nobody_who_shared_the_commit_is_told_that_it_is_done(path: Path) -> None:
    """SQLite may undo the whole transaction by itself: those before the one that failed are undone too."""
    database = await open_database(path)
    full = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    errors = [None, None, full, None]
    ended = await asyncio.gather(
        *(add_fact(database, f"n{n}", error) for n, error in enumerate(errors)), return_exceptions=True
    )
    assert [isinstance(one, OperationalError) for one in ended] == [True] * 4
    assert await facts(database) == 0
    assert await add_fact(database, "later") == 1
    await database.close()


async def test_work_that_waits_for_something_else_than_its_database_is_refused_and_undone(path: Path) -> None:
    database = await open_database(path)

    async def dawdle(work: AsyncConnection) -> None:
        await work.execute(insert(fact).values(name="a", value="1"))
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for something"):
        await database.write(dawdle)
    assert await facts(database) == 0
    await database.close()


async def test_the_loop_goes_on_while_another_program_holds_the_file(path: Path) -> None:
    database = await open_database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        adding = asyncio.create_task(add_fact(database, "a"))
        for _ in range(20):
            await asyncio.sleep(0.01)
        assert not adding.done()
        other.execute("ROLLBACK")
    assert await adding == 1
    await database.close()


async def test_who_gives_up_waiting_has_their_work_done_all_the_same(path: Path) -> None:
    database = await open_database(path)
    adding = asyncio.create_task(add_fact(database, "a"))
    await asyncio.sleep(0)
    adding.cancel()
    await asyncio.gather(adding, return_exceptions=True)
    assert await add_fact(database, "b") == 2
    await database.close()


async def test_both_ways_of_writing_take_their_turns(path: Path) -> None:
    database = await open_database(path)

    async def slowly(name: str) -> None:
        async with database.writing() as work:
            await asyncio.sleep(0.01)
            await work.execute(insert(fact).values(name=name, value="1"))

    await asyncio.gather(*(add_fact(database, f"a{n}") for n in range(8)), *map(slowly, "bcdefg"))
    assert await facts(database) == 14
    await database.close()


async def test_writers_take_their_turns(path: Path) -> None:
    database = await open_database(path)

    async def add(number: int) -> None:
        async with database.writing() as work:
            seen = len((await work.execute(select(fact))).all())
            await asyncio.sleep(0)
            await work.execute(insert(fact).values(name=f"{number}", value=f"{seen}"))

    await asyncio.gather(*map(add, range(12)))
    async with database.reading() as work:
        rows = (await work.execute(select(fact.c.value))).scalars()
        assert sorted(map(int, rows)) == list(range(12))
    await database.close()


async def test_a_naive_moment_is_refused_and_an_aware_one_comes_back_in_utc(path: Path) -> None:
    database = await open_database(path)
    row = {"channel": "c", "update_id": "1", "chat": "1"}
    with pytest.raises(StatementError, match="naive"):
        async with database.writing() as work:
            await work.execute(insert(incoming).values(**row, received_at=datetime(2026, 6, 1)))  # noqa: DTZ001 - it is what must fail
    local = NOW.astimezone()
    async with database.writing() as work:
        await work.execute(insert(incoming).values(**row, received_at=local))
        kept = (await work.execute(select(incoming.c.received_at))).scalar_one()
    assert (kept, kept.tzinfo) == (NOW, UTC)
    await database.close()


def test_one_program_holds_the_lock_and_a_second_is_told(path: Path) -> None:
    with FileLock(path):
        with pytest.raises(StorageError) as told, FileLock(path):
            pass
        assert told.value.reason == "in_use"
    with FileLock(path):
        pass


async def test_a_database_may_be_closed_twice_and_then_keeps_nobody_waiting(path: Path) -> None:
    database = await open_database(path)
    assert await add_fact(database, "a") == 1
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError, match="closed"):
        await asyncio.wait_for(add_fact(database, "b"), 5)


async def test_a_look_for_damage_that_is_cut_off_ends_at_once(path: Path) -> None:
    """A look at a large file would hold up the end of the program, and may be begun at its start."""
    database = await open_database(path)
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE filler (words TEXT)")
        file.execute("CREATE INDEX filler_words ON filler (words)")
        file.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
            " INSERT INTO filler SELECT hex(i * 7919 % 300007) FROM n"
        )
        file.commit()
    began = time.monotonic()
    assert await database.is_sound() is True
    whole = time.monotonic() - began
    look = asyncio.create_task(database.is_sound())
    await asyncio.sleep(whole / 20)
    look.cancel()
    cut = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await look
    assert time.monotonic() - cut < whole / 2
    await database.close()
