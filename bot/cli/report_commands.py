"""nhacviec status and nhacviec summary: what the coordinator asks in the chat, at the terminal."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import (
    AsJson,
    Session,
    fail,
    open_session,
    opened,
    print_json,
    run_to_end,
    word_os_error,
)
from domain.reporting.report_kinds import is_under
from domain.reporting.summary_query import read_query
from handlers.common.conversation import Order, plain
from handlers.document_orders import prepare
from handlers.reporting.status_chat import word_status
from handlers.reporting.summary_chat import word_summary
from services.common.rules import Rules
from services.reporting import status as reading
from services.reporting.report_scope import Scope, view_of
from services.reporting.summary import parts, rounds, summarize
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import read_models

Which = Annotated[int | None, typer.Option("--plan")]
_KINDS = {".docx": "docx", ".xlsx": "xlsx"}
_TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for, as it was typed."""

    plan: int | None
    period: str | None
    unit: str | None
    part: str | None
    report: str | None


def status(context: typer.Context, plan: Which = None, as_json: AsJson = False) -> None:
    """Tell who is where, for each live plan."""
    session = open_session(context)
    if as_json:
        print_json(run_to_end(_standings(session, plan)))
    else:
        typer.echo(_text(run_to_end(_statuses(session, plan))) or session.texts("status.none"))


def summary(
    context: typer.Context,
    plan: Which = None,
    period: str | None = None,
    unit: str | None = None,
    part: str | None = None,
    report: str | None = None,
    cycle: Annotated[bool, typer.Option("--cycle")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
) -> None:
    """Compile what has been done, by the plans' own parts."""
    session = open_session(context)
    wish = _Wish(plan, period, unit, part, report)
    suffix = out.suffix.lower() if out is not None and str(out) != "-" else None
    if suffix not in (None, _TEXT, *_KINDS) or (cycle and suffix != ".xlsx"):
        fail(
            session.texts(
                "cli.out_cycle" if cycle else "cli.out_report", name=out.name if out else ""
            ).unescape()
        )
    if out is not None and suffix in _KINDS:
        kind = "cycle" if cycle else _KINDS[suffix]
        _write(session, out, run_to_end(_paper(session, wish, kind)))
        return
    text = _text(run_to_end(_summaries(session, wish))) or str(session.texts("summary.none"))
    if out is None or suffix is None:
        typer.echo(text)
    else:
        _write(session, out, f"{text}\n".encode())


def _write(session: Session, out: Path, data: bytes) -> None:
    try:
        out.write_bytes(data)
    except OSError as wrong:
        fail(session.texts("cli.no_file", name=out.name, why=word_os_error(session, wrong)).unescape())
    typer.echo(session.texts("cli.written", name=out.name))


def _text(texts: list[Markup]) -> str:
    return "\n\n".join(plain(text) for text in texts)


async def _statuses(session: Session, plan: int | None) -> list[Markup]:
    async with opened(session) as (database, rules), database.reading() as conn:
        wording = session.wording(rules)
        rows = _live(session, await plan_store.listing(conn), plan)
        return [
            await word_status(conn, wording, row, await reading.status(conn, row.id, session.today))
            for row in rows
        ]


async def _summaries(session: Session, wish: _Wish) -> list[Markup]:
    async with opened(session) as (database, rules), database.reading() as conn:
        wording = session.wording(rules)
        scopes = await _scopes(session, conn, rules, wish)
        summaries = [await summarize(conn, scope, rules.reports, session.today) for scope in scopes]
        return [word_summary(wording, summary) for summary in summaries if summary is not None]


async def _paper(session: Session, wish: _Wish, kind: str) -> bytes:
    """Write the one paper that is asked for."""
    async with opened(session) as (database, rules), database.reading() as conn:
        scopes = await _scopes(session, conn, rules, wish)
        if len(scopes) != 1:
            fail(session.texts("cli.one_plan" if scopes else "summary.none"))
        write = await prepare(conn, rules, Order(kind, str(scopes[0])), session.clock.now())
    if write is None:
        fail(session.texts("summary.none"))
    return write()[0].data


async def _scopes(session: Session, conn: AsyncConnection, rules: Rules, wish: _Wish) -> list[Scope]:
    """Return what is asked for of each live plan; what one of them does not have ends the command."""
    rows = _live(session, await plan_store.listing(conn), wish.plan)
    if wish.report and all(definition.key != wish.report for definition in rules.reports.definitions):
        known = ", ".join(definition.key for definition in rules.reports.definitions)
        fail(session.texts("cli.no_report", report=wish.report, known=known).unescape())
    scopes = [scope for row in rows if (scope := await _scope(session, conn, rules, row, wish)) is not None]
    if rows and not scopes:
        fail(await _why(session, conn, rules, rows, wish))
    return scopes


async def _scope(
    session: Session, conn: AsyncConnection, rules: Rules, row: PlanRow, wish: _Wish
) -> Scope | None:
    query = read_query(wish.period or "", session.today)
    part = read_query(f"phan {wish.part}", session.today).part if wish.part else ""
    if (wish.period and query.period is None) or part is None:
        return None
    names = await read_models.unit_names(conn, [row.id]) if wish.unit else {}
    known = {unit.name for unit in rules.register.candidates(wish.unit or "")}
    ids = tuple(id_ for id_, name in names.items() if name.name in known)
    if wish.unit and len(ids) != 1:
        return None
    scope = Scope(row.id, str(query.period or ""), ids, part, wish.report or "")
    return scope if await view_of(conn, scope, rules.reports, session.today) else None


async def _why(
    session: Session, conn: AsyncConnection, rules: Rules, rows: list[PlanRow], wish: _Wish
) -> str:
    """Tell which of what was typed no plan has, and what there is."""
    if wish.unit and not rules.register.candidates(wish.unit):
        return session.texts("cli.no_unit", unit=wish.unit).unescape()
    places = [place for row in rows for place in await parts(conn, row.id)]
    part = read_query(f"phan {wish.part}", session.today).part if wish.part else None
    if wish.part and not any(part and is_under(place, part) for place in places):
        there = ", ".join(dict.fromkeys(places))
        return session.texts("cli.no_part", part=wish.part, known=there).unescape()
    wording = session.wording(rules)
    known = [wording.period(round_.period) for row in rows for round_ in await rounds(conn, row.id)]
    asked = " ".join(filter(None, (wish.period, wish.unit, wish.part)))
    there = ", ".join(dict.fromkeys(map(str, known)))
    return session.texts("cli.no_scope", asked=asked, known=there).unescape()


async def _standings(session: Session, plan: int | None) -> list[dict[str, object]]:
    async with opened(session) as (database, _), database.reading() as conn:
        rows = _live(session, await plan_store.listing(conn), plan)
        return [
            {
                "id": row.id,
                "plan": row.name,
                "title": row.title,
                **asdict(await reading.standing(conn, row.id, session.today)),
            }
            for row in rows
        ]


def _live(session: Session, rows: tuple[PlanRow, ...], plan: int | None) -> list[PlanRow]:
    live = [row for row in reversed(rows) if row.state == "live" and plan in (None, row.id)]
    if plan is not None and not live:
        fail(session.texts("cli.no_plan", plan=plan))
    return live
