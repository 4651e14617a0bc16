"""Opening a database where the settings say it is, and holding it for one program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from config.database_url import Place
from storage.database.engine import Database
from storage.database.sqlite_database import FileLock, open_sqlite


async def open_database(place: Place) -> Database:
    """Open a database, made and brought up to date where needed. Raises StorageError."""
    if isinstance(place, Path):
        return await open_sqlite(place)
    from storage.database.postgres_database import open_postgres  # its driver is for those who have a server

    return await open_postgres(place)


@asynccontextmanager
async def database_lock(place: Place) -> AsyncIterator[None]:
    """Hold a database for the one program that receives and sends; freed whatever way the holder dies.

    Raises StorageError "in_use" where another program has it, "unwritable" or "away" where it cannot be had.
    """
    if isinstance(place, Path):
        with FileLock(place):
            yield
        return
    from storage.database.postgres_database import server_lock

    async with server_lock(place):
        yield
