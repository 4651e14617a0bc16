"""Who did what, when; people stand in it by number."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import audit, fact


async def note(
    work: AsyncConnection, now: datetime, what: str, about: str, person_id: int | None = None
) -> None:
    """Add a line, in the transaction of the deed."""
    await work.execute(insert(audit).values(at=now, what=what, about=about, person_id=person_id))


async def remember(work: AsyncConnection, name: str, value: str) -> None:
    """Keep a fact about the installation, such as the bot's name."""
    await work.execute(
        upsert(fact)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


async def recall(work: AsyncConnection, name: str) -> str | None:
    """Return a fact that was kept."""
    return (await work.execute(select(fact.c.value).where(fact.c.name == name))).scalar_one_or_none()
