"""nhacviec plan: read a document, import it, list what is kept."""

from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.command_context import AsJson, Session, open_session, opened, print_json, register, run_to_end
from bot.cli.confirm_commands import confirm
from bot.cli.plan_importing import PlanKept, Wanted, asked_rows, import_file, read_plan
from bot.cli.recall_commands import recall
from bot.cli.rollover_commands import rollover
from bot.cli.version_commands import Amendment, plan_row, print_amendment
from bot.cli.window_commands import window
from domain.plans.asked_units import coverage_of_reading
from domain.plans.commitments import Commitments, commit
from domain.plans.plan import Passage, Plan
from handlers.common.conversation import plain
from handlers.plans.plan_wording import (
    word_dated,
    word_groups,
    word_head,
    word_regimes,
    word_undated,
)
from handlers.plans.rhythm_wording import word_coverage
from handlers.plans.unread_wording import word_passages
from handlers.reporting.status_chat import word_open
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow

STAYS_DRAFT = 3
"""The exit code of an import after which the plan waits as a draft though it was to go live."""
app = typer.Typer(no_args_is_help=True, help="Plans: read, import, list.")

File = Annotated[Path, typer.Argument(help="A plan: .docx, .pdf, .xlsx, .csv or .txt.", show_default=False)]


@app.command("read")
def read(context: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Read a plan and print what it says; nothing is stored."""
    session = open_session(context)
    known = run_to_end(register(session))
    plan = run_to_end(read_plan(session, file, known))
    if as_json:
        from documents.reading.as_json import as_json as to_json

        coverage = coverage_of_reading(commit(plan, known, session.today), plan.head.period, session.today)
        print_json({**to_json(plan), "asked": asked_rows(coverage)})
        return
    for line in _lines_of(session, plan, commit(plan, known, session.today)):
        typer.echo(line)
    _tell_unread(session, plan.unread)


@app.command("import")
def import_(
    context: typer.Context,
    file: File,
    draft: Annotated[bool, typer.Option("--draft", help="Keep it to be confirmed in the chat.")] = False,
    coordinator: Annotated[
        str | None, typer.Option(help="The unit that compiles, where the document does not say.")
    ] = None,
    amend: Annotated[
        bool, typer.Option("--amend", help="Apply a later version of a plan that is kept.")
    ] = False,
    reports: Annotated[
        str | None,
        typer.Option(
            help="When units report that the plan gives no date: plan (on its own days), decree, quarterly,"
            ' half-yearly, yearly, days such as "15/6, 15/11", or none.'
        ),
    ] = None,
    with_unread: Annotated[
        bool, typer.Option("--with-unread", help="Let it go live though passages of it became nothing.")
    ] = False,
    as_version: Annotated[
        bool, typer.Option("--as-version", help="It is a new version of the plan that it is much like.")
    ] = False,
    as_new: Annotated[
        bool, typer.Option("--as-new", help="It is another plan than the one that it is much like.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a plan: it is live at once. The same document again changes nothing.

    Where it has duties of units that it never asks, it stays a draft until --reports says when they report;
    where passages of it became nothing, until they are settled on its page or waved through. One that is much
    like a plan without a number, or bears none itself, is kept with --as-version or --as-new only.
    Of a later version the changes are printed; they are applied with --amend only.
    Exit codes: 0 done, 1 refused, 2 wrong usage, 3 kept, but as a draft that was to go live.
    """
    session = open_session(context)
    wanted = Wanted(
        draft=draft,
        coordinator=coordinator,
        amend=amend,
        reports=reports,
        with_unread=with_unread,
        as_version=as_version,
        as_new=as_new,
    )
    outcome = run_to_end(import_file(session, file, wanted))
    if isinstance(outcome, Amendment):
        print_amendment(session, outcome, as_json=as_json)
        return
    if as_json:
        _show_imported(outcome)
    else:
        _tell_imported(session, outcome, draft=draft)
    _exit_if_draft(outcome.plan, draft=draft)


def _show_imported(outcome: PlanKept) -> None:
    """Print what became of an import as JSON."""
    unread_rows = [
        {"section": passage.section, "text": passage.text, "why": passage.why} for passage in outcome.unread
    ]
    print_json(
        {
            **plan_row(outcome.plan),
            "imported": outcome.is_new,
            "open": outcome.open,
            "carried": plain(outcome.carried) if outcome.carried else None,
            "asked": asked_rows(outcome.coverage),
            "unread": unread_rows,
        }
    )


def _tell_imported(session: Session, outcome: PlanKept, *, draft: bool) -> None:
    """Print what became of an import in words; `draft`: it was asked for as one."""
    row = outcome.plan
    key = f"cli.{'imported' if outcome.is_new else 'same'}" + ("_draft" if row.state == "draft" else "")
    typer.echo(
        session.texts(
            key, plan=row.name, count=row.assignments, coordinator=row.coordinator or "?"
        ).unescape()
    )
    carried = (outcome.carried,) if outcome.carried else ()
    for line in (*carried, *word_open(session.texts, outcome.open)[1:]):
        typer.echo(plain(Markup.escape(line)))
    if coverage := word_coverage(session.texts, outcome.coverage):
        typer.echo(plain(coverage))
    _tell_unread(session, outcome.unread)
    if outcome.alike:
        typer.echo(session.texts("likeness.told_cli", plan=row.name, other=outcome.alike.name).unescape())
    if row.state == "draft" and not draft and outcome.coverage.unasked:
        typer.echo(session.texts("rhythm.kept").unescape())
    elif row.state == "draft" and not draft and outcome.unread:
        typer.echo(session.texts("unread.kept").unescape())


def _exit_if_draft(row: PlanRow, *, draft: bool) -> None:
    """End with a code of its own where the plan was to go live and stays a draft."""
    if row.state == "draft" and not draft:
        raise typer.Exit(STAYS_DRAFT)


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the plans that are kept."""
    session = open_session(context)

    async def rows() -> tuple[PlanRow, ...]:
        async with opened(session) as (database, _), database.reading() as conn:
            return await plan_store.listing(conn)

    plans = run_to_end(rows())
    if as_json:
        print_json([plan_row(row) for row in plans])
        return
    for row in plans:
        typer.echo(f"{row.id}\t{row.name}\t{row.state}\t{row.assignments}\t{row.title}")
    if not plans:
        typer.echo(session.texts("status.none"))


app.command("rollover")(rollover)
app.command("recall")(recall)
app.command("window")(window)
app.command("confirm")(confirm)


def _tell_unread(session: Session, passages: tuple[Passage, ...]) -> None:
    if passages:
        typer.echo(plain(session.texts("unread.count", count=len(passages))))
    for line in word_passages(session.texts, passages):
        typer.echo(plain(line))


def _lines_of(session: Session, plan: Plan, asks: Commitments) -> list[str]:
    texts = session.texts
    lines = [
        *word_head(texts, plan),
        texts("plan.coordinator", unit=asks.coordinator or "?"),
        *word_regimes(texts, asks),
        *word_undated(texts, asks),
        *word_dated(texts, asks),
        *word_groups(texts, asks),
    ]
    return [plain(line) for line in lines]
