"""How an ad hoc request is worded to those who are asked, and its hours to all."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.assignments.item_numbers import ItemNumbers
from domain.organisation.people import Person
from handlers.assignments.item_list import answer_buttons
from handlers.common.conversation import Outgoing
from handlers.common.wording import Wording, lines, short
from handlers.nudging.daily_message import Worded
from services.assignments.number_items import numbers_for_message
from services.common.rules import Rules
from storage.common.outbox import References
from storage.requests import request_store
from storage.requests.request_store import Request

_LONGEST = 1500


def hour_and_day(words: Wording, at: datetime) -> Markup:
    """15:00 today; on another day "15:00 ngày 12/6"."""
    local = at.astimezone(words.zone)
    key = "request.hour_today" if local.date() == words.today else "request.hour_on"
    return words.texts(key, hour=f"{local:%H:%M}", day=words.day(local.date()))


async def word_request(
    conn: AsyncConnection, person: Person, about: References, now: datetime, texts: Texts, rules: Rules
) -> Worded | None:
    """Word a request, or the reminder of one, when it is sent.

    None where the person's units have answered meanwhile, where it was closed, or where the hour of which a
    reminder would remind has passed: then the day's message asks. Raises Unnumbered.
    """
    is_reminder = about.hours_before is not None
    request = await request_store.find(conn, about.request_id or 0)
    if request is None or (is_reminder and request.due_at <= now):
        return None
    units = set(person.units("focal", "leader"))
    assignments = [
        assignment
        for assignment in await request_store.owed(conn, request.id)
        if assignment.unit_id in units and assignment.is_open
    ]
    if not assignments:
        return None
    word = Wording(texts, now.astimezone(rules.zone).date(), rules.days, rules.zone)
    ids = tuple(assignment.id for assignment in assignments)
    head = _head(word, request, assignments, reminds=is_reminder)
    numbers = await numbers_for_message(conn, person.id, ids)
    text = lines(head, "", *_body(texts, request, assignments, numbers), "", texts("request.how"))
    shown = {numbers[id_]: id_ for id_ in ids}
    return Worded(Outgoing(text, answer_buttons(word, assignments, numbers)), shown)


def _head(word: Wording, request: Request, assignments: Sequence[Assignment], *, reminds: bool) -> Markup:
    """A body of the Party is asked the same way both times, without a word of delay."""
    party = any(assignment.standing == "party" for assignment in assignments)
    key = "party" if party else "reminder" if reminds else "notice"
    return word.texts(
        f"request.{key}",
        unit=", ".join(assignment.unit for assignment in assignments),
        coordinator=request.coordinator,
        due=hour_and_day(word, request.due_at),
    )


def _body(
    texts: Texts, request: Request, assignments: Sequence[Assignment], numbers: ItemNumbers
) -> list[Markup]:
    what = short(request.text, _LONGEST)
    if len(assignments) == 1:
        return [texts("request.item", number=numbers[assignments[0].id], what=what)]
    return [
        Markup.escape(what),
        *[
            texts("request.item", number=numbers[assignment.id], what=assignment.unit)
            for assignment in assignments
        ],
    ]
