"""What units ask, on the page of what waits: answered, or given to another unit, as in the chat."""

from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.visit import Flash, Visit
from handlers.assignments.question_notice import (
    about,
    assignment_of,
    no_one_unit,
    not_answered,
    tell_answered,
    tell_reassigned,
)
from handlers.organisation.named_unit import named_unit
from handlers.plans.version_notice import tell_units
from services.assignments.answer_question import NotTheirQuestion, QuestionAnswered, answer_question
from services.assignments.reassign import Reassigned, reassign
from storage.assignments import question_store
from storage.assignments.question_store import Question


@dataclass(frozen=True, slots=True)
class AskedBy:
    """What a unit asks, and the words for what it is about."""

    question: Question
    about: Markup

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return anchor_of(self.question.id)


def anchor_of(question_id: int) -> str:
    """Return the place of a question on the page."""
    return f"cau-hoi-{question_id}"


async def questions(visit: Visit, most: int) -> list[AskedBy]:
    """Return what waits for an answer of the visitor's units, the oldest first."""
    waiting = await question_store.waiting(visit.conn, visit.person.units("coordinator"), most)
    return [
        AskedBy(question, about(visit.words, question, await assignment_of(visit.conn, question)))
        for question in waiting
    ]


async def answer(visit: Visit) -> Response:
    """Answer a question, or say that work stays where it is; or give it to the unit that is named."""
    number: int = visit.request.path_params["question"]
    if visit.sent("answer") == "give":
        return await _give(visit, number)
    result = await answer_question(
        visit.conn, number, visit.sent("words"), by=visit.person, now=visit.now, rules=visit.rules
    )
    if isinstance(result, NotTheirQuestion):
        raise HTTPException(404)
    if isinstance(result, QuestionAnswered):
        return _done(visit, await tell_answered(visit.conn, visit.words, result))
    return _again(visit, number, not_answered(visit.words, result))


async def _give(visit: Visit, number: int) -> Response:
    unit, choices = await named_unit(visit.conn, visit.rules, visit.sent("unit"), visit.today)
    if unit is None:
        return _again(visit, number, no_one_unit(visit.words, visit.sent("unit"), choices))
    result = await reassign(visit.conn, number, unit, by=visit.person, now=visit.now, rules=visit.rules)
    if isinstance(result, NotTheirQuestion):
        raise HTTPException(404)
    if not isinstance(result, Reassigned):
        return _again(visit, number, not_answered(visit.words, result))
    if result.plan is not None:
        await tell_units(visit.conn, visit.words, result.plan, result.news, visit.now)
    return _done(visit, await tell_reassigned(visit.conn, visit.words, result))


def _done(visit: Visit, text: Markup) -> Response:
    visit.tell(Flash(text))
    return visit.go("/cho-y-kien")


def _again(visit: Visit, number: int, why: Markup) -> Response:
    typed = {name: visit.sent(name) for name in ("answer", "words", "unit")}
    visit.tell(Flash(why, wrong=True, key=anchor_of(number), words=typed))
    return visit.go(f"/cho-y-kien#{anchor_of(number)}")
