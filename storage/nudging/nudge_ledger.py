"""The ledger of nudges: who was asked when, through what, what became of it, and when an answer came."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Role
from storage.common.span import Span
from storage.database.dialect import numbers_in
from storage.database.schema import (
    account,
    assignment,
    membership,
    outgoing,
    person,
    plan,
    progress,
    request,
    unit,
)

ASKING = ("daily", "request")
"""The kinds of messages that ask for something; the others tell of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message to one person. Its moments are in UTC, its day is local.

    `units` are those of the assignments that it numbered, or, where it never went out, the person's own on
    that day. `answered_at`: when one of the assignments was first spoken of after it had gone out.
    """

    id: int
    day: date
    kind: str
    topic: str
    person: str
    role: Role | None
    units: tuple[str, ...]
    assignments: tuple[int, ...]
    channel: str | None
    message: str | None
    state: str
    why: str | None
    attempts: int
    repeated: bool
    sent_at: datetime | None
    answered_at: datetime | None
    passed_to: str | None = None
    """The channel by which it went out as well, where nobody had seen it by the first."""


async def entries(
    conn: AsyncConnection,
    first: date,
    last: date,
    zone: tzinfo,
    *,
    kinds: Sequence[str] | None = None,
    coordinators: Iterable[int] | None = None,
) -> tuple[Entry, ...]:
    """Return the messages of local days, both included, in the order in which they were made.

    `kinds`: these alone. `coordinators`: only what concerns units that are asked by plans and requests which
    these units compile, and of what a message numbered only these.
    """
    asked_by = None if coordinators is None else _compiled(list(coordinators))
    in_time: list[ColumnElement[bool]] = [outgoing.c.day.between(first, last)]
    if kinds is not None:
        in_time.append(outgoing.c.kind.in_(kinds))
    query = (
        select(outgoing, person.c.name.label("name"))
        .join(person, person.c.id == outgoing.c.person_id)
        .where(*in_time)
        .order_by(outgoing.c.id)
    )
    return await _entries(conn, (await conn.execute(query)).all(), in_time, zone, asked_by)


async def page(
    conn: AsyncConnection,
    first: date,
    last: date,
    zone: tzinfo,
    span: Span,
    *,
    kinds: Sequence[str],
    asked_by: Select[tuple[int]] | None,
) -> tuple[tuple[Entry, ...], int | None]:
    """Return messages of local days by id, and the id after which the next page begins, None where none does.

    With `asked_by`, the ids of assignments, only what concerns these, or the people of their units: there may
    be fewer on a page than the span allows, though others follow.
    """
    query = (
        select(outgoing, person.c.name.label("name"))
        .join(person, person.c.id == outgoing.c.person_id)
        .where(outgoing.c.day.between(first, last), outgoing.c.kind.in_(kinds), outgoing.c.id > span.after)
        .order_by(outgoing.c.id)
        .limit(span.limit + 1)
    )
    rows = (await conn.execute(query)).all()
    shown = rows[: span.limit]
    among = [outgoing.c.id.in_([row.id for row in shown])]
    listed = await _entries(conn, shown, among, zone, asked_by)
    return listed, shown[-1].id if len(rows) > span.limit else None


async def _entries(
    conn: AsyncConnection,
    rows: Sequence[Row[tuple[object, ...]]],
    among: Sequence[ColumnElement[bool]],
    zone: tzinfo,
    asked_by: Select[tuple[int]] | None,
) -> tuple[Entry, ...]:
    """Return rows of the outbox, which `among` tells from the others, as entries."""
    numbered = await _units_numbered(conn, among, asked_by)
    answered = await _answered(conn, among)
    seats = await _Seats.load(conn, zone, asked_by)
    all_entries = (_entry(row, numbered.get(row.id), answered.get(row.id), seats) for row in rows)
    return tuple(entry for entry in all_entries if entry.units or asked_by is None)


async def nudged(conn: AsyncConnection, ids: Sequence[int]) -> frozenset[int]:
    """Return for which of these assignments a message that asks has gone out to somebody."""
    named, assignment_id = numbers_in(outgoing.c.numbered)
    rows = await conn.execute(
        select(assignment_id)
        .distinct()
        .select_from(outgoing)
        .join(named, true())
        .where(
            outgoing.c.state.in_(("sent", "unsure")),
            outgoing.c.kind.in_(ASKING),
            outgoing.c.numbered.is_not(None),
            assignment_id.in_(list(ids)),
        )
    )
    return frozenset(rows.scalars())


async def channels(conn: AsyncConnection) -> tuple[str, ...]:
    """Return the channels through which people have written."""
    return tuple((await conn.execute(select(account.c.channel).distinct())).scalars())


def _entry(
    row: Row[tuple[object, ...]],
    numbered: tuple[str, ...] | None,
    answered_at: datetime | None,
    seats: "_Seats",
) -> Entry:
    ids = tuple(json.loads(row.numbered)) if row.numbered else ()
    role, own = seats.of(row.person_id, row.day)
    return Entry(
        id=row.id,
        day=row.day,
        kind=row.kind,
        topic=row.topic,
        person=row.name,
        role=role,
        units=(numbered or ()) if ids else own,
        assignments=ids,
        channel=row.channel,
        message=row.message,
        state=row.state,
        why=row.why,
        attempts=row.attempts,
        repeated=row.repeated,
        sent_at=row.sent_at,
        answered_at=answered_at,
        passed_to=row.passed_channel,
    )


def _compiled(coordinators: Sequence[int]) -> Select[tuple[int]]:
    """The ids of the assignments that these units compile."""
    return (
        select(assignment.c.id)
        .outerjoin(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(request, request.c.id == assignment.c.request_id)
        .where(or_(plan.c.coordinator_id.in_(coordinators), request.c.coordinator_id.in_(coordinators)))
    )


async def _units_numbered(
    conn: AsyncConnection, in_time: Sequence[ColumnElement[bool]], asked_by: Select[tuple[int]] | None
) -> dict[int, tuple[str, ...]]:
    """By message: the units of the assignments that it numbered."""
    named, assignment_id = numbers_in(outgoing.c.numbered)
    query = (
        select(outgoing.c.id, unit.c.id.label("unit_id"), unit.c.name)
        .distinct()
        .select_from(outgoing)
        .join(named, true())
        .join(assignment, assignment.c.id == assignment_id)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .where(*in_time, outgoing.c.numbered.is_not(None))
        .order_by(outgoing.c.id, unit.c.id)
    )
    if asked_by is not None:
        query = query.where(assignment.c.id.in_(asked_by))
    names: dict[int, tuple[str, ...]] = {}
    for row in await conn.execute(query):
        names[row.id] = (*names.get(row.id, ()), row.name)
    return names


async def _answered(conn: AsyncConnection, in_time: Sequence[ColumnElement[bool]]) -> dict[int, datetime]:
    """By message: when somebody first spoke of one of the assignments that it numbered."""
    named, assignment_id = numbers_in(outgoing.c.numbered)
    rows = await conn.execute(
        select(outgoing.c.id, func.min(progress.c.said_at).label("said_at"))
        .select_from(outgoing)
        .join(named, true())
        .join(progress, progress.c.assignment_id == assignment_id)
        .where(
            *in_time,
            progress.c.said_at >= outgoing.c.sent_at,
            ~progress.c.undone,
            progress.c.kind == "said",
        )
        .group_by(outgoing.c.id)
    )
    return {row.id: row.said_at for row in rows}


class _Seats:
    """Who held which seat on which day; of the units that are asked, where that is given."""

    def __init__(self, rows: Iterable[Row[tuple[object, ...]]], zone: tzinfo) -> None:
        self._of: dict[int, list[tuple[date, date, Role, str]]] = {}
        for row in rows:
            until = row.until.astimezone(zone).date() if row.until else date.max
            span = (row.since.astimezone(zone).date(), until, row.role, row.name)
            self._of.setdefault(row.person_id, []).append(span)

    @classmethod
    async def load(cls, conn: AsyncConnection, zone: tzinfo, asked_by: Select[tuple[int]] | None) -> "_Seats":
        query = select(membership, unit.c.name).join(unit, unit.c.id == membership.c.unit_id)
        if asked_by is not None:
            units = select(assignment.c.unit_id).where(assignment.c.id.in_(asked_by))
            query = query.where(membership.c.unit_id.in_(units), membership.c.role != "coordinator")
        return cls((await conn.execute(query.order_by(membership.c.id))).all(), zone)

    def of(self, person_id: int, day: date) -> tuple[Role | None, tuple[str, ...]]:
        """The first of a person's parts on a day, and their units."""
        held = [seat for seat in self._of.get(person_id, ()) if seat[0] <= day <= seat[1]]
        return (held[0][2] if held else None), tuple(dict.fromkeys(seat[3] for seat in held))
