"""What units say is done: confirmed by the coordinator, or returned with a reason, if the plan wants it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.assignments.lifecycle import after
from handlers.assignments.evidence_list import files_choice
from handlers.assignments.item_list import wording
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
from handlers.common.wording import full_date, label, lines, short
from handlers.plans import plan_upload_chat as plans
from storage.assignments import assignment_store as assignments
from storage.assignments import confirmation_store as confirming
from storage.assignments import evidence_store as evidence
from storage.assignments import progress_store as progress
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log as audit
from storage.organisation import people_store as people

_SHOWN = 8
_LONGEST = 1000
_WORDS = 400


async def handed_in(desk: Desk, was: Assignment, progress_id: int, text: str) -> Markup | None:
    """Tell the coordinators what has come to wait for them; return what the unit is told of it.

    `was` is the assignment before the words `text`, kept as `progress_id`. None where nothing waits now that
    did not wait before.
    """
    if not was.confirms or was.state == "submitted":
        return None
    (one,) = await assignments.get(desk.work, [was.id])
    if one.state != "submitted":
        return None
    told = Outgoing(_asked(desk, one, text), (_choices(desk, one), (files_choice(desk, one.id),)))
    await notice.put(desk, await notice.coordinators(desk, one), f"confirm:{progress_id}", told)
    return desk.texts("confirm.waits")


def _asked(desk: Desk, one: Assignment, text: str) -> Markup:
    again = desk.texts("confirm.again", count=one.returned) if one.returned else ""
    facts = _facts(desk, one)
    return desk.texts("confirm.asked", unit=one.unit, again=again, words=short(text, _WORDS), **facts)


def _facts(desk: Desk, one: Assignment) -> dict[str, object]:
    return {"what": wording(desk).what(one), "plan": one.plan, "due": full_date(desk.texts, one.due_on)}


def _choices(desk: Desk, one: Assignment, number: int | None = None) -> tuple[Choice, ...]:
    which = f"{number} " if number else ""
    return (
        Choice(which + label(desk.texts, "accept"), f"accept:{one.id}"),
        Choice(which + label(desk.texts, "return"), f"return:{one.id}"),
    )


@command("waiting", "choxacnhan", "coordinator")
async def waiting(desk: Desk, argument: str) -> Reply:
    """List what waits to be confirmed."""
    found = await confirming.waiting(desk.work, desk.person.units("coordinator"))
    if not found:
        return reply(Outgoing(desk.texts("confirm.none")))
    shown = found[:_SHOWN]
    said = await progress.latest(desk.work, [one.id for one in shown])
    rows = [
        desk.texts(
            "confirm.row",
            number=number,
            unit=one.unit,
            words=short(said[one.id, None].text, _WORDS) if (one.id, None) in said else "…",
            again=desk.texts("confirm.again", count=one.returned) if one.returned else "",
            **_facts(desk, one),
        )
        for number, one in enumerate(shown, 1)
    ]
    more = desk.texts("plan.more", count=len(found) - _SHOWN) if len(found) > _SHOWN else None
    text = lines(desk.texts("confirm.head", count=len(found)), *rows, more)
    files = {id_ for id_, _ in await evidence.counts(desk.work, [one.id for one in shown])}
    choices = (
        (*_choices(desk, one, n), *([files_choice(desk, one.id, number=n)] if one.id in files else []))
        for n, one in enumerate(shown, 1)
    )
    return reply(Outgoing(text, tuple(choices)))


async def _waiting(desk: Desk, argument: str) -> Assignment | Reply:
    """Return what a button is about, if it is the coordinator's to judge and still waits."""
    found = await assignments.get(desk.work, [id_in(argument)])
    if not found or found[0].coordinator_id not in desk.person.units("coordinator"):
        return turned_away(desk, f"assignment {id_in(argument)}")
    (one,) = found
    if one.state != "submitted":
        state = wording(desk).state(one.state, blocked=one.blocked)
        return reply(Outgoing(desk.texts("confirm.changed", unit=one.unit, state=state)))
    return one


@button("accept", "coordinator")
async def accept(desk: Desk, argument: str) -> Reply:
    """Xác nhận: it is done, on the day on which the unit handed it in."""
    one = await _waiting(desk, argument)
    if isinstance(one, Reply):
        return one
    state = after(one.state, "confirm", confirms=True)
    await assignments.move(desk.work, one.id, state, blocked=False, finished_on=one.finished_on)
    kept = await progress.judge(desk.work, one, desk.person.id, "confirmed", "", desk.now)
    await _note(desk, one, "confirm", state)
    told = desk.texts("confirm.told_accepted", **_facts(desk, one))
    await notice.put(desk, await _people(desk, one), f"judged:{kept}", Outgoing(told))
    return reply(Outgoing(desk.texts("confirm.accepted", unit=one.unit, **_facts(desk, one))))


@button("return", "coordinator")
async def return_(desk: Desk, argument: str) -> Reply:
    """Trả lại: ask why."""
    one = await _waiting(desk, argument)
    if isinstance(one, Reply):
        return one
    ask = desk.texts("confirm.why", unit=one.unit, **_facts(desk, one))
    return reply(Outgoing(ask), topic="return", about=str(one.id))


@question("return", "coordinator")
async def why(desk: Desk, text: str) -> Reply:
    """Take the reason."""
    return await give_back(desk, desk.dialog.about, text)


async def give_back(desk: Desk, argument: str, text: str) -> Reply:
    """Give an assignment back for the reason `text`, and tell the unit's people."""
    one = await _waiting(desk, argument)
    if isinstance(one, Reply):
        return one
    if len(text) > _LONGEST:
        too_long = Outgoing(desk.texts("update.too_long", limit=_LONGEST))
        return reply(too_long, topic="return", about=argument)
    state = after(one.state, "return", confirms=True)
    ladder = desk.rules.ladders.of(one.kind, one.plan)
    again = ladder.next_on(one.due_on, desk.today, desk.rules.days)
    count = await confirming.send_back(desk.work, one, state, again)
    await progress.judge(desk.work, one, desk.person.id, "returned", text, desk.now)
    await _note(desk, one, "return", state)
    facts = {"unit": one.unit, "count": count, "reason": text, **_facts(desk, one)}
    key = "confirm.told_returned_party" if one.standing == "party" else "confirm.told_returned"
    told = Outgoing(desk.texts(key, example=desk.texts("nudge.example"), **facts))
    await notice.put(desk, await _people(desk, one), f"returned:{one.id}:{count}", told)
    return reply(Outgoing(desk.texts("confirm.returned", **facts)))


async def _note(desk: Desk, one: Assignment, what: str, state: str) -> None:
    told = {"was": one.state, "became": state}
    await audit.note(desk.work, desk.now, what, f"assignment {one.id}", desk.person.id, **told)


async def _people(desk: Desk, one: Assignment) -> Sequence[int]:
    held = await people.holders(desk.work, [one.unit_id], ["focal", "leader"], desk.today)
    return list(dict.fromkeys(person_id for person_id, _ in held))


@button("confirms", "coordinator")
async def confirms(desk: Desk, argument: str) -> Reply:
    """Set whether what units say is done waits to be confirmed."""
    plan_id, _, wanted = argument.partition(":")
    row = await plans.mine(desk, plan_id)
    if isinstance(row, Reply):
        return row
    if row.amends is not None or wanted not in ("on", "off"):
        return reply(Outgoing(desk.texts("error.old_button")))
    if await confirming.want(desk.work, row.id, wanted=wanted == "on"):
        was = "off" if wanted == "on" else "on"
        about = f"plan {row.id}"
        await audit.note(desk.work, desk.now, "confirms", about, desk.person.id, was=was, became=wanted)
    return reply(Outgoing(desk.texts(f"confirm.{wanted}", plan=row.name)))


async def switch(desk: Desk, plan_id: int) -> Choice:
    """Return the button that sets it the other way."""
    if await confirming.is_wanted(desk.work, plan_id):
        return Choice(label(desk.texts, "confirms_off"), f"confirms:{plan_id}:off")
    return Choice(label(desk.texts, "confirms_on"), f"confirms:{plan_id}:on")


BUTTONS: tuple[Button, ...] = (accept, return_, confirms)
QUESTIONS: tuple[Question, ...] = (why,)
