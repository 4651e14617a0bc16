"""What a plan says of itself: who issued it, and who compiles it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import plan, unit


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan says of itself, for the head of a report."""

    issuer: str
    coordinator: str
    abbreviation: str | None


async def facts(conn: AsyncConnection, plan_id: int) -> PlanFacts:
    """Return what the head of a report needs of a plan."""
    row = (
        await conn.execute(
            select(plan.c.issuer, unit.c.name, unit.c.abbreviation)
            .outerjoin(unit, unit.c.id == plan.c.coordinator_id)
            .where(plan.c.id == plan_id)
        )
    ).one()
    return PlanFacts(row.issuer or "", row.name or "", row.abbreviation)
