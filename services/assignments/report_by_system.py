"""Record what a system reports through the API for a unit, in the name of one of its people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.common.secrecy import is_marked
from domain.organisation.people import Person
from domain.updates import Update
from domain.updates.denial import denies
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.record_update import KeptAside, record_update
from services.assignments.statement import Recorded, Statement
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments.assignment_store import report_lines
from storage.common import audit_log
from storage.organisation import api_call_store
from storage.organisation.api_call_store import TakenCall


@dataclass(frozen=True, slots=True)
class SystemReport:
    """What a system says of an assignment, or of the line `duty_id` of a report.

    `token_id` and `key` name the call, `hash` what it asks.
    """

    assignment: Assignment
    duty_id: int | None
    text: str
    update: Update
    token_id: int
    key: str
    hash: str


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """The same call was taken before; nothing was done now."""

    progress_id: int


async def report_by_system(
    conn: AsyncConnection, report: SystemReport, *, by: Person, now: datetime, rules: Rules
) -> (
    Recorded
    | TakenBefore
    | NotTheirAssignment
    | Refused[Literal["key_reused", "marked", "no_line", "contradicts", "closed", "waits_already"]]
):
    """Record a report as if `by` had said it, who must hold a seat in the unit now.

    Needs a writing transaction. Refused: another call had the same key ("key_reused"); a text bears a mark of
    secrecy ("marked"); the report has no such line ("no_line"); the words say otherwise than the state
    whether the work is done ("contradicts"); nobody is asked for it any more, or more was said since
    ("closed"); the same waits for the unit's leader already ("waits_already").
    """
    before = await api_call_store.find(conn, report.token_id, report.key)
    if before is not None:
        return TakenBefore(before.progress_id) if before.hash == report.hash else Refused("key_reused")
    if refused := await _refused(conn, report, now.astimezone(rules.zone).date()):
        return refused
    said = Statement(report.assignment, report.duty_id, report.text, report.update, by, now, rules)
    result = await record_update(conn, said)
    match result:
        case Recorded():
            call = TakenCall(report.hash, result.progress_id)
            await api_call_store.keep(conn, report.token_id, report.key, call, now)
            about = f"assignment {report.assignment.id}"
            await audit_log.note(conn, now, "api progress", about, by.id, became=f"token {report.token_id}")
            return result
        case KeptAside():
            return Refused("closed")
        case _:
            return result


async def _refused(
    conn: AsyncConnection, report: SystemReport, today: date
) -> Refused[Literal["marked", "no_line", "contradicts"]] | None:
    update = report.update
    words = (report.text, update.difficulty or "", update.proposal or "", *update.documents)
    if any(map(is_marked, words)):
        return Refused("marked")
    if report.duty_id is not None:
        lines = await report_lines(conn, report.assignment)
        if report.duty_id not in {line.duty_id for line in lines}:
            return Refused("no_line")
    due = report.assignment.due_on
    return Refused("contradicts") if denies(report.text, update.state, today=today, due=due) else None
