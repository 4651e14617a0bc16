"""A draft as its coordinator looks it through: its rows, and the changes that a correction makes to them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, CompoundSelect, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold
from domain.organisation.register import Unit
from domain.plans.commitments import Part
from domain.plans.draft import Draft, OpenGroup, Row
from storage.database.dialect import insert as upsert
from storage.database.schema import (
    assignment,
    duty,
    duty_name,
    duty_unit,
    group_member,
    invite,
    membership,
    plan,
    reporting_rule,
    rule_unit,
    settled,
    unit,
)
from storage.organisation import unit_store
from storage.plans import passage_store
from storage.plans.plan_dates import read_dates
from storage.plans.plan_store import add_reporters


async def load(conn: AsyncConnection, plan_id: int, today: date) -> Draft:
    """Return a plan's rows in the order of the document, its reporting rules last.

    A plan without a period is taken to be for the year of its date, or of `today`.
    """
    head = (await conn.execute(select(plan).where(plan.c.id == plan_id))).one()
    names = {unit_id: name for name, unit_id in (await unit_store.ids(conn)).items()}
    year = (head.issued_on or today).year
    open_ = select(group_member).where(group_member.c.plan_id == plan_id, group_member.c.unit_id.is_(None))
    return Draft(
        plan_id=plan_id,
        period=(head.period_from or date(year, 1, 1), head.period_to or date(year, 12, 31)),
        coordinator=names.get(head.coordinator_id),
        rows=(*await _lines(conn, plan_id, names), *await _rules(conn, plan_id, names)),
        open_groups=tuple(
            OpenGroup(f"group {row.id}", row.expression)
            for row in await conn.execute(open_.order_by(group_member.c.id))
        ),
        strangers=await _strangers(conn, plan_id),
        settled=await settled_keys(conn, plan_id),
        today=today,
        passages=await passage_store.load(conn, plan_id),
        states_period=head.period_from is not None,
    )


async def _lines(conn: AsyncConnection, plan_id: int, names: dict[int, str]) -> list[Row]:
    parts: dict[int, list[tuple[str, Part]]] = defaultdict(list)
    others: dict[int, list[tuple[str, Part]]] = defaultdict(list)
    own = select(duty.c.id).where(duty.c.plan_id == plan_id)
    for one in await conn.execute(
        select(duty_unit).where(duty_unit.c.duty_id.in_(own)).order_by(duty_unit.c.id)
    ):
        parts[one.duty_id].append((names[one.unit_id], one.part))
    for one in await conn.execute(
        select(duty_name).where(duty_name.c.duty_id.in_(own)).order_by(duty_name.c.id)
    ):
        others[one.duty_id].append((one.name, one.part))
    result = await conn.execute(
        select(duty).where(duty.c.plan_id == plan_id, duty.c.withdrawn_on.is_(None)).order_by(duty.c.place)
    )
    return [
        Row(
            key=f"line {row.id}",
            kind=row.kind,
            section=row.section,
            heading=row.heading,
            text=row.text,
            units=tuple(name for name, part in parts[row.id] if part != "partner"),
            partners=tuple(name for name, part in parts[row.id] if part == "partner"),
            others=tuple(others[row.id]),
            due=tuple(read_dates(row.due)),
            when=row.time,
            passage=row.passage,
            asks_past=row.asks_past,
        )
        for row in result
    ]


async def _rules(conn: AsyncConnection, plan_id: int, names: dict[int, str]) -> list[Row]:
    reporters = await _reporters(conn, plan_id)
    query = select(reporting_rule).where(
        reporting_rule.c.plan_id == plan_id, reporting_rule.c.withdrawn_on.is_(None)
    )
    return [
        Row(
            key=f"rule {row.id}",
            kind="report",
            section=row.section,
            heading="",
            text=row.quote,
            units=tuple(names[unit_id] for unit_id in reporters.get(row.id, ())),
            partners=(),
            others=(),
            due=tuple(read_dates(row.due)),
            who=row.who,
            via=row.via,
            recurrence=row.recurrence,
            passage=row.passage,
            asks_past=row.asks_past,
        )
        for row in await conn.execute(query.order_by(reporting_rule.c.id))
    ]


async def _members(conn: AsyncConnection, plan_id: int) -> dict[str, list[int]]:
    query = select(group_member).where(group_member.c.plan_id == plan_id, group_member.c.unit_id.is_not(None))
    members: dict[str, list[int]] = defaultdict(list)
    for row in await conn.execute(query.order_by(group_member.c.id)):
        members[row.expression].append(row.unit_id)
    return members


async def _reporters(conn: AsyncConnection, plan_id: int) -> dict[int, list[int]]:
    """Return the units that report, by rule."""
    own = select(reporting_rule.c.id).where(reporting_rule.c.plan_id == plan_id)
    query = select(rule_unit).where(rule_unit.c.rule_id.in_(own)).order_by(rule_unit.c.id)
    reporters: dict[int, list[int]] = defaultdict(list)
    for row in await conn.execute(query):
        reporters[row.rule_id].append(row.unit_id)
    return reporters


async def known_to_drafts_alone(conn: AsyncConnection) -> frozenset[str]:
    """Return the names of the units that no register brought, nobody sits in, and drafts alone name."""
    drafts, others = _named_in(plan.c.state == "draft"), _named_in(plan.c.state != "draft")
    result = await conn.execute(
        select(unit.c.name)
        .where(~unit.c.shipped, unit.c.id.in_(drafts), unit.c.id.not_in(others))
        .where(unit.c.id.not_in(select(membership.c.unit_id)), unit.c.id.not_in(select(invite.c.unit_id)))
    )
    return frozenset(result.scalars())


async def _strangers(conn: AsyncConnection, plan_id: int) -> tuple[tuple[str, Unit], ...]:
    """The units that no register brought, nobody sits in, and no plan that was confirmed names."""
    named_here = _named_in(plan.c.id == plan_id)
    elsewhere = _named_in((plan.c.id != plan_id) & (plan.c.state == "live"))
    result = await conn.execute(
        select(unit.c.id, unit.c.name)
        .where(~unit.c.shipped, unit.c.id.in_(named_here), unit.c.id.not_in(elsewhere))
        .where(unit.c.id.not_in(select(membership.c.unit_id)), unit.c.id.not_in(select(invite.c.unit_id)))
        .order_by(unit.c.id)
    )
    known = {one.name: one for one in await unit_store.load(conn)}
    return tuple((f"unit {row.id}", known[row.name]) for row in result)


def _named_in(which: ColumnElement[bool]) -> CompoundSelect[tuple[int]]:
    """The units that stand in duties, in groups, or over plans of that condition."""
    plans = select(plan.c.id).where(which)
    lines = select(duty.c.id).where(duty.c.plan_id.in_(plans))
    return (
        select(duty_unit.c.unit_id)
        .where(duty_unit.c.duty_id.in_(lines))
        .union(
            select(group_member.c.unit_id).where(
                group_member.c.plan_id.in_(plans), group_member.c.unit_id.is_not(None)
            ),
            select(rule_unit.c.unit_id)
            .join(reporting_rule, reporting_rule.c.id == rule_unit.c.rule_id)
            .where(reporting_rule.c.plan_id.in_(plans)),
            select(plan.c.coordinator_id).where(plan.c.id.in_(plans), plan.c.coordinator_id.is_not(None)),
        )
    )


async def settled_keys(conn: AsyncConnection, plan_id: int) -> frozenset[str]:
    """Return the keys of what somebody has looked at in a draft and left as it is."""
    seen = select(settled.c.doubt).where(settled.c.plan_id == plan_id)
    return frozenset((await conn.execute(seen)).scalars())


@dataclass(frozen=True, slots=True)
class Target:
    """What a key names: "line", "rule", "group" or "unit", and its id."""

    kind: str
    id: int


async def settle(conn: AsyncConnection, plan_id: int, key: str) -> None:
    """Note that a doubt was looked at and left as it is."""
    await conn.execute(upsert(settled).values(plan_id=plan_id, doubt=key).on_conflict_do_nothing())


async def leave_out(conn: AsyncConnection, plan_id: int, target: Target) -> None:
    """Take a line, a rule or an open group out of the draft."""
    before = await working_units(conn, plan_id)
    if target.kind == "line":
        await conn.execute(delete(duty_unit).where(duty_unit.c.duty_id == target.id))
        await conn.execute(delete(duty).where(duty.c.id == target.id))
    elif target.kind == "rule":
        await conn.execute(delete(reporting_rule).where(reporting_rule.c.id == target.id))
    else:
        await conn.execute(delete(group_member).where(group_member.c.id == target.id))
    await follow_work(conn, plan_id, before)


async def set_units(conn: AsyncConnection, plan_id: int, target: Target, who: Sequence[int]) -> None:
    """Let these units answer for a line or report by a rule, and no others; partners stay.

    Who stays keeps their part in a line; who comes supports it where all who go did no more.
    """
    if target.kind == "rule":
        await _set_reporters(conn, target.id, who)
        return
    before = await working_units(conn, plan_id)
    of_line = duty_unit.c.duty_id == target.id
    removed = await conn.execute(
        delete(duty_unit)
        .where(of_line, duty_unit.c.part != "partner")
        .returning(duty_unit.c.unit_id, duty_unit.c.part)
    )
    parts = {row.unit_id: row.part for row in removed}
    left = {part for unit_id, part in parts.items() if unit_id not in who}
    await conn.execute(delete(duty_unit).where(of_line, duty_unit.c.unit_id.in_(who)))
    if who:
        new = "support" if left == {"support"} else "lead"
        rows = [_part(target.id, one, parts.get(one, new)) for one in who]
        await conn.execute(insert(duty_unit), rows)
    await follow_work(conn, plan_id, before)


async def mean(conn: AsyncConnection, plan_id: int, expression: str, who: Sequence[int]) -> None:
    """Let an open expression stand for these units, wherever the draft names it."""
    before = await working_units(conn, plan_id)
    await _set_members(conn, plan_id, expression, who)
    query = select(duty_name.c.duty_id, duty_name.c.part).join(duty, duty.c.id == duty_name.c.duty_id)
    for row in (
        await conn.execute(query.where(duty.c.plan_id == plan_id, duty_name.c.name == expression))
    ).all():
        for one in who:
            await _add_part(conn, row.duty_id, one, row.part)
    reporters = await _reporters(conn, plan_id)
    rules = select(reporting_rule.c.id, reporting_rule.c.who).where(reporting_rule.c.plan_id == plan_id)
    for rule in (await conn.execute(rules)).all():
        if rule.who == expression:
            await _set_reporters(conn, rule.id, who)
        elif fold(expression) in fold(rule.who):  # a part of a longer expression: the others stay
            await _set_reporters(conn, rule.id, [*reporters.get(rule.id, ()), *who])
    await follow_work(conn, plan_id, before)


async def replace_unit(conn: AsyncConnection, plan_id: int, stranger: int, who: Sequence[int]) -> None:
    """Put units in the place of one that the document worded unclearly; that one is forgotten."""
    before = await working_units(conn, plan_id)
    own = select(duty.c.id).where(duty.c.plan_id == plan_id)
    of_stranger = (duty_unit.c.unit_id == stranger, duty_unit.c.duty_id.in_(own))
    for row in (await conn.execute(select(duty_unit).where(*of_stranger))).all():
        for one in who:
            await _add_part(conn, row.duty_id, one, row.part)
    await conn.execute(delete(duty_unit).where(*of_stranger))
    for expression, members in (await _members(conn, plan_id)).items():
        if stranger in members:
            others = [member for member in members if member != stranger and member not in who]
            await _set_members(conn, plan_id, expression, [*others, *who])
    for rule_id, reporters in (await _reporters(conn, plan_id)).items():
        if stranger in reporters:
            others = [reporter for reporter in reporters if reporter != stranger and reporter not in who]
            await _set_reporters(conn, rule_id, [*others, *who])
    await conn.execute(
        update(plan)
        .where(plan.c.id == plan_id, plan.c.coordinator_id == stranger)
        .values(coordinator_id=who[0])
    )
    await follow_work(conn, plan_id, before)
    await _forget(conn, stranger)


async def only_name(conn: AsyncConnection, plan_id: int, unit_id: int) -> None:
    """Let a unit be named in the draft and asked for nothing."""
    before = await working_units(conn, plan_id)
    own = select(duty.c.id).where(duty.c.plan_id == plan_id)
    await conn.execute(
        update(duty_unit)
        .where(duty_unit.c.unit_id == unit_id, duty_unit.c.duty_id.in_(own))
        .values(part="partner")
    )
    await conn.execute(
        delete(group_member).where(group_member.c.plan_id == plan_id, group_member.c.unit_id == unit_id)
    )
    own_rules = select(reporting_rule.c.id).where(reporting_rule.c.plan_id == plan_id)
    await conn.execute(
        delete(rule_unit).where(rule_unit.c.rule_id.in_(own_rules), rule_unit.c.unit_id == unit_id)
    )
    await follow_work(conn, plan_id, before)


def _part(duty_id: int, unit_id: int, part: str) -> dict[str, object]:
    return {"duty_id": duty_id, "unit_id": unit_id, "part": part}


async def _add_part(conn: AsyncConnection, duty_id: int, unit_id: int, part: str) -> None:
    """Give a unit a part in a duty; one that it has already is kept where it is the greater."""
    values = _part(duty_id, unit_id, part)
    statement = upsert(duty_unit).values(values)
    await conn.execute(
        statement.on_conflict_do_nothing()
        if part == "partner"
        else statement.on_conflict_do_update(
            index_elements=["duty_id", "unit_id"], set_={"part": part}, where=duty_unit.c.part != "lead"
        )
    )


async def _set_members(conn: AsyncConnection, plan_id: int, expression: str, who: Iterable[int]) -> None:
    await conn.execute(
        delete(group_member).where(group_member.c.plan_id == plan_id, group_member.c.expression == expression)
    )
    rows = [{"plan_id": plan_id, "expression": expression, "unit_id": one} for one in dict.fromkeys(who)]
    if rows:
        await conn.execute(insert(group_member), rows)


async def _set_reporters(conn: AsyncConnection, rule_id: int, unit_ids: Iterable[int]) -> None:
    await conn.execute(delete(rule_unit).where(rule_unit.c.rule_id == rule_id))
    await add_reporters(conn, rule_id, unit_ids)


async def working_units(conn: AsyncConnection, plan_id: int) -> set[int]:
    """Return the units to which a draft gives work."""
    query = (
        select(duty_unit.c.unit_id)
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .where(duty.c.plan_id == plan_id, duty_unit.c.part != "partner")
    )
    return set((await conn.execute(query)).scalars())


async def follow_work(conn: AsyncConnection, plan_id: int, before: set[int]) -> None:
    """Let what means "whoever has work in the plan" mean those who have it now.

    Such an expression, and the rules that name it, are known by their members: all who had work `before`.
    """
    after = await working_units(conn, plan_id)
    members = await _members(conn, plan_id)
    everyone = [name for name, who in members.items() if set(who) == before]
    if after == before or not everyone:
        return
    rules = await conn.execute(
        select(reporting_rule.c.id, reporting_rule.c.who, reporting_rule.c.via, plan.c.coordinator_id)
        .join(plan, plan.c.id == reporting_rule.c.plan_id)
        .where(plan.c.id == plan_id, reporting_rule.c.who.in_(everyone))
    )
    reporters = await _reporters(conn, plan_id)
    for rule in rules.all():
        stay = [unit_id for unit_id in reporters.get(rule.id, ()) if unit_id in after]
        joined = sorted(after - before - {rule.coordinator_id})
        await _set_reporters(conn, rule.id, [*stay, *joined])
    for name in everyone:
        await _set_members(conn, plan_id, name, sorted(after))


async def _forget(conn: AsyncConnection, unit_id: int) -> None:
    """Drop a unit that came with a document and that nothing names any more."""
    used = (
        select(duty_unit.c.unit_id)
        .union(
            select(group_member.c.unit_id).where(group_member.c.unit_id.is_not(None)),
            select(rule_unit.c.unit_id),
            select(plan.c.coordinator_id).where(plan.c.coordinator_id.is_not(None)),
            select(membership.c.unit_id),
            select(invite.c.unit_id),
            select(assignment.c.unit_id),
        )
        .subquery()
    )
    count = await conn.execute(select(func.count()).select_from(used).where(used.c.unit_id == unit_id))
    if not count.scalar_one():
        await conn.execute(delete(unit).where(unit.c.id == unit_id, ~unit.c.shipped))
