"""The items of a chat by number: which one an item has here, and what a number in an answer means.

The numbers are a person's own, the same in all their chats; a group chat has those of its unit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.assignments.assignment import Assignment
from domain.assignments.item_numbers import ItemNumbers
from handlers.common.context import Context
from services.assignments.number_items import number_items
from storage.assignments import assignment_store, number_store
from storage.assignments.assignment_store import ReportLine, report_lines
from storage.assignments.number_store import NumberOwner
from storage.common import outbox


@dataclass(frozen=True, slots=True)
class Item:
    """What a number stands for: an assignment ("2"), or a line of its report ("2.1")."""

    number: str
    assignment: Assignment
    line: ReportLine | None = None


async def owed(context: Context) -> tuple[Assignment, ...]:
    """Return all that the person's units owe or owed, nearest first."""
    return await assignment_store.of_units(context.conn, context.person.units("focal", "leader"))


async def still_open(context: Context) -> tuple[Assignment, ...]:
    """Return what the person's units still have to answer, nearest first."""
    return tuple(assignment for assignment in await owed(context) if assignment.is_open)


async def with_numbers(context: Context) -> Context:
    """Return the context with the numbers here, for a line that asks for them several times."""
    return replace(context, numbers=await numbers_here(context))


async def numbers_here(context: Context) -> ItemNumbers:
    """Return the numbers that were given here; where none were yet, all that is open gets them now."""
    if context.numbers is not None:
        return context.numbers
    owner = _owner(context)
    numbers = (await number_store.held(context.conn, [owner]))[owner]
    return numbers if numbers.given else await give_numbers_here(context, await still_open(context))


async def give_numbers_here(context: Context, assignments: Iterable[Assignment]) -> ItemNumbers:
    """Return the numbers here, after the open ones of these assignments have been given theirs."""
    open_ids = [assignment.id for assignment in assignments if assignment.is_open]
    return await number_items(context.conn, _owner(context), open_ids, context.now, context.rules.zone)


def _owner(context: Context) -> NumberOwner:
    if context.said.private:
        return NumberOwner(person_id=context.person.id)
    return NumberOwner(unit_id=context.person.units("focal", "leader")[0])


async def number_of(context: Context, assignment: Assignment) -> str:
    """Return the number of an assignment here; one that lacks a number gets it."""
    numbers = await numbers_here(context)
    if assignment.is_open or numbers.of(assignment.id) is None:
        wanted = [assignment.id]
        numbers = await number_items(context.conn, _owner(context), wanted, context.now, context.rules.zone)
    return str(numbers.of(assignment.id))


async def known_numbers(context: Context) -> tuple[str, ...]:
    """Return the numbers that an answer may use: those of the nudge that is answered, or all given here."""
    answered = await outbox.numbers_of(context.conn, context.said.chat, context.said.reply_to)
    given = sorted(answered or (each.number for each in (await numbers_here(context)).given))
    return tuple(str(number) for number in given)


async def answered_nudge(context: Context) -> tuple[int, ...]:
    """Return the assignments that the nudge shows that is answered; none where no nudge is answered."""
    numbers = await outbox.numbers_of(context.conn, context.said.chat, context.said.reply_to)
    return tuple(numbers.values())


async def find(context: Context, number: str) -> Item | None:
    """Return what a number means: in the nudge that is answered, or else here."""
    first, _, second = number.partition(".")
    assignment = await _behind(context, int(first))
    if assignment is None or not second:
        return Item(number, assignment) if assignment else None
    lines = await report_lines(context.conn, assignment)
    place = int(second)
    if not 1 <= place <= len(lines):
        return None
    return await _with_its_date(context, Item(number, assignment, lines[place - 1]))


async def _with_its_date(context: Context, line: Item) -> Item:
    """Return a line of a report; one that was put off alone as the assignment that it is now."""
    moved = await assignment_store.moved_lines(context.conn, line.assignment)
    if line.line is None or line.line.duty_id not in moved:
        return line
    (own,) = await assignment_store.get(context.conn, [moved[line.line.duty_id]])
    return Item(await number_of(context, own), own)


async def _behind(context: Context, number: int) -> Assignment | None:
    """Return the assignment behind a number, where it is of the person's units."""
    answered = await outbox.numbers_of(context.conn, context.said.chat, context.said.reply_to)
    assignment_id = answered.get(number) or (await numbers_here(context)).behind(number)
    assignments = await assignment_store.get(context.conn, [assignment_id or 0])
    is_theirs = assignments and assignments[0].unit_id in context.person.units("focal", "leader")
    return assignments[0] if is_theirs else None


async def line_item(context: Context, whole: Item, duty_id: int) -> Item | None:
    """Return a line of a report as an item, under the report's number; None where it has no such line."""
    for place, line in enumerate(await report_lines(context.conn, whole.assignment), 1):
        if line.duty_id == duty_id:
            return await _with_its_date(context, Item(f"{whole.number}.{place}", whole.assignment, line))
    return None


async def item_of(context: Context, assignment_id: int, duty_id: int | None) -> Item | None:
    """Return what the person's units owe, or a line of it, as an item; None where it is not theirs."""
    assignments = await assignment_store.get(context.conn, [assignment_id])
    if not assignments or assignments[0].unit_id not in context.person.units("focal", "leader"):
        return None
    item = Item(await number_of(context, assignments[0]), assignments[0])
    return item if duty_id is None else await line_item(context, item, duty_id)


async def shown_last(context: Context) -> tuple[int, ...]:
    """Return the assignments of the nudge that is answered, or those shown last, or else all open ones."""
    answered = await answered_nudge(context) or context.dialog.items
    return answered or tuple(assignment.id for assignment in await still_open(context))


def in_sight(context: Context, *assignments: Assignment) -> tuple[int, ...]:
    """Return the assignments that the chat was shown last, and these."""
    return tuple(dict.fromkeys((*context.dialog.items, *(assignment.id for assignment in assignments))))
