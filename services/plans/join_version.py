"""Settle whether a draft is a new version of a plan that it is much like."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.carry_over import Carried, carry_over
from services.plans.import_plan import LaterVersion
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.plans import correction_store, likeness_store, plan_store, rhythm_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class DraftReplaced:
    """The draft stands in the place of an older draft, whose corrections were made again."""

    plan: PlanRow
    carried: Carried | None


@dataclass(frozen=True, slots=True)
class KeptApart:
    """The draft is a plan of its own."""

    plan: PlanRow


Gone = Refused[Literal["gone"]]


async def join_version(
    conn: AsyncConnection, plan_id: int, *, by: Person | None, now: datetime, rules: Rules
) -> LaterVersion | DraftReplaced | Gone | NotTheirPlan:
    """Let a draft be the new version of the plan that it is like. Needs a writing transaction.

    Of a live plan it waits until it is applied; an older draft gives way. Refused: "gone" where there is no
    such draft or nothing that it is like.
    """
    pair = await _both(conn, plan_id, by)
    if not isinstance(pair, tuple):
        return pair
    row, other = pair
    made = await correction_store.of_plan(conn, other.id)
    await rhythm_store.copy_chosen(conn, other.id, row.id)
    about = f"plan {other.id}"
    if other.state == "live":
        await likeness_store.make_version(conn, row.id, other.id)
        await audit_log.note(conn, now, "amendment", about, id_of(by))
        return LaterVersion(other, row.id, await carry_over(conn, made, row.id, now, rules))
    await plan_store.drop(conn, other.id)
    await likeness_store.note(conn, row.id, None)
    await audit_log.note(conn, now, "replaced", about, id_of(by), became=f"plan {row.id}")
    return DraftReplaced(row, await carry_over(conn, made, row.id, now, rules))


async def keep_apart(
    conn: AsyncConnection, plan_id: int, *, by: Person | None, now: datetime
) -> KeptApart | Gone | NotTheirPlan:
    """Let a draft be a plan of its own. Needs a writing transaction. Refused: "gone"."""
    pair = await _both(conn, plan_id, by)
    if not isinstance(pair, tuple):
        return pair
    row, other = pair
    await likeness_store.note(conn, row.id, None)
    await audit_log.note(conn, now, "apart", f"plan {row.id}: {other.id}", id_of(by))
    return KeptApart(row)


async def _both(
    conn: AsyncConnection, plan_id: int, by: Person | None
) -> tuple[PlanRow, PlanRow] | Gone | NotTheirPlan:
    row = await own_plan(conn, plan_id, by)
    if not isinstance(row, PlanRow):
        return row
    other = await likeness_store.resembled(conn, row.id)
    if row.state != "draft" or row.amends is not None or other is None:
        return Refused("gone")
    return row, other
