"""Plans: a draft as it was read, and what it becomes when it goes live."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.commitments import Commitments
from domain.ladder import Ladder
from domain.periods import period_of
from domain.plan import Activity, Duty, Plan, fingerprint
from domain.units import Unit
from domain.workdays import Workdays
from storage import units
from storage.schema import (
    assignment,
    duty,
    duty_unit,
    group_member,
    plan,
    reporting_rule,
    unit,
)

_Owed = tuple[date, dict[str, object]]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that is kept. `assignments` counts what it asks for; 0 for a draft."""

    id: int
    number: str | None
    title: str
    issuer: str | None
    issued_on: date | None
    period_to: date | None
    coordinator_id: int | None
    coordinator: str | None
    state: str
    assignments: int = 0

    @property
    def name(self) -> str:
        """What people call it: its number, or its title where it has none."""
        return self.number or self.title


@dataclass(frozen=True, slots=True)
class Same:
    """A plan that is kept already; `changed` where the document now says something else."""

    plan: PlanRow
    changed: bool


async def find_same(work: AsyncConnection, read: Plan) -> Same | None:
    """Return the plan that this reading was entered as, or that bears its number."""
    print_ = fingerprint(read)
    named = (plan.c.number == read.head.number) & (plan.c.issuer == read.head.issuer)
    year = plan.c.issued_on == read.head.issued_on
    found = (
        await work.execute(select(plan.c.id, plan.c.fingerprint).where(plan.c.fingerprint == print_))
    ).first()
    if found is None and read.head.number:
        found = (await work.execute(select(plan.c.id, plan.c.fingerprint).where(named, year))).first()
    return Same(await get(work, found.id), found.fingerprint != print_) if found else None


async def add(work: AsyncConnection, read: Plan, asks: Commitments, now: datetime) -> int:
    """Keep a plan as a draft: its lines, rules and groups; return its id."""
    await units.save(work, await _unknown(work, asks))
    unit_ids = await units.ids(work)
    head, period = read.head, read.head.period or (None, None)
    added = await work.execute(
        insert(plan)
        .values(
            number=head.number,
            issuer=head.issuer,
            title=head.title,
            issued_on=head.issued_on,
            period_from=period[0],
            period_to=period[1],
            coordinator_id=unit_ids.get(asks.coordinator or ""),
            state="draft",
            fingerprint=fingerprint(read),
            imported_at=now,
        )
        .returning(plan.c.id)
    )
    plan_id = int(added.scalar_one())
    titles = {part.section: part.title for part in reversed(read.parts)}
    await _add_lines(work, plan_id, asks, unit_ids, titles)
    await _add_rules(work, plan_id, asks, unit_ids)
    return plan_id


async def _unknown(work: AsyncConnection, asks: Commitments) -> list[Unit]:
    known = await units.ids(work)
    return [one for one in asks.units if one.name not in known]


async def _add_lines(
    work: AsyncConnection,
    plan_id: int,
    asks: Commitments,
    unit_ids: Mapping[str, int],
    titles: Mapping[str, str],
) -> None:
    for place, line in enumerate(asks.lines):
        activity = isinstance(line.source, Activity)
        added = await work.execute(
            insert(duty)
            .values(
                plan_id=plan_id,
                kind="activity" if activity else "duty",
                section=line.source.section,
                heading=_heading(line.source, titles),
                place=place,
                text=line.source.text,
                time=line.source.when if isinstance(line.source, Activity) else None,
                due=_write_dates(line.due),
            )
            .returning(duty.c.id)
        )
        duty_id = added.scalar_one()
        rows = [{"duty_id": duty_id, "unit_id": unit_ids[name], "part": share} for name, share in line.parts]
        if rows:
            await work.execute(insert(duty_unit), rows)


def _heading(item: Duty | Activity, titles: Mapping[str, str]) -> str:
    """A duty stands under its unit; an activity under the second level of the plan, or the first."""
    if isinstance(item, Duty):
        return item.unit
    steps = item.section.split(".")
    return titles.get(".".join(steps[:2])) or titles.get(steps[0]) or ""


async def _add_rules(
    work: AsyncConnection, plan_id: int, asks: Commitments, unit_ids: Mapping[str, int]
) -> None:
    for regime in asks.regimes:
        rule = regime.rule
        values = {"section": rule.section, "who": rule.who, "to": rule.to, "via": rule.via}
        values |= {"recurrence": rule.recurrence, "quote": rule.quote, "due": _write_dates(rule.due)}
        added = await work.execute(
            insert(reporting_rule).values(plan_id=plan_id, **values).returning(reporting_rule.c.id)
        )
        rule_id = added.scalar_one()
        await _add_members(work, plan_id, f"rule:{rule_id}", [unit_ids[name] for name in regime.units])
    for expansion in asks.expansions:
        members = None if expansion.members is None else [unit_ids[name] for name in expansion.members]
        await _add_members(work, plan_id, expansion.expression, members)


async def _add_members(
    work: AsyncConnection, plan_id: int, expression: str, members: Sequence[int] | None
) -> None:
    asked: list[int | None] = list(members or ()) or [None]
    rows = [{"plan_id": plan_id, "expression": expression, "unit_id": one} for one in asked]
    await work.execute(insert(group_member), rows)


async def go_live(work: AsyncConnection, plan_id: int, today: date, ladder: Ladder, days: Workdays) -> int:
    """Make a draft's assignments and start asking; return how many there are. A live plan is left alone.

    What was due before `today` is marked past and never asked for.
    """
    made_live = await work.execute(
        update(plan).where(plan.c.id == plan_id, plan.c.state == "draft").values(state="live", live_on=today)
    )
    if made_live.rowcount != 1:
        return 0
    rows = [*await _reports_due(work, plan_id), *await _duties_due(work, plan_id)]
    yesterday = date.fromordinal(today.toordinal() - 1)
    owed = [
        {
            **row,
            "past": due < today,
            "next_nudge_on": None if due < today else ladder.next_on(due, yesterday, days),
        }
        for due, row in rows
    ]
    if owed:
        await work.execute(insert(assignment), owed)
    return len(owed)


async def _reports_due(work: AsyncConnection, plan_id: int) -> list[_Owed]:
    rules = (await work.execute(select(reporting_rule).where(reporting_rule.c.plan_id == plan_id))).all()
    rows: list[_Owed] = []
    for rule in rules:
        mine = (group_member.c.plan_id == plan_id, group_member.c.expression == f"rule:{rule.id}")
        members = (await work.execute(select(group_member.c.unit_id).where(*mine))).scalars().all()
        for due in _read_dates(rule.due):
            base = {"plan_id": plan_id, "rule_id": rule.id, "duty_id": None, "due_on": due}
            base["period"] = str(period_of(rule.recurrence, due))
            rows += [(due, {**base, "unit_id": unit_id}) for unit_id in members if unit_id is not None]
    return rows


async def _duties_due(work: AsyncConnection, plan_id: int) -> list[_Owed]:
    found = await work.execute(
        select(duty.c.id, duty.c.due, duty_unit.c.unit_id)
        .join(duty_unit, duty_unit.c.duty_id == duty.c.id)
        .where(duty.c.plan_id == plan_id, duty.c.due != "", duty_unit.c.part != "partner")
        .order_by(duty.c.place)
    )
    return [
        (
            due,
            {"plan_id": plan_id, "rule_id": None, "duty_id": row.id, "unit_id": row.unit_id, "due_on": due}
            | {"period": str(period_of("once", due))},
        )
        for row in found
        for due in _read_dates(row.due)
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """The units that a live plan asks, and how many of its assignments were past when it went live."""

    units: tuple[int, ...]
    past: int


async def asked_units(work: AsyncConnection, plan_id: int) -> Asked:
    """Return whom a plan asks."""
    rows = await work.execute(
        select(assignment.c.unit_id, assignment.c.past).where(assignment.c.plan_id == plan_id)
    )
    found = rows.all()
    return Asked(tuple(dict.fromkeys(row.unit_id for row in found)), sum(row.past for row in found))


async def left_open(work: AsyncConnection, plan_id: int) -> tuple[str, ...]:
    """Return the expressions of a plan that were taken to mean nobody."""
    mine = (group_member.c.plan_id == plan_id, group_member.c.unit_id.is_(None))
    rows = await work.execute(
        select(group_member.c.expression)
        .where(*mine, ~group_member.c.expression.startswith("rule:"))
        .order_by(group_member.c.id)
    )
    return tuple(rows.scalars())


async def give_to(work: AsyncConnection, plan_id: int, unit_id: int) -> None:
    """Let a unit coordinate a plan that names nobody who does."""
    await work.execute(update(plan).where(plan.c.id == plan_id).values(coordinator_id=unit_id))


async def drop(work: AsyncConnection, plan_id: int) -> bool:
    """Throw a draft away; a live plan stays, and False is returned."""
    draft = await work.execute(select(plan.c.id).where(plan.c.id == plan_id, plan.c.state == "draft"))
    if draft.first() is None:
        return False
    lines = select(duty.c.id).where(duty.c.plan_id == plan_id)
    await work.execute(delete(duty_unit).where(duty_unit.c.duty_id.in_(lines)))
    for table in (duty, reporting_rule, group_member):
        await work.execute(delete(table).where(table.c.plan_id == plan_id))
    await work.execute(delete(plan).where(plan.c.id == plan_id))
    return True


async def get(work: AsyncConnection, plan_id: int) -> PlanRow:
    """Return a plan by id."""
    return next(row for row in await listing(work) if row.id == plan_id)


async def listing(work: AsyncConnection, coordinators: Iterable[int] | None = None) -> tuple[PlanRow, ...]:
    """Return all plans, or those that one of the units coordinates, the newest first."""
    counts = (
        select(assignment.c.plan_id, func.count().label("n"))
        .group_by(assignment.c.plan_id)
        .subquery("counts")
    )
    query = (
        select(plan, unit.c.name.label("coordinator"), counts.c.n)
        .outerjoin(unit, unit.c.id == plan.c.coordinator_id)
        .outerjoin(counts, counts.c.plan_id == plan.c.id)
        .order_by(plan.c.id.desc())
    )
    if coordinators is not None:
        query = query.where(plan.c.coordinator_id.in_(list(coordinators)))
    return tuple(
        PlanRow(
            id=row.id,
            number=row.number,
            title=row.title,
            issuer=row.issuer,
            issued_on=row.issued_on,
            period_to=row.period_to,
            coordinator_id=row.coordinator_id,
            coordinator=row.coordinator,
            state=row.state,
            assignments=row.n or 0,
        )
        for row in await work.execute(query)
    )


def _write_dates(dates: Iterable[date]) -> str:
    return " ".join(day.isoformat() for day in dates)


def _read_dates(words: str) -> list[date]:
    return [date.fromisoformat(word) for word in words.split()]
