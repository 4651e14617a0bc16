"""What systems report through the API for a unit, in the name of one of its people."""

from typing import Literal

from bot.web.api_calls import ApiCall, ApiRefusal
from bot.web.api_models import ProgressEntry, ProgressTaken
from domain.updates import Update
from handlers.assignments.next_word_notice import ask_next
from handlers.assignments.system_notice import tell_reported
from handlers.common.wording import Wording
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.report_by_system import SystemReport, TakenBefore, report_by_system
from services.assignments.statement import Recorded
from services.common.results import Refused
from storage.organisation import people_store
from storage.reporting import api_pages


async def report_progress(call: ApiCall, entry: ProgressEntry) -> ProgressTaken:
    """Record what a unit has done, in the name of the person for whom the token was made."""
    assignment = await api_pages.assignment_of(call.conn, call.access, call.id)
    if assignment is None or call.access.person_id is None:
        raise ApiRefusal("not_found")
    by = await people_store.get(call.conn, call.access.person_id, call.today)
    update = _update(entry)
    report = SystemReport(
        assignment, entry.duty_id, entry.text, update, call.access.token_id, call.key, call.hash
    )
    result = await report_by_system(call.conn, report, by=by, now=call.now, rules=call.rules)
    match result:
        case NotTheirAssignment():
            raise ApiRefusal("forbidden")
        case Refused():
            raise ApiRefusal(result.reason)
        case TakenBefore():
            return ProgressTaken(
                progress_id=result.progress_id, assignment_id=assignment.id, waits_for=None, repeated=True
            )
    wording = Wording(call.texts, call.today, call.rules.days, call.rules.zone)
    await ask_next(call.conn, wording, result, entry.text)
    await tell_reported(call.conn, wording, result, by.id, entry.text)
    return ProgressTaken(
        progress_id=result.progress_id,
        assignment_id=assignment.id,
        waits_for=_waits_for(result),
        repeated=False,
    )


def _waits_for(recorded: Recorded) -> Literal["leader", "coordinator"] | None:
    if recorded.is_pending:
        return "leader"
    return "coordinator" if recorded.coordinators is not None else None


def _update(entry: ProgressEntry) -> Update:
    return Update(
        state=entry.state,
        percent=100 if entry.state == "done" else entry.percent,
        blocked=entry.blocked,
        result=entry.text if entry.state in ("done", "in_progress") else None,
        difficulty=entry.difficulty,
        proposal=entry.proposal,
        documents=entry.documents,
    )
