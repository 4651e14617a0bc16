"""What a report is made of: the rounds of a plan, what units owed in one, and what they said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import FINISHED, State, Timeliness, timeliness
from domain.common.text import fold
from domain.plans.periods import Period, parse_period
from domain.reporting.figures import Answer, answer_of
from storage.assignments.progress_store import is_told
from storage.database.schema import (
    assignment,
    duty,
    duty_unit,
    evidence,
    extension,
    progress,
    reporting_rule,
    unit,
)
from storage.reporting.answer_columns import is_nil
from storage.reporting.plan_status import of_units, timeliness_on, upward_rules

_a = assignment.c


@dataclass(frozen=True, slots=True)
class Round:
    """A round of reports: what it covers, and the date in the plan by which units report."""

    period: Period
    due_on: date


@dataclass(frozen=True, slots=True)
class ReportedDuty:
    """A duty of a plan and the units that answer for it; `is_dated` tells that it has dates of its own."""

    id: int
    section: str
    heading: str
    text: str
    is_dated: bool
    is_withdrawn: bool
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """One assignment of a round, as a row of the tracking table; `duty_id` None: the report itself."""

    id: int
    unit_id: int
    unit: str
    duty_id: int | None
    role: str | None
    period: Period
    planned_on: date
    due_on: date
    last_on: date
    state: State
    blocked: bool
    finished_on: date | None
    timeliness: Timeliness
    answer: Answer


@dataclass(frozen=True, slots=True)
class LatestUpdate:
    """The last words of a unit on a duty, or on its report as a whole (`duty_id` None).

    `line` tells that it is one line of a report. `said_at` is in UTC. `messages` are what it was said in, by
    the ids of the progress: one, and those before it to which it only added something.
    """

    assignment_id: int
    unit_id: int
    unit: str
    duty_id: int | None
    line: bool
    said_at: datetime
    messages: tuple[tuple[int, str], ...]
    state: str | None
    percent: int | None
    blocked: bool
    difficulty: str | None
    proposal: str | None
    documents: tuple[str, ...]

    @property
    def text(self) -> str:
        """All that was said, in its order."""
        return "; ".join(text for _, text in self.messages)


@dataclass(frozen=True, slots=True)
class Upward:
    """The coordinator's own duty to report: to whom, by when, and the assignments that stand for it."""

    to: tuple[str, ...]
    due_on: date
    ids: tuple[int, ...]
    is_open: bool
    last_on: date
    """The last day in time."""


async def rounds(conn: AsyncConnection, plan_id: int) -> tuple[Round, ...]:
    """Return the rounds in which units report, the earliest first; those past at the start too."""
    rows = await conn.execute(
        select(_a.period, _a.planned_on)
        .where(_a.plan_id == plan_id, _a.rule_id.is_not(None), of_units([plan_id]), _a.state != "cancelled")
        .distinct()
        .order_by(_a.planned_on, _a.period.nulls_first())
    )
    return tuple(Round(parse_period(row.period), row.planned_on) for row in rows)


async def upward(conn: AsyncConnection, plan_id: int) -> tuple[Upward, ...]:
    """Return when the coordinating unit itself reports, the earliest first; what was past is left out."""
    rows = await conn.execute(
        select(_a.id, _a.due_on, _a.last_on, _a.state, reporting_rule.c.to)
        .join(reporting_rule, reporting_rule.c.id == _a.rule_id)
        .where(_a.plan_id == plan_id, _a.rule_id.in_(upward_rules([plan_id])), ~_a.past)
        .where(_a.state != "cancelled")
        .order_by(_a.due_on, _a.id)
    )
    by_date: dict[date, list[Any]] = {}
    for row in rows:
        by_date.setdefault(row.due_on, []).append(row)
    return tuple(
        Upward(
            to=tuple(dict.fromkeys(row.to for row in same_day if row.to)),
            due_on=due_on,
            ids=tuple(row.id for row in same_day),
            is_open=any(row.state not in FINISHED for row in same_day),
            last_on=min(row.last_on for row in same_day),
        )
        for due_on, same_day in by_date.items()
    )


async def duties(conn: AsyncConnection, plan_id: int) -> tuple[ReportedDuty, ...]:
    """Return the duties of a plan that units answer for, in its order.

    Those that were withdrawn are among them: nobody answers for them any more, and their `units` are none.
    """
    is_asked = and_(duty_unit.c.duty_id == duty.c.id, duty_unit.c.part != "partner")
    rows = await conn.execute(
        select(duty, duty_unit.c.unit_id)
        .outerjoin(duty_unit, is_asked)
        .where(duty.c.plan_id == plan_id, or_(duty_unit.c.id.is_not(None), duty.c.withdrawn_on.is_not(None)))
        .order_by(duty.c.place, duty_unit.c.unit_id)
    )
    units: dict[int, list[int]] = {}
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.id, row)
        units.setdefault(row.id, []).extend([row.unit_id] if row.withdrawn_on is None else [])
    return tuple(
        ReportedDuty(
            id=row.id,
            section=row.section,
            heading=row.heading,
            text=row.text,
            is_dated=row.due != "",
            is_withdrawn=row.withdrawn_on is not None,
            units=tuple(units[row.id]),
        )
        for row in first.values()
    )


async def roles(conn: AsyncConnection, plan_id: int) -> dict[tuple[int, int], str]:
    """Return "lead" or "support" by (duty id, unit id)."""
    rows = await conn.execute(
        select(duty_unit.c.duty_id, duty_unit.c.unit_id, duty_unit.c.part)
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .where(duty.c.plan_id == plan_id, duty_unit.c.part != "partner")
    )
    return {(row.duty_id, row.unit_id): row.part for row in rows}


async def owing(
    conn: AsyncConnection, plan_id: int, today: date, since: date, round_: date | None
) -> tuple[Owing, ...]:
    """Return what units owed in a round: its reports, and of the dated duties those that fell due in it.

    A duty from before `since` belongs to it while it is open or was finished since, one that is due later if
    the unit has told of it by then. Without a round all counts. What was past at the start or is cancelled is
    left out.
    """
    rows = await conn.execute(
        select(assignment, unit.c.name.label("unit"), duty_unit.c.part, is_nil([plan_id]).label("is_nil"))
        .join(unit, unit.c.id == _a.unit_id)
        .outerjoin(duty_unit, and_(duty_unit.c.duty_id == _a.duty_id, duty_unit.c.unit_id == _a.unit_id))
        .where(_a.plan_id == plan_id, _a.state != "cancelled", of_units([plan_id]))
        .where(*_of_round(since, round_))
        .order_by(_a.unit_id, _a.due_on, _a.id)
    )
    all_owing = (_owing(row, today) for row in rows)
    return tuple(owed for owed in all_owing if owed.timeliness != "past")


def _of_round(since: date, round_: date | None) -> tuple[ColumnElement[bool], ...]:
    if round_ is None:
        return ()
    reports = and_(_a.rule_id.is_not(None), _a.planned_on == round_)
    in_round = or_(_a.due_on >= since, _a.state.not_in(FINISHED), _a.finished_on >= since)
    by_then = datetime.combine(round_ + timedelta(days=1), time.min, UTC)
    told_of = exists().where(
        progress.c.assignment_id == _a.id, ~progress.c.undone, progress.c.said_at < by_then
    )
    dated = and_(_a.rule_id.is_(None), or_(_a.due_on <= round_, _a.planned_on <= round_, told_of), in_round)
    return (or_(reports, dated),)


def _owing(row: Row[Any], today: date) -> Owing:
    return Owing(
        id=row.id,
        unit_id=row.unit_id,
        unit=row.unit,
        duty_id=row.duty_id,
        role=row.part,
        period=parse_period(row.period),
        planned_on=row.planned_on,
        due_on=row.due_on,
        last_on=row.last_on,
        state=row.state,
        blocked=row.blocked,
        finished_on=row.finished_on,
        timeliness=timeliness(row.state, row.last_on, today, row.finished_on, past=row.past),
        answer=answer_of(row.state, row.last_on, row.finished_on, nil=row.is_nil),
    )


async def latest_updates(conn: AsyncConnection, plan_id: int, ids: Iterable[int]) -> tuple[LatestUpdate, ...]:
    """Return the last words on these assignments of a plan and on each of their lines, in its order."""
    assignment_ids = set(ids)
    about = func.coalesce(progress.c.duty_id, _a.duty_id)
    rows = await conn.execute(
        select(progress, _a.unit_id, unit.c.name.label("unit"), about.label("about"))
        .join(assignment, _a.id == progress.c.assignment_id)
        .join(unit, unit.c.id == _a.unit_id)
        .outerjoin(duty, duty.c.id == about)
        .where(_a.plan_id == plan_id, is_told)
        .order_by(duty.c.place, _a.unit_id, progress.c.id)
    )
    last: dict[tuple[int, int | None], LatestUpdate] = {}
    for row in rows:
        if row.assignment_id in assignment_ids:
            key = (row.assignment_id, row.duty_id)
            last[key] = _latest_update(row, last.get(key))
    return tuple(last.values())


def _latest_update(row: Row[Any], earlier: LatestUpdate | None) -> LatestUpdate:
    """The words of a row; those that only add to what was done, such as a number, stand behind the others."""
    adds = earlier is not None and row.before_state in FINISHED and row.state in (None, "done", "nil")
    before = earlier if adds else None
    documents = tuple(filter(None, row.documents.split("\n")))
    return LatestUpdate(
        assignment_id=row.assignment_id,
        unit_id=row.unit_id,
        unit=row.unit,
        duty_id=row.about,
        line=row.duty_id is not None,
        said_at=row.said_at,
        messages=_with(before.messages if before else (), row.id, row.text),
        state=row.state or (before.state if before else None),
        percent=row.percent,
        blocked=row.blocked,
        difficulty=row.difficulty or (before.difficulty if before else None),
        proposal=row.proposal or (before.proposal if before else None),
        documents=tuple(dict.fromkeys((*(before.documents if before else ()), *documents))),
    )


def _with(messages: tuple[tuple[int, str], ...], progress_id: int, text: str) -> tuple[tuple[int, str], ...]:
    """Put words behind those before them, unless they are among them: people say a thing twice to be sure."""
    return (
        messages
        if fold(text) in {fold(before) for _, before in messages}
        else (*messages, (progress_id, text))
    )


async def files(conn: AsyncConnection, plan_id: int) -> dict[tuple[int, int | None], tuple[str, ...]]:
    """Return the names of the files that units sent for a plan, by (assignment id, line)."""
    rows = await conn.execute(
        select(evidence.c.assignment_id, evidence.c.duty_id, evidence.c.name)
        .join(assignment, _a.id == evidence.c.assignment_id)
        .where(_a.plan_id == plan_id)
        .order_by(evidence.c.id)
    )
    names: dict[tuple[int, int | None], tuple[str, ...]] = {}
    for row in rows:
        key = (row.assignment_id, row.duty_id)
        names[key] = (*names.get(key, ()), row.name)
    return names


@dataclass(frozen=True, slots=True)
class EndedAssignment:
    """One assignment after its date: how it ended, how often it was put off or sent back."""

    unit: str
    duty: str | None
    period: Period
    answer: Answer
    extended: int
    returned: int


async def cycle(
    conn: AsyncConnection, plan_id: int, today: date, unit_ids: Sequence[int]
) -> tuple[EndedAssignment, ...]:
    """Return what a plan asked for by a local day, or was handed in before, of these units or of all.

    By unit and date. What was past at the start or is cancelled is left out.
    """
    how = timeliness_on(today)
    granted = (
        select(extension.c.assignment_id, func.count().label("n"))
        .where(extension.c.granted)
        .group_by(extension.c.assignment_id)
        .subquery("granted")
    )
    rows = await conn.execute(
        select(
            unit.c.name.label("unit"),
            duty.c.text,
            _a.period,
            _a.state,
            _a.last_on,
            _a.finished_on,
            func.coalesce(granted.c.n, 0).label("extended"),
            _a.returned,
            is_nil([plan_id]).label("is_nil"),
        )
        .join(unit, unit.c.id == _a.unit_id)
        .outerjoin(duty, duty.c.id == _a.duty_id)
        .outerjoin(granted, granted.c.assignment_id == _a.id)
        .where(_a.plan_id == plan_id, how.not_in(("past", "cancelled")), of_units([plan_id]))
        .where(or_(_a.state.in_(FINISHED), how == "overdue"))
        .where(*([_a.unit_id.in_(unit_ids)] if unit_ids else []))
        .order_by(_a.unit_id, _a.planned_on, _a.id)
    )
    period = cache(parse_period)
    return tuple(
        EndedAssignment(
            row.unit,
            row.text,
            period(row.period),
            answer_of(row.state, row.last_on, row.finished_on, nil=row.is_nil),
            row.extended,
            row.returned,
        )
        for row in rows
    )
