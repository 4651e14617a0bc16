"""Wrong keys and codes: each after the first few lets the next one wait, longer each time."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.organisation import invite_store

_FREE: Final = 5
"""So many wrong tries within the hour cost no wait."""
_LONGEST_WAIT: Final = 300
"""Seconds."""
_REMEMBERED: Final = timedelta(hours=1)
_CHANNEL: Final = "web"


async def seconds_to_wait(conn: AsyncConnection, guards: Sequence[str], now: datetime) -> int:
    """Return the seconds until the next wrong try may be made; 0: at once.

    `guards` name what the tries are counted by: an address, a key.
    """
    await invite_store.forget_wrong(conn, now - _REMEMBERED)
    return max([await _of_one(conn, guard, now) for guard in guards])


async def note_wrong(conn: AsyncConnection, guards: Sequence[str], now: datetime) -> None:
    """Count a wrong try."""
    for guard in guards:
        await invite_store.note_wrong(conn, _CHANNEL, guard, now)


async def _of_one(conn: AsyncConnection, guard: str, now: datetime) -> int:
    count, last = await invite_store.wrong_tries(conn, _CHANNEL, guard, now - _REMEMBERED)
    if last is None or count < _FREE:
        return 0
    until = last + timedelta(seconds=min(2 ** (count - _FREE), _LONGEST_WAIT))
    return math.ceil((until - now).total_seconds())
