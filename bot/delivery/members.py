"""How many messages of one member are handled: so many within a minute, and beyond that one is told so."""

from collections import deque
from typing import Final, Literal

from handlers.common.capabilities import Limit

OF_MEMBER: Final = Limit(1200, 60.0)
"""Only a script sends more: what a group of a hundred wrote in the hours of an outage comes within it."""

Place = Literal["taken", "told", "passed"]
"""Handled; the first beyond the limit, which is answered that it is not; the others until one is taken."""


class Members:
    """Counts the messages of chats with a seat. Times are monotonic seconds."""

    def __init__(self, limit: Limit = OF_MEMBER) -> None:
        self.limit = limit
        self._chats: dict[tuple[str, str], deque[float]] = {}  # the one that wrote last stands last
        self._told: set[tuple[str, str]] = set()

    def place(self, chat: tuple[str, str], now: float) -> Place:
        """Return what becomes of a message of a chat, and count it where it is taken."""
        self._forget(now)
        times = self._chats.pop(chat, deque(maxlen=self.limit.messages))
        self._chats[chat] = times
        if len(times) == self.limit.messages and times[0] + self.limit.seconds > now:
            told_before = chat in self._told
            self._told.add(chat)
            return "passed" if told_before else "told"
        times.append(now)
        self._told.discard(chat)
        return "taken"

    def _forget(self, now: float) -> None:
        """Drop the chats that have been silent for a while: memory follows the last minute."""
        while self._chats:
            chat = next(iter(self._chats))
            if self._chats[chat][-1] + self.limit.seconds > now:
                return
            del self._chats[chat]
            self._told.discard(chat)
