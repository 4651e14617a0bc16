"""The one clock of the program. Nothing below bot/ asks what time it is."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time by which plans are kept, in UTC."""

    def now(self) -> datetime:
        """Return this moment."""


def wall() -> datetime:
    """Return the real moment in UTC: for leases and waits, which must not run faster in a rehearsal."""
    return datetime.now(UTC)


class SystemClock:
    """The machine's clock."""

    speed = 1.0

    def now(self) -> datetime:
        """Return this moment."""
        return wall()


class RehearsalClock:
    """Starts at a moment of one's choice and runs `speed` times as fast as real time."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start, self.speed = start.astimezone(UTC), speed
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the moment that the rehearsal has come to."""
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self.speed)


class MovableClock:
    """Runs with real time from a moment of one's choice, and can be moved forward by hand."""

    speed = 1.0

    def __init__(self, start: datetime) -> None:
        self.move(start)

    def now(self) -> datetime:
        """Return the moment that the clock shows."""
        return self._start + timedelta(seconds=time.monotonic() - self._began)

    def move(self, to: datetime) -> None:
        """Set the clock."""
        self._start, self._began = to.astimezone(UTC), time.monotonic()
