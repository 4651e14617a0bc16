"""A plan before it is confirmed: its rows as they were read, and the doubts that a person settles."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.common.recurrence import Recurrence
from domain.deadlines import DeadlineDoubt
from domain.organisation.register import Unit
from domain.plans.commitments import Part
from domain.plans.plan import Passage

RowKind = Literal["duty", "activity", "report"]
DoubtKind = Literal[
    "unasked",
    "empty",
    "group",
    "partners",
    "which",
    "unknown",
    "undated",
    "nobody",
    "unread",
    "order",
    "twice",
    "gap",
    "doubled",
    "passed",
    "outside",
    "unsure",
    "open",
]

ASKED_KEY = "asked 0"
"""The key of the doubt whether every unit with a duty is asked."""


@dataclass(frozen=True, slots=True)
class Row:
    """One duty, activity or reporting rule of a draft. `key` is "line 12" or "rule 3", its keeper's id in it.

    `units` answer for it, `partners` are only named; `others` are its groups and central bodies. `text` is
    the plan's own wording; `who` is who reports, `via` through whom, for a rule; `when` is an activity's time
    as worded; `due` ascends; with `asks_past` the last is asked for though it has passed. `passage` is the
    place of the passage that words it, None where none is kept.
    """

    key: str
    kind: RowKind
    section: str
    heading: str
    text: str
    units: tuple[str, ...]
    partners: tuple[str, ...]
    others: tuple[tuple[str, Part], ...]
    due: tuple[date, ...]
    when: str | None = None
    who: str = ""
    via: str | None = None
    recurrence: Recurrence = "once"
    passage: int | None = None
    asks_past: bool = False


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """An expression that was taken to mean nobody; `key` is "group 7"."""

    key: str
    expression: str


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a draft that can be doubted and corrected.

    `today` is the local day on which it is looked through. `states_period` is false where the period is made
    up from the year.
    `passages` are those of the document, in its order; none where it was kept without them.
    `strangers` are the units that only drafts have brought, by their keys "unit 9"; `settled` are the keys
    of doubts that somebody has looked at and left as they are.
    """

    plan_id: int
    period: tuple[date, date]
    coordinator: str | None
    rows: tuple[Row, ...]
    open_groups: tuple[OpenGroup, ...]
    strangers: tuple[tuple[str, Unit], ...]
    settled: frozenset[str]
    today: date = date.min
    passages: tuple[Passage, ...] = ()
    states_period: bool = True

    @property
    def unread(self) -> tuple[Passage, ...]:
        """The passages that hand out work or may do so, and became nothing."""
        return tuple(passage for passage in self.passages if passage.fate == "unread")

    @property
    def working(self) -> tuple[str, ...]:
        """The units to which it gives work."""
        return tuple(dict.fromkeys(unit for row in self.rows if row.kind != "report" for unit in row.units))

    def row(self, key: str) -> Row | None:
        """Return the row of that key."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a draft. `key` says what it is about, `about` names it, `row` is where it stands.

    `choices` are the units that an abbreviation fits; `second` is the row that contradicts the first. `units`
    are those that nobody would ask, of `total` that have duties; for a group without members, its successors.
    `why` is what makes a date "unsure", or leaves it "open".
    """

    key: str
    kind: DoubtKind
    about: str
    row: Row | None = None
    choices: tuple[Unit, ...] = ()
    second: Row | None = None
    units: tuple[str, ...] = ()
    total: int = 0
    why: DeadlineDoubt | None = None
