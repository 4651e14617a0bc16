"""Put a question to the coordinating unit, or tell it that an item is no work of one's unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.assignments.people_to_tell import people_in
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import assignment_store, question_store
from storage.assignments.question_store import Kind, NewQuestion, Question
from storage.common import audit_log

QUESTION_LIMIT = 1000
"""The longest question and the longest answer, in characters."""


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question waits for the coordinators `to_tell`; nobody is told where the unit has none here.

    `assignment` is what it is about, None where that is no single item.
    """

    question: Question
    assignment: Assignment | None
    to_tell: tuple[int, ...]


async def ask_coordinator(
    conn: AsyncConnection,
    text: str,
    *,
    assignment_id: int | None = None,
    duty_id: int | None = None,
    coordinator_id: int | None = None,
    kind: Kind = "question",
    by: Person,
    now: datetime,
    rules: Rules,
) -> QuestionAsked | NotTheirAssignment | Refused[Literal["too_long", "nobody", "closed"]]:
    """Keep a question about an item of `by`, or for the unit `coordinator_id`. Needs a writing transaction.

    `duty_id` is the line of a report. Refused: the text has more than QUESTION_LIMIT characters
    ("too_long"), nobody compiles it or their units owe that unit nothing ("nobody"), what is disclaimed is
    not open ("closed").
    """
    if len(text) > QUESTION_LIMIT:
        return Refused("too_long")
    assignment = None
    if assignment_id is not None:
        theirs = await of_their_unit(conn, assignment_id, by)
        if isinstance(theirs, NotTheirAssignment):
            return theirs
        assignment, coordinator_id = theirs, theirs.coordinator_id
    if kind == "disclaim" and (assignment is None or not assignment.is_open):
        return Refused("closed")
    unit_id = assignment.unit_id if assignment else await _asking_unit(conn, by, coordinator_id)
    if coordinator_id is None or unit_id is None:
        return Refused("nobody")
    new = NewQuestion(kind, assignment_id, duty_id, unit_id, coordinator_id, by.id, text)
    question = await _keep(conn, new, now)
    today = now.astimezone(rules.zone).date()
    to_tell = await people_in(conn, [coordinator_id], ("coordinator",), today)
    return QuestionAsked(question, assignment, to_tell)


async def _keep(conn: AsyncConnection, new: NewQuestion, now: datetime) -> Question:
    """Keep a question, and note it in the audit."""
    question = await question_store.get(conn, await question_store.add(conn, new, now))
    if question is None:
        raise LookupError("a question was not kept")
    about = f"question {question.id}" + (f" assignment {new.assignment_id}" if new.assignment_id else "")
    await audit_log.note(conn, now, new.kind, about, new.asked_by)
    return question


async def _asking_unit(conn: AsyncConnection, by: Person, coordinator_id: int | None) -> int | None:
    """Return the unit for which `by` asks: the first of theirs that owes something to that unit."""
    unit_ids = by.units("focal", "leader")
    assignments = await assignment_store.of_units(conn, unit_ids)
    owing = {assignment.unit_id for assignment in assignments if assignment.coordinator_id == coordinator_id}
    return next((unit_id for unit_id in unit_ids if unit_id in owing), None)
