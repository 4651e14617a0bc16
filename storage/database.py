"""The database file: connections, transactions, and the lock that one running program holds on it."""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.migrating import bring_up_to_date

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")


class StorageError(Exception):
    """The database cannot be used.

    `reason` is a key of the catalogue: "damaged", "newer", "unwritable" or "in_use".
    """

    def __init__(self, reason: str, path: Path) -> None:
        super().__init__(f"{reason}: {path}")
        self.reason = reason
        self.path = path


class _Batch:
    """One transaction of several writers. `committed` ends with its commit, or with what prevented it."""

    def __init__(self, work: AsyncConnection) -> None:
        self.work = work
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.committed.add_done_callback(_looked_at)


def _looked_at(ended: asyncio.Future[None]) -> None:
    """See to it that a failure of which nobody is left to hear is not complained about."""
    if not ended.cancelled():
        ended.exception()


class Database:
    """One SQLite file. Many may read at a time; writers take their turns.

    Writers who wait for their turn at the same time share one synced commit. Each has a savepoint of its own,
    and none goes on before the commit that holds its work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{path}", pool_size=4, max_overflow=4)
        self._writers = self._engine.execution_options(begin="IMMEDIATE")
        self._turn = asyncio.Lock()
        self._batch: _Batch | None = None
        self._committing: asyncio.Task[None] | None = None
        event.listen(self._engine.sync_engine, "connect", _prepare)
        event.listen(self._engine.sync_engine, "begin", _begin)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """What is written is committed at the end, and undone on any way out but that.

        BEGIN IMMEDIATE, because a deferred one that reads and then writes fails at once where another
        process writes, whatever the time-out.
        """
        async with self._turn:
            batch = self._batch or await self._begin()
            try:
                async with batch.work.begin_nested():
                    yield batch.work
            except OperationalError as wrong:
                await self._end(wrong)  # SQLite may have undone the whole transaction by itself
                raise
        await asyncio.shield(batch.committed)

    async def _begin(self) -> _Batch:
        """Begin a transaction; its commit queues up behind the writers who wait by now."""
        work = await self._writers.connect()
        try:
            await work.begin()
        except BaseException:
            await work.close()
            raise
        self._batch = _Batch(work)
        self._committing = asyncio.create_task(self._commit())
        return self._batch

    async def _commit(self) -> None:
        async with self._turn:
            await self._end()

    async def _end(self, wrong: DBAPIError | None = None) -> None:
        """End the transaction, if one is open, and tell all whose work was in it."""
        batch, self._batch = self._batch, None
        if batch is None:
            return
        try:
            await (batch.work.rollback() if wrong else batch.work.commit())
        except DBAPIError as refused:
            wrong = wrong or refused
        except BaseException:
            batch.committed.cancel()
            raise
        finally:
            await batch.work.close()
        if wrong:
            batch.committed.set_exception(wrong)
        else:
            batch.committed.set_result(None)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One unchanging view of the data."""
        async with self._engine.connect() as work:
            yield work

    async def is_sound(self) -> bool:
        """Whether SQLite finds the file whole."""
        async with self.reading() as work:
            return bool((await work.exec_driver_sql("PRAGMA quick_check")).scalar_one() == "ok")

    async def close(self) -> None:
        """Commit what is written and close every connection."""
        async with self._turn:
            await self._end()
        await self._engine.dispose()


async def open_database(path: Path) -> Database:
    """Open the file, made and brought up to date where needed. Raises StorageError."""
    try:
        await asyncio.to_thread(bring_up_to_date, path)
    except (sqlite3.DatabaseError, DatabaseError, OSError) as wrong:
        raise StorageError(_reason(path, wrong), path) from wrong
    return Database(path)


def _reason(path: Path, wrong: Exception) -> str:
    words = str(wrong)
    if "not a database" in words or "malformed" in words:
        return "damaged"
    return "newer" if "newer" in words else "unwritable"


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # or sqlite3 begins transactions of its own, and only before writes
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


class Lock:
    """Held by the one program that receives and sends; the system frees it whatever way the holder dies."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        self._file = self.path.open("w")

    def __enter__(self) -> "Lock":
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
