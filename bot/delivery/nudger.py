"""The nudger: within the office's hours, puts what is to be asked for into the outbox, batch by batch."""

from datetime import date, datetime, timedelta

from bot.app.clock import Clock
from services.common.rules import Rules
from services.nudging.pass_on import GRACE, pass_on_unseen, tell_to_phone, unreached_units
from services.nudging.sweep_due import Swept, begin_day, put_digests, sweep_due
from services.organisation.hand_over import end_due_seats
from services.requests.remind import remind
from storage.database.engine import Database

_BATCH = 200
"""Assignments in one transaction: some milliseconds, so that an answer never waits for a sweep."""

_LOOKS = timedelta(minutes=1)
"""How often it is looked who has been reached and who has seen it."""


class Nudger:
    """Runs the deed `sweep_due` in short transactions; it may be called at any time, and often."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock
        self._digested: date | None = None
        self._looked_at: datetime | None = None
        self._unreached: dict[int, datetime] = {}
        """The units whose last day this is and whom no nudge has reached yet, and since when."""

    async def sweep(self) -> int:
        """Put today's nudges into the outbox; return how many assignments are asked for."""
        now = self._clock.now().astimezone(self._rules.zone)
        if not self._rules.days.is_working(now.date()) or not self._rules.ladders.hours.is_open(now.time()):
            return 0
        await self._begin(now)
        total = 0
        while not (swept := await self._batch(now)).is_last:
            total += swept.asked
        await self._look_after(now)
        return total

    async def _look_after(self, now: datetime) -> None:
        """Pass on what nobody has seen, and tell whom to phone where a nudge of the last day is not out."""
        if self._looked_at is not None and timedelta() <= now - self._looked_at < _LOOKS:
            return
        self._looked_at = now
        async with self._database.reading() as conn:
            unreached = await unreached_units(conn, self._rules, now.date())
        self._unreached = {unit: self._unreached.get(unit, now) for unit in unreached}
        overdue = [unit for unit, since in self._unreached.items() if now - since >= GRACE]
        async with self._database.writing() as conn:
            await pass_on_unseen(conn, now, self._rules)
            if overdue:
                await tell_to_phone(conn, overdue, self._rules, now.date())

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
