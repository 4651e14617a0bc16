"""Start a plan's next year: a draft with the same work, its dates moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from services.common.results import Refused
from services.common.rules import Rules
from storage.common import audit_log
from storage.plans import plan_store, rollover_store
from storage.plans.plan_store import PlanRow
from storage.plans.rollover_store import RolloverError


@dataclass(frozen=True, slots=True)
class RolledOver:
    """The draft for `year`; `is_new` where it was made just now."""

    source: PlanRow
    draft: PlanRow
    year: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class CannotRollOver:
    """Nothing was done: it is not live yet, tells no year, or `year` is not after its own."""

    source: PlanRow
    reason: Literal["draft", "no_year", "not_later"]


async def roll_over(
    conn: AsyncConnection, plan_id: int, year: int | None, *, now: datetime, rules: Rules
) -> RolledOver | CannotRollOver | Refused[Literal["gone"]]:
    """Copy a live plan as a draft for `year`, or for the year after its last; once for the same year.

    Needs a writing transaction. Its coordinators are to be told where the draft is new. Refused: "gone".
    """
    source = await plan_store.find(conn, plan_id)
    if source is None or source.amends is not None:
        return Refused("gone")
    if source.state != "live":
        return CannotRollOver(source, "draft")
    try:
        rolled = await rollover_store.roll(conn, plan_id, year, rules.register, now)
    except RolloverError as wrong:
        return CannotRollOver(source, wrong.reason)
    if rolled.new:
        await audit_log.note(conn, now, "rollover", f"plan {plan_id}: {rolled.id}")
    return RolledOver(source, await plan_store.get(conn, rolled.id), rolled.year, rolled.new)
