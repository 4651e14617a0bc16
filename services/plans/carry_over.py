"""Correct a plan that was read anew as it was corrected before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.carried_corrections import Made, belongs_to
from domain.plans.draft_change import CorrectionNotUnderstood, read_change
from domain.plans.judgements import Judgement
from services.common.rules import Rules
from services.plans.correct_draft import keep_for_next_version, make_change
from services.plans.open_draft import open_draft
from services.plans.settle_passages import apply_judgement
from storage.plans import correction_store, draft_steps


@dataclass(frozen=True, slots=True)
class Carried:
    """The corrections of the draft before this one: how many were made again, and those that were not.

    `made` are those that were; one step back undoes them together.
    """

    count: int
    lost: tuple[Made, ...]
    made: tuple[Made, ...] = field(default=(), compare=False)


async def carry_over(
    conn: AsyncConnection, made: Sequence[Made], plan_id: int, now: datetime, rules: Rules
) -> Carried | None:
    """Correct a new draft as the one before it was; what belongs to nothing in it is kept for the next."""
    if not made:
        return None
    await draft_steps.keep(conn, plan_id, now)
    again = [(one, await _again(conn, one, plan_id, now, rules)) for one in made]
    kept, lost = (tuple(one for one, was_made in again if was_made is wanted) for wanted in (True, False))
    if not kept:
        await draft_steps.forget(conn, plan_id)
    for correction in lost:
        await correction_store.keep(conn, plan_id, correction)
    return Carried(len(kept), lost, kept)


async def _again(conn: AsyncConnection, made: Made, plan_id: int, now: datetime, rules: Rules) -> bool:
    """Make a correction once more, on what it belongs to now; False where that cannot be."""
    draft, register = await open_draft(conn, plan_id, rules, now.astimezone(rules.zone).date())
    key = belongs_to(draft, made)
    if key is None:
        return False
    match made.verb:
        case "duty" | "activity" | "report" | "heading" | "background" as becomes:
            judgement = Judgement((int(key.split()[1]),), becomes, made.words)
            return await apply_judgement(conn, plan_id, judgement, rules, now)
        case verb:
            change = read_change(draft, register, key, verb, made.words)
    if isinstance(change, CorrectionNotUnderstood):
        return False
    await make_change(conn, draft, register, change)
    await keep_for_next_version(conn, draft, change)
    return True
