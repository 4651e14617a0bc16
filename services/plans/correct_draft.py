"""Correct one item of a draft or of a live plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.plan_following import News
from domain.common.recurrence import Recurrence
from domain.organisation.people import Person
from domain.organisation.register import Register
from domain.plans.carried_corrections import Made, subject_of
from domain.plans.clause_changes import changes_by_hand
from domain.plans.date_words import dated_key
from domain.plans.draft import Draft, Row
from domain.plans.draft_change import DraftChange
from domain.plans.judgements import rows_of
from domain.plans.version_diff import Clause, key_of_clause
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from services.plans.plan_assignments import let_follow, plan_facts
from storage.common import audit_log
from storage.organisation import unit_store
from storage.plans import clause_dates, correction_store, draft_steps, draft_store, passage_rows
from storage.plans.clause_store import clauses
from storage.plans.draft_store import Target
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Corrected:
    """A change was made to an item of a plan.

    `row` is the item as it was where it is a row; `name` is the expression or the body that it names, "" for
    rows and for two reports at odds. `news` is what units of a live plan have to hear.
    """

    plan: PlanRow
    change: DraftChange
    row: Row | None
    name: str
    news: tuple[News, ...] = ()


async def correct_draft(
    conn: AsyncConnection,
    draft: Draft,
    register: Register,
    change: DraftChange,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
) -> Corrected | Refused[Literal["gone", "live"]] | NotTheirPlan:
    """Make one change to a plan; what is owed for a live one follows. Needs a writing transaction.

    `draft` and `register` are as `open_draft` returned them in this transaction; the change was read from
    them. Refused: "gone", and "live" where the change can be made to drafts only.
    """
    plan = await own_plan(conn, draft.plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    if plan.state == "recalled":
        return Refused("gone")
    if plan.state == "live" and change.verb not in ("when", "who", "quiet"):
        return Refused("live")
    before = await clauses(conn, plan.id)
    if plan.state == "draft":
        await draft_steps.keep(conn, plan.id, now)
    await make_change(conn, draft, register, change)
    news: tuple[News, ...] = ()
    await keep_for_next_version(conn, draft, change)
    if plan.state == "live":
        today = now.astimezone(rules.zone).date()
        corrected = changes_by_hand(before, await clauses(conn, plan.id))
        facts = await plan_facts(conn, plan.id, plan.name)
        news = (await let_follow(conn, facts, corrected, today, rules)).news
    ids = await unit_store.ids(conn)
    was, became = (_recorded(stated, change, ids) for stated in (before, await clauses(conn, plan.id)))
    about = f"plan {plan.id} {change.key}: {change.verb}"
    await audit_log.note(conn, now, "correct", about, id_of(by), was=was, became=became)
    return Corrected(plan, change, draft.row(change.key), _name(draft, change.key), news)


async def make_change(conn: AsyncConnection, draft: Draft, register: Register, change: DraftChange) -> None:
    """Write a change into the tables."""
    kind, _, id_ = change.key.partition(" ")
    if change.verb == "right" or kind in ("order", "asked", "number"):
        await draft_store.settle(conn, draft.plan_id, change.key)
    else:
        await _write(conn, draft, register, change, Target(kind, int(id_)))


async def keep_for_next_version(conn: AsyncConnection, draft: Draft, change: DraftChange) -> None:
    """Keep a change, so that it is made again when the document is sent anew, draft or live."""
    subject = subject_of(draft, change.key)
    if subject is not None:
        await correction_store.keep(conn, draft.plan_id, Made(subject, change.verb, change.words))


async def _write(
    conn: AsyncConnection, draft: Draft, register: Register, change: DraftChange, target: Target
) -> None:
    if change.verb == "who":
        await _set_units(conn, draft, change, target)
    elif change.verb == "when":
        await _set_dates(conn, draft, register, change, target)
        await clause_dates.doubt_again(conn, draft.plan_id, change.key)
        await draft_store.settle(conn, draft.plan_id, dated_key(change.key))
    elif change.verb == "ask":
        await clause_dates.ask_past(conn, target)
    elif target.kind == "unit":  # left out or not asked: it stays as a name
        await draft_store.only_name(conn, draft.plan_id, target.id)
        await draft_store.settle(conn, draft.plan_id, change.key)
    elif change.verb == "drop":
        await draft_store.leave_out(conn, draft.plan_id, target)
        await _let_go(conn, draft, draft.row(change.key))
    else:
        if target.kind in ("line", "rule"):
            await clause_dates.set_dates(conn, target, ())
        await draft_store.settle(conn, draft.plan_id, change.key)


async def _let_go(conn: AsyncConnection, draft: Draft, row: Row | None) -> None:
    """A passage whose last row was left out gives no work."""
    if row is not None and row.passage is not None and rows_of(draft, row.passage) == (row,):
        await passage_rows.set_fate(conn, draft.plan_id, row.passage, "background")


async def _set_units(conn: AsyncConnection, draft: Draft, change: DraftChange, target: Target) -> None:
    ids = await unit_store.ids(conn)
    unit_ids = [ids[name] for name in change.units]
    if target.kind == "group":
        await draft_store.mean(conn, draft.plan_id, _name(draft, change.key), unit_ids)
    elif target.kind == "unit":
        await draft_store.replace_unit(conn, draft.plan_id, target.id, unit_ids)
    else:
        await draft_store.set_units(conn, draft.plan_id, target, unit_ids)


async def _set_dates(
    conn: AsyncConnection, draft: Draft, register: Register, change: DraftChange, target: Target
) -> None:
    row, deadline = draft.row(change.key), change.deadline
    if row is None or deadline is None:
        raise LookupError(f"no row or no date for {change.key}")
    recurrence = _recurrence(row, deadline.recurrence) if row.kind == "report" else None
    await clause_dates.set_dates(
        conn, target, deadline.dates, recurrence, inclusive=deadline.inclusive, rrule=deadline.rule
    )
    if row.kind == "report" and not row.units:
        await everyone_reports(conn, draft, register, row, target)


async def everyone_reports(
    conn: AsyncConnection, draft: Draft, register: Register, row: Row, target: Target
) -> None:
    """A report by a date that names nobody is one of all who have work, but those it goes through."""
    ids = await unit_store.ids(conn)
    through = register.find(row.via) if row.via else None
    not_asked = {draft.coordinator, through.name if through else None}
    unit_ids = [ids[name] for name in draft.working if name not in not_asked]
    await draft_store.set_units(conn, draft.plan_id, target, unit_ids)


def _recurrence(row: Row, read: Recurrence) -> Recurrence:
    """One date alone tells nothing of how often; what the plan says stays then."""
    if read not in ("once", "unspecified"):
        return read
    return "once" if row.recurrence == "unspecified" else row.recurrence


def _name(draft: Draft, key: str) -> str:
    names_by_key = {group.key: group.expression for group in draft.open_groups}
    names_by_key |= {stranger: unit.name for stranger, unit in draft.strangers}
    return names_by_key.get(key, "")


def _recorded(stated: Sequence[Clause], change: DraftChange, ids: dict[str, int]) -> str | None:
    """Return the days or the units of the corrected clause as the audit has them: units by number."""
    clause = next((clause for clause in stated if key_of_clause(clause) == change.key), None)
    if clause is None:
        return None
    if change.verb == "who":
        return "units " + " ".join(str(n) for n in sorted(ids[name] for name in clause.asked))
    return "due " + " ".join(day.isoformat() for day in clause.due)
