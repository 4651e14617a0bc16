"""A later version of a live plan: kept beside it as a draft, and compared with it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.clause_changes import ClauseChange, brought_back, changes_by_version
from domain.plans.commitments import Commitments
from domain.plans.plan import Plan
from domain.plans.version_diff import Changes, compare, key_of_clause
from storage.plans import draft_store, plan_store
from storage.plans.clause_store import clauses


async def propose(conn: AsyncConnection, of: int, read: Plan, asks: Commitments, now: datetime) -> int:
    """Keep a later version of the live plan `of` as a draft, instead of any that waits; return its id."""
    waiting = await plan_store.later_version(conn, of)
    if waiting is not None:
        await plan_store.drop(conn, waiting)
    return await plan_store.add(conn, read, asks, now, amends=of)


async def changes(conn: AsyncConnection, later: int) -> Changes:
    """Tell what the later version would change in its plan as that stands now, but for what is left out."""
    of = (await plan_store.get(conn, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    found = compare(await clauses(conn, of), await clauses(conn, later))
    left = await draft_store.settled_keys(conn, later)
    stays = {left_key(key_of_clause(clause)) for clause in found.removed} & left
    removed = (clause for clause in found.removed if left_key(key_of_clause(clause)) not in stays)
    return replace(found, removed=tuple(removed))


def left_key(key: str) -> str:
    """Return the key by which it is noted that a clause of the plan stays though the version has it not."""
    return f"left {key}"


async def returning(conn: AsyncConnection, later: int) -> frozenset[int]:
    """Return the ids of the clauses that a later version adds and that the plan once had."""
    of = (await plan_store.get(conn, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    found = await changes(conn, later)
    pairs = brought_back(await clauses(conn, of, withdrawn=True), found.added)
    return frozenset(pair.new.id for pair in pairs)


async def clause_changes(conn: AsyncConnection, later: int) -> tuple[ClauseChange, ...]:
    """Return the changes by which a later version takes its plan's place, clause by clause."""
    of = (await plan_store.get(conn, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    withdrawn = await clauses(conn, of, withdrawn=True)
    return changes_by_version(await changes(conn, later), withdrawn)
