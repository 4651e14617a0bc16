"""Facts that the installation keeps of itself, by name: the bot's name, the address of the pages."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import insert as upsert
from storage.database.schema import fact

_OF_NAME = select(fact.c.value).where(fact.c.name == bindparam("name"))


async def set_fact(conn: AsyncConnection, name: str, value: str) -> None:
    """Store a fact in the place of what it was."""
    await conn.execute(
        upsert(fact)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


async def get_fact(conn: AsyncConnection, name: str) -> str | None:
    """Return a fact; None where it was never stored."""
    return (await conn.execute(_OF_NAME, {"name": name})).scalar_one_or_none()
