"""What is an answer to an ad hoc request: where it was asked alone, whatever its unit writes."""

from collections.abc import Sequence

from domain.assignments.assignment import Assignment
from domain.updates import split_items
from domain.updates.answers import read_answer
from domain.updates.by_rules import read_by_rules
from handlers.common.context import Context
from storage.assignments import assignment_store


async def asked_alone(context: Context, text: str) -> Assignment | None:
    """Return the request that the whole of a text answers; None where it may be meant for something else.

    It is, where the list shown last, or the message answered, named nothing but this request. "3 hộ tốc mái,
    2 ha lúa đổ" is one answer and no word on items 3 and 2; "1 xong" is a word on item 1.
    """
    if len(context.dialog.items) != 1:
        return None
    (request,) = await assignment_store.get(context.conn, context.dialog.items) or (None,)
    if (
        request is None
        or request.kind != "request"
        or request.unit_id not in context.person.units("focal", "leader")
    ):
        return None
    if not request.is_open and (context.said.reply_to is None or request.state == "cancelled"):
        return None
    addressed = [piece.text for piece in split_items(text) if piece.item is not None]
    if any(_tells_state(context, piece) for piece in addressed):
        return None
    return request if _answers(context, text, request) else None


def answered_by(context: Context, text: str, waiting: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Return the requests among what waits that a text may answer which tells of no other work."""
    return tuple(
        assignment
        for assignment in waiting
        if assignment.kind == "request" and _answers(context, text, assignment)
    )


def _answers(context: Context, text: str, assignment: Assignment) -> bool:
    return read_answer(text, today=context.today, due=assignment.due_on).says_something


def _tells_state(context: Context, text: str) -> bool:
    """Whether words prove a state; what is only likely one may as well be what the request asked for."""
    update = read_by_rules(text, today=context.today, due=None)
    return update.state is not None or update.wants_extension or update.acknowledged
