"""nhacviec plan: read a document, import it, list what is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import AsJson, Session, fail, opened, read_file, register, run, session, show
from bot.cli.confirm_commands import confirm
from bot.cli.rollover_commands import rollover
from bot.cli.version_commands import Amendment, plan_row, take_later, tell
from bot.cli.window_commands import window
from domain.organisation.register import Register
from domain.plans.commitments import Commitments, commit
from domain.plans.plan import Plan
from handlers.common.conversation import plain
from handlers.plans.plan_wording import (
    word_carried,
    word_dated,
    word_groups,
    word_head,
    word_regimes,
    word_undated,
)
from handlers.reporting.status_chat import word_open
from services.plans.confirm_draft import confirm_draft
from services.plans.import_plan import AlreadyKept, Imported, LaterVersion, import_plan
from services.plans.own_plan import NotTheirPlan
from storage.organisation import unit_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow

app = typer.Typer(no_args_is_help=True, help="Plans: read, import, list.")

File = Annotated[Path, typer.Argument(help="A plan: .docx, .pdf, .xlsx, .csv or .txt.", show_default=False)]


@app.command("read")
def read(context: typer.Context, file: File, as_json: AsJson = False) -> None:
    """Read a plan and print what it says; nothing is stored."""
    now = session(context)
    known = run(register(now))
    plan = read_plan(now, file, known)
    if as_json:
        from documents.reading.as_json import as_json as to_json

        show(to_json(plan))
        return
    for line in _told(now, plan, commit(plan, known, now.today)):
        typer.echo(line)


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
    as_json: AsJson = False,
) -> None:
    """Import a plan: it is live at once. The same document again changes nothing.

    Of a later version the changes are printed; they are applied with --amend only.
    """
    now = session(context)
    outcome = run(_import(now, file, draft=draft, coordinator=coordinator, amend=amend))
    if isinstance(outcome, Amendment):
        tell(now, outcome, as_json=as_json)
        return
    row, carried = outcome.plan, outcome.carried
    if as_json:
        told = plain(carried) if carried else None
        show({**plan_row(row), "imported": outcome.is_new, "open": outcome.open, "carried": told})
        return
    key = f"cli.{'imported' if outcome.is_new else 'same'}" + ("_draft" if row.state == "draft" else "")
    typer.echo(
        now.texts(key, plan=row.name, count=row.assignments, coordinator=row.coordinator or "?").unescape()
    )
    for line in (*((carried,) if carried else ()), *word_open(now.texts, outcome.open)[1:]):
        typer.echo(plain(Markup.escape(line)))


@dataclass(frozen=True, slots=True)
class _PlanKept:
    """The plan, whether it is new, and the expressions in it that mean nobody.

    `carried` tells what became of the corrections of the draft in whose place it stands, if there were any.
    """

    plan: PlanRow
    is_new: bool
    open: tuple[str, ...]
    carried: Markup | None = None


async def _import(
    now: Session, file: Path, *, draft: bool, coordinator: str | None, amend: bool
) -> _PlanKept | Amendment:
    async with opened(now) as (database, rules):
        plan, at = read_plan(now, file, rules.register), now.clock.now()
        async with database.writing() as conn:
            unit = await unit_id(now, conn, rules.register, coordinator) if coordinator else None
            trial = await conn.begin_nested()
            result = await import_plan(conn, plan, by=None, now=at, rules=rules, coordinator_id=unit)
            match result:
                case LaterVersion():
                    return await take_later(now, conn, rules, result, trial, amend=amend)
                case AlreadyKept(plan=kept):
                    return _PlanKept(kept, False, await plan_store.left_open(conn, kept.id))
                case NotTheirPlan():
                    raise LookupError("the operator may import any plan")
                case Imported(plan=row):
                    if not draft:
                        await confirm_draft(conn, row.id, by=None, now=at, rules=rules)
                    left = await plan_store.left_open(conn, row.id)
                    carried = word_carried(now.texts, result.carried)
                    return _PlanKept(await plan_store.get(conn, row.id), True, left, carried)


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
app.command("window")(window)
app.command("confirm")(confirm)


async def unit_id(now: Session, conn: AsyncConnection, known: Register, name: str) -> int:
    """Return the id of a unit by any of its spellings. Raises Failed."""
    unit = known.find(name)
    ids = await unit_store.ids(conn)
    found = ids.get(unit.name if unit else name)
    if found is None:
        fail(now.texts("cli.no_unit", unit=name).unescape())
    return found


def read_plan(now: Session, file: Path, known: Register) -> Plan:
    """Read a plan file. Raises Failed with the sentence that says what is wanted."""
    from documents.reading import Unreadable
    from documents.reading import read_plan as read_

    try:
        return read_(read_file(file, now), file.name, known)
    except Unreadable as wrong:
        fail(now.texts(f"unreadable.{wrong.reason}", name=file.name).striptags())


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
