"""Who has the next word on what a unit reported is asked: its leaders, then the coordinators."""

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from handlers.assignments.decision_notice import assignment_facts
from handlers.assignments.evidence_list import files_choice
from handlers.common import notice
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import Wording, label, lines, short
from services.assignments.statement import Recorded
from storage.assignments import approval_store, progress_store
from storage.assignments.approval_store import PendingWords
from storage.assignments.assignment_store import report_lines
from storage.organisation import people_store

_WORDS, _WHOLE = 200, 400


async def ask_next(conn: AsyncConnection, wording: Wording, recorded: Recorded, text: str) -> None:
    """Ask whoever must approve or confirm what the words `text` have reported."""
    assignment, progress_id = recorded.assignment, recorded.progress_id
    await ask_leaders(conn, wording, assignment, progress_id, recorded.leaders)
    if recorded.coordinators is not None:
        await ask_coordinators(conn, wording, assignment, progress_id, text, recorded.coordinators)


async def ask_leaders(
    conn: AsyncConnection, wording: Wording, assignment: Assignment, progress_id: int, leaders: Sequence[int]
) -> None:
    """Ask the unit's leaders to approve the words on record as `progress_id`."""
    if leaders:
        waiting = await approval_store.waiting(conn, assignment.id)
        asked = await approval_question(conn, wording, assignment, waiting)
        await notice.put_on(conn, leaders, wording.today, f"approve:{progress_id}", asked)


async def approval_question(
    conn: AsyncConnection, wording: Wording, assignment: Assignment, waiting: Sequence[PendingWords]
) -> Outgoing:
    """Word the question to a leader: what was reported, line by line, with the newest words."""
    newest, texts = waiting[-1], wording.texts
    latest = await progress_store.latest(conn, [assignment.id])
    by = await people_store.get(conn, newest.person_id, wording.today)
    rows = [
        texts("approval.row", what=short(line.text, 60), words=short(progress.text, _WORDS))
        for line in await report_lines(conn, assignment)
        if (progress := latest.get((assignment.id, line.duty_id))) is not None
    ]
    facts = {
        "unit": assignment.unit,
        "report": wording.what(assignment),
        "due": wording.due(assignment),
        "person": by.name,
    }
    bare = newest.duty_id is not None or newest.text in (texts("said.done"), texts("said.report"))
    own = None if bare else texts("approval.words", words=short(newest.text, _WORDS))
    choices = (
        choice_of(label(texts, "approve"), "approve", newest.id),
        choice_of(label(texts, "disapprove"), "disapprove", newest.id),
    )
    text = lines(texts("approval.asked", **facts), own, *rows)
    return Outgoing(text, (choices, (files_choice(texts, assignment.id),)))


async def ask_coordinators(
    conn: AsyncConnection,
    wording: Wording,
    assignment: Assignment,
    progress_id: int,
    text: str,
    coordinators: Sequence[int],
) -> None:
    """Ask coordinators to confirm what a unit has said to be done in the words `text`."""
    choices = (judgement_choices(wording.texts, assignment), (files_choice(wording.texts, assignment.id),))
    message = Outgoing(_judgement_question(wording, assignment, text), choices)
    await notice.put_on(conn, coordinators, wording.today, f"confirm:{progress_id}", message)


def _judgement_question(wording: Wording, assignment: Assignment, text: str) -> Markup:
    """Word what a coordinator is asked to confirm."""
    texts = wording.texts
    again = texts("confirm.again", count=assignment.returned) if assignment.returned else ""
    facts = assignment_facts(wording, assignment)
    return texts("confirm.asked", unit=assignment.unit, again=again, words=short(text, _WHOLE), **facts)


def judgement_choices(texts: Texts, assignment: Assignment, number: int | None = None) -> tuple[Choice, ...]:
    """Return the buttons by which a result is confirmed or given back; with its `number` in a list."""
    which = f"{number} " if number else ""
    return (
        choice_of(which + label(texts, "accept"), "accept", assignment.id),
        choice_of(which + label(texts, "return"), "return", assignment.id),
    )
