"""Working days: what is counted before and after a due date."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)
_FRIDAY = 4


class BadDays(Exception):
    """The operator's list of days cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Monday to Friday without the holidays; the operator's own days come first.

    `moves` tells that a deadline whose last day offices are closed on ends with the next working day (see
    domain.deadlines.last_day).
    """

    holidays: Container[date] = frozenset()
    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    moves: bool = False

    def is_working(self, day: date) -> bool:
        """Whether offices are open on that day."""
        if day in self.working:
            return True
        return day.weekday() <= _FRIDAY and day not in self.off and day not in self.holidays

    def on_or_before(self, day: date) -> date:
        """The day itself where offices are open, else the last open day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself where offices are open, else the next open day."""
        while not self.is_working(day):
            day += _DAY
        return day

    def before(self, day: date, count: int) -> date:
        """The working day `count` working days before `day` (which counts as the last open day up to it)."""
        day = self.on_or_before(day)
        for _ in range(count):
            day = self.on_or_before(day - _DAY)
        return day

    def after(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`."""
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative if `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))


def parse_days(data: Mapping[str, Any], holidays: Container[date], *, moves: bool = False) -> Workdays:
    """Read the operator's file of days (lists `off` and `working` of ISO dates). Raises BadDays."""
    return Workdays(holidays, _dates(data, "off"), _dates(data, "working"), moves)


def _dates(data: Mapping[str, Any], key: str) -> frozenset[date]:
    days = set()
    for entry in data.get(key, ()):
        try:
            days.add(entry if isinstance(entry, date) else date.fromisoformat(entry))
        except (TypeError, ValueError):
            raise BadDays(f"{key}: {entry!r}") from None
    return frozenset(days)
