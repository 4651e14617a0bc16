"""What waits for a unit's leader: words of the unit that finish something, on record and not counted yet.

They stand in `progress` as the kind PENDING_APPROVAL, and do no more than a word on a part of the work,
until the leader approves them: then they count from when they were said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import State
from storage.database.schema import assignment, progress, unit

PENDING_APPROVAL = "laid"
"""The kind of progress that waits for the unit's leader, or that the leader did not approve."""
_p = progress.c


@dataclass(frozen=True, slots=True)
class PendingWords:
    """Progress that waits for the leader; `duty_id` is the line that they are about. `said_at` is in UTC."""

    id: int
    assignment_id: int
    duty_id: int | None
    person_id: int
    text: str
    said_at: datetime


def _waits() -> ColumnElement[bool]:
    """Whether a row of progress waits: nothing was decided since, and no other state was told.

    A new word on a line ends the waiting of one on a line; not that of a word on the whole report.
    """
    later = progress.alias("later").c
    of_it = or_(later.duty_id.is_(None), _p.duty_id.is_not(None))
    tells_state = and_(later.kind == "said", later.state.is_not(None), of_it)
    ends = exists().where(
        later.assignment_id == _p.assignment_id,
        later.id > _p.id,
        ~later.undone,
        or_(and_(later.kind != "said", later.kind != PENDING_APPROVAL), tells_state),
    )
    return and_(_p.kind == PENDING_APPROVAL, ~_p.undone, ~ends)


def pending_since() -> ScalarSelect[datetime]:
    """Return since when an assignment waits for its unit's leader (UTC), NULL where it does not."""
    of_it = and_(_p.assignment_id == assignment.c.id, _waits())
    return select(func.min(_p.said_at)).where(of_it).correlate(assignment).scalar_subquery()


async def waiting(conn: AsyncConnection, assignment_id: int) -> tuple[PendingWords, ...]:
    """Return the words on an assignment that wait for the leader, the oldest first."""
    rows = await conn.execute(
        select(progress).where(_p.assignment_id == assignment_id, _waits()).order_by(_p.id)
    )
    return tuple(
        PendingWords(row.id, row.assignment_id, row.duty_id, row.person_id, row.text, row.said_at)
        for row in rows
    )


async def assignment_of(conn: AsyncConnection, progress_id: int) -> int | None:
    """Return the assignment of words on record, whether they still wait or not; None where there are none."""
    rows = await conn.execute(select(_p.assignment_id).where(_p.id == progress_id))
    return rows.scalar_one_or_none()


async def hold(conn: AsyncConnection, progress_id: int) -> None:
    """Mark progress as waiting for the unit's leader."""
    await conn.execute(update(progress).where(_p.id == progress_id).values(kind=PENDING_APPROVAL))


async def let_count(conn: AsyncConnection, assignment_id: int, state: State) -> None:
    """Let pending words count: they brought the assignment into `state`, and later words add to it."""
    ids = [words.id for words in await waiting(conn, assignment_id)]
    await conn.execute(update(progress).where(_p.id.in_(ids)).values(kind="said"))
    added = (_p.assignment_id == assignment_id, _p.id > min(ids))
    await conn.execute(update(progress).where(*added).values(before_state=state, before_blocked=False))


async def is_wanted(conn: AsyncConnection, unit_id: int) -> bool:
    """Whether what finishes a unit's work goes to its leader first."""
    return bool((await conn.execute(select(unit.c.approves).where(unit.c.id == unit_id))).scalar_one())


async def want(conn: AsyncConnection, unit_ids: Iterable[int], *, wanted: bool) -> tuple[int, ...]:
    """Set whether units want approval; return the ids of the units that changed."""
    changes = (unit.c.id.in_(list(unit_ids)), unit.c.approves != wanted)
    changed = await conn.execute(update(unit).where(*changes).values(approves=wanted).returning(unit.c.id))
    return tuple(changed.scalars())
