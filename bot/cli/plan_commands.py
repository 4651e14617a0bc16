"""nhacviec plan: read a document, import it, list what is kept."""

from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.command_context import AsJson, Session, opened, register, run, session, show
from bot.cli.confirm_commands import confirm
from bot.cli.plan_importing import PlanKept, Wanted, asked_rows, import_file, read_plan
from bot.cli.recall_commands import recall
from bot.cli.rollover_commands import rollover
from bot.cli.version_commands import Amendment, plan_row, tell
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
    now = session(context)
    known = run(register(now))
    plan = run(read_plan(now, file, known))
    if as_json:
        from documents.reading.as_json import as_json as to_json

        asked = coverage_of_reading(commit(plan, known, now.today), plan.head.period, now.today)
        show({**to_json(plan), "asked": asked_rows(asked)})
        return
    for line in _told(now, plan, commit(plan, known, now.today)):
        typer.echo(line)
    _tell_unread(now, plan.unread)


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
    now = session(context)
    wanted = Wanted(
        draft=draft,
        coordinator=coordinator,
        amend=amend,
        reports=reports,
        with_unread=with_unread,
        as_version=as_version,
        as_new=as_new,
    )
    outcome = run(import_file(now, file, wanted))
    if isinstance(outcome, Amendment):
        tell(now, outcome, as_json=as_json)
        return
    if as_json:
        _show_imported(outcome)
    else:
        _tell_imported(now, outcome, draft=draft)
    _exit_if_draft(outcome.plan, draft=draft)


def _show_imported(outcome: PlanKept) -> None:
    """Print what became of an import as JSON."""
    unread = [{"section": found.section, "text": found.text, "why": found.why} for found in outcome.unread]
    show(
        {
            **plan_row(outcome.plan),
            "imported": outcome.is_new,
            "open": outcome.open,
            "carried": plain(outcome.carried) if outcome.carried else None,
            "asked": asked_rows(outcome.coverage),
            "unread": unread,
        }
    )


def _tell_imported(now: Session, outcome: PlanKept, *, draft: bool) -> None:
    """Print what became of an import in words; `draft`: it was asked for as one."""
    row = outcome.plan
    key = f"cli.{'imported' if outcome.is_new else 'same'}" + ("_draft" if row.state == "draft" else "")
    typer.echo(
        now.texts(key, plan=row.name, count=row.assignments, coordinator=row.coordinator or "?").unescape()
    )
    carried = (outcome.carried,) if outcome.carried else ()
    for line in (*carried, *word_open(now.texts, outcome.open)[1:]):
        typer.echo(plain(Markup.escape(line)))
    if coverage := word_coverage(now.texts, outcome.coverage):
        typer.echo(plain(coverage))
    _tell_unread(now, outcome.unread)
    if outcome.alike:
        typer.echo(now.texts("likeness.told_cli", plan=row.name, other=outcome.alike.name).unescape())
    if row.state == "draft" and not draft and outcome.coverage.unasked:
        typer.echo(now.texts("rhythm.kept").unescape())
    elif row.state == "draft" and not draft and outcome.unread:
        typer.echo(now.texts("unread.kept").unescape())


def _exit_if_draft(row: PlanRow, *, draft: bool) -> None:
    """End with a code of its own where the plan was to go live and stays a draft."""
    if row.state == "draft" and not draft:
        raise typer.Exit(STAYS_DRAFT)


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the plans that are kept."""
    now = session(context)

    async def rows() -> tuple[PlanRow, ...]:
        async with opened(now) as (database, _), database.reading() as conn:
            return await plan_store.listing(conn)

    found = run(rows())
    if as_json:
        show([plan_row(row) for row in found])
        return
    for row in found:
        typer.echo(f"{row.id}\t{row.name}\t{row.state}\t{row.assignments}\t{row.title}")
    if not found:
        typer.echo(now.texts("status.none"))


app.command("rollover")(rollover)
app.command("recall")(recall)
app.command("window")(window)
app.command("confirm")(confirm)


def _tell_unread(now: Session, passages: tuple[Passage, ...]) -> None:
    if passages:
        typer.echo(plain(now.texts("unread.count", count=len(passages))))
    for line in word_passages(now.texts, passages):
        typer.echo(plain(line))


def _told(now: Session, plan: Plan, asks: Commitments) -> list[str]:
    texts = now.texts
    told = [
        *word_head(texts, plan),
        texts("plan.coordinator", unit=asks.coordinator or "?"),
        *word_regimes(texts, asks),
        *word_undated(texts, asks),
        *word_dated(texts, asks),
        *word_groups(texts, asks),
    ]
    return [plain(line) for line in told]
