"""/duties (/viec): what my unit owes, numbered, nearest first."""

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.item_numbers import ItemNumbers
from domain.assignments.lifecycle import FINISHED
from domain.updates import bare_item
from handlers.assignments.evidence_list import files_choice, own_choice
from handlers.assignments.item_list import (
    LINES_SHOWN,
    answer_buttons,
    item_buttons,
    show_items,
    show_line,
    show_lines,
    with_files,
)
from handlers.assignments.item_list import item as show_item
from handlers.assignments.item_numbering import Item, find, give_numbers_here, in_sight, owed
from handlers.assignments.question_chat import ask_buttons
from handlers.assignments.question_notice import told_rows
from handlers.assignments.resolve_item import item_key
from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import lines, short, wording_of
from storage.assignments import evidence_store, progress_store, question_store
from storage.assignments.assignment_store import ReportLine

_BUTTON_ROWS = 3
_WHOLE_LINE = 600


@command("duties", "viec", "officer")
async def duties(context: Context, argument: str) -> Reply:
    """List what is open; with a number, one item with all its lines, or one line of a report."""
    typed = argument.strip().rstrip(".")
    number = bare_item(argument) or (typed if typed.isdecimal() else None)
    return await (_one(context, number) if number else _all(context))


async def _all(context: Context) -> Reply:
    assignments = await owed(context)
    waiting = [assignment for assignment in assignments if assignment.is_open]
    closing = _closing(context, assignments)
    if not waiting:
        return reply(
            Outgoing(lines(context.texts("duties.none"), *closing), await own_choice(context, assignments)),
            items=(),
        )
    ids = tuple(assignment.id for assignment in waiting)
    numbers = await give_numbers_here(context, waiting)
    shown = await show_items(context.conn, wording_of(context), waiting, LINES_SHOWN, numbers)
    units = ", ".join(dict.fromkeys(assignment.unit for assignment in waiting))
    head = context.texts("duties.head", unit=units, count=len(waiting))
    how = context.texts("duties.how", example=context.texts("nudge.example", number=numbers[waiting[0].id]))
    text = lines(head, "", *shown, *closing, "", how)
    answerable = [assignment for assignment in waiting if not assignment.waits_for_leader]
    rows = answer_buttons(wording_of(context), answerable[:_BUTTON_ROWS], numbers, among=waiting)
    return reply(Outgoing(text, (*rows, *await own_choice(context, assignments))), items=ids)


def _closing(context: Context, assignments: tuple[Assignment, ...]) -> list[Markup]:
    done = sum(assignment.state == "done" for assignment in assignments)
    waiting = sum(assignment.state == "submitted" for assignment in assignments)
    past = sum(assignment.past and assignment.state not in FINISHED for assignment in assignments)
    return [
        *([context.texts("duties.done", count=done)] if done else []),
        *([context.texts("duties.waiting", count=waiting)] if waiting else []),
        *([context.texts("duties.past", count=past)] if past else []),
    ]


async def _one(context: Context, number: str) -> Reply:
    item = await find(context, number)
    if item is None:
        return reply(Outgoing(context.texts("duties.no_number", number=number)))
    if item.line is not None:
        return await _line(context, item, item.line)
    wording = wording_of(context)
    progress = (await progress_store.latest(context.conn, [item.assignment.id])).get(
        (item.assignment.id, None)
    )
    files = await evidence_store.counts(context.conn, [item.assignment.id])
    line = show_item(wording, item.number, item.assignment, progress)
    head = with_files(wording, line, files.get((item.assignment.id, None)))
    shown = await show_lines(context.conn, wording, item.assignment, int(item.number), None)
    question_rows = told_rows(
        wording, await question_store.of_assignments(context.conn, [item.assignment.id])
    )
    text = lines(head, wording.window(item.assignment), *shown, *question_rows)
    return reply(
        Outgoing(
            text,
            _ways(context, item, await give_numbers_here(context, [item.assignment]), sum(files.values())),
        )
    )


async def _line(context: Context, item: Item, line: ReportLine) -> Reply:
    """Show one line of a report: its words, how it stands, and the report with its date."""
    wording, assignment = wording_of(context), item.assignment
    place = assignment.id, line.duty_id
    progress = (await progress_store.latest(context.conn, [assignment.id])).get(place)
    files = await evidence_store.counts(context.conn, [assignment.id])
    shown = show_line(wording, item.number, line, progress, _WHOLE_LINE)
    facts = {"report": wording.what(assignment), "plan": assignment.plan, "due": wording.due(assignment)}
    said = context.texts("duties.line_said", words=short(progress.text, 200)) if progress else None
    text = lines(with_files(wording, shown, files.get(place)), context.texts("duties.line_of", **facts), said)
    key = item_key(item)
    rows = (item_buttons(wording, item.number, key), *ask_buttons(context.texts, key))
    answers = rows if assignment.is_open else ()
    return reply(Outgoing(text, answers), items=in_sight(context, assignment))


def _ways(context: Context, item: Item, numbers: ItemNumbers, files: int) -> tuple[tuple[Choice, ...], ...]:
    """The usual answers to one item while it is open, and its files if it has any."""
    assignment = item.assignment
    answers = (
        (
            *answer_buttons(wording_of(context), [assignment], numbers),
            *ask_buttons(context.texts, str(assignment.id)),
        )
        if assignment.is_open
        else ()
    )
    return (*answers, (files_choice(context.texts, assignment.id, files),)) if files else answers
