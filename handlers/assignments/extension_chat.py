"""Xin gia hạn: a unit asks for a later date.

handlers.assignments.extension_decision_chat has what the coordinator says to it.
"""

from datetime import date

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.updates import read_until
from handlers.assignments.item_numbering import find, in_sight, number_of, still_open
from handlers.common import notice
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import full_date, label, lines, short, wording_of
from services.assignments.ask_extension import (
    AlreadyAsked,
    ExtensionAsked,
    WishWithdrawn,
    ask_extension,
    withdraw_extension,
)
from services.assignments.decide_extension import TooEarly
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import assignment_store, extension_store

_OFFERED = (3, 5, 10)  # working days after the due date, or after today where that has passed


@button("extend", "member")
async def extend(context: Context, pressed: ButtonData) -> Reply:
    """Ask until when."""
    assignments = await assignment_store.get(context.conn, [pressed.id()])
    if not assignments or assignments[0].unit_id not in context.person.units("focal", "leader"):
        return turned_away(context, f"assignment {pressed.id()}")
    if not assignments[0].is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    return await ask(context, assignments[0], await number_of(context, assignments[0]))


async def ask(
    context: Context,
    assignment: Assignment,
    number: str,
    *,
    unclear: str | None = None,
    passed: date | None = None,
) -> Reply:
    """Return the question until when, with three dates to tap; above it why, after words or a day past."""
    wording = wording_of(context)
    start = max(assignment.due_on, context.today)
    offered = [_later(context, start, count) for count in _OFFERED]
    choices = (tuple(choice_of(wording.day(day).unescape(), "until", day.isoformat()) for day in offered),)
    problem = context.texts("extension.unclear", words=unclear) if unclear else None
    problem = context.texts("extension.passed", wanted=wording.day(passed)) if passed else problem
    due = context.texts("item.due", due=wording.due(assignment))
    text = lines(problem, context.texts("extension.ask", number=number, due=due))
    shown = in_sight(context, assignment)
    return reply(Outgoing(text, choices), items=shown, topic="extend", about=str(assignment.id))


def _later(context: Context, day: date, count: int) -> date:
    for _ in range(count):
        day = context.rules.days.on_or_after(date.fromordinal(day.toordinal() + 1))
    return day


@button("until", "member")
async def until(context: Context, pressed: ButtonData) -> Reply:
    """Take one of the dates that were offered."""
    wanted = _day(pressed.text())
    if context.dialog.topic != "extend" or wanted is None:
        return reply(Outgoing(context.texts("error.old_button")))
    return await _wish_for(context, wanted, "")


def _day(argument: str) -> date | None:
    try:
        return date.fromisoformat(argument)
    except ValueError:
        return None


async def taken(context: Context, text: str) -> Reply | None:
    """Take a typed date, with the reason if there is one; None where the text tells no date."""
    assignment = (await assignment_store.get(context.conn, [int(context.dialog.about)]))[0]
    since = max(
        assignment.due_on, context.today
    )  # "1 tuần" of what is overdue: the question offers days from today on
    wanted = read_until(text, today=context.today, due=since) or read_until(
        text, today=context.today, due=assignment.due_on
    )
    return None if wanted is None else await _wish_for(context, wanted, text)


def ask_again(context: Context, text: str) -> Reply:
    """Return the question once more, after an answer without a date."""
    problem = context.texts("extension.unclear", words=short(text, 60))
    return reply(Outgoing(problem), topic="extend", about=context.dialog.about)


async def _wish_for(context: Context, wanted: date, reason: str) -> Reply:
    assignment = (await assignment_store.get(context.conn, [int(context.dialog.about)]))[0]
    if not assignment.is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    number = await number_of(context, assignment)
    if has_passed(context, wanted):
        return await ask(context, assignment, number, passed=wanted)
    return reply(Outgoing(await wish(context, assignment, number, wanted, reason)))


def has_passed(context: Context, wanted: date) -> bool:
    """Whether a date lies behind: until then nothing can be put off any more."""
    return wanted <= context.today


async def wish(context: Context, assignment: Assignment, number: str, wanted: date, reason: str) -> Markup:
    """Keep a wish for a later date and tell the coordinators; return what to tell the one who asked.

    A date that is behind, or not after the due one, is told and not kept.
    """
    result = await ask_extension(
        context.conn, assignment.id, wanted, reason, by=context.person, now=context.now, rules=context.rules
    )
    wording = wording_of(context)
    match result:
        case NotTheirAssignment() | Refused():
            return context.texts("error.old_button")
        case TooEarly(has_passed=True):
            passed = context.texts("extension.passed", wanted=wording.day(wanted))
            example = wording.day(_later(context, context.today, _OFFERED[1]))
            return lines(passed, context.texts("extension.passed_how", number=number, example=example))
        case TooEarly():
            return context.texts("extension.earlier", wanted=wording.day(wanted), due=wording.due(assignment))
        case AlreadyAsked():
            return context.texts("extension.waits", number=number, wanted=wording.day(wanted))
    await _put_before_coordinators(context, result, reason)
    key = "extension.asked" if result.to_tell else "extension.no_coordinator"
    return context.texts(key, number=number, wanted=wording.day(wanted))


async def _put_before_coordinators(context: Context, extension: ExtensionAsked, reason: str) -> None:
    """Ask the coordinators to decide on a wish."""
    assignment, wording = extension.assignment, wording_of(context)
    text = context.texts(
        "extension.wish",
        unit=assignment.unit,
        what=wording.what(assignment),
        plan=assignment.plan or context.texts("nudge.requests"),
        due=full_date(context.texts, assignment.due_on),
        wanted=full_date(context.texts, extension.wanted_on),
        reason=short(reason, 200) or context.texts("extension.no_reason"),
    )
    before = extension.instead_of
    instead = context.texts("extension.instead", wanted=wording.day(before)) if before else None
    choices = (
        choice_of(label(context.texts, "grant"), "grant", extension.wish_id),
        choice_of(label(context.texts, "refuse"), "refuse", extension.wish_id),
    )
    message = Outgoing(lines(text, instead), (choices,))
    topic = f"wish:{extension.wish_id}"
    await notice.put(context, extension.to_tell, topic, message, extension_id=extension.wish_id)


async def withdrawn(context: Context, number: str) -> Reply:
    """Withdraw the wish that waits for the item of a number; without one ("") the only one that waits."""
    item = await find(context, number) if number else None
    about = ([item.assignment] if item else []) if number else await still_open(context)
    waiting = [
        (assignment, was)
        for assignment in about
        if (was := await extension_store.waiting_for(context.conn, assignment.id))
    ]
    if len(waiting) == 1:
        return reply(Outgoing(await _withdraw(context, waiting[0][0])))
    if not waiting:
        return reply(Outgoing(context.texts("extension.none_waits")))
    wording = wording_of(context)
    rows = [
        context.texts(
            "extension.withdraw_row",
            number=await number_of(context, assignment),
            what=wording.what(assignment),
            wanted=wording.day(was.wanted_on),
        )
        for assignment, was in waiting
    ]
    shown = in_sight(context, waiting[0][0])
    return reply(Outgoing(lines(context.texts("extension.withdraw_which"), *rows)), items=shown)


async def _withdraw(context: Context, assignment: Assignment) -> Markup:
    """Take a wish back, and tell the coordinators."""
    result = await withdraw_extension(
        context.conn, assignment.id, by=context.person, now=context.now, rules=context.rules
    )
    if not isinstance(result, WishWithdrawn):
        return context.texts("error.old_button")
    wording = wording_of(context)
    facts = {
        "what": wording.what(assignment),
        "wanted": wording.day(result.wish.wanted_on),
        "due": wording.due(assignment),
    }
    message = Outgoing(context.texts("extension.told_withdrawn", unit=assignment.unit, **facts))
    await notice.put(context, result.to_tell, f"withdrawn:{result.wish.id}", message)
    return context.texts("extension.withdrawn", **facts)


BUTTONS: tuple[Button, ...] = (extend, until)
