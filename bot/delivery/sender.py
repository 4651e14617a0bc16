"""Messages out: cut into parts that the channel takes, each at its turn, none where nothing gets through."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.channels.base import Channel, SendError
from bot.delivery.breaker import Breaker
from bot.delivery.measures import Measures
from bot.delivery.message_parts import parts
from bot.delivery.pace import SOON, Held, Pace, Turn
from handlers.common.conversation import Outgoing

_PATIENCE = 5
"""How often a message that is in hand is refused as too fast, and waits; then it makes room for others."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A channel with its pace and its breaker; `trying` is held by the one that tries after an outage."""

    channel: Channel
    pace: Pace | None
    breaker: Breaker
    trying: asyncio.Lock


async def _count_nothing(_: Channel) -> None:
    """Keep no count."""


class Sender:
    """Sends whole messages through the channels, at the pace that each allows.

    `recovered` is called when a server answers again that did not; `sleep` waits for so many seconds;
    `count` is awaited after each message that a server has taken, or may have.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        paces: Mapping[str, Pace],
        recovered: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        count: Callable[[Channel], Awaitable[None]] = _count_nothing,
        measures: Measures | None = None,
    ) -> None:
        self._count, self._measures = count, measures or Measures()
        self.channels = channels
        self.answered_at: float | None = None
        """time.monotonic() of the last message, or question, that a server dealt with."""
        self._stopping = False
        self._lines = {
            name: _Line(
                channel, paces.get(name), Breaker(name, channel.probe, recovered, sleep), asyncio.Lock()
            )
            for name, channel in channels.items()
        }

    @property
    def down(self) -> frozenset[str]:
        """The channels through which nothing goes at present."""
        return frozenset(name for name, line in self._lines.items() if not line.breaker.closed)

    @property
    def concurrency(self) -> int:
        """How many messages may be under way."""
        return max(line.breaker.concurrency for line in self._lines.values())

    async def deliver(
        self,
        channel: str,
        chat: str,
        message: Outgoing,
        *,
        urgent: bool = False,
        begin: Callable[[], Awaitable[None]] | None = None,
    ) -> str:
        """Send a message, answers to people (`urgent`) before others; return the last part's id.

        `begin` is awaited once, at the message's turn, right before the first part leaves.
        A 429 is waited out here where that is soon over. What has been begun is finished: only the first part
        of a message can be `untried`. Raises SendError.
        """
        line, last, to_begin = self._lines[channel], "", _Once(begin)
        for part in parts(message, line.channel.can(chat).longest_text):
            try:
                last = await self._insist(line, chat, part, to_begin, urgent=urgent or last != "")
            except SendError as refused:
                refused.ambiguous = refused.ambiguous or last != ""  # a part of it is there already
                raise
        return last

    async def probe(self) -> None:
        """Ask the servers something harmless: sending is possible, though nothing is to be sent."""
        for line in self._lines.values():
            if line.breaker.closed:
                try:
                    await line.channel.probe()
                except SendError as refused:
                    self._note(line, refused)
                else:
                    self.answered_at = time.monotonic()

    def send_back(self) -> None:
        """Let nothing begin any more but answers to people; what is under way goes on."""
        self._stopping = True
        for line in self._lines.values():
            _send_back(line)

    def stop(self) -> None:
        """Ask no server any more whether it is well."""
        for line in self._lines.values():
            line.breaker.stop()

    async def _insist(self, line: _Line, chat: str, part: Outgoing, begin: "_Once", *, urgent: bool) -> str:
        for _ in range(_PATIENCE):
            try:
                return await self._send(line, chat, part, begin, urgent=urgent)
            except SendError as refused:
                soon = line.pace is not None and refused.retry_after is not None and not refused.untried
                if not soon or refused.ambiguous or (refused.retry_after or 0) > SOON:
                    raise
        return await self._send(line, chat, part, begin, urgent=urgent)

    async def _send(self, line: _Line, chat: str, part: Outgoing, begin: "_Once", *, urgent: bool) -> str:
        """Send at its turn; after an outage one tries, and the others wait for how that ends."""
        if line.breaker.concurrency > 1:
            return await self._go(line, chat, part, begin, urgent=urgent)
        async with line.trying:
            return await self._go(line, chat, part, begin, urgent=urgent)

    async def _go(self, line: _Line, chat: str, part: Outgoing, begin: "_Once", *, urgent: bool) -> str:
        turn = await self._turn(line, chat, urgent=urgent)
        try:
            await begin()
            sent = await self._measured(line.channel, chat, part)
        except SendError as refused:
            if line.pace is not None and refused.retry_after is not None:
                line.pace.refused(chat, refused.retry_after)
            if refused.ambiguous:
                await self._count(line.channel)
            self._note(line, refused)
            raise
        finally:
            if turn is not None:
                turn.answered()
        self._note(line, None)
        await self._count(line.channel)
        return sent

    async def _measured(self, channel: Channel, chat: str, part: Outgoing) -> str:
        began, taken = time.monotonic(), False
        try:
            sent = await channel.send(chat, part)
            taken = True
        finally:
            self._measures.sent(channel.name, time.monotonic() - began, taken=taken)
        return sent

    async def _turn(self, line: _Line, chat: str, *, urgent: bool) -> Turn | None:
        """Wait for a turn on a line that is well; None where it has no pace. Raises SendError, `untried`."""
        try:
            while True:
                if urgent:
                    await line.breaker.wait_until_closed()
                elif self._stopping or not line.breaker.closed:
                    raise SendError("held", untried=True)
                turn = await line.pace.turn(chat, urgent=urgent) if line.pace is not None else None
                if line.breaker.closed:
                    return turn
        except Held as held:
            raise SendError("held", untried=True, retry_after=held.seconds or None) from None

    def _note(self, line: _Line, refused: SendError | None) -> None:
        """Tell the breaker how a sending ended; where it opens, what waits for a turn leaves."""
        if refused is not None and refused.trouble is not None:
            line.breaker.failed(refused.trouble)
            if not line.breaker.closed:
                _send_back(line)
            return
        line.breaker.answered()
        self.answered_at = time.monotonic()


class _Once:
    """Awaits something the first time that it is called."""

    def __init__(self, call: Callable[[], Awaitable[None]] | None) -> None:
        self._call = call

    async def __call__(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            await call()


def _send_back(line: _Line) -> None:
    if line.pace is not None:
        line.pace.send_back()
