"""What the API lists, some at a time: by id, after the last one that was given, within a token's bounds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import eq, ge, le
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import State
from domain.organisation.api_access import ApiAccess
from storage.assignments import assignment_store
from storage.assignments.progress_store import is_told
from storage.common.span import Span
from storage.database.schema import assignment, plan, progress, unit

_a = assignment.c
_COORDINATOR_S = ("confirmed", "returned")
"""Verdicts that units are told of; a leader's words to the own unit stay within it."""


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    """Which assignments; None: any."""

    plan_id: int | None = None
    unit_id: int | None = None
    state: State | None = None
    due_from: date | None = None
    due_to: date | None = None


@dataclass(frozen=True, slots=True)
class ToldProgress:
    """One thing that a unit reported, or its coordinator's verdict on it, as it was said."""

    id: int
    assignment_id: int
    plan_id: int | None
    unit_id: int
    duty_id: int | None
    kind: str
    said_at: datetime
    text: str
    state: State | None
    percent: int | None
    done_part: int | None
    done_whole: int | None
    blocked: bool
    difficulty: str | None
    proposal: str | None
    documents: tuple[str, ...]
    amends_id: int | None


@dataclass(frozen=True, slots=True)
class ApiPlan:
    """A plan that asks for something, or did."""

    id: int
    number: str | None
    title: str
    issuer: str | None
    issued_on: date | None
    period_from: date | None
    period_to: date | None
    state: str
    live_on: date | None
    recalled_on: date | None
    coordinator_id: int | None
    coordinator: str | None


@dataclass(frozen=True, slots=True)
class ApiUnit:
    """A unit that is asked for something."""

    id: int
    name: str
    abbreviation: str | None
    standing: str


def assignments_of(access: ApiAccess) -> Select[Any]:
    """Select the ids of the assignments within a token's bounds."""
    return select(_a.id).where(*_bounds(access))


def _bounds(access: ApiAccess) -> list[ColumnElement[bool]]:
    """What ad hoc requests ask belongs to no plan: a token for some plans does not see it."""
    bounds: list[ColumnElement[bool]] = []
    if access.unit_ids is not None:
        bounds.append(_a.unit_id.in_(access.unit_ids))
    if access.plan_ids is not None:
        bounds.append(_a.plan_id.in_(access.plan_ids))
    return bounds


async def assignments(
    conn: AsyncConnection, access: ApiAccess, wanted: AssignmentFilter, span: Span
) -> tuple[Assignment, ...]:
    """Return what units owe or owed, by id."""
    pairs: list[tuple[Any, ColumnElement[Any], Any]] = [
        (eq, _a.plan_id, wanted.plan_id),
        (eq, _a.unit_id, wanted.unit_id),
        (eq, _a.state, wanted.state),
        (ge, _a.due_on, wanted.due_from),
        (le, _a.due_on, wanted.due_to),
    ]
    chosen = [compare(column, value) for compare, column, value in pairs if value is not None]
    rows = await conn.execute(
        assignments_of(access).where(_a.id > span.after, *chosen).order_by(_a.id).limit(span.limit)
    )
    return await assignment_store.get(conn, list(rows.scalars()))


async def assignment_of(conn: AsyncConnection, access: ApiAccess, assignment_id: int) -> Assignment | None:
    """Return an assignment by its id; None where there is none within the bounds."""
    rows = await conn.execute(assignments_of(access).where(_a.id == assignment_id))
    found = await assignment_store.get(conn, list(rows.scalars()))
    return found[0] if found else None


async def seen_of(conn: AsyncConnection, access: ApiAccess, ids: Collection[int]) -> frozenset[int]:
    """Return those of some assignments that are within the bounds."""
    return frozenset((await conn.execute(assignments_of(access).where(_a.id.in_(ids)))).scalars())


async def told_progress(
    conn: AsyncConnection,
    access: ApiAccess,
    span: Span,
    *,
    plan_id: int | None = None,
    assignment_id: int | None = None,
    since: datetime | None = None,
) -> tuple[ToldProgress, ...]:
    """Return what units reported and their coordinators decided on, by id; not what was taken back.

    What waits for the unit's own leader is left out, as anywhere outside the unit.
    """
    columns = (
        progress.c.id,
        progress.c.assignment_id,
        _a.plan_id,
        _a.unit_id,
        progress.c.duty_id,
        progress.c.kind,
        progress.c.said_at,
        progress.c.text,
        progress.c.state,
        progress.c.percent,
        progress.c.done_part,
        progress.c.done_whole,
        progress.c.blocked,
        progress.c.difficulty,
        progress.c.proposal,
        progress.c.documents,
        progress.c.amends_id,
    )
    verdict = and_(progress.c.kind.in_(_COORDINATOR_S), ~progress.c.undone)
    query = (
        select(*columns)
        .join(assignment, _a.id == progress.c.assignment_id)
        .where(or_(is_told, verdict), progress.c.id > span.after, *_bounds(access))
        .order_by(progress.c.id)
        .limit(span.limit)
    )
    if plan_id is not None:
        query = query.where(_a.plan_id == plan_id)
    if assignment_id is not None:
        query = query.where(_a.id == assignment_id)
    if since is not None:
        query = query.where(progress.c.said_at >= since)
    rows = await conn.execute(query)
    return tuple(ToldProgress(**{**row._mapping, "documents": _lines(row.documents)}) for row in rows)


def _lines(written: str) -> tuple[str, ...]:
    return tuple(filter(None, written.split("\n")))


async def plans(
    conn: AsyncConnection, access: ApiAccess, span: Span, *, plan_id: int | None = None
) -> tuple[ApiPlan, ...]:
    """Return the plans that are live or were, by id: those that ask the token's units, where it has some."""
    query = (
        select(plan, unit.c.name.label("coordinator"))
        .outerjoin(unit, unit.c.id == plan.c.coordinator_id)
        .where(plan.c.state != "draft", plan.c.amends_id.is_(None), plan.c.id > span.after)
        .order_by(plan.c.id)
        .limit(span.limit)
    )
    if plan_id is not None:
        query = query.where(plan.c.id == plan_id)
    if access.plan_ids is not None:
        query = query.where(plan.c.id.in_(access.plan_ids))
    if access.unit_ids is not None:
        asked = select(_a.plan_id).where(_a.unit_id.in_(access.unit_ids), _a.plan_id.is_not(None))
        query = query.where(plan.c.id.in_(asked))
    return tuple(
        ApiPlan(
            id=row.id,
            number=row.number,
            title=row.title,
            issuer=row.issuer,
            issued_on=row.issued_on,
            period_from=row.period_from,
            period_to=row.period_to,
            state=row.state,
            live_on=row.live_on,
            recalled_on=row.recalled_on,
            coordinator_id=row.coordinator_id,
            coordinator=row.coordinator,
        )
        for row in await conn.execute(query)
    )


async def units(conn: AsyncConnection, access: ApiAccess, span: Span) -> tuple[ApiUnit, ...]:
    """Return the units that owe or owed something within the bounds, by id."""
    asked: Sequence[ColumnElement[bool]] = _bounds(access)
    rows = await conn.execute(
        select(unit.c.id, unit.c.name, unit.c.abbreviation, unit.c.standing)
        .where(unit.c.id.in_(select(_a.unit_id).where(*asked)), unit.c.id > span.after)
        .order_by(unit.c.id)
        .limit(span.limit)
    )
    return tuple(ApiUnit(row.id, row.name, row.abbreviation, row.standing) for row in rows)
