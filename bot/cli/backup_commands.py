"""nhacviec backup and restore: a copy of all that the installation keeps, but for its keys, and back."""

import sqlite3
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from bot.cli.command_context import Session, fail, open_session, opened, run_to_end, word_os_error
from storage.assignments.evidence_files import folder_of
from storage.common import backup_facts
from storage.common.audit_anchors import anchors_of
from storage.common.backup import Backup, BackupDiffers, back_up
from storage.common.copy_rows import CopyDiffers, NotEmpty
from storage.common.restore import NoBackup, Restored
from storage.common.restore import restore as bring_back


def backup(
    context: typer.Context,
    folder: Path,
) -> None:
    """Copy the database, the evidence and the audit's anchors to a folder; the program may run meanwhile."""
    session = open_session(context)
    texts = session.texts
    if not session.settings.has_database:
        name = session.settings.database_path.name
        fail(texts("cli.no_file", name=name, why=texts("cli.no_database")).unescape())
    try:
        made = run_to_end(_back_up(session, folder))
    except FileExistsError:
        fail(texts("cli.backup_there", folder=folder).unescape())
    except (BackupDiffers, CopyDiffers):
        fail(texts("cli.backup_differs", folder=folder).unescape())
    except (OSError, sqlite3.Error, DBAPIError) as wrong:
        why = word_os_error(session, wrong) if isinstance(wrong, OSError) else _reason(wrong)
        fail(texts("cli.no_file", name=folder.name, why=why).unescape())
    typer.echo(texts("cli.backed_up", folder=folder, files=made.files, rows=made.rows).unescape())


def _reason(wrong: sqlite3.Error | DBAPIError) -> str:
    return str(wrong.orig if isinstance(wrong, DBAPIError) else wrong)


async def _back_up(session: Session, folder: Path) -> Backup:
    """Make a backup that was compared; note when, for the metrics."""
    place, path = session.settings.database_place, session.settings.database_path
    made = await back_up(place, folder, anchors_of(path), folder_of(path))
    async with opened(session) as (database, _), database.writing() as conn:
        await backup_facts.note(conn, session.clock.now())
    return made


def restore(
    context: typer.Context,
    folder: Path,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """Bring a backup back while the program is stopped; an older schema is brought up to date."""
    session = open_session(context)
    settings, texts = session.settings, session.texts
    place, path = settings.database_place, settings.database_path
    try:
        restored = run_to_end(bring_back(folder, place, path, folder_of, force=force))
    except NoBackup:
        fail(texts("cli.no_backup", folder=folder).unescape())
    except NotEmpty:
        fail(texts("cli.restore_not_empty", name=settings.database_name).unescape())
    except CopyDiffers as wrong:
        fail(texts("cli.copy_differs", table=str(wrong)).unescape())
    except (OSError, sqlite3.Error, DBAPIError) as wrong:
        why = word_os_error(session, wrong) if isinstance(wrong, OSError) else _reason(wrong)
        fail(texts("cli.no_file", name=folder.name, why=why).unescape())
    typer.echo(_word(session, restored))


def _word(session: Session, restored: Restored) -> str:
    chain, last = restored.contents.chain, restored.last_at
    sentence = session.texts(
        "cli.restored",
        name=session.settings.database_name,
        rows=restored.rows,
        files=restored.files,
        plans=restored.contents.rows["plan"],
        people=restored.contents.rows["person"],
        last=f"{last.astimezone(session.settings.timezone):%d/%m/%Y %H:%M}" if last else "-",
    ).unescape()
    if chain.broken is None:
        return sentence
    return f"{sentence}\n{session.texts('cli.restored_broken', line=chain.broken).unescape()}"
