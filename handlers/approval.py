"""/duyet (/approval): a unit's leader looks at its reports before they go out, where the leader wants it."""

from markupsafe import Markup

from domain.text import fold
from domain.updates import Update
from handlers import notice
from handlers.conversation import Choice, Outgoing
from handlers.desk import Button, Desk, Question, Reply, button, command, id_in, question, reply, turned_away
from handlers.items import Item, lines_of, number_of, wording
from handlers.recording import record
from handlers.wording import label, lines, short
from storage import approving, assignments, audit, people, progress
from storage.assignments import Assignment

_SWITCH = {"bat": True, "on": True, "tat": False, "off": False}
_LONGEST, _WORDS = 1000, 200


@command("approval", "duyet", "officer")
async def approval(desk: Desk, argument: str) -> Reply:
    """Turn it on or off; without a word, tell how it is."""
    led = desk.person.units("leader")
    if not led:
        return turned_away(desk, "command approval", "approval.leader_only")
    wanted = _SWITCH.get(fold(argument))
    if wanted is None:
        on = [await approving.is_wanted(desk.work, unit_id) for unit_id in led]
        return reply(Outgoing(desk.texts("approval.is_on" if all(on) else "approval.is_off")))
    for unit_id in await approving.want(desk.work, led, wanted=wanted):
        moved = {"was": str(not wanted), "became": str(wanted)}
        await audit.note(desk.work, desk.now, "approval", f"unit {unit_id}", desk.person.id, **moved)
    return reply(Outgoing(desk.texts("approval.on" if wanted else "approval.off")))


async def asked(desk: Desk, one: Assignment) -> bool:
    """Lay a report before the unit's leaders; False where it needs none, has none, or a leader sends it."""
    if one.unit_id in desk.person.units("leader") or not await approving.is_wanted(desk.work, one.unit_id):
        return False
    held = await people.holders(desk.work, [one.unit_id], ["leader"], desk.today)
    leaders = [person_id for person_id, _ in held]
    if not leaders:
        return False
    choices = (
        Choice(label(desk.texts, "approve"), f"approve:{one.id}"),
        Choice(label(desk.texts, "disapprove"), f"disapprove:{one.id}"),
    )
    newest = await progress.newest_id(desk.work)
    told = Outgoing(await _laid_out(desk, one), (choices,))
    await notice.put(desk, leaders, f"approve:{one.id}:{newest}", told)
    await audit.note(desk.work, desk.now, "laid before", f"assignment {one.id}", desk.person.id)
    return True


async def _laid_out(desk: Desk, one: Assignment) -> Markup:
    said = await progress.latest(desk.work, [one.id])
    words = wording(desk)
    rows = [
        desk.texts("approval.row", what=short(line.text, 60), words=short(found.text, _WORDS))
        for line in await lines_of(desk.work, one)
        if (found := said.get((one.id, line.duty_id))) is not None
    ]
    facts = {"unit": one.unit, "report": words.what(one), "due": words.due(one), "person": desk.person.name}
    return lines(desk.texts("approval.asked", **facts), *rows)


async def _mine(desk: Desk, argument: str) -> Assignment | Reply:
    found = await assignments.get(desk.work, [id_in(argument)])
    if not found or found[0].unit_id not in desk.person.units("leader"):
        return turned_away(desk, f"assignment {id_in(argument)}")
    if not found[0].is_open:
        state = wording(desk).state(found[0].state, blocked=False)
        return reply(Outgoing(desk.texts("update.already", state=state)))
    return found[0]


@button("approve", "officer")
async def approve(desk: Desk, argument: str) -> Reply:
    """Duyệt: the report is sent."""
    one = await _mine(desk, argument)
    if isinstance(one, Reply):
        return one
    item, text = Item(await number_of(desk, one), one), desk.texts("said.report").unescape()
    await progress.judge(desk.work, one, desk.person.id, "approved", "", desk.now)
    await record(desk, item, text, Update(state="done"))
    what = wording(desk).what(one)
    told = desk.texts("approval.told_approved", report=what, person=desk.person.name)
    await notice.put(desk, await _focal(desk, one), f"approved:{one.id}:{one.returned}", Outgoing(told))
    return reply(Outgoing(desk.texts("approval.approved", report=what)))


@button("disapprove", "officer")
async def disapprove(desk: Desk, argument: str) -> Reply:
    """Trả lại: ask what is to be bettered."""
    one = await _mine(desk, argument)
    if isinstance(one, Reply):
        return one
    ask = desk.texts("approval.why", report=wording(desk).what(one))
    return reply(Outgoing(ask), topic="disapprove", about=str(one.id))


@question("disapprove", "officer")
async def why(desk: Desk, text: str) -> Reply:
    """Take the reason and tell the unit's focal points."""
    one = await _mine(desk, desk.dialog.about)
    if isinstance(one, Reply):
        return one
    facts = {"report": wording(desk).what(one), "person": desk.person.name, "reason": short(text, _LONGEST)}
    again = ((Choice(label(desk.texts, "walk_send"), f"walk:send:{one.id}"),),)
    told = Outgoing(desk.texts("approval.told_returned", **facts), again)
    await notice.put(desk, await _focal(desk, one), f"unapproved:{one.id}:{desk.said.update_id}", told)
    await audit.note(desk.work, desk.now, "not approved", f"assignment {one.id}", desk.person.id)
    return reply(Outgoing(desk.texts("approval.returned", report=wording(desk).what(one))))


async def _focal(desk: Desk, one: Assignment) -> list[int]:
    held = await people.holders(desk.work, [one.unit_id], ["focal"], desk.today)
    return [person_id for person_id, _ in held]


BUTTONS: tuple[Button, ...] = (approve, disapprove)
QUESTIONS: tuple[Question, ...] = (why,)
