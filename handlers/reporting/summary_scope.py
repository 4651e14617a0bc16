"""Whose answers somebody may read, and which of them they ask for behind /summary."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from domain.common.text import fold
from domain.reporting.report_kinds import is_under
from domain.reporting.summary_query import SummaryQuery, read_query, without_filler
from handlers.common.button_data import choice_of
from handlers.common.context import Context
from handlers.common.conversation import Choice
from handlers.common.wording import short, wording_of
from services.reporting import summary
from services.reporting.report_scope import Scope, view_of
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import read_models

_LONGEST_PART = 16
"""Letters of a part that a button can name."""


@dataclass(frozen=True, slots=True)
class QueryMatch:
    """What was asked for; where there are no scopes, `why`, and what it may have meant."""

    scopes: tuple[Scope, ...] = ()
    cycle: bool = False
    why: Markup = field(default_factory=Markup)
    choices: tuple[Choice, ...] = ()


async def mine(context: Context) -> list[PlanRow]:
    """Return the live plans that somebody compiles or, if none, in which their units have a part."""
    compiling = context.person.units("coordinator")
    rows = await plan_store.listing(context.conn, compiling or None)
    live = [row for row in reversed(rows) if row.state == "live"]
    if compiling:
        return live
    own = set(context.person.units())
    return [row for row in live if own & (await read_models.unit_names(context.conn, [row.id])).keys()]


async def allowed(context: Context, scope: Scope) -> Scope | None:
    """Return as much of a scope as somebody may read: all that they compile, else their own units'.

    None where they have no part in its plan: not even what it is called is theirs to read.
    """
    plan = await plan_store.find(context.conn, scope.plan_id)
    if plan is None:
        return None
    if plan.coordinator_id in context.person.units("coordinator"):
        return scope
    parts = await read_models.unit_names(context.conn, [plan.id])
    own = tuple(unit for unit in context.person.units("focal", "leader") if unit in parts)
    unit_ids = tuple(unit_id for unit_id in scope.unit_ids or own if unit_id in own)
    return replace(scope, unit_ids=unit_ids) if unit_ids else None


async def understand(context: Context, rows: Sequence[PlanRow], text: str) -> QueryMatch:
    """Understand what stands behind /summary; whatever is not clear is asked about, not guessed."""
    query = read_query(text, context.today)
    fitting = [row for row in rows if _is_named(row, query)]
    if not fitting:
        return _no_plan(context, rows, text)
    base = Scope(0, str(query.period) if query.period else "", part=query.part or "")
    named = await _named(context, fitting, base, query, text)
    if isinstance(named, QueryMatch):
        return named
    scopes = [scope for scope in named if await _is_there(context, scope)]
    if scopes:
        return QueryMatch(tuple(scopes), cycle=query.cycle)
    return await _no_round(context, fitting, base)


def _is_named(row: PlanRow, query: SummaryQuery) -> bool:
    if query.plan is None:
        return True
    number = fold(row.number or "")
    years = {day.year for day in (row.issued_on, row.period_to) if day}
    fits = number == query.plan or number.startswith(f"{query.plan}/")
    return fits and (query.plan_year is None or query.plan_year in years)


async def _named(
    context: Context, rows: Sequence[PlanRow], base: Scope, query: SummaryQuery, text: str
) -> list[Scope] | QueryMatch:
    """Return the scopes of the plans, with the unit or the report that the rest of the words names."""
    for rest in dict.fromkeys((query.rest, without_filler(query.rest))):
        if not rest:
            return [replace(base, plan_id=row.id) for row in rows]
        if report := context.rules.reports.named(rest):
            return [replace(base, plan_id=row.id, report=report.key) for row in rows]
        matches = [
            (row, id_, name) for row in rows for id_, name in (await _units(context, row, rest)).items()
        ]
        if len({id_ for _, id_, _ in matches}) > 1:
            choices = (
                choice_of(
                    short(name, 60),
                    "sum",
                    "text",
                    replace(base, plan_id=row.id, unit_ids=(id_,)),
                )
                for row, id_, name in matches
            )
            return QueryMatch(
                why=context.texts("summary.which", words=short(text, 60)), choices=tuple(choices)
            )
        if matches:
            return [replace(base, plan_id=row.id, unit_ids=(id_,)) for row, id_, _ in matches]
        if titled := [row for row in rows if len(rest) > 3 and rest in fold(row.title)]:
            return [replace(base, plan_id=row.id) for row in titled]
    return QueryMatch(why=context.texts("summary.unclear", words=short(text, 60)))


async def _units(context: Context, row: PlanRow, rest: str) -> dict[int, str]:
    """Return the units of a plan that some words name: by the register, else by a piece of their names."""
    units = await read_models.unit_names(context.conn, [row.id])
    register_names = {unit.name for unit in context.rules.register.candidates(rest)}
    exact = {id_: unit.name for id_, unit in units.items() if unit.name in register_names}
    if exact or register_names or len(rest) < 2:
        return exact
    return {id_: unit.name for id_, unit in units.items() if rest in fold(unit.name)}


async def _is_there(context: Context, scope: Scope) -> bool:
    mine_ = await allowed(context, scope)
    return (
        mine_ is not None
        and await view_of(context.conn, mine_, context.rules.reports, context.today) is not None
    )


def _no_plan(context: Context, rows: Sequence[PlanRow], text: str) -> QueryMatch:
    choices = tuple(choice_of(short(row.name, 60), "sum", "text", Scope(row.id)) for row in rows)
    return QueryMatch(why=context.texts("summary.no_plan", words=short(text, 60)), choices=choices)


async def _no_round(context: Context, rows: Sequence[PlanRow], base: Scope) -> QueryMatch:
    """Tell which rounds there are, of each plan; or which parts, where there is no such part."""
    places = [(row, place) for row in rows for place in await summary.parts(context.conn, row.id)]
    if base.part and not any(is_under(place, base.part) for _, place in places):
        cuts = (
            choice_of(short(f"{row.name}: {place}", 60), "sum", "text", Scope(row.id, part=place))
            for row, place in places
            if len(place) <= _LONGEST_PART
        )
        return QueryMatch(why=context.texts("summary.no_part", part=base.part), choices=tuple(cuts))
    wording = wording_of(context)
    choices = [
        choice_of(
            short(f"{row.name}: {wording.period(round_.period) or wording.full(round_.due_on)}", 60),
            "sum",
            "text",
            Scope(row.id, str(round_.period)),
        )
        for row in rows
        for round_ in await summary.rounds(context.conn, row.id)
    ]
    return QueryMatch(
        why=context.texts("summary.no_round" if choices else "summary.no_rounds"), choices=tuple(choices)
    )
