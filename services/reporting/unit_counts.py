"""How many units plans ask, and which of them must be phoned; docs/so-lieu.md states the terms."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.organisation import people_store
from storage.reporting import plan_status, read_models


async def assigned_units(conn: AsyncConnection, plan_id: int) -> int:
    """Return how many units a plan asks for anything, whenever it is due, its own report upward too."""
    return await plan_status.assigned_units(conn, plan_id)


async def units_to_phone(conn: AsyncConnection, plan_ids: Sequence[int], today: date) -> frozenset[int]:
    """Return the ids of units that still owe something in plans, and of which no message reaches anybody."""
    owing = await people_store.owing(conn, plan_ids)
    reached = await read_models.reach(conn, today)
    return frozenset(unit_id for unit_id in owing if not reached.get(unit_id))
