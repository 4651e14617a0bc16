"""Progress: what units have said, in their own words; nothing is ever written over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Row, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import FINISHED, State
from domain.assignments.plan_following import LastWord
from domain.updates import Update
from storage.assignments.approval_store import PENDING_APPROVAL
from storage.assignments.assignment_store import get
from storage.database.schema import assignment, progress

Verdict = Literal["confirmed", "returned", "approved", "refused"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The kinds of progress that are a coordinator's (or a leader's: the last two), not the unit's own words."""
is_told = ~progress.c.undone & (
    (progress.c.kind == "said") | ((progress.c.kind == PENDING_APPROVAL) & progress.c.duty_id.is_not(None))
)
"""Whether words are told outside the unit: not what finishes its work, before its leader approves; what was
done for one line of a report is."""

_said = and_(*(progress.c.kind != verdict for verdict in VERDICTS), ~progress.c.undone)
_RECORD = insert(progress).returning(progress.c.id)
_LATEST = select(progress).where(
    progress.c.id.in_(
        select(func.max(progress.c.id))
        .where(progress.c.assignment_id.in_(bindparam("ids", expanding=True)), _said)
        .group_by(progress.c.assignment_id, progress.c.duty_id)
    )
)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a unit last said of an assignment, or of one line of it."""

    id: int
    assignment_id: int
    duty_id: int | None
    said_at: datetime
    text: str
    state: str | None
    percent: int | None
    blocked: bool
    documents: tuple[str, ...]
    is_addition: bool
    """Whether it only adds to what was done before, such as the number of a document."""
    is_pending: bool = False
    """Whether it waits for the unit's leader, or was not approved."""


@dataclass(frozen=True, slots=True)
class Before:
    """Progress that was set aside, and the state of its assignment without it."""

    id: int
    state: State
    blocked: bool
    was_pending: bool = False
    """Whether they waited for the unit's leader."""


async def latest(conn: AsyncConnection, ids: Iterable[int]) -> dict[tuple[int, int | None], Progress]:
    """Return the newest progress of each (assignment, line) of the assignments."""
    rows = await conn.execute(_LATEST, {"ids": list(ids)})
    return {(row.assignment_id, row.duty_id): _progress(row) for row in rows}


async def said_at(conn: AsyncConnection, person_id: int, at: datetime) -> tuple[Progress, ...]:
    """Return what a person said at a moment that counts still: the words of one message."""
    of_message = (progress.c.person_id == person_id, progress.c.said_at == at, _said)
    return tuple(
        map(_progress, await conn.execute(select(progress).where(*of_message).order_by(progress.c.id)))
    )


async def last_words(conn: AsyncConnection, ids: Iterable[int]) -> dict[int, LastWord]:
    """Return the last word on each of these assignments that was not taken back, verdicts among them."""
    counting = (progress.c.assignment_id.in_(list(ids)), ~progress.c.undone)
    rows = await conn.execute(select(progress).where(*counting).order_by(progress.c.id))
    return {
        row.assignment_id: LastWord(row.kind, row.state, row.duty_id is not None, row.before_state)
        for row in rows
    }


async def record(
    conn: AsyncConnection,
    about: Assignment,
    duty_id: int | None,
    person_id: int,
    text: str,
    update: Update,
    at: datetime,
    before: Before | None = None,
    *,
    is_pending: bool = False,
) -> int:
    """Insert what a person reported on an assignment or on one of its lines; return the progress's id.

    `at` is when they said it (UTC). `before` is what they correct. `is_pending`: they wait for the leader.
    """
    part, whole = update.done_of or (None, None)
    added = await conn.execute(
        _RECORD,
        {
            "assignment_id": about.id,
            "duty_id": duty_id,
            "kind": PENDING_APPROVAL if is_pending else "said",
            "person_id": person_id,
            "amends_id": before.id if before else None,
            "said_at": at,
            "text": text,
            "state": update.state,
            "percent": update.percent,
            "done_part": part,
            "done_whole": whole,
            "blocked": update.blocked,
            "difficulty": update.difficulty,
            "proposal": update.proposal,
            "documents": "\n".join(update.documents),
            "before_state": before.state if before else about.state,
            "before_blocked": before.blocked if before else about.blocked,
        },
    )
    return int(added.scalar_one())


async def judge(
    conn: AsyncConnection, about: Assignment, person_id: int, kind: Verdict, text: str, now: datetime
) -> int:
    """Insert a coordinator's or leader's verdict and its reason; return the progress's id."""
    added = await conn.execute(
        insert(progress)
        .values(
            assignment_id=about.id,
            person_id=person_id,
            kind=kind,
            said_at=now,
            text=text,
            before_state=about.state,
            before_blocked=about.blocked,
        )
        .returning(progress.c.id)
    )
    return int(added.scalar_one())


async def set_aside(conn: AsyncConnection, progress_id: int) -> Before:
    """Mark progress as undone; return the state of its assignment without it.

    Where something was said or decided since, that is how it stands now.
    """
    row = (await conn.execute(select(progress).where(progress.c.id == progress_id))).one()
    await conn.execute(update(progress).where(progress.c.id == progress_id).values(undone=True))
    later = (progress.c.assignment_id == row.assignment_id, progress.c.id > progress_id, ~progress.c.undone)
    if (await conn.execute(select(progress.c.id).where(*later).limit(1))).first() is None:
        return Before(progress_id, row.before_state, row.before_blocked, row.kind == PENDING_APPROVAL)
    (about,) = await get(conn, [row.assignment_id])
    return Before(progress_id, about.state, about.blocked)


async def find(conn: AsyncConnection, progress_id: int) -> Progress | None:
    """Return a unit's progress that was not undone, by its id; None where there is none."""
    row = (await conn.execute(select(progress).where(progress.c.id == progress_id, _said))).one_or_none()
    return _progress(row) if row else None


async def before_report(conn: AsyncConnection, report: Assignment, duty_id: int) -> str | None:
    """Return what the unit last said of a duty in another report than this one, due before it."""
    rows = await conn.execute(
        select(progress.c.text)
        .join(assignment, assignment.c.id == progress.c.assignment_id)
        .where(assignment.c.unit_id == report.unit_id, assignment.c.due_on < report.due_on)
        .where(progress.c.duty_id == duty_id, _said)
        .order_by(assignment.c.due_on.desc(), progress.c.id.desc())
        .limit(1)
    )
    text: str | None = rows.scalar()
    return text


async def newest_id(conn: AsyncConnection) -> int:
    """Return the id of what was recorded last; 0 where nothing was."""
    return int((await conn.execute(select(func.max(progress.c.id)))).scalar() or 0)


async def since(
    conn: AsyncConnection, progress_id: int, person_id: int
) -> tuple[tuple[int, int, int | None], ...]:
    """Return (id, assignment, line) of what a person has said after another progress, and still counts."""
    later = (progress.c.id > progress_id, progress.c.person_id == person_id, _said)
    rows = await conn.execute(
        select(progress.c.id, progress.c.assignment_id, progress.c.duty_id)
        .where(*later)
        .order_by(progress.c.id)
    )
    return tuple((row.id, row.assignment_id, row.duty_id) for row in rows)


async def recent(conn: AsyncConnection, person_id: int, at: datetime) -> tuple[tuple[int, int | None], ...]:
    """Return (assignment, line) of what a person has spoken of since `at`, the latest first."""
    of_person = (progress.c.person_id == person_id, progress.c.said_at >= at, _said)
    rows = await conn.execute(
        select(progress.c.assignment_id, progress.c.duty_id).where(*of_person).order_by(progress.c.id.desc())
    )
    return tuple(dict.fromkeys((row.assignment_id, row.duty_id) for row in rows))


def _progress(row: Row[tuple[object, ...]]) -> Progress:
    return Progress(
        id=row.id,
        assignment_id=row.assignment_id,
        duty_id=row.duty_id,
        said_at=row.said_at,
        text=row.text,
        state=row.state,
        percent=row.percent,
        blocked=row.blocked,
        documents=tuple(filter(None, row.documents.split("\n"))),
        is_addition=row.before_state in FINISHED and row.state in (None, "done", "nil"),
        is_pending=row.kind == PENDING_APPROVAL,
    )
