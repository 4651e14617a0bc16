"""nhacviec plan: read a document, import it, list what is kept."""

from pathlib import Path

import typer

from bot.cli.command_context import AsJson, Session, open_session, opened, print_json, register, run_to_end
from bot.cli.command_help import CommandGroup
from bot.cli.confirm_commands import confirm
from bot.cli.plan_import_commands import import_, word_unread
from bot.cli.plan_importing import asked_rows, read_plan
from bot.cli.recall_commands import recall
from bot.cli.rollover_commands import rollover
from bot.cli.version_commands import date_rows, plan_row
from bot.cli.window_commands import window
from domain.plans.asked_units import coverage_of_reading
from domain.plans.commitments import Commitments, commit
from domain.plans.date_doubts import unsettled_date_doubts
from domain.plans.plan import Plan
from domain.plans.read_draft import draft_of_reading
from handlers.common.conversation import plain
from handlers.plans.date_wording import word_dates
from handlers.plans.plan_wording import (
    word_dated,
    word_groups,
    word_head,
    word_regimes,
    word_undated,
)
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow

app = CommandGroup(no_args_is_help=True)


@app.command("read")
def read(context: typer.Context, file: Path, as_json: AsJson = False) -> None:
    """Read a plan and print what it says; nothing is stored."""
    session = open_session(context)
    known = run_to_end(register(session))
    plan = run_to_end(read_plan(session, file, known))
    asks = commit(plan, known, session.today)
    doubts = unsettled_date_doubts(draft_of_reading(plan, asks, session.today))
    if as_json:
        from documents.reading.as_json import as_json as to_json

        coverage = coverage_of_reading(asks, plan.head.period, session.today)
        print_json({**to_json(plan), "asked": asked_rows(coverage), "dates": date_rows(doubts)})
        return
    for line in (*_lines_of(session, plan, asks), *map(plain, word_dates(session.texts, doubts))):
        typer.echo(line)
    for line in word_unread(session, plan.unread):
        typer.echo(line)


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


app.command("import")(import_)
app.command("rollover")(rollover)
app.command("recall")(recall)
app.command("window")(window)
app.command("confirm")(confirm)


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
