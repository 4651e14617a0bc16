"""A message that comes while another process holds the database is stored when it lets go."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import patience
from bot.patience import patiently
from storage import audit
from storage.database import open_database


async def test_a_locked_database_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.05)
    database = await open_database(tmp_path / "a.db")

    async def remember() -> None:
        async with database.writing() as work:
            await work.exec_driver_sql("PRAGMA busy_timeout=10")
            await audit.remember(work, "name", "value")

    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            await remember()
        waiting = asyncio.create_task(patiently(remember))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        other.execute("ROLLBACK")
    await asyncio.wait_for(waiting, 10)
    async with database.reading() as work:
        assert await audit.recall(work, "name") == "value"
    await database.close()
