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


def head(words: Wording, asks: Asks, tone: Tone) -> list[Markup]:
    """Return the opening lines: for whom, how urgent, how much of which unit."""
    texts = words.texts
    told = [texts("nudge.away", person=absence.person, last=words.day(absence.last)) for absence in asks.away]
    if any(assignment.standing == "party" for assignment in asks.asked):
        return [*told, _party(words, asks)]
    return [*told, *_urgency(words, asks.asked, tone), _whose(words, asks)]


def _urgency(words: Wording, asked: Sequence[Assignment], tone: Tone) -> list[Markup]:
    texts, first = words.texts, asked[0]
    due, day = words.day(first.due_on), words.today
    if first.last_on < day:
        count = sum(assignment.last_on < day for assignment in asked)
        late = texts(
            "nudge.late" if count == 1 else "nudge.late_many",
            count=count,
            days=words.days.between(first.last_on, day),
            due=due,
        )
        return [late, texts("nudge.letter")] if tone == "letter" else [late]
    if first.last_on == day == first.due_on:
        return [texts("nudge.today", due=due)]
    if is_last_day(first, words):
        return [texts("nudge.last_day", due=due)]
    key = "nudge.early" if tone == "early" else "nudge.soon"
    return [texts(key, left=words.left(first.last_on), due=due)]


def _whose(words: Wording, asks: Asks) -> Markup:
    texts, count, unit = words.texts, len(asks.asked), asks.units
    if not asks.as_leader:
        return texts("nudge.one" if count == 1 else "nudge.many", unit=unit, count=count)
    if not asks.focal:
        return texts("nudge.leader_alone", unit=unit, count=count)
    key = "nudge.leader_silent" if asks.silent else "nudge.leader_waits"
    return texts(key, unit=unit, count=count, focal=", ".join(asks.focal))


def _party(words: Wording, asks: Asks) -> Markup:
    """A body of the Party is asked, whatever the day; that one has passed is not said of it."""
    first = asks.asked[0]
    facts = {"unit": asks.units, "count": len(asks.asked), "due": words.day(first.due_on)}
    if first.last_on < words.today:
        return words.texts("nudge.party", **facts)
    if first.last_on == words.today == first.due_on:
        return words.texts("nudge.party_today", **facts)
    if is_last_day(first, words):
        return words.texts("nudge.party_last_day", **facts)
    return words.texts("nudge.party_before", left=words.left(first.last_on), **facts)


def is_last_day(assignment: Assignment, words: Wording) -> bool:
    """Whether this is the last working day that is still in time."""
    return words.today <= assignment.last_on and words.days.between(words.today, assignment.last_on) <= 0
