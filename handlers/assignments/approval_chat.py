"""/duyet (/approval): what finishes a unit's work goes to its leader first, where the leader wants that.

The words are on record at once and wait (see storage.assignments.approval_store); once they
are approved they count from when they were said.
"""

from domain.assignments.assignment import Assignment
from domain.common.text import fold
from handlers.assignments.item_numbering import owed
from handlers.assignments.next_word_notice import approval_question, ask_coordinators
from handlers.common import notice
from handlers.common.button_data import ButtonData, choice_of, id_in
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
from handlers.common.wording import label, wording_of
from services.assignments.approve import (
    REASON_LIMIT,
    LeaderDecided,
    NewerWords,
    NotApproved,
    ToApprove,
    approve,
    disapprove,
    words_to_approve,
)
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import approval_store
from storage.common import audit_log

_SWITCH = {"bat": True, "on": True, "tat": False, "off": False}
_WORDS, _SHOWN = 200, 5


def turns(argument: str) -> bool:
    """Whether the word after the command turns it on or off."""
    return fold(argument).strip(" .!") in _SWITCH


@command("approval", "duyet", "officer")
async def approval(context: Context, argument: str) -> Reply:
    """Turn it on or off; without a word, tell how it is, and show what waits."""
    led = context.person.units("leader")
    if not led:
        return turned_away(context, "command approval", "approval.leader_only")
    wanted = _SWITCH.get(fold(argument).strip(" .!"))
    if wanted is None:
        on = [await approval_store.is_wanted(context.conn, unit_id) for unit_id in led]
        return reply(
            Outgoing(context.texts("approval.is_on" if all(on) else "approval.is_off")), *await _all(context)
        )
    for unit_id in await approval_store.want(context.conn, led, wanted=wanted):
        moved = {"was": str(not wanted), "became": str(wanted)}
        await audit_log.note(
            context.conn, context.now, "approval", f"unit {unit_id}", context.person.id, **moved
        )
    return reply(Outgoing(context.texts("approval.on" if wanted else "approval.off")), *await _all(context))


async def _all(context: Context) -> list[Outgoing]:
    """The questions that the leader has still to answer, the nearest due date first."""
    led = context.person.units("leader")
    waiting = [
        assignment
        for assignment in await owed(context)
        if assignment.unit_id in led and assignment.waits_for_leader
    ]
    return [
        await approval_question(
            context.conn,
            wording_of(context),
            assignment,
            await approval_store.waiting(context.conn, assignment.id),
        )
        for assignment in waiting[:_SHOWN]
    ]


def is_pending(context: Context, assignment: Assignment) -> bool:
    """Whether an assignment waits for a leader who is somebody else than the one who speaks."""
    return assignment.waits_for_leader and assignment.unit_id not in context.person.units("leader")


async def _not_decided(context: Context, progress_id: int, result: NotApproved) -> Reply:
    """Answer a leader whose decision could not be carried out."""
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"progress {progress_id}")
    if isinstance(result, NewerWords):
        return reply(
            await approval_question(context.conn, wording_of(context), result.assignment, result.waiting)
        )
    wording = wording_of(context)
    state = wording.state(result.assignment.state, blocked=False)
    return reply(
        Outgoing(context.texts("approval.changed", report=wording.what(result.assignment), state=state))
    )


@button("approve", "officer")
async def approve_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Duyệt: what the unit said counts."""
    progress_id = pressed.id()
    result = await approve(context.conn, progress_id, by=context.person, now=context.now, rules=context.rules)
    if not isinstance(result, LeaderDecided):
        return await _not_decided(context, progress_id, result)
    if result.coordinators is not None:
        approved = (result.words.id, result.words.text, result.coordinators)
        await ask_coordinators(context.conn, wording_of(context), result.assignment, *approved)
    what = wording_of(context).what(result.assignment)
    message = Outgoing(context.texts("approval.told_approved", report=what, person=context.person.name))
    await notice.put(context, result.to_tell, f"approved:{progress_id}", message)
    return reply(Outgoing(context.texts("approval.approved", report=what)))


@button("disapprove", "officer")
async def disapprove_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Chưa duyệt: ask what is to be bettered."""
    waiting = await words_to_approve(context.conn, pressed.id(), context.person)
    if not isinstance(waiting, ToApprove):
        return await _not_decided(context, pressed.id(), waiting)
    ask = context.texts("approval.why", report=wording_of(context).what(waiting.assignment))
    return reply(Outgoing(ask), topic="disapprove", about=str(waiting.words.id))


@question("disapprove", "officer")
async def reason_typed(context: Context, reason: str) -> Reply:
    """Take the reason and tell the unit's focal points."""
    progress_id = id_in(context.dialog.about)
    result = await disapprove(
        context.conn, progress_id, reason, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, Refused):
        too_long = Outgoing(context.texts("update.too_long", limit=REASON_LIMIT))
        return reply(too_long, topic="disapprove", about=context.dialog.about)
    if not isinstance(result, LeaderDecided):
        return await _not_decided(context, progress_id, result)
    assignment, what = result.assignment, wording_of(context).what(result.assignment)
    send = choice_of(label(context.texts, "walk_send"), "walk", "send", assignment.id)
    choices = ((send,),) if assignment.kind == "report" else ()
    facts = {"report": what, "person": context.person.name, "reason": reason}
    message = Outgoing(context.texts("approval.told_returned", **facts), choices)
    await notice.put(context, result.to_tell, f"unapproved:{progress_id}", message)
    return reply(Outgoing(context.texts("approval.returned", report=what)))


BUTTONS: tuple[Button, ...] = (approve_pressed, disapprove_pressed)
QUESTIONS: tuple[Question, ...] = (reason_typed,)
