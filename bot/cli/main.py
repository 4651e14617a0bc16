"""The commands, and the one place where an error becomes a line and an exit status."""

import os
import sys
from typing import Annotated, NoReturn

import typer
from sqlalchemy.exc import DatabaseError

from bot.app.setting_wording import word_values
from bot.channels.base import ChannelError
from bot.cli import (
    api_token_commands,
    audit_commands,
    backup_commands,
    copy_commands,
    explain_commands,
    invite_commands,
    nudge_commands,
    plan_commands,
    report_commands,
    run_commands,
    unit_commands,
    webhook_commands,
)
from bot.cli.command_context import Failed, GlobalOptions
from bot.cli.command_help import CommandGroup
from bot.cli.usage_wording import word_usage
from config.settings import BadSetting, BadValues, load_language, load_settings
from config.texts import load_texts
from config.version import VERSION
from storage.database.engine import StorageError

app = CommandGroup(name="nhacviec", no_args_is_help=True)
app.add_typer(plan_commands.app, name="plan")
app.add_typer(unit_commands.app, name="unit")
app.add_typer(nudge_commands.app, name="nudges")
app.add_typer(explain_commands.app, name="explain")
app.add_typer(audit_commands.app, name="audit")
app.add_typer(api_token_commands.app, name="api-token")
app.add_typer(webhook_commands.app, name="webhook")
app.command("invite")(invite_commands.invite)
app.command("status")(report_commands.status)
app.command("summary")(report_commands.summary)
app.command("backup")(backup_commands.backup)
app.command("backup-key")(backup_commands.backup_key)
app.command("restore")(backup_commands.restore)
app.command("copy")(copy_commands.copy)
app.command("run")(run_commands.run)
app.command("demo")(run_commands.demo)
app.command("doctor")(run_commands.doctor)


def _tell_version(asked: bool) -> None:
    """Print the version and end, where it is asked for."""
    if asked:
        typer.echo(f"nhacviec {VERSION}")
        raise typer.Exit


@app.callback()
def before(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(metavar="MOMENT")] = None,
    speed: Annotated[float, typer.Option(min=0.001, max=1_000_000, metavar="NUMBER")] = 1.0,
    *,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_tell_version)] = False,
) -> None:
    """Take the options that stand before any command."""
    context.obj = GlobalOptions(as_of, speed)


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 not possible (one line says why), 2 wrong usage."""
    os.umask(0o077)  # whatever the program makes is for the user alone under whom it runs
    try:
        status = app(standalone_mode=False)
    except typer.TyperException as wrong:
        _end_usage(wrong)
    except typer.Abort:
        sys.exit(1)
    except BadValues as wrong:
        _end(word_values(wrong))
    except (Failed, BadSetting) as wrong:
        _end(str(wrong))
    except StorageError as wrong:
        _end(load_texts(load_settings().language)(f"cli.storage_{wrong.reason}", path=wrong.path))
    except DatabaseError as wrong:
        _end(load_texts(load_settings().language)("cli.storage_failed", why=wrong.orig).unescape())
    except ChannelError as wrong:
        _end(load_texts(load_settings().language)(str(wrong)))
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _end_usage(wrong: typer.TyperException) -> NoReturn:
    """Show the help where nothing but a group of commands was typed; else say what is wrong."""
    if type(wrong).__name__ == "NoArgsIsHelpError":
        typer.echo(wrong.message, err=True)  # printed already where it is in colours: then this is empty
    else:
        typer.echo(f"nhacviec: {word_usage(load_texts(load_language()), wrong)}", err=True)
    sys.exit(wrong.exit_code)


def _end(line: str) -> NoReturn:
    typer.echo(f"nhacviec: {line}", err=True)
    sys.exit(1)
