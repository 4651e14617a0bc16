"""Moving a province from one engine to the other and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from config.database_url import Place
from storage.common import audit_log, fact_store
from storage.common.copy_rows import CopyDiffers, NotEmpty, copy_rows
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.database.schema import fact, metadata
from tests.cast import QUAN, open_stage
from tests.postgres_server import PostgresServer
from tests.set_clock import at


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[Database]:
    database = await open_database(place)
    try:
        yield database
    finally:
        await database.close()


async def rows_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.reading() as conn:
        return {
            table.name: [tuple(row) for row in await conn.execute(select(table).order_by(table.c.id))]
            for table in metadata.sorted_tables
        }


@pytest.fixture
async def worked(furnished_place: Place) -> Place:
    """A database in which people have said something, and a row has gone for good."""
    stage = await open_stage(furnished_place, "2026-06-01 09:00")
    await stage.hear(QUAN, "1 xong, gửi 2 ảnh 'đẹp' rồi ạ 🙏")
    await stage.nudged("2026-06-10 08:00")
    async with stage.database.writing() as conn:
        await conn.execute(insert(fact).values(id=900, name="gone", value=""))
        await conn.execute(text("DELETE FROM fact WHERE id = 900"))
    await stage.database.close()
    return furnished_place


async def test_every_row_arrives_and_comes_back(worked: Path, server: PostgresServer, tmp_path: Path) -> None:
    there_place = await server.migrated()
    async with (
        opened(worked) as before,
        opened(there_place) as there,
        opened(tmp_path / "again.db") as again,
    ):
        names: dict[str, int] = {}
        total = await copy_rows(before, there, names.__setitem__)
        await copy_rows(there, again, lambda name, count: None)
        expected = await rows_of(before)
        assert await rows_of(there) == await rows_of(again) == expected
        assert names == {name: len(rows) for name, rows in expected.items()}
        assert total == sum(names.values()) > 50
        for database in (there, again):
            async with database.writing() as conn:
                new = insert(fact).values(name="new", value="").returning(fact.c.id)
                assert (await conn.execute(new)).scalar_one() == 901
                assert (await audit_log.verify(conn)).broken is None
                await audit_log.note(conn, at("2026-06-11 09:00"), "moved", "database")


async def test_a_database_with_rows_is_not_written_over(worked: Path, tmp_path: Path) -> None:
    async with opened(worked) as before, opened(tmp_path / "other.db") as other:
        await other.write(lambda conn: fact_store.set_fact(conn, "mine", "1"))
        with pytest.raises(NotEmpty, match="fact"):
            await copy_rows(before, other, lambda name, count: None)
        assert (await rows_of(other))["person"] == []


async def test_what_arrives_changed_is_not_kept(worked: Path, tmp_path: Path) -> None:
    """A trigger of the target's plays an engine that does not give back what it was given."""
    async with opened(worked) as before, opened(tmp_path / "other.db") as other:
        async with other.writing() as conn:
            await conn.exec_driver_sql(
                "CREATE TRIGGER t AFTER INSERT ON person BEGIN UPDATE person SET name = 'khác'; END"
            )
        with pytest.raises(CopyDiffers, match="person"):
            await copy_rows(before, other, lambda name, count: None)
        assert (await rows_of(other))["person"] == []
