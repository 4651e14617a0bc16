"""A message that comes while another process holds the database is stored when it lets go."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from bot.delivery import patience
from bot.delivery.patience import patiently
from storage.common import fact_store
from storage.database.opening import open_database


async def test_a_locked_database_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.05)
    database = await open_database(tmp_path / "a.db")

    async def remember() -> None:
        async with database.writing() as work:
            await work.exec_driver_sql("PRAGMA busy_timeout=10")
            await fact_store.set_fact(work, "name", "value")

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
        assert await fact_store.get_fact(work, "name") == "value"
    await database.close()


async def test_that_the_database_is_busy_is_told_once_however_many_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "_FIRST_WAIT", 0.01)
    busy = True

    async def write() -> bool:
        if busy:
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))
        return True

    with structlog.testing.capture_logs() as log:
        waiting = [asyncio.create_task(patiently(write)) for _ in range(20)]
        await asyncio.sleep(0.1)
        waiting.pop().cancel()
        busy = False
        assert all(await asyncio.gather(*waiting))
        assert [event["event"] for event in log] == ["database_waits", "database_well"]
        busy = True
        again = asyncio.create_task(patiently(write))
        await asyncio.sleep(0.05)
        busy = False
        assert await again
    assert [event["event"] for event in log] == ["database_waits", "database_well"] * 2
