"""The audit: nobody changes it through the database, and whoever goes round the database is found out."""

import asyncio
import hashlib
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError

from storage.common import audit_log
from storage.database.engine import Database
from storage.database.migrate import MIGRATIONS, bring_up_to_date
from storage.database.opening import open_database
from storage.organisation import people_store

NOW = datetime(2026, 6, 1, 2, 0, 0, 500, tzinfo=UTC)
GUARDS = ("audit_no_update", "audit_no_delete", "audit_no_replace")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nhacviec.db"


async def write(path: Path) -> None:
    opened = await open_database(path)
    async with opened.writing() as conn:
        person = await people_store.add(conn, "c", "chat", "Lò Thị Ban", "vi", "1", NOW)
        await audit_log.note(conn, NOW, "import", "plan 1")
        await audit_log.note(conn, NOW, "progress", "assignment 1", person, was="not_started", became="done")
        await audit_log.note(conn, NOW + timedelta(days=1), "undo", "assignment 1", person, was="done")
    await opened.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three lines, made once."""
    path = tmp_path_factory.mktemp("audit") / "audit.db"
    asyncio.run(write(path))
    return path


@pytest.fixture
async def database(written: Path, path: Path) -> AsyncIterator[Database]:
    shutil.copy(written, path)
    opened = await open_database(path)
    yield opened
    await opened.close()


async def verdict(database: Database) -> audit_log.ChainVerdict:
    async with database.reading() as conn:
        return await audit_log.verify(conn)


async def test_a_chain_that_nobody_touched_is_whole(database: Database) -> None:
    found = await verdict(database)
    assert (found.count, found.broken) == (3, None)
    assert len(found.last) == 64


async def test_an_empty_audit_is_whole(path: Path) -> None:
    opened = await open_database(path)
    assert await verdict(opened) == audit_log.ChainVerdict(0, "", None)
    await opened.close()


async def test_the_hash_is_what_the_documentation_says(database: Database) -> None:
    """Computed here by hand: another program must be able to verify the chain."""
    first = {"about": "plan 1", "at": "2026-06-01T02:00:00.000500+00:00", "became": None, "id": 1}
    second = {
        "about": "assignment 1",
        "at": "2026-06-01T02:00:00.000500+00:00",
        "became": "done",
        "id": 2,
        "person": 1,
        "was": "not_started",
        "what": "progress",
    }
    previous = ""
    for row in ({**first, "person": None, "was": None, "what": "import"}, second):
        words = json.dumps(row, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(f"{previous}\n{words}".encode()).hexdigest()
    async with database.reading() as conn:
        kept = await conn.exec_driver_sql("SELECT hash FROM audit WHERE id = 2")
        assert kept.scalar_one() == previous


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET about = 'plan 2' WHERE id = 1",
        "UPDATE audit SET hash = ''",
        "DELETE FROM audit WHERE id = 3",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (id, at, what, about) VALUES (2, '2026-06-01', 'x', 'y')",
        "REPLACE INTO audit (id, at, what, about) VALUES (3, '2026-06-01', 'x', 'y')",
    ],
)
async def test_the_database_refuses_to_change_or_remove_a_line(database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        async with database.writing() as conn:
            await conn.exec_driver_sql(statement)
    assert (await verdict(database)).count == 3


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET about = 'plan 2' WHERE id = 1", 1),
        ("UPDATE audit SET person_id = NULL WHERE id = 2", 2),
        ("UPDATE audit SET at = '2026-06-02 02:00:00.000500' WHERE id = 2", 2),
        ("UPDATE audit SET became = 'in_progress' WHERE id = 2", 2),
        ("UPDATE audit SET hash = hex(randomblob(32)) WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("DELETE FROM audit WHERE id = 2", 3),
        ("INSERT INTO audit (at, what, about) VALUES ('2026-06-01 02:00:00', 'x', 'y')", 4),
        ("INSERT INTO audit (id, at, what, about) VALUES (0, '2026-06-01 02:00:00', 'x', 'y')", 0),
    ],
)
async def test_whoever_goes_round_the_guards_breaks_the_chain(
    path: Path, database: Database, statement: str, broken: int
) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        for guard in GUARDS:
            file.execute(f"DROP TRIGGER {guard}")
        file.execute(statement)
    assert (await verdict(database)).broken == broken


async def test_a_line_of_a_deed_that_fails_is_not_kept_and_leaves_no_gap(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as conn:
            await audit_log.note(conn, NOW, "live", "plan 1")
            raise ValueError("the deed failed")

    with pytest.raises(ValueError, match="the deed failed"):
        await fail()
    async with database.writing() as conn:
        await audit_log.note(conn, NOW, "live", "plan 1")
    found = await verdict(database)
    assert (found.count, found.broken) == (4, None)


async def test_the_audit_is_listed_from_a_moment_on(database: Database) -> None:
    async with database.reading() as conn:
        assert [line.what for line in await audit_log.listing(conn)] == ["import", "progress", "undo"]
        assert [line.what for line in await audit_log.listing(conn, NOW + timedelta(hours=1))] == ["undo"]


def test_what_was_written_before_the_guards_is_chained_when_they_come(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}")
    command.upgrade(config, "0002")
    with closing(sqlite3.connect(path)) as file, file:
        file.executemany(
            "INSERT INTO audit (id, at, what, about) VALUES (?, ?, ?, ?)",
            [(2, "2026-05-04 01:00:00", "import", "plan 1"), (7, "2026-05-05 01:00:00", "window", "plan 1")],
        )
    bring_up_to_date(path)
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT id, what, length(hash) FROM audit ORDER BY id").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            file.execute("DELETE FROM audit")
    assert rows == [(1, "import", 64), (2, "window", 64)]


async def test_an_older_chain_goes_on_after_the_guards_have_come(path: Path) -> None:
    test_what_was_written_before_the_guards_is_chained_when_they_come(path)
    opened = await open_database(path)
    async with opened.writing() as conn:
        await audit_log.note(conn, NOW, "live", "plan 1")
    found = await verdict(opened)
    await opened.close()
    assert (found.count, found.broken) == (3, None)
