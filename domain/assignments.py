"""An assignment: what one unit owes by one date. Its states, its timeliness, the tally of many.

The six states and the four lines of the tally are those of the State's own tracking systems
(Báo cáo 1270/BC-TCTTTg, 2017). Timeliness follows from the state and the dates; it is never stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["not_started", "in_progress", "submitted", "done", "returned", "cancelled"]
Kind = Literal["report", "duty", "request"]
Timeliness = Literal["in_time", "due", "overdue", "done_in_time", "done_late", "past", "cancelled"]
Said = Literal["done", "in_progress", "not_started", "nil"]

OPEN: frozenset[State] = frozenset({"not_started", "in_progress", "returned"})
"""The states in which a unit is asked; what waits for the coordinator is not asked for again."""

AFTER: Mapping[Said, State] = {
    "done": "done",
    "nil": "done",  # a nil report is a report, on time if sent on time
    "in_progress": "in_progress",
    "not_started": "not_started",
}
"""The state of an assignment after a unit has said how it stands."""


def timeliness(state: State, due: date, today: date, finished: date | None, *, past: bool) -> Timeliness:
    """Return how an assignment stands on `today`; all dates are local.

    `past` tells that it was due before its plan was entered, so that nobody is late on its account.
    """
    if state == "cancelled":
        return "cancelled"
    if state == "done":
        return "done_in_time" if finished is None or finished <= due else "done_late"
    if past:
        return "past"
    if today == due:
        return "due"
    return "in_time" if today < due else "overdue"


def kind_of(*, request_id: int | None, duty_id: int | None) -> Kind:
    """What an assignment asks for, by what it belongs to: neither makes it a report."""
    if request_id is not None:
        return "request"
    return "report" if duty_id is None else "duty"


@dataclass(frozen=True, slots=True)
class Tally:
    """The four lines of every government tally."""

    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0

    @property
    def total(self) -> int:
        """All that counts."""
        return self.done_in_time + self.done_late + self.open_in_time + self.open_late


_LINE: Mapping[Timeliness, str] = {
    "done_in_time": "done_in_time",
    "done_late": "done_late",
    "in_time": "open_in_time",
    "due": "open_in_time",
    "overdue": "open_late",
}


def tally(standings: Iterable[Timeliness]) -> Tally:
    """Count; what is past or cancelled counts nowhere."""
    counts = dict.fromkeys(_LINE.values(), 0)
    for standing in standings:
        if line := _LINE.get(standing):
            counts[line] += 1
    return Tally(**counts)
