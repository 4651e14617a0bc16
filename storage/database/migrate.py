"""Bringing a database file up to the schema that this program knows."""

import sqlite3
from contextlib import closing
from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerSchema(sqlite3.DatabaseError):
    """The file was written by a newer version of the program."""


def bring_up_to_date(path: Path) -> None:
    """Create the file or migrate it, in one transaction; nothing is done where it is current.

    Raises sqlite3.DatabaseError on a damaged or newer file, OSError where it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    known = sorted(p.name.split("_")[0] for p in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    current = _version(path)
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise NewerSchema(f"the file is of a newer version ({current})")
    _upgrade(path)
    with closing(sqlite3.connect(path, timeout=5)) as file:  # alone with it: later another may hold a lock
        file.execute("PRAGMA journal_mode=WAL")


def _version(path: Path) -> str | None:
    with closing(sqlite3.connect(path, timeout=5)) as file:
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            return None
        row = file.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


def _upgrade(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{path}".replace("%", "%%"))
    command.upgrade(config, "head")
