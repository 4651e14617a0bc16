"""The nudger: on working days, finds what is to be asked for and puts it into the outbox."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.clock import Clock
from handlers.nudging.recipients import hearers
from handlers.requests.request_reminder import remind
from services.common.rules import Rules
from storage.common import outbox
from storage.common.outbox import Asked
from storage.database.engine import Database
from storage.nudging import digest_store, newcomers
from storage.organisation import absence_store, people_store

_BATCH = 200
"""Assignments in one transaction: some milliseconds, so that an answer never waits for a round."""


class Nudger:
    """Asks for what is due. The database is the schedule: a sweep may come at any time, and often."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self._database, self._rules, self._clock = database, rules, clock
        self._digested: date | None = None

    async def sweep(self) -> int:
        """Put today's nudges into the outbox; return how many assignments are asked for."""
        local = self._clock.now().astimezone(self._rules.zone)
        today = local.date()
        if not self._rules.days.is_working(today) or not self._rules.ladders.hours.is_open(local.time()):
            return 0
        async with self._database.writing() as conn:
            await self._say_again(conn, await outbox.replace_stale(conn, today), today)
            await self._digest(conn, today)
            await remind(conn, self._rules, local)
        total = 0
        while True:
            async with self._database.writing() as conn:
                asked = await outbox.due(conn, today, _BATCH)
                if not asked:
                    await self._welcome(conn, local)
                    return total
                await outbox.advance(conn, asked, today, self._rules.ladders, self._rules.days)
                pressing = [one for one in asked if not one.is_held(today)]
                await self._tell(conn, pressing, today)
            total += len(pressing)

    async def _tell(self, conn: AsyncConnection, asked: Sequence[Asked], today: date) -> None:
        heard = await hearers(conn, self._rules, asked, today)
        await outbox.put_daily(conn, dict.fromkeys(person_id for person_id, _ in heard), today)

    async def _say_again(self, conn: AsyncConnection, stale: Sequence[tuple[int, date]], today: date) -> None:
        """Let today's message stand for one that could not go out, to whoever hears for that seat today."""
        by_day: defaultdict[date, set[int]] = defaultdict(set)
        for person_id, day in stale:
            by_day[day].add(person_id)
        for day, missed in by_day.items():
            units = {unit for one in missed for unit in (await people_store.get(conn, one, today)).units()}
            then = await absence_store.heard(conn, units, day)
            seats = {(one.seat_of, one.unit_id) for one in then if one.person_id in missed}
            now = await absence_store.heard(conn, units, today)
            told = (one.person_id for one in now if (one.seat_of, one.unit_id) in seats)
            await outbox.put_daily(conn, dict.fromkeys(told), today)
            await outbox.ask_anew(conn, units, day, today)

    async def _digest(self, conn: AsyncConnection, today: date) -> None:
        """Give the coordinators their digest of the day, with its first sweep; words come at the sending."""
        if self._digested != today:
            await outbox.put(conn, await digest_store.coordinators(conn, today), today, "digest")
            self._digested = today

    async def _welcome(self, conn: AsyncConnection, now: datetime) -> None:
        """Tell focal points who have joined between two rungs what is open."""
        today, days = now.date(), self._rules.days
        before = days.on_or_before(today - timedelta(days=1))
        since = datetime.combine(before, time.min, self._rules.zone)
        for person_id in await newcomers.unheard(conn, since, today, self._rules.zone):
            units = (await people_store.get(conn, person_id, today)).units("focal")
            asked = [one for one in await outbox.still_open(conn, units) if self._is_near(one, today)]
            if asked:
                await outbox.ask_today(conn, [one.id for one in asked], today)
                await outbox.put_daily(conn, [person_id], today)

    def _is_near(self, one: Asked, today: date) -> bool:
        """Whether the others have heard of it already, or are about to, and the next word is theirs."""
        if one.is_held(today):
            return False
        first = self._rules.ladders.of(one.kind, one.plan).first
        return one.asked_on is not None or self._rules.days.between(today, one.due_on) <= first
