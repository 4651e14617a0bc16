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
from bot.cli.version_commands import Amendment, Later, plan_row, take_later, tell
from bot.cli.window_commands import window
from domain.organisation.register import Register
from domain.plans.commitments import Commitments, commit
from domain.plans.plan import Plan
from handlers.common.context import Context
from handlers.common.conversation import Incoming, plain
from handlers.plans.carry_over import carry
from handlers.plans.plan_wording import word_dated, word_groups, word_head, word_regimes, word_undated
from handlers.reporting.status_chat import word_open
from services.common.rules import Rules
from storage.common import audit_log
from storage.common.dialog_store import Dialog
from storage.organisation import unit_store
from storage.plans import correction_store, plan_store
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
    row, told = outcome.plan, outcome.carried
    if as_json:
        carried = plain(told) if told else None
        show({**plan_row(row), "imported": outcome.new, "open": outcome.open, "carried": carried})
        return
    key = f"cli.{'imported' if outcome.new else 'same'}" + ("_draft" if row.state == "draft" else "")
    typer.echo(
        now.texts(key, plan=row.name, count=row.assignments, coordinator=row.coordinator or "?").unescape()
    )
    for line in (*((told,) if told else ()), *word_open(now.texts, outcome.open)[1:]):
        typer.echo(plain(Markup.escape(line)))


@dataclass(frozen=True, slots=True)
class _Imported:
    """The plan, whether it is new, and the expressions in it that mean nobody.

    `carried` tells what became of the corrections of the draft in whose place it stands, if there were any.
    """

    plan: PlanRow
    new: bool
    open: tuple[str, ...]
    carried: Markup | None = None


async def _import(
    now: Session, file: Path, *, draft: bool, coordinator: str | None, amend: bool
) -> _Imported | Amendment:
    async with opened(now) as (database, rules):
        plan = read_plan(now, file, rules.register)
        async with database.writing() as conn:
            same = await plan_store.find_same(conn, plan)
            asks = commit(plan, rules.register, now.today)
            if same is not None and (
                same.plan.amends is not None or (same.changed and same.plan.state == "live")
            ):
                return await take_later(now, conn, rules, Later(same.plan, plan, asks), amend=amend)
            if same is not None and not same.changed:
                return _Imported(same.plan, False, await plan_store.left_open(conn, same.plan.id))
            made = await correction_store.of_plan(conn, same.plan.id) if same else ()
            if same is not None:
                await plan_store.drop(conn, same.plan.id)
            plan_id = await plan_store.add(conn, plan, asks, now.clock.now())
            await audit_log.note(conn, now.clock.now(), "import", f"plan {plan_id}")
            await _give(now, conn, rules, plan_id, coordinator, same.plan if same else None)
            carried = await carry(_context(now, conn, rules), made, plan_id)
            if not draft:
                about = f"plan {plan_id}"
                await audit_log.note(conn, now.clock.now(), "live", about, was="draft", became="live")
                await plan_store.go_live(conn, plan_id, now.today, rules.ladders, rules.days)
            left = await plan_store.left_open(conn, plan_id)
            return _Imported(await plan_store.get(conn, plan_id), True, left, carried)


async def _give(
    now: Session,
    conn: AsyncConnection,
    rules: Rules,
    plan_id: int,
    coordinator: str | None,
    was: PlanRow | None,
) -> None:
    """Let the unit compile that was named; else, where the document names none, that of the draft before."""
    if coordinator is not None:
        compiling = await unit_id(now, conn, rules.register, coordinator)
    elif was is None or was.coordinator_id is None or (await plan_store.get(conn, plan_id)).coordinator_id:
        return
    else:
        compiling = was.coordinator_id
    await plan_store.give_to(conn, plan_id, compiling)
    await audit_log.note(conn, now.clock.now(), "coordinator", f"plan {plan_id}", became=f"unit {compiling}")


def _context(now: Session, conn: AsyncConnection, rules: Rules) -> Context:
    """Return what a handler of the chat works with, so that it does here what it does there."""
    at = now.clock.now()
    said = Incoming(channel="cli", update_id="", chat="", sender="", name="", at=at)
    return Context(conn=conn, said=said, now=at, rules=rules, texts=now.texts, dialog=Dialog(), somebody=None)


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
