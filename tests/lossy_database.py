"""A database whose server goes away at one moment: before a call has an effect, or after it was committed."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.engine import Database, Work

_T = TypeVar("_T")
Moment = Literal["before", "after"]
"""`after`: the work is committed, and its answer is lost."""


@dataclass
class LossyDatabase(Database):
    """Another database, of whose calls number `strikes` fails; a reader's never fails `after`."""

    inner: Database
    strikes: int = -1
    moment: Moment = "before"
    calls: int = 0

    def __post_init__(self) -> None:
        self.path = self.inner.path

    def fail(self, call: int, moment: Moment) -> None:
        """Let a call from now on fail: 0 is the next."""
        self.strikes, self.moment = self.calls + call, moment

    def mend(self) -> bool:
        """Let no call fail any more; return whether the one that was to fail has come."""
        reached, self.strikes = self.calls > self.strikes, -1
        return reached

    async def write(self, work: Work[_T]) -> _T:
        is_struck = self._count()
        done = await self.inner.write(work)
        if is_struck:
            raise _gone()
        return done

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        is_struck = self._count()
        async with self.inner.writing() as conn:
            yield conn
        if is_struck:
            raise _gone()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        self._count()
        async with self.inner.reading() as conn:
            yield conn

    async def is_sound(self) -> bool | None:
        return await self.inner.is_sound()

    async def forget_frames(self) -> bool:
        return await self.inner.forget_frames()

    async def close(self) -> None:
        await self.inner.close()

    def _count(self) -> bool:
        """Count a call; return whether its answer is to be lost. Raises OperationalError where it fails."""
        number, self.calls = self.calls, self.calls + 1
        if number != self.strikes:
            return False
        if self.moment == "before":
            raise _gone()
        return True


def _gone() -> OperationalError:
    return OperationalError("", None, sqlite3.OperationalError("the server is away"))
