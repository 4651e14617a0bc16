"""nhacviec backup and restore: a copy of all that the installation keeps, but for its keys, and back."""

import sqlite3
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import Session, fail, open_session, opened, read_file, run_to_end, word_os_error
from services.organisation.resume_restored import Resumed, resume_restored
from storage.assignments.evidence_files import folder_of
from storage.common import backup_facts
from storage.common.audit_anchors import anchors_of
from storage.common.backup import Backup, BackupDiffers, back_up
from storage.common.copy_rows import CopyDiffers, NotEmpty
from storage.common.restore import NoBackup, Restored, Sealed
from storage.common.restore import restore as bring_back
from storage.common.sealing import BadKey, NotOpened, new_key


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
    made = await back_up(place, folder, anchors_of(path), folder_of(path), key=session.settings.backup_key)
    async with opened(session) as (database, _), database.writing() as conn:
        await backup_facts.note(conn, session.clock.now())
    return made


def backup_key(context: typer.Context, file: Path) -> None:
    """Make a pair of keys: the secret one goes to a new file, the public one is the setting."""
    session = open_session(context)
    secret, public = new_key()
    try:
        with file.open("x", encoding="ascii") as new:
            file.chmod(0o600)
            new.write(f"# public key: {public}\n{secret}\n")
    except OSError as wrong:
        fail(session.texts("cli.no_file", name=file.name, why=word_os_error(session, wrong)).unescape())
    typer.echo(session.texts("cli.backup_key_made", file=file, key=public).unescape())


def restore(
    context: typer.Context,
    folder: Path,
    force: Annotated[bool, typer.Option("--force")] = False,
    key: Annotated[Path | None, typer.Option("--key", metavar="FILE")] = None,
    nothing_lost: Annotated[bool, typer.Option("--nothing-lost")] = False,
) -> None:
    """Bring a backup back while the program is stopped; an older schema is brought up to date."""
    session = open_session(context)
    texts = session.texts
    secret = read_file(key, session).decode("utf-8", "replace") if key else None
    try:
        restored, resumed = run_to_end(_bring_back(session, folder, secret, force, nothing_lost))
    except NoBackup:
        fail(texts("cli.no_backup", folder=folder).unescape())
    except Sealed:
        fail(texts("cli.backup_sealed", folder=folder).unescape())
    except BadKey:
        fail(texts("cli.backup_bad_key", name=key).unescape())
    except NotOpened:
        fail(texts("cli.backup_not_opened", folder=folder).unescape())
    except NotEmpty:
        fail(texts("cli.restore_not_empty", name=session.settings.database_name).unescape())
    except CopyDiffers as wrong:
        fail(texts("cli.copy_differs", table=str(wrong)).unescape())
    except (OSError, sqlite3.Error, DBAPIError) as wrong:
        why = word_os_error(session, wrong) if isinstance(wrong, OSError) else _reason(wrong)
        fail(texts("cli.no_file", name=folder.name, why=why).unescape())
    typer.echo(_word(session, restored))
    outcome = "cli.restored_nothing_lost" if nothing_lost else "cli.restored_lost"
    typer.echo(texts(outcome, told=resumed.told, ended=resumed.ended).unescape())


async def _bring_back(
    session: Session, folder: Path, secret: str | None, force: bool, nothing_lost: bool
) -> tuple[Restored, Resumed]:
    settings, done = session.settings, []

    async def mend(conn: AsyncConnection, restored: Restored) -> None:
        chain, until = restored.contents.chain, restored.last_at
        now, today = session.clock.now(), session.today
        done.append(
            await resume_restored(conn, chain, until, now=now, today=today, nothing_lost=nothing_lost)
        )

    place, path = settings.database_place, settings.database_path
    restored = await bring_back(folder, place, path, folder_of, mend, force=force, secret_key=secret)
    return restored, done[0]


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
