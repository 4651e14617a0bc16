"""Reminders of the day itself: some hours before a request is due, to those who have not answered it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.common.context import Rules
from handlers.nudging.recipients import hearers
from storage.common import outbox as nudges
from storage.requests import request_store as requests
from storage.requests.request_store import Request

_AHEAD = timedelta(days=14)
"""Longer than offices are ever closed: a reminder is said before that, not after."""


async def remind(work: AsyncConnection, rules: Rules, now: datetime) -> None:
    """Put what has come to its hour into the outbox, once; `now` is local and aware."""
    for one in await requests.due_between(work, now, now + _AHEAD):
        for hours in rules.ladders.of("request").hours_before:
            if _has_come(one, hours, rules, now):
                await _put(work, rules, one, hours, now)


def _has_come(one: Request, hours: int, rules: Rules, now: datetime) -> bool:
    """Whether its hour is over, on the same day; where offices are closed then, the last one before counts.

    What was asked for after that hour was heard of late enough.
    """
    due = one.due_at.astimezone(rules.zone)
    moment = rules.ladders.hours.up_to(due - timedelta(hours=hours), rules.days)
    return one.asked_at < moment <= now and moment.date() == now.date()


async def _put(work: AsyncConnection, rules: Rules, of: Request, hours: int, now: datetime) -> None:
    today, topic = now.date(), f"{of.id}:{hours}"
    if await requests.is_said(work, topic, today):
        return
    owed = await requests.owed(work, of.id)
    waiting = [one for one in owed if one.can_be_asked(today)]
    people = sorted({person_id for person_id, _ in await hearers(work, rules, waiting, today)})
    await nudges.put(work, people, today, requests.KIND, topic=topic)
