"""Taking words back: how an assignment stands without them, and since when it has been finished."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import FINISHED, State, Unlawful, after, before, still_blocked, word_of
from storage.assignments.approval_store import PENDING_APPROVAL
from storage.assignments.assignment_store import get
from storage.assignments.progress_store import VERDICTS, Progress, find
from storage.database.schema import progress

_p = progress.c


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and how its assignment stands without it.

    `was` is the assignment as it stood before that; it comes into `state`, finished since `finished_on`.
    `former` are the words that count again, if any.
    """

    was: Assignment
    state: State
    blocked: bool
    finished_on: date | None
    former: Progress | None


async def undo(
    conn: AsyncConnection, progress_id: int, person_id: int, since: datetime, zone: tzinfo
) -> Undone | None:
    """Take back what a person said after `since`, if it is the last word on its assignment.

    The assignment itself is not written.

    The words stay on record, marked as taken back; where they had corrected others, those count again.
    `zone` is the office's: days are local. None where it is too late.
    """
    row = (await conn.execute(select(progress).where(_p.id == progress_id))).one_or_none()
    if row is None or row.undone or row.person_id != person_id or row.said_at < since:
        return None
    if row.kind in VERDICTS or await _counts_after(conn, row.assignment_id, progress_id):
        return None
    (about,) = await get(conn, [row.assignment_id])
    try:
        state = before(about.state, row.before_state)
    except Unlawful:
        return None
    await _mark(conn, progress_id, undone=True)
    blocked = row.before_blocked
    if row.amends_id is not None:
        state, blocked = await _as_corrected(conn, about, row)
    day = await finished_day(conn, about.id, zone) if state in FINISHED else None
    former = await find(conn, row.amends_id) if row.amends_id is not None else None
    return Undone(about, state, blocked, day, former)


async def _as_corrected(conn: AsyncConnection, about: Assignment, row: Row[Any]) -> tuple[State, bool]:
    """Let the words that `row` had corrected count again; return how the assignment stands by them.

    Where others were said or decided in between, the correction had begun from where those had led.
    """
    between = await _counts_after(conn, about.id, row.amends_id)
    await _mark(conn, row.amends_id, undone=False)
    if between:
        return row.before_state, row.before_blocked
    old = (await conn.execute(select(progress).where(_p.id == row.amends_id))).one()
    word = "said_part" if old.kind == PENDING_APPROVAL else word_of(old.state, whole=old.duty_id is None)
    state = after(old.before_state, word, confirms=about.confirms) if word else old.before_state
    tells = old.state is not None
    return state, still_blocked(state, was=old.before_blocked, says=old.blocked, tells_state=tells)


async def _counts_after(conn: AsyncConnection, assignment_id: int, progress_id: int) -> bool:
    later = (_p.assignment_id == assignment_id, _p.id > progress_id, ~_p.undone)
    return (await conn.execute(select(_p.id).where(*later).limit(1))).first() is not None


async def _mark(conn: AsyncConnection, progress_id: int, *, undone: bool) -> None:
    await conn.execute(update(progress).where(_p.id == progress_id).values(undone=undone))


async def finished_day(conn: AsyncConnection, assignment_id: int, zone: tzinfo) -> date | None:
    """Return the local day since which an assignment that is finished has been so; None where no word tells.

    A word that corrects another one which finished it as well, and came right after that, changes no day.
    """
    rows = await conn.execute(
        select(_p.id, _p.amends_id, _p.undone, _p.state, _p.before_state, _p.said_at)
        .where(_p.assignment_id == assignment_id)
        .order_by(_p.id.desc())
    )
    corrected: set[int] = set()
    counted: list[Any] = []
    for row in rows:
        if not row.undone or row.id in corrected:
            counted.append(row)
            corrected.add(row.amends_id)
    for row, earlier in zip(counted, [*counted[1:], None], strict=True):
        if row.before_state in FINISHED or (earlier is not None and _repeats(row, earlier)):
            continue
        day: date = row.said_at.astimezone(zone).date()
        return day
    return None


def _repeats(row: Any, earlier: Any) -> bool:
    """Whether a word only corrects the one before it, by which the work was finished already."""
    return bool(row.amends_id == earlier.id) and earlier.state in ("done", "nil")
