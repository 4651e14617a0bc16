"""What a database can do, whichever engine keeps it; `storage.database.opening` opens one."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

_T = TypeVar("_T")
Work = Callable[[AsyncConnection], Coroutine[Any, Any, _T]]
"""What is done in a transaction; it awaits the connection that it is given, and nothing else."""


class StorageError(Exception):
    """The database cannot be used.

    `reason` is a key of the catalogue: "damaged", "newer", "unwritable", "away", "untrusted", "rights" or
    "in_use". `path` is the
    file, or for a server what names the database without its password.
    """

    def __init__(self, reason: str, path: Path | str) -> None:
        super().__init__(f"{reason}: {path}")
        self.reason = reason
        self.path = path


class Database(ABC):
    """Many may read at a time; those who write see what was committed before them.

    `write` does a piece of work as a whole; it may be begun anew, so it changes nothing but the database.
    `writing` is for what waits for something else in the midst of its transaction: nobody writes meanwhile.
    """

    path: Path
    """The file; for a server the name beside which evidence and the audit's anchors lie."""

    @abstractmethod
    async def write(self, work: Work[_T]) -> _T:
        """Do a piece of work in a transaction of its own and commit it; return or raise what it does.

        What it wrote is undone where it raises. Raises OperationalError where the database cannot be written
        now, RuntimeError where it is closed.
        """

    async def claim(self, work: Work[_T]) -> _T:
        """Do a piece of work that takes rows for its program, locked as they are read; see `write`.

        What others have locked it passes over, so that it meets nobody. It sees what was committed before
        each of its statements.
        """
        return await self.write(work)

    async def deed(self, work: Work[_T]) -> _T:
        """Do a piece of work that takes many statements and adds to the audit; see `write`.

        The audit is one chain, so that any two of these meet. They go one after the other, whichever program
        does them, where one would have to be begun anew.
        """
        return await self.write(work)

    @abstractmethod
    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """What is written is committed at the end, and undone on any way out but that."""

    @abstractmethod
    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """One unchanging view of the data."""

    @abstractmethod
    async def is_sound(self) -> bool | None:
        """Return whether the data are whole, None where that cannot be looked at from here."""

    @abstractmethod
    async def forget_frames(self) -> bool:
        """Let nothing that was erased stay in logs of the engine's own; return whether that was done."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what is being written and close every connection."""
