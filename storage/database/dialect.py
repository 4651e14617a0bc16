"""What the two engines write differently in SQL; everything else is one text for both."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, TableValuedAlias, cast, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

__all__ = ["insert", "numbers_in"]
"""`insert` is an INSERT with ON CONFLICT, which both engines write alike."""


def numbers_in(array: ColumnElement[str | None]) -> tuple[TableValuedAlias, ColumnElement[int]]:
    """Return rows to join, one for each whole number of a JSON array kept as text, and their number."""
    rows = _ElementsOf(array).table_valued("value")
    return rows, cast(rows.c.value, Integer)


class _ElementsOf(GenericFunction[Any]):
    """The elements of a JSON array: a function that each engine has under a name of its own."""

    name = "elements_of"
    inherit_cache = True


@compiles(_ElementsOf, "sqlite")
def _in_sqlite(element: _ElementsOf, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_each({_only(element, compiler, how)})"


@compiles(_ElementsOf, "postgresql")
def _in_postgresql(element: _ElementsOf, compiler: SQLCompiler, **how: Any) -> str:
    return f"jsonb_array_elements_text(CAST({_only(element, compiler, how)} AS jsonb))"


def _only(element: _ElementsOf, compiler: SQLCompiler, how: dict[str, Any]) -> str:
    (array,) = element.clauses
    return compiler.process(array, **how)


async def highest_id(conn: AsyncConnection, table: str) -> int:
    """Return the highest id that a table has ever given, 0 where it gave none."""
    if conn.dialect.name == "sqlite":
        given = await conn.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})
    else:
        given = await conn.scalar(text(f"SELECT last_value FROM {table}_id_seq WHERE is_called"))  # noqa: S608 - a table of ours
    present = await conn.scalar(text(f"SELECT max(id) FROM {table}"))  # noqa: S608 - a table of ours
    return max(int(given or 0), int(present or 0))


async def remove_all_rows(conn: AsyncConnection, tables: Sequence[str]) -> None:
    """Remove every row on a server, the audit's too, within the caller's transaction; ids begin anew.

    A file is replaced as a whole instead.
    """
    await conn.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
    await conn.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY"))
    await conn.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


async def go_on_above(conn: AsyncConnection, table: str, highest: int) -> None:
    """Let a table that has been filled give ids above this one only."""
    facts = {"name": table, "highest": highest}
    if highest == 0:
        return
    if conn.dialect.name != "sqlite":
        await conn.execute(text("SELECT setval(CAST(:name || '_id_seq' AS regclass), :highest)"), facts)
        return
    await conn.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), facts)
    await conn.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :highest)"), facts)
