"""A later version of a plan takes its place: clause by clause, with what is owed for each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Column, Row, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import OPEN, Kind, State, Word, after
from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladder
from domain.plans.periods import period_of
from domain.plans.version_diff import Clause, Pair, match_dates
from storage.database.schema import (
    assignment,
    duty,
    duty_name,
    duty_unit,
    group_member,
    passage,
    plan,
    progress,
    reporting_rule,
    rule_unit,
)
from storage.plans import plan_store
from storage.plans.plan_store import Owed

Turn = Literal["moved", "off", "undated", "back"]
"""What becomes of something that a unit owed: due on another day, called off, told of in the reports without
a date of its own, called for again."""

_SAID: Mapping[str | None, Word] = {"in_progress": "said_in_progress", "not_started": "said_not_started"}

_STAY = ("id", "plan_id", "data_window")
"""What a clause keeps when newer words are written into it: its place, and what its coordinator chose."""


@dataclass(frozen=True, slots=True)
class News:
    """What a unit has to hear of: an assignment, or a line by its `text`; `was` is its old date."""

    unit_id: int
    turn: Turn
    assignment_id: int | None = None
    text: str = ""
    was: date | None = None


class Applying:
    """One application under way: what it has counted, and the assignments that it will make."""

    def __init__(
        self,
        of: int,
        later: int,
        today: date,
        ladder: Callable[[Kind], Ladder],
        days: Workdays,
        unit_ids: dict[str, int],
    ) -> None:
        self.of, self.later, self.today, self.unit_ids = of, later, today, unit_ids
        self.ladder, self.days = ladder, days
        self.owed: list[Owed] = []
        self.news: list[News] = []
        self.moved = self.cancelled = self.back = 0

    async def withdraw(self, conn: AsyncConnection, clause: Clause) -> None:
        """Let a clause go; what was said of it stays on record."""
        table = _table(clause)
        await conn.execute(update(table).where(table.c.id == clause.id).values(withdrawn_on=self.today))
        if clause.kind != "report":
            await conn.execute(delete(duty_unit).where(duty_unit.c.duty_id == clause.id))
        await self._cancel(conn, clause, None, clause.asked)
        self._tell_line(clause, "off", clause.asked)

    async def take_over(self, conn: AsyncConnection, pair: Pair) -> None:
        """Write the newer words, units and dates into the clause that stays."""
        await self._rewrite(conn, pair)
        await self._ask_anew(conn, pair)
        self._tell_line(pair.old, "off", pair.left)

    async def bring_back(self, conn: AsyncConnection, pair: Pair) -> None:
        """Let a clause that was withdrawn stand again, with all that was said of it before."""
        await self._rewrite(conn, pair)
        mine = _column(pair.old) == pair.old.id
        once = set((await conn.execute(select(assignment.c.planned_on).where(mine))).scalars())
        moved = match_dates(once, pair.new.due).moved
        await self._owe(conn, pair.new, pair.old.id, pair.new.asked, pair.new.due, moved)
        self._tell_line(pair.new, "back", pair.new.asked)

    async def _rewrite(self, conn: AsyncConnection, pair: Pair) -> None:
        table = _table(pair.new)
        row = (await conn.execute(select(table).where(table.c.id == pair.new.id))).one()
        words = {key: value for key, value in row._mapping.items() if key not in _STAY}
        await conn.execute(update(table).where(table.c.id == pair.old.id).values(words))
        if pair.new.kind == "report":
            await conn.execute(delete(rule_unit).where(rule_unit.c.rule_id == pair.old.id))
            theirs = rule_unit.c.rule_id == pair.new.id
            await conn.execute(update(rule_unit).where(theirs).values(rule_id=pair.old.id))
        else:
            for named in (duty_unit, duty_name):
                await conn.execute(delete(named).where(named.c.duty_id == pair.old.id))
                theirs = named.c.duty_id == pair.new.id
                await conn.execute(update(named).where(theirs).values(duty_id=pair.old.id))

    async def bring_in(self, conn: AsyncConnection, clause: Clause) -> None:
        """Let a clause of the later version become one of the plan's."""
        table = _table(clause)
        await conn.execute(update(table).where(table.c.id == clause.id).values(plan_id=self.of))
        await self._owe(conn, clause, clause.id, clause.asked, clause.due)

    async def take_head(self, conn: AsyncConnection) -> None:
        """Take the document's head, its passages and its groups, and drop what is left of the draft."""
        row = (await conn.execute(select(plan).where(plan.c.id == self.later))).one()
        await conn.execute(delete(group_member).where(group_member.c.plan_id == self.of))
        groups = group_member.c.plan_id == self.later
        await conn.execute(update(group_member).where(groups).values(plan_id=self.of))
        await conn.execute(delete(passage).where(passage.c.plan_id == self.of))
        await conn.execute(update(passage).where(passage.c.plan_id == self.later).values(plan_id=self.of))
        await plan_store.drop(conn, self.later)
        taken = ("number", "issuer", "title", "issued_on", "period_from", "period_to", "fingerprint")
        head = {key: row._mapping[key] for key in taken}
        if row.coordinator_id is not None:
            head["coordinator_id"] = row.coordinator_id
        await conn.execute(update(plan).where(plan.c.id == self.of).values(head))

    async def _ask_anew(self, conn: AsyncConnection, pair: Pair) -> None:
        dates = match_dates(pair.old.due, pair.new.due)
        stay = pair.old.asked & pair.new.asked
        await self._cancel(conn, pair.old, None, pair.left)
        if dates.gone:
            await self._cancel(conn, pair.old, dates.gone, stay, "off" if pair.new.due else "undated")
        await self._move(conn, pair, dates.moved)
        await self._owe(conn, pair.new, pair.old.id, pair.joined, pair.new.due)
        await self._owe(conn, pair.new, pair.old.id, stay, dates.come)

    async def _cancel(
        self,
        conn: AsyncConnection,
        clause: Clause,
        dates: tuple[date, ...] | None,
        names: Iterable[str],
        turn: Turn = "off",
    ) -> None:
        """Ask no more for a clause on these dates, or on any; what was answered stays as it is."""
        theirs = _column(clause) == clause.id
        asked = assignment.c.unit_id.in_([self.unit_ids[name] for name in names])
        when = [] if dates is None else [assignment.c.planned_on.in_(dates)]
        called_off = await conn.execute(
            update(assignment)
            .where(theirs, asked, assignment.c.state.in_(OPEN), *when)
            .values(state="cancelled", next_nudge_on=None)
            .returning(assignment.c.id, assignment.c.unit_id, assignment.c.due_on, assignment.c.past)
        )
        rows = called_off.all()
        self.cancelled += len(rows)
        self.news += [News(row.unit_id, turn, row.id, was=row.due_on) for row in rows if not row.past]

    async def _move(self, conn: AsyncConnection, pair: Pair, moved: dict[date, date]) -> None:
        """Put what waits to its new day; what is done keeps the day by which it was done or late.

        A later day that was granted stands, unless the plan itself now gives one that is later still.
        """
        rows = await conn.execute(
            select(assignment).where(
                _column(pair.old) == pair.old.id, assignment.c.planned_on.in_(list(moved))
            )
        )
        for row in rows.all():
            planned = moved[row.planned_on]
            values: dict[str, object] = {"planned_on": planned}
            if row.state in OPEN:
                values |= self._placed(pair.new, row, planned, past=row.past)
                self.moved += 1
                if values["due_on"] != row.due_on:
                    self.news.append(News(row.unit_id, "moved", row.id, was=row.due_on))
            await conn.execute(update(assignment).where(assignment.c.id == row.id).values(values))

    def _placed(
        self, clause: Clause, row: Row[tuple[object, ...]], planned: date, *, past: bool
    ) -> dict[str, object]:
        due = max(planned, row.due_on) if row.due_on > row.planned_on else planned
        return {
            "planned_on": planned,
            "due_on": due,
            "period": str(period_of(clause.recurrence, planned)),
            **self._next(clause, due, row.asked_on, past=past),
        }

    def _next(self, clause: Clause, due: date, asked_on: date | None, *, past: bool) -> dict[str, object]:
        if past and due < self.today:
            return {"past": True, "next_nudge_on": None}
        after = self.today if asked_on == self.today else self.today - timedelta(days=1)
        ladder = self.ladder("report" if clause.kind == "report" else "duty")
        return {"past": False, "next_nudge_on": ladder.next_on(due, after, self.days)}

    async def _owe(
        self,
        conn: AsyncConnection,
        clause: Clause,
        clause_id: int,
        names: Iterable[str],
        dates: Iterable[date],
        moved: Mapping[date, date] = MappingProxyType({}),
    ) -> None:
        """Ask units for a clause by dates: anew, or what was called off once; what was answered stays so.

        `moved` tells which date is now in the place of one by which it was asked before.
        """
        wanted = {self.unit_ids[name]: name for name in sorted(names)}
        once = select(assignment).where(_column(clause) == clause_id, assignment.c.unit_id.in_(wanted))
        rows = (await conn.execute(once)).all()
        had = {(row.unit_id, moved.get(row.planned_on, row.planned_on)): row for row in rows}
        for due in dates:
            for unit_id in wanted:
                row = had.get((unit_id, due))
                if row is None:
                    self.owed.append((due, {**self._base(clause, clause_id, due), "unit_id": unit_id}))
                elif row.state == "cancelled":
                    await self._ask_again(conn, clause, row, due)

    def _base(self, clause: Clause, clause_id: int, due: date) -> dict[str, object]:
        of_rule = clause.kind == "report"
        return {
            "plan_id": self.of,
            "rule_id": clause_id if of_rule else None,
            "duty_id": None if of_rule else clause_id,
            "period": str(period_of(clause.recurrence, due)),
        }

    async def _ask_again(
        self, conn: AsyncConnection, clause: Clause, row: Row[tuple[object, ...]], due: date
    ) -> None:
        """Take back that an assignment was called off: it stands where its unit had left it."""
        values = {
            "state": await _stood(conn, row.id),
            **self._placed(clause, row, due, past=row.past or due < self.today),
        }
        await conn.execute(update(assignment).where(assignment.c.id == row.id).values(values))
        self.back += 1
        if not values["past"]:
            self.news.append(News(row.unit_id, "back", row.id))

    def _tell_line(self, clause: Clause, turn: Turn, names: Iterable[str]) -> None:
        """Note what becomes of a duty without a date, which no assignment of its own stands for."""
        if clause.kind != "report" and not clause.due:
            self.news += [News(self.unit_ids[name], turn, text=clause.text) for name in sorted(names)]


async def _stood(conn: AsyncConnection, assignment_id: int) -> State:
    """Return where an assignment stood before it was called off: what the last word on it led to."""
    mine = (progress.c.assignment_id == assignment_id, ~progress.c.undone)
    last = (await conn.execute(select(progress).where(*mine).order_by(progress.c.id.desc()).limit(1))).first()
    if last is None:
        return "not_started"
    if last.kind == "returned":
        return "returned"
    event = _SAID.get(last.state, "said_part") if last.duty_id is None else "said_part"
    stood = after(last.before_state, event, confirms=False)
    return stood if stood in OPEN else "in_progress"


def _table(clause: Clause) -> Table:
    return reporting_rule if clause.kind == "report" else duty


def _column(clause: Clause) -> Column[int]:
    return assignment.c.rule_id if clause.kind == "report" else assignment.c.duty_id
