"""What a chat was last shown and asked: items by number, choices by label, an open question."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database.dialect import insert
from storage.database.schema import dialog

_STANDS = select(dialog).where(dialog.c.channel == bindparam("channel"), dialog.c.chat == bindparam("chat"))
_ADD = insert(dialog)
_CHANGED = ("topic", "about", "numbered", "choices", "expires_at")
_SAVE = _ADD.on_conflict_do_update(
    index_elements=["channel", "chat"], set_={name: _ADD.excluded[name] for name in _CHANGED}
)


@dataclass(frozen=True, slots=True)
class Dialog:
    """`items` are assignment ids in the order of their numbers; `choices` give data by folded label.

    `topic` names an open question ("" for none) and `about` what it is about; it expires at `expires_at`.
    """

    items: tuple[int, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)
    topic: str = ""
    about: str = ""
    expires_at: datetime | None = None


async def load(conn: AsyncConnection, channel: str, chat: str, now: datetime) -> Dialog:
    """Return where a chat stands; an expired question is none."""
    row = (await conn.execute(_STANDS, {"channel": channel, "chat": chat})).one_or_none()
    if row is None:
        return Dialog()
    open_ = row.expires_at is not None and row.expires_at > now
    return Dialog(
        items=tuple(json.loads(row.numbered or "[]")),
        choices=json.loads(row.choices or "{}"),
        topic=(row.topic or "") if open_ else "",
        about=(row.about or "") if open_ else "",
        expires_at=row.expires_at if open_ else None,
    )


async def save(conn: AsyncConnection, channel: str, chat: str, now: Dialog) -> None:
    """Replace where a chat stands."""
    values = {
        "channel": channel,
        "chat": chat,
        "topic": now.topic,
        "about": now.about,
        "numbered": json.dumps(now.items),
        "choices": json.dumps(now.choices, ensure_ascii=False),
        "expires_at": now.expires_at,
    }
    await conn.execute(_SAVE, values)
