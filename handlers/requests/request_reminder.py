"""Reminders of the day itself: some hours before a request is due, to those who have not answered it."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.nudging.recipients import hearers
from services.common.rules import Rules
from storage.common import outbox
from storage.requests import request_store
from storage.requests.request_store import Request

_AHEAD = timedelta(days=14)
"""Longer than offices are ever closed: a reminder is said before that, not after."""


async def remind(conn: AsyncConnection, rules: Rules, now: datetime) -> None:
    """Put what has come to its hour into the outbox, once; `now` is local and aware."""
    for one in await request_store.due_between(conn, now, now + _AHEAD):
        for hours in rules.ladders.of("request").hours_before:
            if _has_come(one, hours, rules, now):
                await _put(conn, rules, one, hours, now)


def _has_come(one: Request, hours: int, rules: Rules, now: datetime) -> bool:
    """Whether its hour is over, on the same day; where offices are closed then, the last one before counts.

    What was asked for after that hour was heard of late enough.
    """
    due = one.due_at.astimezone(rules.zone)
    moment = rules.ladders.hours.up_to(due - timedelta(hours=hours), rules.days)
    return one.asked_at < moment <= now and moment.date() == now.date()


async def _put(conn: AsyncConnection, rules: Rules, of: Request, hours: int, now: datetime) -> None:
    today, topic = now.date(), f"{of.id}:{hours}"
    if await request_store.is_said(conn, topic, today):
        return
    owed = await request_store.owed(conn, of.id)
    waiting = [one for one in owed if one.can_be_asked(today)]
    people = sorted({person_id for person_id, _ in await hearers(conn, rules, waiting, today)})
    await outbox.put(conn, people, today, request_store.KIND, topic=topic)
