"""Updates that the program makes itself: of the sandbox, of people's own pages, of letters."""

from datetime import datetime
from typing import Any

from bot.channels.base import Raw
from handlers.common.conversation import Attachment, Incoming


def parse_own(raw: Raw, channel: str) -> Incoming:
    """Parse such an update. Raises KeyError, TypeError or ValueError on any other."""
    update: Any = raw.payload
    file = update["file"]
    return Incoming(
        channel=channel,
        update_id=raw.update_id,
        chat=raw.chat,
        sender=update.get("sender", raw.chat),
        name=update["name"],
        at=datetime.fromisoformat(update["at"]),
        text=update["text"],
        press=update.get("press"),
        attachment=None if file is None else Attachment(**file),
        withheld=update.get("withheld"),
        thread=update.get("thread", ""),
    )
