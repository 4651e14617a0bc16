"""/nhac (/nudge): the coordinator has people asked once more, and sees before whom it will reach."""

from collections import defaultdict
from collections.abc import Container, Sequence
from datetime import datetime

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.common.text import fold
from domain.nudging.nudge_words import means_everybody
from handlers.assignments.unit_view import coordinated
from handlers.common.button_data import ButtonData, choice_of, read_button_data
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, short_date, wording_of
from services.common.results import Refused
from services.nudging.nudge_choice import (
    KINDS,
    Chosen,
    NudgeTarget,
    Reach,
    choose,
    held_now,
    is_late,
    owed_now,
    pressing,
    reach,
    units_of,
)
from services.nudging.nudge_now import nudge_now
from storage.nudging import manual_nudge_store

_SHOWN = 15
_CHOICES = 8


@command("nudge", "nhac", "coordinator")
async def nudge(context: Context, argument: str) -> Reply:
    """Offer whom to ask once more, or take the name of a unit, the number or some words of a duty.

    Words for all who are late offer the same: whom they reach is seen before anything is sent.
    """
    owed = await owed_now(context.conn, context.person, context.today)
    if not owed:
        return reply(Outgoing(lines(context.texts("prompt.nothing"), *await _held(context))))
    if argument.strip() and not means_everybody(argument):
        return await _named(context, owed, argument)
    return reply(
        Outgoing(context.texts("prompt.ask"), tuple((choice,) for choice in await _offered(context, owed)))
    )


async def _held(context: Context, names: Container[str] | None = None) -> list[Markup]:
    """Tell what waits for the coordinator's decision on a later date; only of units named so, where given."""
    held = await held_now(context.conn, context.person, context.today)
    wording = wording_of(context)
    return [
        context.texts(
            "prompt.held",
            unit=each.unit,
            what=wording.what(each),
            due=wording.due(each),
            wanted=wording.day(each.wanted_on or each.due_on),
        )
        for each in [each for each in held if names is None or each.unit in names][:_CHOICES]
    ]


async def _offered(context: Context, owed: Sequence[Assignment]) -> list[Choice]:
    """A button for all that is late, and one for each plan and each request with something open."""
    texts = context.texts
    late = units_of(each for each in owed if is_late(each, context.today))
    offered = [choice_of(label(texts, "nudge_late", count=len(late)), "nudge", "late")] if late else []
    groups: defaultdict[tuple[str, int | None], list[Assignment]] = defaultdict(list)
    for assignment in owed:
        groups[
            ("request", assignment.request_id) if assignment.request_id else ("plan", assignment.plan_id)
        ].append(assignment)
    for (kind, id_), assignments in groups.items():
        what = short(assignments[0].plan or assignments[0].text or "", 40)
        units = units_of(pressing(assignments, context.today, context.rules))
        offered.append(choice_of(label(texts, "nudge_plan", what=what, count=len(units)), "nudge", kind, id_))
    return offered[:_CHOICES]


async def _named(context: Context, owed: Sequence[Assignment], name: str) -> Reply:
    """Find what was typed: a unit by the register, then a duty by its number or its words, then a plan."""
    for find in (_units_named, _duties_named, _plans_named):
        choices = await find(context, owed, name)
        if len(choices) == 1:
            return await _preview(context, read_button_data(choices[0].data))
        if choices:
            text = context.texts("prompt.which", words=short(name, 60))
            return reply(Outgoing(text, tuple((choice,) for choice in choices[:_CHOICES])))
        if unit_names := {unit.name for unit in context.rules.register.candidates(name)}:
            held = await _held(context, unit_names)
            return reply(Outgoing(lines(context.texts("prompt.nothing_there"), *held)))
    return reply(Outgoing(context.texts("prompt.not_found", words=short(name, 60))))


async def _units_named(context: Context, owed: Sequence[Assignment], name: str) -> list[Choice]:
    units = units_of(owed)
    unit_names = {unit.name for unit in context.rules.register.candidates(name)}
    unit_ids = [id_ for id_, unit in units.items() if unit in unit_names]
    if not unit_ids and not unit_names:
        unit_ids = [id_ for id_, unit in units.items() if fold(name) in fold(unit)]
    return [choice_of(short(units[id_], 60), "nudge", "unit", id_) for id_ in unit_ids]


async def _duties_named(context: Context, owed: Sequence[Assignment], name: str) -> list[Choice]:
    plan_ids = {assignment.plan_id for assignment in owed if assignment.plan_id is not None}
    folded = fold(name).rstrip(".")
    duties = [
        duty
        for duty in await manual_nudge_store.duties(context.conn, plan_ids)
        if folded == fold(duty.section).rstrip(".") or (len(folded) > 3 and folded in fold(duty.text))
    ]
    return [
        choice_of(f"{duty_row.section} {short(duty_row.text, 50)}".strip(), "nudge", "duty", duty_row.id)
        for duty_row in duties
    ]


async def _plans_named(context: Context, owed: Sequence[Assignment], name: str) -> list[Choice]:
    plans = {
        assignment.plan_id: assignment.plan
        for assignment in owed
        if assignment.plan_id and fold(name) in fold(assignment.plan)
    }
    return [choice_of(short(plan, 60), "nudge", "plan", id_) for id_, plan in plans.items()]


def _target(pressed: ButtonData, place: int = 0) -> NudgeTarget | None:
    """Read what a button names from an argument on: "late", or "plan" and its id."""
    kind = pressed.text(place)
    return next((NudgeTarget(known, pressed.id(place + 1)) for known in KINDS if known == kind), None)


@button("nudge", "coordinator")
async def preview(context: Context, pressed: ButtonData) -> Reply:
    """Show who will be asked."""
    return await _preview(context, pressed)


async def _preview(context: Context, pressed: ButtonData) -> Reply:
    target = _target(pressed)
    if target is None:
        return reply(Outgoing(context.texts("error.old_button")))
    chosen = await choose(context.conn, target, by=context.person, today=context.today, rules=context.rules)
    if isinstance(chosen, Refused):
        return _refused(context, target, chosen.reason)
    if not chosen.assignments:
        return _refused(context, target, "nothing")
    reached = await reach(context.conn, chosen.assignments, context.today, context.rules)
    texts, count = context.texts, len(reached.people)
    text = lines(
        texts(
            "prompt.head",
            what=short(chosen.name, 80) if chosen.name else texts("prompt.late"),
            units=len(chosen.units),
            people=count,
        ),
        *await _who(context, chosen, reached),
        texts("prompt.out", count=len(reached.unreachable)) if reached.unreachable else None,
        texts("prompt.told", count=len(reached.written)) if reached.written else None,
        _when(context) if count else texts("prompt.nobody"),
    )
    mark = await manual_nudge_store.last_nudge(context.conn)
    send = choice_of(label(texts, "send_people", count=count), "push", mark, *pressed.arguments)
    return reply(Outgoing(text, ((send, never_mind(context)),) if count else ()))


def _refused(context: Context, target: NudgeTarget, reason: str) -> Reply:
    if reason == "not_yours":
        return turned_away(context, f"nudge {target.kind} {target.id}")
    return reply(
        Outgoing(context.texts("prompt.nothing_there" if reason == "nothing" else "error.old_button"))
    )


async def _who(context: Context, chosen: Chosen, reached: Reach) -> list[Markup]:
    """A line for each unit: how many things, and who is told."""
    names = await manual_nudge_store.names(context.conn, {person for person, _ in reached.heard})
    texts, rows = context.texts, []
    coordinated_units = await coordinated(context)
    for unit_id, unit in list(chosen.units.items())[:_SHOWN]:
        people = [
            _name(context, names[person], person in reached.unreachable)
            for person, unit_of in reached.heard
            if unit_of == unit_id
        ]
        who = Markup(", ").join(people) or texts("status.note_nobody")
        if people and unit_id not in coordinated_units:
            who = texts("request.people", count=len(people))
        count = sum(each.unit_id == unit_id for each in chosen.assignments)
        rows.append(texts("prompt.unit", unit=unit, count=count, people=who))
    left = len(chosen.units) - _SHOWN
    return [*rows, texts("prompt.more", count=left)] if left > 0 else rows


def _name(context: Context, name: str, out: bool) -> Markup:
    return context.texts("prompt.unreachable", name=name) if out else Markup.escape(name)


def opens(context: Context) -> datetime | None:
    """Return when messages go out next, local; None where they do at once."""
    now = context.now.astimezone(context.rules.zone)
    then = context.rules.ladders.hours.next_open(now, context.rules.days)
    return None if then == now else then


def _when(context: Context) -> Markup | None:
    then = opens(context)
    if then is None:
        return None
    return context.texts("prompt.later", hour=f"{then:%H:%M}", day=short_date(context.texts, then.date()))


def never_mind(context: Context) -> Choice:
    """Return the button by which nothing is sent."""
    return choice_of(label(context.texts, "never_mind"), "never", "mind")


@button("push", "coordinator")
async def push(context: Context, pressed: ButtonData) -> Reply:
    """Have the people asked whom the preview showed; pressed twice, it adds nothing."""
    target = _target(pressed, 1)
    if target is None or not pressed.text().isdecimal():
        return reply(Outgoing(context.texts("error.old_button")))
    nudged = await nudge_now(
        context.conn, target, by=context.person, mark=pressed.id(), now=context.now, rules=context.rules
    )
    if isinstance(nudged, Refused):
        return _refused(context, target, nudged.reason)
    text = context.texts("prompt.sent", count=nudged.people, units=nudged.units)
    return reply(Outgoing(lines(text, _when(context))))


@button("never", "coordinator")
async def never(context: Context, pressed: ButtonData) -> Reply:
    """Send nothing."""
    return reply(Outgoing(context.texts("prompt.dropped")))


BUTTONS: tuple[Button, ...] = (preview, push, never)
