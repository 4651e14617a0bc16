"""The ladder: on which days an open assignment is asked for, and who hears it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from domain.workdays import Workdays

_DAY = timedelta(days=1)


class BadLadder(Exception):
    """The ladder cannot be read; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in working days before the due date; whether it goes on on the day and on every day after.

    `leader_from` is the first rung, in working days from the due date, that a leader hears as well (0: on
    the day, -1: the day before). Messages go out from `from_hour` until `until_hour`, local time.
    """

    before: tuple[int, ...] = (14, 7, 3, 1)
    on_the_day: bool = True
    daily_after: bool = True
    from_hour: time = time(8)
    until_hour: time = time(17)
    leader_from: int = 0

    def next_on(self, due: date, after: date, days: Workdays) -> date | None:
        """The first day later than `after` on which an assignment due on `due` is asked for."""
        early = sorted(days.before(due, count) for count in (*self.before, *([0] * self.on_the_day)))
        for day in early:
            if day > after:
                return day
        return days.on_or_after(max(due, after) + _DAY) if self.daily_after else None

    def leader_hears(self, due: date, day: date, days: Workdays) -> bool:
        """Whether a nudge of that day goes to the unit's leader too."""
        if self.leader_from > 0:
            return days.between(due, day) >= self.leader_from
        return day >= days.before(due, -self.leader_from)

    def is_hour(self, hour: time) -> bool:
        """Whether nudges go out at that local time."""
        return self.from_hour <= hour < self.until_hour


def parse_ladder(data: Mapping[str, Any]) -> Ladder:
    """Read the operator's ladder. Raises BadLadder."""
    try:
        ladder = Ladder(
            before=tuple(sorted({_count(n) for n in data["before"]}, reverse=True)),
            on_the_day=bool(data["on_the_day"]),
            daily_after=bool(data["daily_after"]),
            from_hour=time.fromisoformat(data["from_hour"]),
            until_hour=time.fromisoformat(data["until_hour"]),
            leader_from=int(data["leader_from"]),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadLadder(str(wrong)) from None
    if ladder.from_hour >= ladder.until_hour:
        raise BadLadder("from_hour must be earlier than until_hour")
    return ladder


def _count(number: object) -> int:
    if not isinstance(number, int) or not 1 <= number <= 250:
        raise ValueError(f"before: {number!r} is no number of days from 1 to 250")
    return number
