"""Close a request: what nobody has answered is called off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import close
from domain.assignments.lifecycle import OPEN
from domain.organisation.people import Person
from services.common.results import Refused
from services.common.rules import Rules
from services.nudging.recipients import hearers
from storage.assignments import assignment_store, assignment_writer
from storage.common import audit_log
from storage.requests import request_store
from storage.requests.request_store import Request


@dataclass(frozen=True, slots=True)
class RequestClosed:
    """The request, what was called off, and the people who had been asked for that and must be told."""

    request: Request
    called_off: tuple[Assignment, ...]
    to_tell: tuple[int, ...]


async def own_request(
    conn: AsyncConnection, request_id: int, by: Person
) -> Request | Refused[Literal["not_yours"]]:
    """Return a request of a unit for which `by` coordinates, running or closed."""
    request = await request_store.find(conn, request_id)
    if request is None or request.coordinator_id not in by.units("coordinator"):
        return Refused("not_yours")
    return request


async def close_request(
    conn: AsyncConnection, request_id: int, *, by: Person, now: datetime, rules: Rules
) -> RequestClosed | Refused[Literal["not_yours", "closed"]]:
    """Close a request and call off what is open. `now` is aware. Needs a writing transaction."""
    request = await own_request(conn, request_id, by)
    if isinstance(request, Refused):
        return Refused(request.reason)
    if request.closed_at is not None:
        return Refused("closed")
    assignments = await request_store.owed(conn, request_id)
    ids = [each.id for each in assignments if each.state in OPEN]
    await assignment_writer.write(conn, *(close(each) for each in assignments if each.state in OPEN))
    await request_store.close(conn, request_id, now)
    called_off = await assignment_store.get(conn, ids)
    asked_ids = await request_store.asked_people(conn, request_id)
    hearer_pairs = await hearers(conn, rules, called_off, now.astimezone(rules.zone).date())
    to_tell = tuple(sorted({person_id for person_id, _ in hearer_pairs} & asked_ids))
    await audit_log.note(conn, now, "close", f"request {request_id}: {len(called_off)} called off", by.id)
    return RequestClosed(request, called_off, to_tell)
