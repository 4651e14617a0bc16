"""The coordinator answers what units ask: in one line, by giving work to another unit, or by refusing."""

from collections.abc import Mapping

from handlers.assignments.question_notice import (
    about,
    assignment_of,
    no_one_unit,
    not_answered,
    tell_answered,
    tell_reassigned,
    ways,
)
from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    button,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines, short, wording_of
from handlers.organisation.named_unit import named_unit
from handlers.plans.version_notice import tell_units
from services.assignments.answer_question import (
    AnsweredBefore,
    NotTheirQuestion,
    QuestionAnswered,
    answer_question,
    question_to_answer,
)
from services.assignments.reassign import Reassigned, reassign
from services.common.results import Refused
from storage.assignments import question_store
from storage.assignments.question_store import Question as Asked
from storage.organisation import unit_store

_SHOWN = 8
_ASKS: Mapping[str, str] = {
    "reply": "question.reply",
    "stays": "question.stays_why",
    "give_to": "question.to",
}


async def _ask_for(context: Context, verb: str, argument: str) -> Reply:
    """Ask for the one line that a button needs."""
    waiting = await question_to_answer(context.conn, id_in(argument), context.person)
    if not isinstance(waiting, Asked):
        return _not_answered(context, waiting)
    facts = {"unit": waiting.unit, "words": short(waiting.text, 200)}
    about_ = about(wording_of(context), waiting, await assignment_of(context.conn, waiting))
    ask = context.texts(_ASKS[verb], about=about_, **facts)
    return reply(Outgoing(ask), topic=verb, about=str(waiting.id))


@button("reply", "coordinator")
async def reply_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Trả lời."""
    return await _ask_for(context, "reply", pressed.text())


@button("stays", "coordinator")
async def stays_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Vẫn là việc của đơn vị: ask why."""
    return await _ask_for(context, "stays", pressed.text())


@button("give_to", "coordinator")
async def give_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Giao đơn vị khác: ask which; with a unit in it, give the work to that one."""
    unit_id = pressed.text(1)
    if not unit_id:
        return await _ask_for(context, "give_to", pressed.text())
    names = {str(number): name for name, number in (await unit_store.ids(context.conn)).items()}
    result = await reassign(
        context.conn,
        pressed.id(),
        names.get(unit_id, ""),
        by=context.person,
        now=context.now,
        rules=context.rules,
    )
    if not isinstance(result, Reassigned):
        return _not_answered(context, result)
    wording = wording_of(context)
    if result.plan is not None:
        await tell_units(context.conn, wording, result.plan, result.news, context.now)
    return reply(Outgoing(await tell_reassigned(context.conn, wording, result)))


@question("reply", "coordinator")
async def reply_typed(context: Context, text: str) -> Reply:
    """Take the answer."""
    return await _answer(context, id_in(context.dialog.about), text)


@question("stays", "coordinator")
async def stays_typed(context: Context, text: str) -> Reply:
    """Take why it stays the unit's work."""
    return await _answer(context, id_in(context.dialog.about), text)


async def typed(context: Context, text: str) -> Reply | None:
    """Take the answer to the message that told of a question; None where none is answered."""
    if not context.said.reply_to:
        return None
    question_id = await question_store.told_by(context.conn, context.said.chat, context.said.reply_to)
    return await _answer(context, question_id, text) if question_id is not None else None


async def _answer(context: Context, question_id: int, text: str) -> Reply:
    result = await answer_question(
        context.conn, question_id, text, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, QuestionAnswered):
        return reply(Outgoing(await tell_answered(context.conn, wording_of(context), result)))
    if isinstance(result, Refused):
        again = Outgoing(not_answered(wording_of(context), result))
        return reply(again, topic=context.dialog.topic or "reply", about=str(question_id))
    return _not_answered(context, result)


def _not_answered(context: Context, result: AnsweredBefore | NotTheirQuestion | Refused[str]) -> Reply:
    if isinstance(result, NotTheirQuestion):
        return turned_away(context, f"question {result.question_id}")
    return reply(Outgoing(not_answered(wording_of(context), result)))


@question("give_to", "coordinator")
async def unit_typed(context: Context, text: str) -> Reply:
    """Take the name of the unit, and show what giving it the work means."""
    waiting = await question_to_answer(context.conn, id_in(context.dialog.about), context.person)
    if not isinstance(waiting, Asked):
        return _not_answered(context, waiting)
    unit, choices = await named_unit(context.conn, context.rules, text, context.today)
    if unit is None:
        problem = no_one_unit(wording_of(context), text, choices)
        return reply(Outgoing(problem), topic="give_to", about=context.dialog.about)
    unit_id = (await unit_store.ids(context.conn))[unit]
    what = about(wording_of(context), waiting, await assignment_of(context.conn, waiting))
    ask = context.texts("question.sure", about=what, unit=unit, old=waiting.unit)
    give = choice_of(label(context.texts, "give", unit=short(unit, 40)), "give_to", waiting.id, unit_id)
    return reply(Outgoing(ask, ((give,),)), topic="give_to", about=context.dialog.about)


async def waiting_questions(context: Context) -> Outgoing | None:
    """Return what units ask and nobody has answered, with a button each; None where nothing waits."""
    units = context.person.units("coordinator")
    waiting = await question_store.waiting(context.conn, units, _SHOWN)
    if not waiting:
        return None
    wording, count = wording_of(context), await question_store.count_waiting(context.conn, units)
    rows = [
        context.texts(
            f"question.list_{question.kind}",
            number=number,
            unit=question.unit,
            about=about(wording, question, await assignment_of(context.conn, question)),
            words=short(question.text, 300),
        )
        for number, question in enumerate(waiting, 1)
    ]
    more = context.texts("plan.more", count=count - _SHOWN) if count > _SHOWN else None
    text = lines(context.texts("question.head", count=count), *rows, more)
    return Outgoing(
        text, tuple(ways(wording, question, number) for number, question in enumerate(waiting, 1))
    )


BUTTONS: tuple[Button, ...] = (reply_pressed, stays_pressed, give_pressed)
QUESTIONS: tuple[Question, ...] = (reply_typed, stays_typed, unit_typed)
