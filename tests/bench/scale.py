"""A province on both engines: what is claimed, counted, swept and answered, beside bare SQL and known peers.

`make bench scale`, or `make bench scale SIZE=full` for a whole province. Peers run in turn with ours, since a
machine that others use too makes ratios out of nothing else.
"""

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final

import asyncpg

from bot.app.wiring import load_days
from bot.delivery.nudger import Nudger
from config.database_url import Place, ServerDatabase
from config.texts import load_texts
from handlers.common.wording import Wording
from handlers.reporting.status_chat import word_status
from services.common.rules import Rules
from services.reporting.status import status
from storage.database.engine import Database
from storage.plans import plan_store
from tests.bench import answering, load, queueing
from tests.bench.province import FULL, SMALL, TODAY, Size, durable_server, fill, opened
from tests.bench.reading import show
from tests.postgres_server import PostgresServer
from tests.set_clock import ZONE, SetClock

_ROUNDS: Final = 11
_PEERS_JOBS: Final = 1_000
_MORNING: Final = datetime(2026, 6, 16, 8, tzinfo=ZONE)
STATUS_MOST, CLAIM_LEAST, TWO_LEAST, P99_MOST = 5.0, 10.0, 1.7, 0.3
_BARE: Final = (
    "SELECT unit_id, state, count(*), min(due_on), max(CASE WHEN blocked THEN 1 ELSE 0 END)"
    " FROM assignment WHERE plan_id = {} GROUP BY unit_id, state"
)


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    size = FULL if os.environ.get("SIZE") == "full" else SMALL
    _say(
        f"{size.name}: {size.units:,} units, {size.people:,} people, {size.plans} plans,"
        f" on {os.cpu_count()} cores"
    )
    over = [bool(load.main())]
    with tempfile.TemporaryDirectory() as folder, durable_server() as server:
        office = load.office(Path(folder))
        used = Path(shutil.copy(office, Path(folder) / "used.db"))  # what was heard once is not heard again
        over.append(_soon("sqlite", used, size))
        if server is None:
            _say("postgresql: NOT MEASURED, no server is installed")
        else:
            over += _by_programs(server, office, size)
        over += asyncio.run(_province("sqlite", Path(folder) / "province.db", size))
        if server is not None:
            over += asyncio.run(_province("postgresql", asyncio.run(server.new()), size))
    return int(any(over))


async def _province(engine: str, place: Place, size: Size) -> list[bool]:
    """Fill a province; measure what is counted, swept and claimed in it. Return which limits are passed."""
    began = time.perf_counter()
    async with opened(place) as (database, rules):
        plan_id = await fill(database, size)
        _say(f"{engine}: filled in {time.perf_counter() - began:.0f} s")
        ours, bare = await _status(database, place, plan_id)
        _say(f"{engine}: /status {ours * 1000:.1f} ms, bare aggregate {bare * 1000:.1f} ms")
        over = [show(f"{engine}: /status / bare aggregate", ours / bare, STATUS_MOST)]
        await _sweep(engine, database, rules)
        await queueing.put_messages(database, size.jobs)
        claimed, by_sql = await queueing.claims(database, place, size.jobs)
        done = await queueing.done(database, size.jobs)
    _say(
        f"{engine}: {claimed:,.0f} messages claimed/s ({by_sql:,.0f} by bare SQL),"
        f" {done:,.0f} sent and marked/s"
    )
    if isinstance(place, Path):
        return over
    jobs = await asyncio.to_thread(queueing.procrastinated, place, _PEERS_JOBS)
    if jobs is None:
        _say("procrastinate: NOT MEASURED, build/bench is missing (make build/bench/.ready)")
        return over
    _say(f"procrastinate: {jobs:,.0f} jobs/s")
    return [*over, show("claims that are wanted / claimed", CLAIM_LEAST * jobs / claimed, 1.0)]


async def _status(database: Database, place: Place, plan_id: int) -> tuple[float, float]:
    """Return the median seconds of /status and of a bare aggregate of the same rows, measured in turn."""
    words = Wording(load_texts("vi"), TODAY, load_days(), ZONE)
    ours, bare = [], []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        async with database.reading() as conn:
            row = await plan_store.get(conn, plan_id)
            await word_status(conn, words, row, await status(conn, row.id, TODAY), most=15)
        ours.append(time.perf_counter() - began)
        bare.append(await _aggregate(place, _BARE.format(plan_id)))
    return median(ours[1:]), median(bare[1:])


async def _aggregate(place: Place, statement: str) -> float:
    """Return the seconds of a statement on a connection of its own, without those of the connection."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as file:
            began = time.perf_counter()
            file.execute(statement).fetchall()
            return time.perf_counter() - began
    conn = await asyncpg.connect(queueing.address(place))
    await conn.fetch("SELECT 1")
    began = time.perf_counter()
    await conn.fetch(statement)
    took = time.perf_counter() - began
    await conn.close()
    return took


async def _sweep(engine: str, database: Database, rules: Rules) -> None:
    began = time.perf_counter()
    asked = await Nudger(database, rules, SetClock(_MORNING)).sweep()
    took = time.perf_counter() - began
    _say(f"{engine}: a morning asks for {asked:,} assignments in {took:.1f} s, {asked / took:,.0f}/s")


def _soon(engine: str, place: Place, size: Size) -> bool:
    """Measure how soon 500 people a minute are answered; return whether that is too late."""
    waited = answering.latencies(place, size.seconds)
    slowest = waited[int(0.99 * len(waited))]
    _say(
        f"{engine}: {len(waited)} answers, median {median(waited) * 1000:.0f} ms, longest {waited[-1]:.2f} s"
    )
    return show(f"{engine}: p99 of an answer, s", slowest, P99_MOST)


def _by_programs(server: PostgresServer, office: Path, size: Size) -> list[bool]:
    """Measure the programs on a server; return which limits are passed."""

    def place() -> ServerDatabase:
        return asyncio.run(answering.copied(office, server))

    over = [_soon("postgresql", place(), size)]
    one, two = (answering.by_workers(place(), size.updates, workers) for workers in (1, 2))
    _say(
        f"postgresql: one program {one.rate:.0f} answers/s, keeping {one.busy:.1f} cores busy;"
        f" two {two.rate:.0f}, keeping {two.busy:.1f} busy"
    )
    return [
        *over,
        show("answers of two programs that are wanted / given", TWO_LEAST * one.rate / two.rate, 1.0),
    ]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
