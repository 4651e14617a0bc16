"""Wishes for a later date, and what was decided; the original date stays on record."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.assignments import Assignment
from storage.schema import assignment, extension


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for a later date; `granted` is None while nobody has decided."""

    id: int
    assignment_id: int
    asked_by: int
    wanted_on: date
    reason: str
    granted: bool | None


async def ask(
    work: AsyncConnection, about: Assignment, person_id: int, wanted: date, reason: str, now: datetime
) -> int:
    """Keep a wish for a later date beside the original one; return its id."""
    added = await work.execute(
        insert(extension)
        .values(
            assignment_id=about.id,
            asked_by=person_id,
            asked_at=now,
            original_due=about.due_on,
            wanted_on=wanted,
            reason=reason,
        )
        .returning(extension.c.id)
    )
    return int(added.scalar_one())


async def get(work: AsyncConnection, extension_id: int) -> Wish | None:
    """Return a wish for a later date."""
    row = (await work.execute(select(extension).where(extension.c.id == extension_id))).one_or_none()
    return (
        Wish(row.id, row.assignment_id, row.asked_by, row.wanted_on, row.reason or "", row.granted)
        if row
        else None
    )


async def decide(
    work: AsyncConnection,
    one: Wish,
    person_id: int,
    now: datetime,
    next_nudge_on: date | None,
    *,
    granted: bool,
) -> None:
    """Keep the decision; a granted wish moves the due date, the original one stays on record."""
    await work.execute(
        update(extension)
        .where(extension.c.id == one.id)
        .values(granted=granted, decided_by=person_id, decided_at=now)
    )
    if granted:
        await work.execute(
            update(assignment)
            .where(assignment.c.id == one.assignment_id)
            .values(due_on=one.wanted_on, next_nudge_on=next_nudge_on)
        )
