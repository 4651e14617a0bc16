"""Where plans stand, counted by the database: a row a unit, however much it owes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import FINISHED, Timeliness
from domain.reporting.standing import Dates, Standing, UnitCount, nearest, next_date, standing_of_counts
from storage.assignments.pending_extensions import is_held_on, wanted_on
from storage.common.counted import COUNTS, IS_PAST
from storage.database.schema import (
    assignment,
    duty,
    duty_unit,
    extension,
    plan,
    progress,
    reporting_rule,
    unit,
)
from storage.reporting.answer_columns import is_nil, was_late

_a = assignment.c
_own, _other = assignment.alias("own"), assignment.alias("other")
_WAYS: tuple[Timeliness, ...] = ("done_in_time", "done_late", "in_time", "due", "overdue")
"""The ways to stand that count, by the names that they have in UnitCount."""


def timeliness_on(today: date) -> ColumnElement[str]:
    """Return how an assignment stands on a local day: domain.assignments.lifecycle.timeliness in SQL."""
    late = was_late()
    in_time: Timeliness = "in_time"
    return case(
        (_a.state == "cancelled", "cancelled"),
        (_a.state == "done", case((late, "done_late"), else_="done_in_time")),
        (_a.past, "past"),
        (_a.state == "submitted", case((late, "overdue"), else_=in_time)),
        (_a.last_on == today, "due"),
        (_a.last_on > today, in_time),
        else_="overdue",
    )


def upward_rules(plan_ids: Iterable[int]) -> Select[tuple[int]]:
    """Select the reporting rules by which a plan's coordinating unit alone reports, to those above it."""
    rule = reporting_rule.c
    own = select(_own.c.id).where(_own.c.unit_id == plan.c.coordinator_id, _own.c.rule_id == rule.id)
    of_others = select(_other.c.id).where(
        _other.c.plan_id == rule.plan_id,
        _other.c.rule_id == rule.id,
        _other.c.unit_id != plan.c.coordinator_id,
    )
    return (
        select(rule.id)
        .join(plan, plan.c.id == rule.plan_id)
        .where(rule.plan_id.in_(list(plan_ids)), own.exists(), ~of_others.exists())
    )


def of_units(plan_ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether what a plan asks for is a unit's own, and not the coordinator's duty to report upward."""
    return or_(_a.rule_id.is_(None), _a.rule_id.not_in(upward_rules(plan_ids)))


async def assigned_units(conn: AsyncConnection, plan_id: int) -> int:
    """Return how many units a plan asks for anything, whenever it is due."""
    units = select(func.count(_a.unit_id.distinct())).where(_a.plan_id == plan_id, COUNTS)
    return (await conn.execute(units)).scalar_one()


async def standing_of(
    conn: AsyncConnection, plan_id: int, today: date, unit_ids: Sequence[int] = ()
) -> Standing:
    """Count where a plan stands on a local day; for some units, or for all."""
    counted = and_(_a.plan_id == plan_id, _a.state != "cancelled")
    if upward := (await conn.execute(upward_rules([plan_id]))).scalars().all():
        counted = and_(counted, or_(_a.rule_id.is_(None), _a.rule_id.not_in(upward)))
    if unit_ids:
        counted = and_(counted, _a.unit_id.in_(unit_ids))
    dates, past = await _dates(conn, counted, today)
    held = await _held(conn, counted, today)
    rows: Any = await conn.execute(_counting(counted, dates, today, plan_id, list(held)))
    counts = (_with_wishes(UnitCount(*row), held.values()) if held else UnitCount(*row) for row in rows)
    return standing_of_counts(dates, counts, past)


@dataclass(frozen=True, slots=True)
class _Held:
    """The date that a unit wishes for what it is not asked for at present."""

    unit_id: int
    wanted_on: date


async def _held(conn: AsyncConnection, counted: ColumnElement[bool], today: date) -> dict[int, _Held]:
    """Return by assignment id what is held: so little that the counting is not burdened with it."""
    wishing = select(extension.c.assignment_id).where(extension.c.granted.is_(None))
    ids = (await conn.execute(wishing)).scalars().all()
    if not ids:
        return {}
    wanted = wanted_on().label("wanted_on")
    rows = await conn.execute(
        select(_a.id, _a.unit_id, wanted).where(_a.id.in_(ids), counted, is_held_on(today))
    )
    return {row.id: _Held(row.unit_id, row.wanted_on) for row in rows}


def _with_wishes(counted: UnitCount, held: Iterable[_Held]) -> UnitCount:
    wanted = [wish.wanted_on for wish in held if wish.unit_id == counted.unit_id]
    return replace(counted, held=len(wanted), wanted=max(wanted)) if wanted else counted


async def _dates(conn: AsyncConnection, counted: ColumnElement[bool], today: date) -> tuple[Dates, int]:
    """Return up to which dates is counted, and how many rows were past at the start."""
    # distinct rows and a count apart: one GROUP BY would sort every row of the plan
    columns = (_a.due_on, _a.planned_on, _a.last_on, _a.rule_id.is_not(None))
    live = (await conn.execute(select(*columns).distinct().where(counted, ~IS_PAST))).all()
    past = (await conn.execute(select(func.count()).where(counted, IS_PAST))).scalar_one()
    focus = next_date(((due_on, last_on) for due_on, _, last_on, _ in live), today)
    round_ = nearest({planned_on for _, planned_on, _, is_report in live if is_report}, today)
    return Dates(*focus, round_) if focus else Dates(None, None, round_), past


def _counting(
    counted: ColumnElement[bool], dates: Dates, today: date, plan_id: int, held: Sequence[int]
) -> Select[Any]:
    """Select the fields of UnitCount, in their order, but for those of wishes; `held` are assignment ids."""
    focus = dates.focus or date.min
    rows = (
        select(
            _a.unit_id,
            _a.last_on,
            _a.blocked,
            or_(_a.due_on <= focus, _a.planned_on <= focus).label("now"),
            and_(_a.rule_id.is_not(None), _a.planned_on == (dates.round or date.min)).label("of_round"),
            timeliness_on(today).label("how"),
            _a.state.in_(FINISHED).label("handed_in"),
            was_late().label("was_late"),
            is_nil([plan_id]).label("is_nil"),
            *([_a.id.in_(held).label("held")] if held else []),
        )
        .where(counted)
        .cte("owed")
        .prefix_with("MATERIALIZED")  # else its CASE is worked out anew for every column
    )
    owed = rows.c
    pressing = [~owed.held] if held else []

    def count(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(cast(and_(*where), Integer))

    sums = (
        select(
            owed.unit_id,
            *(count(owed.now, owed.how == way).label(way) for way in _WAYS),
            func.min(case((and_(owed.now, owed.how == "overdue", *pressing), owed.last_on))).label(
                "late_since"
            ),
            (func.max(cast(and_(owed.now, owed.blocked), Integer)) == 1).label("blocked"),
            count(owed.of_round).label("reports"),
            count(owed.of_round, owed.handed_in).label("sent"),
            count(owed.now, owed.handed_in).label("answered"),
            count(owed.now, owed.handed_in, owed.was_late).label("answered_late"),
            count(owed.now, owed.handed_in, ~owed.was_late, owed.is_nil).label("answered_nil"),
        )
        .where(owed.how != "past", or_(owed.now, owed.of_round))
        .group_by(owed.unit_id)
        .subquery("sums")
    )
    unit_id, *others = sums.c
    return select(unit_id, unit.c.name.label("unit"), *others).join(unit, unit.c.id == unit_id)


async def answered_lines(
    conn: AsyncConnection, plan_id: int, round_: date | None, unit_ids: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return, by unit id, on how many lines of its open report something was said, and of how many.

    The report is that of a round; units that have said nothing of any line are left out.
    """
    line = (
        select(duty_unit.c.unit_id, duty_unit.c.duty_id)
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .where(duty.c.plan_id == plan_id, duty.c.due == "", duty.c.withdrawn_on.is_(None))
        .where(duty_unit.c.part != "partner", duty_unit.c.unit_id.in_(unit_ids))
        .distinct()
        .cte("line")
    )
    line_count = select(line.c.unit_id, func.count().label("n")).group_by(line.c.unit_id).subquery("lines")
    is_current = and_(line.c.unit_id == _a.unit_id, line.c.duty_id == progress.c.duty_id)
    rows = await conn.execute(
        select(_a.unit_id, func.count(progress.c.duty_id.distinct()).label("said"), line_count.c.n)
        .join(progress, progress.c.assignment_id == _a.id)
        .join(line, is_current)  # what was said of a line that is the unit's no longer is not counted
        .join(line_count, line_count.c.unit_id == _a.unit_id)
        .where(_a.plan_id == plan_id, _a.planned_on == round_, _a.rule_id.is_not(None))
        .where(_a.state.not_in(FINISHED), progress.c.duty_id.is_not(None), ~progress.c.undone)
        .group_by(_a.unit_id, line_count.c.n)
    )
    return {row.unit_id: (row.said, row.n) for row in rows}
