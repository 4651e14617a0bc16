"""The day's one message to a person: all that is due, worded when it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.people import Person
from handlers.conversation import Outgoing
from handlers.desk import Rules
from handlers.items import LINES_SHOWN, answer_buttons, show_items
from handlers.wording import Wording, lines
from storage import assignments
from storage.assignments import Assignment

_SHOWN = 20
_BUTTON_ROWS = 6


@dataclass(frozen=True, slots=True)
class Worded:
    """A message, and the assignments that it numbers."""

    message: Outgoing
    items: tuple[int, ...]


async def word_nudge(
    work: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word what is asked of a person on a local day; None where everything has been answered meanwhile."""
    asked = await _asked(work, person, day, rules)
    if not asked:
        return None
    words = Wording(texts, day, rules.days, rules.zone)
    shown = asked[:_SHOWN]
    body = await show_items(work, words, shown, LINES_SHOWN)
    head = _head(texts, person, asked)
    how = texts("duties.how", example=texts("nudge.example"))
    more = texts("nudge.rest", count=len(asked) - _SHOWN) if len(asked) > _SHOWN else None
    ids = tuple(one.id for one in asked)
    message = Outgoing(lines(head, "", *body, more, "", how), answer_buttons(words, ids[:_BUTTON_ROWS]))
    return Worded(message, ids)


async def _asked(work: AsyncConnection, person: Person, day: date, rules: Rules) -> list[Assignment]:
    focal, leader = set(person.units("focal")), set(person.units("leader"))
    mine = [
        one for one in await assignments.of_units(work, focal | leader) if one.is_open and one.asked_on == day
    ]
    return [
        one
        for one in mine
        if one.unit_id in focal
        or rules.ladders.of(one.kind, one.plan).hears("leader", one.due_on, day, rules.days)
    ]


def _head(texts: Texts, person: Person, asked: Sequence[Assignment]) -> Markup:
    units = ", ".join(dict.fromkeys(one.unit for one in asked))
    if all(one.standing == "party" for one in asked):
        return texts("nudge.party", unit=units)
    if not person.units("focal"):
        return texts("nudge.leader", unit=units)
    return texts("nudge.one" if len(asked) == 1 else "nudge.many", unit=units, count=len(asked))
