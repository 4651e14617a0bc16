"""Let a later version of a live plan take its place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.plan_following import Applied
from domain.organisation.people import Person
from domain.plans.date_doubts import unsettled_date_doubts
from domain.plans.draft import Doubt
from domain.plans.version_diff import key_of_clause
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from services.plans.plan_assignments import let_follow, plan_facts
from storage.common import audit_log
from storage.plans import plan_store, version_store, version_writer
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class VersionApplied:
    """The plan as it is now, and what became of its assignments."""

    plan: PlanRow
    applied: Applied


@dataclass(frozen=True, slots=True)
class AsksVersionDates:
    """Nothing was done: by dates that the version brings nobody would be asked; somebody must keep them."""

    version: PlanRow
    doubts: tuple[Doubt, ...]


async def apply_version(
    conn: AsyncConnection,
    version_id: int,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
    passed_too: bool = False,
) -> VersionApplied | AsksVersionDates | Refused[Literal["gone"]] | NotTheirPlan:
    """Apply a later version that waits; the draft is gone afterwards. Needs a writing transaction.

    Clauses that stay keep their ids, and so all that was said of them; one that was withdrawn earlier and is
    back in the same words (its dates aside) has its own again. Whatever is done stays done; what is no longer
    asked for is cancelled; what is new and was due before today is past, if with `passed_too` it is applied
    though dates that it brings are past, unsure or outside the plan's period.

    Refused: "gone" where no such version waits any more.
    """
    version = await own_plan(conn, version_id, by)
    if not isinstance(version, PlanRow):
        return version
    if version.amends is None:
        return Refused("gone")
    today = now.astimezone(rules.zone).date()
    doubts = await _date_doubts(conn, version.id, rules, today)
    if doubts and not passed_too:
        return AsksVersionDates(version, doubts)
    changes = await version_store.clause_changes(conn, version.id)
    facts = await plan_facts(conn, version.amends, version.name)
    await version_writer.write(conn, version.amends, version.id, changes, today)
    applied = await let_follow(conn, facts, changes, today, rules)
    await audit_log.note(conn, now, "amended", f"plan {version.amends}", id_of(by))
    return VersionApplied(await plan_store.get(conn, version.amends), applied)


async def _date_doubts(
    conn: AsyncConnection, version_id: int, rules: Rules, today: date
) -> tuple[Doubt, ...]:
    """Return the doubts about dates of what a version adds, moves or gives to further units.

    Of what it only words anew, those that the new words bring.
    """
    changes = await version_store.changes(conn, version_id)
    new = (pair.new for pair in changes.changed if pair.moved or pair.joined)
    keys = {key_of_clause(clause) for clause in (*changes.added, *new)}
    reworded = {key_of_clause(pair.new) for pair in changes.changed if pair.reworded}
    draft, _ = await open_draft(conn, version_id, rules, today)
    return tuple(
        doubt
        for doubt in unsettled_date_doubts(draft)
        if doubt.key in keys or (doubt.why is not None and doubt.key in reworded)
    )
