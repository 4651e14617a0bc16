"""Upgrades on both engines: every version's rows are kept, one that is cut off leaves what was there."""

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from config.database_url import ServerDatabase
from storage.database import migrate
from storage.database.engine import StorageError
from storage.database.opening import open_database
from tests.postgres_server import PostgresServer
from tests.storage.database.filled_versions import (
    HEAD,
    VERSIONS,
    OldDatabase,
    Rows,
    fill,
    new_database,
    rows_of,
    version_of,
)

pytestmark = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
NOW = {"nudge": "outgoing"}
"""What tables of earlier versions are called today."""
MADE_ANEW = {("audit", "hash"): "0003"}
"""Columns that a version computes: of rows from before it."""
FROM_HERE = "0020"
"""The version from which upgrades are cut off: files of it were moved row by row."""


def kept(before: Rows, after: Rows, version: str) -> list[object]:
    """Return what is not as it was of rows that were written by a version."""
    lost: list[object] = []
    for (table, id_), row in before.items():
        there = after.get((NOW.get(table, table), id_))
        if there is None:
            lost.append((version, table, id_))
            continue
        lost += [
            (version, table, id_, name, value, there[name])
            for name, value in row.items()
            if name in there and there[name] != value and version >= MADE_ANEW.get((table, name), "")
        ]
    return lost


async def filled_at(database: OldDatabase, version: str) -> Rows:
    """Bring a database to a version, and let that version write a row into each table."""
    await database.upgrade(version)
    return await database.do(lambda conn: fill(conn, int(version)))


async def test_rows_of_every_version_are_kept_to_the_newest(
    engine: str, tmp_path: Path, server: PostgresServer
) -> None:
    """Each step runs on rows that every version before it has written."""
    database = await new_database(engine, tmp_path / "nhacviec.db", server)
    written = {version: await filled_at(database, version) for version in VERSIONS}
    assert [version for version, rows in written.items() if len(rows) < 20] == []
    await (await open_database(database.place)).close()
    after = await database.do(rows_of)
    assert [loss for version, rows in written.items() for loss in kept(rows, after, version)] == []
    if engine == "sqlite":
        assert await database.do(_dangling) == []


def _dangling(conn: Connection) -> list[object]:
    return list(conn.execute(text("PRAGMA foreign_key_check")))


CUT_OFF = """
import asyncio, os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from config.database_url import place_of
from storage.database.opening import open_database

left = int(sys.argv[3])

@event.listens_for(Engine, "before_cursor_execute")
def count(conn, cursor, statement, parameters, context, many):
    global left
    if statement.startswith("UPDATE alembic_version"):  # the end of one step among several
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(open_database(place_of(sys.argv[1], Path(sys.argv[2]))))
"""


@pytest.mark.parametrize("steps", [1, len(VERSIONS) - 1 - VERSIONS.index(FROM_HERE)])
async def test_one_that_is_cut_off_leaves_what_was_there(
    engine: str, tmp_path: Path, server: PostgresServer, steps: int
) -> None:
    database = await new_database(engine, tmp_path / "nhacviec.db", server)
    await filled_at(database, FROM_HERE)
    before = await database.do(rows_of)
    place = database.place
    url = place.url if isinstance(place, ServerDatabase) else f"sqlite+aiosqlite:///{place}"
    child = [sys.executable, "-c", CUT_OFF, url, str(tmp_path), str(steps)]
    ended = await asyncio.to_thread(subprocess.run, child, check=False, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert await database.do(version_of) == FROM_HERE
    assert await database.do(rows_of) == before
    await (await open_database(database.place)).close()
    assert await database.do(version_of) == HEAD
    assert kept(before, await database.do(rows_of), FROM_HERE) == []


async def test_one_that_fails_leaves_what_was_there(
    engine: str, tmp_path: Path, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await new_database(engine, tmp_path / "nhacviec.db", server)
    await filled_at(database, HEAD)
    before = await database.do(rows_of)
    with_another = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, with_another, ignore=shutil.ignore_patterns("__pycache__"))
    (with_another / "versions" / "9998_fails.py").write_text(
        "from alembic import op\n"  # noqa: S608 - a step of the test's own
        f"revision, down_revision, branch_labels, depends_on = '9998', {HEAD!r}, None, None\n"
        "def upgrade():\n"
        "    op.execute('DELETE FROM fact')\n"
        "    op.drop_table('draft_step')\n"
        "    op.execute('this is no SQL')\n"
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", with_another)
    with pytest.raises(StorageError):
        await open_database(database.place)
    assert await database.do(version_of) == HEAD
    assert await database.do(rows_of) == before


async def test_the_program_of_the_version_before_ends_with_a_sentence(
    engine: str, tmp_path: Path, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await new_database(engine, tmp_path / "nhacviec.db", server)
    await filled_at(database, HEAD)
    before = await database.do(rows_of)
    of_before = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, of_before, ignore=shutil.ignore_patterns("__pycache__", f"{HEAD}_*"))
    monkeypatch.setattr(migrate, "MIGRATIONS", of_before)
    with pytest.raises(StorageError) as refused:
        await open_database(database.place)
    assert refused.value.reason == "newer"
    assert await database.do(rows_of) == before
