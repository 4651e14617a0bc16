"""Opening a database where the settings say it is, holding it for a program, and its peers on it."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from config.database_url import Place
from storage.database.engine import Database
from storage.database.peers import Alone, Duty, Peers
from storage.database.sqlite_database import FileLock, open_sqlite


async def open_database(place: Place) -> Database:
    """Open a database, made and brought up to date where needed. Raises StorageError."""
    if isinstance(place, Path):
        return await open_sqlite(place)
    from storage.database.postgres_database import open_postgres  # its driver is for those who have a server

    return await open_postgres(place)


@asynccontextmanager
async def database_lock(place: Place, *, with_others: bool = False) -> AsyncIterator[None]:
    """Hold a database for a running program, or for what bears none beside it; freed whatever way we die.

    On a server several may hold it `with_others`. Raises StorageError "in_use" where another program has it,
    "unwritable" or "away" where it cannot be had.
    """
    if isinstance(place, Path):
        with FileLock(place):
            yield
        return
    from storage.database.postgres_database import server_lock

    async with server_lock(place, with_others=with_others):
        yield


def peers_on(place: Place, wanted: Collection[Duty]) -> Peers:
    """Return the place of a program among those on its database, which is fit for some duties."""
    if isinstance(place, Path):
        return Alone()
    from storage.database.postgres_peers import PostgresPeers

    return PostgresPeers(place, wanted)
