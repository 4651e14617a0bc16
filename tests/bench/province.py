"""A province filled for the benches: units, people, plans, and what each unit owes in each plan."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, func, insert, select

from bot.app.wiring import prepare
from config.database_url import Place
from services.common.rules import Rules
from storage.database.engine import Database
from storage.database.schema import account, assignment, membership, person, plan, reporting_rule, unit
from tests.cast import settings_for
from tests.postgres_server import PostgresServer, postgres_server, programs

TODAY: Final = date(2026, 6, 16)
_JOINED: Final = datetime(2026, 5, 4, 1, tzinfo=UTC)
_STATES: Final = ("not_started", "in_progress", "submitted", "done", "returned")
_AT_ONCE: Final = 10_000
_DURABLE: Final = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
"""What was committed survives a power cut, as on a server that people rely on."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the province is, and how much is done with it.

    each      assignments of a unit in a plan
    jobs      messages or jobs that are claimed
    seconds   for so long 500 people a minute write
    updates   that programs answer in a race
    """

    name: str
    units: int
    people: int
    plans: int
    each: int
    jobs: int
    seconds: float
    updates: int


SMALL: Final = Size(
    "small", units=1_000, people=5_000, plans=3, each=10, jobs=3_000, seconds=20, updates=1_000
)
FULL: Final = Size(
    "full", units=3_321, people=100_000, plans=30, each=10, jobs=20_000, seconds=60, updates=5_000
)
STATUS_UNITS: Final = 1_000
"""So many are asked by the first plan, all of them by the others."""


@asynccontextmanager
async def opened(place: Place) -> AsyncIterator[tuple[Database, Rules]]:
    """Open a province for the length of a block."""
    database, rules = await prepare(settings_for(place))
    try:
        yield database, rules
    finally:
        await database.close()


@contextmanager
def durable_server() -> Iterator[PostgresServer | None]:
    """Run a PostgreSQL server that keeps what it commits; None where none is installed."""
    binaries = programs()
    if binaries is None:
        yield None
        return
    with postgres_server(binaries, options=_DURABLE) as server:
        yield server


async def fill(database: Database, size: Size) -> int:
    """Write the province; return the id of the first plan."""
    units = await _add(database, unit, ({"name": f"UBND xã Nậm Khê {n}"} for n in range(size.units)))
    people = await _add(database, person, (_person(n) for n in range(size.people)))
    seats = (
        {"person_id": people + n, "unit_id": units + n % size.units, "role": _role(n, size)}
        for n in range(size.people)
    )
    await _add(database, membership, ({**seat, "since": _JOINED} for seat in seats))
    accounts = (
        {"person_id": people + n, "channel": "telegram", "chat": str(100_000 + n)} for n in range(size.people)
    )
    await _add(database, account, accounts)
    plans = await _add(database, plan, (_plan(n) for n in range(size.plans)))
    rules = await _add(database, reporting_rule, (_rule(plans + n) for n in range(size.plans)))
    await _add(database, assignment, _assignments(size, plans, rules, units))
    return plans


async def _add(database: Database, table: Table, rows: Iterator[dict[str, Any]]) -> int:
    """Insert rows; return the id of the first."""
    async with database.writing() as conn:
        last = await conn.scalar(select(func.max(table.c.id))) or 0
        while some := list(islice(rows, _AT_ONCE)):
            await conn.execute(insert(table), some)
        return int(await conn.scalar(select(func.min(table.c.id)).where(table.c.id > last)) or 0)


def _person(n: int) -> dict[str, Any]:
    return {"name": f"Người {n}", "consented_at": _JOINED, "consent_version": "2026-11", "joined_at": _JOINED}


def _role(n: int, size: Size) -> str:
    """Each unit's second person is its leader."""
    return "leader" if size.units <= n < 2 * size.units else "focal"


def _plan(n: int) -> dict[str, Any]:
    return {"title": f"Kế hoạch {n}", "state": "live", "fingerprint": f"{n}", "imported_at": _JOINED}


def _rule(plan_id: int) -> dict[str, Any]:
    about = {"section": "III", "who": "các xã", "recurrence": "half-yearly", "quote": "15/6"}
    return {"plan_id": plan_id, **about}


def _assignments(size: Size, plans: int, rules: int, units: int) -> Iterator[dict[str, Any]]:
    """Yield what each unit owes in each plan: a report, and dated things.

    The first plan is in the midst of its work, in every state, around today. The report of the second is due
    today, of everybody. All else is due later.
    """
    for nth in range(size.plans):
        for n in range(min(size.units, STATUS_UNITS) if nth == 0 else size.units):
            for each in range(size.each):
                row = _of_midst(n, each) if nth == 0 else _to_come(n, each, due_today=nth == 1)
                rule = None if each else rules + nth
                yield {"plan_id": plans + nth, "rule_id": rule, "unit_id": units + n, **row}


def _of_midst(n: int, each: int) -> dict[str, Any]:
    due = TODAY + timedelta(days=(n + each) % 9 - 5) if each else date(2026, 6, 15)
    state = _STATES[(n + each) % 5]
    open_ = state not in ("submitted", "done")
    return {
        **_due(due),
        "state": state,
        "finished_on": None if open_ else TODAY - timedelta(days=3),
        "blocked": (n + each) % 11 == 0,
        "next_nudge_on": TODAY + timedelta(days=1) if open_ else None,
    }


def _to_come(n: int, each: int, *, due_today: bool) -> dict[str, Any]:
    is_now = due_today and each == 0
    due = TODAY if is_now else TODAY + timedelta(days=30 + (n + each) % 90)
    asked = TODAY if is_now else due - timedelta(days=5)
    return {
        **_due(due),
        "state": "not_started",
        "finished_on": None,
        "blocked": False,
        "next_nudge_on": asked,
    }


def _due(day: date) -> dict[str, Any]:
    return {"period": "half-2026-1", "planned_on": day, "due_on": day}
