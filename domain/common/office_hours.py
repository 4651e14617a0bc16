"""Office hours: when people may be written to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from domain.common.workdays import Workdays


class BadHours(Exception):
    """The hours cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From `opens` until `closes`, local time, with the noon break that lies between."""

    opens: time
    closes: time
    noon: tuple[time, time]

    def is_open(self, hour: time) -> bool:
        """Whether messages go out at that local time; the last minute of a stretch is not in it."""
        return any(start <= hour < end for start, end in self._stretches())

    def up_to(self, moment: datetime, days: Workdays) -> datetime:
        """Return the moment where it lies in office hours, else the end of the last stretch before it.

        Local, aware. What must be heard before a deadline is said then, not later.
        """
        day = moment.date()
        while True:
            for start, end in reversed(self._stretches()):
                if days.is_working(day) and datetime.combine(day, start, moment.tzinfo) <= moment:
                    last = datetime.combine(day, end, moment.tzinfo) - timedelta(minutes=1)
                    return min(moment, last)
            day -= timedelta(days=1)

    def next_open(self, moment: datetime, days: Workdays) -> datetime:
        """Return the moment where it lies in office hours, else the beginning of the next stretch.

        Local, aware. What somebody asks to be sent in the evening goes out then.
        """
        day = moment.date()
        while True:
            for start, end in self._stretches():
                if days.is_working(day) and moment < datetime.combine(day, end, moment.tzinfo):
                    return max(moment, datetime.combine(day, start, moment.tzinfo))
            day += timedelta(days=1)

    def _stretches(self) -> tuple[tuple[time, time], tuple[time, time]]:
        return (self.opens, self.noon[0]), (self.noon[1], self.closes)


def parse_hours(data: Mapping[str, Any]) -> Hours:
    """Read `from`, `until` and `noon`, a pair; all "HH:MM". Raises BadHours."""
    try:
        start, end = data["noon"]
        hours = Hours(_time(data["from"]), _time(data["until"]), (_time(start), _time(end)))
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadHours(f"hours: {wrong}") from None
    if not hours.opens < hours.noon[0] <= hours.noon[1] < hours.closes:
        raise BadHours("hours: from, noon and until must follow one another")
    return hours


def _time(text: str) -> time:
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError(f"{text!r}: the hours are local")
    return found
