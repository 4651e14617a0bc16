"""Let a draft go live, or throw it away."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from domain.organisation.register import Register
from domain.plans.date_doubts import unsettled_date_doubts
from domain.plans.draft import Doubt, Draft
from domain.plans.draft_doubts import unasked_doubt
from domain.plans.settled_names import settled_names
from services.common.results import Refused
from services.common.rules import Rules
from services.organisation.current_register import note_register_changed
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from services.plans.plan_assignments import go_live
from storage.common import audit_log
from storage.organisation import learnt_store, unit_store
from storage.plans import correction_store, likeness_store, plan_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A plan went live: `open` assignments are asked for, `past` were due before and are not.

    `without_focal` are the names of the units it asks that have no focal point yet.
    """

    plan: PlanRow
    open: int
    past: int
    without_focal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoDraft:
    """Nothing was done: the plan is live already, or is a later version, which is applied instead."""

    plan: PlanRow


@dataclass(frozen=True, slots=True)
class Discarded:
    """A draft, or a later version that waited, is gone."""

    plan: PlanRow


@dataclass(frozen=True, slots=True)
class AsksRhythm:
    """Nothing was done: some units with duties would never be asked; somebody must choose or wave through."""

    plan: PlanRow
    draft: Draft
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class AsksUnread:
    """Nothing was done: passages that may hand out work became nothing; somebody must wave them through."""

    plan: PlanRow
    draft: Draft


@dataclass(frozen=True, slots=True)
class AsksDates:
    """Nothing was done: dates of some rows are past, outside the period or unsure; to be settled first."""

    plan: PlanRow
    draft: Draft
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class AsksVersion:
    """Nothing was done: the draft may be a new version of `other`, and one of the two bears no number."""

    plan: PlanRow
    other: PlanRow


AsksFirst = AsksRhythm | AsksDates | AsksUnread | AsksVersion
"""Nothing was done: something is to be settled before the draft goes live."""


async def confirm_draft(
    conn: AsyncConnection,
    plan_id: int,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
    unasked_too: bool = False,
    unread_too: bool = False,
    passed_too: bool = False,
) -> Confirmed | AsksFirst | NoDraft | Refused[Literal["gone"]] | NotTheirPlan:
    """Make a draft's assignments, start asking for them, and keep what was said that names mean.

    Needs a writing transaction. Refused: "gone".

    With `unasked_too` it goes live though units with duties are never asked, with `unread_too` though
    passages of its document became nothing, with `passed_too` though dates are past,
    outside its period or unsure.
    """
    row = await own_plan(conn, plan_id, by)
    if not isinstance(row, PlanRow):
        return row
    if row.state != "draft" or row.amends is not None:
        return NoDraft(row)
    other = await likeness_store.resembled(conn, row.id)
    if other is not None and not (row.number and other.number):
        return AsksVersion(row, other)
    today = now.astimezone(rules.zone).date()
    draft, register = await open_draft(conn, row.id, rules, today)
    first = _asks_first(row, draft, unasked_too=unasked_too, unread_too=unread_too, passed_too=passed_too)
    if first is not None:
        return first
    await _learn_names(conn, row.id, draft, register)
    count = await go_live(conn, row.id, today, rules)
    await audit_log.note(conn, now, "live", f"plan {row.id}", id_of(by), was="draft", became="live")
    asked_units = await plan_store.asked_units(conn, row.id)
    without_focal = await unit_store.without(conn, "focal", asked_units.units, today)
    return Confirmed(row, count - asked_units.past, asked_units.past, without_focal)


def _asks_first(
    plan: PlanRow, draft: Draft, *, unasked_too: bool, unread_too: bool, passed_too: bool
) -> AsksRhythm | AsksDates | AsksUnread | None:
    """Return the first thing in a draft that is to be settled and was not waved through, if there is one."""
    doubt = unasked_doubt(draft)
    if doubt is not None and not unasked_too:
        return AsksRhythm(plan, draft, doubt)
    dates = unsettled_date_doubts(draft)
    if dates and not passed_too:
        return AsksDates(plan, draft, dates)
    return AsksUnread(plan, draft) if draft.unread and not unread_too else None


async def _learn_names(conn: AsyncConnection, plan_id: int, draft: Draft, register: Register) -> None:
    """Keep in the register what the coordinator said that names of the draft mean."""
    ids = await unit_store.ids(conn)
    names = dict(settled_names(await correction_store.of_plan(conn, plan_id), draft, register))
    for name, units in names.items():
        await learnt_store.learn(conn, name, [ids[unit] for unit in units])
    if names:
        await note_register_changed(conn)


async def discard_draft(
    conn: AsyncConnection, plan_id: int, *, by: Person | None, now: datetime
) -> Discarded | NoDraft | Refused[Literal["gone"]] | NotTheirPlan:
    """Throw away a draft or a later version that waits. Needs a writing transaction. Refused: "gone"."""
    row = await own_plan(conn, plan_id, by)
    if not isinstance(row, PlanRow):
        return row
    if not await plan_store.drop(conn, row.id):
        return NoDraft(row)
    await audit_log.note(conn, now, "discard", f"plan {row.id}", id_of(by))
    return Discarded(row)
