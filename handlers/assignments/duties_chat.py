"""/duties (/viec): what my unit owes, numbered, nearest first."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.assignments.lifecycle import FINISHED
from handlers.assignments.evidence_list import files_choice, own_choice
from handlers.assignments.item_list import (
    LINES_SHOWN,
    Item,
    answer_buttons,
    find,
    owed,
    show_items,
    show_lines,
    with_files,
    wording,
)
from handlers.assignments.item_list import item as show_item
from handlers.common.context import Desk, Reply, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import lines
from storage.assignments import evidence_store as evidence
from storage.assignments import progress_store as progress
from storage.assignments.assignment_store import Assignment

_BUTTON_ROWS = 3


@command("duties", "viec", "officer")
async def duties(desk: Desk, argument: str) -> Reply:
    """List what is open; with a number, one item with all its lines."""
    number = argument.strip().rstrip(".")
    if number.isdecimal():
        return await _one(desk, number)
    return await _all(desk)


async def _all(desk: Desk) -> Reply:
    mine = await owed(desk)
    waiting = [one for one in mine if one.is_open]
    closing = _closing(desk, mine)
    if not waiting:
        return reply(
            Outgoing(lines(desk.texts("duties.none"), *closing), await own_choice(desk, mine)), items=()
        )
    ids = tuple(one.id for one in waiting)
    shown = await show_items(desk.work, wording(desk), waiting, LINES_SHOWN)
    units = ", ".join(dict.fromkeys(one.unit for one in waiting))
    head = desk.texts("duties.head", unit=units, count=len(waiting))
    how = desk.texts("duties.how", example=desk.texts("nudge.example"))
    text = lines(head, "", *shown, *closing, "", how)
    rows = _answers(desk, waiting)
    return reply(Outgoing(text, (*rows, *await own_choice(desk, mine))), items=ids)


def _answers(desk: Desk, waiting: Sequence[Assignment]) -> tuple[tuple[Choice, ...], ...]:
    """The usual answers to the first few that wait for the unit, and not for its leader."""
    words, asked = wording(desk), [(n, one) for n, one in enumerate(waiting, 1) if not one.waits_for_leader]
    return tuple(row for n, one in asked[:_BUTTON_ROWS] for row in answer_buttons(words, [one.id], n))


def _closing(desk: Desk, mine: tuple[Assignment, ...]) -> list[Markup]:
    done = sum(one.state == "done" for one in mine)
    waiting = sum(one.state == "submitted" for one in mine)
    past = sum(one.past and one.state not in FINISHED for one in mine)
    return [
        *([desk.texts("duties.done", count=done)] if done else []),
        *([desk.texts("duties.waiting", count=waiting)] if waiting else []),
        *([desk.texts("duties.past", count=past)] if past else []),
    ]


async def _one(desk: Desk, number: str) -> Reply:
    item = await find(desk, number)
    if item is None:
        return reply(Outgoing(desk.texts("duties.no_number", number=number)))
    words = wording(desk)
    said = (await progress.latest(desk.work, [item.assignment.id])).get((item.assignment.id, None))
    files = await evidence.counts(desk.work, [item.assignment.id])
    line = show_item(words, number, item.assignment, said)
    head = with_files(words, line, files.get((item.assignment.id, None)))
    shown = await show_lines(desk.work, words, item.assignment, int(number), None)
    text = lines(head, words.window(item.assignment), *shown)
    return reply(Outgoing(text, _ways(desk, item, sum(files.values()))))


def _ways(desk: Desk, item: Item, files: int) -> tuple[tuple[Choice, ...], ...]:
    """The usual answers to one item while it is open, and its files if it has any."""
    one = item.assignment
    answers = answer_buttons(wording(desk), [one.id], int(item.number)) if one.is_open else ()
    return (*answers, (files_choice(desk, one.id, files),)) if files else answers
