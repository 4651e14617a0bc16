"""The nudger: on working days, finds what is to be asked for and puts it into the outbox."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from handlers.desk import Rules
from storage import nudges, people
from storage.database import Database
from storage.nudges import Asked

_BATCH = 200
"""Assignments in one transaction: some milliseconds, so that an answer never waits for a round."""


class Nudger:
    """Asks for what is due. The database is the schedule: a sweep may come at any time, and often."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock

    async def sweep(self) -> int:
        """Put today's nudges into the outbox; return how many assignments are asked for."""
        local = self._clock.now().astimezone(self._rules.zone)
        today = local.date()
        if not self._rules.days.is_working(today) or not self._rules.ladders.hours.is_open(local.time()):
            return 0
        async with self._database.writing() as work:
            await nudges.replace_stale(work, today)
        total = 0
        while True:
            async with self._database.writing() as work:
                asked = await nudges.due(work, today, _BATCH)
                await nudges.advance(work, asked, today, self._rules.ladders, self._rules.days)
                await nudges.put_daily(work, await self._hearers(work, asked), today)
            total += len(asked)
            if not asked:
                return total

    async def _hearers(self, work: AsyncConnection, asked: Sequence[Asked]) -> list[int]:
        """Focal points always; leaders from their rung on."""
        today = self._clock.now().astimezone(self._rules.zone).date()
        due_by_unit: defaultdict[int, list[Asked]] = defaultdict(list)
        for one in asked:
            due_by_unit[one.unit_id].append(one)
        pressing = [
            unit_id
            for unit_id, ones in due_by_unit.items()
            if any(self._leader_hears(one, today) for one in ones)
        ]
        focal = await people.holders(work, due_by_unit, ["focal"], today)
        leaders = await people.holders(work, pressing, ["leader"], today)
        return list(dict.fromkeys(person_id for person_id, _ in (*focal, *leaders)))

    def _leader_hears(self, one: Asked, today: date) -> bool:
        ladder = self._rules.ladders.of(one.kind, one.plan)
        return ladder.hears("leader", one.due_on, today, self._rules.days)
