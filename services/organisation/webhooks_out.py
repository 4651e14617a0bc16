"""Keep and revoke addresses of systems that are told of changes, and derive their secrets."""

import base64
import hashlib
import hmac
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.api_access import ApiAccess
from storage.common import audit_log
from storage.organisation import webhook_store

_PREFIX = "whsec_"


async def add_webhook(
    conn: AsyncConnection,
    url: str,
    *,
    unit_ids: tuple[int, ...] | None,
    plan_ids: tuple[int, ...] | None,
    now: datetime,
) -> int:
    """Tell an address of what changes from now on; return its id. Needs a writing transaction."""
    access = ApiAccess(0, frozenset(), unit_ids, plan_ids)
    webhook_id = await webhook_store.add(conn, url, access, now)
    bounds = [f"unit {id_}" for id_ in unit_ids or ()] + [f"plan {id_}" for id_ in plan_ids or ()]
    await audit_log.note(conn, now, "webhook", f"webhook {webhook_id}", became=", ".join(bounds) or "all")
    return webhook_id


async def revoke_webhook(conn: AsyncConnection, webhook_id: int, now: datetime) -> bool:
    """Tell an address nothing more; return whether there was one. Needs a writing transaction."""
    is_ended = await webhook_store.revoke(conn, webhook_id, now)
    if is_ended:
        await audit_log.note(conn, now, "webhook revoked", f"webhook {webhook_id}")
    return is_ended


def secret_of(key: str, webhook_id: int) -> str:
    """Return the secret of an address, made from the installation's key: no table has it."""
    made = hmac.digest(key.encode(), f"webhook:{webhook_id}".encode(), hashlib.sha256)
    return _PREFIX + base64.b64encode(made).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message, as standardwebhooks.com has it."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
