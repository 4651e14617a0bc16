"""Let a correction of a live plan not be made again when the plan's document comes anew."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.plans.carried_corrections import Made
from services.common.results import Refused
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.plans import correction_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class CorrectionForgotten:
    """The live plan stays as it is; its later versions are read without this correction."""

    plan: PlanRow
    made: Made


async def remembered_corrections(conn: AsyncConnection, plan_id: int) -> dict[int, Made]:
    """Return by id what will be made again in later versions; doubts that were waved through are none."""
    made = await correction_store.by_id(conn, plan_id)
    return {id_: correction for id_, correction in made.items() if correction.verb not in ("right", "either")}


async def forget_correction(
    conn: AsyncConnection, plan_id: int, correction_id: int, *, by: Person | None, now: datetime
) -> CorrectionForgotten | Refused[Literal["gone"]] | NotTheirPlan:
    """Forget one correction for later versions. Needs a writing transaction. Refused: "gone"."""
    plan = await own_plan(conn, plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    made = (await remembered_corrections(conn, plan.id)).get(correction_id)
    if made is None or not await correction_store.remove(conn, plan.id, correction_id):
        return Refused("gone")
    await audit_log.note(conn, now, "forget correction", f"plan {plan.id}", id_of(by), was=made.verb)
    return CorrectionForgotten(plan, made)
