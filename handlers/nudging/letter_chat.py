"""The draft of a công văn đôn đốc to a unit that has long been silent, for the coordinator to have signed."""

from collections.abc import Iterable, Sequence

from config.texts import Texts, load_texts
from documents.writing.forms import Cited, Sender, Signer
from documents.writing.letter_document import Letter, Overdue, write_letter
from domain.assignments.assignment import Assignment
from domain.common.text import fold
from domain.reporting.report_kinds import DOTS, formal, place_of
from handlers.common.context import Button, Context, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing, Paper
from handlers.common.wording import Wording, label, short
from services.common.rules import Rules
from storage.assignments import assignment_store
from storage.plans import plan_facts, plan_store
from storage.plans.plan_store import PlanRow

_SHOWN = 4
_ANSWER_IN = 5
"""Working days that a letter gives; whoever signs it may write another date."""


def letter_buttons(
    words: Wording, rules: Rules, owed: Iterable[Assignment]
) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each unit in which something has come to the rung of the letter, a row each."""
    silent = {o.unit_id: o.unit for o in owed if o.can_be_asked(words.today) and _has_come(words, rules, o)}
    return tuple(
        (Choice(label(words.texts, "letter", unit=short(unit, 40)), f"letter:{unit_id}"),)
        for unit_id, unit in list(silent.items())[:_SHOWN]
    )


def _has_come(words: Wording, rules: Rules, one: Assignment) -> bool:
    rung = rules.ladders.of(one.kind, one.plan).at(one.due_on, words.today, words.days)
    return rung.tone == "letter" and "coordinator" in rung.hears and one.due_on < words.today


@button("letter", "coordinator")
async def letter(context: Context, argument: str) -> Reply:
    """Draft the letters to a unit, one for each plan in which it owes something that is overdue."""
    mine, compiling = (
        await assignment_store.of_units(context.conn, [id_in(argument)]),
        context.person.units("coordinator"),
    )
    asked = [one for one in mine if one.coordinator_id in compiling and one.plan_id is not None]
    if not asked:
        return turned_away(context, f"unit {id_in(argument)}")
    late = [o for o in asked if o.timeliness(context.today) == "overdue" and o.can_be_asked(context.today)]
    if not late:
        return reply(Outgoing(context.texts("letter.nothing", unit=asked[0].unit)))
    papers = [
        await _draft(context, row, [one for one in late if one.plan_id == row.id])
        for row in await plan_store.listing(context.conn, compiling)
        if any(one.plan_id == row.id for one in late)
    ]
    told = context.texts("letter.told", unit=late[0].unit, count=len(late))
    return reply(Outgoing(told, papers=tuple(papers)))


async def _draft(context: Context, plan: PlanRow, late: Sequence[Assignment]) -> Paper:
    """Write one letter; like every office document it is in Vietnamese."""
    texts = load_texts("vi")
    words = Wording(texts, context.today, context.rules.days, context.rules.zone)
    facts = await plan_facts.facts(context.conn, plan.id)
    office = context.rules.reports.office(facts.coordinator, facts.issuer)
    abbreviation = facts.abbreviation or (office.suffix or DOTS).rpartition("-")[2]
    party = late[0].standing == "party"
    filled = Letter(
        sender=Sender(
            superior=formal(office.superior or facts.issuer or DOTS),
            body=formal(facts.coordinator or DOTS),
            place=office.place or place_of(facts.issuer) or DOTS,
            suffix=f"{abbreviation}-{DOTS}",
        ),
        signer=Signer(office.signer or (DOTS,), office.signed_by or ""),
        subject=str(texts(f"letter.{'party' if party else 'subject'}", plan=plan.title)),
        addressees=(formal(late[0].unit),),
        plan=Cited(plan.title, plan.number, plan.issued_on),
        as_of=context.today,
        overdue=tuple(_overdue(words, one) for one in late),
        answer_by=context.rules.days.after(context.today, _ANSWER_IN),
    )
    return Paper(_name(texts, plan, late[0]), write_letter(filled, party=party))


def _overdue(words: Wording, one: Assignment) -> Overdue:
    """The duty in full; it is late by so many days of the calendar, as letters count."""
    return Overdue(
        duty=one.text or words.what(one).unescape(),
        due_on=one.due_on,
        planned_on=one.planned_on,
        days_late=(words.today - one.due_on).days,
    )


def _name(texts: Texts, plan: PlanRow, one: Assignment) -> str:
    told = fold(f"{texts('letter.file')} {plan.name} {one.unit}")
    return f"{'-'.join(''.join(c if c.isalnum() else ' ' for c in told).split())[:80]}.docx"


BUTTONS: tuple[Button, ...] = (letter,)
