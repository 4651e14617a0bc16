"""nhacviec copy: moves a province from one database to another, of whichever engine."""

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr
from pydantic_core import PydanticCustomError
from sqlalchemy.exc import DBAPIError

from bot.cli.command_context import Session, fail, open_session, run_to_end
from config.database_url import checked
from config.settings import Settings
from storage.assignments.evidence_files import folder_of
from storage.common.audit_anchors import anchors_of, key_of
from storage.common.copy_rows import CopyDiffers, NotEmpty, copy_rows
from storage.database.opening import database_lock, open_database


def copy(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option(metavar="URL", envvar="COPY_TO_URL"),
    ],
    to_folder: Annotated[
        Path | None,
        typer.Option(),
    ] = None,
) -> None:
    """Copy the database and what lies beside it to another, empty one, and compare them row by row."""
    session = open_session(context)
    if not session.settings.has_database:
        fail(session.texts("cli.no_database").unescape())
    folder = to_folder or session.settings.data_folder
    change = {"database_url": _address(session, to), "data_folder": folder}
    target = session.settings.model_copy(update=change)
    if target.database_place == session.settings.database_place:
        fail(session.texts("cli.copy_same").unescape())
    try:
        count = run_to_end(_copy(session, target))
    except NotEmpty:
        fail(session.texts("cli.copy_not_empty", name=target.database_name).unescape())
    except CopyDiffers as wrong:
        fail(session.texts("cli.copy_differs", table=str(wrong)).unescape())
    except DBAPIError as wrong:
        fail(session.texts("cli.copy_refused", why=str(wrong.orig)).unescape())
    typer.echo(session.texts("cli.copied", rows=count, name=target.database_name).unescape())


def _address(session: Session, url: str) -> SecretStr:
    try:
        return SecretStr(checked(url))
    except PydanticCustomError:
        fail(f"--to: {session.texts('setting.database').unescape()}")


async def _copy(session: Session, target: Settings) -> int:
    source = session.settings
    async with database_lock(source.database_place), database_lock(target.database_place):
        before = await open_database(source.database_place)
        after = await open_database(target.database_place)
        try:
            count = await copy_rows(before, after, _tell)
        finally:
            await before.close()
            await after.close()
    _copy_beside(source.database_path, target.database_path)
    return count


def _tell(table: str, rows: int) -> None:
    typer.echo(f"{table}: {rows}", err=True)


def _copy_beside(source: Path, target: Path) -> None:
    """Copy evidence, the audit's anchors and their key; what is there already stays."""
    before = os.umask(0o077)
    try:
        for place in (folder_of, anchors_of, key_of):
            here, there = place(source), place(target)
            if here == there or not here.exists() or there.is_file():
                continue
            there.parent.mkdir(parents=True, exist_ok=True)
            if here.is_dir():
                shutil.copytree(here, there, dirs_exist_ok=True)
            else:
                shutil.copy2(here, there)
    finally:
        os.umask(before)
