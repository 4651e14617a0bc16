"""The drafts of letters that urge late units: one for all of a plan, or one each. Chat and pages share it."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts, load_texts
from documents.writing.forms import Cited, IssuingBody, Signer
from documents.writing.letter_document import Letter, Overdue, write_letter
from domain.assignments.assignment import Assignment
from domain.common.text import fold
from domain.reporting.report_kinds import DOTS, formal, place_of
from handlers.common.conversation import Paper
from handlers.common.wording import Wording
from services.common.rules import Rules
from services.nudging.late_units import LateUnit
from storage.plans import plan_facts, plan_store
from storage.plans.plan_store import PlanRow

_ANSWER_IN = 5
"""Working days that a letter gives; whoever signs it may write another date."""


async def draft_letters(
    conn: AsyncConnection, wording: Wording, rules: Rules, units: Sequence[LateUnit], *, joint: bool
) -> list[Paper]:
    """Write the letters to units, for each plan: one to all of them (`joint`), or one to each.

    Bodies of the Party get a letter without reproach, and so never the same as others. Like every office
    document they are in Vietnamese.
    """
    wording = Wording(load_texts("vi"), wording.today, wording.days, wording.zone)
    papers: list[Paper] = []
    for plan_id in dict.fromkeys(
        assignment.plan_id for unit in units for assignment in unit.owed if assignment.plan_id
    ):
        plan = await plan_store.get(conn, plan_id)
        of_plan = _letters(units, plan_id, joint=joint)
        papers += [await _draft(conn, wording, rules, plan, owed) for owed in of_plan]
    return papers


def _letters(units: Sequence[LateUnit], plan_id: int, *, joint: bool) -> list[list[Assignment]]:
    """Return what each letter of a plan tells of."""
    of_plan = ([assignment for assignment in unit.owed if assignment.plan_id == plan_id] for unit in units)
    each = [owed for owed in of_plan if owed]
    if not joint:
        return each
    together = [assignment for owed in each for assignment in owed]
    party = [assignment for assignment in together if assignment.standing == "party"]
    others = [assignment for assignment in together if assignment.standing != "party"]
    return [owed for owed in (others, party) if owed]


async def _draft(
    conn: AsyncConnection, wording: Wording, rules: Rules, plan: PlanRow, late: Sequence[Assignment]
) -> Paper:
    texts = wording.texts
    facts = await plan_facts.facts(conn, plan.id)
    office = rules.reports.office(facts.coordinator, facts.issuer)
    abbreviation = facts.abbreviation or (office.suffix or DOTS).rpartition("-")[2]
    party = late[0].standing == "party"
    addressees = tuple(dict.fromkeys(assignment.unit for assignment in late))
    filled = Letter(
        sender=IssuingBody(
            superior=formal(office.superior or facts.issuer or DOTS),
            body=formal(facts.coordinator or DOTS),
            place=office.place or place_of(facts.issuer) or DOTS,
            suffix=f"{abbreviation}-{DOTS}",
        ),
        signer=Signer(office.signer or (DOTS,), office.signed_by or ""),
        subject=str(texts(f"letter.{'party' if party else 'subject'}", plan=plan.title)),
        addressees=tuple(formal(unit) for unit in addressees),
        plan=Cited(plan.title, plan.number, plan.issued_on),
        as_of=wording.today,
        overdue=tuple(_overdue(wording, assignment, named=len(addressees) > 1) for assignment in late),
        answer_by=rules.days.after(wording.today, _ANSWER_IN),
    )
    who = addressees[0] if len(addressees) == 1 else texts("letter.file_joint", count=len(addressees))
    return Paper(_name(texts, plan, str(who)), write_letter(filled, party=party))


def _overdue(wording: Wording, assignment: Assignment, *, named: bool) -> Overdue:
    """The duty in full, with its unit where the letter goes to several; late by so many working days."""
    duty = assignment.text or wording.what(assignment).unescape()
    return Overdue(
        duty=f"{assignment.unit}: {duty}" if named else duty,
        due_on=assignment.due_on,
        planned_on=assignment.planned_on,
        days_late=wording.days.between(assignment.last_on, wording.today),
    )


def _name(texts: Texts, plan: PlanRow, who: str) -> str:
    folded = fold(f"{texts('letter.file')} {plan.name} {who}")
    return f"{'-'.join(''.join(c if c.isalnum() else ' ' for c in folded).split())[:80]}.docx"
