"""/absence (/nghi): while somebody is away, a colleague of the unit hears their nudges."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from domain.organisation.absence import LONGEST, is_called, read_leave, without_title
from domain.updates import bare_item, split_items
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Question, Reply, button, command, question, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines, short, wording_of
from services.common.results import Refused
from services.organisation.set_absence import (
    AbsenceOverlaps,
    AbsenceSet,
    BadDays,
    cancel_absence,
    check_days,
    possible_substitutes,
    set_absence,
)
from storage.organisation import absence_store
from storage.organisation.absence_store import Colleague

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
    bad = await check_days(context.conn, first, last, by=context.person, today=context.today)
    if bad is not None:
        return reply(Outgoing(_word_bad(context, bad, first, last)))
    first = max(first, context.today)
    others = await _colleagues(context)
    if not others:
        return reply(Outgoing(context.texts("absence.nobody")))
    candidates = _called(leave.substitute, others)
    if len(candidates) == 1:
        return await _keep(context, candidates[0], first, last)
    return _ask(context, candidates or others, first, last, leave.substitute if not candidates else "")


async def _noted(context: Context) -> Reply:
    """Show a person's own absences, each with a button to take it back, and whom they stand in for."""
    absences = await absence_store.of_person(context.conn, context.person.id, context.today)
    if not absences:
        return reply(Outgoing(context.texts("absence.none")))
    word = wording_of(context)
    days = [word.stretch(each.first, each.last) for each in absences]
    told_lines = [
        context.texts("absence.line", days=shown, person=each.substitute)
        for each, shown in zip(absences, days, strict=True)
    ]
    rows = tuple(
        (choice_of(label(context.texts, "cancel_absence", days=shown), "unaway", each.id),)
        for each, shown in zip(absences, days, strict=True)
    )
    return reply(Outgoing(lines(context.texts("absence.head"), *told_lines), rows))


def _word_bad(context: Context, bad: BadDays, first: date, last: date) -> Markup:
    """Tell what is wrong with the days."""
    word = wording_of(context)
    if isinstance(bad, AbsenceOverlaps):
        return context.texts("absence.overlaps", days=word.stretch(bad.absence.first, bad.absence.last))
    return context.texts(f"absence.{bad.reason}", days=word.stretch(first, last), most=LONGEST)


async def _colleagues(context: Context) -> tuple[Colleague, ...]:
    return await possible_substitutes(context.conn, by=context.person, today=context.today)


def _called(typed: str, others: Sequence[Colleague]) -> list[Colleague]:
    """Return whom a few letters may mean; who is called exactly so comes before all others."""
    matching = [colleague for colleague in others if is_called(typed, colleague.name)]
    exactly = [colleague for colleague in matching if is_called(colleague.name, typed)]
    return exactly if len(exactly) == 1 else matching


def _ask(context: Context, among: Sequence[Colleague], first: date, last: date, unknown: str = "") -> Reply:
    """Ask who stands in; a name of a few letters will do too."""
    not_known = context.texts("absence.unknown", words=short(unknown, 40)) if unknown else None
    ask = context.texts("absence.who", days=wording_of(context).stretch(first, last))
    choices = tuple(
        (
            choice_of(
                label(context.texts, "colleague", person=colleague.name, unit=colleague.unit),
                "standin",
                colleague.id,
            ),
        )
        for colleague in among[:_CHOICES]
    )
    return reply(Outgoing(lines(not_known, ask), choices), topic="absence", about=f"{first} {last}")


@question("absence", "officer")
async def substitute_typed(context: Context, text: str) -> Reply | None:
    """Take a name; a line that names an item is no answer but an update, and other days are asked anew."""
    others = await _colleagues(context)
    candidates = _called(without_title(text), others)
    if not candidates and (
        bare_item(text) or split_items(text)[0].item or read_leave(text, context.today).days
    ):
        return None
    first, last = map(date.fromisoformat, context.dialog.about.split())
    if len(candidates) == 1:
        return await _keep(context, candidates[0], first, last)
    return _ask(context, candidates or others, first, last, "" if candidates else text)


@button("standin", "officer")
async def substitute_pressed(context: Context, pressed: ButtonData) -> Reply:
    """Take the colleague whose button was pressed."""
    others = await _colleagues(context)
    chosen = next((colleague for colleague in others if colleague.id == pressed.id()), None)
    if context.dialog.topic != "absence" or chosen is None:
        return reply(Outgoing(context.texts("error.old_button")))
    first, last = map(date.fromisoformat, context.dialog.about.split())
    return await _keep(context, chosen, first, last)


async def _keep(context: Context, substitute: Colleague, first: date, last: date) -> Reply:
    """Keep an absence; the substitute is told."""
    result = await set_absence(
        context.conn, substitute.id, first, last, by=context.person, now=context.now, today=context.today
    )
    if isinstance(result, AbsenceSet):
        return reply(Outgoing(_word_set(context, result)))
    if isinstance(result, Refused) and result.reason == "not_a_colleague":
        return reply(Outgoing(context.texts("error.old_button")))
    return reply(Outgoing(_word_bad(context, result, first, last)))


def _word_set(context: Context, result: AbsenceSet) -> Markup:
    name, days = result.substitute.name, wording_of(context).stretch(result.first, result.last)
    warns = context.texts("absence.also_away", person=name) if result.is_away_too else None
    return lines(context.texts("absence.kept", days=days, person=name), warns)


@button("unaway", "officer")
async def cancel(context: Context, pressed: ButtonData) -> Reply:
    """Take an absence back, or end it today; the substitute is told."""
    absence = await cancel_absence(
        context.conn, pressed.id(), by=context.person, now=context.now, today=context.today
    )
    if isinstance(absence, Refused):
        return reply(Outgoing(context.texts("absence.gone")))
    days = wording_of(context).stretch(absence.first, absence.last)
    return reply(Outgoing(context.texts("absence.cancelled", days=days)))


BUTTONS: tuple[Button, ...] = (substitute_pressed, cancel)
QUESTIONS: tuple[Question, ...] = (substitute_typed,)
