"""Work beside the program."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app.background import in_background
from storage.common import fact_store
from storage.database.engine import Database
from storage.database.opening import open_database


async def write_for_ever(database: Database) -> None:
    while True:
        async with database.writing() as conn:
            await fact_store.set_fact(conn, "round", "done")


async def begin_and_fail(path: Path, turns: int) -> None:
    """Fail after so many turns of the loop, while something beside is using the database."""
    database = await open_database(path)
    try:
        async with in_background(write_for_ever(database)):
            for _ in range(turns):
                await asyncio.sleep(0)
            raise OSError("the port is taken")
    finally:
        await database.close()


# a connection that is cut off is told to end, not waited for: its thread may find the loop closed
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_program_that_fails_at_its_start_ends_wherever_the_work_beside_it_is(tmp_path: Path) -> None:
    for turns in range(60):
        with pytest.raises(OSError, match="taken"):
            asyncio.run(asyncio.wait_for(begin_and_fail(tmp_path / "nhacviec.db", turns), 30))


async def test_what_runs_beside_a_block_has_ended_after_it() -> None:
    steps = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            steps.append("ended")

    async with in_background(work()):
        await asyncio.sleep(0)
    assert steps == ["ended"]


async def test_what_failed_beside_a_block_is_logged() -> None:
    async def work() -> None:
        raise ValueError("no name")

    with capture_logs() as log:
        async with in_background(work()):
            await asyncio.sleep(0)
    assert [entry["event"] for entry in log] == ["background_failed"]
