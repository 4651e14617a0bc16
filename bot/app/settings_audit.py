"""What an operator has changed since the last start: a line of the audit that bears names, and no value."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection

from config.files import FOLDER
from config.settings import Settings
from storage.common import audit_log, fact_store

_FILES = ("days.toml", "ladder.toml", "units.toml", "texts/vi.toml", "texts/en.toml")
_FACT = "settings"


async def note_settings(
    conn: AsyncConnection, settings: Settings, now: datetime, folder: Path = FOLDER, role: str = "all"
) -> None:
    """Compare the settings, and the operator's files in `folder`, with those of the last start; keep these.

    Of a secret only whether there is one counts: nothing made from it leaves the memory. Programs of
    different roles are compared each with those of their own: their ports differ.
    """
    seen = {**_of_settings(settings), **_of_files(folder)}
    fact = _FACT if role == "all" else f"{_FACT} {role}"
    previous = json.loads(await fact_store.get_fact(conn, fact) or "{}")
    changed = sorted(name for name in seen.keys() | previous.keys() if seen.get(name) != previous.get(name))
    if not changed:
        return
    about = ", ".join(changed) if previous else "first start"
    was = _hash(json.dumps(previous, sort_keys=True)) if previous else None
    written = json.dumps(seen, sort_keys=True)
    await audit_log.note(conn, now, "settings", about, was=was, became=_hash(written))
    await fact_store.set_fact(conn, fact, written)


def _of_settings(settings: Settings) -> Mapping[str, str]:
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {
        f"NHACVIEC_{name.upper()}": "secret" if isinstance(value, SecretStr) else _hash(str(value))
        for name, value in values.items()
    }


def _of_files(folder: Path) -> Mapping[str, str]:
    return {name: _hash((folder / name).read_text(encoding="utf-8")) for name in _FILES}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
