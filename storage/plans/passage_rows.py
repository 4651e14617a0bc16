"""What a person makes of a draft's passages: their fates, and the rows that follow from them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.recurrence import Recurrence
from domain.plans.commitments import Part
from domain.plans.plan import Fate
from storage.database.schema import duty, duty_name, duty_unit, group_member, passage, reporting_rule
from storage.plans.draft_store import follow_work, working_units
from storage.plans.plan_dates import write_dates
from storage.plans.plan_store import add_reporters


@dataclass(frozen=True, slots=True)
class NewLine:
    """A duty or an activity that a passage words; `group` is the name of many for whom nobody answers yet."""

    kind: Literal["duty", "activity"]
    passage: int
    section: str
    heading: str
    text: str
    due: tuple[date, ...]
    inclusive: bool
    unit_ids: tuple[int, ...]
    part: Part
    group: str = ""


@dataclass(frozen=True, slots=True)
class NewRule:
    """A report that a passage words."""

    passage: int
    section: str
    who: str
    quote: str
    due: tuple[date, ...]
    recurrence: Recurrence
    inclusive: bool
    rrule: str | None
    unit_ids: tuple[int, ...]


async def set_fate(conn: AsyncConnection, plan_id: int, place: int, fate: Fate) -> None:
    """Note what a passage is."""
    is_passage = (passage.c.plan_id == plan_id, passage.c.place == place)
    await conn.execute(update(passage).where(*is_passage).values(fate=fate, why=None))


async def clear(conn: AsyncConnection, plan_id: int, place: int) -> None:
    """Take the rows of a passage out of the draft."""
    before = await working_units(conn, plan_id)
    lines = select(duty.c.id).where(duty.c.plan_id == plan_id, duty.c.passage == place)
    await conn.execute(delete(duty_unit).where(duty_unit.c.duty_id.in_(lines)))
    await conn.execute(delete(duty).where(duty.c.plan_id == plan_id, duty.c.passage == place))
    of_passage = (reporting_rule.c.plan_id == plan_id, reporting_rule.c.passage == place)
    await conn.execute(delete(reporting_rule).where(*of_passage))
    await follow_work(conn, plan_id, before)


async def add_line(conn: AsyncConnection, plan_id: int, line: NewLine) -> None:
    """Put a line into the draft, behind the line of its kind that is worded before it."""
    before = await working_units(conn, plan_id)
    place = await _place_for(conn, plan_id, line)
    behind = (duty.c.plan_id == plan_id, duty.c.place >= place)
    await conn.execute(update(duty).where(*behind).values(place=duty.c.place + 1))
    values = {"kind": line.kind, "section": line.section, "heading": line.heading, "text": line.text}
    values |= {"due": write_dates(line.due)}
    added = await conn.execute(
        insert(duty)
        .values(plan_id=plan_id, place=place, passage=line.passage, inclusive=line.inclusive, **values)
        .returning(duty.c.id)
    )
    duty_id = added.scalar_one()
    rows = [{"duty_id": duty_id, "unit_id": unit_id, "part": line.part} for unit_id in line.unit_ids]
    if rows:
        await conn.execute(insert(duty_unit), rows)
    if line.group:
        await conn.execute(insert(duty_name).values(duty_id=duty_id, name=line.group, part=line.part))
    await follow_work(conn, plan_id, before)


async def add_rule(conn: AsyncConnection, plan_id: int, rule: NewRule) -> None:
    """Put a report into the draft."""
    values: dict[str, object] = {"section": rule.section, "who": rule.who, "quote": rule.quote}
    values |= {"due": write_dates(rule.due), "recurrence": rule.recurrence, "rrule": rule.rrule}
    values |= {"inclusive": rule.inclusive, "passage": rule.passage}
    added = await conn.execute(
        insert(reporting_rule).values(plan_id=plan_id, **values).returning(reporting_rule.c.id)
    )
    await add_reporters(conn, int(added.scalar_one()), rule.unit_ids)


async def name_heading(conn: AsyncConnection, plan_id: int, duty_id: int, heading: str) -> None:
    """Let a duty stand under another heading."""
    await conn.execute(
        update(duty).where(duty.c.id == duty_id, duty.c.plan_id == plan_id).values(heading=heading)
    )


async def open_group(conn: AsyncConnection, plan_id: int, expression: str) -> None:
    """Note that an expression means nobody yet."""
    is_group = (group_member.c.plan_id == plan_id, group_member.c.expression == expression)
    known = await conn.execute(select(func.count()).select_from(group_member).where(*is_group))
    if not known.scalar_one():
        await conn.execute(insert(group_member).values(plan_id=plan_id, expression=expression))


async def _place_for(conn: AsyncConnection, plan_id: int, line: NewLine) -> int:
    of_kind = (duty.c.plan_id == plan_id, duty.c.kind == line.kind)
    before = await conn.execute(select(func.max(duty.c.place)).where(*of_kind, duty.c.passage < line.passage))
    last = before.scalar_one()
    if last is not None:
        return int(last) + 1
    first = (await conn.execute(select(func.min(duty.c.place)).where(*of_kind))).scalar_one()
    if first is not None:
        return int(first)
    whole = await conn.execute(select(func.max(duty.c.place)).where(duty.c.plan_id == plan_id))
    return int(whole.scalar_one() or 0) + 1
