"""The queue of updates: kept until confirmed by a higher offset, handed out by long polling to one caller."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any, Final

from tests.botapi.errors import Refused, Unanswered

CONFLICT: Final = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
MAX_BATCH: Final = 100


class Poll:
    """One getUpdates request that waits; `ring` may be called from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._bell = asyncio.Event()
        self.gone = False

    def ring(self) -> None:
        self._loop.call_soon_threadsafe(self._bell.set)

    def leave(self) -> None:
        """Say that the caller has hung up."""
        self.gone = True
        self._bell.set()

    async def wait(self, seconds: float) -> None:
        """Return after the bell or the time, whichever is first."""
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return
        self._bell.clear()


class Updates:
    """Call everything but `poll` under the world's lock."""

    def __init__(self, first_id: int) -> None:
        self.confirmed = 0
        self.last_of_chat: dict[int, int] = {}
        self.allowed: frozenset[str] = frozenset()
        self.next_id = first_id
        self._waiting: deque[tuple[int, int | None, Any]] = deque()
        self._again: list[tuple[int, int | None, Any]] = []
        self._every: dict[int, tuple[int, int | None, Any]] = {}
        self._poll: Poll | None = None

    def add(self, kind: str, content: dict[str, Any], chat: int) -> int:
        """Queue an update of a kind; return its id, or 0 where the bot has not asked for this kind."""
        if self.allowed and kind not in self.allowed:
            return 0
        return self.add_raw({"update_id": self.next_id, kind: content}, chat)

    def add_raw(self, payload: Any, chat: int | None = None) -> int:
        """Queue anything. It is confirmed under the update_id that it bears, or under the next free one."""
        borne = payload.get("update_id") if isinstance(payload, dict) else None
        update_id = borne if isinstance(borne, int) else self.next_id
        self.next_id = max(self.next_id, update_id) + 1
        self._every[update_id] = (update_id, chat, payload)
        self._waiting.append(self._every[update_id])
        self._ring()
        return update_id

    def chat_of(self, update_id: int) -> int | None:
        """Return the chat that an update came from."""
        return self._every[update_id][1]

    def redeliver(self, update_id: int) -> None:
        """Hand out an update once more, confirmed or not."""
        self._again.append(self._every[update_id])
        self._ring()

    @property
    def pending(self) -> int:
        return len(self._waiting)

    def confirm(self, offset: int) -> None:
        """Forget all below a positive offset; with a negative one, all but the last -offset."""
        while self._waiting and (self._waiting[0][0] < offset or len(self._waiting) > -offset > 0):
            self.confirmed = max(self.confirmed, self._waiting.popleft()[0])
        self.confirmed = max(self.confirmed, offset - 1)

    def drop_pending(self) -> None:
        """Forget all that waits."""
        while self._waiting:
            self.confirmed = max(self.confirmed, self._waiting.popleft()[0])

    def take(self, limit: int) -> list[Any]:
        """Return the oldest unconfirmed updates, and once what is to be redelivered, by id."""
        batch = sorted([*self._again, *islice(self._waiting, limit)], key=lambda update: update[0])[:limit]
        self._again = [update for update in self._again if update not in batch]
        for update_id, chat, _ in batch:
            if chat is not None:
                self.last_of_chat[chat] = max(update_id, self.last_of_chat.get(chat, 0))
        return [payload for _, _, payload in batch]

    def _ring(self) -> None:
        # Read once: the server's thread may end the poll at any moment.
        if poll := self._poll:
            poll.ring()

    async def poll(self, poll: Poll, timeout: float, take: Callable[[], list[Any]]) -> list[Any]:  # noqa: ASYNC109
        """Wait up to `timeout` seconds for updates; raise Refused (409) as soon as another poll begins.

        `take` takes a batch under the lock; the timeout is Telegram's own: an empty answer, no error.
        """
        earlier, self._poll = self._poll, poll
        if earlier:
            earlier.ring()
        end = time.monotonic() + timeout
        try:
            while True:
                if poll.gone:
                    raise Unanswered(499)
                if self._poll is not poll:
                    raise Refused(409, CONFLICT)
                batch = take()
                if batch or (left := end - time.monotonic()) <= 0:
                    return batch
                await poll.wait(left)
        finally:
            if self._poll is poll:
                self._poll = None
