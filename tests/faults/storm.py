"""Years in the life of an installation whose program is killed again and again, at any moment.

Its clock is wrong now and then, by up to two days, and the Bot API server fails now and then: it cuts the
line after it has accepted a message, answers 502, answers garbage. After some kills the program may finish;
then everybody who was to be asked must have been, and whoever was asked twice must have a reason.
"""

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.app.wiring import load_days
from domain.common.workdays import Workdays
from tests.botapi import Fault, User
from tests.e2e.inside import number, query
from tests.e2e.kit import Office, Running

FROM, PEOPLE, LIVES, FURTHEST = date(2026, 6, 1), 12, 8, 20
"""The first day; how many are asked; kills between two days on which the program may finish; how far these
lie apart at most, in days."""
JUMP = timedelta(days=2)
MONTHS = 40
PATIENCE = 120.0


@dataclass
class Storm:
    """One installation in the storm; `chance` decides everything."""

    office: Office
    chance: random.Random
    days: Workdays = field(default_factory=load_days)
    day: date = FROM
    kills: int = 0
    crowd: list[User] = field(default_factory=list)
    excused: Counter[int] = field(default_factory=Counter)
    """By chat: how many messages were accepted whose sender died, or was not told so."""
    put_off: set[int] = field(default_factory=set)
    """Chats for which a program that was days ahead has left a message: it goes out when its day comes."""
    where: Counter[str] = field(default_factory=Counter)
    """What a kill interrupted, as the database tells it."""

    def begin(self) -> None:
        """Let some people owe a report each month for years."""
        units = query(
            self.office,
            "SELECT DISTINCT unit.name, unit.id FROM assignment JOIN unit ON unit.id = unit_id"
            " WHERE rule_id IS NOT NULL ORDER BY unit.id LIMIT ?",
            str(PEOPLE),
        )
        self.crowd = self.office.seats({3001 + n: (str(name), "focal") for n, (name, _) in enumerate(units)})
        for month in range(MONTHS):
            due = date(FROM.year + (FROM.month + month) // 12, (FROM.month + month) % 12 + 1, 15)
            self._owe(due)

    def _owe(self, due: date) -> None:
        columns = "plan_id, rule_id, unit_id, period, planned_on, due_on, last_on, next_nudge_on"
        change(
            self.office,
            f"INSERT INTO assignment ({columns}) SELECT plan_id, rule_id, unit_id, ?, ?, ?, ?, ?"  # noqa: S608 - ours
            " FROM assignment WHERE rule_id IS NOT NULL GROUP BY unit_id",
            (f"month-{due.year}-{due.month}", *[str(due)] * 3, str(due - timedelta(days=9))),
        )

    def rage(self, kills: int) -> None:
        """Kill so many times; look each time that the program was let to finish. Raises AssertionError."""
        while self.kills < kills:
            self.day += timedelta(days=self.chance.randrange(1, FURTHEST))
            self.day = self.days.on_or_after(self.day)
            waited = due_by(self.office, self.day) | self.put_off
            began = time.monotonic()
            for _ in range(LIVES):
                self._life()
            self._finish()
            self._check(waited, began)

    def _life(self) -> None:
        """Start the program, at a wrong time perhaps, amid faults perhaps, and kill it."""
        off = self.chance.choice([timedelta(0)] * 3 + [JUMP, -JUMP, JUMP / 2])
        before = self._unmarked()
        with faults(self.office, self.chance):
            polls, log = self.office.polls(), self.office.api.log.requests
            one = self.office.begins("run", as_of=f"{self.day + off}T08:00+07:00")
            calls = len(log) + self.chance.randrange(1, 4 + PEOPLE)
            self._until(one, lambda: self.office.polls() > polls)
            if self.chance.random() < 0.5:
                self._until(one, lambda: len(log) >= calls, within=1.5)
            time.sleep(self.chance.uniform(0, 0.4) * self.chance.random())
            one.kill()
        self.kills += 1
        self.excused += self._unmarked() - before
        self.where[self._interrupted()] += 1

    def _until(self, running: Running, condition: Callable[[], bool], within: float = 30.0) -> None:
        end = time.monotonic() + within
        while not condition() and time.monotonic() < end:
            assert running.status is None, running.err
            time.sleep(0.005)

    def _interrupted(self) -> str:
        claimed = number(self.office, "SELECT count(*) FROM outgoing WHERE state = 'claimed'")
        waiting = number(self.office, "SELECT count(*) FROM outgoing WHERE state = 'pending'")
        return "sending" if claimed else "sweeping or claiming" if waiting else "at rest"

    def _finish(self) -> None:
        before = self._unmarked()
        left = "SELECT count(*) FROM outgoing WHERE state IN ('pending', 'claimed') AND day <= ?"
        with self.office.running(f"{self.day}T08:30+07:00", speed=60) as one:
            self.office.waits_for(
                lambda: not due_by(self.office, self.day) and number(self.office, left, str(self.day)) == 0,
                one,
                within=PATIENCE,
            )
        self.excused += self._unmarked() - before

    def _check(self, waited: set[int], began: float) -> None:
        """Whoever was due has heard; nobody more often than there is an excuse for; the file is whole."""
        office = self.office
        heard = {sent.chat for sent in office.api.log.sends if sent.at >= began}
        told = chats(office, SHOWN)
        self.put_off = chats(office, LATER, str(self.day)) & (waited - heard)
        told |= self.put_off
        assert waited - heard - told == set(), f"{self.day}: not asked"
        lost = query(
            office,
            "SELECT id FROM outgoing WHERE state IN ('failed', 'unsure') AND coalesce(why, '') = ''",
        )
        assert lost == []
        known = Counter({int(str(chat)): int(str(n)) for chat, n in query(office, SENT)})
        accepted = Counter({user.id: len(office.api.accepted(user.id)) for user in self.crowd})
        assert not known - accepted, "marked as sent, and never accepted"
        assert not accepted - known - self.excused, f"{self.day}: asked twice, and why?"
        assert query(office, "PRAGMA integrity_check") == [("ok",)]

    def _unmarked(self) -> Counter[int]:
        """Return by chat how many messages were accepted beyond those that the program knows of."""
        sent = Counter({int(str(chat)): int(str(n)) for chat, n in query(self.office, SENT)})
        return Counter({user.id: len(self.office.api.accepted(user.id)) for user in self.crowd}) - sent


SENT = "SELECT chat, count(*) FROM outgoing WHERE state = 'sent' GROUP BY chat"
_CHATS = "SELECT DISTINCT account.chat FROM outgoing JOIN account USING (person_id) WHERE "
SHOWN = _CHATS + "state IN ('failed', 'unsure')"
LATER = _CHATS + "state = 'pending' AND day > ?"


def due_by(office: Office, day: date) -> set[int]:
    """Return the chats of those whose unit has come to a rung by a day."""
    return chats(
        office,
        "SELECT DISTINCT account.chat FROM assignment JOIN membership USING (unit_id)"
        " JOIN account USING (person_id) WHERE next_nudge_on <= ?",
        str(day),
    )


def chats(office: Office, sql: str, *values: str) -> set[int]:
    """Return the chats that a question brings."""
    return {int(str(chat)) for (chat,) in query(office, sql, *values)}


def change(office: Office, sql: str, values: Sequence[str]) -> None:
    """Write into an installation's database while nothing runs."""
    with closing(sqlite3.connect(office.database)) as connection, connection:
        connection.execute(sql, tuple(values))


@contextmanager
def faults(office: Office, chance: random.Random) -> Iterator[None]:
    """Let the server fail now and then, for the length of a block."""
    api, what, few = office.api.faults, "sendMessage", chance.randrange(1, 4)
    kinds: list[Callable[[], Fault]] = [
        lambda: api.drop_after(times=few, method=what),
        lambda: api.drop_before(times=few, method=what),
        lambda: api.fail(502, accepted=True, times=1, method=what),
        lambda: api.fail(503, html=False, times=few, method=what),
        lambda: api.garble(times=1, method=what),
        lambda: api.flood(1, times=1, method=what),
    ]
    with ExitStack() as stack:
        stack.enter_context(api.delay(chance.uniform(0, 0.06), accepted=True, method=what))
        for kind in kinds:
            if chance.random() < 1 / len(kinds):
                stack.enter_context(kind())
        yield
