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

    is_laid         it waits for the unit's leader
    leaders         who must be asked to approve it; nobody where they have been asked and not answered
    report_is_over  with its last line the whole report is done
    coordinators    who must be asked to confirm what has come to wait for that; None where nothing has
    """

    progress_id: int
    assignment: Assignment
    is_laid: bool
    leaders: tuple[int, ...] = ()
    report_is_over: bool = False
    coordinators: tuple[int, ...] | None = None


async def write(conn: AsyncConnection, said: Statement, before: Before | None = None) -> Recorded:
    """Keep a statement and move its assignment along.

    Where it would finish that, it may have to wait for the unit's leader.

    `before` tells of the earlier words in whose place it stands, and from where these had led.
    """
    assignment, update = said.assignment, said.update
    was, was_blocked = (before.state, before.blocked) if before else (assignment.state, assignment.blocked)
    word = word_of(update.state, whole=said.duty_id is None)
    state = after(was, word, confirms=assignment.confirms) if word else was
    finishes = was in OPEN and state in FINISHED
    leaders = await leaders_to_ask(conn, assignment, said.by, said.today) if finishes else ()
    if leaders:
        state = after(was, "said_part", confirms=assignment.confirms)
    elif finishes and assignment.waits_for_leader and before is None:
        # It was done when that was said first; this adds to it.
        assignment = await settle(conn, assignment, by=said.by, now=said.now, rules=said.rules)
        was, was_blocked, state = assignment.state, assignment.blocked, assignment.state
    progress_id = await progress_store.record(
        conn, assignment, said.duty_id, said.by.id, said.text, update, said.at, before, laid=bool(leaders)
    )
    tells = update.state is not None
    blocked = still_blocked(state, was=was_blocked, says=update.blocked, tells_state=tells)
    await _move(conn, said, assignment, state, blocked=blocked, before=before)
    if leaders:
        await _note_laid(conn, said)
        leaders = () if assignment.waits_for_leader and before is None else leaders
        return Recorded(progress_id, said.assignment, is_laid=True, leaders=leaders)
    return Recorded(progress_id, said.assignment, is_laid=False)


async def _move(
    conn: AsyncConnection,
    said: Statement,
    assignment: Assignment,
    state: State,
    *,
    blocked: bool,
    before: Before | None = None,
) -> None:
    """Bring an assignment into a state.

    Words that stand in the place of some (`before`) that had been laid before the unit's leader finish it
    from when those were said.
    """
    day = finished(assignment.state, state, assignment.finished_on, said.day)
    if before is not None and before.was_laid and state in FINISHED:
        day = await undo_store.finished_day(conn, assignment.id, said.rules.zone)
    schedule = said.rules.schedule
    change = move(assignment, state, blocked=blocked, finished_on=day, today=said.today, schedule=schedule)
    await assignment_writer.write(conn, change)
    moved = {"was": assignment.state, "became": state}
    await audit_log.note(conn, said.now, "progress", f"assignment {assignment.id}", said.by.id, **moved)


async def _note_laid(conn: AsyncConnection, said: Statement) -> None:
    await audit_log.note(conn, said.now, "laid before", f"assignment {said.assignment.id}", said.by.id)


async def follow(conn: AsyncConnection, said: Statement, recorded: Recorded) -> Recorded:
    """Carry out what a statement leads to: its report may be over, and wait for somebody's word now."""
    if said.duty_id is not None:
        recorded = await complete(conn, said, recorded)
    coordinators = await coordinators_to_ask(conn, said.assignment, said.today)
    return replace(recorded, coordinators=coordinators)


async def complete(conn: AsyncConnection, said: Statement, recorded: Recorded) -> Recorded:
    """Let a report be done once each of its lines is, by the words on the last one.

    `said.assignment` is the report as it stood before these words.
    """
    (report,) = await assignment_store.get(conn, [said.assignment.id])
    if report.state not in OPEN or not await _all_lines_done(conn, report):
        return recorded
    if leaders := await leaders_to_ask(conn, report, said.by, said.today):
        await approval_store.lay(conn, recorded.progress_id)
        await _note_laid(conn, said)
        to_ask = () if said.assignment.waits_for_leader else leaders
        return replace(recorded, is_laid=True, leaders=to_ask)
    if report.waits_for_leader:
        await settle(conn, report, by=said.by, now=said.now, rules=said.rules)
    else:
        state = after(report.state, "said_done", confirms=report.confirms)
        await _move(conn, said, report, state, blocked=False)
    return replace(recorded, report_is_over=True)


async def _all_lines_done(conn: AsyncConnection, report: Assignment) -> bool:
    latest = await progress_store.latest(conn, [report.id])
    return all(
        (report.id, line.duty_id) in latest and latest[report.id, line.duty_id].state in ("done", "nil")
        for line in await assignment_store.report_lines(conn, report)
    )
