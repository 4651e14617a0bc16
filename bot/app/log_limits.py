"""A log that one cause cannot fill: of each kind of line so many within ten minutes, then their count."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST, WINDOW = 30, 600.0
_MOST_KINDS = 1_000


@dataclass(slots=True)
class _LogKind:
    """One kind of line: since when it is counted, how many there were."""

    began: float
    count: int


class Repeats(logging.Filter):
    """Lets the first lines of a kind through; the next after ten minutes tells how many were held back.

    A kind is the logger, the level, and the event or the message before its values are put in.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[tuple[str, int, str], _LogKind] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line is written."""
        now, key = self._clock(), (record.name, record.levelno, _event(record.msg))
        kind = self._kinds.get(key)
        if kind is not None and now - kind.began < WINDOW:
            kind.count += 1
            return kind.count <= MOST
        if len(self._kinds) >= _MOST_KINDS:
            self._kinds.clear()
        self._kinds[key] = _LogKind(now, 1)
        if kind is not None and kind.count > MOST:
            record.msg = _counted(record.msg, kind.count - MOST)
        return True


def _event(message: object) -> str:
    return str(message.get("event", "")) if isinstance(message, dict) else str(message)


def _counted(message: object, held_back: int) -> Any:
    if isinstance(message, dict):
        return {**message, "held_back": held_back}
    return f"{message} (held back: {held_back})"
