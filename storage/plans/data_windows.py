"""Which days the figures of a plan's reports cover: by the decree or by the calendar, rule by rule."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.periods import DataWindow
from storage.database.schema import reporting_rule


@dataclass(frozen=True, slots=True)
class RuleWindow:
    """A reporting rule and how far its figures reach."""

    rule_id: int
    kind: DataWindow
    quote: str


async def of_plan(conn: AsyncConnection, plan_id: int) -> tuple[RuleWindow, ...]:
    """Return a plan's reporting rules, in its order."""
    in_force = (reporting_rule.c.plan_id == plan_id, reporting_rule.c.withdrawn_on.is_(None))
    rows = await conn.execute(select(reporting_rule).where(*in_force).order_by(reporting_rule.c.id))
    return tuple(RuleWindow(row.id, row.data_window, row.quote) for row in rows)


async def choose(conn: AsyncConnection, plan_id: int, rule_id: int | None, kind: DataWindow) -> int:
    """Let the figures of a rule, or of all the plan's, reach so far; return how many rules that is."""
    mine = [reporting_rule.c.plan_id == plan_id, reporting_rule.c.withdrawn_on.is_(None)]
    if rule_id is not None:
        mine.append(reporting_rule.c.id == rule_id)
    changed = await conn.execute(update(reporting_rule).where(*mine).values(data_window=kind))
    return changed.rowcount
