"""What an update says, and when an answer that was refused may be tried again."""

from dataclasses import replace
from typing import Final

import structlog

from bot.channels.base import Channel, Raw, SendError
from bot.delivery.patience import growing
from handlers.common.conversation import Incoming
from handlers.typed_codes import HASH
from storage.common.inbox import Received

_LONGEST_WAIT: Final = 60.0
_log = structlog.get_logger()


def understand(channel: Channel, row: Received) -> Incoming | None:
    """Parse an update; one that cannot be parsed is logged by its id and passed over."""
    try:
        incoming = channel.parse(Raw(row.update_id, row.chat, row.payload))
    except (KeyError, TypeError, ValueError):
        _log.warning("update_not_understood", channel=row.channel, update=row.update_id, exc_info=True)
        return None
    return replace(incoming, code_hash=str(row.payload.get(HASH, ""))) if incoming else None


def until_again(refused: SendError, tries: int) -> float:
    """Return the seconds until an answer is tried again; where the server is away, the sender knows when it
    is back.
    """
    if refused.moved_to is not None or refused.trouble == "away":
        return 0.0
    return refused.retry_after or growing(tries - 1, _LONGEST_WAIT)
