"""Give a unit's item to another unit, after the unit has said that it is no work of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import Ask, close, make_request
from domain.assignments.plan_following import News
from domain.organisation.people import Person
from domain.plans.draft_change import DraftChange
from services.assignments.answer_question import (
    AnsweredBefore,
    NotTheirQuestion,
    QuestionAnswered,
    close_question,
    question_to_answer,
)
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.open_draft import open_draft
from storage.assignments import assignment_store, assignment_writer
from storage.assignments.question_store import Question
from storage.organisation import unit_store
from storage.plans.plan_store import PlanRow
from storage.requests import request_store

Why = Literal["closed", "report", "same_unit", "no_unit"]


@dataclass(frozen=True, slots=True)
class Reassigned:
    """An item is the work of `unit` now.

    `plan` is None for what a request asked. `news` is what units have to hear beside that, of other items.
    `gone` is the item as the first unit had it, `come` what the new unit is asked for now: None for a line of
    a report where it reports nothing, and for what was due before today.
    """

    answered: QuestionAnswered
    unit_id: int
    unit: str
    plan: PlanRow | None
    news: tuple[News, ...]
    gone: Assignment
    come: Assignment | None


async def reassign(
    conn: AsyncConnection, question_id: int, unit: str, *, by: Person, now: datetime, rules: Rules
) -> Reassigned | AnsweredBefore | NotTheirQuestion | Refused[Why]:
    """Give what a unit disclaims to the unit of the register named `unit`. Needs a writing transaction.

    Refused: it needs no answer any more ("closed"), it is a whole report ("report"), it is that unit's
    already ("same_unit"), or there is no such unit ("no_unit").
    """
    waiting = await question_to_answer(conn, question_id, by)
    if not isinstance(waiting, Question):
        return waiting
    item = await _item(conn, waiting)
    if isinstance(item, Refused):
        return item
    unit_id = (await unit_store.ids(conn)).get(unit)
    if unit_id is None or unit_id == waiting.unit_id:
        return Refused("no_unit" if unit_id is None else "same_unit")
    if item.duty_id is None:
        await _move_request(conn, item.assignment, unit_id, now.astimezone(rules.zone).date(), rules)
        plan: PlanRow | None = None
        news: tuple[News, ...] = ()
    else:
        moved = await _move_duty(conn, item.assignment, item.duty_id, unit, by=by, now=now, rules=rules)
        if isinstance(moved, Refused):
            return moved
        plan, news = moved
    answered = await close_question(conn, waiting, unit, by=by, now=now, rules=rules, moved_to_id=unit_id)
    come = await _come(conn, item, unit_id)
    return Reassigned(answered, unit_id, unit, plan, news, item.assignment, come)


@dataclass(frozen=True, slots=True)
class _Item:
    """What is given away: a duty, dated or a line of the report `assignment`; or what a request asked."""

    assignment: Assignment
    duty_id: int | None


async def _item(conn: AsyncConnection, waiting: Question) -> _Item | Refused[Why]:
    assignments = await assignment_store.get(conn, [waiting.assignment_id or 0])
    if waiting.kind != "disclaim" or not assignments or not assignments[0].is_open:
        return Refused("closed")
    duty_id = waiting.duty_id or assignments[0].duty_id
    return (
        Refused("report")
        if duty_id is None and assignments[0].kind == "report"
        else _Item(assignments[0], duty_id)
    )


async def _come(conn: AsyncConnection, item: _Item, unit_id: int) -> Assignment | None:
    """Return that by which the new unit is asked for the item; the nearest of several."""
    was = item.assignment
    return next(
        (
            unit
            for unit in await assignment_store.of_units(conn, [unit_id])
            if unit.is_open
            and (unit.plan_id, unit.request_id, unit.duty_id) == (was.plan_id, was.request_id, was.duty_id)
        ),
        None,
    )


async def _move_duty(
    conn: AsyncConnection,
    assignment: Assignment,
    duty_id: int,
    unit: str,
    *,
    by: Person,
    now: datetime,
    rules: Rules,
) -> tuple[PlanRow, tuple[News, ...]] | Refused[Why]:
    """Put one unit in the place of another in a duty of a live plan, as a correction of the plan."""
    if assignment.plan_id is None:
        return Refused("closed")
    draft, register = await open_draft(conn, assignment.plan_id, rules, now.astimezone(rules.zone).date())
    row = draft.row(f"line {duty_id}")
    if row is None or assignment.unit not in row.units:
        return Refused("closed")
    units = tuple(dict.fromkeys(unit if name == assignment.unit else name for name in row.units))
    change = DraftChange(row.key, "who", words=", ".join(units), units=units)
    result = await correct_draft(conn, draft, register, change, by=by, now=now, rules=rules)
    if not isinstance(result, Corrected):
        return Refused("closed")
    return result.plan, tuple(new for new in result.news if new.assignment_id != assignment.id)


async def _move_request(
    conn: AsyncConnection, assignment: Assignment, unit_id: int, today: date, rules: Rules
) -> None:
    """Ask another unit what a request asked of one; a unit that is asked already is not asked twice."""
    await assignment_writer.write(conn, close(assignment))
    if assignment.request_id is None:
        return
    asked_of = await request_store.owed(conn, assignment.request_id)
    if not any(other.unit_id == unit_id and other.state != "cancelled" for other in asked_of):
        ask = Ask(unit_id, assignment.due_on, assignment.period, request_id=assignment.request_id)
        await assignment_writer.add(conn, make_request([ask], today, rules.schedule))
