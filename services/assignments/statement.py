"""Write one statement of a person on one assignment, and what it leads to. The deeds on updates share it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.assignment import Assignment
from domain.assignments.assignment_change import move
from domain.assignments.lifecycle import FINISHED, OPEN, State, after, finished, still_blocked, word_of
from domain.organisation.people import Person
from domain.updates import Update
from services.assignments.leader_approval import coordinators_to_ask, leaders_to_ask, settle
from services.common.rules import Rules
from storage.assignments import (
    approval_store,
    assignment_store,
    assignment_writer,
    progress_store,
    undo_store,
)
from storage.assignments.progress_store import Before
from storage.common import audit_log

_ENDS_A_LINE = ("done", "nil")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said of an assignment, or of the line `duty_id` of a report, and how it is understood.

    `by` must hold a seat in the unit now. `said_at` is when they said it, which may be long before it
    arrived at `now`; None where that is not known. Both are aware.
    """

    assignment: Assignment
    duty_id: int | None
    text: str
    update: Update
    by: Person
    now: datetime
    rules: Rules
    said_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """The moment from which it counts."""
        return self.now if self.said_at is None else self.said_at

    @property
    def today(self) -> date:
        """The local day on which it is recorded."""
        return self.now.astimezone(self.rules.zone).date()

    @property
    def day(self) -> date:
        """The local day on which it was said."""
        return self.at.astimezone(self.rules.zone).date()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A statement is on record as `progress_id`. `assignment` is as it stood before.

    is_pending         it waits for the unit's leader
    leaders         who must be asked to approve it; nobody where they have been asked and not answered
    report_is_over  with its last line the whole report is done
    coordinators    who must be asked to confirm what has come to wait for that; None where nothing has
    """

    progress_id: int
    assignment: Assignment
    is_pending: bool
    leaders: tuple[int, ...] = ()
    report_is_over: bool = False
    coordinators: tuple[int, ...] | None = None


async def write_statement(
    conn: AsyncConnection, statement: Statement, before: Before | None = None
) -> Recorded:
    """Keep a statement and move its assignment along.

    Where it would finish that, it may have to wait for the unit's leader.

    `before` tells of the earlier words in whose place it stands, and from where these had led.
    """
    assignment, update = statement.assignment, statement.update
    was, was_blocked = (before.state, before.blocked) if before else (assignment.state, assignment.blocked)
    word = word_of(update.state, whole=statement.duty_id is None)
    state = after(was, word, confirms=assignment.confirms) if word else was
    finishes = was in OPEN and state in FINISHED
    leaders = await leaders_to_ask(conn, assignment, statement.by, statement.today) if finishes else ()
    if leaders:
        state = after(was, "said_part", confirms=assignment.confirms)
    elif finishes and assignment.waits_for_leader and before is None:
        # It was done when that was said first; this adds to it.
        assignment = await settle(conn, assignment, by=statement.by, now=statement.now, rules=statement.rules)
        was, was_blocked, state = assignment.state, assignment.blocked, assignment.state
    progress_id = await progress_store.record(
        conn,
        assignment,
        statement.duty_id,
        statement.by.id,
        statement.text,
        update,
        statement.at,
        before,
        is_pending=bool(leaders),
    )
    tells = update.state is not None
    blocked = still_blocked(state, was=was_blocked, says=update.blocked, tells_state=tells)
    await _move(conn, statement, assignment, state, blocked=blocked, before=before)
    if leaders:
        await _note_pending(conn, statement)
        leaders = () if assignment.waits_for_leader and before is None else leaders
        return Recorded(progress_id, statement.assignment, is_pending=True, leaders=leaders)
    return Recorded(progress_id, statement.assignment, is_pending=False)


async def _move(
    conn: AsyncConnection,
    statement: Statement,
    assignment: Assignment,
    state: State,
    *,
    blocked: bool,
    before: Before | None = None,
) -> None:
    """Bring an assignment into a state.

    Words that stand in the place of some (`before`) that waited for the unit's leader finish it
    from when those were said.
    """
    day = finished(assignment.state, state, assignment.finished_on, statement.day)
    if before is not None and before.was_pending and state in FINISHED:
        day = await undo_store.finished_day(conn, assignment.id, statement.rules.zone)
    schedule = statement.rules.schedule
    change = move(
        assignment, state, blocked=blocked, finished_on=day, today=statement.today, schedule=schedule
    )
    await assignment_writer.write(conn, change)
    moved = {"was": assignment.state, "became": state}
    await audit_log.note(
        conn, statement.now, "progress", f"assignment {assignment.id}", statement.by.id, **moved
    )


async def _note_pending(conn: AsyncConnection, statement: Statement) -> None:
    await audit_log.note(
        conn, statement.now, "laid before", f"assignment {statement.assignment.id}", statement.by.id
    )


async def apply_consequences(conn: AsyncConnection, statement: Statement, recorded: Recorded) -> Recorded:
    """Carry out what a statement leads to: its report may be over, and wait for somebody's word now."""
    if statement.duty_id is not None and statement.update.state in _ENDS_A_LINE:
        recorded = await complete_report(conn, statement, recorded)
    coordinators = await coordinators_to_ask(conn, statement.assignment, statement.today)
    return replace(recorded, coordinators=coordinators)


async def complete_report(conn: AsyncConnection, statement: Statement, recorded: Recorded) -> Recorded:
    """Let a report be done once each of its lines is, by the words on the last one.

    `said.assignment` is the report as it stood before these words.
    """
    (report,) = await assignment_store.get(conn, [statement.assignment.id])
    if report.state not in OPEN or not await _all_lines_done(conn, report):
        return recorded
    if leaders := await leaders_to_ask(conn, report, statement.by, statement.today):
        await approval_store.hold(conn, recorded.progress_id)
        await _note_pending(conn, statement)
        to_ask = () if statement.assignment.waits_for_leader else leaders
        return replace(recorded, is_pending=True, leaders=to_ask)
    if report.waits_for_leader:
        await settle(conn, report, by=statement.by, now=statement.now, rules=statement.rules)
    else:
        state = after(report.state, "said_done", confirms=report.confirms)
        await _move(conn, statement, report, state, blocked=False)
    return replace(recorded, report_is_over=True)


async def _all_lines_done(conn: AsyncConnection, report: Assignment) -> bool:
    latest = await progress_store.latest(conn, [report.id])
    moved = await assignment_store.moved_lines(conn, report)
    return all(
        (report.id, line.duty_id) in latest and latest[report.id, line.duty_id].state in _ENDS_A_LINE
        for line in await assignment_store.report_lines(conn, report)
        if line.duty_id not in moved
    )
