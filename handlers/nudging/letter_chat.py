"""/congvan (/letter): drafts of công văn đôn đốc to late units, for the coordinator to have signed."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.organisation.name_lookup import read_names
from domain.organisation.register import Register
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import (
    Button,
    Command,
    Context,
    Question,
    Reply,
    button,
    command,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import Wording, label, lines, short, wording_of
from handlers.nudging.letter_draft import draft_letters
from services.common.rules import Rules
from services.nudging.late_units import LateUnit, LateUnits, late_units
from storage.assignments import assignment_store
from storage.organisation import unit_store

_SHOWN, _NAMED, _TOPIC = 4, 12, "letter"


def letter_buttons(
    wording: Wording, rules: Rules, nudged: Iterable[Assignment]
) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each unit in which something has come to the rung of the letter, a row each.

    `nudged` is what is open and somebody was asked for: no letter goes where nobody was. Where these units
    are several, one more button offers a letter to all.
    """
    silent = {
        assignment.unit_id: assignment.unit
        for assignment in nudged
        if assignment.can_be_asked(wording.today)
        and assignment.unit_id != assignment.coordinator_id
        and _has_come(wording, rules, assignment)
    }
    rows = tuple(
        (choice_of(label(wording.texts, "letter", unit=short(unit, 40)), "letter", unit_id),)
        for unit_id, unit in list(silent.items())[:_SHOWN]
    )
    several = (choice_of(label(wording.texts, "letters", count=len(silent)), "letter", "all"),)
    return (several, *rows) if len(silent) > 1 else rows


def _has_come(wording: Wording, rules: Rules, assignment: Assignment) -> bool:
    rung = rules.ladders.of(assignment.kind, assignment.plan).at(
        assignment.last_on, wording.today, wording.days
    )
    return rung.tone == "letter" and "coordinator" in rung.hears and assignment.last_on < wording.today


@command("letter", "congvan", "coordinator")
async def letters(context: Context, argument: str) -> Reply:
    """Show which units a letter may urge; with names, those of these."""
    late = await _late(context)
    if not argument.strip():
        return _offer(context, late, late.units)
    unclear = context.texts("letter.unclear", words=short(argument, 60))
    return await _named(context, late, argument) or reply(Outgoing(unclear))


async def _late(context: Context) -> LateUnits:
    compiling = context.person.units("coordinator")
    return await late_units(context.conn, compiling, context.rules, context.today)


def _offer(context: Context, late: LateUnits, chosen: Sequence[LateUnit]) -> Reply:
    """Show the units, and let it be chosen whether they get one letter or one each."""
    texts = context.texts
    left_out = _left_out(context, late)
    if not chosen:
        return reply(Outgoing(lines(texts("letter.none"), left_out)))
    rows = [_row(context, unit) for unit in chosen[:_NAMED]]
    more = texts("plan.more", count=len(chosen) - _NAMED) if len(chosen) > _NAMED else None
    text = lines(texts("letter.head", count=len(chosen)), *rows, more, left_out, texts("letter.how"))
    each = choice_of(label(texts, "letter_each", count=len(chosen)), "letter", "each")
    joint = choice_of(label(texts, "letter_joint", count=len(chosen)), "letter", "joint")
    choices = ((joint,), (each,)) if len(chosen) > 1 else ((each,),)
    about = " ".join(str(unit.unit_id) for unit in chosen)
    return reply(Outgoing(text, choices), topic=_TOPIC, about=about)


def _row(context: Context, unit: LateUnit) -> Markup:
    first = unit.owed[0]
    days = context.rules.days.between(first.last_on, context.today)
    due = wording_of(context).day(first.due_on)
    return context.texts("letter.row", unit=unit.unit, count=len(unit.owed), due=due, days=days)


def _left_out(context: Context, late: LateUnits) -> Markup | None:
    names = ", ".join(late.not_nudged[:_NAMED])
    count = len(late.not_nudged)
    return context.texts("letter.not_nudged", count=count, units=names) if names else None


async def _named(context: Context, late: LateUnits, text: str) -> Reply | None:
    """Choose the late units that a text names; None where it names no such unit, or tells something else."""
    register = Register(await unit_store.load(context.conn), context.rules.register.groups)
    working = [unit for unit in register.units if unit.name in {unit.unit for unit in late.units}]
    meant = read_names(text, register, working, context.today)
    names = {unit.name for unit in meant.units}
    chosen = tuple(unit for unit in late.units if unit.unit in names)
    return _offer(context, late, chosen) if chosen and meant.whole else None


@question(_TOPIC, "coordinator")
async def names_typed(context: Context, text: str) -> Reply | None:
    """Take the names of the units that are to get one; what names none is taken as ever."""
    return await _named(context, await _late(context), text)


@button("letter", "coordinator")
async def letter(context: Context, pressed: ButtonData) -> Reply:
    """Draft letters to the units chosen, one each or one for all; or to one unit."""
    late = await _late(context)
    if pressed.text() == "all":
        return _offer(context, late, late.units)
    if pressed.text() in ("each", "joint"):
        if context.dialog.topic != _TOPIC:
            return reply(Outgoing(context.texts("error.old_button")))
        chosen = late.chosen([int(part) for part in context.dialog.about.split()])
        return await _drafted(context, chosen, joint=pressed.text() == "joint")
    return await _to_one(context, late, pressed.id())


async def _to_one(context: Context, late: LateUnits, unit_id: int) -> Reply:
    """Draft the letters to a unit, one for each plan in which it owes something that is overdue."""
    compiling = context.person.units("coordinator")
    owed = await assignment_store.of_units(context.conn, [unit_id])
    of_own_plans = [
        assignment
        for assignment in owed
        if assignment.coordinator_id in compiling and assignment.plan_id is not None
    ]
    if not of_own_plans:
        return turned_away(context, f"unit {unit_id}")
    if chosen := late.chosen([unit_id]):
        return await _drafted(context, chosen, joint=False)
    key = "letter.never_nudged" if of_own_plans[0].unit in late.not_nudged else "letter.nothing"
    return reply(Outgoing(context.texts(key, unit=of_own_plans[0].unit)))


async def _drafted(context: Context, units: Sequence[LateUnit], *, joint: bool) -> Reply:
    if not units:
        return reply(Outgoing(context.texts("letter.none")))
    papers = await draft_letters(context.conn, wording_of(context), context.rules, units, joint=joint)
    count = sum(len(unit.owed) for unit in units)
    facts = {"unit": units[0].unit, "units": len(units), "papers": len(papers), "count": count}
    text = context.texts("letter.told" if len(units) == 1 else "letter.told_many", **facts)
    about = " ".join(str(unit.unit_id) for unit in units)
    return reply(Outgoing(text, papers=tuple(papers)), topic=_TOPIC, about=about)


COMMANDS: tuple[Command, ...] = (letters,)
BUTTONS: tuple[Button, ...] = (letter,)
QUESTIONS: tuple[Question, ...] = (names_typed,)
