"""The contract of `Database` on a PostgreSQL server."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, cast, delete, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from config.database_url import ServerDatabase
from storage.common import audit_log, fact_store
from storage.database import postgres_database
from storage.database.dialect import numbers_in
from storage.database.engine import Database, StorageError
from storage.database.opening import database_lock, open_database
from storage.database.schema import audit, fact, metadata, outgoing
from tests.postgres_server import PostgresServer
from tests.set_clock import at


@pytest.fixture
async def place(server: PostgresServer) -> ServerDatabase:
    return await server.migrated()


@pytest.fixture
async def database(place: ServerDatabase) -> AsyncIterator[Database]:
    opened = await open_database(place)
    yield opened
    await opened.close()


async def value_of(database: Database, name: str) -> str | None:
    async with database.reading() as conn:
        return await fact_store.get_fact(conn, name)


async def add_one(conn: AsyncConnection) -> None:
    before = int(await fact_store.get_fact(conn, "count") or "0")
    await fact_store.set_fact(conn, "count", str(before + 1))


async def test_deeds_of_several_programs_go_one_after_the_other(place: ServerDatabase) -> None:
    """None is begun anew: each sees what the one before has added to the audit."""
    programs = [await open_database(place) for _ in range(2)]
    begun = 0

    async def deed(conn: AsyncConnection) -> None:
        nonlocal begun
        begun += 1
        await audit_log.note(conn, at("2026-06-01 08:00"), "said", "1")
        await asyncio.sleep(0)

    await asyncio.gather(*(program.deed(deed) for program in programs * 8))
    async with programs[0].reading() as conn:
        assert (await audit_log.verify(conn)).count == 16
    for program in programs:
        await program.close()
    assert begun == 16


async def cut_connections(server: PostgresServer, place: ServerDatabase) -> None:
    name = place.url.rpartition("/")[2]
    await server.execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - a name of ours
    )


def differences(connection: Connection) -> list[object]:
    return list(
        compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    )


async def test_the_migrations_make_what_the_tables_say(place: ServerDatabase) -> None:
    engine = create_async_engine(place.url)
    async with engine.connect() as conn:
        assert await conn.run_sync(differences) == []
    await engine.dispose()


async def test_programs_that_start_together_migrate_once(server: PostgresServer) -> None:
    place = await server.new()
    opened = await asyncio.gather(*(open_database(place) for _ in range(4)))
    for database in opened:
        await database.close()


async def test_a_newer_schema_is_refused(server: PostgresServer, place: ServerDatabase) -> None:
    engine = create_async_engine(place.url)
    async with engine.begin() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(StorageError) as refused:
        await open_database(place)
    assert refused.value.reason == "newer"


@pytest.mark.parametrize("what", ["password", "port", "name"])
async def test_a_server_that_lets_nobody_in_is_told_without_the_password(
    place: ServerDatabase, what: str
) -> None:
    secret = place.url.split(":")[2].split("@")[0]
    wrong = {
        "password": place.url.replace(secret, "sai"),
        "port": re.sub(r":\d+/", ":1/", place.url),
        "name": f"{place.url}_khac",
    }[what]
    other = replace(place, url=wrong)
    with pytest.raises(StorageError) as refused:
        await open_database(other)
    assert refused.value.reason == "away"
    assert secret not in f"{refused.value}{other!r}"


async def test_pieces_that_meet_lose_nothing(database: Database) -> None:
    await asyncio.gather(*(database.write(add_one) for _ in range(60)))
    assert await value_of(database, "count") == "60"


async def test_both_ways_of_writing_wait_for_each_other(database: Database) -> None:
    async def slowly() -> None:
        async with database.writing() as conn:
            before = int(await fact_store.get_fact(conn, "count") or "0")
            await asyncio.sleep(0.005)
            await fact_store.set_fact(conn, "count", str(before + 1))

    await asyncio.gather(*(work() for _ in range(20) for work in (slowly, lambda: database.write(add_one))))
    assert await value_of(database, "count") == "40"


@pytest.mark.parametrize("error", [ValueError("x"), asyncio.CancelledError()])
async def test_whatever_ends_a_transaction_early_undoes_it(database: Database, error: BaseException) -> None:
    async def fail(conn: AsyncConnection) -> None:
        await fact_store.set_fact(conn, "piece", "1")
        raise error

    async def fail_in_a_block() -> None:
        async with database.writing() as conn:
            await fail(conn)

    with pytest.raises(type(error)):
        await database.write(fail)
    with pytest.raises(type(error)):
        await fail_in_a_block()
    assert await value_of(database, "piece") is None


async def test_a_reader_sees_one_view_and_does_not_wait(database: Database) -> None:
    async with database.reading() as conn, asyncio.timeout(10):
        assert await fact_store.get_fact(conn, "word") is None
        await database.write(lambda other: fact_store.set_fact(other, "word", "mới"))
        assert await fact_store.get_fact(conn, "word") is None
    assert await value_of(database, "word") == "mới"


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        async with database.reading() as conn:
            await fact_store.set_fact(conn, "word", "mới")


async def test_a_connection_that_was_cut_is_a_database_that_cannot_be_written_now(
    server: PostgresServer, place: ServerDatabase, database: Database
) -> None:
    async def be_cut_off(conn: AsyncConnection) -> None:
        await fact_store.set_fact(conn, "cut", "1")
        await cut_connections(server, place)
        await fact_store.set_fact(conn, "cut", "2")

    with pytest.raises(OperationalError):
        await database.write(be_cut_off)
    await database.write(lambda conn: fact_store.set_fact(conn, "after", "1"))
    assert (await value_of(database, "cut"), await value_of(database, "after")) == (None, "1")


async def test_where_all_connections_are_held_up_the_database_cannot_be_written_now(
    place: ServerDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_database, "_FREE_WITHIN", 0.2)
    database, other = await open_database(place), create_async_engine(place.url)
    async with other.begin() as conn:
        await conn.execute(text("LOCK TABLE fact"))
        writing = [asyncio.create_task(database.write(add_one)) for _ in range(40)]
        done, held_up = await asyncio.wait(writing, timeout=2)
        assert {type(task.exception()) for task in done} == {OperationalError}
    assert len(held_up) == 10
    await asyncio.gather(*held_up)
    assert await value_of(database, "count") == "10"
    await other.dispose()
    await database.close()


async def test_after_the_end_nothing_is_written(place: ServerDatabase) -> None:
    database = await open_database(place)
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError, match="closed"):
        await database.write(add_one)


async def test_one_program_holds_the_lock_until_its_connection_ends(
    server: PostgresServer, place: ServerDatabase
) -> None:
    async with database_lock(place):
        with pytest.raises(StorageError) as refused:
            async with database_lock(place):
                pass
        assert refused.value.reason == "in_use"
    async with database_lock(place):
        await cut_connections(server, place)
        async with database_lock(place):
            pass


@pytest.mark.parametrize(
    "change",
    [update(audit).values(what="other"), delete(audit), text("TRUNCATE audit")],
    ids=["update", "delete", "truncate"],
)
async def test_no_line_of_the_audit_is_changed_or_removed(database: Database, change: object) -> None:
    row = {"id": 1, "at": at("2026-06-01 09:00"), "what": "confirmed", "about": "plan 1", "hash": "0"}
    async with database.writing() as conn:
        await conn.execute(audit.insert().values(row))
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.writing() as conn:
            await conn.execute(change)  # type: ignore[call-overload]
    async with database.reading() as conn:
        assert (await conn.execute(select(audit.c.what))).scalars().all() == ["confirmed"]


async def test_an_id_is_given_once(database: Database) -> None:
    async def insert(conn: AsyncConnection, name: str) -> int:
        new = fact.insert().values(name=name, value="1").returning(fact.c.id)
        return int((await conn.execute(new)).scalar_one())

    async with database.writing() as conn:
        first = await insert(conn, "a")
        await conn.execute(delete(fact))
        assert await insert(conn, "b") > first


async def test_the_numbers_in_a_list_are_rows(database: Database) -> None:
    rows, number = numbers_in(cast("[3, 1]", outgoing.c.numbered.type))
    async with database.reading() as conn:
        listed = await conn.execute(select(number).select_from(rows).order_by(number))
    assert listed.scalars().all() == [1, 3]
