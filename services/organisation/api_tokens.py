"""Make and revoke tokens by which systems of the province use the API."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.api_access import ApiAccess, ApiScope
from storage.common import audit_log
from storage.organisation import api_token_store

_PREFIX = "nhacviec_"
"""By which scanners of repositories know what leaked."""
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """A token that was made: shown once, and kept only as a hash."""

    id: int
    token: str
    expires_at: datetime | None


async def issue_token(
    conn: AsyncConnection,
    name: str,
    *,
    unit_ids: tuple[int, ...] | None,
    plan_ids: tuple[int, ...] | None,
    lasts: timedelta | None,
    now: datetime,
    person_id: int | None = None,
) -> Issued:
    """Make a token that reads what concerns these units and plans; None: all of them.

    With `person_id` it reports as well, in that person's name. `lasts` None: until it is revoked.
    Needs a writing transaction.
    """
    token = f"{_PREFIX}{secrets.token_urlsafe(_BYTES)}"
    scopes: tuple[ApiScope, ...] = ("read", "write") if person_id else ("read",)
    access = ApiAccess(0, frozenset(scopes), unit_ids, plan_ids, person_id)
    expires_at = now + lasts if lasts else None
    token_id = await api_token_store.add(conn, token, name, access, now, expires_at)
    bounds = [f"unit {id_}" for id_ in unit_ids or ()] + [f"plan {id_}" for id_ in plan_ids or ()]
    bounds += [f"writes as person {person_id}"] if person_id else []
    await audit_log.note(conn, now, "api token", f"token {token_id}", became=", ".join(bounds) or "all")
    return Issued(token_id, token, expires_at)


async def revoke_token(conn: AsyncConnection, token_id: int, now: datetime) -> bool:
    """End a token at once; return whether there was one. Needs a writing transaction."""
    is_ended = await api_token_store.revoke(conn, token_id, now)
    if is_ended:
        await audit_log.note(conn, now, "api token revoked", f"token {token_id}")
    return is_ended
