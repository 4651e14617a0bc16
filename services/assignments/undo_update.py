"""Take back the last update, or the correction of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import ask_again, move
from domain.organisation.people import Person
from domain.updates import Update
from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.assignments.statement import Recorded, Statement, complete_report
from services.common.results import Refused
from services.common.rules import Rules
from storage.assignments import approval_store, assignment_store, assignment_writer, undo_store
from storage.assignments.progress_store import Progress
from storage.common import audit_log

UNDO_WITHIN = timedelta(minutes=10)
"""For how long an update can be taken back."""


@dataclass(frozen=True, slots=True)
class UpdateUndone:
    """Words were taken back. `assignment` is as it stands now; `restored` are the words that count again.

    `leaders` must be asked to approve `restored` now.
    """

    assignment: Assignment
    restored: Progress | None
    leaders: tuple[int, ...] = ()


async def undo_update(
    conn: AsyncConnection, progress_id: int, *, by: Person, now: datetime, rules: Rules
) -> UpdateUndone | NotTheirAssignment | Refused[Literal["too_late"]]:
    """Take back what `by` said, if that was the last word. Needs a writing transaction.

    Refused: it is older than UNDO_WITHIN, is another person's, or something was said or decided since
    ("too_late").
    """
    about = await approval_store.assignment_of(conn, progress_id)
    if about is None:
        return Refused("too_late")
    theirs = await of_their_unit(conn, about, by)
    if isinstance(theirs, NotTheirAssignment):
        return theirs
    undone = await undo_store.undo(conn, progress_id, by.id, now - UNDO_WITHIN, rules.zone)
    if undone is None:
        return Refused("too_late")
    was, former, today = undone.was, undone.former, now.astimezone(rules.zone).date()
    back = move(
        was,
        undone.state,
        blocked=undone.blocked,
        finished_on=undone.finished_on,
        today=today,
        schedule=rules.schedule,
    )
    await assignment_writer.write(conn, back)
    leaders: tuple[int, ...] = ()
    if former is not None and former.duty_id is not None:
        leaders = await _restore(conn, was, former, by, now, rules)
    (assignment,) = await assignment_store.get(conn, [was.id])
    if assignment.is_open:
        await assignment_writer.write(conn, ask_again(assignment, today, rules.schedule))
    moved = {"was": was.state, "became": assignment.state}
    await audit_log.note(conn, now, "undo", f"assignment {was.id}", by.id, **moved)
    return UpdateUndone(assignment, former, leaders)


async def _restore(
    conn: AsyncConnection, was: Assignment, former: Progress, by: Person, now: datetime, rules: Rules
) -> tuple[int, ...]:
    """Note once more as over what words on its last line had finished, now that these count again.

    It is over from when they were said. Return the leaders who must be asked to approve that.
    """
    day = await undo_store.finished_day(conn, was.id, rules.zone)
    statement = Statement(was, former.duty_id, former.text, Update(state="done"), by, now, rules)
    completed = await complete_report(conn, statement, Recorded(former.id, was, is_pending=False))
    if completed.report_is_over:
        (report,) = await assignment_store.get(conn, [was.id])
        today = now.astimezone(rules.zone).date()
        change = move(
            report,
            report.state,
            blocked=report.blocked,
            finished_on=day,
            today=today,
            schedule=rules.schedule,
        )
        await assignment_writer.write(conn, change)
    return completed.leaders
