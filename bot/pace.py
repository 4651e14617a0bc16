"""How fast messages may go out: what Telegram allows, with a margin for the way there."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many messages within any so many seconds."""

    messages: int
    seconds: float


OVERALL: Final = Limit(3, 0.115)
"""Telegram answers 429 beyond 30 a second. This is 26, at most 27 in any one, and evenly: a network that is
late by a seventh of a second still does not crowd them."""
PRIVATE: Final = Limit(3, 3.0)
"""One a second to a person, three at once: the parts of one answer."""
GROUP: Final = Limit(20, 61.0)
"""Twenty a minute to a group."""

_NEVER: Final = float("inf")


class Timer(Protocol):
    """What `Later` returns: a call that has not happened yet."""

    def cancel(self) -> None:
        """Forget the call."""


Later = Callable[[float, Callable[[], None]], Timer]


class _Window:
    """The times of the last messages under one limit."""

    __slots__ = ("_seconds", "_times")

    def __init__(self, limit: Limit) -> None:
        self._seconds = limit.seconds
        self._times: deque[float] = deque(maxlen=limit.messages)

    def free_at(self) -> float:
        """Return from when on one more may go."""
        full = len(self._times) == self._times.maxlen
        return self._times[0] + self._seconds if full else 0.0

    def idle_at(self) -> float:
        """Return from when on nothing that was sent counts any more."""
        return self._times[-1] + self._seconds if self._times else 0.0

    def take(self, now: float) -> None:
        self._times.append(now)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    chat: str
    go: asyncio.Future[None]


class Pace:
    """Gives turns to send: answers before nudges, then first come first served, no chat behind another.

    One per bot; to be used within one event loop. `clock` counts monotonic seconds from above zero; `later`
    calls a function after so many seconds.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, later: Later | None = None) -> None:
        self._clock = clock
        self._later = later or (lambda delay, call: asyncio.get_running_loop().call_later(delay, call))
        self._overall = _Window(OVERALL)
        self._chats: dict[str, _Window] = {}  # the one used last stands last
        self._held: dict[str, float] = {}
        self._all_held = 0.0
        self._urgent: dict[int, _Waiting] = {}
        self._patient: dict[int, _Waiting] = {}
        self._numbers = itertools.count()
        self._timer: Timer | None = None
        self._due = _NEVER  # when the timer goes off

    async def turn(self, chat: str, *, urgent: bool = False) -> None:
        """Wait until a message may go to this chat, and count it as sent. A negative id is a group's.

        `urgent` is for answers to people: they go before every nudge that waits. Whoever is cancelled while
        waiting uses nothing up.
        """
        lane, number = self._urgent if urgent else self._patient, next(self._numbers)
        waiting = lane[number] = _Waiting(chat, asyncio.get_running_loop().create_future())
        self._wake(self._clock())
        try:
            await waiting.go
        finally:
            lane.pop(number, None)

    def hold(self, chat: str, seconds: float) -> None:
        """Let nothing go to this chat for so long: its server said so."""
        now = self._clock()
        self._held = {held: until for held, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)

    def hold_all(self, seconds: float) -> None:
        """Let nothing go to anybody for so long."""
        self._all_held = max(self._all_held, self._clock() + seconds)

    def remembered(self) -> set[str]:
        """Return the chats that memory is spent on."""
        return self._chats.keys() | self._held.keys()

    def _wake(self, at: float) -> None:
        """See to it that turns are given at this time.

        Never at once: of a thousand callers in one go none could send before the last has called, and the
        turns given meanwhile would all be used together.
        """
        if at >= self._due:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._due = at
        self._timer = self._later(max(0.0, at - self._clock()), self._let_go)

    def _let_go(self) -> None:
        """Give every turn that is free now, and come back when the next one is."""
        now, self._due, self._timer = self._clock(), _NEVER, None
        next_at = self._served(self._urgent, now)
        self._wake(min(next_at, self._served(self._patient, now)))
        self._forget(now)

    def _served(self, lane: dict[int, _Waiting], now: float) -> float:
        """Serve those of one lane whose turn it is; return when the next of them may go."""
        next_at = _NEVER
        for number, waiting in list(lane.items()):
            if waiting.go.done():  # cancelled; its task has not run since
                continue
            overall = max(self._overall.free_at(), self._all_held)
            if overall > now:
                return min(next_at, overall)
            chat = self._free_at(waiting.chat)
            if chat > now:
                next_at = min(next_at, chat)
                continue
            del lane[number]
            self._take(waiting.chat, now)
            waiting.go.set_result(None)
        return next_at

    def _free_at(self, chat: str) -> float:
        window = self._chats.get(chat)
        return max(window.free_at() if window else 0.0, self._held.get(chat, 0.0))

    def _take(self, chat: str, now: float) -> None:
        window = self._chats.pop(chat, None) or _Window(GROUP if chat.startswith("-") else PRIVATE)
        self._chats[chat] = window
        window.take(now)
        self._overall.take(now)

    def _forget(self, now: float) -> None:
        """Drop the chats at the front that nothing counts for: memory follows the last minute."""
        while self._chats:
            chat = next(iter(self._chats))
            if self._chats[chat].idle_at() > now:
                return
            del self._chats[chat]
