"""Ids that are never given twice: a button on somebody's phone names a row by its id, perhaps for years.

SQLite gives the id of a deleted last row to the next one, unless a table is made with AUTOINCREMENT. Alembic
rebuilds a table without it, so this runs after all migrations and not as one of them. The audit is left out:
its lines are chained by their ids and never deleted.
"""

import re
from collections.abc import Mapping
from typing import Any

from alembic.operations import Operations
from sqlalchemy import Connection

_LEFT_OUT = ("audit", "alembic_version")
_NAMED = re.compile(r"(?P<table>[a-z_]+) (?P<id>\d{1,18})(?!\d)")
"""How the audit names a row: "plan 7", "request 3: 12 units"."""


def highest_ids(conn: Connection) -> dict[str, int]:
    """Return the highest id that each table has ever given, as far as that is known."""
    highest: dict[str, int] = {}
    if _exists(conn, "sqlite_sequence"):
        highest.update(
            (str(name), int(seq)) for name, seq in _rows(conn, "SELECT name, seq FROM sqlite_sequence")
        )
    if _exists(conn, "audit"):  # drafts that were discarded before ids lasted
        for (about,) in _rows(conn, "SELECT about FROM audit"):
            if named := _NAMED.match(str(about)):
                table, id_ = named["table"], int(named["id"])
                highest[table] = max(highest.get(table, 0), id_)
    return highest


def make_ids_lasting(operations: Operations, highest: Mapping[str, int]) -> None:
    """Rebuild each table that could give an id twice, and let each go on above its highest id."""
    conn = operations.get_bind()
    tables = _rows(
        conn, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    for name, sql in tables:
        if name not in _LEFT_OUT and "AUTOINCREMENT" not in str(sql).upper():
            with operations.batch_alter_table(
                str(name), recreate="always", table_kwargs={"sqlite_autoincrement": True}
            ):
                pass
    for name, _ in tables:
        if name not in _LEFT_OUT:
            _go_on_above(conn, str(name), highest.get(str(name), 0))


def _go_on_above(conn: Connection, table: str, highest: int) -> None:
    given = conn.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).scalar()
    if given is None:
        conn.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))
    elif given < highest:
        conn.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (highest, table))


def _exists(conn: Connection, table: str) -> bool:
    rows = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (table,))
    return rows.first() is not None


def _rows(conn: Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in conn.exec_driver_sql(sql)]
