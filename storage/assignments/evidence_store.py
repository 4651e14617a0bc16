"""Evidence: files that show what was done. Here is what is known of them; their bytes lie outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import assignment, duty, evidence, unit


@dataclass(frozen=True, slots=True)
class File:
    """A file whose bytes are kept under `sha256`; `size` in bytes. `album` is its set's key, "" for none.

    `acts`: it runs or fetches something when it is opened.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    album: str = ""
    acts: bool = False


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """What a file belongs to: an assignment or a line of it, and what was said with it."""

    assignment_id: int
    duty_id: int | None = None
    progress_id: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of a unit; `duty_id` is the line of its report, None for the assignment as a whole.

    `about` is what that line says. Files with the same `album` were sent as a set.
    """

    id: int
    assignment_id: int
    duty_id: int | None
    unit: str
    name: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime
    album: str
    about: str | None
    acts: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceSender:
    """A unit that sent files for a plan, and how many."""

    unit_id: int
    unit: str
    count: int


async def add(
    conn: AsyncConnection, place: EvidencePlace, file: File, person_id: int, now: datetime
) -> tuple[int, bool]:
    """Put a file beside what it shows; return its id, and whether it was not there already."""
    line = evidence.c.duty_id.is_(None) if place.duty_id is None else evidence.c.duty_id == place.duty_id
    same = (evidence.c.assignment_id == place.assignment_id, line, evidence.c.sha256 == file.sha256)
    existing = (await conn.execute(select(evidence.c.id).where(*same))).scalar()
    if existing is not None:
        return int(existing), False
    added = await conn.execute(
        insert(evidence)
        .values(
            assignment_id=place.assignment_id,
            duty_id=place.duty_id,
            progress_id=place.progress_id,
            person_id=person_id,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            received_at=now,
            album=file.album or None,
            acts=file.acts,
        )
        .returning(evidence.c.id)
    )
    return int(added.scalar_one()), True


async def places_of(conn: AsyncConnection, person_id: int, album: str) -> tuple[EvidencePlace, ...]:
    """Return what the pictures of a set belong to that have come before."""
    of_set = (evidence.c.person_id == person_id, evidence.c.album == album)
    rows = await conn.execute(
        select(evidence.c.assignment_id, evidence.c.duty_id, evidence.c.progress_id).where(*of_set).distinct()
    )
    return tuple(EvidencePlace(row.assignment_id, row.duty_id, row.progress_id) for row in rows)


async def remove(conn: AsyncConnection, evidence_id: int, person_id: int, since: datetime) -> int:
    """Take back a file that a person sent after `since`, with its whole set; return how many files that were.

    Their bytes go when they are swept.
    """
    row = (await conn.execute(select(evidence).where(evidence.c.id == evidence_id))).one_or_none()
    if row is None or row.person_id != person_id or row.received_at < since:
        return 0
    same = evidence.c.album == row.album if row.album else evidence.c.id == evidence_id
    gone = await conn.execute(delete(evidence).where(same, evidence.c.person_id == person_id))
    return gone.rowcount


async def counts(conn: AsyncConnection, ids: Iterable[int]) -> dict[tuple[int, int | None], int]:
    """Return how many files there are of each (assignment, line) of the assignments."""
    rows = await conn.execute(
        select(evidence.c.assignment_id, evidence.c.duty_id, func.count().label("n"))
        .where(evidence.c.assignment_id.in_(list(ids)))
        .group_by(evidence.c.assignment_id, evidence.c.duty_id)
    )
    return {(row.assignment_id, row.duty_id): row.n for row in rows}


async def of(conn: AsyncConnection, ids: Iterable[int]) -> tuple[Evidence, ...]:
    """Return the files of assignments and of their lines, in the order in which they came."""
    return await _found(conn, evidence.c.assignment_id.in_(list(ids)))


async def get(conn: AsyncConnection, ids: Iterable[int]) -> tuple[Evidence, ...]:
    """Return files by id, in the order in which they came; unknown ones are left out."""
    return await _found(conn, evidence.c.id.in_(list(ids)))


async def _found(conn: AsyncConnection, which: ColumnElement[bool]) -> tuple[Evidence, ...]:
    rows = await conn.execute(
        select(evidence, unit.c.name.label("unit"), duty.c.text.label("about"))
        .join(assignment, assignment.c.id == evidence.c.assignment_id)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .outerjoin(duty, duty.c.id == evidence.c.duty_id)
        .where(which)
        .order_by(evidence.c.id)
    )
    return tuple(
        Evidence(
            id=row.id,
            assignment_id=row.assignment_id,
            duty_id=row.duty_id,
            unit=row.unit,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            received_at=row.received_at,
            album=row.album or "",
            about=row.about,
            acts=row.acts,
        )
        for row in rows
    )


async def senders(conn: AsyncConnection, plan_id: int) -> tuple[EvidenceSender, ...]:
    """Return which units sent files for a plan, by name."""
    rows = await conn.execute(
        select(unit.c.id, unit.c.name, func.count().label("n"))
        .join(assignment, assignment.c.unit_id == unit.c.id)
        .join(evidence, evidence.c.assignment_id == assignment.c.id)
        .where(assignment.c.plan_id == plan_id)
        .group_by(unit.c.id, unit.c.name)
        .order_by(unit.c.name)
    )
    return tuple(EvidenceSender(row.id, row.name, row.n) for row in rows)


async def hashes(conn: AsyncConnection) -> frozenset[str]:
    """Return the hashes of all files that are known: whatever else lies in the folder can go."""
    return frozenset((await conn.execute(select(evidence.c.sha256).distinct())).scalars())
