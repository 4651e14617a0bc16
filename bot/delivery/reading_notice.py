"""Tells a chat how far the reading of its file has come, as often as its channel can bear it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.channels.base import SendError
from config.texts import Texts
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Outgoing

EVERY = 5.0
"""Seconds before the first word, and between two: a file that is read sooner is answered at once."""
_LAST_WORD = 3.0
"""Seconds for which the answer waits until a notice under way has arrived."""
Send = Callable[[Outgoing], Awaitable[str]]
"""Sends a message to one chat; returns its id. Raises SendError."""


class ReadingNotice:
    """One message about one file, replaced by the next where the channel can, else sent once.

    A notice that is not taken is not tried again: the answer follows.
    """

    def __init__(self, send: Send, can: Capabilities, texts: Texts) -> None:
        self._send, self._can, self._texts = send, can, texts
        self._counts: tuple[int, int] | None = None
        self._sent, self._shown = "", ""

    def note(self, read: int, pages: int) -> None:
        """Take note of how many pages are read, of how many."""
        self._counts = read, pages

    @asynccontextmanager
    async def telling(self) -> AsyncIterator[None]:
        """Tell of what is noted as long as the context is open, and then that it is over."""
        if self._can.progress == "none":
            yield
            return
        over = asyncio.Event()
        telling = asyncio.create_task(self._until(over))
        try:
            yield
        finally:
            over.set()
            await asyncio.wait({telling}, timeout=_LAST_WORD)
            telling.cancel()

    async def _until(self, over: asyncio.Event) -> None:
        while not over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), EVERY)
            if self._counts and not (over.is_set() and not self._sent):
                await self._tell(*self._counts, over=over.is_set())

    async def _tell(self, read: int, pages: int, *, over: bool) -> None:
        if self._sent and self._can.progress != "replaced":
            return
        key = "reading.page" if not over else "reading.done" if read == pages else "reading.stopped"
        text = self._texts(key, page=min(read + 1, pages), pages=pages)
        if text == self._shown:
            return
        with suppress(SendError):
            sent = await self._send(Outgoing(text, is_notice=True, replaces=self._sent))
            self._sent, self._shown = self._sent or sent, text
