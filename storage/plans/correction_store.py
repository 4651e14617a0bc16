"""The corrections that were made to a plan, draft or live: later versions of its document take them over."""

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.carried_corrections import Made, Subject
from storage.database.schema import correction
from storage.plans.plan_dates import read_dates, write_dates


async def keep(conn: AsyncConnection, plan_id: int, made: Made) -> None:
    """Keep a correction behind those that were made before it."""
    subject = made.subject
    await conn.execute(
        insert(correction).values(
            plan_id=plan_id,
            kind=subject.kind,
            heading=subject.heading,
            text=subject.text,
            nth=subject.nth,
            units="\n".join(subject.units),
            due=write_dates(subject.due),
            verb=made.verb,
            words=made.words,
        )
    )


async def by_id(conn: AsyncConnection, plan_id: int) -> dict[int, Made]:
    """Return the corrections of a plan by their ids, in the order in which they were made."""
    query = select(correction).where(correction.c.plan_id == plan_id).order_by(correction.c.id)
    return {row.id: _made(row) for row in await conn.execute(query)}


async def remove(conn: AsyncConnection, plan_id: int, correction_id: int) -> bool:
    """Let a correction not be made again; False where the plan has no such one."""
    one = (correction.c.plan_id == plan_id, correction.c.id == correction_id)
    return (await conn.execute(delete(correction).where(*one))).rowcount > 0


async def of_plan(conn: AsyncConnection, plan_id: int) -> tuple[Made, ...]:
    """Return the corrections of a plan in the order in which they were made."""
    query = select(correction).where(correction.c.plan_id == plan_id).order_by(correction.c.id)
    return tuple(map(_made, await conn.execute(query)))


def _made(row: Row[tuple[object, ...]]) -> Made:
    units = tuple(row.units.split("\n")) if row.units else ()
    subject = Subject(row.kind, row.heading, row.text, row.nth, units, tuple(read_dates(row.due)))
    return Made(subject, row.verb, row.words)
