"""/duyet (/approval): what finishes a unit's work goes to its leader first, where the leader wants that.

The words are on record at once and wait (see storage.assignments.approval_store); once they
are approved they count from when they were said.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.assignments.lifecycle import after
from domain.common.text import fold
from domain.organisation.people import Role
from handlers.assignments import confirmation_chat as confirming
from handlers.assignments.evidence_list import files_choice
from handlers.assignments.item_list import lines_of, owed, wording
from handlers.common import notice
from handlers.common.context import (
    Button,
    Desk,
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
from storage.assignments import approval_store as approving
from storage.assignments import assignment_store as assignments
from storage.assignments import progress_store as progress
from storage.assignments import undo_store as undoing
from storage.assignments.approval_store import Laid
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log as audit
from storage.organisation import people_store as people

_SWITCH = {"bat": True, "on": True, "tat": False, "off": False}
_LONGEST, _WORDS, _SHOWN = 1000, 200, 5


def turns(argument: str) -> bool:
    """Whether the word after the command turns it on or off."""
    return fold(argument).strip(" .!") in _SWITCH


@command("approval", "duyet", "officer")
async def approval(desk: Desk, argument: str) -> Reply:
    """Turn it on or off; without a word, tell how it is, and show what waits."""
    led = desk.person.units("leader")
    if not led:
        return turned_away(desk, "command approval", "approval.leader_only")
    wanted = _SWITCH.get(fold(argument).strip(" .!"))
    if wanted is None:
        on = [await approving.is_wanted(desk.work, unit_id) for unit_id in led]
        return reply(
            Outgoing(desk.texts("approval.is_on" if all(on) else "approval.is_off")), *await _all(desk)
        )
    for unit_id in await approving.want(desk.work, led, wanted=wanted):
        moved = {"was": str(not wanted), "became": str(wanted)}
        await audit.note(desk.work, desk.now, "approval", f"unit {unit_id}", desk.person.id, **moved)
    return reply(Outgoing(desk.texts("approval.on" if wanted else "approval.off")), *await _all(desk))


async def _all(desk: Desk) -> list[Outgoing]:
    """The questions that the leader has still to answer, the nearest due date first."""
    led = desk.person.units("leader")
    waiting = [one for one in await owed(desk) if one.unit_id in led and one.waits_for_leader]
    return [
        await _question(desk, one, await approving.waiting(desk.work, one.id)) for one in waiting[:_SHOWN]
    ]


def is_laid(desk: Desk, one: Assignment) -> bool:
    """Whether an assignment waits for a leader who is somebody else than the one who speaks."""
    return one.waits_for_leader and one.unit_id not in desk.person.units("leader")


async def leaders(desk: Desk, one: Assignment) -> list[int]:
    """Return who must approve what the person says is done; nobody where that needs no approval."""
    if one.unit_id in desk.person.units("leader") or not await approving.is_wanted(desk.work, one.unit_id):
        return []
    return await _holders(desk, one, "leader")


async def lay(
    desk: Desk, one: Assignment, progress_id: int, leaders: Sequence[int], *, again: bool = False
) -> None:
    """Ask the unit's leaders about the words on record as `progress_id`.

    `again`: they have been asked about this work and have not answered. That question shows the newer words
    when it is answered; a second one would only ask the same.
    """
    if not again:
        told = await _question(desk, one, await approving.waiting(desk.work, one.id))
        await notice.put(desk, leaders, f"approve:{progress_id}", told)
    await audit.note(desk.work, desk.now, "laid before", f"assignment {one.id}", desk.person.id)


async def _question(desk: Desk, one: Assignment, waiting: Sequence[Laid]) -> Outgoing:
    newest, words = waiting[-1], wording(desk)
    said = await progress.latest(desk.work, [one.id])
    by = await people.get(desk.work, newest.person_id, desk.today)
    rows = [
        desk.texts("approval.row", what=short(line.text, 60), words=short(found.text, _WORDS))
        for line in await lines_of(desk.work, one)
        if (found := said.get((one.id, line.duty_id))) is not None
    ]
    facts = {"unit": one.unit, "report": words.what(one), "due": words.due(one), "person": by.name}
    bare = newest.duty_id is not None or newest.text in (desk.texts("said.done"), desk.texts("said.report"))
    own = None if bare else desk.texts("approval.words", words=short(newest.text, _WORDS))
    choices = (
        Choice(label(desk.texts, "approve"), f"approve:{newest.id}"),
        Choice(label(desk.texts, "disapprove"), f"disapprove:{newest.id}"),
    )
    text = lines(desk.texts("approval.asked", **facts), own, *rows)
    return Outgoing(text, (choices, (files_choice(desk, one.id),)))


async def _mine(desk: Desk, argument: str) -> tuple[Assignment, Laid] | Reply:
    """Return what a button is about, where these words still wait for the leader who presses it."""
    found = await assignments.get(desk.work, [await approving.assignment_of(desk.work, id_in(argument)) or 0])
    if not found or found[0].unit_id not in desk.person.units("leader"):
        return turned_away(desk, f"progress {id_in(argument)}")
    (one,) = found
    waiting = await approving.waiting(desk.work, one.id) if one.is_open else ()
    if not waiting:
        state = wording(desk).state(one.state, blocked=False)
        return reply(Outgoing(desk.texts("approval.changed", report=wording(desk).what(one), state=state)))
    if waiting[-1].id != id_in(argument):
        return reply(await _question(desk, one, waiting))
    return one, waiting[-1]


@button("approve", "officer")
async def approve(desk: Desk, argument: str) -> Reply:
    """Duyệt: what the unit said counts."""
    found = await _mine(desk, argument)
    if isinstance(found, Reply):
        return found
    one, laid = found
    await settle(desk, one)
    await confirming.handed_in(desk, one, laid.id, laid.text)
    what = wording(desk).what(one)
    told = desk.texts("approval.told_approved", report=what, person=desk.person.name)
    await notice.put(desk, await _holders(desk, one, "focal"), f"approved:{laid.id}", Outgoing(told))
    return reply(Outgoing(desk.texts("approval.approved", report=what)))


async def settle(desk: Desk, one: Assignment) -> Assignment:
    """Let what waits count from when it was said; return how the assignment stands then."""
    state = after(one.state, "said_done", confirms=one.confirms)
    await approving.let_count(desk.work, one.id, state)
    day = await undoing.finished_day(desk.work, one.id, desk.rules.zone)
    await assignments.move(desk.work, one.id, state, blocked=False, finished_on=day)
    settled = replace(one, state=state, blocked=False, finished_on=day, laid_at=None)
    if one.unit_id in desk.person.units("leader"):
        await progress.judge(desk.work, settled, desk.person.id, "approved", "", desk.now)
    told = {"was": one.state, "became": state}
    await audit.note(desk.work, desk.now, "approve", f"assignment {one.id}", desk.person.id, **told)
    return settled


@button("disapprove", "officer")
async def disapprove(desk: Desk, argument: str) -> Reply:
    """Chưa duyệt: ask what is to be bettered."""
    found = await _mine(desk, argument)
    if isinstance(found, Reply):
        return found
    one, laid = found
    ask = desk.texts("approval.why", report=wording(desk).what(one))
    return reply(Outgoing(ask), topic="disapprove", about=str(laid.id))


@question("disapprove", "officer")
async def why(desk: Desk, text: str) -> Reply:
    """Take the reason and tell the unit's focal points."""
    if len(text) > _LONGEST:
        too_long = Outgoing(desk.texts("update.too_long", limit=_LONGEST))
        return reply(too_long, topic="disapprove", about=desk.dialog.about)
    found = await _mine(desk, desk.dialog.about)
    if isinstance(found, Reply):
        return found
    one, laid = found
    await progress.judge(desk.work, one, desk.person.id, "refused", text, desk.now)
    await audit.note(desk.work, desk.now, "not approved", f"assignment {one.id}", desk.person.id)
    facts = {"report": wording(desk).what(one), "person": desk.person.name, "reason": text}
    again = (
        ((Choice(label(desk.texts, "walk_send"), f"walk:send:{one.id}"),),) if one.kind == "report" else ()
    )
    told = Outgoing(desk.texts("approval.told_returned", **facts), again)
    await notice.put(desk, await _holders(desk, one, "focal"), f"unapproved:{laid.id}", told)
    return reply(Outgoing(desk.texts("approval.returned", report=wording(desk).what(one))))


async def _holders(desk: Desk, one: Assignment, role: Role) -> list[int]:
    held = await people.holders(desk.work, [one.unit_id], [role], desk.today)
    return [person_id for person_id, _ in held]


BUTTONS: tuple[Button, ...] = (approve, disapprove)
QUESTIONS: tuple[Question, ...] = (why,)
