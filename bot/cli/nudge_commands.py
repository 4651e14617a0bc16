"""nhacviec nudges: what went out on a day, and what would go out on one."""

import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.command_context import AsJson, Session, fail, open_session, opened, print_json, run_to_end
from bot.cli.command_help import CommandGroup
from storage.nudging import nudge_ledger
from storage.nudging.nudge_ledger import Entry

if TYPE_CHECKING:
    from bot.app.nudge_preview import Foreseen

app = CommandGroup()
On = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]


@app.callback(invoke_without_command=True)
def nudges(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """List what was put out on a day: to whom, through what, what became of it."""
    if context.invoked_subcommand is not None:
        return
    session = open_session(context)
    day = on.date() if on else session.today

    async def entries() -> tuple[Entry, ...]:
        async with opened(session) as (database, rules), database.reading() as conn:
            return await nudge_ledger.entries(conn, day, day, rules.zone)

    listed = run_to_end(entries())
    if as_json:
        print_json([_data(entry) for entry in listed])
        return
    for entry in listed:
        typer.echo(_line(session, entry))


@app.command("preview")
def preview(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """Tell who would hear what on a day, if nobody answered until then; nothing is sent or changed."""
    session = open_session(context)
    day = on.date() if on else session.today
    if day < session.today:
        fail(session.texts("cli.preview_past", day=day.isoformat()))
    heard = _foresee(session, day)
    if as_json:
        print_json([{**_data(foreseen.entry), "text": foreseen.text} for foreseen in heard])
        return
    for foreseen in heard:
        typer.echo(f"{_line(session, foreseen.entry)}\n{foreseen.text}\n")


def _foresee(session: Session, day: date) -> "tuple[Foreseen, ...]":
    from bot.app.nudge_preview import foresee

    try:
        return run_to_end(foresee(session.settings, session.clock.now(), day))
    except sqlite3.Error as wrong:
        fail(session.texts("cli.no_file", name=session.settings.database_path.name, why=wrong))


def _data(entry: Entry) -> dict[str, object]:
    """The entry with its moments in ISO form; `topic` and `message` are the outbox's own."""
    moments = {name: getattr(entry, name) for name in ("sent_at", "answered_at")}
    return {**asdict(entry), **{name: at and at.isoformat() for name, at in moments.items()}}


def _line(session: Session, entry: Entry) -> str:
    at = entry.sent_at.astimezone(session.settings.timezone).strftime("%H:%M") if entry.sent_at else "-"
    return "\t".join(
        (at, entry.kind, entry.state, entry.person, ", ".join(entry.units) or "-", entry.channel or "-")
    )
