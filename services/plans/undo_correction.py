"""Take the last correction of a draft back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.plans import draft_steps
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class CorrectionUndone:
    """The draft stands as before its last correction."""

    plan: PlanRow


async def undo_correction(
    conn: AsyncConnection, plan_id: int, *, by: Person | None, now: datetime
) -> CorrectionUndone | Refused[Literal["gone", "live", "nothing"]] | NotTheirPlan:
    """Put a draft back as it stood before its last correction. Needs a writing transaction.

    Refused: "gone", "live", "nothing" where no correction is left to be taken back.
    """
    plan = await own_plan(conn, plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    if plan.state != "draft":
        return Refused("live")
    if not await draft_steps.go_back(conn, plan_id):
        return Refused("nothing")
    await audit_log.note(conn, now, "undo_draft", f"plan {plan_id}", id_of(by))
    return CorrectionUndone(plan)
