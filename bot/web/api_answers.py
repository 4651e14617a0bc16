"""What the API answers: plans, units, assignments, progress, where a plan stands, the ledger of nudges."""

from dataclasses import asdict
from datetime import timedelta

from bot.web.api_calls import ApiCall, ApiRefusal, cursor_of, page_of, span_of, write_cursor
from bot.web.api_models import (
    AssignmentItem,
    AssignmentPage,
    AssignmentQuery,
    FiguresItem,
    LedgerQuery,
    NoQuery,
    NudgeItem,
    NudgePage,
    PageQuery,
    PlanEntry,
    PlanPage,
    ProgressItem,
    ProgressPage,
    ProgressQuery,
    StandingItem,
    TallyItem,
    UnitItem,
    UnitPage,
    UnitStandingItem,
)
from domain.assignments.assignment import Assignment
from domain.reporting.standing import UnitStanding
from handlers.common.capabilities import messenger
from services.reporting import status
from storage.common.span import Span
from storage.nudging import nudge_ledger
from storage.nudging.nudge_ledger import Entry
from storage.reporting import api_pages
from storage.reporting.api_pages import ApiPlan, AssignmentFilter, ToldProgress

_ONE = Span(0, 1)
_LONGEST_LEDGER = timedelta(days=31)


async def list_plans(call: ApiCall, query: PageQuery) -> PlanPage:
    """Plans that are live or were."""
    found = await api_pages.plans(call.conn, call.access, span_of(query))
    shown, following = page_of(found, query)
    return PlanPage(items=tuple(map(_plan, shown)), next=following)


async def get_plan(call: ApiCall, _: NoQuery) -> PlanEntry:
    """One plan."""
    return _plan(await _the_plan(call))


async def get_standing(call: ApiCall, _: NoQuery) -> StandingItem:
    """Where a plan stands today; of a token's units alone, where it has some."""
    plan = await _the_plan(call)
    stands = await status.standing(call.conn, plan.id, call.today, call.access.unit_ids or ())
    return StandingItem(
        plan_id=plan.id,
        day=call.today,
        focus=stands.focus,
        round=stands.round,
        asked=stands.asked,
        reported=stands.reported,
        past=stands.past,
        tally=TallyItem(**asdict(stands.tally)),
        figures=FiguresItem(**asdict(stands.figures)),
        units=tuple(map(_unit_standing, stands.units)),
    )


async def list_units(call: ApiCall, query: PageQuery) -> UnitPage:
    """Units that owe something, or did."""
    shown, following = page_of(await api_pages.units(call.conn, call.access, span_of(query)), query)
    return UnitPage(items=tuple(UnitItem(**asdict(unit)) for unit in shown), next=following)


async def list_assignments(call: ApiCall, query: AssignmentQuery) -> AssignmentPage:
    """What units owe or owed."""
    wanted = AssignmentFilter(query.plan, query.unit, query.state, query.due_from, query.due_to)
    found = await api_pages.assignments(call.conn, call.access, wanted, span_of(query))
    shown, following = page_of(found, query)
    return AssignmentPage(items=tuple(_assignment(call, each) for each in shown), next=following)


async def get_assignment(call: ApiCall, _: NoQuery) -> AssignmentItem:
    """One assignment."""
    about = await api_pages.assignment_of(call.conn, call.access, call.id)
    if about is None:
        raise ApiRefusal("not_found")
    return _assignment(call, about)


async def list_progress(call: ApiCall, query: ProgressQuery) -> ProgressPage:
    """What units reported, and their coordinators decided on; not what was taken back."""
    found = await api_pages.told_progress(
        call.conn,
        call.access,
        span_of(query),
        plan_id=query.plan,
        assignment_id=query.assignment,
        since=query.since,
    )
    shown, following = page_of(found, query)
    return ProgressPage(items=tuple(map(_progress, shown)), next=following)


async def list_nudges(call: ApiCall, query: LedgerQuery) -> NudgePage:
    """The ledger of nudges, of some days."""
    if not timedelta(0) <= query.to_day - query.from_day < _LONGEST_LEDGER:
        raise ApiRefusal("bad_query", names="from, to")
    is_bounded = call.access.unit_ids is not None or call.access.plan_ids is not None
    entries, after = await nudge_ledger.page(
        call.conn,
        query.from_day,
        query.to_day,
        call.rules.zone,
        Span(cursor_of(query), query.limit),
        kinds=nudge_ledger.ASKING,
        asked_by=api_pages.assignments_of(call.access) if is_bounded else None,
    )
    ids = {id_ for entry in entries for id_ in entry.assignments}
    seen = await api_pages.seen_of(call.conn, call.access, ids)
    following = write_cursor(after) if after is not None else None
    return NudgePage(items=tuple(_nudge(entry, seen) for entry in entries), next=following)


async def _the_plan(call: ApiCall) -> ApiPlan:
    found = await api_pages.plans(call.conn, call.access, _ONE, plan_id=call.id)
    if not found:
        raise ApiRefusal("not_found")
    return found[0]


def _plan(plan: ApiPlan) -> PlanEntry:
    return PlanEntry.model_validate(asdict(plan))


def _unit_standing(unit: UnitStanding) -> UnitStandingItem:
    return UnitStandingItem(
        unit_id=unit.unit_id,
        unit=unit.unit,
        mark=unit.mark,
        done=unit.done,
        total=unit.total,
        overdue=unit.overdue,
        waiting=unit.waiting,
        blocked=unit.blocked,
        late_since=unit.late_since,
        has_reported=unit.has_reported,
        figures=FiguresItem(**asdict(unit.figures)),
    )


def _assignment(call: ApiCall, about: Assignment) -> AssignmentItem:
    return AssignmentItem(
        id=about.id,
        kind=about.kind,
        plan_id=about.plan_id,
        request_id=about.request_id,
        unit_id=about.unit_id,
        unit=about.unit,
        section=about.section,
        text=about.text,
        period=str(about.period),
        planned_on=about.planned_on,
        due_on=about.due_on,
        last_on=about.last_on,
        wanted_on=about.wanted_on,
        state=about.state,
        timeliness=about.timeliness(call.today),
        blocked=about.blocked,
        returned=about.returned,
        finished_on=about.finished_on,
    )


def _progress(told: ToldProgress) -> ProgressItem:
    kind = told.kind if told.kind in ("confirmed", "returned") else "said"
    return ProgressItem.model_validate({**asdict(told), "kind": kind})


def _nudge(entry: Entry, seen: frozenset[int]) -> NudgeItem:
    return NudgeItem(
        id=entry.id,
        day=entry.day,
        kind=entry.kind,
        role=entry.role,
        units=entry.units,
        assignments=tuple(id_ for id_ in entry.assignments if id_ in seen),
        channel=messenger(entry.channel) if entry.channel else None,
        state=entry.state,
        why=entry.why,
        attempts=entry.attempts,
        repeated=entry.repeated,
        sent_at=entry.sent_at,
        answered_at=entry.answered_at,
    )
