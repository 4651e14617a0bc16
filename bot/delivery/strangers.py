"""How much of the program strangers may use: a few messages a chat, a small share of the pace in all."""

from collections import deque
from typing import Final

from handlers.common.capabilities import Limit

A_CHAT: Final = Limit(6, 60.0)
"""Enough to join: a code, its correction, the consent."""
IN_ALL: Final = Limit(20, 10.0)
"""Two a second, of the thirty that Telegram allows."""


class Strangers:
    """Admits messages of chats without a seat. Beyond the limits they get silence; nothing of it is kept.

    Times are monotonic seconds.
    """

    def __init__(self, of_chat: Limit = A_CHAT, in_all: Limit = IN_ALL) -> None:
        self._of_chat, self._in_all = of_chat, in_all
        self._all: deque[float] = deque(maxlen=in_all.messages)
        self._chats: dict[str, deque[float]] = {}  # the one admitted last stands last

    def admit(self, chat: str, now: float) -> bool:
        """Return whether a message of this chat is handled, and count it if so."""
        self._forget(now)
        times = self._chats.get(chat) or deque(maxlen=self._of_chat.messages)
        if _is_full(self._all, self._in_all, now) or _is_full(times, self._of_chat, now):
            return False
        self._chats.pop(chat, None)
        self._chats[chat] = times
        times.append(now)
        self._all.append(now)
        return True

    def _forget(self, now: float) -> None:
        """Drop the chats for which nothing counts any more: memory follows the last minute."""
        while self._chats:
            chat = next(iter(self._chats))
            if self._chats[chat][-1] + self._of_chat.seconds > now:
                return
            del self._chats[chat]


def _is_full(times: deque[float], limit: Limit, now: float) -> bool:
    return len(times) == limit.messages and times[0] + limit.seconds > now
