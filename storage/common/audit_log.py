"""The audit: who did what, when, from what to what.

The database refuses to change or remove a line (migration 0003), and each line bears the SHA-256 of the line
before it and of itself, so that whoever goes round the database breaks the chain. People, units, plans and
assignments stand in it by number, and nothing that anybody typed: it stays whole when a person is erased.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.schema import audit

_LAST = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
_ADD = insert(audit)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line. `person_id` is None for a stranger, the command line, and the program itself."""

    id: int
    at: datetime
    person_id: int | None
    what: str
    about: str
    was: str | None = None
    became: str | None = None


_FIELDS = tuple(field.name for field in fields(AuditLine))


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """How many lines are whole, the hash of the last of these, and the number of the first that is not."""

    count: int
    last: str
    broken: int | None


def seal(previous: str, line: AuditLine) -> str:
    """Return the hash of a line that follows the one with the hash `previous` ("" for the first).

    SHA-256, in hexadecimal, of `previous`, a line feed, and the line as JSON: keys sorted, no spaces, `at` in
    UTC. This can never be changed: every chain that was ever written is verified by it.
    """
    facts = {
        "id": line.id,
        "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": line.person_id,
        "what": line.what,
        "about": line.about,
        "was": line.was,
        "became": line.became,
    }
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


async def note(
    conn: AsyncConnection,
    now: datetime,
    what: str,
    about: str,
    person_id: int | None = None,
    *,
    was: str | None = None,
    became: str | None = None,
) -> None:
    """Add a line, in the transaction of the deed: writers take turns, so that none can come in between."""
    last = (await conn.execute(_LAST)).first()
    line = AuditLine((last.id if last else 0) + 1, now, person_id, what, about, was, became)
    sealed = {name: getattr(line, name) for name in _FIELDS}
    await conn.execute(_ADD, {**sealed, "hash": seal(last.hash if last else "", line)})


async def verify(conn: AsyncConnection) -> ChainVerdict:
    """Follow the chain from its first line.

    Lines cut off at the end leave no trace in the chain itself: compare the count and the last hash with
    those that were told before.
    """
    count, previous = 0, ""
    async for row in await conn.stream(select(audit).order_by(audit.c.id)):
        if row.id != count + 1 or row.hash != seal(previous, _line(row)):
            return ChainVerdict(count, previous, row.id)
        count, previous = row.id, row.hash
    return ChainVerdict(count, previous, None)


async def listing(conn: AsyncConnection, since: datetime | None = None) -> tuple[AuditLine, ...]:
    """Return the lines from a moment on, or all, the oldest first."""
    query = select(audit).order_by(audit.c.id)
    if since is not None:
        query = query.where(audit.c.at >= since)
    return tuple(map(_line, await conn.execute(query)))


async def after(conn: AsyncConnection, line_id: int, limit: int) -> tuple[AuditLine, ...]:
    """Return up to `limit` lines that follow one, the oldest first."""
    query = select(audit).where(audit.c.id > line_id).order_by(audit.c.id).limit(limit)
    return tuple(map(_line, await conn.execute(query)))


async def last_id(conn: AsyncConnection) -> int:
    """Return the number of the last line; 0 where there is none."""
    last = (await conn.execute(_LAST)).first()
    return last.id if last else 0


async def last_at(conn: AsyncConnection) -> datetime | None:
    """Return when the last line was written; None where there is none."""
    return (await conn.execute(select(audit.c.at).order_by(audit.c.id.desc()).limit(1))).scalar_one_or_none()


def _line(row: Row[tuple[object, ...]]) -> AuditLine:
    return AuditLine(row.id, row.at, row.person_id, row.what, row.about, row.was, row.became)
