"""What the coordinator says to a wish for a later date: yes or no with one tap, or another date in words."""

from domain.assignments.extension_replies import Decision, read_decision
from domain.common.text import fold
from handlers.assignments.decision_notice import not_decided, tell_extension, wish_what
from handlers.common.button_data import ButtonData, button_data, choice_of, id_in
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines, wording_of
from services.assignments.decide_extension import ExtensionDecided, decide_extension
from services.assignments.own_assignment import NotTheirAssignment
from storage.assignments import assignment_store, extension_store
from storage.assignments.extension_store import Wish

_SHOWN = 5


@button("grant", "coordinator")
async def grant(context: Context, pressed: ButtonData) -> Reply:
    """Agree to a later date."""
    return await _decide(context, pressed.id(), Decision(granted=True))


@button("refuse", "coordinator")
async def refuse(context: Context, pressed: ButtonData) -> Reply:
    """Leave the date as it is."""
    return await _decide(context, pressed.id(), Decision(granted=False))


async def typed(context: Context, text: str) -> Reply | None:
    """Take a decision in words; None where a text is none, or nothing waits for one."""
    if read_decision(text, today=context.today, due=None) is None:
        return None
    waiting = await extension_store.waiting(context.conn, context.person.units("coordinator"))
    meant = await _meant(context, waiting)
    if meant is None:
        return await _which(context, waiting) if waiting else None
    (assignment,) = await assignment_store.get(context.conn, [meant.assignment_id])
    decision = read_decision(text, today=context.today, due=assignment.due_on)
    return await _decide(context, meant.id, decision) if decision else None


async def _meant(context: Context, waiting: tuple[Wish, ...]) -> Wish | None:
    """Return the wish that is answered: that of the message replied to, the last shown, or the only one."""
    wish_id = await extension_store.told_by(context.conn, context.said.chat, context.said.reply_to or "")
    if wish_id is None:
        shown = context.dialog.choices.get(fold(label(context.texts, "grant")), "")
        wish_id = id_in(shown.removeprefix(button_data("grant", "")))
    meant = next((wish for wish in waiting if wish.id == wish_id), None)
    return meant or (waiting[0] if len(waiting) == 1 else None)


async def _which(context: Context, waiting: tuple[Wish, ...]) -> Reply:
    """Show what waits, to be decided one by one: nothing is guessed."""
    wording, texts = wording_of(context), context.texts
    rows, choices = [], []
    assignments = {
        assignment.id: assignment
        for assignment in await assignment_store.get(context.conn, [wish.assignment_id for wish in waiting])
    }
    for number, wish in enumerate(waiting[:_SHOWN], 1):
        assignment = assignments[wish.assignment_id]
        facts = {
            "what": wish_what(wording, wish.line, assignment),
            "due": wording.due(assignment),
            "wanted": wording.day(wish.wanted_on),
        }
        rows.append(texts("digest.wish", number=number, unit=assignment.unit, **facts))
        choices.append(
            (
                choice_of(label(texts, "grant_one", number=number), "grant", wish.id),
                choice_of(label(texts, "refuse_one", number=number), "refuse", wish.id),
            )
        )
    return reply(Outgoing(lines(texts("extension.which"), *rows), tuple(choices)))


async def _decide(context: Context, wish_id: int, decision: Decision) -> Reply:
    """Carry out a decision; what was decided before stays and is told."""
    result = await decide_extension(
        context.conn, wish_id, decision, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}")
    if not isinstance(result, ExtensionDecided):
        return reply(Outgoing(not_decided(wording_of(context), result)))
    return reply(Outgoing(await tell_extension(context.conn, wording_of(context), result)))


BUTTONS: tuple[Button, ...] = (grant, refuse)
