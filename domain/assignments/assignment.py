"""What one unit owes by one date, as it stands in the database."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.assignments.lifecycle import OPEN, Kind, State, Timeliness, is_held, kind_of, timeliness
from domain.plans.periods import Period


@dataclass(frozen=True, slots=True)
class Assignment:
    """One report (`text` is None), one dated duty, or the answer to one request, of one unit.

    A request's has no plan (`plan_id` None, `plan` ""), and is due at `due_at` (UTC) of its day.
    `planned_on` is the plan's own date, `due_on` the one that holds after an extension, `last_on` the last
    day that is in time: see domain.deadlines.last_day. `window` holds the first and the last day whose
    figures a report gives. `finished_on` is the local day on which the unit handed it in; where the plan
    `confirms`, its coordinator has still to look at it. `wanted_on` is the later date that the unit has asked
    for, None where no wish waits for the coordinator.
    """

    id: int
    plan_id: int | None
    plan: str
    request_id: int | None
    coordinator_id: int | None
    unit_id: int
    unit: str
    standing: str
    rule_id: int | None
    duty_id: int | None
    text: str | None
    section: str | None
    period: Period
    due_on: date
    due_at: datetime | None
    planned_on: date
    last_on: date
    window: tuple[date, date] | None
    state: State
    blocked: bool
    past: bool
    acknowledged_on: date | None
    returned: int
    finished_on: date | None
    asked_on: date | None
    confirms: bool
    wanted_on: date | None
    pending_since: datetime | None
    """Since when words of the unit that finish it wait for the unit's leader (UTC); None where none do."""

    @property
    def kind(self) -> Kind:
        """What is asked for."""
        return kind_of(request_id=self.request_id, duty_id=self.duty_id)

    @property
    def is_open(self) -> bool:
        """Whether the unit still has to answer."""
        return self.state in OPEN and not self.past

    def is_held(self, day: date) -> bool:
        """Whether it is open, and the next word is the coordinator's on a local day: nobody is asked."""
        return self.is_open and is_held(self.last_on, self.wanted_on, day)

    def can_be_asked(self, day: date) -> bool:
        """Whether it is open, and the next word is the unit's on a local day."""
        return self.is_open and not is_held(self.last_on, self.wanted_on, day)

    @property
    def waits_for_leader(self) -> bool:
        """Whether the unit has said that it is done, and its leader has still to approve that."""
        return self.is_open and self.pending_since is not None

    def timeliness(self, today: date) -> Timeliness:
        """How it stands on a local day."""
        return timeliness(self.state, self.last_on, today, self.finished_on, past=self.past)


@dataclass(frozen=True, slots=True)
class DueAssignment:
    """An assignment whose day may have come, as far as its ladder goes. Days are local.

    plan       the number of its plan, "" where it has none
    last_on    the last day in time
    asked_on   the day on which it was last asked for
    wanted_on  the later date that was asked for and waits for a decision
    """

    id: int
    unit_id: int
    state: State
    due_on: date
    last_on: date
    kind: Kind
    plan: str
    acknowledged: bool
    asked_on: date | None
    wanted_on: date | None

    def is_held(self, day: date) -> bool:
        """Whether nobody is asked for it on a local day while a wish waits."""
        return is_held(self.last_on, self.wanted_on, day)

    def can_be_asked(self, day: date) -> bool:
        """Whether the unit has not answered, and the next word is its own on a local day."""
        return self.state in OPEN and not self.is_held(day)
