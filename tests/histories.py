"""Random histories of a plan, made by the deeds: what units say, put off and take back, what the coordinator
decides, what later versions of the plan add, withdraw and move, units that end or join midway."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.extension_replies import Decision
from domain.organisation.people import Person, Role, Seat
from domain.updates import Update
from services.assignments.ask_extension import ExtensionAsked, ask_extension
from services.assignments.decide_extension import decide_extension
from services.assignments.judge_result import confirm, return_
from services.assignments.record_update import record_update
from services.assignments.statement import Recorded, Statement
from services.assignments.undo_update import undo_update
from services.common.rules import Rules
from services.plans.apply_version import apply_version
from services.plans.plan_assignments import go_live
from storage.assignments import assignment_store
from storage.database.schema import duty, duty_unit, plan, reporting_rule, rule_unit, unit
from storage.organisation import unit_store

FIRST = date(2026, 3, 2)
SPAN = 150
"""Days over which a history goes."""
_SAID = (
    Update(state="done", documents=("4/BC-SCT",)),
    Update(state="done"),
    Update(state="nil"),
    Update(state="in_progress", percent=40),
    Update(state="in_progress", percent=0),
    Update(state="not_started"),
    Update(state="in_progress", blocked=True, difficulty="thiếu kinh phí"),
)


@dataclass
class Clauses:
    """What the plan says now: texts with their dates and units; a text without dates is a line of reports."""

    duties: dict[str, tuple[list[date], list[int]]] = field(default_factory=dict)
    rules: dict[str, tuple[list[date], list[int]]] = field(default_factory=dict)


@dataclass
class History:
    """One plan and what becomes of it; everything random comes from `random`."""

    conn: AsyncConnection
    rules: Rules
    random: Random
    today: date = FIRST
    plan_id: int = 0
    content: Clauses = field(default_factory=Clauses)
    units: dict[int, str] = field(default_factory=dict)
    coordinator: int = 0
    versions: int = 0
    last: int | None = None
    """The id of the newest words, that may be taken back."""

    @property
    def now(self) -> datetime:
        """Nine o'clock of the day, in UTC."""
        return datetime.combine(self.today, time(9), self.rules.zone).astimezone(UTC)

    def person(self, role: Role) -> Person:
        """Somebody who may act for every unit."""
        return Person(
            1, "Lê Thu Hằng", "vi", tuple(Seat(id_, name, role) for id_, name in self.units.items())
        )

    async def begin(self) -> None:
        """Enter a plan with some reports and duties, and let it go live."""
        known = await unit_store.ids(self.conn)
        chosen = self.random.sample(sorted(known), 6)
        self.units = {known[name]: name for name in chosen}
        self.coordinator, *others = self.units
        for number in range(self.random.randint(1, 2)):
            dates = sorted(self._day() for _ in range(self.random.randint(1, 3)))
            self.content.rules[f"báo cáo đợt {number}"] = (dates, self._some(others))
        if self.random.random() < 0.3:
            self.content.rules["tổng hợp lên trên"] = ([self._day()], [self.coordinator])
        for number in range(self.random.randint(1, 4)):
            dates = [self._day()] if self.random.random() < 0.6 else []
            self.content.duties[f"nhiệm vụ riêng số {number} về chè"] = (dates, self._some(others))
        self.plan_id = await self._write(None)
        await go_live(self.conn, self.plan_id, FIRST, self.rules)

    def _day(self) -> date:
        return FIRST + timedelta(days=self.random.randint(-20, SPAN))

    def _some(self, units: Sequence[int]) -> list[int]:
        return self.random.sample(list(units), self.random.randint(1, len(units)))

    async def _write(self, amends: int | None) -> int:
        """Enter what the plan says as a draft; return its id."""
        self.versions += 1
        head = {"title": "Kế hoạch thử", "number": "77/KH-UBND", "fingerprint": f"thử {self.versions}"}
        columns = {
            **head,
            "coordinator_id": self.coordinator,
            "imported_at": self.now,
            "amends_id": amends,
            "state": "draft",
        }
        confirms = self.random.random() < 0.4
        added = insert(plan).values(**columns, confirms=confirms).returning(plan.c.id)
        plan_id = int((await self.conn.execute(added)).scalar_one())
        for place, (text, (dates, units)) in enumerate(self.content.duties.items()):
            row = {"plan_id": plan_id, "kind": "duty", "section": f"II.{place + 1}", "place": place}
            row |= {"text": text, "due": _written(dates), "inclusive": self.random.random() < 0.5}
            id_ = (await self.conn.execute(insert(duty).values(row).returning(duty.c.id))).scalar_one()
            rows = [{"duty_id": id_, "unit_id": unit_id, "part": "lead"} for unit_id in units]
            await self.conn.execute(insert(duty_unit), rows)
        for text, (dates, units) in self.content.rules.items():
            row = {"plan_id": plan_id, "section": "III", "who": text, "quote": text, "recurrence": "dates"}
            row |= {"due": _written(dates), "inclusive": self.random.random() < 0.5}
            new = insert(reporting_rule).values(row).returning(reporting_rule.c.id)
            id_ = (await self.conn.execute(new)).scalar_one()
            await self.conn.execute(
                insert(rule_unit), [{"rule_id": id_, "unit_id": unit_id} for unit_id in units]
            )
        return plan_id

    async def step(self) -> None:
        """Let some days pass, and something happen."""
        self.today += timedelta(days=self.random.randint(0, 18))
        ways: tuple[tuple[Callable[[], Awaitable[None]], int], ...] = (
            (self._say, 10),
            (self._take_back, 2),
            (self._put_off, 4),
            (self._judge, 3),
            (self._amend, 3),
            (self._end_a_unit, 1),
        )
        (way,) = self.random.choices([way for way, _ in ways], [weight for _, weight in ways])
        await way()

    async def _owed(self) -> Assignment | None:
        owed = await assignment_store.of_plan(self.conn, self.plan_id)
        near = [
            assignment
            for assignment in owed
            if self.today - assignment.due_on < timedelta(days=20) and not assignment.past
        ]
        return self.random.choice(near or owed) if owed else None

    async def _say(self) -> None:
        for _ in range(self.random.randint(1, 6)):
            if about := await self._owed():
                await self._say_of(about)

    async def _say_of(self, about: Assignment) -> None:
        lines = await assignment_store.report_lines(self.conn, about)
        line = self.random.choice(lines).duty_id if lines and self.random.random() < 0.4 else None
        said_at = self.now - timedelta(days=self.random.choice((0, 0, 0, 2)))
        statement = Statement(
            about,
            line,
            "đã báo",
            self.random.choice(_SAID),
            self.person("focal"),
            self.now,
            self.rules,
            said_at,
        )
        done = await record_update(self.conn, statement)
        self.last = done.progress_id if isinstance(done, Recorded) else self.last

    async def _take_back(self) -> None:
        if self.last is not None:
            by = self.person("focal")
            await undo_update(self.conn, self.last, by=by, now=self.now, rules=self.rules)

    async def _put_off(self) -> None:
        about = await self._owed()
        if about is None:
            return
        until = max(about.due_on, self.today) + timedelta(days=self.random.randint(1, 25))
        facts = {"now": self.now, "rules": self.rules}
        wish = await ask_extension(self.conn, about.id, until, "", by=self.person("focal"), **facts)  # type: ignore[arg-type]  # by name
        if isinstance(wish, ExtensionAsked) and self.random.random() < 0.8:
            decision = Decision(self.random.random() < 0.7)
            await decide_extension(
                self.conn,
                wish.wish_id,
                decision,
                by=self.person("coordinator"),
                now=self.now,
                rules=self.rules,
            )

    async def _judge(self) -> None:
        owed = await assignment_store.of_plan(self.conn, self.plan_id)
        waiting = [assignment for assignment in owed if assignment.state == "submitted"]
        if not waiting:
            return
        by, about = self.person("coordinator"), self.random.choice(waiting)
        if self.random.random() < 0.6:
            await confirm(self.conn, about.id, by=by, now=self.now, rules=self.rules)
        else:
            await return_(self.conn, about.id, "thiếu số liệu", by=by, now=self.now, rules=self.rules)

    async def _amend(self) -> None:
        """Let a later version of the plan take its place: added, withdrawn, moved, asked of others."""
        some = self.random.choice((self.content.duties, self.content.rules))
        text = self.random.choice(list(some))
        dates, units = some[text]
        kind = self.random.choice(("added", "withdrawn", "moved", "units"))
        if kind == "added":
            dates = [self._day()] if self.random.random() < 0.7 else []
            self.content.duties[f"nhiệm vụ thêm {self.versions} về rừng"] = (
                dates,
                self._some(list(self.units)[1:]),
            )
        elif kind == "withdrawn" and len(some) > 1:
            del some[text]
        elif kind == "moved" and dates:
            some[text] = (sorted({*dates[1:], self._day()}), units)
        else:
            some[text] = (dates, self._some(list(self.units)[1:]))
        later = await self._write(self.plan_id)
        await apply_version(self.conn, later, by=None, now=self.now, rules=self.rules, passed_too=True)

    async def _end_a_unit(self) -> None:
        """Merge a unit into another, or split it among two; the plan may say so in a later version."""
        _, ends, *heirs = self.units
        heir = self.random.choice(heirs)
        gone = update(unit).where(unit.c.id == ends)
        await self.conn.execute(gone.values(until=self.today, successor=self.units[heir]))
        others = {heir, self.random.choice(heirs)} if self.random.random() < 0.5 else {heir}
        for some in (self.content.duties, self.content.rules):
            for text, (dates, units) in some.items():
                if ends in units and self.random.random() < 0.5:
                    some[text] = (dates, sorted({*units, *others} - {ends}))
        later = await self._write(self.plan_id)
        await apply_version(self.conn, later, by=None, now=self.now, rules=self.rules, passed_too=True)


def _written(dates: Sequence[date]) -> str:
    return " ".join(date_.isoformat() for date_ in dates)


async def make(conn: AsyncConnection, rules: Rules, seed: int) -> History:
    """Return a history of some steps."""
    history = History(conn, rules, Random(seed))  # noqa: S311 - to be repeated, not to be guessed
    await history.begin()
    for _ in range(history.random.randint(2, 12)):
        await history.step()
    return history
