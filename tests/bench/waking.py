"""What a wake-up costs that finds 1,000 due, with 1,000 and with 1,000,000 assignments stored.

Each size is measured in a process of its own; beside it, APScheduler with a job for each reminder, in memory.
"""

import asyncio
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from pydantic import SecretStr

from bot.app.clock import wall
from bot.app.program import settle
from bot.app.wiring import prepare
from bot.delivery.nudger import Nudger
from config.settings import Settings
from storage.common import outbox
from storage.common.outbox import OutboxMessage
from storage.database.engine import Database

ROOT: Final = Path(__file__).parents[2]
NOW: Final = datetime.fromisoformat("2026-06-15T08:00+07:00")
SINCE: Final = "2026-01-01 00:00:00.000000"
DUE, FEW, MANY, JOBS = 1_000, 1_000, 1_000_000, 100_000
WARM = 10
AT_ONCE = 100
MOST_SLOWER, MOST_HELD, MOST_GROWN = 1.5, 20.0, 20.0


class SetClock:
    """Shows the morning."""

    def now(self) -> datetime:
        return NOW


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_measured("wake", Path(folder) / f"{stored}.db", stored) for stored in (FEW, MANY))
        jobs = _measured("jobs", Path(folder) / "none", JOBS)
    sys.stdout.write(
        f"1,000 due of {FEW:,} / {MANY:,} stored: {few['seconds']:.2f} / {many['seconds']:.2f} s of"
        f" processor, {few['megabytes']:.0f} / {many['megabytes']:.0f} MB\n"
        f"APScheduler, {JOBS:,} jobs in memory, 1,000 due: {jobs['seconds']:.2f} s, {jobs['ran']:.0f} ran,"
        f" {jobs['megabytes']:.0f} MB more than with none, loop held {jobs['held']:.0f} ms\n"
    )
    return any(
        [
            _show("a wake-up, many stored / few", many["seconds"] / few["seconds"], MOST_SLOWER),
            _show("the loop is held at most, ms", many["held"], MOST_HELD),
            _show("memory, many stored - few, MB", many["megabytes"] - few["megabytes"], MOST_GROWN),
        ]
    )


def _show(what: str, value: float, limit: float) -> bool:
    over = value > limit
    sys.stdout.write(f"{what:<40}{value:8.2f}   (limit {limit:g}){'  OVER' if over else ''}\n")
    return over


def _measured(what: str, path: Path, stored: int) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.bench.waking", what, str(path), str(stored)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in json.loads(done.stdout.splitlines()[-1]).items()}


async def wake(path: Path, stored: int) -> dict[str, float]:
    """Find what is due, claim it, mark it; return processor seconds, ms that the loop was held, megabytes."""
    database, rules = await prepare(Settings(database_url=SecretStr(f"sqlite+aiosqlite:///{path}")))
    await asyncio.to_thread(fill, path, stored)
    nudger = Nudger(database, rules, SetClock())
    settle()
    for count in (WARM, DUE):  # the first time warms up: what is compiled and read at first use
        await asyncio.to_thread(come_due, path, count)
        held, began = Held(), time.process_time()
        asked, told = await nudger.sweep(), await _told(database)
        seconds, longest = time.process_time() - began, held.stop()
        assert (asked, told) == (count, count), (asked, told)
    await database.close()
    return {"seconds": seconds, "held": longest, "megabytes": _megabytes()}


async def _told(database: Database) -> int:
    """Claim all that waits and mark it as sent; return how many messages these were."""
    told = 0
    while claimed := await _claimed(database):
        told += len(claimed)
        async with database.writing() as conn:
            for outbox_message in claimed:
                await outbox.sent(
                    conn,
                    outbox_message,
                    NOW,
                    "telegram",
                    str(outbox_message.person_id),
                    str(outbox_message.id),
                    {1: 1},
                )
    return told


async def _claimed(database: Database) -> list[OutboxMessage]:
    async with database.writing() as conn:
        return await outbox.claim(conn, wall(), AT_ONCE, NOW.date())


class Held:
    """How long the loop was held at a stretch, from now on."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            self._longest = max(self._longest, time.thread_time() - before)

    def stop(self) -> float:
        """Return it in milliseconds of processor time: other programs on the machine take none of it."""
        self._task.cancel()
        return self._longest * 1000


def fill(path: Path, stored: int) -> None:
    """Let 1,000 units of one person each owe one thing a thousandth of all that is stored, none of it due."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(
            "INSERT INTO plan (id, title, state, fingerprint, imported_at, live_on)"
            " VALUES (1, 'x', 'live', 'x', '2026-01-01', '2026-01-01')"
        )
        for number in range(10_001, 10_001 + DUE):
            conn.execute("INSERT INTO unit (id, name) VALUES (?, ?)", (number, f"Đơn vị {number}"))
            conn.execute(
                "INSERT INTO person (id, name, joined_at, consented_at) VALUES (?, 'x', ?, ?)",
                (number, SINCE, SINCE),
            )
            conn.execute(
                "INSERT INTO membership (person_id, unit_id, role, since) VALUES (?, ?, 'focal', ?)",
                (number, number, SINCE),
            )
        conn.executemany(
            "INSERT INTO assignment (plan_id, unit_id, period, planned_on, due_on, last_on, next_nudge_on)"
            " VALUES (1, ?, 'month-2030-1', '2030-01-15', '2030-01-15', '2030-01-15', '2030-01-06')",
            ((10_001 + number % DUE,) for number in range(stored + WARM)),
        )


def come_due(path: Path, count: int) -> None:
    """Let one thing of each of so many units be due today."""
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(
            "UPDATE assignment SET due_on = ?, last_on = ?, next_nudge_on = ? WHERE id IN"
            " (SELECT max(id) FROM assignment WHERE due_on > ? GROUP BY unit_id ORDER BY unit_id LIMIT ?)",
            (*[NOW.date().isoformat()] * 4, count),
        )


async def jobs(stored: int) -> dict[str, float]:
    """Give APScheduler a job for each reminder; the same figures for those that come due."""
    ran, before = 0, _megabytes()

    def remind() -> None:
        nonlocal ran
        ran += 1

    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None})
    later = datetime.fromisoformat("2030-01-01T00:00+00:00")
    for _ in range(stored - DUE):
        scheduler.add_job(remind, "date", run_date=later)
    for _ in range(DUE):
        scheduler.add_job(remind, "date", run_date=wall())
    held = Held()
    began = time.process_time()
    scheduler.start()
    while ran < DUE and time.process_time() - began < 60:
        await asyncio.sleep(0.01)
    seconds = time.process_time() - began
    scheduler.shutdown(wait=False)
    return {"seconds": seconds, "held": held.stop(), "megabytes": _megabytes() - before, "ran": float(ran)}


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    kind, where, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    figures = asyncio.run(wake(where, count) if kind == "wake" else jobs(count))
    sys.stdout.write(json.dumps(figures) + "\n")
