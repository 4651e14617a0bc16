"""How fast messages may go out: what a channel allows, with a margin for the way there."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from handlers.common.capabilities import Limit, Rates

_LATEST: Final = 0.25
"""Seconds by which a message may have been late, where its answer has not come."""
_THERE: Final = 2 / 3
"""The part of a delay that is taken to lie on the way there."""
_COMPARED: Final = 100
"""Answers among which the quickest tells how long the way takes when nothing is in it."""
SOON: Final = 15.0
"""Seconds that a nudge waits for its chat; what would have to wait longer is sent back, and makes room."""
_MOMENT, _SEVERAL = 1.0, 3
"""Where so many chats are refused within a moment, the limit of all was meant."""
_NEVER: Final = float("inf")


class Held(Exception):
    """No turn is to be had soon; `seconds` says when it is worth asking again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"held for {seconds:g} s")
        self.seconds = seconds


class Timer(Protocol):
    """What `Later` returns: a call that has not happened yet."""

    def cancel(self) -> None:
        """Forget the call."""


Later = Callable[[float, Callable[[], None]], Timer]


class Turn:
    """A message on its way."""

    __slots__ = ("_answers", "_began", "_clock", "arrived")

    def __init__(self, clock: Callable[[], float], answers: deque[float]) -> None:
        self._clock, self._answers = clock, answers
        self._began = clock()
        self.arrived = self._began + _LATEST
        """When it counts as sent."""

    def answered(self) -> None:
        """Note that its answer is here, whatever it is."""
        took = self._clock() - self._began
        self._answers.append(took)
        self.arrived = self._began + min(_LATEST, (took - min(self._answers)) * _THERE)


class _Window:
    """The last messages under one limit."""

    __slots__ = ("_seconds", "_turns")

    def __init__(self, limit: Limit) -> None:
        self._seconds = limit.seconds
        self._turns: deque[Turn] = deque(maxlen=limit.messages)

    def free_at(self) -> float:
        """Return from when on one more may go."""
        full = len(self._turns) == self._turns.maxlen
        return self._turns[0].arrived + self._seconds if full else 0.0

    def idle_at(self) -> float:
        """Return from when on nothing that was sent counts any more."""
        return self._turns[-1].arrived + self._seconds if self._turns else 0.0

    def used(self, now: float) -> int:
        """Return how many of the last messages count at present."""
        return sum(turn.arrived + self._seconds > now for turn in self._turns)

    def take(self, turn: Turn) -> None:
        self._turns.append(turn)


@dataclass(frozen=True, slots=True, eq=False)
class _WaitingTurn:
    chat: str
    go: asyncio.Future[Turn]


class Pace:
    """Gives turns to send: answers before nudges, then chats that have had less of late, then who came first;
    no chat waits behind another.

    One per bot; to be used within one event loop. A server counts messages when they arrive, so one that was
    late on its way counts as sent so much later: those behind it would crowd it. A timer that is late is
    caught up with as far as the rates allow.

    `clock` counts monotonic seconds from above zero; `later` calls a function after so many seconds.
    """

    def __init__(
        self, rates: Rates, *, clock: Callable[[], float] = time.monotonic, later: Later | None = None
    ) -> None:
        self._rates = rates
        self._clock = clock
        self._later = later or (lambda delay, call: asyncio.get_running_loop().call_later(delay, call))
        self._overall = _Window(rates.overall)
        self._next_at = 0.0
        self._chats: dict[str, _Window] = {}  # the one used last stands last
        self._held: dict[str, float] = {}
        self._all_held = 0.0
        self._refused: deque[tuple[float, str]] = deque(maxlen=_SEVERAL)
        self._answers: deque[float] = deque(maxlen=_COMPARED)
        self._urgent: dict[int, _WaitingTurn] = {}
        self._patient: dict[int, _WaitingTurn] = {}
        self._numbers = itertools.count()
        self._timer: Timer | None = None
        self._due = _NEVER  # when the timer goes off

    async def turn(self, chat: str, *, urgent: bool = False) -> Turn:
        """Wait until a message may go to this chat, and count it as sent. A negative id is a group's.

        Whoever gets the turn says when it was `answered`.

        `urgent` is for answers to people: they go before every nudge that waits, and wait as long as it
        takes. Whoever is cancelled while waiting uses nothing up. Raises Held, where it is not urgent: see
        SOON and `send_back`.
        """
        lane, number = self._urgent if urgent else self._patient, next(self._numbers)
        waiting = lane[number] = _WaitingTurn(chat, asyncio.get_running_loop().create_future())
        self._wake(self._clock())
        try:
            return await waiting.go
        finally:
            lane.pop(number, None)

    def refused(self, chat: str, seconds: float) -> None:
        """Obey a server that wants nothing for so long: to this chat, to all where several were refused."""
        now = self._clock()
        self._refused.append((now, chat))
        if len({chat for at, chat in self._refused if now - at <= _MOMENT}) == _SEVERAL:
            self._all_held = max(self._all_held, now + seconds)
        self._held = {held: until for held, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        self._wake(now)

    def send_back(self, seconds: float = 0.0) -> None:
        """Let all but answers to people leave without a turn."""
        for waiting in self._patient.values():
            _refuse(waiting, seconds)

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
        next_at = self._served(self._urgent, now, _NEVER)
        self._wake(min(next_at, self._served(self._patient, now, SOON)))
        self._forget(now)

    def _served(self, lane: dict[int, _WaitingTurn], now: float, longest: float) -> float:
        """Serve those of one lane whose turn it is; return when the next of them may go.

        Whose chat is not free for longer than `longest` seconds is sent back.
        """
        while True:
            ready, next_at = self._ready(lane, now, longest)
            overall = max(self._all_held, self._next_at, self._overall.free_at())
            if not ready or overall > now:
                return min(next_at, overall) if ready else next_at
            waiting = lane.pop(min(ready)[1])
            waiting.go.set_result(self._take(waiting.chat))

    def _ready(
        self, lane: dict[int, _WaitingTurn], now: float, longest: float
    ) -> tuple[list[tuple[int, int]], float]:
        """Return who may go, as (what their chat has had of late, number), and when the next other may.

        Who has had less goes first: or the last messages of many that go to one chat would come alone.
        """
        ready, next_at = [], _NEVER
        for number, waiting in lane.items():
            if waiting.go.done():  # cancelled or sent back; its task has not run since
                continue
            free_at = self._free_at(waiting.chat)
            if free_at <= now:
                window = self._chats.get(waiting.chat)
                ready.append((window.used(now) if window else 0, number))
            elif free_at - now > longest:
                _refuse(waiting, free_at - now)
            else:
                next_at = min(next_at, free_at)
        return ready, next_at

    def _free_at(self, chat: str) -> float:
        window = self._chats.get(chat)
        return max(window.free_at() if window else 0.0, self._held.get(chat, 0.0))

    def _take(self, chat: str) -> Turn:
        turn, self._next_at = Turn(self._clock, self._answers), self._clock() + self._rates.gap
        window = self._chats.pop(chat, None) or _Window(
            self._rates.group if chat.startswith("-") else self._rates.private
        )
        self._chats[chat] = window
        window.take(turn)
        self._overall.take(turn)
        return turn

    def _forget(self, now: float) -> None:
        """Drop the chats at the front that nothing counts for: memory follows the last minute."""
        while self._chats:
            chat = next(iter(self._chats))
            if self._chats[chat].idle_at() > now:
                return
            del self._chats[chat]


def _refuse(waiting: _WaitingTurn, seconds: float) -> None:
    if not waiting.go.done():
        waiting.go.set_exception(Held(seconds))
