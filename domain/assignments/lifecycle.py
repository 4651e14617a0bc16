"""An assignment: what one unit owes by one date. Its states and the lawful moves between them, its
timeliness, the tally of many.

The six states and the four lines of the tally are those of the State's own tracking systems
(Báo cáo 1270/BC-TCTTTg, 2017). Timeliness follows from the state and the dates; it is never stored.
Beside the state stand two marks that move by themselves: blocked, and acknowledged ("seen").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

State = Literal["not_started", "in_progress", "submitted", "done", "returned", "cancelled"]
Kind = Literal["report", "duty", "request"]
Timeliness = Literal["in_time", "due", "overdue", "done_in_time", "done_late", "past", "cancelled"]
Word = Literal["said_done", "said_nil", "said_in_progress", "said_not_started", "said_part"]
"""What a unit says of the whole; `said_part`: of one line of a report, without telling how it stands, or
before the unit's leader approves."""
Event = Word | Literal["confirm", "return", "cancel", "extend"]

OPEN: frozenset[State] = frozenset({"not_started", "in_progress", "returned"})
"""The states in which a unit is asked; what waits for the coordinator is not asked for again."""
FINISHED: frozenset[State] = frozenset({"submitted", "done"})
"""The states in which the unit has done its part: the day on which it came to one is kept."""

_REPORTED: Mapping[State, State] = {
    "not_started": "done",
    "in_progress": "done",
    "returned": "done",
    "submitted": "done",
    "done": "done",
}
MOVES: Mapping[Event, Mapping[State, State]] = {
    "said_done": _REPORTED,
    "said_nil": _REPORTED,  # a nil report is a report, on time if sent on time
    "said_in_progress": dict.fromkeys(_REPORTED, "in_progress"),
    "said_not_started": {**dict.fromkeys(_REPORTED, "not_started"), "returned": "returned"},
    "said_part": {**{state: state for state in _REPORTED}, "not_started": "in_progress"},
    "confirm": {"submitted": "done"},
    "return": {"submitted": "returned", "done": "returned"},
    "cancel": dict.fromkeys(sorted(OPEN), "cancelled"),  # what has been answered stays as it is
    "extend": {state: state for state in _REPORTED},
}
"""The lawful moves; what is not here is not done. docs/trang-thai.md draws them."""
WAITING: Mapping[State, State] = {**dict.fromkeys(sorted(OPEN), "submitted"), "submitted": "submitted"}
"""Where "done" and "nil" lead while the plan wants the coordinator to confirm."""


_WORDS: Mapping[str | None, Word] = {
    "done": "said_done",
    "nil": "said_nil",
    "in_progress": "said_in_progress",
    "not_started": "said_not_started",
}


def word_of(state: str | None, *, whole: bool) -> Word | None:
    """Return the event that a reported `state` is to the assignment; None where it changes nothing.

    One on a single line (not `whole`) never tells that the report is over.
    """
    if whole:
        return _WORDS.get(state, "said_part")
    return None if state == "not_started" else "said_part"


class Unlawful(Exception):
    """The event is not allowed in this state."""


def after(state: State, event: Event, *, confirms: bool) -> State:
    """Return the state after an event; `confirms` tells that the plan's coordinator confirms what is done.

    Raises Unlawful.
    """
    waits = confirms and event in ("said_done", "said_nil")
    moves = {**MOVES[event], **WAITING} if waits else MOVES[event]
    if state not in moves:
        raise Unlawful(f"{event} of what is {state}")
    return moves[state]


def before(state: State, was: State) -> State:
    """Return `was`, to which taking the last word back leads from `state`.

    Raises Unlawful where no word could have led from there to here: it was moved by somebody else since.
    """
    for word in get_args(Word):
        for confirms in (False, True):
            if was in MOVES[word] and after(was, word, confirms=confirms) == state:
                return was
    raise Unlawful(f"{state} did not come of {was}")


def finished(was: State, state: State, since: date | None, today: date) -> date | None:
    """Return the local day on which the unit did its part, after a move from `was` to `state`.

    `since` is that day before the move. A number added later, or the coordinator's confirmation, leaves it.
    """
    if state not in FINISHED:
        return None
    return since if was in FINISHED and since is not None else today


def still_blocked(state: State, *, was: bool, says: bool, tells_state: bool) -> bool:
    """Whether a difficulty stands after a word: until the work is done, or a word tells of none."""
    return state not in FINISHED and (says or (was and not tells_state))


def timeliness(state: State, last: date, today: date, finished: date | None, *, past: bool) -> Timeliness:
    """Return how an assignment stands on `today`; all dates are local.

    `last` is the last day in time (domain.deadlines.last_day).
    `finished` is the day on which the unit did its part: what waits to be confirmed grows no later.
    `past` tells that it was due before its plan was entered, so that nobody is late on its account.
    """
    in_time = finished is None or finished <= last
    if state == "cancelled":
        return "cancelled"
    if state == "done":
        return "done_in_time" if in_time else "done_late"
    if past:
        return "past"
    if state == "submitted":
        return "in_time" if in_time else "overdue"
    if today == last:
        return "due"
    return "in_time" if today < last else "overdue"


def is_held(due: date, wanted: date | None, day: date) -> bool:
    """Whether nobody is asked on a day, since a wish for the date `wanted` waits for the coordinator's word.

    Until the due date the ladder goes on: that date holds as long as no other one is granted. From then on
    the next word is the coordinator's, up to the date that was wished for.
    """
    return wanted is not None and due <= day <= wanted


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
