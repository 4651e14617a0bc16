"""The addresses of systems that are told of changes, and up to where each has been told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.api_access import ApiAccess
from storage.common import audit_log
from storage.database.schema import webhook
from storage.organisation.api_token_store import read_ids, write_ids

LEASE = timedelta(seconds=60)
_w = webhook.c


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """An address: within which bounds it is told, up to which line of the audit it has been.

    `attempts` of the next event were in vain, the first `failing_since`. Moments are UTC.
    """

    id: int
    url: str
    access: ApiAccess
    position: int
    attempts: int
    failing_since: datetime | None
    revoked_at: datetime | None


async def add(conn: AsyncConnection, url: str, access: ApiAccess, now: datetime) -> int:
    """Keep an address that is told of what comes from now on; return its id."""
    added = await conn.execute(
        insert(webhook)
        .values(
            url=url,
            unit_ids=write_ids(access.unit_ids),
            plan_ids=write_ids(access.plan_ids),
            made_at=now,
            position=await audit_log.last_id(conn),
        )
        .returning(_w.id)
    )
    return int(added.scalar_one())


async def listing(conn: AsyncConnection) -> tuple[WebhookRow, ...]:
    """Return all addresses that were ever kept, the newest first."""
    return tuple(map(_row, await conn.execute(select(webhook).order_by(_w.id.desc()))))


async def failing(conn: AsyncConnection) -> dict[int, datetime]:
    """Return since when addresses take nothing, by their ids."""
    rows = await conn.execute(
        select(_w.id, _w.failing_since).where(_w.revoked_at.is_(None), _w.failing_since.is_not(None))
    )
    return {row.id: row.failing_since for row in rows}


async def waiting(conn: AsyncConnection, now: datetime) -> tuple[int, ...]:
    """Return the ids of the addresses of which one may be told something now."""
    newest = await audit_log.last_id(conn)
    is_time = or_(_w.not_before.is_(None), _w.not_before <= now)
    behind = (_w.revoked_at.is_(None), _w.position < newest, is_time, _is_free(now))
    rows = await conn.execute(select(_w.id).where(*behind).order_by(_w.id))
    return tuple(rows.scalars())


async def claim(conn: AsyncConnection, webhook_id: int, now: datetime) -> WebhookRow | None:
    """Take an address for a minute, None where another program has it, or it was revoked."""
    claimed = await conn.execute(
        update(webhook)
        .where(_w.id == webhook_id, _w.revoked_at.is_(None), _is_free(now))
        .values(lease_until=now + LEASE)
        .returning(webhook)
    )
    row = claimed.one_or_none()
    return _row(row) if row else None


async def told(conn: AsyncConnection, webhook_id: int, position: int, *, done: bool) -> None:
    """Note that an address has been told all up to a line of the audit; `done`: that it is free again."""
    well = {"position": position, "attempts": 0, "failing_since": None, "not_before": None}
    ended = {"lease_until": None} if done else {}
    await conn.execute(update(webhook).where(_w.id == webhook_id).values({**well, **ended}))


async def failed(conn: AsyncConnection, row: WebhookRow, now: datetime, not_before: datetime) -> None:
    """Note that an address did not take an event; it is tried again from `not_before` on."""
    since = row.failing_since or now
    values = {"attempts": row.attempts + 1, "failing_since": since, "not_before": not_before}
    await conn.execute(update(webhook).where(_w.id == row.id).values({**values, "lease_until": None}))


async def revoke(conn: AsyncConnection, webhook_id: int, now: datetime) -> bool:
    """Tell an address nothing more; return whether there was one that was told."""
    ended = await conn.execute(
        update(webhook).where(_w.id == webhook_id, _w.revoked_at.is_(None)).values(revoked_at=now)
    )
    return ended.rowcount == 1


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Whether no program has an address, or the one that had it has died."""
    return or_(_w.lease_until.is_(None), _w.lease_until <= now)


def _row(row: Row[tuple[object, ...]]) -> WebhookRow:
    return WebhookRow(
        id=row.id,
        url=row.url,
        access=ApiAccess(0, frozenset(), read_ids(row.unit_ids), read_ids(row.plan_ids)),
        position=row.position,
        attempts=row.attempts,
        failing_since=row.failing_since,
        revoked_at=row.revoked_at,
    )
