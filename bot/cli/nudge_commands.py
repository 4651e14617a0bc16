"""nhacviec nudges: what went out on a day, and what would go out on one."""

import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, opened, run, session, show
from storage.nudging import nudge_ledger
from storage.nudging.nudge_ledger import Entry

if TYPE_CHECKING:
    from bot.app.nudge_preview import Foreseen

app = typer.Typer(help="Nudges: what was put out on a day; preview: what would be.")
On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="A local day; today where none is given."),
]


@app.callback(invoke_without_command=True)
def nudges(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """List what was put out on a day: to whom, through what, what became of it."""
    if context.invoked_subcommand is not None:
        return
    now = session(context)
    day = on.date() if on else now.today

    async def entries() -> tuple[Entry, ...]:
        async with opened(now) as (database, rules), database.reading() as conn:
            return await nudge_ledger.entries(conn, day, day, rules.zone)

    found = run(entries())
    if as_json:
        show([_data(entry) for entry in found])
        return
    for entry in found:
        typer.echo(_line(now, entry))


@app.command("preview")
def preview(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """Tell who would hear what on a day, if nobody answered until then; nothing is sent or changed."""
    now = session(context)
    day = on.date() if on else now.today
    if day < now.today:
        fail(now.texts("cli.preview_past", day=day.isoformat()))
    heard = _foresee(now, day)
    if as_json:
        show([{**_data(foreseen.entry), "text": foreseen.text} for foreseen in heard])
        return
    for foreseen in heard:
        typer.echo(f"{_line(now, foreseen.entry)}\n{foreseen.text}\n")


def _foresee(now: Session, day: date) -> "tuple[Foreseen, ...]":
    from bot.app.nudge_preview import foresee

    try:
        return run(foresee(now.settings, now.clock.now(), day))
    except sqlite3.Error as wrong:
        fail(now.texts("cli.no_file", name=now.settings.database_path.name, why=wrong))


def _data(entry: Entry) -> dict[str, object]:
    """The entry with its moments in ISO form; `topic` and `message` are the outbox's own."""
    moments = {name: getattr(entry, name) for name in ("sent_at", "answered_at")}
    return {**asdict(entry), **{name: at and at.isoformat() for name, at in moments.items()}}


def _line(now: Session, entry: Entry) -> str:
    at = entry.sent_at.astimezone(now.settings.timezone).strftime("%H:%M") if entry.sent_at else "-"
    return "\t".join(
        (at, entry.kind, entry.state, entry.person, ", ".join(entry.units) or "-", entry.channel or "-")
    )
