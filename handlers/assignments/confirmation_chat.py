"""What units say is done: confirmed by the coordinator, or returned with a reason, if the plan wants it."""

from domain.assignments.assignment import Assignment
from handlers.assignments.decision_notice import (
    assignment_facts,
    not_judged,
    tell_confirmed,
    tell_returned,
)
from handlers.assignments.evidence_list import files_choice
from handlers.assignments.next_word_notice import judgement_choices
from handlers.assignments.question_answer_chat import waiting_questions
from handlers.common.button_data import ButtonData, id_in
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    button,
    command,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Outgoing
from handlers.common.wording import lines, short, wording_of
from services.assignments.judge_result import (
    NotWaiting,
    ResultConfirmed,
    ResultReturned,
    confirm,
    result_to_judge,
    return_,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import confirmation_store, evidence_store, progress_store

_SHOWN = 8
_WORDS = 400


@command("waiting", "choxacnhan", "coordinator")
async def waiting(context: Context, argument: str) -> Reply:
    """List what waits to be confirmed, and what units ask."""
    questions = await waiting_questions(context)
    answer = await _to_confirm(context)
    if questions is None:
        return reply(answer or Outgoing(context.texts("confirm.none")))
    return reply(*([answer] if answer else []), questions)


async def _to_confirm(context: Context) -> Outgoing | None:
    waiting = await confirmation_store.waiting(context.conn, context.person.units("coordinator"))
    if not waiting:
        return None
    shown = waiting[:_SHOWN]
    latest = await progress_store.latest(context.conn, [assignment.id for assignment in shown])
    rows = [
        context.texts(
            "confirm.row",
            number=number,
            unit=assignment.unit,
            words=short(latest[assignment.id, None].text, _WORDS) if (assignment.id, None) in latest else "…",
            again=context.texts("confirm.again", count=assignment.returned) if assignment.returned else "",
            **assignment_facts(wording_of(context), assignment),
        )
        for number, assignment in enumerate(shown, 1)
    ]
    more = context.texts("plan.more", count=len(waiting) - _SHOWN) if len(waiting) > _SHOWN else None
    text = lines(context.texts("confirm.head", count=len(waiting)), *rows, more)
    files = {
        id_ for id_, _ in await evidence_store.counts(context.conn, [assignment.id for assignment in shown])
    }
    choices = (
        (
            *judgement_choices(context.texts, assignment, n),
            *([files_choice(context.texts, assignment.id, number=n)] if assignment.id in files else []),
        )
        for n, assignment in enumerate(shown, 1)
    )
    return Outgoing(text, tuple(choices))


@button("accept", "coordinator")
async def accept(context: Context, pressed: ButtonData) -> Reply:
    """Xác nhận: it is done, on the day on which the unit handed it in."""
    result = await confirm(
        context.conn, pressed.id(), by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, ResultConfirmed):
        return reply(Outgoing(await tell_confirmed(context.conn, wording_of(context), result)))
    return _not_judged(context, result)


def _not_judged(context: Context, result: NotWaiting | NotTheirAssignment) -> Reply:
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}")
    return reply(Outgoing(not_judged(wording_of(context), result)))


@button("return", "coordinator")
async def ask_reason(context: Context, pressed: ButtonData) -> Reply:
    """Trả lại: ask why."""
    assignment = await result_to_judge(context.conn, pressed.id(), context.person)
    if not isinstance(assignment, Assignment):
        return _not_judged(context, assignment)
    facts = assignment_facts(wording_of(context), assignment)
    ask = context.texts("confirm.why", unit=assignment.unit, **facts)
    return reply(Outgoing(ask), topic="return", about=str(assignment.id))


@question("return", "coordinator")
async def give_back(context: Context, reason: str) -> Reply:
    """Take the reason, and give the assignment back."""
    about = context.dialog.about
    result = await return_(
        context.conn, id_in(about), reason, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, ResultReturned):
        return reply(Outgoing(await tell_returned(context.conn, wording_of(context), result)))
    if isinstance(result, Refused):
        return reply(Outgoing(not_judged(wording_of(context), result)), topic="return", about=about)
    return _not_judged(context, result)


BUTTONS: tuple[Button, ...] = (accept, ask_reason)
QUESTIONS: tuple[Question, ...] = (give_back,)
