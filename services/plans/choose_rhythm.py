"""Choose how often units report where a draft gives no dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.organisation.register import Register
from domain.plans.asked_units import Coverage, coverage_of_draft
from domain.plans.draft import Draft, Row
from domain.plans.draft_doubts import NO_DATE_NEEDED
from domain.plans.rhythms import Rhythm, make_rhythm
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.correct_draft import everyone_reports
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.organisation import unit_store
from storage.plans import clause_dates, draft_steps, rhythm_store
from storage.plans.draft_store import Target
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class RuleWording:
    """The words by which a chosen report stands in the plan, in the office's language."""

    who: str
    quote: str


@dataclass(frozen=True, slots=True)
class RhythmChosen:
    """`dated` reports of the plan have dates now, `units` report by a rule that was added."""

    plan: PlanRow
    rhythm: Rhythm
    dated: int
    units: tuple[str, ...]
    coverage: Coverage


async def choose_rhythm(
    conn: AsyncConnection,
    plan_id: int,
    rhythm: Rhythm,
    wording: RuleWording,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
) -> RhythmChosen | Refused[Literal["gone", "live"]] | NotTheirPlan:
    """Give the draft's reports without dates those of `rhythm`; who is not asked then reports by a new rule.

    A report whose own words say how often ("hằng quý") keeps that, unless dates were typed. Rhythms chosen
    one after another stand side by side. Needs a writing transaction. Refused: "gone", "live".
    """
    plan = await own_plan(conn, plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    if plan.state != "draft":
        return Refused("live")
    today = now.astimezone(rules.zone).date()
    draft, register = await open_draft(conn, plan_id, rules, today)
    await draft_steps.keep(conn, plan_id, now)
    undated = [
        row
        for row in draft.rows
        if row.kind == "report" and not row.due and row.recurrence not in NO_DATE_NEEDED
    ]
    for row in undated:
        await _date_rule(conn, draft, register, row, _own_or(row, rhythm, draft))
    draft, _ = await open_draft(conn, plan_id, rules, today)
    unasked = coverage_of_draft(draft, today).unasked
    if unasked:
        ids = await unit_store.ids(conn)
        reporters = [ids[name] for name in unasked]
        await rhythm_store.add_rule(conn, plan_id, rhythm, wording.who, wording.quote, reporters)
        draft, _ = await open_draft(conn, plan_id, rules, today)
    await audit_log.note(conn, now, "rhythm", f"plan {plan_id}", id_of(by), became=rhythm.name)
    return RhythmChosen(plan, rhythm, len(undated), unasked, coverage_of_draft(draft, today))


def _own_or(row: Row, rhythm: Rhythm, draft: Draft) -> Rhythm:
    """The rhythm in a report's own words, where it has one and no dates were typed."""
    own = None if rhythm.name in ("dates", "plan") else make_rhythm(row.recurrence, draft)
    return own or rhythm


async def _date_rule(
    conn: AsyncConnection, draft: Draft, register: Register, row: Row, rhythm: Rhythm
) -> None:
    target = Target("rule", int(row.key.split()[1]))
    await clause_dates.set_dates(
        conn, target, rhythm.due, rhythm.recurrence, inclusive=rhythm.inclusive, rrule=rhythm.rrule
    )
    await rhythm_store.mark(conn, target.id, rhythm.name)
    if not row.units:
        await everyone_reports(conn, draft, register, row, target)
