"""What follows from the phrase in which a plan words a deadline."""

from dataclasses import dataclass
from datetime import date, time

from domain.common.recurrence import Recurrence
from domain.deadlines.day_spans import DeadlineDoubt

UNREAD = "unread"
"""The `why` of a phrase in which no row found anything."""
UNCERTAIN = "(?)"
"""Stands behind a number of a scan that was hard to read: no date may be taken from such a phrase."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What follows from a phrase; every date is a day of the office's own calendar.

    `dates` ascend and are unique. `inclusive` is false where a date itself is too late ("trước ngày D": see
    `domain.deadlines.last_day`). `time` is the local time of day by which it is due, on the date itself,
    which is then included. `window` is the stretch in which the work is done, or which the figures cover.
    `rule` holds one RRULE of RFC 5545, or several on lines that begin "RRULE:", and is None where no rule
    gives the dates. `why` is the key of the row that decided; `also` are those of other rows that told of
    days, stretches or how often, in the order of the table. `doubts` are what to ask a person about.
    """

    dates: tuple[date, ...]
    recurrence: Recurrence
    window: tuple[date, date] | None
    time: time | None
    inclusive: bool
    why: str
    rule: str | None
    also: tuple[str, ...] = ()
    doubts: tuple[DeadlineDoubt, ...] = ()
