"""Plans: a draft as it was read, and what it becomes when it goes live."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment_change import Ask
from domain.organisation.register import Unit
from domain.plans.commitments import Commitments
from domain.plans.periods import period_of
from domain.plans.plan import Activity, Duty, Plan, fingerprint
from storage.database.schema import (
    assignment,
    duty,
    duty_name,
    duty_unit,
    group_member,
    plan,
    reporting_rule,
    rule_unit,
    unit,
)
from storage.organisation import unit_store
from storage.plans import draft_steps, passage_store, scan_store
from storage.plans.plan_dates import read_dates, write_dates


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that is kept. `assignments` counts what it asks for; 0 for a draft.

    `amends` is the id of the plan of which this draft is a later version; it never goes live by itself.
    """

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
    amends: int | None = None

    @property
    def name(self) -> str:
        """What people call it: its number, or its title where it has none."""
        return self.number or self.title


@dataclass(frozen=True, slots=True)
class Same:
    """A plan that is kept already; `changed` where the document now says something else.

    Where the same document waits as a later version, `plan` is that draft.
    """

    plan: PlanRow
    changed: bool


_itself = plan.c.amends_id.is_(None)


async def find_same(conn: AsyncConnection, read: Plan) -> Same | None:
    """Return the plan that this reading was entered as, or that bears its number."""
    print_ = fingerprint(read)
    same_number = (plan.c.number == read.head.number) & (plan.c.issuer == read.head.issuer) & _itself
    year = plan.c.issued_on == read.head.issued_on
    row = (
        await conn.execute(select(plan.c.id, plan.c.fingerprint).where(plan.c.fingerprint == print_))
    ).first()
    if row is None and read.head.number:
        row = (await conn.execute(select(plan.c.id, plan.c.fingerprint).where(same_number, year))).first()
    return Same(await get(conn, row.id), row.fingerprint != print_) if row else None


async def add(
    conn: AsyncConnection, read: Plan, asks: Commitments, now: datetime, *, amends: int | None = None
) -> int:
    """Keep a plan as a draft: its lines, rules and groups; return its id.

    `amends` is the plan of which it is a later version, if it is one.
    """
    await unit_store.save(conn, await _unknown(conn, asks))
    unit_ids = await unit_store.ids(conn)
    head, period = read.head, read.head.period or (None, None)
    added = await conn.execute(
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
            amends_id=amends,
        )
        .returning(plan.c.id)
    )
    plan_id = int(added.scalar_one())
    titles = {part.section: part.title for part in reversed(read.parts)}
    await _add_lines(conn, plan_id, asks, unit_ids, titles)
    await _add_rules(conn, plan_id, asks, unit_ids)
    await passage_store.add(conn, plan_id, read.passages)
    await scan_store.add(conn, plan_id, read.scan)
    return plan_id


async def _unknown(conn: AsyncConnection, asks: Commitments) -> list[Unit]:
    known = await unit_store.ids(conn)
    return [one for one in asks.units if one.name not in known]


async def _add_lines(
    conn: AsyncConnection,
    plan_id: int,
    asks: Commitments,
    unit_ids: Mapping[str, int],
    titles: Mapping[str, str],
) -> None:
    for place, line in enumerate(asks.lines):
        activity = isinstance(line.source, Activity)
        added = await conn.execute(
            insert(duty)
            .values(
                plan_id=plan_id,
                kind="activity" if activity else "duty",
                section=line.source.section,
                heading=_heading(line.source, titles),
                place=place,
                text=line.source.text,
                time=line.source.when if isinstance(line.source, Activity) else None,
                due=write_dates(line.due),
                inclusive=line.inclusive,
                passage=line.source.passage,
            )
            .returning(duty.c.id)
        )
        duty_id = added.scalar_one()
        rows = [{"duty_id": duty_id, "unit_id": unit_ids[name], "part": share} for name, share in line.parts]
        if rows:
            await conn.execute(insert(duty_unit), rows)
        others = [{"duty_id": duty_id, "name": name, "part": share} for name, share in line.others]
        if others:
            await conn.execute(insert(duty_name), others)


def _heading(item: Duty | Activity, titles: Mapping[str, str]) -> str:
    """A duty stands under its unit; an activity under the second level of the plan, or the first."""
    if isinstance(item, Duty):
        return item.unit
    steps = item.section.split(".")
    return titles.get(".".join(steps[:2])) or titles.get(steps[0]) or ""


async def _add_rules(
    conn: AsyncConnection, plan_id: int, asks: Commitments, unit_ids: Mapping[str, int]
) -> None:
    for regime in asks.regimes:
        rule = regime.rule
        values: dict[str, object] = {"section": rule.section, "who": rule.who, "to": rule.to, "via": rule.via}
        values |= {"recurrence": rule.recurrence, "quote": rule.quote, "due": write_dates(rule.due)}
        values |= {"inclusive": regime.inclusive, "rrule": regime.recurrence, "passage": rule.passage}
        added = await conn.execute(
            insert(reporting_rule).values(plan_id=plan_id, **values).returning(reporting_rule.c.id)
        )
        await add_reporters(conn, int(added.scalar_one()), [unit_ids[name] for name in regime.units])
    for expansion in asks.expansions:
        members: list[int | None] = [unit_ids[name] for name in expansion.members or ()]
        rows = [
            {"plan_id": plan_id, "expression": expansion.expression, "unit_id": unit_id}
            for unit_id in members or [None]
        ]
        await conn.execute(insert(group_member), rows)


async def add_reporters(conn: AsyncConnection, rule_id: int, unit_ids: Iterable[int]) -> None:
    """Let units report by a rule that has no reporters yet."""
    rows = [{"rule_id": rule_id, "unit_id": unit_id} for unit_id in dict.fromkeys(unit_ids)]
    if rows:
        await conn.execute(insert(rule_unit), rows)


async def set_live(conn: AsyncConnection, plan_id: int, today: date) -> bool:
    """Let a draft be live from `today`; return False, and change nothing, where it is none."""
    made_live = await conn.execute(
        update(plan)
        .where(plan.c.id == plan_id, plan.c.state == "draft", _itself)
        .values(state="live", live_on=today)
    )
    if made_live.rowcount != 1:
        return False
    await draft_steps.forget(conn, plan_id)
    await scan_store.clear(conn, plan_id)
    return True


async def set_recalled(conn: AsyncConnection, plan_id: int, reason: str, today: date) -> None:
    """Let a plan be recalled, and drop a later version that waits for it."""
    waiting = await later_version(conn, plan_id)
    if waiting is not None:
        await drop(conn, waiting)
    values = {"state": "recalled", "recalled_on": today, "recall_reason": reason}
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(values))


async def asks(conn: AsyncConnection, plan_id: int) -> list[Ask]:
    """Return what a plan asks of each unit by each date: its reports, then its dated duties."""
    return [*await _reports_due(conn, plan_id), *await _duties_due(conn, plan_id)]


async def _reports_due(conn: AsyncConnection, plan_id: int) -> list[Ask]:
    rules = (await conn.execute(select(reporting_rule).where(reporting_rule.c.plan_id == plan_id))).all()
    reports_due: list[Ask] = []
    for rule in rules:
        reporters = select(rule_unit.c.unit_id).where(rule_unit.c.rule_id == rule.id).order_by(rule_unit.c.id)
        unit_ids = (await conn.execute(reporters)).scalars().all()
        dates = read_dates(rule.due)
        for due in dates:
            period = period_of(rule.recurrence, due)
            reports_due += [
                Ask(
                    unit_id,
                    due,
                    period,
                    plan_id,
                    rule_id=rule.id,
                    inclusive=rule.inclusive,
                    asks_past=rule.asks_past and due == dates[-1],
                )
                for unit_id in unit_ids
            ]
    return reports_due


async def _duties_due(conn: AsyncConnection, plan_id: int) -> list[Ask]:
    rows = await conn.execute(
        select(duty.c.id, duty.c.due, duty.c.inclusive, duty.c.asks_past, duty_unit.c.unit_id)
        .join(duty_unit, duty_unit.c.duty_id == duty.c.id)
        .where(duty.c.plan_id == plan_id, duty.c.due != "", duty_unit.c.part != "partner")
        .order_by(duty.c.place)
    )
    return [
        Ask(
            row.unit_id,
            due,
            period_of("once", due),
            plan_id,
            duty_id=row.id,
            inclusive=row.inclusive,
            asks_past=row.asks_past and due == read_dates(row.due)[-1],
        )
        for row in rows
        for due in read_dates(row.due)
    ]


@dataclass(frozen=True, slots=True)
class AskedUnits:
    """The units that a live plan asks, and how many of its assignments were past when it went live."""

    units: tuple[int, ...]
    past: int


async def asked_units(conn: AsyncConnection, plan_id: int) -> AskedUnits:
    """Return whom a plan asks."""
    rows = await conn.execute(
        select(assignment.c.unit_id, assignment.c.past).where(assignment.c.plan_id == plan_id)
    )
    all_rows = rows.all()
    return AskedUnits(
        tuple(dict.fromkeys(row.unit_id for row in all_rows)), sum(row.past for row in all_rows)
    )


async def left_open(conn: AsyncConnection, plan_id: int) -> tuple[str, ...]:
    """Return the expressions of a plan that were taken to mean nobody."""
    is_open = (group_member.c.plan_id == plan_id, group_member.c.unit_id.is_(None))
    rows = await conn.execute(select(group_member.c.expression).where(*is_open).order_by(group_member.c.id))
    return tuple(rows.scalars())


async def give_to(conn: AsyncConnection, plan_id: int, unit_id: int) -> None:
    """Let a unit coordinate a plan that names nobody who does."""
    await conn.execute(update(plan).where(plan.c.id == plan_id).values(coordinator_id=unit_id))


async def drop(conn: AsyncConnection, plan_id: int) -> bool:
    """Throw a draft away; a live plan stays, and False is returned."""
    draft = await conn.execute(select(plan.c.id).where(plan.c.id == plan_id, plan.c.state == "draft"))
    if draft.first() is None:
        return False
    lines = select(duty.c.id).where(duty.c.plan_id == plan_id)
    await conn.execute(delete(duty_unit).where(duty_unit.c.duty_id.in_(lines)))
    for table in (duty, reporting_rule, group_member):
        await conn.execute(delete(table).where(table.c.plan_id == plan_id))
    await conn.execute(delete(plan).where(plan.c.id == plan_id))
    return True


async def get(conn: AsyncConnection, plan_id: int) -> PlanRow:
    """Return a plan by id. Raises LookupError."""
    row = await find(conn, plan_id)
    if row is None:
        raise LookupError(f"no plan {plan_id}")
    return row


async def find(conn: AsyncConnection, plan_id: int) -> PlanRow | None:
    """Return a plan by id; None where there is none."""
    rows = (await conn.execute(_rows().where(plan.c.id == plan_id))).all()
    return _row(rows[0]) if rows else None


async def later_version(conn: AsyncConnection, plan_id: int) -> int | None:
    """Return the id of the draft that waits to amend a plan."""
    result = await conn.execute(select(plan.c.id).where(plan.c.amends_id == plan_id))
    return result.scalars().first()


async def waiting_versions(conn: AsyncConnection, plan_ids: Iterable[int]) -> tuple[PlanRow, ...]:
    """Return the later versions that wait to be applied to plans."""
    return tuple(map(_row, await conn.execute(_rows().where(plan.c.amends_id.in_(list(plan_ids))))))


async def listing(conn: AsyncConnection, coordinators: Iterable[int] | None = None) -> tuple[PlanRow, ...]:
    """Return all plans, or those that one of the units coordinates, the newest first.

    A later version that waits to be applied is none of its own.
    """
    query = _rows().where(_itself)
    if coordinators is not None:
        query = query.where(plan.c.coordinator_id.in_(list(coordinators)))
    return tuple(map(_row, await conn.execute(query)))


def _rows() -> Select[tuple[object, ...]]:
    counted = (  # of each plan that is asked for: a join would count those of all plans first
        select(func.count())
        .where(assignment.c.plan_id == plan.c.id, assignment.c.state != "cancelled")
        .scalar_subquery()
    )
    return (
        select(plan, unit.c.name.label("coordinator"), counted.label("n"))
        .outerjoin(unit, unit.c.id == plan.c.coordinator_id)
        .order_by(plan.c.id.desc())
    )


def _row(row: Row[tuple[object, ...]]) -> PlanRow:
    return PlanRow(
        id=row.id,
        number=row.number,
        title=row.title,
        issuer=row.issuer,
        issued_on=row.issued_on,
        period_to=row.period_to,
        coordinator_id=row.coordinator_id,
        coordinator=row.coordinator,
        state=row.state,
        assignments=row.n,
        amends=row.amends_id,
    )
