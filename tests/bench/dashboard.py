"""What each page of the dashboard costs the server at 1,000 units × 10 duties, beside bare SQL."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.wiring import prepare
from bot.web.routes import dashboard_app
from services.common.rules import Rules
from storage.database.engine import Database
from storage.database.schema import (
    account,
    assignment,
    duty,
    duty_unit,
    extension,
    membership,
    outgoing,
    person,
    plan,
    progress,
    reporting_rule,
    rule_unit,
    unit,
)
from storage.organisation import web_session_store
from tests.cast import settings_for

UNITS, DUTIES, RUNS, LIMIT = 1_000, 10, 9, 0.3
NOW = datetime(2026, 6, 16, 2, tzinfo=UTC)
DUE = date(2026, 6, 15)
STATES = ("done", "in_progress", "not_started", "done", "submitted")
PAGES = (
    "/",
    "/cho-y-kien",
    "/ke-hoach/1",
    "/ke-hoach/1/line-1",
    "/don-vi",
    "/don-vi?xem=goi",
    "/don-vi/{unit}",
    "/ke-hoach/2",
    "/bao-cao",
    "/sau-ky",
    "/sau-ky?xep=ten",
    "/nhac",
)
"""Plan 1 is at work, plan 2 a draft."""


def main() -> int:
    """Measure and print; 1 where a page passes its limit."""
    return asyncio.run(_measure())


async def _measure() -> int:
    with tempfile.TemporaryDirectory() as folder:
        database, rules = await prepare(settings_for(Path(folder) / "bench.db"))
        try:
            first = await fill(database)
            return await _pages(database, rules, first)
        finally:
            await database.close()


async def _pages(database: Database, rules: Rules, first: int) -> int:
    bare = await _median(partial(_aggregate, database))
    app = dashboard_app(database, rules, lambda: NOW, "vi", secure=False)
    transport = httpx.ASGITransport(app=app)  # no network: what the server itself needs
    address = "http://localhost"
    async with httpx.AsyncClient(
        transport=transport, base_url=address, headers={"Origin": address}
    ) as browser:
        assert (await browser.post("/vao", data={"key": "KEY"})).status_code == 303
        over = False
        shown = await _median(partial(_get, browser, "/bao-cao?xem=1"))
        sys.stdout.write(f"a report compiled to look at, ms {shown * 1000:.1f}   (no page: on demand)\n")
        for path in PAGES:
            seconds = await _median(partial(_get, browser, path.format(unit=first)))
            over = over or seconds > LIMIT
            _show(f"{path}, ms", seconds * 1000, LIMIT * 1000, seconds / bare)
    return int(over)


def _show(what: str, value: float, limit: float, ratio: float) -> None:
    over = "  OVER" if value > limit else ""
    sys.stdout.write(f"{what:<40}{value:8.1f}   (limit {limit:g}; {ratio:.1f} × a bare aggregate){over}\n")


async def _median(conn: Callable[[], Awaitable[object]]) -> float:
    """Processor seconds: whoever else works on this machine takes none of them."""
    await conn()
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        await conn()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


async def _get(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


async def _aggregate(database: Database) -> None:
    async with database.reading() as conn:
        await conn.execute(
            text(
                "SELECT unit_id, state, due_on < :today, count(*) FROM assignment"
                " WHERE plan_id = 1 GROUP BY unit_id, state, due_on < :today"
            ),
            {"today": DUE.isoformat()},
        )


async def fill(database: Database) -> int:
    """Write a plan of ten dated duties and a report for a thousand units, all with people and words.

    Return the id of the first of the units.
    """
    async with database.writing() as conn:
        names = [{"name": f"UBND xã thứ {n}", "abbreviation": None} for n in range(UNITS + 1)]
        ids = list((await conn.execute(insert(unit).returning(unit.c.id), names)).scalars())
        coordinator, units = ids[0], ids[1:]
        await conn.execute(insert(plan).values(_plan(coordinator)))
        draft = {"id": 2, "number": "2/KH-UBND", "state": "draft", "fingerprint": "g"}
        await conn.execute(insert(plan).values(_plan(coordinator) | draft))
        await _people(conn, coordinator, units)
        await _duties(conn, units)
        await conn.execute(insert(reporting_rule).values(_rule()))
        await conn.execute(insert(rule_unit), [{"rule_id": 1, "unit_id": u} for u in units])
        await _owed(conn, units)
        await web_session_store.offer(conn, "KEY", 1, NOW)
    return int(units[0])


def _plan(coordinator: int) -> dict[str, object]:
    head: dict[str, object] = {"id": 1, "number": "1/KH-UBND", "title": "Kế hoạch lớn", "state": "live"}
    head |= {"coordinator_id": coordinator, "issued_on": date(2026, 1, 5), "fingerprint": "f"}
    return head | {"imported_at": NOW, "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}


def _rule() -> dict[str, object]:
    rule = {"id": 1, "plan_id": 1, "section": "III", "who": "Các đơn vị", "recurrence": "half-yearly"}
    return {**rule, "quote": "Báo cáo trước ngày 15/11.", "due": "2026-11-15"}


async def _people(conn: AsyncConnection, coordinator: int, units: list[int]) -> None:
    everyone = range(1, UNITS + 2)
    await conn.execute(
        insert(person), [{"id": n, "name": f"Nguyễn Văn {n}", "joined_at": NOW} for n in everyone]
    )
    await conn.execute(
        insert(account),
        [{"person_id": n, "channel": "telegram", "chat": str(n), "reachable": n % 9 > 0} for n in everyone],
    )
    seats = [(1, coordinator, "coordinator"), *((n, u, "focal") for n, u in enumerate(units, 2))]
    await conn.execute(
        insert(membership),
        [{"person_id": p, "unit_id": u, "role": role, "since": NOW} for p, u, role in seats],
    )
    await conn.execute(
        insert(outgoing),
        [
            {"person_id": n, "day": DUE - timedelta(days=day), "kind": "daily", "topic": "", "state": "sent"}
            for n in everyone
            for day in range(10)
        ],
    )


async def _duties(conn: AsyncConnection, units: list[int]) -> None:
    for n in range(1, 2 * DUTIES + 1):
        values = {
            "id": n,
            "plan_id": 1 if n <= DUTIES else 2,
            "kind": "duty",
            "section": f"II.{n}",
            "heading": f"Phần {n}",
        }
        values |= {"place": n, "text": f"Nhiệm vụ thứ {n} mà các đơn vị phải làm", "due": DUE.isoformat()}
        await conn.execute(insert(duty).values(values))
        rows = [{"duty_id": n, "unit_id": u, "part": "lead"} for u in units]
        await conn.execute(insert(duty_unit), rows)


async def _owed(conn: AsyncConnection, units: list[int]) -> None:
    rows, words = [], []
    for n, (duty_id, unit_id) in enumerate(((d, u) for u in units for d in range(1, DUTIES + 1)), 1):
        due, state = DUE - timedelta(days=n % 40 - 20), STATES[n % len(STATES)]
        row = {"id": n, "plan_id": 1, "duty_id": duty_id, "unit_id": unit_id, "period": "none-2026-1"}
        row |= {"planned_on": due, "due_on": due, "state": state}
        rows.append({**row, "finished_on": DUE if state in ("done", "submitted") else None})
        said = {"assignment_id": n, "person_id": 2, "said_at": NOW, "state": state, "before_blocked": False}
        words.append({**said, "text": "xong, BC 12/BC-UBND", "before_state": "not_started"})
    await conn.execute(insert(assignment), rows)
    await conn.execute(insert(progress), words)
    wish = {"asked_by": 2, "asked_at": NOW, "reason": "chờ số liệu của các xã"}
    wishes = [
        {**wish, "assignment_id": row["id"], "original_due": row["due_on"], "wanted_on": DUE.replace(month=8)}
        for row in rows
        if row["state"] == "in_progress"
    ]
    await conn.execute(insert(extension), wishes)


if __name__ == "__main__":
    sys.exit(main())
