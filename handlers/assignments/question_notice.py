"""Word questions of units and their answers, and tell those whom they concern. Chat and pages share it."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Role
from handlers.common import notice
from handlers.common.button_data import Verb, choice_of
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import Wording, label, lines, short
from services.assignments.answer_question import AnsweredBefore, QuestionAnswered
from services.assignments.ask_coordinator import QUESTION_LIMIT, QuestionAsked
from services.assignments.reassign import Reassigned
from services.common.results import Refused
from storage.assignments import assignment_store
from storage.assignments.question_store import Question
from storage.organisation import absence_store

_WORDS = 600


def about(wording: Wording, question: Question, assignment: Assignment | None) -> Markup:
    """Return what a question is about: "Báo cáo 6 tháng đầu năm 2026, 17/KH-UBND", or nothing special."""
    if assignment is None:
        return wording.texts("question.in_general")
    what = Markup.escape(short(question.line)) if question.line else wording.what(assignment)
    plan = assignment.plan or wording.texts("nudge.requests")
    return wording.texts("question.about", what=what, plan=plan, due=wording.due(assignment))


async def assignment_of(conn: AsyncConnection, question: Question) -> Assignment | None:
    """Return the assignment that a question is about."""
    ids = [question.assignment_id] if question.assignment_id is not None else []
    return next(iter(await assignment_store.get(conn, ids)), None)


async def tell_coordinators(conn: AsyncConnection, wording: Wording, result: QuestionAsked) -> None:
    """Put a question before those who compile."""
    question = result.question
    facts = {"unit": question.unit, "person": question.asker, "words": short(question.text, _WORDS)}
    about_ = about(wording, question, result.assignment)
    message = Outgoing(
        wording.texts(f"question.told_{question.kind}", about=about_, **facts), (ways(wording, question),)
    )
    topic = f"question:{question.id}"
    await notice.put_on(conn, result.to_tell, wording.today, topic, message, question_id=question.id)


def ways(wording: Wording, question: Question, number: int | None = None) -> tuple[Choice, ...]:
    """Return the buttons by which a question is answered, numbered in a list."""
    which = f"{number} " if number else ""
    verbs: tuple[Verb, ...] = ("reply",) if question.kind == "question" else ("give_to", "stays")
    return tuple(choice_of(which + label(wording.texts, verb), verb, question.id) for verb in verbs)


async def tell_answered(conn: AsyncConnection, wording: Wording, result: QuestionAnswered) -> Markup:
    """Bring an answer to those who asked; return what the coordinator is told."""
    question = result.question
    facts = {
        "about": about(wording, question, await assignment_of(conn, question)),
        "words": short(question.text, 200),
        "answer": short(question.answer or "", _WORDS),
        "unit": question.unit,
        "coordinator": question.coordinator,
    }
    kind = "stays" if question.kind == "disclaim" else "answered"
    again = choice_of(label(wording.texts, "ask_more"), "pass_on", _again(question))
    message = Outgoing(wording.texts(f"question.told_{kind}", **facts), ((again,),))
    await notice.put_on(conn, result.to_tell, wording.today, f"answer:{question.id}", message)
    return wording.texts(f"question.{kind}" if result.to_tell else "question.nobody_there", **facts)


def _again(question: Question) -> str:
    item = question.assignment_id
    return f"i{item}" if item is not None else f"u{question.coordinator_id}"


async def tell_reassigned(conn: AsyncConnection, wording: Wording, result: Reassigned) -> Markup:
    """Tell both units whose work it is now; return what the coordinator is told.

    What other items of both became is told by `handlers.plans.version_notice`.
    """
    question, texts = result.answered.question, wording.texts
    facts = {
        "about": about(wording, question, result.gone),
        "unit": result.unit,
        "old": question.unit,
        "coordinator": question.coordinator,
    }
    topic = f"answer:{question.id}"
    gone, come = (
        Outgoing(texts("question.told_gone", **facts)),
        Outgoing(texts("question.told_come", **facts)),
    )
    old = [*result.answered.to_tell, *await _hearers(conn, wording, [question.unit_id])]
    await notice.put_on(conn, old, wording.today, topic, gone)
    new = await _hearers(conn, wording, [result.unit_id])
    await notice.put_on(conn, new, wording.today, topic, come)
    return lines(
        texts("question.reassigned", **facts),
        None if new else texts("question.empty_unit", unit=result.unit),
        None if result.come else texts("question.unasked", unit=result.unit),
    )


async def _hearers(conn: AsyncConnection, wording: Wording, unit_ids: Iterable[int]) -> list[int]:
    """Return the focal points of units, where these have none their leaders."""
    units = list(unit_ids)
    roles: tuple[Role, ...] = ("focal", "leader")
    for role in roles:
        if heard := await absence_store.hearers(conn, units, [role], wording.today):
            return [person_id for person_id, _ in heard]
    return []


def not_answered(wording: Wording, result: AnsweredBefore | Refused[str]) -> Markup:
    """Return why an answer was not taken."""
    if isinstance(result, Refused):
        if result.reason == "too_long":
            return wording.texts("update.too_long", limit=QUESTION_LIMIT)
        return wording.texts(f"question.not_{result.reason}")
    question = result.question
    at = question.answered_at.astimezone(wording.zone) if question.answered_at else None
    return wording.texts(
        "question.before",
        person=question.answerer or "",
        when=f"{at:%H:%M} {wording.day(at.date())}" if at else "",
        answer=short(question.answer or "", 200),
    )


def no_one_unit(wording: Wording, text: str, choices: Sequence[str]) -> Markup:
    """Return why words name no single unit."""
    which = wording.texts("draft.or").join(choices)
    key = "question.which_unit" if which else "question.no_such_unit"
    return wording.texts(key, words=short(text, 60), choices=which)


def told_rows(wording: Wording, questions: Iterable[Question]) -> list[Markup]:
    """Return the questions about an item with their answers, a line each."""
    return [_row(wording, question) for question in questions]


def _row(wording: Wording, question: Question) -> Markup:
    key = "waits" if question.is_open else ("moved" if question.moved_to else "has_answer")
    facts = {"words": short(question.text, 200), "answer": short(question.answer or "", 300)}
    asked_on = wording.day(question.asked_at.astimezone(wording.zone).date())
    return wording.texts(f"question.row_{key}", day=asked_on, unit=question.moved_to or "", **facts)
