"""The head of the audit, signed each day and kept outside the database: a cut tail or a new chain shows.

The key and the anchors lie beside the database, readable for their own user alone; the last anchor stands in
the database as well, and so in each backup.
"""

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import fact_store
from storage.database.schema import audit

_KEY, _ANCHORS, _FACT = ".audit-key", ".audit-anchors", "audit_anchor"


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many lines the audit had on a day, the hash of the last, and the signature of these."""

    day: str
    count: int
    hash: str
    signature: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How many anchors the audit was compared with, and the first that does not match.

    `forged`: an anchor's own signature is not ours, or the key is gone.
    """

    count: int
    broken: Anchor | None = None
    forged: bool = False


async def anchor(conn: AsyncConnection, database: Path, day: date) -> None:
    """Sign the head of the audit, once a day. Needs a writing transaction."""
    anchors = _read(anchors_of(database))
    if anchors and anchors[-1].day == day.isoformat():
        return
    head = (await conn.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1))).first()
    count, last = (head.id, head.hash) if head else (0, "")
    signed = Anchor(day.isoformat(), count, last, _sign(_make_key(database), day.isoformat(), count, last))
    _append(anchors_of(database), f"{json.dumps(asdict(signed))}\n")
    await fact_store.set_fact(conn, _FACT, json.dumps(asdict(signed)))


async def last_anchor(conn: AsyncConnection) -> Anchor | None:
    """Return the anchor that was signed last; None where none was."""
    stored = await fact_store.get_fact(conn, _FACT)
    return Anchor(**json.loads(stored)) if stored else None


async def has_head(conn: AsyncConnection, count: int, beginning: str) -> bool:
    """Whether the line number `count` of the audit bears a hash that begins so, as a digest told."""
    found = await conn.execute(select(audit.c.hash).where(audit.c.id == count))
    return (found.scalar_one_or_none() or "").startswith(beginning.casefold())


def anchors_of(database: Path) -> Path:
    """Return the file of a database's anchors: `nhacviec.db` has `nhacviec.db.audit-anchors`."""
    return _beside(database, _ANCHORS)


def key_of(database: Path) -> Path:
    """Return the file of the key with which a database's anchors are signed."""
    return _beside(database, _KEY)


async def compare(conn: AsyncConnection, database: Path, copy: Path | None = None) -> Compared:
    """Compare the audit with every anchor that was kept: beside the database, within it, and in `copy`, a
    file of anchors that came with a backup.
    """
    stored = dict.fromkeys((*_read(anchors_of(database)), *(_read(copy) if copy else ())))
    inside = await last_anchor(conn)
    anchors = (*stored, *((inside,) if inside else ()))
    key = key_of(database)
    secret = key.read_text("ascii").strip() if key.exists() else ""
    hashes = {row.id: row.hash for row in await conn.execute(select(audit.c.id, audit.c.hash))}
    for candidate in anchors:
        if not secret or not hmac.compare_digest(
            candidate.signature, _sign(secret, candidate.day, candidate.count, candidate.hash)
        ):
            return Compared(len(stored), candidate, forged=True)
        if hashes.get(candidate.count, "") != candidate.hash:
            return Compared(len(stored), candidate)
    return Compared(len(stored))


def _beside(database: Path, ending: str) -> Path:
    return database.with_name(database.name + ending)


def _read(path: Path) -> tuple[Anchor, ...]:
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return tuple(_anchor(line) for line in lines if line.strip())


def _anchor(line: str) -> Anchor:
    """Read one; what is none counts as one with a wrong signature."""
    try:
        return Anchor(**json.loads(line))
    except (ValueError, TypeError):
        return Anchor("", 0, "", "")


def _make_key(database: Path) -> str:
    path = key_of(database)
    if not path.exists():
        _append(path, secrets.token_hex(32))
    return path.read_text("ascii").strip()


def _append(path: Path, text: str) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "a", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sign(key: str, day: str, count: int, last: str) -> str:
    return hmac.new(key.encode(), f"{day} {count} {last}".encode(), hashlib.sha256).hexdigest()
