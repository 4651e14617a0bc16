"""The nudger: within the office's hours, puts what is to be asked for into the outbox, batch by batch."""

from datetime import date, datetime

from bot.app.clock import Clock
from services.common.rules import Rules
from services.nudging.sweep_due import Swept, begin_day, put_digests, sweep_due
from services.organisation.hand_over import end_due_seats
from services.requests.remind import remind
from storage.database.engine import Database

_BATCH = 200
"""Assignments in one transaction: some milliseconds, so that an answer never waits for a sweep."""


class Nudger:
    """Runs the deed `sweep_due` in short transactions; it may be called at any time, and often."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock
        self._digested: date | None = None

    async def sweep(self) -> int:
        """Put today's nudges into the outbox; return how many assignments are asked for."""
        now = self._clock.now().astimezone(self._rules.zone)
        if not self._rules.days.is_working(now.date()) or not self._rules.ladders.hours.is_open(now.time()):
            return 0
        await self._begin(now)
        total = 0
        while not (swept := await self._batch(now)).is_last:
            total += swept.asked
        return total

    async def _begin(self, now: datetime) -> None:
        today = now.date()
        async with self._database.writing() as conn:
            await end_due_seats(conn, now, today)
            await begin_day(conn, today)
            if self._digested != today:
                await put_digests(conn, today)
            await remind(conn, self._rules, now)
        self._digested = today

    async def _batch(self, now: datetime) -> Swept:
        async with self._database.writing() as conn:
            return await sweep_due(conn, now, self._rules, _BATCH)
