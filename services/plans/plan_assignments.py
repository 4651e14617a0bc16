"""Make and change the assignments of a plan, as it goes live and as its clauses change."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment_change import make
from domain.assignments.plan_following import Applied, Followed, FollowedPlan, follow
from domain.plans.clause_changes import ClauseChange
from services.common.rules import Rules
from storage.assignments import assignment_store, assignment_writer, progress_store
from storage.organisation import unit_store
from storage.plans import plan_store


async def go_live(conn: AsyncConnection, plan_id: int, today: date, rules: Rules) -> int:
    """Make a draft's assignments and start asking; return how many there are. A live plan is left alone.

    What was due before `today` is marked past and never asked for.
    """
    if not await plan_store.set_live(conn, plan_id, today):
        return 0
    name = (await plan_store.get(conn, plan_id)).name
    made = make(await plan_store.asks(conn, plan_id), name, today, rules.schedule)
    await assignment_writer.add(conn, made)
    return len(made)


async def plan_facts(conn: AsyncConnection, plan_id: int, name: str) -> FollowedPlan:
    """Return what is known of a plan, which bears the number or title `name`, and of its assignments."""
    assignments = await assignment_store.of_plan(conn, plan_id)
    called_off = [each.id for each in assignments if each.state == "cancelled"]
    last_words = await progress_store.last_words(conn, called_off)
    return FollowedPlan(plan_id, name, await unit_store.ids(conn), assignments, last_words)


async def let_follow(
    conn: AsyncConnection, facts: FollowedPlan, changes: Sequence[ClauseChange], today: date, rules: Rules
) -> Applied:
    """Let a plan's assignments follow changes that are written in its clauses already."""
    followed = follow(facts, changes, today, rules.schedule)
    await write(conn, followed)
    return followed.applied


async def write(conn: AsyncConnection, followed: Followed) -> None:
    """Write what became of a plan's assignments."""
    await assignment_writer.write(conn, *followed.changes)
    await assignment_writer.add(conn, followed.made)
