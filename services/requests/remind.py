"""Remind those who have not answered a request, some hours before it is due."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from services.common.rules import Rules
from services.nudging.recipients import hearers
from storage.requests import request_store
from storage.requests.request_store import Request

_AHEAD = timedelta(days=14)
"""Longer than offices are ever closed: a reminder goes out before they close, not after."""


async def remind(conn: AsyncConnection, rules: Rules, now: datetime) -> None:
    """Put the reminders whose hour has come into the outbox, each once.

    `now` is local and aware. Needs a writing transaction.
    """
    for request in await request_store.due_between(conn, now, now + _AHEAD):
        for hours in rules.ladders.of("request").hours_before:
            if _has_come(request, hours, rules, now):
                await _put(conn, rules, request, hours, now)


def _has_come(request: Request, hours: int, rules: Rules, now: datetime) -> bool:
    """Whether the moment `hours` before the due moment has come, today.

    Where offices are closed then, the last open moment before it counts. A request that was made after that
    moment needs no reminder.
    """
    due = request.due_at.astimezone(rules.zone)
    moment = rules.ladders.hours.up_to(due - timedelta(hours=hours), rules.days)
    return request.asked_at < moment <= now and moment.date() == now.date()


async def _put(conn: AsyncConnection, rules: Rules, request: Request, hours: int, now: datetime) -> None:
    today = now.date()
    if await request_store.is_reminded(conn, request.id, hours, today):
        return
    waiting = [each for each in await request_store.owed(conn, request.id) if each.can_be_asked(today)]
    people = sorted({person_id for person_id, _ in await hearers(conn, rules, waiting, today)})
    await request_store.put_messages(conn, people, today, request.id, hours)
