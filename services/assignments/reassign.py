"""Give a unit's item to another unit, after the unit has said that it is no work of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import Ask, close, make_request
from domain.assignments.plan_following import News
from domain.organisation.people import Person
from domain.plans.draft import Draft
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

Why = Literal["closed", "same_unit", "no_unit"]


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

    A whole report goes with all its dates, and with the duties that the unit would have told of in it.
    Refused: it needs no answer any more ("closed"), it is that unit's already ("same_unit"), or there is no
    such unit ("no_unit").
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
    if item.assignment.plan_id is None:
        await _move_request(conn, item.assignment, unit_id, now.astimezone(rules.zone).date(), rules)
        plan: PlanRow | None = None
        news: tuple[News, ...] = ()
    else:
        moved = await _move_clauses(conn, item, unit, by=by, now=now, rules=rules)
        if isinstance(moved, Refused):
            return moved
        plan, news = moved
    answered = await close_question(conn, waiting, unit, by=by, now=now, rules=rules, moved_to_id=unit_id)
    come = await _come(conn, item, unit_id)
    return Reassigned(answered, unit_id, unit, plan, news, item.assignment, come)


@dataclass(frozen=True, slots=True)
class _Item:
    """What is given away: a duty, dated or a line of the report `assignment`; that report; or what a request
    asked.
    """

    assignment: Assignment
    duty_id: int | None


async def _item(conn: AsyncConnection, waiting: Question) -> _Item | Refused[Why]:
    assignments = await assignment_store.get(conn, [waiting.assignment_id or 0])
    if waiting.kind != "disclaim" or not assignments or not assignments[0].is_open:
        return Refused("closed")
    return _Item(assignments[0], waiting.duty_id or assignments[0].duty_id)


async def _come(conn: AsyncConnection, item: _Item, unit_id: int) -> Assignment | None:
    """Return that by which the new unit is asked for the item; the nearest of several."""
    was = item.assignment
    return next(
        (
            unit
            for unit in await assignment_store.of_units(conn, [unit_id])
            if unit.is_open
            and (unit.plan_id, unit.request_id, unit.rule_id, unit.duty_id)
            == (was.plan_id, was.request_id, was.rule_id, was.duty_id)
        ),
        None,
    )


async def _move_clauses(
    conn: AsyncConnection, item: _Item, unit: str, *, by: Person, now: datetime, rules: Rules
) -> tuple[PlanRow, tuple[News, ...]] | Refused[Why]:
    """Put one unit in the place of another in clauses of a live plan, as corrections of the plan."""
    old, plan_id = item.assignment.unit, item.assignment.plan_id or 0
    today = now.astimezone(rules.zone).date()
    draft, _ = await open_draft(conn, plan_id, rules, today)
    plan, news = None, []
    for key in _keys(draft, item):
        draft, register = await open_draft(conn, plan_id, rules, today)
        row = draft.row(key)
        if row is None or old not in row.units:
            continue
        units = tuple(dict.fromkeys(unit if name == old else name for name in row.units))
        change = DraftChange(key, "who", words=", ".join(units), units=units)
        result = await correct_draft(conn, draft, register, change, by=by, now=now, rules=rules)
        if isinstance(result, Corrected):
            plan = result.plan
            news += [new for new in result.news if new.assignment_id != item.assignment.id]
    return (plan, tuple(news)) if plan else Refused("closed")


def _keys(draft: Draft, item: _Item) -> tuple[str, ...]:
    """The clauses that go to the other unit: of a report the duties first that are told of in it."""
    if item.duty_id is not None:
        return (f"line {item.duty_id}",)
    own = (row for row in draft.rows if row.kind != "report" and not row.due)
    lines = (row.key for row in own if item.assignment.unit in row.units)
    return (*lines, f"rule {item.assignment.rule_id}")


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
