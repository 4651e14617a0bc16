"""What the web pages show of thousands of assignments at once: counted by the database, one query each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import State, Timeliness
from storage.common.reach import REACHES
from storage.database.schema import account, assignment, duty, extension, person, progress, unit
from storage.organisation.succession import held
from storage.reporting.plan_status import timeliness_on

_a = assignment.c


TimelinessCounts = dict[Timeliness, int]
"""How many assignments stand how."""


@dataclass(frozen=True, slots=True)
class UnitAssignment:
    """One unit's assignment for a duty or by a rule."""

    unit_id: int
    due_on: date
    planned_on: date
    timeliness: Timeliness
    blocked: bool


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's names; `short` is its abbreviation, or its name where it has none."""

    id: int
    name: str
    short: str
    standing: str


@dataclass(frozen=True, slots=True)
class RecordedWord:
    """One thing that a unit said, or that was decided on it, with what it was about. `id`: the progress's."""

    id: int
    said_at: datetime
    by: str | None
    kind: str
    text: str
    state: State | None
    percent: int | None
    blocked: bool
    undone: bool
    about: str | None
    due_on: date


async def by_unit(conn: AsyncConnection, plan_ids: Sequence[int], today: date) -> dict[int, TimelinessCounts]:
    """Return how what plans ask for stands on a local day, by unit id."""
    counts: defaultdict[int, TimelinessCounts] = defaultdict(dict)
    for row in await conn.execute(_count(today, _a.unit_id).where(_a.plan_id.in_(plan_ids))):
        counts[row.unit_id][row.how] = row.n
    return counts


async def by_clause(
    conn: AsyncConnection, plan_id: int, today: date, due_on: date | None = None
) -> dict[str, TimelinessCounts]:
    """Return the same of one plan by clause, "line 12" or "rule 3"; with `due_on`, of what is due then."""
    query = _count(today, _a.duty_id, _a.rule_id).where(_a.plan_id == plan_id)
    counts: defaultdict[str, TimelinessCounts] = defaultdict(dict)
    for row in await conn.execute(query if due_on is None else query.where(_a.due_on == due_on)):
        counts[f"line {row.duty_id}" if row.duty_id else f"rule {row.rule_id}"][row.how] = row.n
    return counts


async def by_day(
    conn: AsyncConnection, plan_id: int, first: date, last: date, today: date
) -> dict[date, TimelinessCounts]:
    """Return the same of one plan by due date, from the first to the last day."""
    query = _count(today, _a.due_on).where(_a.plan_id == plan_id, _a.due_on.between(first, last))
    counts: defaultdict[date, TimelinessCounts] = defaultdict(dict)
    for row in await conn.execute(query):
        counts[row.due_on][row.how] = row.n
    return counts


def _count(today: date, *by: ColumnElement[Any]) -> Select[Any]:
    how = timeliness_on(today).label("how")
    return select(*by, how, func.count().label("n")).group_by(*by, how)


async def of_clause(conn: AsyncConnection, plan_id: int, clause: str, today: date) -> list[UnitAssignment]:
    """Return what is owed for one clause of a plan, nearest due date first."""
    kind, _, id_ = clause.partition(" ")
    is_of_clause = (_a.duty_id if kind == "line" else _a.rule_id) == int(id_)
    how = timeliness_on(today).label("how")
    rows = await conn.execute(
        select(_a.unit_id, _a.due_on, _a.planned_on, how, _a.blocked)
        .where(_a.plan_id == plan_id, is_of_clause)
        .order_by(_a.due_on, _a.id)
    )
    return [UnitAssignment(row.unit_id, row.due_on, row.planned_on, row.how, row.blocked) for row in rows]


async def unit_names(conn: AsyncConnection, plan_ids: Sequence[int]) -> dict[int, UnitName]:
    """Return the units that plans ask, by id."""
    asked_units = select(assignment.c.unit_id).where(assignment.c.plan_id.in_(plan_ids))
    rows = await conn.execute(
        select(unit.c.id, unit.c.name, unit.c.abbreviation, unit.c.standing)
        .where(unit.c.id.in_(asked_units))
        .order_by(unit.c.id)
    )
    return {row.id: UnitName(row.id, row.name, row.abbreviation or row.name, row.standing) for row in rows}


async def lines_said(conn: AsyncConnection, plan_id: int) -> dict[int, dict[str, int]]:
    """Return, by the id of a duty without a date, how many reports tell of it in which state."""
    newest = (
        select(func.max(progress.c.id))
        .join(assignment, assignment.c.id == progress.c.assignment_id)
        .where(assignment.c.plan_id == plan_id, progress.c.duty_id.is_not(None), ~progress.c.undone)
        .group_by(progress.c.assignment_id, progress.c.duty_id)
    )
    rows = await conn.execute(
        select(progress.c.duty_id, progress.c.state, func.count().label("n"))
        .where(progress.c.id.in_(newest))
        .group_by(progress.c.duty_id, progress.c.state)
    )
    counts: dict[int, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row.duty_id, {})[row.state or "in_progress"] = row.n
    return counts


async def history(
    conn: AsyncConnection, unit_id: int, plan_ids: Sequence[int], limit: int, down_to: int = 0
) -> list[RecordedWord]:
    """Return the last things that were said for a unit in plans, the newest first; taken back ones too.

    As many as `limit`, and more where that takes it down to the progress `down_to`.
    """
    of_unit = (_a.unit_id == unit_id, _a.plan_id.in_(plan_ids))
    if down_to:
        since = select(func.count()).select_from(progress).join(assignment).where(*of_unit)
        limit = max(limit, (await conn.execute(since.where(progress.c.id >= down_to))).scalar_one())
    rows = await conn.execute(_words().where(*of_unit).order_by(progress.c.id.desc()).limit(limit))
    return [_word(row) for row in rows]


async def handed_in(conn: AsyncConnection, assignment_ids: Sequence[int]) -> dict[int, RecordedWord]:
    """Return the last words of units on whole assignments, by assignment id."""
    texts = (progress.c.duty_id.is_(None), progress.c.kind == "said", ~progress.c.undone)
    rows = await conn.execute(
        _words().where(progress.c.assignment_id.in_(assignment_ids), *texts).order_by(progress.c.id)
    )
    return {row.assignment_id: _word(row) for row in rows}


def _words() -> Select[Any]:
    about = func.coalesce(progress.c.duty_id, _a.duty_id)
    return (
        select(progress, person.c.name.label("by"), _a.due_on, duty.c.text.label("about"))
        .join(assignment, _a.id == progress.c.assignment_id)
        .outerjoin(person, person.c.id == progress.c.person_id)
        .outerjoin(duty, duty.c.id == about)
    )


def _word(row: Row[Any]) -> RecordedWord:
    return RecordedWord(
        id=row.id,
        said_at=row.said_at,
        by=row.by,
        kind=row.kind,
        text=row.text,
        state=row.state,
        percent=row.percent,
        blocked=row.blocked,
        undone=row.undone,
        about=row.about,
        due_on=row.due_on,
    )


async def names(conn: AsyncConnection, person_ids: Iterable[int]) -> dict[int, str]:
    """Return what people are called, by their ids."""
    rows = await conn.execute(select(person.c.id, person.c.name).where(person.c.id.in_(list(person_ids))))
    return {row.id: row.name for row in rows}


async def reach(conn: AsyncConnection, today: date) -> dict[int, bool]:
    """Return whether a message reaches a focal point, by the ids of the units that have one."""
    seats = held(today)
    rows = await conn.execute(
        select(seats.c.unit_id, func.max(REACHES).label("reached"))
        .outerjoin(account, account.c.person_id == seats.c.person_id)
        .where(seats.c.role == "focal")
        .group_by(seats.c.unit_id)
    )
    return {row.unit_id: bool(row.reached) for row in rows}


async def wishes(conn: AsyncConnection, plan_ids: Sequence[int]) -> dict[int, date]:
    """Return the later dates that units ask for and nobody has decided on, by assignment id."""
    rows = await conn.execute(
        select(extension.c.assignment_id, extension.c.wanted_on)
        .join(assignment, assignment.c.id == extension.c.assignment_id)
        .where(assignment.c.plan_id.in_(plan_ids), extension.c.granted.is_(None))
        .where(extension.c.duty_id.is_(None))
        .order_by(extension.c.id)
    )
    return {row.assignment_id: row.wanted_on for row in rows}


async def wishes_by_unit(conn: AsyncConnection, plan_ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    """Return the same by unit id."""
    rows = await conn.execute(
        select(_a.unit_id, extension.c.wanted_on)
        .join(assignment, _a.id == extension.c.assignment_id)
        .where(_a.plan_id.in_(plan_ids), extension.c.granted.is_(None))
        .order_by(extension.c.id)
    )
    wishes_: dict[int, tuple[date, ...]] = {}
    for row in rows:
        wishes_[row.unit_id] = (*wishes_.get(row.unit_id, ()), row.wanted_on)
    return wishes_
