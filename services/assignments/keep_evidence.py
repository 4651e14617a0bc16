"""Put files beside what they show, or take them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.common.results import Refused
from storage.assignments import evidence_store
from storage.assignments.evidence_store import EvidencePlace, File

DROP_WITHIN = timedelta(minutes=10)
"""For how long a file can be taken back."""


@dataclass(frozen=True, slots=True)
class EvidenceKept:
    """The ids of the files that were not there before."""

    new_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceDropped:
    """How many files of a set were taken back."""

    count: int


async def keep_evidence(
    conn: AsyncConnection,
    files: Sequence[File],
    places: Sequence[EvidencePlace],
    *,
    by: Person,
    now: datetime,
) -> EvidenceKept | NotTheirAssignment:
    """Put each file beside each place. Needs a writing transaction. The bytes must be in the store already.

    Nothing is kept where one of the places is not of a unit in which `by` has a seat.
    """
    for place in places:
        assignment = await of_their_unit(conn, place.assignment_id, by)
        if isinstance(assignment, NotTheirAssignment):
            return assignment
    added = [await evidence_store.add(conn, place, file, by.id, now) for place in places for file in files]
    return EvidenceKept(tuple(evidence_id for evidence_id, is_new in added if is_new))


async def drop_evidence(
    conn: AsyncConnection, evidence_id: int, *, by: Person, now: datetime
) -> EvidenceDropped | NotTheirAssignment | Refused[Literal["too_late"]]:
    """Take back a file that `by` sent, with its whole set. Needs a writing transaction.

    Refused: it is older than DROP_WITHIN, is another person's, or is gone ("too_late").
    """
    files = await evidence_store.get(conn, [evidence_id])
    if not files:
        return Refused("too_late")
    assignment = await of_their_unit(conn, files[0].assignment_id, by)
    if isinstance(assignment, NotTheirAssignment):
        return assignment
    count = await evidence_store.remove(conn, evidence_id, by.id, now - DROP_WITHIN)
    return EvidenceDropped(count) if count else Refused("too_late")
