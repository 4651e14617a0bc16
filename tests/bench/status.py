"""What /status costs on a thousand units with ten duties each, beside a bare aggregate of the same rows."""

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from bot.app.wiring import load_days
from config.texts import load_texts
from handlers.common.wording import Wording
from handlers.reporting.status_chat import word_status
from services.reporting.status import status
from storage.database.opening import open_database
from storage.database.schema import assignment, plan, reporting_rule, unit
from storage.plans import plan_store
from tests.bench.reading import show
from tests.cast import settings_for
from tests.set_clock import ZONE

UNITS, DUTIES, ROUNDS, LIMIT = 1000, 10, 21, 5.0
TODAY = date(2026, 6, 16)
STATES = ("not_started", "in_progress", "submitted", "done", "returned")
BARE = (
    "SELECT unit_id, state, count(*), min(due_on), max(blocked) FROM assignment WHERE plan_id = 1"
    " GROUP BY unit_id, state"
)


def main() -> int:
    """Measure and print; 1 where the limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = asyncio.run(measure(Path(folder) / "bench.db"))
    sys.stdout.write(f"/status {ours * 1000:.1f} ms, bare aggregate {bare * 1000:.1f} ms\n")
    return int(show("/status / bare SQL aggregate", ours / bare, LIMIT))


async def measure(path: Path) -> tuple[float, float]:
    """Return the medians of both, measured in turn, in processor seconds."""
    database = await open_database(settings_for(path).database_path)
    async with database.writing() as conn:
        await conn.execute(insert(unit), [{"name": f"UBND xã Nậm Khê {n}"} for n in range(UNITS)])
        await conn.execute(insert(plan).values(**_plan()))
        await conn.execute(insert(reporting_rule).values(**_rule()))
        await conn.execute(insert(assignment), list(_rows()))
    words = Wording(load_texts("vi"), TODAY, load_days(), ZONE)
    ours, bare = [], []
    with sqlite3.connect(path) as connection:
        for _ in range(ROUNDS):
            began = time.process_time()
            async with database.reading() as conn:
                row = await plan_store.get(conn, 1)
                await word_status(conn, words, row, await status(conn, row.id, TODAY), most=15)
            ours.append(time.process_time() - began)
            began = time.process_time()
            connection.execute(BARE).fetchall()
            bare.append(time.process_time() - began)
    await database.close()
    return median(ours[1:]), median(bare[1:])


def _plan() -> dict[str, object]:
    return {"title": "Kế hoạch", "state": "live", "fingerprint": "x", "imported_at": datetime.now(UTC)}


def _rule() -> dict[str, object]:
    return {"plan_id": 1, "section": "III", "who": "các xã", "recurrence": "half-yearly", "quote": "15/6"}


def _rows() -> Sequence[dict[str, object]]:
    """Ten a unit: a report and nine dated things, in every state, around today."""
    return [
        {
            "plan_id": 1,
            "rule_id": 1 if duty == 0 else None,
            "unit_id": n,
            "period": "half-2026-1",
            "planned_on": (due := TODAY + timedelta(days=(n + duty) % 9 - 5)) if duty else date(2026, 6, 15),
            "due_on": due if duty else date(2026, 6, 15),
            "state": STATES[(n + duty) % 5],
            "finished_on": TODAY - timedelta(days=3) if (n + duty) % 5 in (2, 3) else None,
            "blocked": (n + duty) % 11 == 0,
        }
        for n in range(1, UNITS + 1)
        for duty in range(DUTIES)
    ]
