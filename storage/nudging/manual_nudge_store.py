"""What a coordinator can have asked for once more, and who is to hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import OPEN
from storage.assignments.assignment_store import get
from storage.assignments.pending_extensions import is_held_on
from storage.common import outbox
from storage.common.reach import REACHES
from storage.database.schema import (
    account,
    assignment,
    duty,
    duty_unit,
    outgoing,
    person,
    plan,
    request,
)


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of a plan that is open in some unit."""

    id: int
    plan: str
    section: str
    text: str


async def still_owed(conn: AsyncConnection, coordinators: Iterable[int]) -> tuple[Assignment, ...]:
    """Return what is open of the plans and requests that these units compile, nearest due date first.

    Of a plan only what is due up to its next due date: a report of November is nobody's concern in June.
    """
    compiled = list(coordinators)
    plans = select(plan.c.id).where(plan.c.coordinator_id.in_(compiled), plan.c.state == "live")
    requests = select(request.c.id).where(
        request.c.coordinator_id.in_(compiled), request.c.closed_at.is_(None)
    )
    rows = await conn.execute(
        select(assignment.c.id)
        .where(
            or_(assignment.c.plan_id.in_(plans), assignment.c.request_id.in_(requests)),
            assignment.c.state.in_(OPEN),
            ~assignment.c.past,
        )
        .order_by(assignment.c.due_on, assignment.c.id)
    )
    return await get(conn, [row.id for row in rows])


async def overdue(conn: AsyncConnection, plan_id: int, today: date) -> tuple[Assignment, ...]:
    """Return what is open of a plan and late on a local day, the oldest first; not what is held."""
    late = (assignment.c.last_on < today, assignment.c.state.in_(OPEN), ~assignment.c.past)
    rows = await conn.execute(
        select(assignment.c.id)
        .where(assignment.c.plan_id == plan_id, *late, ~is_held_on(today))
        .order_by(assignment.c.due_on, assignment.c.id)
    )
    return await get(conn, list(rows.scalars()))


async def next_due(conn: AsyncConnection, today: date) -> dict[int, date]:
    """Return, by plan id, the due date that is next on a local day, also where all have answered for it."""
    rows = await conn.execute(
        select(assignment.c.plan_id, func.min(assignment.c.due_on).label("due_on"))
        .where(assignment.c.last_on >= today, assignment.c.state != "cancelled", ~assignment.c.past)
        .where(assignment.c.plan_id.is_not(None))
        .group_by(assignment.c.plan_id)
    )
    return {row.plan_id: row.due_on for row in rows}


async def duties(conn: AsyncConnection, plan_ids: Iterable[int]) -> tuple[DutyRow, ...]:
    """Return the duties of plans, in the plans' order."""
    rows = await conn.execute(
        select(
            duty.c.id, duty.c.section, duty.c.text, func.coalesce(plan.c.number, plan.c.title).label("plan")
        )
        .join(plan, plan.c.id == duty.c.plan_id)
        .where(duty.c.plan_id.in_(list(plan_ids)))
        .order_by(duty.c.plan_id, duty.c.place)
    )
    return tuple(DutyRow(row.id, row.plan, row.section, row.text) for row in rows)


async def reporting_on(conn: AsyncConnection, duty_id: int) -> frozenset[tuple[int, int]]:
    """Return (plan id, unit id) of the units that tell of an undated duty in their reports."""
    rows = await conn.execute(
        select(duty.c.plan_id, duty_unit.c.unit_id)
        .join(duty_unit, duty_unit.c.duty_id == duty.c.id)
        .where(duty.c.id == duty_id, duty.c.due == "", duty_unit.c.part != "partner")
    )
    return frozenset((row.plan_id, row.unit_id) for row in rows)


async def names(conn: AsyncConnection, people: Iterable[int]) -> dict[int, str]:
    """Return the names of people."""
    rows = await conn.execute(select(person.c.id, person.c.name).where(person.c.id.in_(list(people))))
    return {row.id: row.name for row in rows}


async def reachable(conn: AsyncConnection, people: Iterable[int]) -> frozenset[int]:
    """Return those of the people who can be written to."""
    rows = await conn.execute(
        select(account.c.person_id).where(account.c.person_id.in_(list(people)), REACHES)
    )
    return frozenset(rows.scalars())


async def had_message(conn: AsyncConnection, people: Iterable[int], day: date) -> frozenset[int]:
    """Return those of the people to whom the message of a local day is out."""
    rows = await conn.execute(
        select(outgoing.c.person_id).where(
            outgoing.c.person_id.in_(list(people)),
            outgoing.c.day == day,
            outgoing.c.kind == "daily",
            outgoing.c.state.in_(["sent", "unsure"]),
        )
    )
    return frozenset(rows.scalars())


async def last_nudge(conn: AsyncConnection) -> int:
    """Return the id of the newest message in the outbox; it marks what was before and what came after."""
    return (await conn.execute(select(func.max(outgoing.c.id)))).scalar_one() or 0


async def put_manual_nudges(conn: AsyncConnection, people: Iterable[int], today: date, mark: int) -> int:
    """Put the day's message to people into the outbox, also to those who have had one; return to how many.

    One that still waits is enough. `mark` names the coordinator's will: carried out twice, it adds nothing.
    """
    person_ids = set(people)
    todays = (
        outgoing.c.person_id.in_(person_ids),
        outgoing.c.day == today,
        outgoing.c.kind == "daily",
    )
    rows = await conn.execute(select(outgoing.c.person_id).where(*todays, outgoing.c.state == "pending"))
    await outbox.put(conn, sorted(person_ids - set(rows.scalars())), today, "daily", topic=f"will:{mark}")
    return len(person_ids)
