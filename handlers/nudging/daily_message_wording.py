"""How the day's message begins: by the most urgent thing in it, and by who reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.nudging.ladder import Tone
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.organisation.absence_store import Absence

URGENCY: Mapping[Tone, int] = {"early": 0, "soon": 1, "today": 2, "late": 3, "letter": 3}
"""The tones by how urgent they are; what is late comes by its date."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked of somebody, most urgent first, and how they come to hear it.

    `away` are the colleagues for whom they hear. `as_leader`: they are no focal point of any of it; then
    `focal` names those who are, and `silent` tells that none of it has had an answer.
    """

    asked: tuple[Assignment, ...]
    away: tuple[Absence, ...]
    as_leader: bool
    focal: tuple[str, ...]
    silent: bool

    @property
    def units(self) -> str:
        """The names of the units, each once."""
        return ", ".join(dict.fromkeys(assignment.unit for assignment in self.asked))


def tone_of(assignment: Assignment, day: date, rules: Rules) -> Tone:
    """How the rung speaks on which an assignment stands on a day."""
    return rules.ladders.of(assignment.kind, assignment.plan).at(assignment.last_on, day, rules.days).tone


def head(wording: Wording, asks: Asks, tone: Tone) -> list[Markup]:
    """Return the opening lines: for whom, how urgent, how much of which unit."""
    texts = wording.texts
    opening = [
        texts("nudge.away", person=absence.person, last=wording.day(absence.last)) for absence in asks.away
    ]
    if any(assignment.standing == "party" for assignment in asks.asked):
        return [*opening, _party(wording, asks)]
    return [*opening, *_urgency(wording, asks.asked, tone), _whose(wording, asks)]


def _urgency(wording: Wording, assignments: Sequence[Assignment], tone: Tone) -> list[Markup]:
    texts, first = wording.texts, assignments[0]
    due, day = wording.day(first.due_on), wording.today
    if first.last_on < day:
        count = sum(assignment.last_on < day for assignment in assignments)
        late = texts(
            "nudge.late" if count == 1 else "nudge.late_many",
            count=count,
            days=wording.days.between(first.last_on, day),
            due=due,
        )
        return [late, texts("nudge.letter")] if tone == "letter" else [late]
    if first.last_on == day == first.due_on:
        return [texts("nudge.today", due=due)]
    if is_last_day(first, wording):
        return [texts("nudge.last_day", due=due)]
    key = "nudge.early" if tone == "early" else "nudge.soon"
    return [texts(key, left=wording.left(first.last_on), due=due)]


def _whose(wording: Wording, asks: Asks) -> Markup:
    texts, count, unit = wording.texts, len(asks.asked), asks.units
    if not asks.as_leader:
        return texts("nudge.one" if count == 1 else "nudge.many", unit=unit, count=count)
    if not asks.focal:
        return texts("nudge.leader_alone", unit=unit, count=count)
    key = "nudge.leader_silent" if asks.silent else "nudge.leader_waits"
    return texts(key, unit=unit, count=count, focal=", ".join(asks.focal))


def _party(wording: Wording, asks: Asks) -> Markup:
    """A body of the Party is asked, whatever the day; that one has passed is not said of it."""
    first = asks.asked[0]
    facts = {"unit": asks.units, "count": len(asks.asked), "due": wording.day(first.due_on)}
    if first.last_on < wording.today:
        return wording.texts("nudge.party", **facts)
    if first.last_on == wording.today == first.due_on:
        return wording.texts("nudge.party_today", **facts)
    if is_last_day(first, wording):
        return wording.texts("nudge.party_last_day", **facts)
    return wording.texts("nudge.party_before", left=wording.left(first.last_on), **facts)


def is_last_day(assignment: Assignment, wording: Wording) -> bool:
    """Whether this is the last working day that is still in time."""
    return (
        wording.today <= assignment.last_on and wording.days.between(wording.today, assignment.last_on) <= 0
    )
