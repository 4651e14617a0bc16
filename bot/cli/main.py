"""The commands, and the one place where an error becomes a line and an exit status."""

import sys
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from bot.channels.base import ChannelError
from bot.cli import audit_commands as audit
from bot.cli import explain_commands as explain
from bot.cli import invite_commands as invites
from bot.cli import nudge_commands as nudges
from bot.cli import plan_commands as plans
from bot.cli import report_commands as reports
from bot.cli import run_commands as running
from bot.cli import unit_commands as units
from bot.cli.command_context import Before, Failed
from config.settings import BadSetting, load_settings
from config.texts import load_texts
from storage.database.engine import StorageError

app = typer.Typer(
    name="nhacviec",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Nhắc Việc: reads a plan, nudges the units before each deadline, compiles their answers.",
)
app.add_typer(plans.app, name="plan")
app.add_typer(units.app, name="unit")
app.add_typer(nudges.app, name="nudges")
app.add_typer(explain.app, name="explain")
app.add_typer(audit.app, name="audit")
app.command("invite")(invites.invite)
app.command("status")(reports.status)
app.command("summary")(reports.summary)
app.command("run")(running.run)
app.command("demo")(running.demo)
app.command("doctor")(running.doctor)


@app.callback()
def before(
    context: typer.Context,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="ISO", help="Set the program's clock: a rehearsal, 2026-06-01T08:00+07:00."),
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0.001, max=1_000_000, help="Let that clock run so many times as fast.")
    ] = 1.0,
) -> None:
    """Take the options that stand before any command."""
    context.obj = Before(as_of, speed)


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 not possible (one line says why), 2 wrong usage."""
    try:
        app()
    except (Failed, BadSetting) as wrong:
        _end(str(wrong))
    except StorageError as wrong:
        _end(load_texts(load_settings().language)(f"cli.storage_{wrong.reason}", path=wrong.path))
    except DatabaseError as wrong:
        _end(load_texts(load_settings().language)("cli.storage_failed", why=wrong.orig).unescape())
    except ChannelError as wrong:
        _end(load_texts(load_settings().language)(str(wrong)))


def _end(line: str) -> None:
    typer.echo(f"nhacviec: {line}", err=True)
    sys.exit(1)
