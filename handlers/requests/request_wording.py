"""How an ad hoc request is worded to those who are asked, and its hours to all."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from handlers.assignments.item_list import answer_buttons
from handlers.common.conversation import Outgoing
from handlers.common.wording import Wording, lines, short
from handlers.nudging.daily_message import Worded
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
    reminder would remind has passed: then the day's message asks.
    """
    is_reminder = about.hours_before is not None
    request = await request_store.find(conn, about.request_id or 0)
    if request is None or (is_reminder and request.due_at <= now):
        return None
    units = set(person.units("focal", "leader"))
    mine = [
        assignment
        for assignment in await request_store.owed(conn, request.id)
        if assignment.unit_id in units and assignment.is_open
    ]
    if not mine:
        return None
    words = Wording(texts, now.astimezone(rules.zone).date(), rules.days, rules.zone)
    ids = tuple(assignment.id for assignment in mine)
    head = _head(words, request, mine, reminds=is_reminder)
    text = lines(head, "", *_body(texts, request, mine), "", texts("request.how"))
    return Worded(Outgoing(text, answer_buttons(words, ids)), ids)


def _head(words: Wording, request: Request, mine: Sequence[Assignment], *, reminds: bool) -> Markup:
    """A body of the Party is asked the same way both times, without a word of delay."""
    party = any(assignment.standing == "party" for assignment in mine)
    key = "party" if party else "reminder" if reminds else "notice"
    return words.texts(
        f"request.{key}",
        unit=", ".join(assignment.unit for assignment in mine),
        coordinator=request.coordinator,
        due=hour_and_day(words, request.due_at),
    )


def _body(texts: Texts, request: Request, mine: Sequence[Assignment]) -> list[Markup]:
    what = short(request.text, _LONGEST)
    if len(mine) == 1:
        return [texts("request.item", number=1, what=what)]
    return [
        Markup.escape(what),
        *[texts("request.item", number=number, what=one.unit) for number, one in enumerate(mine, 1)],
    ]
