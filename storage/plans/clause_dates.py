"""The dates of a draft's lines and rules, as corrections set them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.recurrence import Recurrence
from storage.database.schema import duty, reporting_rule, settled
from storage.plans.draft_store import Target
from storage.plans.plan_dates import write_dates


async def doubt_again(conn: AsyncConnection, plan_id: int, key: str) -> None:
    """Forget that a doubt was looked at: what it is about has changed."""
    await conn.execute(delete(settled).where(settled.c.plan_id == plan_id, settled.c.doubt == key))


async def ask_past(conn: AsyncConnection, target: Target) -> None:
    """Let the last date of a line or a rule be asked for though it has passed."""
    table = duty if target.kind == "line" else reporting_rule
    await conn.execute(update(table).where(table.c.id == target.id).values(asks_past=True))


async def set_dates(
    conn: AsyncConnection,
    target: Target,
    due: Sequence[date],
    recurrence: Recurrence | None = None,
    *,
    inclusive: bool = True,
    rrule: str | None = None,
) -> None:
    """Give a line or a rule its dates; none: nobody is asked for it.

    `inclusive` is false where a date itself is too late; `recurrence` and `rrule` are a rule's.
    """
    values: dict[str, object] = {"due": write_dates(due), "inclusive": inclusive, "asks_past": False}
    if target.kind == "line":
        await conn.execute(update(duty).where(duty.c.id == target.id).values(values))
        return
    values["rrule"] = rrule
    if recurrence is not None:
        values["recurrence"] = recurrence
    await conn.execute(update(reporting_rule).where(reporting_rule.c.id == target.id).values(values))
