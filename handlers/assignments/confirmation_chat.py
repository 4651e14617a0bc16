"""What units say is done: confirmed by the coordinator, or returned with a reason, if the plan wants it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.assignments.lifecycle import after
from handlers.assignments.evidence_list import files_choice
from handlers.assignments.item_list import wording
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
from handlers.common.wording import full_date, label, lines, short
from handlers.plans import plan_upload_chat
from storage.assignments import assignment_store, confirmation_store, evidence_store, progress_store
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log
from storage.organisation import people_store

_SHOWN = 8
_LONGEST = 1000
_WORDS = 400


async def handed_in(context: Context, was: Assignment, progress_id: int, text: str) -> Markup | None:
    """Tell the coordinators what has come to wait for them; return what the unit is told of it.

    `was` is the assignment before the words `text`, kept as `progress_id`. None where nothing waits now that
    did not wait before.
    """
    if not was.confirms or was.state == "submitted":
        return None
    (one,) = await assignment_store.get(context.conn, [was.id])
    if one.state != "submitted":
        return None
    told = Outgoing(_asked(context, one, text), (_choices(context, one), (files_choice(context, one.id),)))
    await notice.put(context, await notice.coordinators(context, one), f"confirm:{progress_id}", told)
    return context.texts("confirm.waits")


def _asked(context: Context, one: Assignment, text: str) -> Markup:
    again = context.texts("confirm.again", count=one.returned) if one.returned else ""
    facts = _facts(context, one)
    return context.texts("confirm.asked", unit=one.unit, again=again, words=short(text, _WORDS), **facts)


def _facts(context: Context, one: Assignment) -> dict[str, object]:
    return {"what": wording(context).what(one), "plan": one.plan, "due": full_date(context.texts, one.due_on)}


def _choices(context: Context, one: Assignment, number: int | None = None) -> tuple[Choice, ...]:
    which = f"{number} " if number else ""
    return (
        Choice(which + label(context.texts, "accept"), f"accept:{one.id}"),
        Choice(which + label(context.texts, "return"), f"return:{one.id}"),
    )


@command("waiting", "choxacnhan", "coordinator")
async def waiting(context: Context, argument: str) -> Reply:
    """List what waits to be confirmed."""
    found = await confirmation_store.waiting(context.conn, context.person.units("coordinator"))
    if not found:
        return reply(Outgoing(context.texts("confirm.none")))
    shown = found[:_SHOWN]
    said = await progress_store.latest(context.conn, [one.id for one in shown])
    rows = [
        context.texts(
            "confirm.row",
            number=number,
            unit=one.unit,
            words=short(said[one.id, None].text, _WORDS) if (one.id, None) in said else "…",
            again=context.texts("confirm.again", count=one.returned) if one.returned else "",
            **_facts(context, one),
        )
        for number, one in enumerate(shown, 1)
    ]
    more = context.texts("plan.more", count=len(found) - _SHOWN) if len(found) > _SHOWN else None
    text = lines(context.texts("confirm.head", count=len(found)), *rows, more)
    files = {id_ for id_, _ in await evidence_store.counts(context.conn, [one.id for one in shown])}
    choices = (
        (*_choices(context, one, n), *([files_choice(context, one.id, number=n)] if one.id in files else []))
        for n, one in enumerate(shown, 1)
    )
    return reply(Outgoing(text, tuple(choices)))


async def _waiting(context: Context, argument: str) -> Assignment | Reply:
    """Return what a button is about, if it is the coordinator's to judge and still waits."""
    found = await assignment_store.get(context.conn, [id_in(argument)])
    if not found or found[0].coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, f"assignment {id_in(argument)}")
    (one,) = found
    if one.state != "submitted":
        state = wording(context).state(one.state, blocked=one.blocked)
        return reply(Outgoing(context.texts("confirm.changed", unit=one.unit, state=state)))
    return one


@button("accept", "coordinator")
async def accept(context: Context, argument: str) -> Reply:
    """Xác nhận: it is done, on the day on which the unit handed it in."""
    one = await _waiting(context, argument)
    if isinstance(one, Reply):
        return one
    state = after(one.state, "confirm", confirms=True)
    await assignment_store.move(context.conn, one.id, state, blocked=False, finished_on=one.finished_on)
    kept = await progress_store.judge(context.conn, one, context.person.id, "confirmed", "", context.now)
    await _note(context, one, "confirm", state)
    told = context.texts("confirm.told_accepted", **_facts(context, one))
    await notice.put(context, await _people(context, one), f"judged:{kept}", Outgoing(told))
    return reply(Outgoing(context.texts("confirm.accepted", unit=one.unit, **_facts(context, one))))


@button("return", "coordinator")
async def return_(context: Context, argument: str) -> Reply:
    """Trả lại: ask why."""
    one = await _waiting(context, argument)
    if isinstance(one, Reply):
        return one
    ask = context.texts("confirm.why", unit=one.unit, **_facts(context, one))
    return reply(Outgoing(ask), topic="return", about=str(one.id))


@question("return", "coordinator")
async def why(context: Context, text: str) -> Reply:
    """Take the reason."""
    return await give_back(context, context.dialog.about, text)


async def give_back(context: Context, argument: str, text: str) -> Reply:
    """Give an assignment back for the reason `text`, and tell the unit's people."""
    one = await _waiting(context, argument)
    if isinstance(one, Reply):
        return one
    if len(text) > _LONGEST:
        too_long = Outgoing(context.texts("update.too_long", limit=_LONGEST))
        return reply(too_long, topic="return", about=argument)
    state = after(one.state, "return", confirms=True)
    ladder = context.rules.ladders.of(one.kind, one.plan)
    again = ladder.next_on(one.due_on, context.today, context.rules.days)
    count = await confirmation_store.send_back(context.conn, one, state, again)
    await progress_store.judge(context.conn, one, context.person.id, "returned", text, context.now)
    await _note(context, one, "return", state)
    facts = {"unit": one.unit, "count": count, "reason": text, **_facts(context, one)}
    key = "confirm.told_returned_party" if one.standing == "party" else "confirm.told_returned"
    told = Outgoing(context.texts(key, example=context.texts("nudge.example"), **facts))
    await notice.put(context, await _people(context, one), f"returned:{one.id}:{count}", told)
    return reply(Outgoing(context.texts("confirm.returned", **facts)))


async def _note(context: Context, one: Assignment, what: str, state: str) -> None:
    told = {"was": one.state, "became": state}
    await audit_log.note(context.conn, context.now, what, f"assignment {one.id}", context.person.id, **told)


async def _people(context: Context, one: Assignment) -> Sequence[int]:
    held = await people_store.holders(context.conn, [one.unit_id], ["focal", "leader"], context.today)
    return list(dict.fromkeys(person_id for person_id, _ in held))


@button("confirms", "coordinator")
async def confirms(context: Context, argument: str) -> Reply:
    """Set whether what units say is done waits to be confirmed."""
    plan_id, _, wanted = argument.partition(":")
    row = await plan_upload_chat.mine(context, plan_id)
    if isinstance(row, Reply):
        return row
    if row.amends is not None or wanted not in ("on", "off"):
        return reply(Outgoing(context.texts("error.old_button")))
    if await confirmation_store.want(context.conn, row.id, wanted=wanted == "on"):
        was = "off" if wanted == "on" else "on"
        about = f"plan {row.id}"
        await audit_log.note(
            context.conn, context.now, "confirms", about, context.person.id, was=was, became=wanted
        )
    return reply(Outgoing(context.texts(f"confirm.{wanted}", plan=row.name)))


async def switch(context: Context, plan_id: int) -> Choice:
    """Return the button that sets it the other way."""
    if await confirmation_store.is_wanted(context.conn, plan_id):
        return Choice(label(context.texts, "confirms_off"), f"confirms:{plan_id}:off")
    return Choice(label(context.texts, "confirms_on"), f"confirms:{plan_id}:on")


BUTTONS: tuple[Button, ...] = (accept, return_, confirms)
QUESTIONS: tuple[Question, ...] = (why,)
