"""Xin gia hạn: a unit asks for a later date.

handlers.assignments.extension_decision_chat has what the coordinator says to it.
"""

from datetime import date

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.updates import read_until
from handlers.assignments.decision_notice import line_alone, wish_of_plan, wish_what
from handlers.assignments.item_numbering import Item, find, in_sight, item_of, still_open
from handlers.assignments.resolve_item import item_key, item_name, pressed_ids
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
from storage.assignments import extension_store
from storage.assignments.extension_store import Wish

_OFFERED = (3, 5, 10)  # working days after the due date, or after today where that has passed


@button("extend", "member")
async def extend(context: Context, pressed: ButtonData) -> Reply:
    """Ask until when."""
    item = await item_of(context, *pressed_ids(pressed.text()))
    if item is None:
        return turned_away(context, f"assignment {pressed_ids(pressed.text())[0]}")
    if not item.assignment.is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    return await ask(context, item)


async def ask(
    context: Context, item: Item, *, unclear: str | None = None, passed: date | None = None
) -> Reply:
    """Return the question until when, with three dates to tap; above it why, after words or a day past."""
    wording, assignment = wording_of(context), item.assignment
    start = max(assignment.due_on, context.today)
    offered = [_later(context, start, count) for count in _OFFERED]
    choices = (tuple(choice_of(wording.day(day).unescape(), "until", day.isoformat()) for day in offered),)
    problem = context.texts("extension.unclear", words=unclear) if unclear else None
    problem = context.texts("extension.passed", wanted=wording.day(passed)) if passed else problem
    due = context.texts("item.due", due=wording.due(assignment))
    facts = {"number": item.number, "what": item_name(context, item), "due": due}
    text = lines(problem, context.texts("extension.ask", **facts))
    shown = in_sight(context, assignment)
    return reply(Outgoing(text, choices), items=shown, topic="extend", about=item_key(item))


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
    item = await item_of(context, *pressed_ids(context.dialog.about))
    due = item.assignment.due_on if item else context.today
    # "1 tuần" of what is overdue: the question offers days from today on
    wanted = read_until(text, today=context.today, due=max(due, context.today)) or read_until(
        text, today=context.today, due=due
    )
    return None if wanted is None else await _wish_for(context, wanted, text)


def ask_again(context: Context, text: str) -> Reply:
    """Return the question once more, after an answer without a date."""
    problem = context.texts("extension.unclear", words=short(text, 60))
    return reply(Outgoing(problem), topic="extend", about=context.dialog.about)


async def _wish_for(context: Context, wanted: date, reason: str) -> Reply:
    item = await item_of(context, *pressed_ids(context.dialog.about))
    if item is None or not item.assignment.is_open:
        return reply(Outgoing(context.texts("error.old_button")))
    if has_passed(context, wanted):
        return await ask(context, item, passed=wanted)
    return reply(Outgoing(await wish(context, item, wanted, reason)))


def has_passed(context: Context, wanted: date) -> bool:
    """Whether a date lies behind: until then nothing can be put off any more."""
    return wanted <= context.today


async def wish(context: Context, item: Item, wanted: date, reason: str) -> Markup:
    """Keep a wish for a later date and tell the coordinators; return what to tell the one who asked.

    A date that is behind, or not after the due one, is told and not kept.
    """
    assignment, number = item.assignment, item.number
    result = await ask_extension(
        context.conn,
        assignment.id,
        wanted,
        reason,
        duty_id=item.line.duty_id if item.line else None,
        by=context.person,
        now=context.now,
        rules=context.rules,
    )
    wording = wording_of(context)
    facts = {"number": number, "what": item_name(context, item), "wanted": wording.day(wanted)}
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
            return context.texts("extension.waits", **facts)
    await _put_before_coordinators(context, result, item, reason)
    key = "extension.asked" if result.to_tell else "extension.no_coordinator"
    sentence = context.texts(key, **facts)
    line = item.line.text if item.line else None
    return lines(sentence, line_alone(wording, line, assignment))


async def _put_before_coordinators(
    context: Context, extension: ExtensionAsked, item: Item, reason: str
) -> None:
    """Ask the coordinators to decide on a wish."""
    assignment, wording = extension.assignment, wording_of(context)
    line = item.line.text if item.line else None
    text = context.texts(
        "extension.wish",
        unit=assignment.unit,
        what=wish_what(wording, line, assignment),
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
    message = Outgoing(lines(text, line_alone(wording, line, assignment), instead), (choices,))
    topic = f"wish:{extension.wish_id}"
    await notice.put(context, extension.to_tell, topic, message, extension_id=extension.wish_id)


async def withdrawn(context: Context, number: str) -> Reply:
    """Withdraw the wish that waits for the item of a number; without one ("") the only one that waits."""
    item = await find(context, number) if number else None
    about = ([item.assignment] if item else []) if number else await still_open(context)
    assignments = {assignment.id: assignment for assignment in about}
    wishes = await extension_store.waiting_of(context.conn, assignments)
    if item is not None:
        duty_id = item.line.duty_id if item.line else None
        wishes = tuple(wish_ for wish_ in wishes if wish_.duty_id == duty_id) or (() if duty_id else wishes)
    if len(wishes) == 1:
        return reply(Outgoing(await _withdraw(context, wishes[0], assignments[wishes[0].assignment_id])))
    if not wishes:
        return reply(Outgoing(context.texts("extension.none_waits")))
    rows = [
        await _waiting_row(context, wish_, assignments[wish_.assignment_id]) for wish_ in reversed(wishes)
    ]
    return reply(Outgoing(lines(context.texts("extension.withdraw_which"), *rows)))


async def _waiting_row(context: Context, waiting: Wish, assignment: Assignment) -> Markup:
    wording, item = wording_of(context), await item_of(context, assignment.id, waiting.duty_id)
    return context.texts(
        "extension.withdraw_row",
        number=item.number if item else "",
        what=wish_of_plan(wording, waiting.line, assignment),
        wanted=wording.day(waiting.wanted_on),
    )


async def _withdraw(context: Context, waiting: Wish, assignment: Assignment) -> Markup:
    """Take a wish back, and tell the coordinators."""
    result = await withdraw_extension(
        context.conn,
        assignment.id,
        duty_id=waiting.duty_id,
        by=context.person,
        now=context.now,
        rules=context.rules,
    )
    if not isinstance(result, WishWithdrawn):
        return context.texts("error.old_button")
    wording = wording_of(context)
    facts = {
        "what": wish_of_plan(wording, waiting.line, assignment),
        "wanted": wording.day(result.wish.wanted_on),
        "due": wording.due(assignment),
    }
    message = Outgoing(context.texts("extension.told_withdrawn", unit=assignment.unit, **facts))
    await notice.put(context, result.to_tell, f"withdrawn:{result.wish.id}", message)
    return context.texts("extension.withdrawn", **facts)


BUTTONS: tuple[Button, ...] = (extend, until)
