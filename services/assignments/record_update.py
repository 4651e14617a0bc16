"""Apply one update to one assignment, or to one line of a report."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import FINISHED
from domain.common.text import fold
from domain.updates import Update
from services.assignments.leader_approval import leaders_to_ask
from services.assignments.own_assignment import NotTheirAssignment, of_their_unit
from services.assignments.statement import Recorded, Statement, apply_consequences, write_statement
from services.common.results import Refused
from storage.assignments import progress_store
from storage.assignments.progress_store import Progress


@dataclass(frozen=True, slots=True)
class KeptAside:
    """The update is on record and counts for nothing: `newer_text` was said later and arrived earlier."""

    newer_text: str


async def record_update(
    conn: AsyncConnection, statement: Statement
) -> Recorded | KeptAside | NotTheirAssignment | Refused[Literal["closed", "waits_already"]]:
    """Record what a person said, and carry out what follows. Needs a writing transaction.

    A wish for a later date in it is not looked at: see ask_extension. Refused: nobody is asked for it any
    more ("closed"), or the same waits for the unit's leader already ("waits_already").
    """
    checked = await _checked(conn, statement)
    if not isinstance(checked, Statement):
        return checked
    assignment = checked.assignment
    if not assignment.is_open and assignment.state not in FINISHED:
        return Refused("closed")
    last = await _last(conn, checked)
    if last is not None and checked.said_at is not None and last.said_at > checked.said_at:
        await _keep_aside(conn, checked)
        return KeptAside(last.text)
    if await _waits_already(conn, checked, last):
        return Refused("waits_already")
    return await apply_consequences(conn, checked, await write_statement(conn, checked))


async def record_line(
    conn: AsyncConnection, statement: Statement
) -> Recorded | NotTheirAssignment | Refused[Literal["closed"]]:
    """Record what was done for one line of a report that is sent as a whole later: nothing else follows.

    Needs a writing transaction. Refused: nobody is asked for the report any more ("closed").
    """
    checked = await _checked(conn, statement)
    if not isinstance(checked, Statement):
        return checked
    if not checked.assignment.is_open:
        return Refused("closed")
    return await write_statement(conn, checked)


async def _checked(conn: AsyncConnection, statement: Statement) -> Statement | NotTheirAssignment:
    """Return the statement with its assignment as it stands now, if it is the person's to answer."""
    assignment = await of_their_unit(conn, statement.assignment.id, statement.by)
    return (
        assignment
        if isinstance(assignment, NotTheirAssignment)
        else replace(statement, assignment=assignment)
    )


async def _last(conn: AsyncConnection, statement: Statement) -> Progress | None:
    latest = await progress_store.latest(conn, [statement.assignment.id])
    return latest.get((statement.assignment.id, statement.duty_id))


async def _waits_already(conn: AsyncConnection, statement: Statement, last: Progress | None) -> bool:
    """Whether an update tells once more, and nothing else, what waits for the unit's leader."""
    assignment, update = statement.assignment, statement.update
    if not assignment.waits_for_leader:
        return False
    if not await leaders_to_ask(conn, assignment, statement.by, statement.today):
        return False
    if last is None:  # a report that was finished by its last line waits as a whole
        return statement.duty_id is None and update.state == "done" and not _tells_more(update)
    return last.state == update.state and (not _tells_more(update) or fold(last.text) == fold(statement.text))


def _tells_more(update: Update) -> bool:
    """Whether there is more in it than a state."""
    return bool(update.result or update.difficulty or update.proposal or update.documents)


async def _keep_aside(conn: AsyncConnection, statement: Statement) -> None:
    progress_id = await progress_store.record(
        conn,
        statement.assignment,
        statement.duty_id,
        statement.by.id,
        statement.text,
        statement.update,
        statement.at,
    )
    await progress_store.set_aside(conn, progress_id)
