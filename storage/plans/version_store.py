"""A later version of a live plan: kept beside it as a draft, compared with it, applied to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold, squeeze
from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladders
from domain.plans.commitments import Commitments
from domain.plans.plan import Plan
from domain.plans.version_diff import Changes, Clause, Pair, compare
from storage.organisation import unit_store
from storage.plans import plan_store
from storage.plans.clause_store import clauses
from storage.plans.version_writer import Applying, News

_NUMBERS = re.compile(r"\d[\d/.-]*")


@dataclass(frozen=True, slots=True)
class Applied:
    """How many assignments a later version made, put to another day, called off, and called for again.

    `news` is what units were not told by any nudge: what is due on another day, called off, or back.
    """

    new: int
    moved: int
    cancelled: int
    back: int = 0
    news: tuple[News, ...] = ()


async def propose(conn: AsyncConnection, of: int, read: Plan, asks: Commitments, now: datetime) -> int:
    """Keep a later version of the live plan `of` as a draft, instead of any that waits; return its id."""
    waiting = await plan_store.later_version(conn, of)
    if waiting is not None:
        await plan_store.drop(conn, waiting)
    return await plan_store.add(conn, read, asks, now, amends=of)


async def changes(conn: AsyncConnection, later: int) -> Changes:
    """Tell what the later version would change in its plan as that stands now."""
    of = (await plan_store.get(conn, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    return compare(await clauses(conn, of), await clauses(conn, later))


async def returning(conn: AsyncConnection, later: int) -> frozenset[int]:
    """Return the ids of the clauses that a later version adds and that the plan once had."""
    of = (await plan_store.get(conn, later)).amends
    if of is None:
        raise LookupError(f"plan {later} amends none")
    found = await changes(conn, later)
    return frozenset(pair.new.id for pair in _returning(await clauses(conn, of, withdrawn=True), found.added))


def _returning(withdrawn: Sequence[Clause], added: Sequence[Clause]) -> tuple[Pair, ...]:
    """Pair what is added with what was withdrawn earlier in the same words, their dates aside."""
    found = compare(withdrawn, added)
    pairs = (*found.kept, *found.changed)
    return tuple(pair for pair in pairs if _undated(pair.old.text) == _undated(pair.new.text))


def _undated(text: str) -> str:
    return squeeze(_NUMBERS.sub(" ", fold(text)))


async def apply(conn: AsyncConnection, later: int, today: date, ladders: Ladders, days: Workdays) -> Applied:
    """Let the later version take its plan's place; the draft is gone afterwards.

    Clauses that stay keep their ids, and so all that was said of them; one that was withdrawn earlier and is
    back in the same words (its dates aside) has its own again. Whatever is done stays done; what is no longer
    asked for is cancelled; what is new and was due before `today` is past.
    """
    row = await plan_store.get(conn, later)
    if row.amends is None:
        raise LookupError(f"plan {later} amends none")
    found = await changes(conn, later)
    back = _returning(await clauses(conn, row.amends, withdrawn=True), found.added)
    ladder = partial(ladders.of, plan=row.name)
    deed = Applying(row.amends, later, today, ladder, days, await unit_store.ids(conn))
    for clause in found.removed:
        await deed.withdraw(conn, clause)
    for pair in (*found.kept, *found.changed):
        await deed.take_over(conn, pair)
    for pair in back:
        await deed.bring_back(conn, pair)
    for clause in found.added:
        if clause not in [pair.new for pair in back]:
            await deed.bring_in(conn, clause)
    await deed.take_head(conn)
    await plan_store.ask(conn, deed.owed, today, ladder, days)
    return Applied(len(deed.owed), deed.moved, deed.cancelled, deed.back, tuple(deed.news))
