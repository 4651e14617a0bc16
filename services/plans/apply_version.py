"""Let a later version of a live plan take its place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.plans import plan_store, version_store
from storage.plans.plan_store import PlanRow
from storage.plans.version_store import Applied


@dataclass(frozen=True, slots=True)
class VersionApplied:
    """The plan as it is now, and what became of its assignments."""

    plan: PlanRow
    applied: Applied


async def apply_version(
    conn: AsyncConnection, version_id: int, *, by: Person | None, now: datetime, rules: Rules
) -> VersionApplied | Refused[Literal["gone"]] | NotTheirPlan:
    """Apply a later version that waits; what is done stays done. Needs a writing transaction.

    Refused: "gone" where no such version waits any more.
    """
    version = await own_plan(conn, version_id, by)
    if not isinstance(version, PlanRow):
        return version
    if version.amends is None:
        return Refused("gone")
    today = now.astimezone(rules.zone).date()
    applied = await version_store.apply(conn, version.id, today, rules.ladders, rules.days)
    await audit_log.note(conn, now, "amended", f"plan {version.amends}", id_of(by))
    return VersionApplied(await plan_store.get(conn, version.amends), applied)
