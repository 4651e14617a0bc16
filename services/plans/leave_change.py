"""Leave one change of a later version out: the plan stays there as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.plans.carried_corrections import Made, subject_of
from domain.plans.correction_replies import Verb
from domain.plans.draft import Draft
from domain.plans.version_diff import Clause, Pair, Sign, key_of_clause
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.plans import correction_store, draft_steps, draft_store, version_store, version_writer
from storage.plans.draft_store import Target
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class ChangeLeft:
    """A change of `version` is left out; `clause` is what it was about, as the plan has it or would have."""

    version: PlanRow
    sign: Sign
    clause: Clause


async def leave_change(
    conn: AsyncConnection,
    version_id: int,
    sign: str,
    key: str,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
) -> ChangeLeft | Refused[Literal["gone"]] | NotTheirPlan:
    """Leave the change of one clause out, which is named by a key as "line 12".

    That is the plan's own for what goes out, else the version's. It stays so when the document comes again,
    unless that very clause is another then. `undo_correction` takes it back. Needs a writing transaction.
    Refused: "gone" where no such change waits.
    """
    version = await own_plan(conn, version_id, by)
    if not isinstance(version, PlanRow):
        return version
    if version.amends is None:
        return Refused("gone")
    changes = await version_store.changes(conn, version.id)
    all_: tuple[Clause | Pair, ...] = (*changes.added, *changes.removed, *changes.changed)
    by_key: dict[tuple[str, str], Clause | Pair] = dict(zip(changes.keys, all_, strict=True))
    change = by_key.get((sign, key))
    if change is None:
        return Refused("gone")
    draft, _ = await open_draft(conn, version.id, rules, now.astimezone(rules.zone).date())
    await draft_steps.keep(conn, version.id, now)
    left = await _leave(conn, version, draft, change, is_added=sign == "+")
    await audit_log.note(conn, now, "left", f"plan {version.amends} {key}", id_of(by), was=sign)
    return left


async def _leave(
    conn: AsyncConnection, version: PlanRow, draft: Draft, change: Clause | Pair, *, is_added: bool
) -> ChangeLeft:
    if isinstance(change, Pair):
        await _remember_pair(conn, draft, change)
        await version_writer.take_old(conn, change)
        return ChangeLeft(version, "~", change.old)
    key = key_of_clause(change)
    if not is_added:
        await draft_store.settle(conn, version.id, version_store.left_key(key))
        return ChangeLeft(version, "-", change)
    await _remember(conn, draft, key, "drop", "")
    kind, _, id_ = key.partition(" ")
    await draft_store.leave_out(conn, version.id, Target(kind, int(id_)))
    return ChangeLeft(version, "+", change)


async def _remember_pair(conn: AsyncConnection, draft: Draft, pair: Pair) -> None:
    """Keep the plan's dates and units as corrections, to be made again in a version that comes after this."""
    key = key_of_clause(pair.new)
    if pair.moved:
        dates = ", ".join(f"{day.day}/{day.month}/{day.year}" for day in pair.old.due)
        await _remember(conn, draft, key, "when" if dates else "quiet", dates)
    if pair.joined or pair.left:
        await _remember(conn, draft, key, "who", ", ".join(sorted(pair.old.asked)))


async def _remember(conn: AsyncConnection, draft: Draft, key: str, verb: Verb, words: str) -> None:
    subject = subject_of(draft, key)
    if subject is not None:
        await correction_store.keep(conn, draft.plan_id, Made(subject, verb, words))
