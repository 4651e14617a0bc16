"""Keep a plan that was read from a document: as a draft, or as a later version of a live plan."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.organisation.register import Register
from domain.plans.commitments import Commitments, commit
from domain.plans.plan import Plan, without_undated_own_reports
from services.common.rules import Rules
from services.plans.carry_over import Carried, carry_over
from services.plans.own_plan import NotTheirPlan, id_of, may_change
from storage.common import audit_log
from storage.organisation import learnt_store
from storage.plans import (
    correction_store,
    draft_store,
    likeness_store,
    plan_store,
    rhythm_store,
    version_store,
)
from storage.plans.plan_store import PlanRow, Same


@dataclass(frozen=True, slots=True)
class Imported:
    """A new draft. `carried` is None where no draft stood in its place, or none that was corrected.

    `resembles` is another plan of which it may be a new version: somebody must say whether it is.
    """

    plan: PlanRow
    commitments: Commitments
    carried: Carried | None
    resembles: PlanRow | None = None


@dataclass(frozen=True, slots=True)
class AlreadyKept:
    """The same document was entered before, as this plan; nothing was done."""

    plan: PlanRow


@dataclass(frozen=True, slots=True)
class LaterVersion:
    """The document changes the live plan `plan`; it waits as the draft `version_id` until it is applied.

    `carried` tells what became of what was said of the plan's passages, where this version has come just now.
    """

    plan: PlanRow
    version_id: int
    carried: Carried | None = None


async def import_plan(
    conn: AsyncConnection,
    read: Plan,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
    coordinator_id: int | None = None,
) -> Imported | AlreadyKept | LaterVersion | NotTheirPlan:
    """Keep what was read from a document. Needs a writing transaction.

    `by` must compile the plan; None is the operator. `coordinator_id` is the unit that compiles whatever the
    document says; without it that is the document's own, else that of the draft before, else one of `by`'s.
    A draft of the same number gives way, and what was corrected in it is corrected again.
    """
    read = without_undated_own_reports(read)
    same = await plan_store.find_same(conn, read)
    made = await correction_store.of_plan(conn, same.plan.id) if same else ()
    if same is not None:
        answer = await _kept_before(conn, same, read, by, now, rules)
        if answer is not None:
            return answer
    register = await _register_for_groups(conn, rules)
    commitments = commit(read, register, now.astimezone(rules.zone).date())
    compiling = {seat.unit for seat in by.seats if seat.role == "coordinator"} if by else None
    if commitments.coordinator and compiling is not None and commitments.coordinator not in compiling:
        return NotTheirPlan("a plan of others", commitments.coordinator)
    plan_id = await plan_store.add(conn, read, commitments, now)
    pending = await likeness_store.resembled(conn, same.plan.id) if same else None
    if same is not None:
        await rhythm_store.copy_chosen(conn, same.plan.id, plan_id)
        await plan_store.drop(conn, same.plan.id)
    await audit_log.note(conn, now, "draft" if by else "import", f"plan {plan_id}", id_of(by))
    await _give(conn, plan_id, coordinator_id, same.plan if same else None, by, now)
    carried = await carry_over(conn, made, plan_id, now, rules)
    resembles = await likeness_store.find(conn, plan_id) if same is None else pending
    await likeness_store.note(conn, plan_id, resembles.id if resembles else None)
    return Imported(await plan_store.get(conn, plan_id), commitments, carried, resembles)


async def _kept_before(
    conn: AsyncConnection, same: Same, read: Plan, by: Person | None, now: datetime, rules: Rules
) -> AlreadyKept | LaterVersion | NotTheirPlan | None:
    """Answer a document that is kept already; None where it takes the place of an older draft."""
    kept_plan = same.plan if same.plan.amends is None else await plan_store.get(conn, same.plan.amends)
    is_live_as_it_is = kept_plan.state == "live" and same.plan.amends is None and not same.changed
    if not is_live_as_it_is and not may_change(kept_plan, by):
        return NotTheirPlan(f"plan {kept_plan.id}", kept_plan.coordinator or "")
    if same.plan.amends is not None:
        return LaterVersion(kept_plan, same.plan.id)
    if not same.changed:
        return AlreadyKept(kept_plan)
    if kept_plan.state != "live":
        return None
    register = await _register_for_groups(conn, rules)
    commitments = commit(read, register, now.astimezone(rules.zone).date())
    version_id = await version_store.propose(conn, kept_plan.id, read, commitments, now)
    await rhythm_store.copy_chosen(conn, kept_plan.id, version_id)
    await audit_log.note(conn, now, "amendment", f"plan {kept_plan.id}", id_of(by))
    made = await correction_store.of_plan(conn, kept_plan.id)
    return LaterVersion(kept_plan, version_id, await carry_over(conn, made, version_id, now, rules))


async def _register_for_groups(conn: AsyncConnection, rules: Rules) -> Register:
    """Return the register in which bodies that only drafts have brought belong to no group."""
    brought = await draft_store.known_to_drafts_alone(conn)
    units = (replace(unit, common=False) if unit.name in brought else unit for unit in rules.register.units)
    return await learnt_store.with_names(conn, units, rules.register.groups)


async def _give(
    conn: AsyncConnection,
    plan_id: int,
    wanted_id: int | None,
    before: PlanRow | None,
    by: Person | None,
    now: datetime,
) -> None:
    """Let a unit compile the plan: the one that was named; else, where the document names none, another."""
    own = by.units("coordinator")[0] if by else None
    unit_id = wanted_id
    if unit_id is None and (await plan_store.get(conn, plan_id)).coordinator_id is None:
        unit_id = before.coordinator_id if before and before.coordinator_id else own
    if unit_id is not None:
        await plan_store.give_to(conn, plan_id, unit_id)
        await audit_log.note(conn, now, "coordinator", f"plan {plan_id}", id_of(by), became=f"unit {unit_id}")
