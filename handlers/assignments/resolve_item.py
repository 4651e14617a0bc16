"""Which item an update is meant for that bears no number: found by its words, or asked about."""

from collections.abc import Container, Iterable, Iterator, Sequence

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.item_matching import find
from domain.updates import dotted, maybe_behind
from handlers.assignments.item_numbering import Item, answered_nudge, give_numbers_here, in_sight, still_open
from handlers.common.button_data import Verb, choice_of, id_in
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording_of
from storage.assignments import assignment_store
from storage.assignments.assignment_store import report_lines

_CHOICES = 8
_WHAT = 50


async def open_items(context: Context) -> tuple[Item, ...]:
    """Return what an answer may be about: what the nudge shows that is answered, or all that is open.

    Of several reports of one plan the nearest has its lines among them: they are the same in the next one.
    """
    nudged = await answered_nudge(context)
    waiting = [
        assignment for assignment in await still_open(context) if not nudged or assignment.id in nudged
    ]
    numbers = await give_numbers_here(context, waiting)
    items: list[Item] = []
    opened: set[tuple[int | None, int]] = set()
    for assignment in waiting:
        number = str(numbers[assignment.id])
        items.append(Item(number, assignment))
        if assignment.kind == "report" and (assignment.plan_id, assignment.unit_id) not in opened:
            opened.add((assignment.plan_id, assignment.unit_id))
            moved = await assignment_store.moved_lines(context.conn, assignment)
            report_lines_ = await report_lines(context.conn, assignment)
            items += (item for item in _lines(number, assignment, report_lines_) if not _is_in(moved, item))
    return tuple(items)


def wholes(items: Iterable[Item], assignments: Iterable[Assignment]) -> tuple[Item, ...]:
    """Return the items of these assignments as wholes."""
    wanted = {assignment.id for assignment in assignments}
    return tuple(item for item in items if item.line is None and item.assignment.id in wanted)


def _is_in(duty_ids: Container[int], item: Item) -> bool:
    return item.line is not None and item.line.duty_id in duty_ids


def _lines(
    number: str, assignment: Assignment, report_lines_: Sequence[assignment_store.ReportLine]
) -> Iterator[Item]:
    return (Item(f"{number}.{place}", assignment, line) for place, line in enumerate(report_lines_, 1))


def item_text(context: Context, item: Item) -> str:
    """Return the words of an item: the duty's own, or the name of its report."""
    if item.line is not None:
        return item.line.text
    return item.assignment.text or wording_of(context).what(item.assignment).unescape()


def item_name(context: Context, item: Item) -> str:
    """Return what an item is called in an answer: its line, its report or duty, and its plan."""
    whole = wording_of(context).what(item.assignment).unescape()
    names = [item.line.text, whole] if item.line else [whole]
    plan = [item.assignment.plan] if item.assignment.plan else []
    return " · ".join(short(name, _WHAT) for name in (*names, *plan))


def items_named(context: Context, text: str, among: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items that a text names by their words; a single one where no other is possible."""
    return tuple(among[place] for place in find(text, [item_text(context, item) for item in among]))


async def meant_items(context: Context, text: str, open_: Sequence[Item]) -> tuple[Item, ...]:
    """Return what a text without a number is meant for: one item, several to choose from, or none.

    One: it alone has words of the text, or it alone is asked for, by the nudge answered or by any. Of "xong
    2, còn chờ ký" the number may be that of an item: that one is among those to choose from.
    """
    # "1.9 mời đoàn" where there is no 1.9: its words may be those of 1.1, its number says that it is another.
    by_words = len(open_) > 1 and not dotted(text)
    by_number = [item for item in open_ if item.number in maybe_behind(text)]
    waiting = wholes(open_, await asked_for(context))
    return (items_named(context, text, open_) if by_words else ()) or tuple(
        dict.fromkeys((*by_number, *waiting))
    )


async def asked_for(context: Context) -> tuple[Assignment, ...]:
    """Return what an answer without a number may mean: what the nudge answered or any nudge asks for."""
    waiting = await still_open(context)
    shown = await answered_nudge(context)
    asked_for = tuple(
        assignment
        for assignment in waiting
        if (assignment.id in shown if shown else assignment.asked_on is not None)
    )
    return asked_for or waiting


def understood_as(context: Context, item: Item) -> Markup:
    """Word which item was recognised by its words."""
    return context.texts("update.meant", number=item.number, what=short(item_text(context, item), 80))


def choices(context: Context, verb: Verb, items: Sequence[Item]) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each item; its argument is what `pressed_ids` understands."""
    return tuple((choice_of(_label(context, item), verb, item_key(item)),) for item in items[:_CHOICES])


def _label(context: Context, item: Item) -> str:
    what, plan = short(item_text(context, item), 40), short(item.assignment.plan, 30)
    name = "whole_of_plan" if plan else "whole"
    return label(context.texts, name, number=item.number, what=what, plan=plan)


def item_key(item: Item) -> str:
    """Return the argument of a button for an item: its assignment, and its line where it is one."""
    return f"{item.assignment.id}-{item.line.duty_id}" if item.line else str(item.assignment.id)


def pressed_ids(argument: str) -> tuple[int, int | None]:
    """Return the ids of the assignment and the line that a button names; 0 where it names none."""
    first, dash, second = argument.partition("-")
    return id_in(first), id_in(second) if dash else None


def ask_which(context: Context, text: str, items: Sequence[Item], sentences: Sequence[Markup] = ()) -> Reply:
    """Ask for which of several open items a text is meant; the text is kept with the question."""
    question = context.texts("update.which", number=items[0].number, words=short(text, 40))
    message = Outgoing(lines(*sentences, question), choices(context, "for", items))
    shown = in_sight(context, *(item.assignment for item in items))
    return reply(message, items=shown, topic="which", about=text)
