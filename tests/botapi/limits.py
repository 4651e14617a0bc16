"""Telegram's pace: how many messages a bot may send, overall, to one person and to one group."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.botapi.errors import too_many
from tests.botapi.log import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """`overall` in any second; one a second to a private chat after a burst; `group` in any minute.

    Where `saves`, `overall` may come at once after a rest, and so many a second from then on.
    """

    overall: int
    private_burst: int
    group: int
    saves: bool = False


STRICT: Final = Limits(overall=30, private_burst=3, group=20)
LENIENT: Final = Limits(overall=30, private_burst=3, group=20, saves=True)
NAMED: Final = {"strict": STRICT, "lenient": LENIENT}


class Limiter:
    """Admits a message or refuses it; what is refused does not count. Call it under the world's lock."""

    def __init__(
        self,
        limits: Limits | None,
        refusals: list[Refusal],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.refusals = refusals
        self._limits = limits
        self._clock = clock
        most = limits.overall if limits else 0
        self._overall = _Bucket(most, most) if limits and limits.saves else _Window(most, 1.0)
        self._chats: dict[int, _Window | _Bucket] = {}

    def admit(self, chat: int) -> None:
        """Count one message to a chat; raise Refused (429, retry_after in seconds) when it is too soon."""
        if self._limits is None:
            return
        if (own := self._chats.get(chat)) is None:
            own = _Bucket(self._limits.private_burst, 1) if chat > 0 else _Window(self._limits.group, 60.0)
            self._chats[chat] = own
        now = self._clock()
        waits = {"overall": self._overall.wait(now), "chat": own.wait(now)}
        rule = max(waits, key=lambda name: waits[name])
        if waits[rule] > 0:
            retry_after = max(1, math.ceil(waits[rule]))
            self.refusals.append(Refusal(chat, rule, retry_after, now))
            raise too_many(retry_after)
        self._overall.count(now)
        own.count(now)


class _Window:
    """At most `size` in any stretch of `seconds`."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return self._times[0] + self._seconds - now if len(self._times) >= self._size else 0.0

    def count(self, now: float) -> None:
        self._times.append(now)


class _Bucket:
    """`rate` a second, and up to `burst` at once after a rest."""

    def __init__(self, burst: int, rate: int) -> None:
        self._burst = burst
        self._rate = rate
        self._tokens = float(burst)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (1.0 - self._tokens) / self._rate)

    def count(self, now: float) -> None:
        self._tokens -= 1.0
