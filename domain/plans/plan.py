"""A plan (kế hoạch) as its document words it: what a careful person would enter from it.

Names of bodies are kept in the one spelling that `Plan.units` gives; whether a name is a unit of the
province, a central body or an open expression is told by the register (`domain.organisation.register`).
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from domain.common.recurrence import Recurrence
from domain.common.text import fold

Kind = Literal["plan", "decision+plan", "decision+programme"]
Role = Literal["lead", "support", "both", "own"]
Fate = Literal[
    "head",
    "heading",
    "lead_in",
    "duty",
    "activity",
    "report",
    "closing",
    "background",
    "unread",
]
"""What became of a passage; "unread" where a part that hands out work says something that became nothing."""
UnreadReason = Literal[
    "no_owner", "no_lead", "names_body", "reports", "outside", "struck", "hidden", "unparted", "enclosed"
]
"""Why a passage is unread: nobody above it, a row without a lead, a body named or a report spoken of that no
rule took, words after the plan's end; struck out, hidden, in a table whose cells could not be told apart;
within a picture or another file that the file holds, whose name or page stands for it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, table row, footnote or text box; `index` is its place in the document, from 0.

    `why` is given for "unread" alone.
    """

    index: int
    section: str
    text: str
    fate: Fate
    why: UnreadReason | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says of itself; `period` is the first and the last day that the plan is for."""

    kind: Kind
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str
    period: tuple[date, date] | None
    coordinator: str | None
    reports_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanBody:
    """A body that is given something to do or named as a partner; a group is a name for many."""

    name: str
    kind: Literal["unit", "group"]
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to be done by `unit` (and `also`), as the plan words it, in place `n` under its heading.

    `role` is read from the opening words: "lead" (Chủ trì), "support" (Phối hợp), "both", or "own". `named`
    are the document's own words for the bodies, whatever a register makes of them; `passage` is the index of
    the passage that words it.
    """

    section: str
    unit: str
    n: int
    text: str
    role: Role
    partners: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    named: str = ""
    passage: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Activity:
    """An item of the content part, or a row of an annex table, that says who leads.

    `when` is as worded; `named` are the document's own words for who leads and supports.
    """

    section: str
    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    when: str | None = None
    named: str = ""
    passage: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReportingRule:
    """Who (and `also`) reports to whom, through whom; `due` holds the dates that follow from `quote`."""

    section: str
    who: str
    to: str | None
    via: str | None
    due: tuple[date, ...]
    recurrence: Recurrence
    quote: str
    also: tuple[str, ...] = ()
    passage: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A numbered heading of the document: "II.3" and its words, for reports laid out as the plan is."""

    section: str
    title: str


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page of a scan: the first passage that stands on it, the words that were hard to read, its picture.

    `picture` is a JPEG; it is empty where the page has text of its own.
    """

    passage: int
    unsure: tuple[str, ...]
    picture: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that was read from one document; each of its passages has exactly one fate.

    `signatures` names who made each electronic signature in its file, "" where the name cannot be read; it
    is None where the kind of file bears none. `scan` are the pages that it was recognised from.
    """

    head: Head
    units: tuple[PlanBody, ...]
    duties: tuple[Duty, ...]
    activities: tuple[Activity, ...]
    reports: tuple[ReportingRule, ...]
    parts: tuple[PlanPart, ...] = ()
    passages: tuple[Passage, ...] = ()
    signatures: tuple[str, ...] | None = field(default=None, compare=False)
    scan: tuple[ScannedPage, ...] = field(default=(), compare=False)

    @property
    def unread(self) -> tuple[Passage, ...]:
        """The passages that hand out work or may do so, and became nothing."""
        return tuple(passage for passage in self.passages if passage.fate == "unread")


def fingerprint(plan: Plan) -> str:
    """Return 64 hexadecimal digits, the same for the same document whatever register it is read by.

    Who is meant is in it as the document words it, with the words of each duty, its times and dates.
    """
    words = (
        (plan.head.number, plan.head.issued_on, plan.head.title, plan.head.period),
        [(duty.section, duty.text, fold(duty.named)) for duty in plan.duties],
        [(item.section, item.text, fold(item.named), item.when) for item in plan.activities],
        [(rule.section, rule.quote, rule.due) for rule in plan.reports],
        [(part.section, fold(part.title)) for part in plan.parts],  # under which a body's duties stand
    )
    return hashlib.sha256(repr(words).encode()).hexdigest()


def without_undated_own_reports(plan: Plan) -> Plan:
    """Return the plan without the coordinator's own reports that bear neither date nor rhythm.

    "Sở A tổng hợp, báo cáo UBND tỉnh" says who reports upward, and asks nothing of anybody by any day.
    """
    own = plan.head.coordinator
    asking = tuple(
        rule for rule in plan.reports if rule.who != own or rule.due or rule.recurrence != "unspecified"
    )
    return replace(plan, reports=asking)
