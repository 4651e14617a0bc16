"""Xin gia hạn: a unit asks for a later date.

handlers.assignments.extension_decision_chat has what the coordinator says to it.
"""

from datetime import date

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.updates import read_until
from handlers.assignments.item_list import find, number_of, numbering, still_open
from handlers.common import notice
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import full_date, label, lines, short, wording
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
    found = await assignment_store.get(context.conn, [pressed.id()])
    if not found or found[0].unit_id not in context.person.units("focal", "leader"):
        return turned_away(context, f"assignment {pressed.id()}")
    if not found[0].is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    return await ask(context, found[0], await number_of(context, found[0]))


async def ask(
    context: Context,
    assignment: Assignment,
    number: str,
    *,
    unclear: str | None = None,
    passed: date | None = None,
) -> Reply:
    """Return the question until when, with three dates to tap; above it why, after words or a day past."""
    words = wording(context)
    start = max(assignment.due_on, context.today)
    offered = [_later(context, start, count) for count in _OFFERED]
    choices = (tuple(choice_of(words.day(day).unescape(), "until", day.isoformat()) for day in offered),)
    told = context.texts("extension.unclear", words=unclear) if unclear else None
    told = context.texts("extension.passed", wanted=words.day(passed)) if passed else told
    due = context.texts("item.due", due=words.due(assignment))
    text = lines(told, context.texts("extension.ask", number=number, due=due))
    shown = await numbering(context, assignment)
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
    one = (await assignment_store.get(context.conn, [int(context.dialog.about)]))[0]
    since = max(
        one.due_on, context.today
    )  # "1 tuần" of what is overdue: the question offers days from today on
    wanted = read_until(text, today=context.today, due=since) or read_until(
        text, today=context.today, due=one.due_on
    )
    return None if wanted is None else await _wish_for(context, wanted, text)


def ask_again(context: Context, text: str) -> Reply:
    """Return the question once more, after an answer without a date."""
    words = context.texts("extension.unclear", words=short(text, 60))
    return reply(Outgoing(words), topic="extend", about=context.dialog.about)


async def _wish_for(context: Context, wanted: date, reason: str) -> Reply:
    one = (await assignment_store.get(context.conn, [int(context.dialog.about)]))[0]
    if not one.is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    number = await number_of(context, one)
    if has_passed(context, wanted):
        return await ask(context, one, number, passed=wanted)
    return reply(Outgoing(await wish(context, one, number, wanted, reason)))


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
    words = wording(context)
    match result:
        case NotTheirAssignment() | Refused():
            return context.texts("error.old_button")
        case TooEarly(has_passed=True):
            passed = context.texts("extension.passed", wanted=words.day(wanted))
            example = words.day(_later(context, context.today, _OFFERED[1]))
            return lines(passed, context.texts("extension.passed_how", number=number, example=example))
        case TooEarly():
            return context.texts("extension.earlier", wanted=words.day(wanted), due=words.due(assignment))
        case AlreadyAsked():
            return context.texts("extension.waits", number=number, wanted=words.day(wanted))
    await _put_before_coordinators(context, result, reason)
    key = "extension.asked" if result.to_tell else "extension.no_coordinator"
    return context.texts(key, number=number, wanted=words.day(wanted))


async def _put_before_coordinators(context: Context, asked: ExtensionAsked, reason: str) -> None:
    """Ask the coordinators to decide on a wish."""
    assignment, words = asked.assignment, wording(context)
    text = context.texts(
        "extension.wish",
        unit=assignment.unit,
        what=words.what(assignment),
        plan=assignment.plan or context.texts("nudge.requests"),
        due=full_date(context.texts, assignment.due_on),
        wanted=full_date(context.texts, asked.wanted_on),
        reason=short(reason, 200) or context.texts("extension.no_reason"),
    )
    before = asked.instead_of
    instead = context.texts("extension.instead", wanted=words.day(before)) if before else None
    choices = (
        choice_of(label(context.texts, "grant"), "grant", asked.wish_id),
        choice_of(label(context.texts, "refuse"), "refuse", asked.wish_id),
    )
    message = Outgoing(lines(text, instead), (choices,))
    topic = f"wish:{asked.wish_id}"
    await notice.put(context, asked.to_tell, topic, message, extension_id=asked.wish_id)


async def withdrawn(context: Context, number: str) -> Reply:
    """Withdraw the wish that waits for the item of a number; without one ("") the only one that waits."""
    item = await find(context, number) if number else None
    about = ([item.assignment] if item else []) if number else await still_open(context)
    found = [
        (assignment, was)
        for assignment in about
        if (was := await extension_store.waiting_for(context.conn, assignment.id))
    ]
    if len(found) == 1:
        return reply(Outgoing(await _withdraw(context, found[0][0])))
    if not found:
        return reply(Outgoing(context.texts("extension.none_waits")))
    words = wording(context)
    rows = [
        context.texts(
            "extension.withdraw_row",
            number=await number_of(context, one),
            what=words.what(one),
            wanted=words.day(was.wanted_on),
        )
        for one, was in found
    ]
    shown = await numbering(context, found[0][0])
    return reply(Outgoing(lines(context.texts("extension.withdraw_which"), *rows)), items=shown)


async def _withdraw(context: Context, assignment: Assignment) -> Markup:
    """Take a wish back, and tell the coordinators."""
    result = await withdraw_extension(
        context.conn, assignment.id, by=context.person, now=context.now, rules=context.rules
    )
    if not isinstance(result, WishWithdrawn):
        return context.texts("error.old_button")
    words = wording(context)
    facts = {
        "what": words.what(assignment),
        "wanted": words.day(result.wish.wanted_on),
        "due": words.due(assignment),
    }
    message = Outgoing(context.texts("extension.told_withdrawn", unit=assignment.unit, **facts))
    await notice.put(context, result.to_tell, f"withdrawn:{result.wish.id}", message)
    return context.texts("extension.withdrawn", **facts)


BUTTONS: tuple[Button, ...] = (extend, until)
