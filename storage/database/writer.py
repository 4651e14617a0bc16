"""A thread that writes to SQLite: each piece of work is done whole, and many share one synced commit."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, Executable
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.database.engine import Work

_T = TypeVar("_T")
_SHARED: Final = 64
"""Pieces that share a commit at most: the first of them waits for the last."""


class Writer:
    """Does what it is given, in that order. `turn` is held while its transaction is open.

    `outer` is only what an AsyncConnection wants to know; all is done on a connection of `engine`, which
    begins no transaction of its own and has no listeners: these cost a tenth of each statement.
    """

    def __init__(self, engine: Engine, outer: AsyncEngine, turn: asyncio.Lock) -> None:
        self._engine, self._outer, self._turn = engine, outer, turn
        self._thread = ThreadPoolExecutor(1, "writer")
        self._pieces: deque[_Piece[Any]] = deque()
        self._busy: asyncio.Task[None] | None = None
        self._closed = False
        self._connection: Connection | None = None

    async def do(self, work: Work[_T]) -> _T:
        """Do a piece of work and commit it; return or raise what it does.

        What it wrote is undone where it raises. Raises OperationalError where the database cannot be written,
        RuntimeError where it is closed.
        """
        if self._closed:
            raise RuntimeError("the database is closed")
        piece = _Piece(work)
        self._pieces.append(piece)
        if self._busy is None:
            self._busy = asyncio.create_task(self._work_off())
        return await piece.ended

    async def close(self) -> None:
        """Finish what has been given; a second time there is nothing to do."""
        self._closed = True
        if self._busy is not None:
            await self._busy
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    async def _work_off(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._pieces:
                async with self._turn:
                    share = [self._pieces.popleft() for _ in range(min(_SHARED, len(self._pieces)))]
                    await loop.run_in_executor(self._thread, self._transact, share)
                for piece in share:
                    piece.tell()
        finally:
            self._busy = None

    def _transact(self, share: "Sequence[_Piece[Any]]") -> None:
        """Do pieces of work in one transaction; where SQLite fails, none of them is done."""
        try:
            connection = self._connection = self._connection or self._engine.connect()
            with connection.begin():
                here = InlineConnection(self._outer, connection)
                here.driver("BEGIN IMMEDIATE")
                for piece in share:
                    piece.do(here)
        except Exception as wrong:  # noqa: BLE001 - SQLite may have undone all by itself: each caller is told
            self._disconnect()
            for piece in share:
                piece.wrong = _as_library_error(wrong)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Piece(Generic[_T]):
    """A piece of work, and how it ended."""

    def __init__(self, work: Work[_T]) -> None:
        self.ended: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self.wrong: Exception | None = None
        self._work = work
        self._context = copy_context()  # so that what is logged in the writer's thread bears its request
        self._result: Any = None

    def do(self, here: "InlineConnection") -> None:
        """Do it within a savepoint. Raises OperationalError; what else is wrong is the caller's alone."""
        sql = here.driver
        sql("SAVEPOINT piece")
        try:
            self._result = self._context.run(_at_once, self._work(here))
        except (OperationalError, sqlite3.Error):
            raise
        except Exception as wrong:  # noqa: BLE001 - it is raised where the work was given
            self.wrong = wrong
            sql("ROLLBACK TO piece")
        sql("RELEASE piece")

    def tell(self) -> None:
        """Tell whoever waits; call it in the loop."""
        if self.ended.done():
            return  # given up
        if self.wrong is not None:
            self.ended.set_exception(self.wrong)
        else:
            self.ended.set_result(self._result)


class InlineConnection(AsyncConnection):
    """A connection whose statements run at once on the calling thread.

    An asyncio driver hands each statement to a thread and waits: that costs ten times as much.
    """

    __slots__ = ("driver",)

    def __init__(self, outer: AsyncEngine, connection: Connection) -> None:
        super().__init__(outer, connection)
        self.driver = connection.connection.cursor().execute
        """Executes one SQL text."""

    async def execute(
        self, statement: Executable, parameters: Any = None, *, execution_options: Any = None
    ) -> CursorResult[Any]:
        """Run a statement and return its result; nothing is awaited."""
        return self._proxied.execute(statement, parameters, execution_options=execution_options)

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, execution_options: Any = None
    ) -> CursorResult[Any]:
        """Run a statement written in SQL and return its result; nothing is awaited."""
        return self._proxied.exec_driver_sql(statement, parameters, execution_options)


def _as_library_error(wrong: Exception) -> Exception:
    """Return an error of the driver as one of the library's: who waits for the database knows that one."""
    return OperationalError("", None, wrong) if isinstance(wrong, sqlite3.Error) else wrong


def _at_once(work: Coroutine[Any, Any, _T]) -> _T:
    """Run what never has to wait. Raises RuntimeError where it waits for something."""
    try:
        work.send(None)
    except StopIteration as ended:
        result: _T = ended.value
        return result
    work.close()
    raise RuntimeError("a transaction waits for something but its database")
