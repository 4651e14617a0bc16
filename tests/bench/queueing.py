"""How many messages a second are claimed, beside a bare statement and beside procrastinate's jobs."""

import asyncio
import sqlite3
import subprocess
import time
from collections.abc import Callable, Coroutine
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.clock import wall
from bot.delivery.courier import IN_HAND
from config.database_url import Place, ServerDatabase
from storage.common import outbox
from storage.common.outbox import OutboxMessage
from storage.database.engine import Database
from storage.database.schema import outgoing, person
from tests.bench.province import TODAY
from tests.e2e.kit import ROOT

_PEERS: Final = ROOT / "build" / "bench" / "bin" / "python"
_SIDE: Final = Path(__file__).with_name("procrastinate_side.py")
_ROUNDS: Final = 3
_LANES: Final = 8
_FREE_AGAIN: Final = "UPDATE outgoing SET state = 'pending', attempts = 0, doubts = 0"
_BARE: Final = """UPDATE outgoing SET state = 'claimed' WHERE id IN
    (SELECT id FROM outgoing WHERE state = 'pending' ORDER BY id LIMIT 120) RETURNING id, words"""
_BARE_ON_SERVER: Final = _BARE.replace("120)", "120 FOR UPDATE SKIP LOCKED)")


async def put_messages(database: Database, jobs: int) -> None:
    """Let so many daily messages lie in the outbox, and nothing else."""
    async with database.writing() as conn:
        ids = (await conn.execute(select(person.c.id).order_by(person.c.id).limit(jobs))).scalars().all()
        rows = [
            {"person_id": ids[n % len(ids)], "day": TODAY, "kind": "daily", "topic": f"{n // len(ids)}"}
            for n in range(jobs)
        ]
        await conn.execute(delete(outgoing))
        await conn.execute(insert(outgoing), rows)


async def claims(database: Database, place: Place, jobs: int) -> tuple[float, float]:
    """Return messages claimed a second, by ours and by a bare statement, in turn; the best of each."""
    ours, bare = 0.0, 0.0
    for _ in range(_ROUNDS):
        ours = max(ours, jobs / await _seconds(lambda: _claim_all(database)))
        await _free(database)
        bare = max(bare, jobs / await _seconds(lambda: _claim_bare(place)))
        await _free(database)
    return ours, bare


async def done(database: Database, jobs: int) -> float:
    """Return messages a second that are claimed, begun and marked as sent, some side by side."""
    took = await _seconds(lambda: _do_all(database))
    await _free(database)
    return jobs / took


def procrastinated(place: ServerDatabase, jobs: int) -> float | None:
    """Return procrastinate's jobs a second on a database of its own; None where it is not installed."""
    if not _PEERS.exists():
        return None
    words = [str(_PEERS), str(_SIDE), address(place), str(jobs)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def address(place: ServerDatabase) -> str:
    """Return where a database is, as drivers without SQLAlchemy want to hear it."""
    return place.url.replace("postgresql+asyncpg", "postgresql")


async def _seconds(work: Callable[[], Coroutine[Any, Any, None]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


async def _claim(database: Database) -> list[OutboxMessage]:
    return await database.claim(lambda conn: outbox.claim(conn, wall(), IN_HAND, TODAY))


async def _claim_all(database: Database) -> None:
    while await _claim(database):
        pass


async def _claim_bare(place: Place) -> None:
    if isinstance(place, Path):
        await asyncio.to_thread(_claim_bare_file, place)
        return
    conn = await asyncpg.connect(address(place))
    while await conn.fetch(_BARE_ON_SERVER):
        pass
    await conn.close()


def _claim_bare_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA synchronous=FULL")
        while file.execute(_BARE).fetchall():
            file.commit()


async def _free(database: Database) -> None:
    async with database.writing() as conn:
        await conn.exec_driver_sql(_FREE_AGAIN)


async def _do_all(database: Database) -> None:
    while claimed := await _claim(database):
        lanes = [claimed[lane::_LANES] for lane in range(_LANES)]
        await asyncio.gather(*(_do(database, lane) for lane in lanes))


async def _do(database: Database, messages: list[OutboxMessage]) -> None:
    for message in messages:
        await database.write(partial(outbox.begin_sending, outbox_message=message))
        await database.write(partial(_mark, message))


async def _mark(message: OutboxMessage, conn: AsyncConnection) -> None:
    await outbox.sent(conn, message, wall(), "telegram", "1", "1", {})
