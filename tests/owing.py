"""Days that pass over what units owe: for tests of what arrives when."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import insert

from storage.database.schema import assignment, plan
from storage.organisation import unit_store
from tests.cast import HANG, Stage


def days_of(first: date, last: date) -> Iterable[date]:
    """All days from the first to the last."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


async def owe(stage: Stage, unit: str, *due: date, today: date) -> None:
    """Let a unit owe a report on each of these days, as a plan that goes live does."""
    async with stage.database.writing() as conn:
        unit_ids = await unit_store.ids(conn)
        added = await conn.execute(
            insert(plan)
            .values(
                title=f"Kế hoạch thử {unit}",
                number="50/KH-UBND",
                state="live",
                fingerprint=hashlib.sha256(f"{unit}{due}".encode()).hexdigest(),
                imported_at=stage.clock.now(),
                coordinator_id=unit_ids[HANG.unit],
            )
            .returning(plan.c.id)
        )
        plan_id = added.scalar_one()
        for day in due:
            again = stage.rules.ladders.of("report").next_on(day, today - timedelta(days=1), stage.rules.days)
            row = {"plan_id": plan_id, "unit_id": unit_ids[unit], "period": "none-2026-1", "due_on": day}
            await conn.execute(insert(assignment).values(**row, planned_on=day, next_nudge_on=again))


TWICE = ("08:00", "12:10")
ROUND_THE_CLOCK = ("06:30", *TWICE, "17:30")


async def live(stage: Stage, days: Iterable[date], hours: Sequence[str] = TWICE) -> dict[str, list[date]]:
    """Let days pass, the loops waking at these hours of each; return when each phone rang."""
    rang: defaultdict[str, list[date]] = defaultdict(list)
    for day in days:
        for hour in hours:
            for sent in await stage.nudged(f"{day} {hour}"):
                rang[sent.chat].append(day)
    return rang
