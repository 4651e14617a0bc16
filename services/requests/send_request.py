"""Ask units for something at short notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import Ask, make_request
from domain.organisation.people import Person
from domain.plans.periods import Period
from services.common.results import Refused
from services.common.rules import Rules
from services.nudging.recipients import hearers
from storage.assignments import assignment_writer
from storage.common import audit_log
from storage.nudging import manual_nudge_store
from storage.requests import request_store


@dataclass(frozen=True, slots=True)
class RequestSent:
    """The request's id, what each unit owes by it, and the people who can be written to."""

    id: int
    owed: tuple[Assignment, ...]
    reached: frozenset[int]


async def send_request(
    conn: AsyncConnection,
    text: str,
    unit_ids: Sequence[int],
    due_at: datetime,
    *,
    by: Person,
    now: datetime,
    rules: Rules,
) -> RequestSent | Refused[Literal["not_yours", "incomplete", "passed"]]:
    """Keep a request and put its messages into the outbox at once, also at night: who asks then means it.

    `due_at` and `now` are aware. Needs a writing transaction. Refused: `by` compiles nothing ("not_yours"),
    no text or no unit is given ("incomplete"), the moment is over ("passed").
    """
    if not by.units("coordinator"):
        return Refused("not_yours")
    if not text or not unit_ids:
        return Refused("incomplete")
    if due_at <= now:
        return Refused("passed")
    today, due_on = (moment.astimezone(rules.zone).date() for moment in (now, due_at))
    coordinator_id = by.units("coordinator")[0]
    request_id = await request_store.add(conn, text, coordinator_id, by.id, now, due_at)
    period = Period("none", due_on.year, 0)
    asks = [Ask(unit_id, due_on, period, request_id=request_id) for unit_id in unit_ids]
    await assignment_writer.add(conn, make_request(asks, today, rules.schedule))
    assignments = await request_store.owed(conn, request_id)
    people = sorted({person_id for person_id, _ in await hearers(conn, rules, assignments, today)})
    await request_store.put_messages(conn, people, today, request_id)
    about = f"request {request_id}: {len(assignments)} units"
    await audit_log.note(conn, now, "request", about, by.id, became=due_at.isoformat())
    return RequestSent(request_id, assignments, await manual_nudge_store.reachable(conn, people))
