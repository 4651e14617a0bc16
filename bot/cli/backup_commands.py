"""nhacviec backup: a copy of all that the installation keeps, but for its keys."""

import sqlite3
from pathlib import Path

import typer

from bot.cli.command_context import Session, fail, open_session, opened, run_to_end, word_os_error
from storage.assignments.evidence_files import folder_of
from storage.common import backup_facts
from storage.common.audit_anchors import anchors_of
from storage.database.backup import back_up


def backup(
    context: typer.Context,
    folder: Path,
) -> None:
    """Copy the database, the evidence and the audit's anchors to a folder; the program may run meanwhile."""
    session = open_session(context)
    database, texts = session.settings.database_path, session.texts
    if not database.exists():
        fail(texts("cli.no_file", name=database.name, why=texts("cli.no_database")).unescape())
    try:
        count = back_up(database, folder, anchors_of(database), folder_of(database))
    except FileExistsError:
        fail(texts("cli.backup_there", folder=folder).unescape())
    except (OSError, sqlite3.Error) as wrong:
        why = word_os_error(session, wrong) if isinstance(wrong, OSError) else str(wrong)
        fail(texts("cli.no_file", name=folder.name, why=why).unescape())
    run_to_end(_note(session))
    typer.echo(texts("cli.backed_up", folder=folder, files=count).unescape())


async def _note(session: Session) -> None:
    """Note when the backup was made, for the metrics."""
    async with opened(session) as (database, _), database.writing() as conn:
        await backup_facts.note(conn, session.clock.now())
