"""Ad hoc requests: what a coordinator asks of units by an hour or a day, and who has answered when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import FINISHED
from storage.assignments.assignment_store import get
from storage.common import outbox
from storage.common.outbox import References
from storage.database.schema import assignment, outgoing, progress, request, unit

KIND = "request"
"""The kind of a message about one request, worded when it is sent."""


@dataclass(frozen=True, slots=True)
class Request:
    """An ad hoc ask of the unit `coordinator`; moments are in UTC, `closed_at` is None while it runs."""

    id: int
    text: str
    coordinator_id: int
    coordinator: str
    asked_by: int
    asked_at: datetime
    due_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """How one unit stands: what it said, and when it first said that it was done (UTC, None: not yet)."""

    unit_id: int
    unit: str
    state: str
    due_on: date
    answered_at: datetime | None
    words: tuple[str, ...]

    @property
    def is_in(self) -> bool:
        """Whether the unit has done its part."""
        return self.state in FINISHED


async def add(
    conn: AsyncConnection, text: str, coordinator_id: int, asked_by: int, now: datetime, due_at: datetime
) -> int:
    """Keep a request that is due at the moment `due_at`; return its id."""
    added = await conn.execute(
        insert(request)
        .values(text=text, coordinator_id=coordinator_id, asked_by=asked_by, asked_at=now, due_at=due_at)
        .returning(request.c.id)
    )
    return int(added.scalar_one())


async def find(conn: AsyncConnection, request_id: int) -> Request | None:
    """Return a request by id."""
    return next(iter(await _found(conn, request.c.id == request_id)), None)


async def running(conn: AsyncConnection, coordinators: Iterable[int]) -> tuple[Request, ...]:
    """Return what these units have asked for and not closed, the nearest first."""
    return await _found(conn, request.c.coordinator_id.in_(list(coordinators)), request.c.closed_at.is_(None))


async def due_between(conn: AsyncConnection, since: datetime, until: datetime) -> tuple[Request, ...]:
    """Return the running requests that are due after `since` and not after `until`."""
    return await _found(
        conn, request.c.closed_at.is_(None), request.c.due_at > since, request.c.due_at <= until
    )


async def owed(conn: AsyncConnection, request_id: int) -> tuple[Assignment, ...]:
    """Return what the units owe by a request, in the order of the register."""
    rows = await conn.execute(
        select(assignment.c.id)
        .where(assignment.c.request_id == request_id)
        .order_by(assignment.c.unit_id, assignment.c.id)
    )
    return await get(conn, list(rows.scalars()))


async def answers(conn: AsyncConnection, request_id: int) -> tuple[Answer, ...]:
    """Return how each unit stands, in the order of the register; whoever is spared is left out."""
    rows = await conn.execute(
        select(assignment.c.id, assignment.c.unit_id, assignment.c.state, assignment.c.due_on, unit.c.name)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .where(assignment.c.request_id == request_id, assignment.c.state != "cancelled")
        .order_by(assignment.c.unit_id)
    )
    words_by_assignment = await _said(conn, request_id)
    return tuple(
        Answer(row.unit_id, row.name, row.state, row.due_on, *words_by_assignment.get(row.id, (None, ())))
        for row in rows
    )


async def _said(conn: AsyncConnection, request_id: int) -> dict[int, tuple[datetime | None, tuple[str, ...]]]:
    """By assignment: when it was first said to be done, and all that was said, in order."""
    rows = await conn.execute(
        select(progress.c.assignment_id, progress.c.text, progress.c.state, progress.c.said_at)
        .join(assignment, assignment.c.id == progress.c.assignment_id)
        .where(assignment.c.request_id == request_id, ~progress.c.undone, progress.c.kind == "said")
        .order_by(progress.c.id)
    )
    by_assignment: dict[int, tuple[datetime | None, tuple[str, ...]]] = {}
    for row in rows:
        since, texts = by_assignment.get(row.assignment_id, (None, ()))
        if since is None and row.state in ("done", "nil"):
            since = row.said_at
        by_assignment[row.assignment_id] = since, (*texts, row.text)
    return by_assignment


async def close(conn: AsyncConnection, request_id: int, now: datetime) -> None:
    """Mark a request as closed."""
    await conn.execute(update(request).where(request.c.id == request_id).values(closed_at=now))


async def put_messages(
    conn: AsyncConnection, people: Iterable[int], day: date, request_id: int, hours_before: int | None = None
) -> None:
    """Put the message about a request, or its reminder, to each person into the outbox, once a day."""
    topic = str(request_id) if hours_before is None else f"{request_id}:{hours_before}"
    about = References(request_id=request_id, hours_before=hours_before)
    await outbox.put(conn, people, day, KIND, topic=topic, about=about)


async def is_reminded(conn: AsyncConnection, request_id: int, hours_before: int, day: date) -> bool:
    """Whether the reminder of a request was put into the outbox on a local day."""
    is_this = (
        outgoing.c.request_id == request_id,
        outgoing.c.hours_before == hours_before,
        outgoing.c.day == day,
    )
    return (await conn.execute(select(outgoing.c.id).where(*is_this).limit(1))).first() is not None


async def asked_people(conn: AsyncConnection, request_id: int) -> frozenset[int]:
    """Return the people who have had a message about a request."""
    rows = await conn.execute(
        select(outgoing.c.person_id).where(
            outgoing.c.request_id == request_id, outgoing.c.state.in_(["sent", "unsure"])
        )
    )
    return frozenset(rows.scalars())


async def _found(conn: AsyncConnection, *where: ColumnElement[bool]) -> tuple[Request, ...]:
    rows = await conn.execute(
        select(request, unit.c.name.label("coordinator"))
        .join(unit, unit.c.id == request.c.coordinator_id)
        .where(*where)
        .order_by(request.c.due_at, request.c.id)
    )
    return tuple(
        Request(
            id=row.id,
            text=row.text,
            coordinator_id=row.coordinator_id,
            coordinator=row.coordinator,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            due_at=row.due_at,
            closed_at=row.closed_at,
        )
        for row in rows
    )
