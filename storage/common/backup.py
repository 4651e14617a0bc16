"""A consistent copy of a database in use, with what belongs to it: evidence, and the audit's anchors.

The copy is a SQLite file on either engine. It counts once it was opened and compared with its source.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from config.database_url import Place
from storage.common import audit_log
from storage.common.audit_log import ChainVerdict
from storage.common.copy_rows import copy_rows
from storage.common.sealing import ENDING, seal
from storage.database.engine import Database
from storage.database.opening import open_database
from storage.database.schema import metadata
from storage.database.sqlite_database import SqliteDatabase

_UNFINISHED, _TO_SEAL = ".part", ".to-seal-"
_DAY = 86_400.0


class BackupDiffers(Exception):
    """The copy is not what the database holds, or cannot be read; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the rows of each table, and how far the audit's chain is whole."""

    rows: Mapping[str, int]
    chain: ChainVerdict


@dataclass(frozen=True, slots=True)
class Backup:
    """What was backed up: how many rows, and how many files beside the database."""

    rows: int
    files: int


async def back_up(place: Place, folder: Path, *beside: Path, key: str | None = None) -> Backup:
    """Copy a database into a folder, made if need be, and the files and folders that lie `beside` it.

    With a public `key` all of it becomes one sealed file, and nothing else is ever written to the folder.
    The program may run meanwhile: what it writes from here on is not in the copy. Evidence is copied after
    the database that names it. The copy bears its name once all is there and compared. Raises
    FileExistsError where the folder is not empty, BackupDiffers, CopyDiffers, StorageError, OSError,
    sqlite3.Error, DBAPIError; then the folder is empty again.
    """
    await asyncio.to_thread(_make, folder)
    name = place.name if isinstance(place, Path) else "nhacviec.db"
    try:
        if key is not None:
            return await _seal(place, name, folder, beside, key)
        part = folder / f"{name}{_UNFINISHED}"
        rows = await _copy_database(place, part)
        files = sum([await asyncio.to_thread(_copy, path, folder / path.name) for path in beside])
        part.rename(folder / name)
    except BaseException:
        empty(folder)
        raise
    return Backup(rows, files)


async def _seal(place: Place, name: str, folder: Path, beside: Sequence[Path], key: str) -> Backup:
    """Make the copy beside the database, where its data lie already, and seal it into the folder."""
    home, part = place.parent if isinstance(place, Path) else place.folder, folder / f"sealed{_UNFINISHED}"
    await asyncio.to_thread(_clear_away, home, f"{name}{_TO_SEAL}")
    with tempfile.TemporaryDirectory(prefix=f"{name}{_TO_SEAL}", dir=home) as scratch:
        copy = Path(scratch) / name
        rows = await _copy_database(place, copy)
        with for_owner_alone():
            is_whole = await asyncio.to_thread(seal, (copy, *beside), part, key)
        if not is_whole:
            raise BackupDiffers
    part.rename(folder / f"{name}{ENDING}")
    return Backup(rows, sum(map(_count, beside)))


def _clear_away(home: Path, beginning: str) -> None:
    """Remove what a program that was killed left of a copy to be sealed, more than a day ago."""
    for left in home.glob(f"{beginning}*"):
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)


async def _copy_database(place: Place, to: Path) -> int:
    return await (_copy_file(place, to) if isinstance(place, Path) else _copy_server(place, to))


async def contents(conn: AsyncConnection) -> Contents:
    """Count the rows of the tables that are there, and follow the audit's chain."""
    there = set(await conn.run_sync(_tables))
    tables = [table for table in metadata.sorted_tables if table.name in there]
    rows = {
        table.name: (await conn.execute(select(func.count()).select_from(table))).scalar_one()
        for table in tables
    }
    return Contents(rows, await audit_log.verify(conn))


def empty(folder: Path) -> None:
    """Remove what is in a folder."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def for_owner_alone() -> Iterator[None]:
    """Let files that are made within the block be readable for the program's own user alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


async def _copy_server(place: Place, part: Path) -> int:
    """Copy a server's rows to a file; they are compared one by one within one view of the source."""
    with for_owner_alone():
        target = await open_database(part)
    async with _closing(target), _closing(await open_database(place)) as source:
        rows = await copy_rows(source, target, lambda name, count: None)
        await _ask_sound(target)
    return rows


async def _copy_file(path: Path, part: Path) -> int:
    """Copy a file; an older schema stays as it is."""
    async with _closing(SqliteDatabase(path)) as source:
        before = await _read(source)
        await asyncio.to_thread(_vacuum, path, part)
        async with _closing(SqliteDatabase(part)) as copy:
            await _ask_sound(copy)
            copied = await _read(copy)
        if copied != before:
            _ask_between(before, copied, await _read(source))
    return sum(copied.rows.values())


def _ask_between(before: Contents, copied: Contents, after: Contents) -> None:
    """Raise BackupDiffers where a copy cannot be a view of the source between two others.

    Rows come and go meanwhile; the audit only grows, and is broken where it was.
    """
    counts = [each.chain.count for each in (before, copied, after)]
    breaks = {each.chain.broken for each in (before, copied, after)}
    if (
        before == after
        or counts != sorted(counts)
        or len(breaks) > 1
        or copied.rows.keys() != before.rows.keys()
    ):
        raise BackupDiffers


async def _read(database: Database) -> Contents:
    async with database.reading() as conn:
        return await contents(conn)


async def _ask_sound(copy: Database) -> None:
    if not await copy.is_sound():
        raise BackupDiffers


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(folder)


def _vacuum(path: Path, part: Path) -> None:
    with for_owner_alone(), closing(sqlite3.connect(path, timeout=30)) as source:
        source.execute("VACUUM INTO ?", [str(part)])


def _copy(path: Path, to: Path) -> int:
    if not path.exists():
        return 0
    with for_owner_alone():
        if path.is_file():
            shutil.copy2(path, to)
        else:
            shutil.copytree(path, to)
    return _count(to)


def _count(path: Path) -> int:
    """Return how many files there are at a path, or below it."""
    return 1 if path.is_file() else sum(each.is_file() for each in path.rglob("*"))


def _tables(conn: Connection) -> list[str]:
    return inspect(conn).get_table_names()


@asynccontextmanager
async def _closing(database: Database) -> AsyncIterator[Database]:
    try:
        yield database
    finally:
        await database.close()
