"""Find a plan for somebody who wants to change it, and check that they may."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class NotTheirPlan:
    """Nothing was done: `unit` compiles the plan; `about` is what stands in the audit of the attempt."""

    about: str
    unit: str


async def own_plan(
    conn: AsyncConnection, plan_id: int, by: Person | None
) -> PlanRow | Refused[Literal["gone"]] | NotTheirPlan:
    """Return a plan that `by` compiles; a later version is compiled by whoever compiles its plan.

    `by` is None for the operator at the command line, who may change any. Refused: "gone".
    """
    row = await plan_store.find(conn, plan_id)
    if row is None:
        return Refused("gone")
    owner = row if row.amends is None else await plan_store.get(conn, row.amends)
    return row if may_change(owner, by) else NotTheirPlan(f"plan {owner.id}", owner.coordinator or "")


def may_change(plan: PlanRow, by: Person | None) -> bool:
    """Whether somebody compiles a plan; the operator (None) may change any."""
    return by is None or plan.coordinator_id in by.units("coordinator")


def id_of(by: Person | None) -> int | None:
    """Return who stands in the audit; None for the operator at the command line."""
    return by.id if by else None
