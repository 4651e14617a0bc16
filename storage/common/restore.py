"""Bringing a backup back, into a file or onto a server, while no program runs on it."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from config.database_url import Place
from storage.common import audit_log
from storage.common.audit_anchors import anchors_of
from storage.common.backup import Contents, contents, for_owner_alone
from storage.common.copy_rows import NotEmpty, copy_rows
from storage.common.sealing import ENDING, unseal
from storage.database.engine import Database, StorageError
from storage.database.opening import database_lock, open_database
from storage.database.sqlite_database import SqliteDatabase

_HEADER = b"SQLite format 3\0"
_JOURNALS = ("-wal", "-shm")
Beside = Callable[[Path], Path]
"""Returns the folder of a database's evidence."""


class NoBackup(Exception):
    """A folder holds no backup that was finished."""


class Sealed(Exception):
    """A backup is sealed, and no secret key was given."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back: all it holds, the files beside it, and when its last audit line was written."""

    contents: Contents
    files: int
    last_at: datetime | None

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(self.contents.rows.values())


Mend = Callable[[AsyncConnection, Restored], Awaitable[None]]
"""Changes a restored database before anything else reads it."""


async def restore(
    folder: Path,
    place: Place,
    path: Path,
    beside: Beside,
    mend: Mend,
    *,
    force: bool,
    secret_key: str | None = None,
) -> Restored:
    """Bring a folder's backup back to a database, and its evidence and anchors to where they lie for `path`.

    An older schema is brought up to date first, then `mend` changes what must not go on as if nothing had
    happened. What holds rows is written over with `force` alone; its anchors are then kept beside the new
    ones under the name `.replaced`. A sealed backup is opened with a secret key. Whatever goes wrong before
    the end, the database is as it was. Raises NoBackup, Sealed, BadKey, NotOpened, NotEmpty, CopyDiffers,
    OSError, DBAPIError, StorageError ("in_use" where the program runs).
    """
    found = await asyncio.to_thread(find_backup, folder)
    async with database_lock(place), _opened(found, path, secret_key) as kept:
        return await _bring_back(kept, place, path, beside, mend, force=force)


async def _bring_back(
    kept: Path, place: Place, path: Path, beside: Beside, mend: Mend, *, force: bool
) -> Restored:
    async with _scratch_of(kept, path) as scratch:
        if not force:
            await _ask_empty(place)
        restored = await _read(scratch, kept)
        async with scratch.writing() as conn:
            await mend(conn, restored)
        files = await asyncio.to_thread(_copy_evidence, beside(kept), beside(path))
        if isinstance(place, Path):
            await scratch.close()
            await asyncio.to_thread(_swap, scratch.path, place)
        else:
            await _fill(scratch, place, force=force)
        await asyncio.to_thread(_put_anchors, anchors_of(kept), anchors_of(path))
    return Restored(restored.contents, files + anchors_of(kept).exists(), restored.last_at)


def find_backup(folder: Path) -> Path:
    """Return the one finished database in a folder, or the one sealed file. Raises NoBackup."""
    files = [path for path in folder.glob("*") if path.is_file() and path.suffix != ".part"]
    finished = [path for path in files if path.name.endswith(ENDING) or _begins(path) == _HEADER]
    if len(finished) != 1:
        raise NoBackup(folder)
    return finished[0]


@asynccontextmanager
async def _opened(found: Path, path: Path, secret_key: str | None) -> AsyncIterator[Path]:
    """Give the database of a backup; a sealed one is opened beside the database that it is for."""
    if not found.name.endswith(ENDING):
        yield found
        return
    if secret_key is None:
        raise Sealed(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{path.name}.unsealed-", dir=path.parent) as folder:
        with for_owner_alone():
            await asyncio.to_thread(unseal, found, Path(folder), secret_key)
        yield find_backup(Path(folder))


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_HEADER))


@asynccontextmanager
async def _scratch_of(kept: Path, path: Path) -> AsyncIterator[Database]:
    """Open a copy of a backup, brought up to date, beside the database that it is for."""
    scratch = path.with_name(f"{path.name}.restored")
    await asyncio.to_thread(_remove, scratch)
    try:
        with for_owner_alone():
            await asyncio.to_thread(shutil.copyfile, kept, scratch)
        database = await _open(scratch, kept)
        try:
            yield database
        finally:
            await database.close()
    finally:
        await asyncio.to_thread(_remove, scratch)


async def _open(scratch: Path, kept: Path) -> Database:
    try:
        return await open_database(scratch)
    except StorageError as wrong:
        raise StorageError(wrong.reason, kept) from wrong


async def _ask_empty(place: Place) -> None:
    """Raise NotEmpty where a database holds rows, or something that cannot be read."""
    if isinstance(place, Path) and not place.exists():
        return
    database = SqliteDatabase(place) if isinstance(place, Path) else await open_database(place)
    try:
        async with database.reading() as conn:
            held = [name for name, count in (await contents(conn)).rows.items() if count]
    except DatabaseError as wrong:
        raise NotEmpty(database.path.name) from wrong
    finally:
        await database.close()
    if held:
        raise NotEmpty(held[0])


async def _read(scratch: Database, kept: Path) -> Restored:
    if not await scratch.is_sound():
        raise StorageError("damaged", kept)
    async with scratch.reading() as conn:
        return Restored(await contents(conn), 0, await audit_log.last_at(conn))


async def _fill(scratch: Database, place: Place, *, force: bool) -> None:
    target = await open_database(place)
    try:
        await copy_rows(scratch, target, lambda name, count: None, replace=force)
    finally:
        await target.close()


def _swap(scratch: Path, path: Path) -> None:
    """Put a file in a database's place: a journal that is left over would be played into the new one."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for tail in _JOURNALS:
        path.with_name(path.name + tail).unlink(missing_ok=True)
    scratch.replace(path)


def _remove(scratch: Path) -> None:
    for tail in ("", *_JOURNALS):
        scratch.with_name(scratch.name + tail).unlink(missing_ok=True)


def _copy_evidence(source: Path, evidence: Path) -> int:
    """Copy the files of a backup to those that are there: each bears the hash of what is in it."""
    if not source.is_dir():
        return 0
    with for_owner_alone():
        shutil.copytree(source, evidence, dirs_exist_ok=True)
    return sum(path.is_file() for path in source.rglob("*"))


def _put_anchors(kept: Path, anchors: Path) -> None:
    if anchors.exists():
        anchors.replace(anchors.with_name(f"{anchors.name}.replaced"))
    if kept.exists():
        with for_owner_alone():
            shutil.copyfile(kept, anchors)
