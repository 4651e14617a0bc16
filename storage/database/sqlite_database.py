"""A database in one SQLite file: connections, transactions, and the lock that one running program holds."""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from storage.database.engine import Database, StorageError, Work
from storage.database.migrate import bring_up_to_date
from storage.database.writer import Writer

_T = TypeVar("_T")

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "secure_delete=ON",
)


_TRIES, _PAUSE = 5, 0.5
"""How often the log is tried to be emptied, and the seconds between."""


class SqliteDatabase(Database):
    """One SQLite file; writers take their turns.

    `write` does a piece of work in a thread, and those who wait for it together share one synced commit.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}", pool_size=4, max_overflow=4)
        self._writers = self._engine.execution_options(begin="IMMEDIATE")
        event.listen(self._engine.sync_engine, "connect", _prepare)
        event.listen(self._engine.sync_engine, "begin", _begin)
        direct = create_engine("sqlite://", creator=partial(_connect, path), poolclass=NullPool)
        self._turn = asyncio.Lock()
        self._writer = Writer(direct, self._engine, self._turn)

    async def write(self, work: Work[_T]) -> _T:
        """Do a piece of work in a transaction of its own; see Writer.do."""
        return await self._writer.do(work)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """What is written is committed at the end, and undone on any way out but that.

        BEGIN IMMEDIATE, because a deferred one that reads and then writes fails at once where another
        process writes, whatever the time-out.
        """
        async with self._turn, self._writers.begin() as conn:
            yield conn

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One unchanging view of the data."""
        async with self._engine.connect() as conn:
            yield conn

    async def is_sound(self) -> bool | None:
        """Look through every page of the file in a thread; cancelled, the look ends at once.

        Returns whether SQLite finds the file whole, None where it could not look: locked, out of reach.
        """
        with closing(sqlite3.connect(self.path, timeout=5, check_same_thread=False)) as file:
            look = asyncio.create_task(asyncio.to_thread(_look_through, file))
            try:
                return await asyncio.shield(look)
            finally:
                file.interrupt()
                await look

    async def forget_frames(self) -> bool:
        """Put what was written into the file and empty the log beside it: what was erased is in neither.

        Return whether it is empty: somebody who reads for long keeps it, and then it is tried again.
        """
        for _ in range(_TRIES):
            if await asyncio.to_thread(_empty_log, self.path):
                return True
            await asyncio.sleep(_PAUSE)
        return False

    async def close(self) -> None:
        """Finish what is being written and close every connection."""
        await self._writer.close()
        await self._engine.dispose()


async def open_sqlite(path: Path) -> SqliteDatabase:
    """Open the file, made and brought up to date where needed. Raises StorageError."""
    try:
        await asyncio.to_thread(bring_up_to_date, path)
    except (sqlite3.DatabaseError, DatabaseError, OSError) as wrong:
        raise StorageError(_reason(path, wrong), path) from wrong
    return SqliteDatabase(path)


def _reason(path: Path, wrong: Exception) -> str:
    message = str(wrong)
    if "not a database" in message or "malformed" in message:
        return "damaged"
    return "newer" if "newer" in message else "unwritable"


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    _prepare(connection)
    return connection


def _look_through(file: sqlite3.Connection) -> bool | None:
    try:
        (verdict,) = file.execute("PRAGMA quick_check").fetchone()
    except sqlite3.OperationalError:
        return None
    except sqlite3.DatabaseError:
        return False
    return bool(verdict == "ok")


def _empty_log(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=2)) as file:
        try:
            (busy, *_) = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy


def _prepare(connection: Any, _entry: ConnectionPoolEntry | None = None) -> None:
    connection.isolation_level = None  # or sqlite3 begins transactions of its own, and only before writes
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


class FileLock:
    """Held by the one program that receives and sends; the system frees it whatever way the holder dies.

    Raises StorageError("unwritable") where its file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w")
        except OSError as wrong:
            raise StorageError("unwritable", path) from wrong

    def __enter__(self) -> "FileLock":
        """Take the lock. Raises StorageError("in_use") where another program has it."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise StorageError("in_use", self.path) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        self._file.close()
