"""A unit's leader approves what the unit says is done, or does not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from services.assignments.leader_approval import coordinators_to_ask, settle
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.people_to_tell import people_in
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import approval_store, assignment_store, progress_store
from storage.assignments.approval_store import PendingWords
from storage.common import audit_log

REASON_LIMIT = 1000
"""The longest reason for not approving, in characters."""


@dataclass(frozen=True, slots=True)
class ToApprove:
    """The newest words on an assignment that wait for the leader."""

    assignment: Assignment
    words: PendingWords


@dataclass(frozen=True, slots=True)
class NothingToApprove:
    """Nothing was done: no words on the assignment wait for the leader any more."""

    assignment: Assignment


@dataclass(frozen=True, slots=True)
class NewerWords:
    """Nothing was done: the unit has said more since the leader was asked. `waiting`: the oldest first."""

    assignment: Assignment
    waiting: tuple[PendingWords, ...]


@dataclass(frozen=True, slots=True)
class LeaderDecided:
    """The leader approved the words, or did not; the focal points `to_tell` must hear of it.

    `assignment` is as it stood before. `coordinators` must be asked to confirm it; None where it waits for
    no confirmation.
    """

    assignment: Assignment
    words: PendingWords
    to_tell: tuple[int, ...]
    coordinators: tuple[int, ...] | None


NotApproved = NothingToApprove | NewerWords | NotTheirAssignment
"""Why a leader could not decide."""


async def words_to_approve(
    conn: AsyncConnection, progress_id: int, by: Person
) -> ToApprove | NothingToApprove | NewerWords | NotTheirAssignment:
    """Return the words on record as `progress_id`, where they wait for `by` to approve them."""
    about = await approval_store.assignment_of(conn, progress_id)
    assignments = await assignment_store.get(conn, [about or 0])
    if not assignments or assignments[0].unit_id not in by.units("leader"):
        return NotTheirAssignment(about or 0)
    (assignment,) = assignments
    waiting = await approval_store.waiting(conn, assignment.id) if assignment.is_open else ()
    if not waiting:
        return NothingToApprove(assignment)
    if waiting[-1].id != progress_id:
        return NewerWords(assignment, waiting)
    return ToApprove(assignment, waiting[-1])


async def approve(
    conn: AsyncConnection, progress_id: int, *, by: Person, now: datetime, rules: Rules
) -> LeaderDecided | NotApproved:
    """Let what the unit said count. Needs a writing transaction."""
    waiting = await words_to_approve(conn, progress_id, by)
    if not isinstance(waiting, ToApprove):
        return waiting
    await settle(conn, waiting.assignment, by=by, now=now, rules=rules)
    return await _decided(conn, waiting, now, rules)


async def disapprove(
    conn: AsyncConnection, progress_id: int, reason: str, *, by: Person, now: datetime, rules: Rules
) -> LeaderDecided | NotApproved | Refused[Literal["too_long"]]:
    """Give words back to the unit; it is asked for as before. Needs a writing transaction.

    Refused: the reason has more than REASON_LIMIT characters ("too_long").
    """
    if len(reason) > REASON_LIMIT:
        return Refused("too_long")
    waiting = await words_to_approve(conn, progress_id, by)
    if not isinstance(waiting, ToApprove):
        return waiting
    await progress_store.judge(conn, waiting.assignment, by.id, "refused", reason, now)
    await audit_log.note(conn, now, "not approved", f"assignment {waiting.assignment.id}", by.id)
    return await _decided(conn, waiting, now, rules)


async def _decided(conn: AsyncConnection, decided: ToApprove, now: datetime, rules: Rules) -> LeaderDecided:
    today = now.astimezone(rules.zone).date()
    coordinators = await coordinators_to_ask(conn, decided.assignment, today)
    to_tell = await people_in(conn, [decided.assignment.unit_id], ("focal",), today)
    return LeaderDecided(decided.assignment, decided.words, to_tell, coordinators)
