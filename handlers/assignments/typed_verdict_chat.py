"""Verdicts that are typed instead of tapped: a leader approves, a coordinator confirms or gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.typed_verdicts import Verdict, read_approval, read_judgement
from domain.common.text import fold
from handlers.assignments import approval_chat, confirmation_chat
from handlers.assignments.item_numbering import owed
from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import Button, Context, Question, Reply, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines, wording_of
from storage.assignments import approval_store, confirmation_store
from storage.common import outbox

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Kind:
    """The labels of the two buttons, what each does, and who takes the reason."""

    yes: str
    no: str
    agree: Button
    refuse: Button
    reason: Question


_APPROVAL = _Kind(
    "approve",
    "disapprove",
    approval_chat.approve_pressed,
    approval_chat.disapprove_pressed,
    approval_chat.reason_typed,
)
_JUDGEMENT = _Kind(
    "accept",
    "return",
    confirmation_chat.accept,
    confirmation_chat.ask_reason,
    confirmation_chat.give_back,
)


@dataclass(frozen=True, slots=True)
class _WaitingVerdict:
    """What waits for a verdict; `id` is what its buttons name."""

    id: int
    assignment: Assignment


async def approval(context: Context, text: str) -> Reply | None:
    """Take a leader's word on what their units finished; None where it is none, or nothing waits."""
    verdict = read_approval(text)
    led = context.somebody.units("leader") if context.somebody else ()
    if verdict is None or not led or (context.person.units("coordinator") and "duyet" not in fold(text)):
        return None
    waiting = [
        _WaitingVerdict((await approval_store.waiting(context.conn, assignment.id))[-1].id, assignment)
        for assignment in await owed(context)
        if assignment.unit_id in led and assignment.waits_for_leader
    ]
    return await _decide(context, _APPROVAL, verdict, waiting)


async def judgement(context: Context, text: str) -> Reply | None:
    """Take a coordinator's word on results that wait; None where it is none, or nothing waits."""
    verdict = read_judgement(text)
    if verdict is None:
        return None
    waiting = await confirmation_store.waiting(context.conn, context.person.units("coordinator"))
    return await _decide(
        context, _JUDGEMENT, verdict, [_WaitingVerdict(assignment.id, assignment) for assignment in waiting]
    )


async def _decide(
    context: Context, kind: _Kind, verdict: Verdict, waiting: Sequence[_WaitingVerdict]
) -> Reply | None:
    if not waiting:
        return None
    about = await _meant(context, kind, verdict, waiting)
    if about is None:
        return _list(context, kind, waiting)
    pressed = ButtonData(kind.agree.verb if verdict.agreed else kind.refuse.verb, (str(about),))
    if verdict.agreed:
        return await kind.agree.run(context, pressed)
    if not verdict.reason:
        return await kind.refuse.run(context, pressed)
    answering = replace(context, dialog=replace(context.dialog, topic=kind.reason.topic, about=str(about)))
    return await kind.reason.run(answering, verdict.reason)


async def _meant(
    context: Context, kind: _Kind, verdict: Verdict, waiting: Sequence[_WaitingVerdict]
) -> int | None:
    """Return what a verdict is on: by number, by the message replied to or shown last, or as the only one."""
    button = label(context.texts, kind.yes)
    if verdict.number:
        return _shown(context, kind, f"{verdict.number} {button}")
    if context.said.reply_to:
        return await _replied(context, kind)
    return _shown(context, kind, button) or (waiting[0].id if len(waiting) == 1 else None)


def _shown(context: Context, kind: _Kind, name: str) -> int | None:
    data = context.dialog.choices.get(fold(name), "")
    return id_in(data.removeprefix(f"{kind.agree.verb}:")) or None


async def _replied(context: Context, kind: _Kind) -> int | None:
    """Return what the message replied to asked about."""
    message = context.said.reply_to or ""
    data = await outbox.button_of(context.conn, context.said.chat, message, kind.agree.verb)
    return id_in(data.removeprefix(f"{kind.agree.verb}:")) or None


def _list(context: Context, kind: _Kind, waiting: Sequence[_WaitingVerdict]) -> Reply:
    """Show what waits, to be decided one by one: nothing is guessed."""
    texts = context.texts
    rows: list[Markup] = []
    choices = []
    for number, verdict in enumerate(waiting[:_SHOWN], 1):
        rows.append(_row(context, number, verdict.assignment))
        yes, no = label(texts, kind.yes), label(texts, kind.no)
        choices.append(
            (
                choice_of(f"{number} {yes}", kind.agree.verb, verdict.id),
                choice_of(f"{number} {no}", kind.refuse.verb, verdict.id),
            )
        )
    left = len(waiting) - _SHOWN
    more = texts("plan.more", count=left) if left > 0 else None
    return reply(Outgoing(lines(texts("verdict.which"), *rows, more), tuple(choices)))


def _row(context: Context, number: int, assignment: Assignment) -> Markup:
    wording = wording_of(context)
    facts = {
        "unit": assignment.unit,
        "what": wording.what(assignment),
        "plan": assignment.plan,
        "due": wording.due(assignment),
    }
    return context.texts("verdict.row", number=number, **facts)
