"""What only the database tells: who owes, what waits, what was recorded."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine

from config.database_url import ServerDatabase
from tests.botapi import User
from tests.e2e.kit import Office, Running


def query(office: Office, sql: str, *values: str) -> list[tuple[object, ...]]:
    """Return the rows that a question to an installation's database brings."""
    place = office.place
    if isinstance(place, ServerDatabase):
        return asyncio.run(_query_server(place, sql, values))
    with closing(sqlite3.connect(place)) as connection:
        return connection.execute(sql, values).fetchall()


async def _query_server(place: ServerDatabase, sql: str, values: Sequence[str]) -> list[tuple[object, ...]]:
    """Write the values into the question: those of tests are words and days of their own."""
    for value in values:
        sql = sql.replace("?", f"'{value}'", 1)
    engine = create_async_engine(place.url, poolclass=NullPool)
    async with engine.connect() as connection:
        rows = [tuple(row) for row in await connection.exec_driver_sql(sql)]
    await engine.dispose()
    return rows


def number(office: Office, sql: str, *values: str) -> int:
    """Return the one number that a question brings."""
    ((found,),) = query(office, sql, *values)
    return int(str(found))


def gather(office: Office, of_each: int) -> list[User]:
    """Seat focal points in every unit that owes the report of 15 June."""
    rows = query(
        office,
        "select unit.name from unit where id in"
        " (select unit_id from assignment where due_on = '2026-06-15' and rule_id is not null) order by id",
    )
    names = [str(name) for (name,) in rows for _ in range(of_each)]
    return office.seats({2001 + place: (name, "focal") for place, name in enumerate(names)})


def finishes_the_round(office: Office, crowd: Sequence[User], running: Running, day: str) -> None:
    """Wait until everybody has a message of that day, and nothing waits to be sent."""
    waiting = "select count(*) from outgoing where state in ('pending', 'claimed')"
    made = "select count(distinct person_id) from outgoing where day = ?"
    office.waits_for(
        lambda: (number(office, made, day), number(office, waiting)) == (len(crowd), 0), running, within=60
    )


def unanswered(office: Office) -> int:
    """Return how many messages were received and not answered yet."""
    return number(office, "select count(*) from incoming where answered_at is null")
