"""Databases of every version, on either engine, with a row in each table that the version has."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    insert,
    select,
    text,
)
from sqlalchemy.ext.asyncio import create_async_engine

from config.database_url import Place, ServerDatabase
from storage.database import migrate
from tests.postgres_server import PostgresServer

_T = TypeVar("_T")
VERSIONS = tuple(sorted(path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py")))
HEAD = VERSIONS[-1]
Rows = Mapping[tuple[str, int], Mapping[str, Any]]
"""What stands in a row, by its table and its id."""
_JSON = {"numbered": "[{n}]", "numbers": "[{n}]", "choices": "{{}}", "payload": "{{}}", "event": None}


class OldDatabase(ABC):
    """A database that is brought to one version after another."""

    place: Place

    @abstractmethod
    async def do(self, work: Callable[[Connection], _T]) -> _T:
        """Do something in a transaction."""

    @abstractmethod
    async def upgrade(self, version: str) -> None:
        """Bring it to a version."""


class OldFile(OldDatabase):
    def __init__(self, path: Path) -> None:
        self.place = self._path = path

    async def do(self, work: Callable[[Connection], _T]) -> _T:
        engine = create_engine(f"sqlite:///{self._path}")
        try:
            with engine.begin() as conn:
                return work(conn)
        finally:
            engine.dispose()

    async def upgrade(self, version: str) -> None:
        config = migrate._config()
        config.set_main_option("sqlalchemy.url", f"sqlite:///{self._path}")
        command.upgrade(config, version)


class OldServer(OldDatabase):
    def __init__(self, place: ServerDatabase) -> None:
        self.place = self._place = place

    async def do(self, work: Callable[[Connection], _T]) -> _T:
        engine = create_async_engine(self._place.url)
        try:
            async with engine.begin() as conn:
                return await conn.run_sync(work)
        finally:
            await engine.dispose()

    async def upgrade(self, version: str) -> None:
        config = migrate._config()

        def to(conn: Connection) -> None:
            config.attributes["connection"] = conn
            command.upgrade(config, version)

        await self.do(to)


async def new_database(engine: str, path: Path, server: PostgresServer) -> OldDatabase:
    """Return one with nothing in it, not even tables."""
    return OldFile(path) if engine == "sqlite" else OldServer(await server.new())


def fill(conn: Connection, n: int) -> Rows:
    """Add the row with the id `n` to each table and return it; it refers to those with that id in others."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET LOCAL session_replication_role = replica"))  # in whichever order
    rows: dict[tuple[str, int], Mapping[str, Any]] = {}
    for table in _tables(conn):
        row = {column.name: _value(table, column, n) for column in table.columns}
        conn.execute(insert(table), row)
        rows[table.name, n] = row
    return rows


def rows_of(conn: Connection) -> Rows:
    """Return every row that there is."""
    return {
        (table.name, row.id): dict(row._mapping)
        for table in _tables(conn)
        for row in conn.execute(select(table))
    }


def version_of(conn: Connection) -> str:
    return str(conn.scalar(text("SELECT version_num FROM alembic_version")))


def _tables(conn: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(conn)
    return [table for name, table in sorted(found.tables.items()) if name != "alembic_version"]


def _value(table: Table, column: Any, n: int) -> object:
    """Return something to put into a column, another one for each row; a later reader may parse it."""
    if column.name == "id" or column.foreign_keys:
        return n
    if column.name in _JSON:
        written = _JSON[column.name]
        return written and written.format(n=n)
    kind = column.type
    if isinstance(kind, Boolean):
        return n % 2 == 0
    if isinstance(kind, Integer):
        return n
    if isinstance(kind, DateTime):
        return datetime(2026, 6, 1) + timedelta(minutes=n)  # noqa: DTZ001 - columns keep moments of UTC without a zone
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=n)
    if isinstance(kind, LargeBinary):
        return bytes([n])
    length = getattr(kind, "length", None) or 64
    return f"{n}{column.name} của {table.name}"[:length]
