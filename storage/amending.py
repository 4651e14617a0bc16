"""A later version of a live plan: kept beside it as a draft, compared with it, applied to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Column, ColumnElement, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.amending import Changes, Clause, Pair, compare, match_dates
from domain.assignments import OPEN, Kind
from domain.commitments import Commitments
from domain.ladder import Ladder, Ladders
from domain.periods import period_of
from domain.plan import Plan
from domain.workdays import Workdays
from storage import plans, units
from storage.clauses import clauses
from storage.plans import Owed
from storage.schema import assignment, duty, duty_name, duty_unit, group_member, plan, reporting_rule

_STAY = ("id", "plan_id", "data_window")
"""What a clause keeps when newer words are written into it: its place, and what its coordinator chose."""


@dataclass(frozen=True, slots=True)
class Applied:
    """How many assignments a later version made, put to another day, and called off."""

    new: int
    moved: int
    cancelled: int


async def propose(work: AsyncConnection, of: int, read: Plan, asks: Commitments, now: datetime) -> int:
    """Keep a later version of the live plan `of` as a draft, instead of any that waits; return its id."""
    waiting = await plans.later_version(work, of)
    if waiting is not None:
        await plans.drop(work, waiting)
    return await plans.add(work, read, asks, now, amends=of)


async def changes(work: AsyncConnection, later: int) -> Changes:
    """Tell what the later version would change in its plan as that stands now."""
    of = (await plans.get(work, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    return compare(await clauses(work, of), await clauses(work, later))


async def apply(work: AsyncConnection, later: int, today: date, ladders: Ladders, days: Workdays) -> Applied:
    """Let the later version take its plan's place; the draft is gone afterwards.

    Clauses that stay keep their ids, and so all that was said of them. Whatever is done stays done; what is
    no longer asked for is cancelled; what is new and was due before `today` is past.
    """
    row = await plans.get(work, later)
    if row.amends is None:
        raise LookupError(f"plan {later} amends none")
    found = await changes(work, later)
    ladder = partial(ladders.of, plan=row.name)
    deed = _Applying(row.amends, later, today, ladder, days, await units.ids(work))
    for clause in found.removed:
        await deed.withdraw(work, clause)
    for pair in (*found.kept, *found.changed):
        await deed.take_over(work, pair)
    for clause in found.added:
        await deed.bring_in(work, clause)
    await deed.take_head(work)
    await plans.ask(work, deed.owed, today, ladder, days)
    return Applied(len(deed.owed), deed.moved, deed.cancelled)


class _Applying:
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
        self.moved = self.cancelled = 0

    async def withdraw(self, work: AsyncConnection, clause: Clause) -> None:
        """Let a clause go; what was said of it stays on record."""
        table = _table(clause)
        await work.execute(update(table).where(table.c.id == clause.id).values(withdrawn_on=self.today))
        if clause.kind != "report":
            await work.execute(delete(duty_unit).where(duty_unit.c.duty_id == clause.id))
        await self._cancel(work, clause, None, clause.asked)

    async def take_over(self, work: AsyncConnection, pair: Pair) -> None:
        """Write the newer words, units and dates into the clause that stays."""
        table = _table(pair.new)
        row = (await work.execute(select(table).where(table.c.id == pair.new.id))).one()
        words = {key: value for key, value in row._mapping.items() if key not in _STAY}
        await work.execute(update(table).where(table.c.id == pair.old.id).values(words))
        if pair.new.kind == "report":
            old, new = f"rule:{pair.old.id}", f"rule:{pair.new.id}"
            await work.execute(delete(group_member).where(*_members(self.of, old)))
            await work.execute(
                update(group_member).where(*_members(self.later, new)).values(plan_id=self.of, expression=old)
            )
        else:
            for named in (duty_unit, duty_name):
                await work.execute(delete(named).where(named.c.duty_id == pair.old.id))
                theirs = named.c.duty_id == pair.new.id
                await work.execute(update(named).where(theirs).values(duty_id=pair.old.id))
        await self._ask_anew(work, pair)

    async def bring_in(self, work: AsyncConnection, clause: Clause) -> None:
        """Let a clause of the later version become one of the plan's."""
        table = _table(clause)
        await work.execute(update(table).where(table.c.id == clause.id).values(plan_id=self.of))
        if clause.kind == "report":
            theirs = _members(self.later, f"rule:{clause.id}")
            await work.execute(update(group_member).where(*theirs).values(plan_id=self.of))
        self._owe(clause, clause.id, clause.asked, clause.due)

    async def take_head(self, work: AsyncConnection) -> None:
        """Take the document's head and its groups, and drop what is left of the draft."""
        row = (await work.execute(select(plan).where(plan.c.id == self.later))).one()
        mine = (group_member.c.plan_id == self.of, ~group_member.c.expression.startswith("rule:"))
        await work.execute(delete(group_member).where(*mine))
        groups = (group_member.c.plan_id == self.later, ~group_member.c.expression.startswith("rule:"))
        await work.execute(update(group_member).where(*groups).values(plan_id=self.of))
        await plans.drop(work, self.later)
        taken = ("number", "issuer", "title", "issued_on", "period_from", "period_to", "fingerprint")
        head = {key: row._mapping[key] for key in taken}
        if row.coordinator_id is not None:
            head["coordinator_id"] = row.coordinator_id
        await work.execute(update(plan).where(plan.c.id == self.of).values(head))

    async def _ask_anew(self, work: AsyncConnection, pair: Pair) -> None:
        dates = match_dates(pair.old.due, pair.new.due)
        stay = pair.old.asked & pair.new.asked
        await self._cancel(work, pair.old, None, pair.left)
        if dates.gone:
            await self._cancel(work, pair.old, dates.gone, stay)
        await self._move(work, pair, dates.moved)
        self._owe(pair.new, pair.old.id, pair.joined, pair.new.due)
        self._owe(pair.new, pair.old.id, stay, dates.come)

    async def _cancel(
        self, work: AsyncConnection, clause: Clause, dates: tuple[date, ...] | None, names: Iterable[str]
    ) -> None:
        """Ask no more for a clause on these dates, or on any; what was answered stays as it is."""
        theirs = _column(clause) == clause.id
        asked = assignment.c.unit_id.in_([self.unit_ids[name] for name in names])
        when = [] if dates is None else [assignment.c.planned_on.in_(dates)]
        called_off = await work.execute(
            update(assignment)
            .where(theirs, asked, assignment.c.state.in_(OPEN), *when)
            .values(state="cancelled", next_nudge_on=None)
        )
        self.cancelled += called_off.rowcount

    async def _move(self, work: AsyncConnection, pair: Pair, moved: dict[date, date]) -> None:
        """Put what waits to its new day; what is done keeps the day by which it was done or late.

        A later day that was granted stands, unless the plan itself now gives one that is later still.
        """
        rows = await work.execute(
            select(assignment).where(
                _column(pair.old) == pair.old.id, assignment.c.planned_on.in_(list(moved))
            )
        )
        for row in rows.all():
            planned = moved[row.planned_on]
            values: dict[str, object] = {"planned_on": planned}
            if row.state in OPEN:
                due = max(planned, row.due_on) if row.due_on > row.planned_on else planned
                values |= {"due_on": due, "period": str(period_of(pair.new.recurrence, planned))}
                values |= self._next(pair.new, due, row.asked_on, past=row.past)
                self.moved += 1
            await work.execute(update(assignment).where(assignment.c.id == row.id).values(values))

    def _next(self, clause: Clause, due: date, asked_on: date | None, *, past: bool) -> dict[str, object]:
        if past and due < self.today:
            return {"past": True, "next_nudge_on": None}
        after = self.today if asked_on == self.today else self.today - timedelta(days=1)
        ladder = self.ladder("report" if clause.kind == "report" else "duty")
        return {"past": False, "next_nudge_on": ladder.next_on(due, after, self.days)}

    def _owe(self, clause: Clause, clause_id: int, names: Iterable[str], dates: Iterable[date]) -> None:
        of_rule = clause.kind == "report"
        for due in dates:
            base = {
                "plan_id": self.of,
                "rule_id": clause_id if of_rule else None,
                "duty_id": None if of_rule else clause_id,
                "period": str(period_of(clause.recurrence, due)),
            }
            self.owed += [(due, {**base, "unit_id": self.unit_ids[name]}) for name in sorted(names)]


def _table(clause: Clause) -> Table:
    return reporting_rule if clause.kind == "report" else duty


def _column(clause: Clause) -> Column[int]:
    return assignment.c.rule_id if clause.kind == "report" else assignment.c.duty_id


def _members(plan_id: int, expression: str) -> tuple[ColumnElement[bool], ...]:
    return group_member.c.plan_id == plan_id, group_member.c.expression == expression
