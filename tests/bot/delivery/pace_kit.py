"""A road of calls under a pace, on a clock that the tests move."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.telegram import RATES
from bot.delivery.pace import Held, Pace


@dataclass(order=True)
class Call:
    at: float
    number: int
    what: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Time:
    """A clock that stands still until everybody waits, then jumps to the next call."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._calls: list[Call] = []
        self._numbers = itertools.count()

    def clock(self) -> float:
        return self.now

    def later(self, delay: float, what: Callable[[], None]) -> Call:
        assert delay >= 0
        call = Call(self.now + delay, next(self._numbers), what)
        heapq.heappush(self._calls, call)
        return call

    async def reach(self, then: float) -> None:
        await settled()
        while self._calls and self._calls[0].at <= then:
            self.strike()
            await settled()
        self.now = max(self.now, then)

    def strike(self) -> None:
        """Make the next call."""
        call = heapq.heappop(self._calls)
        if not call.cancelled:
            self.now = max(self.now, call.at)
            call.what()


async def settled() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


class Road:
    """A pace and what went over it: (seconds since the start, chat), in order."""

    def __init__(self) -> None:
        self.time = Time()
        self.pace = Pace(RATES, clock=self.time.clock, later=self.time.later)
        self.gone: list[tuple[float, str]] = []
        self.sent_back: list[tuple[float, str, float]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, *chats: str, urgent: bool = False) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self._send(chat, urgent)) for chat in chats]
        self._tasks += tasks
        return tasks

    async def _send(self, chat: str, urgent: bool) -> None:
        """Ask for a turn, again when it is worth it where there was none to be had soon."""
        while True:
            try:
                turn = await self.pace.turn(chat, urgent=urgent)
            except Held as held:
                self.sent_back.append((self.time.now - 1000.0, chat, held.seconds))
                again = asyncio.Event()
                self.time.later(held.seconds, again.set)
                await again.wait()
            else:
                turn.answered()
                self.gone.append((self.time.now - 1000.0, chat))
                return

    async def reach(self, seconds: float) -> None:
        await self.time.reach(1000.0 + seconds)

    def when(self, chat: str) -> list[float]:
        return [round(at, 2) for at, to in self.gone if to == chat]

    def all_gone(self) -> bool:
        return all(task.done() for task in self._tasks)


def people(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]
