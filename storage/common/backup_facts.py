"""When the installation was last backed up."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import fact_store

LATE = timedelta(hours=30)
"""The age from which a nightly backup is late: a night was missed, and the tries of the morning after."""
_FACT = "backed_up_at"


async def note(conn: AsyncConnection, now: datetime) -> None:
    """Note that a whole backup was made at an aware moment."""
    await fact_store.set_fact(conn, _FACT, now.isoformat())


async def last(conn: AsyncConnection) -> datetime | None:
    """Return when the last backup was made; None where none is known."""
    written = await fact_store.get_fact(conn, _FACT)
    return datetime.fromisoformat(written) if written else None
