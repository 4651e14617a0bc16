"""Wishes for a later date, and what was decided; the original date stays on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import OPEN
from storage.database.schema import assignment, duty, extension, outgoing, plan, request


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for a later date; `granted` is None while nobody has decided. Its moments are in UTC.

    `superseded`: the unit has asked for another date instead before anybody did. `duty_id` and `line` are the
    line of a report that it is for, and its text; None for the assignment as a whole.
    """

    id: int
    assignment_id: int
    asked_by: int
    asked_at: datetime
    wanted_on: date
    reason: str
    granted: bool | None
    decided_by: int | None
    decided_at: datetime | None
    duty_id: int | None = None
    line: str | None = None

    @property
    def superseded(self) -> bool:
        """Whether it was put aside undecided."""
        return self.granted is False and self.decided_by is None


async def ask(
    conn: AsyncConnection,
    about: Assignment,
    duty_id: int | None,
    person_id: int,
    wanted: date,
    reason: str,
    now: datetime,
) -> int:
    """Keep a wish for a later date beside the original one, for the line `duty_id` alone; return its id."""
    added = await conn.execute(
        insert(extension)
        .values(
            assignment_id=about.id,
            duty_id=duty_id,
            asked_by=person_id,
            asked_at=now,
            original_due=about.due_on,
            wanted_on=wanted,
            reason=reason,
        )
        .returning(extension.c.id)
    )
    return int(added.scalar_one())


async def get(conn: AsyncConnection, extension_id: int) -> Wish | None:
    """Return a wish for a later date."""
    row = (await conn.execute(_wishes().where(extension.c.id == extension_id))).one_or_none()
    return _wish(row) if row else None


async def waiting_of(conn: AsyncConnection, assignment_ids: Iterable[int]) -> tuple[Wish, ...]:
    """Return the wishes for assignments and their lines that nobody has decided on, the newest first."""
    undecided = (extension.c.assignment_id.in_(list(assignment_ids)), extension.c.granted.is_(None))
    rows = await conn.execute(_wishes().where(*undecided).order_by(extension.c.id.desc()))
    return tuple(map(_wish, rows))


async def waiting_for(conn: AsyncConnection, assignment_id: int, duty_id: int | None) -> Wish | None:
    """Return the wish for an assignment, or for one of its lines alone, that nobody has decided on."""
    found = await waiting_of(conn, [assignment_id])
    return next((wish for wish in found if wish.duty_id == duty_id), None)


async def waiting(
    conn: AsyncConnection, coordinators: Iterable[int], most: int | None = None
) -> tuple[Wish, ...]:
    """Return what nobody has decided on of the plans and requests that these units compile, oldest first.

    The first `most` of it, where that is given. What was done, called off, or put off by the plan itself
    since needs no decision.
    """
    query = _waiting(_wishes(), coordinators)
    return tuple(map(_wish, await conn.execute(query.order_by(extension.c.id).limit(most))))


async def count_waiting(conn: AsyncConnection, coordinators: Iterable[int]) -> int:
    """Return how many these are."""
    rows = await conn.execute(_waiting(select(func.count(extension.c.id)), coordinators))
    return int(rows.scalar_one())


def _waiting(query: Select[Any], coordinators: Iterable[int]) -> Select[Any]:
    compiled = list(coordinators)
    return (
        query.join(assignment, assignment.c.id == extension.c.assignment_id)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .where(or_(plan.c.coordinator_id.in_(compiled), request.c.coordinator_id.in_(compiled)))
        .where(extension.c.granted.is_(None), extension.c.wanted_on > assignment.c.due_on)
        .where(assignment.c.state.in_(OPEN), ~assignment.c.past)
    )


async def granted_of(conn: AsyncConnection, plan_id: int) -> int:
    """Return how many assignments of a plan have been put off by the coordinator's leave."""
    of_plan = select(assignment.c.id).where(
        assignment.c.id == extension.c.assignment_id,
        assignment.c.plan_id == plan_id,
        assignment.c.state != "cancelled",
    )
    rows = await conn.execute(
        select(func.count(extension.c.assignment_id.distinct())).where(
            extension.c.granted,
            extension.c.duty_id.is_(None),
            of_plan.exists(),  # not a join, which would begin with all rows of the plan
        )
    )
    return int(rows.scalar_one())


async def told_by(conn: AsyncConnection, chat: str, message: str) -> int | None:
    """Return the wish that a message told a coordinator of."""
    rows = await conn.execute(
        select(outgoing.c.extension_id).where(outgoing.c.chat == chat, outgoing.c.message == message)
    )
    return rows.scalars().first()


async def supersede(conn: AsyncConnection, assignment_id: int, duty_id: int | None, now: datetime) -> None:
    """Let what waits for a decision be undecided for good: the unit asks for something else now."""
    about = (extension.c.assignment_id == assignment_id, extension.c.duty_id.is_not_distinct_from(duty_id))
    undecided = update(extension).where(*about, extension.c.granted.is_(None))
    await conn.execute(undecided.values(granted=False, decided_at=now))


def _wishes() -> Select[Any]:
    return select(extension, duty.c.text.label("line")).outerjoin(duty, duty.c.id == extension.c.duty_id)


def _wish(row: Row[tuple[object, ...]]) -> Wish:
    return Wish(
        id=row.id,
        assignment_id=row.assignment_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        wanted_on=row.wanted_on,
        duty_id=row.duty_id,
        line=row.line,
        reason=row.reason or "",
        granted=row.granted,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


async def decide(
    conn: AsyncConnection, wish_id: int, person_id: int, now: datetime, *, granted: bool
) -> None:
    """Keep a decision. The wish keeps the date that was asked for, also where another one is granted."""
    await conn.execute(
        update(extension)
        .where(extension.c.id == wish_id)
        .values(granted=granted, decided_by=person_id, decided_at=now)
    )
