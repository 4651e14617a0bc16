"""A live plan that was corrected by hand: what is owed for it follows."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladders
from domain.plans.version_diff import Clause, Pair
from storage.organisation import unit_store
from storage.plans import plan_store
from storage.plans.clause_store import clauses
from storage.plans.version_store import Applied
from storage.plans.version_writer import Applying


class _Following(Applying):
    """An application of the plan's own words upon itself."""

    async def ask_anew(self, conn: AsyncConnection, pair: Pair) -> None:
        """Call off, move and make assignments as the units and dates of a clause have changed."""
        await self._ask_anew(conn, pair)


async def follow(
    conn: AsyncConnection,
    plan_id: int,
    before: Sequence[Clause],
    today: date,
    ladders: Ladders,
    days: Workdays,
) -> Applied:
    """Let what is owed for a live plan follow what was corrected in it; `before` is what it said until then.

    As with a later version, whatever is done stays done.
    """
    ladder = partial(ladders.of, plan=(await plan_store.get(conn, plan_id)).name)
    deed = _Following(plan_id, plan_id, today, ladder, days, await unit_store.ids(conn))
    now = {(clause.kind == "report", clause.id): clause for clause in await clauses(conn, plan_id)}
    for old in before:
        new = now.get((old.kind == "report", old.id))
        if new is not None and (pair := Pair(old, new)).changed:
            await deed.ask_anew(conn, pair)
    await plan_store.ask(conn, deed.owed, today, ladder, days)
    return Applied(len(deed.owed), deed.moved, deed.cancelled, deed.back, tuple(deed.news))
