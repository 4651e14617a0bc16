"""/absence (/nghi): while somebody is away, a colleague of the unit hears their nudges."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from domain.organisation.absence import LONGEST, is_called, read_leave
from domain.updates import split_items
from handlers.assignments import update_chat as update
from handlers.assignments.item_list import wording
from handlers.common import notice
from handlers.common.context import Button, Desk, Question, Reply, button, command, id_in, question, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from storage.common import audit_log as audit
from storage.common import outbox as nudges
from storage.organisation import absence_store as absences
from storage.organisation.absence_store import Absence, Colleague

_CHOICES = 8


@command("absence", "nghi", "officer")
async def absence(desk: Desk, argument: str) -> Reply:
    """Take the days and the substitute; alone, show what is noted."""
    if not argument.strip():
        return await _noted(desk)
    leave = read_leave(argument, desk.today)
    if leave.days is None:
        return reply(Outgoing(desk.texts("absence.unclear", words=short(argument, 60))))
    first, last = leave.days
    wrong = await _wrong(desk, first, last)
    if wrong is not None:
        return reply(Outgoing(wrong))
    first = max(first, desk.today)
    others = await _colleagues(desk)
    if not others:
        return reply(Outgoing(desk.texts("absence.nobody")))
    called = _called(leave.substitute, others)
    if len(called) == 1:
        return await _keep(desk, called[0], first, last)
    return _ask(desk, called or others, first, last, leave.substitute if not called else "")


async def _noted(desk: Desk) -> Reply:
    """Show a person's own absences, each with a button to take it back, and whom they stand in for."""
    mine = await absences.of_person(desk.work, desk.person.id, desk.today)
    if not mine:
        return reply(Outgoing(desk.texts("absence.none")))
    told = [desk.texts("absence.line", days=_days(desk, a.first, a.last), person=a.substitute) for a in mine]
    rows = tuple(
        (Choice(label(desk.texts, "cancel_absence", days=_days(desk, a.first, a.last)), f"unaway:{a.id}"),)
        for a in mine
    )
    return reply(Outgoing(lines(desk.texts("absence.head"), *told), rows))


def _days(desk: Desk, first: date, last: date) -> Markup:
    words = wording(desk)
    if first == last:
        return words.day(first)
    return desk.texts("absence.days", first=words.day(first), last=words.day(last))


async def _wrong(desk: Desk, first: date, last: date) -> Markup | None:
    """Return what is wrong with the days, None where they will do."""
    days = _days(desk, first, last)
    if last < first:
        return desk.texts("absence.reversed", days=days)
    if last < desk.today:
        return desk.texts("absence.past", days=days)
    if (last - first).days >= LONGEST:
        return desk.texts("absence.too_long", days=days, most=LONGEST)
    same = await absences.overlapping(desk.work, [desk.person.id], max(first, desk.today), last)
    if same:
        return desk.texts("absence.overlaps", days=_days(desk, same[0].first, same[0].last))
    return None


async def _colleagues(desk: Desk) -> tuple[Colleague, ...]:
    units = desk.person.units("focal", "leader")
    return await absences.colleagues(desk.work, desk.person.id, units, desk.today)


def _called(words: str, others: Sequence[Colleague]) -> list[Colleague]:
    """Return whom a few letters may mean; who is called exactly so comes before all others."""
    found = [one for one in others if is_called(words, one.name)]
    exactly = [one for one in found if is_called(one.name, words)]
    return exactly if len(exactly) == 1 else found


def _ask(desk: Desk, among: Sequence[Colleague], first: date, last: date, unknown: str = "") -> Reply:
    """Ask who stands in; a name of a few letters will do too."""
    told = desk.texts("absence.unknown", words=short(unknown, 40)) if unknown else None
    ask = desk.texts("absence.who", days=_days(desk, first, last))
    choices = tuple(
        (Choice(label(desk.texts, "colleague", person=one.name, unit=one.unit), f"standin:{one.id}"),)
        for one in among[:_CHOICES]
    )
    return reply(Outgoing(lines(told, ask), choices), topic="absence", about=f"{first} {last}")


@question("absence", "officer")
async def substitute_typed(desk: Desk, text: str) -> Reply:
    """Take a name; a line that names an item is an update all the same."""
    others = await _colleagues(desk)
    called = _called(text, others)
    if not called and split_items(text)[0].item is not None:
        return await update.take(desk, text)
    first, last = map(date.fromisoformat, desk.dialog.about.split())
    if len(called) == 1:
        return await _keep(desk, called[0], first, last)
    return _ask(desk, called or others, first, last, "" if called else text)


@button("standin", "officer")
async def substitute_pressed(desk: Desk, argument: str) -> Reply:
    """Take the colleague whose button was pressed."""
    others = await _colleagues(desk)
    chosen = next((one for one in others if one.id == id_in(argument)), None)
    if desk.dialog.topic != "absence" or chosen is None:
        return reply(Outgoing(desk.texts("error.old_button")))
    first, last = map(date.fromisoformat, desk.dialog.about.split())
    return await _keep(desk, chosen, first, last)


async def _keep(desk: Desk, substitute: Colleague, first: date, last: date) -> Reply:
    """Keep an absence and tell the substitute."""
    wrong = await _wrong(desk, first, last)
    if wrong is not None:
        return reply(Outgoing(wrong))
    kept = await absences.add(desk.work, desk.person.id, substitute.id, first, last, desk.now)
    about = f"person {desk.person.id}, {first} to {last}, by person {substitute.id}"
    await audit.note(desk.work, desk.now, "absence", about, desk.person.id)
    if first == desk.today:
        await _pass_on(desk, desk.person.id, substitute.id)
    days = _days(desk, first, last)
    told = Outgoing(desk.texts("absence.told", person=desk.person.name, days=days))
    await notice.put(desk, [substitute.id], f"away:{kept}", told)
    also = await absences.overlapping(desk.work, [substitute.id], first, last)
    warns = desk.texts("absence.also_away", person=substitute.name) if also else None
    done = desk.texts("absence.kept", days=days, person=substitute.name)
    return reply(Outgoing(lines(done, warns)))


async def _pass_on(desk: Desk, one: int, other: int) -> None:
    """Let another hear today what has not gone out to somebody yet."""
    if await nudges.is_waiting(desk.work, one, desk.today):
        await nudges.put_daily(desk.work, [other], desk.today)


@button("unaway", "officer")
async def cancel(desk: Desk, argument: str) -> Reply:
    """Take an absence back, or end it today; the substitute is told."""
    mine = await absences.of_person(desk.work, desk.person.id, desk.today)
    found: Absence | None = next((one for one in mine if one.id == id_in(argument)), None)
    if found is None:
        return reply(Outgoing(desk.texts("absence.gone")))
    await absences.cancel(desk.work, found.id)
    about = f"person {desk.person.id}, {found.first} to {found.last}"
    await audit.note(desk.work, desk.now, "present", about, desk.person.id)
    if found.first <= desk.today:
        await _pass_on(desk, found.substitute_id, desk.person.id)
    days = _days(desk, found.first, found.last)
    told = Outgoing(desk.texts("absence.told_back", person=desk.person.name, days=days))
    await notice.put(desk, [found.substitute_id], f"back:{found.id}", told)
    return reply(Outgoing(desk.texts("absence.cancelled", days=days)))


BUTTONS: tuple[Button, ...] = (substitute_pressed, cancel)
QUESTIONS: tuple[Question, ...] = (substitute_typed,)
