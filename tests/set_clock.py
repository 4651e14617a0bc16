"""The clock of the tests: it stands where it is set."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(words: str) -> datetime:
    """Return a moment from the local "2026-06-01 08:00"."""
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


class SetClock:
    """Shows what it is set to."""

    def __init__(self, shown: datetime) -> None:
        self._shown = shown

    def now(self) -> datetime:
        return self._shown.astimezone(UTC)

    def set(self, to: str | datetime) -> None:
        self._shown = at(to) if isinstance(to, str) else to

    def let_pass(self, **span: float) -> None:
        self._shown += timedelta(**span)
