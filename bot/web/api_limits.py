"""How often one token, or one address without one, may call the API."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

from handlers.common.capabilities import Limit

OF_TOKEN: Final = Limit(300, 60.0)
OF_STRANGER: Final = Limit(20, 60.0)
"""Calls with no token or a wrong one, from one address."""
_MOST_CALLERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class CallTurn:
    """How many more calls may come now; where none, after how many seconds one may."""

    left: int
    seconds: int

    @property
    def is_open(self) -> bool:
        """Whether this call is answered."""
        return self.seconds == 0


class CallLimit:
    """Counts the calls of each caller within the last seconds. Times are monotonic seconds."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self._callers: dict[str, deque[float]] = {}  # the one that called last stands last

    def take(self, caller: str, now: float) -> CallTurn:
        """Count a call that is answered; one beyond the limit does not count, so that waiting helps."""
        times = self._callers.pop(caller, None) or deque()
        while times and times[0] + self.limit.seconds <= now:
            times.popleft()
        is_full = len(times) >= self.limit.messages
        if not is_full:
            times.append(now)
        self._callers[caller] = times
        while len(self._callers) > _MOST_CALLERS:
            del self._callers[next(iter(self._callers))]
        wait = max(1, math.ceil(times[0] + self.limit.seconds - now)) if is_full else 0
        return CallTurn(self.limit.messages - len(times), wait)
