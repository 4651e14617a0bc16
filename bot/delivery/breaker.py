"""Whether a channel's server can be reached: while it cannot, nothing is sent but a harmless question."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.channels.base import SendError, Trouble
from bot.delivery.patience import growing

_IN_A_ROW: Final = 5
"""So many failures after another mean that the server is in trouble, not the messages."""
LONGEST_PAUSE: Final = 60.0
MOST_CONCURRENCY: Final = 128
_log = structlog.get_logger()


class Breaker:
    """Watches the sendings of one channel. Closed: all is well. Open: send nothing, it would be wasted.

    name       the channel's
    probe      asks the server something harmless; raises SendError
    recovered  is called when it answers again
    sleep      waits for so many seconds
    """

    def __init__(
        self,
        name: str,
        probe: Callable[[], Awaitable[None]],
        recovered: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.concurrency: int = MOST_CONCURRENCY
        """How many messages may be under way: one after an outage, then twice as many with each answer."""
        self._name, self._probe, self._recovered, self._sleep = name, probe, recovered, sleep
        self._well = asyncio.Event()
        self._well.set()
        self._in_a_row, self._pauses = 0, 0
        self._asking: asyncio.Task[None] | None = None
        self._stopped = False

    @property
    def closed(self) -> bool:
        """Whether messages may go."""
        return self._well.is_set()

    async def wait_until_closed(self) -> None:
        """Wait until messages may go."""
        await self._well.wait()

    def answered(self) -> None:
        """Note that the server dealt with a message, by whatever answer of its own."""
        self._in_a_row, self._pauses = 0, 0
        self.concurrency = min(MOST_CONCURRENCY, 2 * self.concurrency)

    def failed(self, trouble: Trouble) -> None:
        """Note what went wrong on the way; open where the server is away, or this is one of several."""
        self._in_a_row += 1
        if self.closed and (trouble == "away" or self._in_a_row >= _IN_A_ROW):
            self.concurrency = 1
            self._well.clear()
            if not self._stopped:
                self._asking = asyncio.create_task(self._ask())
            _log.warning("channel_down", channel=self._name, why=trouble)

    def stop(self) -> None:
        """Ask no more: the program ends, and what waits goes out after its next start."""
        self._stopped = True
        if self._asking is not None:
            self._asking.cancel()

    async def _ask(self) -> None:
        """Ask ever more rarely until there is an answer.

        That the server answers a question does not mean that it takes messages: until it has taken one, a
        single failure opens again, and the pauses go on growing.
        """
        while not self.closed:
            await self._sleep(growing(self._pauses, LONGEST_PAUSE))
            self._pauses += 1
            if await self._answers():
                self._in_a_row = _IN_A_ROW - 1
                self._well.set()
                _log.info("channel_well", channel=self._name, questions=self._pauses)
        self._recovered()

    async def _answers(self) -> bool:
        try:
            await self._probe()
        except SendError as refused:
            return refused.trouble is None
        except Exception:  # noqa: BLE001 - the one boundary of the asking: it must not end while the line is open
            _log.exception("probe_failed", channel=self._name)
            return False
        return True
