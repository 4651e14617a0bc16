"""A database on a PostgreSQL server: connections, transactions, and the lock of those who use it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from ssl import SSLCertVerificationError
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from sqlalchemy import TextClause, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from config.database_url import ServerDatabase
from storage.database.engine import Database, StorageError, Work
from storage.database.migrate import NewerSchema, bring_server_up_to_date

_T = TypeVar("_T")
_WITH_OTHERS = text("LOCK TABLE alembic_version IN SHARE MODE")
_ALONE = text("LOCK TABLE alembic_version IN EXCLUSIVE MODE")
"""Taken before a transaction sees anything: those of `write` go side by side, one of `writing` alone."""
_IN_TURN = text("LOCK TABLE fact IN SHARE UPDATE EXCLUSIVE MODE")
"""Taken likewise: one deed at a time, and who reads or writes rows does not mind."""
_ONE_OF_SEVERAL = text("SELECT pg_try_advisory_lock_shared(7203202602)")
_THE_ONLY_ONE = text("SELECT pg_try_advisory_lock(7203202602)")
_TRIES, _PAUSE = 6, 0.01
"""How often a piece that met another is begun anew, and the seconds before the second time; they double."""
_FREE_WITHIN = 30.0
"""Seconds that a transaction waits for one of the connections: longer, and something holds them all up."""
_NO_RIGHT = "42501"
_MET_ANOTHER = frozenset({"40001", "40P01"})
_LOST = frozenset(
    {"08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "53300", "53100", "53200"}
    | {"25P03", "55P03"}
)
"""States of a server that is away, starts, stops, has no room, or waited too long: one may try again."""
HOLDS_UP_FOR: Final = 12
"""Seconds for which a transaction may wait for its program before it is ended."""
_STANDS_STILL = {
    "lock_timeout": "8000",
    "idle_in_transaction_session_timeout": f"{HOLDS_UP_FOR * 1000}",
}
"""Milliseconds. A program that is stopped in the midst of a transaction would hold up the others for ever.

What it waits for is given up first: else it would get that when its locks are taken from it, one by one.
All is over before its duty goes to another (postgres_peers.STANDS_STILL).
"""
_CONNECTIONS: dict[str, Any] = {
    "pool_size": 5,
    "max_overflow": 5,
    "pool_pre_ping": True,
}


class PostgresDatabase(Database):
    """Pieces of work run side by side, each as if it were alone; what met another is begun anew."""

    def __init__(self, place: ServerDatabase) -> None:
        self.path = place.folder / "nhacviec.db"
        connections = {**_CONNECTIONS, "pool_timeout": _FREE_WITHIN}
        self._engine = engine_of(place, connect_args={"server_settings": _STANDS_STILL}, **connections)
        self._serial = self._engine.execution_options(isolation_level="SERIALIZABLE")
        self._readers = engine_of(place, **connections)
        self._frozen = self._readers.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._turn = asyncio.Lock()
        """Held for a deed of this program: a connection for each that waits would leave none."""
        self._closed = False

    async def write(self, work: Work[_T]) -> _T:
        """Do a piece of work and commit it; see Database.write."""
        return await self._do(work, self._serial)

    async def deed(self, work: Work[_T]) -> _T:
        """Do a piece of work while no other program does one of its kind; see Database.deed."""
        async with self._turn:
            return await self._do(work, self._serial, _IN_TURN)

    async def claim(self, work: Work[_T]) -> _T:
        """Take rows; see Database.claim."""
        return await self._do(work, self._engine)

    async def _do(self, work: Work[_T], engine: AsyncEngine, *locks: TextClause) -> _T:
        """Do a piece of work beside others, again where it met one of them, in the end alone."""
        for pause in (_PAUSE * 2**tries for tries in range(_TRIES)):
            self._ask_open()
            try:
                async with _transaction(engine, _WITH_OTHERS, *locks) as conn:
                    return await work(conn)
            except DBAPIError as wrong:
                if _state(wrong) not in _MET_ANOTHER:
                    raise
            await asyncio.sleep(pause)
        async with self.writing() as conn:
            return await work(conn)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Write while nobody else does; see Database.writing."""
        self._ask_open()
        async with _transaction(self._engine, _ALONE) as conn:
            yield conn

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One unchanging view of the data."""
        async with _told_alike(), self._frozen.connect() as conn:
            yield conn

    async def is_sound(self) -> bool | None:
        """Return None: the server looks after its files itself."""
        return None

    async def forget_frames(self) -> bool:
        """Do nothing: a server's log is kept and thinned out by its operator."""
        return True

    async def close(self) -> None:
        """Close every connection."""
        self._closed = True
        await self._engine.dispose()
        await self._readers.dispose()

    def _ask_open(self) -> None:
        if self._closed:
            raise RuntimeError("the database is closed")


@asynccontextmanager
async def _transaction(engine: AsyncEngine, *locks: TextClause) -> AsyncIterator[AsyncConnection]:
    async with _told_alike(), engine.begin() as conn:
        for lock in locks:
            await conn.execute(lock)
        yield conn


@asynccontextmanager
async def _told_alike() -> AsyncIterator[None]:
    """Raise OperationalError where the server is away or has no room, as SQLite does of a full disk."""
    try:
        yield
    except (OSError, NoneFree) as wrong:
        raise OperationalError("", None, wrong) from None
    except OperationalError:
        raise
    except DBAPIError as wrong:
        lost = wrong.connection_invalidated or isinstance(wrong, InterfaceError) or _state(wrong) in _LOST
        if not lost or wrong.orig is None:
            raise
        raise OperationalError("", None, wrong.orig) from None


def _state(wrong: DBAPIError) -> str:
    return str(getattr(wrong.orig, "sqlstate", "") or "")


def _reason(wrong: DBAPIError | OSError) -> str:
    """Return why a server cannot be used, as a key of the catalogue."""
    cause: BaseException | None = wrong
    while cause is not None:
        if isinstance(cause, SSLCertVerificationError):
            return "untrusted"
        cause = cause.__cause__ or cause.__context__
    return "rights" if isinstance(wrong, DBAPIError) and _state(wrong) == _NO_RIGHT else "away"


def engine_of(place: ServerDatabase, **options: Any) -> AsyncEngine:
    """Return an engine; what the address says of TLS (sslmode, sslrootcert ...) is the driver's to read."""
    url = make_url(place.url)
    tls = {name: value for name, value in url.query.items() if name.startswith("ssl")}
    if tls:
        dsn = {"dsn": f"postgresql://?{urlencode(tls, doseq=True)}"}
        options["connect_args"] = options.get("connect_args", {}) | dsn
    return create_async_engine(url.difference_update_query(tls), **options)


async def open_postgres(place: ServerDatabase) -> PostgresDatabase:
    """Open a server's database, its tables made and brought up to date. Raises StorageError."""
    engine = engine_of(place, poolclass=NullPool)
    try:
        async with engine.begin() as conn:
            await conn.run_sync(bring_server_up_to_date)
    except NewerSchema as wrong:
        raise StorageError("newer", place.name) from wrong
    except (DBAPIError, OSError) as wrong:
        raise StorageError(_reason(wrong), place.name) from wrong
    finally:
        await engine.dispose()
    return PostgresDatabase(place)


@asynccontextmanager
async def server_lock(place: ServerDatabase, *, with_others: bool) -> AsyncIterator[None]:
    """Hold a database for a running program, `with_others` of its kind; the server frees it when we end.

    Raises StorageError("in_use") where somebody has it who bears no other, StorageError("away").
    """
    engine = engine_of(place, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engine.dispose)
        try:
            conn = await stack.enter_async_context(engine.connect())
            is_ours = await conn.scalar(_ONE_OF_SEVERAL if with_others else _THE_ONLY_ONE)
        except (DBAPIError, OSError) as wrong:
            raise StorageError(_reason(wrong), place.name) from wrong
        if not is_ours:
            raise StorageError("in_use", place.name)
        yield
