"""Answer a question of a unit; what the unit says is no work of its own stays its work by an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.assignments.ask_coordinator import QUESTION_LIMIT
from services.assignments.people_to_tell import asker_or_focal
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import question_store
from storage.assignments.question_store import Question
from storage.common import audit_log


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """The question with its answer, and the people of the asking unit who must be told."""

    question: Question
    to_tell: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """Nothing was done: the question has its answer."""

    question: Question


@dataclass(frozen=True, slots=True)
class NotTheirQuestion:
    """Nothing was done: there is no such question, or it is put to another unit. The id is for the audit."""

    question_id: int


async def question_to_answer(
    conn: AsyncConnection, question_id: int, by: Person
) -> Question | AnsweredBefore | NotTheirQuestion:
    """Return a question that waits for a unit for which `by` coordinates now."""
    question = await question_store.get(conn, question_id)
    if question is None or question.coordinator_id not in by.units("coordinator"):
        return NotTheirQuestion(question_id)
    return question if question.is_open else AnsweredBefore(question)


async def answer_question(
    conn: AsyncConnection, question_id: int, text: str, *, by: Person, now: datetime, rules: Rules
) -> QuestionAnswered | AnsweredBefore | NotTheirQuestion | Refused[Literal["too_long", "empty"]]:
    """Answer a question in one's own words. Needs a writing transaction.

    An answer to "disclaim" refuses it: the work stays with the unit, and the words are the reason. Refused:
    there are no words ("empty"), or more than QUESTION_LIMIT characters ("too_long").
    """
    waiting = await question_to_answer(conn, question_id, by)
    if not isinstance(waiting, Question):
        return waiting
    text = text.strip()
    if not text:
        return Refused("empty")
    if len(text) > QUESTION_LIMIT:
        return Refused("too_long")
    return await close_question(conn, waiting, text, by=by, now=now, rules=rules)


async def close_question(
    conn: AsyncConnection,
    waiting: Question,
    text: str,
    *,
    by: Person,
    now: datetime,
    rules: Rules,
    moved_to_id: int | None = None,
) -> QuestionAnswered:
    """Keep the answer to an open question of `by`, and note it; `moved_to_id` has the work now."""
    await question_store.answer(conn, waiting.id, by.id, text, now, moved_to_id=moved_to_id)
    became = None if moved_to_id is None else f"unit {moved_to_id}"
    was = f"unit {waiting.unit_id}" if moved_to_id is not None else None
    what = "reassign" if moved_to_id is not None else "answer"
    await audit_log.note(conn, now, what, f"question {waiting.id}", by.id, was=was, became=became)
    answered = await question_store.get(conn, waiting.id) or waiting
    today = now.astimezone(rules.zone).date()
    to_tell = await asker_or_focal(conn, waiting.unit_id, waiting.asked_by, today)
    return QuestionAnswered(answered, to_tell)
