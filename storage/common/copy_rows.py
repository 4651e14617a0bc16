"""Copying all rows from one database to another, of whichever engine, and comparing them row by row."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from sqlalchemy import Row, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import audit_log
from storage.database.dialect import go_on_above, highest_id, remove_all_rows
from storage.database.engine import Database
from storage.database.schema import audit, metadata

_AT_ONCE = 1000
Tell = Callable[[str, int], None]
"""Is told the name of a table that has arrived, and how many rows it has."""


class NotEmpty(Exception):
    """The database that was to be filled has rows of its own; its table is named."""


class CopyDiffers(Exception):
    """What has arrived is not what was sent; the table is named. Nothing was kept."""


async def copy_rows(source: Database, target: Database, tell: Tell, *, replace: bool = False) -> int:
    """Copy everything into a database that has tables and no rows; return how many rows were copied.

    With `replace` the rows of a server's database are removed first. It is one transaction: whatever goes
    wrong, the target stays as it was. The source may be in use: what is written from here on is not in the
    copy. Raises NotEmpty, CopyDiffers, DBAPIError.
    """
    total = 0
    async with source.reading() as there, target.writing() as here:
        if replace:
            await remove_all_rows(here, [table.name for table in metadata.sorted_tables])
        for table in metadata.sorted_tables:
            if (await here.execute(select(table.c.id).limit(1))).first() is not None:
                raise NotEmpty(table.name)
        for table in metadata.sorted_tables:
            count = await _copy(there, here, table)
            total += count
            tell(table.name, count)
        if await audit_log.verify(there) != await audit_log.verify(here):
            raise CopyDiffers(audit.name)
    return total


async def _copy(there: AsyncConnection, here: AsyncConnection, table: Table) -> int:
    count = 0
    async with aclosing(_parts(there, table)) as parts:
        async for rows in parts:
            await here.execute(insert(table), [dict(row._mapping) for row in rows])
            count += len(rows)
    await go_on_above(here, table.name, await highest_id(there, table.name))
    await _compare(there, here, table)
    return count


async def _compare(there: AsyncConnection, here: AsyncConnection, table: Table) -> None:
    async with aclosing(_parts(there, table)) as sent, aclosing(_parts(here, table)) as arrived:
        async for rows in sent:
            if await anext(arrived, None) != rows:
                raise CopyDiffers(table.name)
        if await anext(arrived, None) is not None:
            raise CopyDiffers(table.name)


async def _parts(conn: AsyncConnection, table: Table) -> AsyncGenerator[list[Row[tuple[object, ...]]], None]:
    """Return all rows in the order of their ids, some at a time."""
    last = 0
    query = select(table).order_by(table.c.id).limit(_AT_ONCE)
    while rows := list(await conn.execute(query.where(table.c.id > last))):
        yield rows
        last = rows[-1].id
