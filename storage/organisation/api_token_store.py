"""The tokens of the API; only hashes are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.api_access import ApiAccess
from storage.database.schema import api_token
from storage.organisation.web_session_store import hash_key

NOTED_EVERY = timedelta(hours=1)
"""How exactly the last use of a token is kept: a program that reads each minute need not write each time."""


@dataclass(frozen=True, slots=True)
class ApiTokenRow:
    """A token as it is kept: what it is good for, until when, and when it was last used (UTC)."""

    access: ApiAccess
    name: str
    made_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None

    def is_good(self, now: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


async def add(
    conn: AsyncConnection,
    token: str,
    name: str,
    access: ApiAccess,
    now: datetime,
    expires_at: datetime | None,
) -> int:
    """Keep a token by its hash, with what it is good for but for the id; return its id."""
    added = await conn.execute(
        insert(api_token)
        .values(
            hash=hash_key(token),
            name=name,
            scopes=" ".join(sorted(access.scopes)),
            unit_ids=write_ids(access.unit_ids),
            plan_ids=write_ids(access.plan_ids),
            person_id=access.person_id,
            made_at=now,
            expires_at=expires_at,
        )
        .returning(api_token.c.id)
    )
    return int(added.scalar_one())


async def find(conn: AsyncConnection, token: str) -> ApiTokenRow | None:
    """Return a token that somebody shows, good or not any more; None where there is none such."""
    row = (await conn.execute(select(api_token).where(api_token.c.hash == hash_key(token)))).one_or_none()
    return _row(row) if row else None


async def listing(conn: AsyncConnection) -> tuple[ApiTokenRow, ...]:
    """Return all tokens that were ever made, the newest first."""
    return tuple(map(_row, await conn.execute(select(api_token).order_by(api_token.c.id.desc()))))


async def revoke(conn: AsyncConnection, token_id: int, now: datetime) -> bool:
    """End a token; return whether there was one that had not been ended."""
    ended = await conn.execute(
        update(api_token)
        .where(api_token.c.id == token_id, api_token.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return ended.rowcount == 1


async def note_use(conn: AsyncConnection, token_id: int, now: datetime) -> None:
    """Note when a token was used, where that was not noted within the hour."""
    noted = api_token.c.used_at
    await conn.execute(
        update(api_token)
        .where(api_token.c.id == token_id, or_(noted.is_(None), noted <= now - NOTED_EVERY))
        .values(used_at=now)
    )


def write_ids(ids: Iterable[int] | None) -> str | None:
    """Return the ids of a bound as they are kept; None: no bound."""
    return None if ids is None else " ".join(map(str, ids))


def read_ids(written: str | None) -> tuple[int, ...] | None:
    """Return the ids that `write_ids` wrote."""
    return None if written is None else tuple(map(int, written.split()))


def _row(row: Row[tuple[object, ...]]) -> ApiTokenRow:
    return ApiTokenRow(
        access=ApiAccess(
            row.id,
            frozenset(row.scopes.split()),
            read_ids(row.unit_ids),
            read_ids(row.plan_ids),
            row.person_id,
        ),
        name=row.name,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_at=row.used_at,
    )
