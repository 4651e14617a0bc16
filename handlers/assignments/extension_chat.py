"""Xin gia hạn: a unit asks for a later date.

handlers.assignments.extension_decision_chat has what the coordinator says to it.
"""

from datetime import date

from markupsafe import Markup

from domain.nudging.ladder import is_held
from domain.updates import read_until
from handlers.assignments.item_list import find, number_of, numbering, still_open, wording
from handlers.common import notice
from handlers.common.context import Button, Desk, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short
from storage.assignments import assignment_store as assignments
from storage.assignments import extension_store as extensions
from storage.assignments.assignment_store import Assignment
from storage.assignments.extension_store import Wish
from storage.common import audit_log as audit

_OFFERED = (3, 5, 10)  # working days after the due date, or after today where that has passed


@button("extend", "member")
async def extend(desk: Desk, argument: str) -> Reply:
    """Ask until when."""
    found = await assignments.get(desk.work, [id_in(argument)])
    if not found or found[0].unit_id not in desk.person.units("focal", "leader"):
        return turned_away(desk, f"assignment {id_in(argument)}")
    if not found[0].is_open:
        return reply(Outgoing(desk.texts("error.old_button")))
    return await ask(desk, found[0], await number_of(desk, found[0]))


async def ask(
    desk: Desk, one: Assignment, number: str, *, unclear: str | None = None, passed: date | None = None
) -> Reply:
    """Return the question until when, with three dates to tap; above it why, after words or a day past."""
    words = wording(desk)
    start = max(one.due_on, desk.today)
    offered = [_later(desk, start, count) for count in _OFFERED]
    choices = (tuple(Choice(words.day(day).unescape(), f"until:{day.isoformat()}") for day in offered),)
    told = desk.texts("extension.unclear", words=unclear) if unclear else None
    told = desk.texts("extension.passed", wanted=words.day(passed)) if passed else told
    due = desk.texts("item.due", due=words.due(one))
    text = lines(told, desk.texts("extension.ask", number=number, due=due))
    shown = await numbering(desk, one)
    return reply(Outgoing(text, choices), items=shown, topic="extend", about=str(one.id))


def _later(desk: Desk, day: date, count: int) -> date:
    for _ in range(count):
        day = desk.rules.days.on_or_after(date.fromordinal(day.toordinal() + 1))
    return day


@button("until", "member")
async def until(desk: Desk, argument: str) -> Reply:
    """Take one of the dates that were offered."""
    wanted = _day(argument)
    if desk.dialog.topic != "extend" or wanted is None:
        return reply(Outgoing(desk.texts("error.old_button")))
    return await _wish_for(desk, wanted, "")


def _day(argument: str) -> date | None:
    try:
        return date.fromisoformat(argument)
    except ValueError:
        return None


async def taken(desk: Desk, text: str) -> Reply | None:
    """Take a typed date, with the reason if there is one; None where the text tells no date."""
    one = (await assignments.get(desk.work, [int(desk.dialog.about)]))[0]
    since = max(one.due_on, desk.today)  # "1 tuần" of what is overdue: the question offers days from today on
    wanted = read_until(text, today=desk.today, due=since) or read_until(
        text, today=desk.today, due=one.due_on
    )
    return None if wanted is None else await _wish_for(desk, wanted, text)


def ask_again(desk: Desk, text: str) -> Reply:
    """Return the question once more, after an answer without a date."""
    words = desk.texts("extension.unclear", words=short(text, 60))
    return reply(Outgoing(words), topic="extend", about=desk.dialog.about)


async def _wish_for(desk: Desk, wanted: date, reason: str) -> Reply:
    one = (await assignments.get(desk.work, [int(desk.dialog.about)]))[0]
    if not one.is_open:
        return reply(Outgoing(desk.texts("error.old_button")))
    number = await number_of(desk, one)
    if has_passed(desk, wanted):
        return await ask(desk, one, number, passed=wanted)
    return reply(Outgoing(await wish(desk, one, number, wanted, reason)))


def has_passed(desk: Desk, wanted: date) -> bool:
    """Whether a date lies behind: until then nothing can be put off any more."""
    return wanted <= desk.today


async def wish(desk: Desk, one: Assignment, number: str, wanted: date, reason: str) -> Markup:
    """Keep a wish for a later date and tell the coordinators; return what to tell the one who asked.

    A date that is behind, or not after the due one, is told and not kept.
    """
    words = wording(desk)
    if has_passed(desk, wanted):
        told = desk.texts("extension.passed", wanted=words.day(wanted))
        example = words.day(_later(desk, desk.today, _OFFERED[1]))
        return lines(told, desk.texts("extension.passed_how", number=number, example=example))
    if wanted <= one.due_on:
        return desk.texts("extension.earlier", wanted=words.day(wanted), due=words.due(one))
    before = await extensions.waiting_for(desk.work, one.id)
    if before is not None and before.wanted_on == wanted:
        return desk.texts("extension.waits", number=number, wanted=words.day(wanted))
    await extensions.supersede(desk.work, one.id, desk.now)
    wish_id = await extensions.ask(desk.work, one, desk.person.id, wanted, reason, desk.now)
    if is_held(one.due_on, wanted, desk.today):
        await assignments.ask_again(desk.work, one.id, _asked_next(desk, one, wanted))
    dates = {"was": one.due_on.isoformat(), "became": wanted.isoformat()}
    await audit.note(desk.work, desk.now, "wish", f"assignment {one.id}", desk.person.id, **dates)
    coordinators = await notice.coordinators(desk, one)
    text = desk.texts(
        "extension.wish",
        unit=one.unit,
        what=words.what(one),
        plan=one.plan or desk.texts("nudge.requests"),
        due=full_date(desk.texts, one.due_on),
        wanted=full_date(desk.texts, wanted),
        reason=short(reason, 200) or desk.texts("extension.no_reason"),
    )
    instead = desk.texts("extension.instead", wanted=words.day(before.wanted_on)) if before else None
    choices = (
        Choice(label(desk.texts, "grant"), f"grant:{wish_id}"),
        Choice(label(desk.texts, "refuse"), f"refuse:{wish_id}"),
    )
    await notice.put(desk, coordinators, f"wish:{wish_id}", Outgoing(lines(text, instead), (choices,)))
    key = "extension.asked" if coordinators else "extension.no_coordinator"
    return desk.texts(key, number=number, wanted=words.day(wanted))


async def withdrawn(desk: Desk, number: str) -> Reply:
    """Withdraw the wish that waits for the item of a number; without one ("") the only one that waits."""
    item = await find(desk, number) if number else None
    about = ([item.assignment] if item else []) if number else await still_open(desk)
    found = [(one, was) for one in about if (was := await extensions.waiting_for(desk.work, one.id))]
    if len(found) == 1:
        return reply(Outgoing(await _withdraw(desk, *found[0])))
    if not found:
        return reply(Outgoing(desk.texts("extension.none_waits")))
    words = wording(desk)
    rows = [
        desk.texts(
            "extension.withdraw_row",
            number=await number_of(desk, one),
            what=words.what(one),
            wanted=words.day(was.wanted_on),
        )
        for one, was in found
    ]
    shown = await numbering(desk, found[0][0])
    return reply(Outgoing(lines(desk.texts("extension.withdraw_which"), *rows)), items=shown)


async def _withdraw(desk: Desk, one: Assignment, was: Wish) -> Markup:
    """Let a wish be undecided for good, go on asking by the date that holds, and tell the coordinators."""
    await extensions.supersede(desk.work, one.id, desk.now)
    await assignments.ask_again(desk.work, one.id, _asked_next(desk, one, None))
    dates = {"was": was.wanted_on.isoformat(), "became": one.due_on.isoformat()}
    await audit.note(desk.work, desk.now, "wish withdrawn", f"assignment {one.id}", desk.person.id, **dates)
    words = wording(desk)
    facts = {"what": words.what(one), "wanted": words.day(was.wanted_on), "due": words.due(one)}
    told = Outgoing(desk.texts("extension.told_withdrawn", unit=one.unit, **facts))
    await notice.put(desk, await notice.coordinators(desk, one), f"withdrawn:{was.id}", told)
    return desk.texts("extension.withdrawn", **facts)


def _asked_next(desk: Desk, one: Assignment, wanted: date | None) -> date | None:
    """When it is asked for next, if nobody decides on the wish."""
    ladder = desk.rules.ladders.of(one.kind, one.plan)
    return ladder.next_on(one.due_on, desk.today, desk.rules.days, wanted=wanted)


BUTTONS: tuple[Button, ...] = (extend, until)
