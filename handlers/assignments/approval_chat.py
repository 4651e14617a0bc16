"""/duyet (/approval): what finishes a unit's work goes to its leader first, where the leader wants that.

The words are on record at once and wait (see storage.assignments.approval_store); once they
are approved they count from when they were said.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.assignments.lifecycle import after
from domain.common.text import fold
from domain.organisation.people import Role
from handlers.assignments import confirmation_chat
from handlers.assignments.evidence_list import files_choice
from handlers.assignments.item_list import lines_of, owed, wording
from handlers.common import notice
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    button,
    command,
    id_in,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from storage.assignments import approval_store, assignment_store, progress_store, undo_store
from storage.assignments.approval_store import Laid
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log
from storage.organisation import people_store

_SWITCH = {"bat": True, "on": True, "tat": False, "off": False}
_LONGEST, _WORDS, _SHOWN = 1000, 200, 5


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
    waiting = [one for one in await owed(context) if one.unit_id in led and one.waits_for_leader]
    return [
        await _question(context, one, await approval_store.waiting(context.conn, one.id))
        for one in waiting[:_SHOWN]
    ]


def is_laid(context: Context, one: Assignment) -> bool:
    """Whether an assignment waits for a leader who is somebody else than the one who speaks."""
    return one.waits_for_leader and one.unit_id not in context.person.units("leader")


async def leaders(context: Context, one: Assignment) -> list[int]:
    """Return who must approve what the person says is done; nobody where that needs no approval."""
    if one.unit_id in context.person.units("leader") or not await approval_store.is_wanted(
        context.conn, one.unit_id
    ):
        return []
    return await _holders(context, one, "leader")


async def lay(
    context: Context, one: Assignment, progress_id: int, leaders: Sequence[int], *, again: bool = False
) -> None:
    """Ask the unit's leaders about the words on record as `progress_id`.

    `again`: they have been asked about this work and have not answered. That question shows the newer words
    when it is answered; a second one would only ask the same.
    """
    if not again:
        told = await _question(context, one, await approval_store.waiting(context.conn, one.id))
        await notice.put(context, leaders, f"approve:{progress_id}", told)
    await audit_log.note(context.conn, context.now, "laid before", f"assignment {one.id}", context.person.id)


async def _question(context: Context, one: Assignment, waiting: Sequence[Laid]) -> Outgoing:
    newest, words = waiting[-1], wording(context)
    said = await progress_store.latest(context.conn, [one.id])
    by = await people_store.get(context.conn, newest.person_id, context.today)
    rows = [
        context.texts("approval.row", what=short(line.text, 60), words=short(found.text, _WORDS))
        for line in await lines_of(context.conn, one)
        if (found := said.get((one.id, line.duty_id))) is not None
    ]
    facts = {"unit": one.unit, "report": words.what(one), "due": words.due(one), "person": by.name}
    bare = newest.duty_id is not None or newest.text in (
        context.texts("said.done"),
        context.texts("said.report"),
    )
    own = None if bare else context.texts("approval.words", words=short(newest.text, _WORDS))
    choices = (
        Choice(label(context.texts, "approve"), f"approve:{newest.id}"),
        Choice(label(context.texts, "disapprove"), f"disapprove:{newest.id}"),
    )
    text = lines(context.texts("approval.asked", **facts), own, *rows)
    return Outgoing(text, (choices, (files_choice(context, one.id),)))


async def _mine(context: Context, argument: str) -> tuple[Assignment, Laid] | Reply:
    """Return what a button is about, where these words still wait for the leader who presses it."""
    found = await assignment_store.get(
        context.conn, [await approval_store.assignment_of(context.conn, id_in(argument)) or 0]
    )
    if not found or found[0].unit_id not in context.person.units("leader"):
        return turned_away(context, f"progress {id_in(argument)}")
    (one,) = found
    waiting = await approval_store.waiting(context.conn, one.id) if one.is_open else ()
    if not waiting:
        state = wording(context).state(one.state, blocked=False)
        return reply(
            Outgoing(context.texts("approval.changed", report=wording(context).what(one), state=state))
        )
    if waiting[-1].id != id_in(argument):
        return reply(await _question(context, one, waiting))
    return one, waiting[-1]


@button("approve", "officer")
async def approve(context: Context, argument: str) -> Reply:
    """Duyệt: what the unit said counts."""
    found = await _mine(context, argument)
    if isinstance(found, Reply):
        return found
    one, laid = found
    await settle(context, one)
    await confirmation_chat.handed_in(context, one, laid.id, laid.text)
    what = wording(context).what(one)
    told = context.texts("approval.told_approved", report=what, person=context.person.name)
    await notice.put(context, await _holders(context, one, "focal"), f"approved:{laid.id}", Outgoing(told))
    return reply(Outgoing(context.texts("approval.approved", report=what)))


async def settle(context: Context, one: Assignment) -> Assignment:
    """Let what waits count from when it was said; return how the assignment stands then."""
    state = after(one.state, "said_done", confirms=one.confirms)
    await approval_store.let_count(context.conn, one.id, state)
    day = await undo_store.finished_day(context.conn, one.id, context.rules.zone)
    await assignment_store.move(context.conn, one.id, state, blocked=False, finished_on=day)
    settled = replace(one, state=state, blocked=False, finished_on=day, laid_at=None)
    if one.unit_id in context.person.units("leader"):
        await progress_store.judge(context.conn, settled, context.person.id, "approved", "", context.now)
    told = {"was": one.state, "became": state}
    await audit_log.note(
        context.conn, context.now, "approve", f"assignment {one.id}", context.person.id, **told
    )
    return settled


@button("disapprove", "officer")
async def disapprove(context: Context, argument: str) -> Reply:
    """Chưa duyệt: ask what is to be bettered."""
    found = await _mine(context, argument)
    if isinstance(found, Reply):
        return found
    one, laid = found
    ask = context.texts("approval.why", report=wording(context).what(one))
    return reply(Outgoing(ask), topic="disapprove", about=str(laid.id))


@question("disapprove", "officer")
async def why(context: Context, text: str) -> Reply:
    """Take the reason and tell the unit's focal points."""
    if len(text) > _LONGEST:
        too_long = Outgoing(context.texts("update.too_long", limit=_LONGEST))
        return reply(too_long, topic="disapprove", about=context.dialog.about)
    found = await _mine(context, context.dialog.about)
    if isinstance(found, Reply):
        return found
    one, laid = found
    await progress_store.judge(context.conn, one, context.person.id, "refused", text, context.now)
    await audit_log.note(context.conn, context.now, "not approved", f"assignment {one.id}", context.person.id)
    facts = {"report": wording(context).what(one), "person": context.person.name, "reason": text}
    again = (
        ((Choice(label(context.texts, "walk_send"), f"walk:send:{one.id}"),),) if one.kind == "report" else ()
    )
    told = Outgoing(context.texts("approval.told_returned", **facts), again)
    await notice.put(context, await _holders(context, one, "focal"), f"unapproved:{laid.id}", told)
    return reply(Outgoing(context.texts("approval.returned", report=wording(context).what(one))))


async def _holders(context: Context, one: Assignment, role: Role) -> list[int]:
    held = await people_store.holders(context.conn, [one.unit_id], [role], context.today)
    return [person_id for person_id, _ in held]


BUTTONS: tuple[Button, ...] = (approve, disapprove)
QUESTIONS: tuple[Question, ...] = (why,)
