"""What was done in a round: all that the papers of one view are made of, read in one go."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reporting.report_kinds import Reports
from domain.reporting.round_count import count_round
from domain.reporting.standing import Standing
from services.reporting.report_scope import Scope, View, view_of
from storage.plans import plan_facts
from storage.plans.plan_facts import PlanFacts
from storage.reporting import plan_status, report_store
from storage.reporting.report_store import LatestUpdate, Owing, ReportedDuty, Round, Upward


@dataclass(frozen=True, slots=True)
class Summary:
    """What a view holds; nothing of it is in the database's hands any more.

    `roles` are "lead" or "support" by (duty id, unit id), `files` names of files by (assignment id, line).
    """

    view: View
    facts: PlanFacts
    stands: Standing
    duties: tuple[ReportedDuty, ...]
    roles: dict[tuple[int, int], str]
    owing: tuple[Owing, ...]
    updates: tuple[LatestUpdate, ...]
    files: dict[tuple[int, int | None], tuple[str, ...]]
    upward: tuple[Upward, ...]

    def of_units(self, *unit_ids: int) -> bool:
        """Whether any of the units is in the view."""
        return not self.view.scope.unit_ids or any(
            unit_id in self.view.scope.unit_ids for unit_id in unit_ids
        )


async def summarize(conn: AsyncConnection, scope: Scope, reports: Reports, today: date) -> Summary | None:
    """Return what a scope holds as of a local day; None where there is no such plan, round or report."""
    view = await view_of(conn, scope, reports, today)
    return None if view is None else await summary_of(conn, view, today)


async def summary_of(conn: AsyncConnection, view: View, today: date) -> Summary:
    """Return what a view holds as of a local day."""
    plan_id = view.plan.id
    owing, stands = await _owing(conn, view, today)
    updates = await report_store.latest_updates(conn, plan_id, (owed.id for owed in owing))
    return Summary(
        view=view,
        facts=await plan_facts.facts(conn, plan_id),
        stands=stands,
        duties=await _duties(conn, view, {owed.duty_id for owed in updates}),
        roles=await report_store.roles(conn, plan_id),
        owing=owing,
        updates=updates,
        files=await report_store.files(conn, plan_id),
        upward=await report_store.upward(conn, plan_id),
    )


async def _owing(conn: AsyncConnection, view: View, today: date) -> tuple[tuple[Owing, ...], Standing]:
    """What units of the view owed, and where that stands: of a round all of it, else what a status counts."""
    unit_ids, due = view.scope.unit_ids, view.round.due_on if view.round else None
    all_owing = await report_store.owing(conn, view.plan.id, today, view.since, due)
    owing = tuple(owed for owed in all_owing if not unit_ids or owed.unit_id in unit_ids)
    if due is not None:
        return owing, count_round(due, owing)
    stands = await plan_status.standing_of(conn, view.plan.id, today, unit_ids)
    upto = stands.focus or date.min
    return tuple(owed for owed in owing if min(owed.due_on, owed.planned_on) <= upto), stands


async def _duties(conn: AsyncConnection, view: View, spoken_of: set[int | None]) -> tuple[ReportedDuty, ...]:
    """The duties of the view; of those withdrawn what was told of stays."""
    return tuple(
        duty
        for duty in await report_store.duties(conn, view.plan.id)
        if view.takes(duty) and (not duty.is_withdrawn or duty.id in spoken_of)
    )


async def duties(conn: AsyncConnection, plan_id: int) -> tuple[ReportedDuty, ...]:
    """Return the duties of a plan that units answer for, in its order."""
    return await report_store.duties(conn, plan_id)


async def parts(conn: AsyncConnection, plan_id: int) -> tuple[str, ...]:
    """Return the parts of a plan by which a summary can be cut, "II.3", in its order."""
    sections = (duty.section for duty in await report_store.duties(conn, plan_id) if duty.section)
    return tuple(dict.fromkeys(".".join(section.split(".")[:2]) for section in sections))


async def rounds(conn: AsyncConnection, plan_id: int) -> tuple[Round, ...]:
    """Return the rounds in which units of a plan report, the earliest first."""
    return await report_store.rounds(conn, plan_id)


async def asked_in(conn: AsyncConnection, plan_id: int, round_: Round, today: date) -> bool:
    """Whether units were asked for a round at all: one that was over when its plan came in was not."""
    owing = await report_store.owing(conn, plan_id, today, round_.due_on, round_.due_on)
    return any(owed.duty_id is None for owed in owing)
