"""Recall a live plan: nothing is asked for any more, and its history is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.plan_following import News, recall
from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.assignments import assignment_store, assignment_writer
from storage.common import audit_log
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Recalled:
    """A plan was recalled; `cancelled` assignments were open, and `news` is what their units have to hear."""

    plan: PlanRow
    reason: str
    cancelled: int
    news: tuple[News, ...]


async def recall_plan(
    conn: AsyncConnection, plan_id: int, reason: str, *, by: Person | None, now: datetime, rules: Rules
) -> Recalled | Refused[Literal["gone", "not_live", "no_reason"]] | NotTheirPlan:
    """Stop asking for a plan; what was answered stays on record. Needs a writing transaction.

    Refused: "gone", "not_live" for drafts and plans recalled before, "no_reason" for an empty reason.
    """
    plan = await own_plan(conn, plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    if plan.state != "live":
        return Refused("not_live")
    if not reason.strip():
        return Refused("no_reason")
    recalled = recall(await assignment_store.of_plan(conn, plan.id))
    await plan_store.set_recalled(conn, plan.id, reason.strip(), now.astimezone(rules.zone).date())
    await assignment_writer.write(conn, *recalled.changes)
    about = f"plan {plan.id}"
    await audit_log.note(conn, now, "recall", about, id_of(by), was="live", became="recalled")
    return Recalled(plan, reason.strip(), recalled.applied.cancelled, recalled.applied.news)
