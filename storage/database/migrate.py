"""Bringing a database up to the schema that this program knows."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_BY_ONE = text("SELECT pg_advisory_xact_lock(7203202601)")
"""Programs that start together migrate one after another."""


class NewerSchema(sqlite3.DatabaseError):
    """The database was written by a newer version of the program."""


def bring_up_to_date(path: Path) -> None:
    """Create the file or migrate it, in one transaction; nothing is done where it is current.

    Raises sqlite3.DatabaseError on a damaged or newer file, OSError where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if _is_current(_version(path)):
        return
    _upgrade(path)
    with closing(sqlite3.connect(path, timeout=5)) as file:  # alone with it: later another may hold a lock
        file.execute("PRAGMA journal_mode=WAL")


def bring_server_up_to_date(connection: Connection) -> None:
    """Create the tables or migrate them within the caller's transaction. Raises NewerSchema."""
    connection.execute(_BY_ONE)
    if _is_current(_version_on(connection)):
        return
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_current(version: str | None) -> bool:
    known = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    if version is not None and version not in known:
        raise NewerSchema(f"the database is of a newer version ({version})")
    return version == known[-1]


def _version(path: Path) -> str | None:
    with closing(sqlite3.connect(path, timeout=5)) as file:
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            return None
        row = file.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def _version_on(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if version is None else str(version)


def _upgrade(path: Path) -> None:
    from alembic import command

    config = _config()
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}".replace("%", "%%"))
    command.upgrade(config, "head")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
