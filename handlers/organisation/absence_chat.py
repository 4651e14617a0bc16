"""/absence (/nghi): while somebody is away, a colleague of the unit hears their nudges."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from domain.organisation.absence import LONGEST, is_called, read_leave
from domain.updates import split_items
from handlers.assignments import update_chat
from handlers.assignments.item_list import wording
from handlers.common import notice
from handlers.common.context import Button, Context, Question, Reply, button, command, id_in, question, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from storage.common import audit_log, outbox
from storage.organisation import absence_store
from storage.organisation.absence_store import Absence, Colleague

_CHOICES = 8


@command("absence", "nghi", "officer")
async def absence(context: Context, argument: str) -> Reply:
    """Take the days and the substitute; alone, show what is noted."""
    if not argument.strip():
        return await _noted(context)
    leave = read_leave(argument, context.today)
    if leave.days is None:
        return reply(Outgoing(context.texts("absence.unclear", words=short(argument, 60))))
    first, last = leave.days
    wrong = await _wrong(context, first, last)
    if wrong is not None:
        return reply(Outgoing(wrong))
    first = max(first, context.today)
    others = await _colleagues(context)
    if not others:
        return reply(Outgoing(context.texts("absence.nobody")))
    called = _called(leave.substitute, others)
    if len(called) == 1:
        return await _keep(context, called[0], first, last)
    return _ask(context, called or others, first, last, leave.substitute if not called else "")


async def _noted(context: Context) -> Reply:
    """Show a person's own absences, each with a button to take it back, and whom they stand in for."""
    mine = await absence_store.of_person(context.conn, context.person.id, context.today)
    if not mine:
        return reply(Outgoing(context.texts("absence.none")))
    told = [
        context.texts("absence.line", days=_days(context, a.first, a.last), person=a.substitute) for a in mine
    ]
    rows = tuple(
        (
            Choice(
                label(context.texts, "cancel_absence", days=_days(context, a.first, a.last)), f"unaway:{a.id}"
            ),
        )
        for a in mine
    )
    return reply(Outgoing(lines(context.texts("absence.head"), *told), rows))


def _days(context: Context, first: date, last: date) -> Markup:
    words = wording(context)
    if first == last:
        return words.day(first)
    return context.texts("absence.days", first=words.day(first), last=words.day(last))


async def _wrong(context: Context, first: date, last: date) -> Markup | None:
    """Return what is wrong with the days, None where they will do."""
    days = _days(context, first, last)
    if last < first:
        return context.texts("absence.reversed", days=days)
    if last < context.today:
        return context.texts("absence.past", days=days)
    if (last - first).days >= LONGEST:
        return context.texts("absence.too_long", days=days, most=LONGEST)
    same = await absence_store.overlapping(context.conn, [context.person.id], max(first, context.today), last)
    if same:
        return context.texts("absence.overlaps", days=_days(context, same[0].first, same[0].last))
    return None


async def _colleagues(context: Context) -> tuple[Colleague, ...]:
    units = context.person.units("focal", "leader")
    return await absence_store.colleagues(context.conn, context.person.id, units, context.today)


def _called(words: str, others: Sequence[Colleague]) -> list[Colleague]:
    """Return whom a few letters may mean; who is called exactly so comes before all others."""
    found = [one for one in others if is_called(words, one.name)]
    exactly = [one for one in found if is_called(one.name, words)]
    return exactly if len(exactly) == 1 else found


def _ask(context: Context, among: Sequence[Colleague], first: date, last: date, unknown: str = "") -> Reply:
    """Ask who stands in; a name of a few letters will do too."""
    told = context.texts("absence.unknown", words=short(unknown, 40)) if unknown else None
    ask = context.texts("absence.who", days=_days(context, first, last))
    choices = tuple(
        (Choice(label(context.texts, "colleague", person=one.name, unit=one.unit), f"standin:{one.id}"),)
        for one in among[:_CHOICES]
    )
    return reply(Outgoing(lines(told, ask), choices), topic="absence", about=f"{first} {last}")


@question("absence", "officer")
async def substitute_typed(context: Context, text: str) -> Reply:
    """Take a name; a line that names an item is an update all the same."""
    others = await _colleagues(context)
    called = _called(text, others)
    if not called and split_items(text)[0].item is not None:
        return await update_chat.take(context, text)
    first, last = map(date.fromisoformat, context.dialog.about.split())
    if len(called) == 1:
        return await _keep(context, called[0], first, last)
    return _ask(context, called or others, first, last, "" if called else text)


@button("standin", "officer")
async def substitute_pressed(context: Context, argument: str) -> Reply:
    """Take the colleague whose button was pressed."""
    others = await _colleagues(context)
    chosen = next((one for one in others if one.id == id_in(argument)), None)
    if context.dialog.topic != "absence" or chosen is None:
        return reply(Outgoing(context.texts("error.old_button")))
    first, last = map(date.fromisoformat, context.dialog.about.split())
    return await _keep(context, chosen, first, last)


async def _keep(context: Context, substitute: Colleague, first: date, last: date) -> Reply:
    """Keep an absence and tell the substitute."""
    wrong = await _wrong(context, first, last)
    if wrong is not None:
        return reply(Outgoing(wrong))
    kept = await absence_store.add(context.conn, context.person.id, substitute.id, first, last, context.now)
    about = f"person {context.person.id}, {first} to {last}, by person {substitute.id}"
    await audit_log.note(context.conn, context.now, "absence", about, context.person.id)
    if first == context.today:
        await _pass_on(context, context.person.id, substitute.id)
    days = _days(context, first, last)
    told = Outgoing(context.texts("absence.told", person=context.person.name, days=days))
    await notice.put(context, [substitute.id], f"away:{kept}", told)
    also = await absence_store.overlapping(context.conn, [substitute.id], first, last)
    warns = context.texts("absence.also_away", person=substitute.name) if also else None
    done = context.texts("absence.kept", days=days, person=substitute.name)
    return reply(Outgoing(lines(done, warns)))


async def _pass_on(context: Context, one: int, other: int) -> None:
    """Let another hear today what has not gone out to somebody yet."""
    if await outbox.is_waiting(context.conn, one, context.today):
        await outbox.put_daily(context.conn, [other], context.today)


@button("unaway", "officer")
async def cancel(context: Context, argument: str) -> Reply:
    """Take an absence back, or end it today; the substitute is told."""
    mine = await absence_store.of_person(context.conn, context.person.id, context.today)
    found: Absence | None = next((one for one in mine if one.id == id_in(argument)), None)
    if found is None:
        return reply(Outgoing(context.texts("absence.gone")))
    await absence_store.cancel(context.conn, found.id)
    about = f"person {context.person.id}, {found.first} to {found.last}"
    await audit_log.note(context.conn, context.now, "present", about, context.person.id)
    if found.first <= context.today:
        await _pass_on(context, found.substitute_id, context.person.id)
    days = _days(context, found.first, found.last)
    told = Outgoing(context.texts("absence.told_back", person=context.person.name, days=days))
    await notice.put(context, [found.substitute_id], f"back:{found.id}", told)
    return reply(Outgoing(context.texts("absence.cancelled", days=days)))


BUTTONS: tuple[Button, ...] = (substitute_pressed, cancel)
QUESTIONS: tuple[Question, ...] = (substitute_typed,)
