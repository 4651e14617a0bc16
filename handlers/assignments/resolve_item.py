"""Which item an update is meant for that bears no number: found by its words, or asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.item_matching import find
from domain.updates import dotted, maybe_behind
from handlers.assignments.item_list import Item, answered_nudge, numbered, still_open, with_others
from handlers.common.button_data import Verb, choice_of, id_in
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording
from storage.assignments import assignment_store
from storage.assignments.assignment_store import report_lines

_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Open:
    """What a unit may answer: every open item with its number, and the assignments that the numbers count."""

    items: tuple[Item, ...]
    ids: tuple[int, ...]

    def of(self, waiting: Sequence[Assignment]) -> tuple[Item, ...]:
        """Return the items of these assignments as wholes."""
        wanted = {assignment.id for assignment in waiting}
        return tuple(item for item in self.items if item.line is None and item.assignment.id in wanted)


async def open_items(context: Context) -> Open:
    """Return what an answer may be about: what the nudge numbered that is answered, or all that is open.

    Of several reports of one plan the nearest has its lines among them: they are the same in the next one.
    """
    nudged = await answered_nudge(context)
    waiting = [
        assignment for assignment in await still_open(context) if not nudged or assignment.id in nudged
    ]
    shown = await numbered(context)
    ids = with_others(shown, (assignment.id for assignment in waiting))
    items: list[Item] = []
    told: set[tuple[int | None, int]] = set()
    for assignment in waiting:
        number = str(ids.index(assignment.id) + 1)
        items.append(Item(number, assignment))
        if assignment.kind == "report" and (assignment.plan_id, assignment.unit_id) not in told:
            told.add((assignment.plan_id, assignment.unit_id))
            items += _lines(number, assignment, await report_lines(context.conn, assignment))
    return Open(tuple(items), ids)


def _lines(
    number: str, assignment: Assignment, found: Sequence[assignment_store.ReportLine]
) -> Iterator[Item]:
    return (Item(f"{number}.{place}", assignment, line) for place, line in enumerate(found, 1))


def what(context: Context, item: Item) -> str:
    """Return the words of an item: the duty's own, or the name of its report."""
    if item.line is not None:
        return item.line.text
    return item.assignment.text or wording(context).what(item.assignment).unescape()


def named(context: Context, text: str, among: Open) -> tuple[Item, ...]:
    """Return the items of which a text has words; one, where it can mean no other."""
    return tuple(among.items[place] for place in find(text, [what(context, item) for item in among.items]))


async def aim(context: Context, text: str, there: Open) -> tuple[Item, ...]:
    """Return what a text without a number is meant for: one item, several to choose from, or none.

    One: it alone has words of the text, or it alone is asked for, by the nudge answered or by any. Of "xong
    2, còn chờ ký" the number may be that of an item: that one is among those to choose from.
    """
    # "1.9 mời đoàn" where there is no 1.9: its words may be those of 1.1, its number says that it is another.
    by_words = len(there.items) > 1 and not dotted(text)
    by_number = [item for item in there.items if item.number in maybe_behind(text)]
    waiting = there.of(await asked(context))
    return (named(context, text, there) if by_words else ()) or tuple(dict.fromkeys((*by_number, *waiting)))


async def asked(context: Context) -> tuple[Assignment, ...]:
    """What an answer without a number may mean: the items of the nudge answered, or what was asked for."""
    waiting = await still_open(context)
    shown = await answered_nudge(context)
    those = tuple(
        assignment
        for assignment in waiting
        if (assignment.id in shown if shown else assignment.asked_on is not None)
    )
    return those or waiting


def told_as(context: Context, item: Item) -> Markup:
    """Tell which item was understood from words."""
    return context.texts("update.meant", number=item.number, what=short(what(context, item), 80))


def choices(context: Context, verb: Verb, items: Sequence[Item]) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each item; its argument is what `pressed_ids` understands."""
    return tuple((choice_of(_label(context, item), verb, key(item)),) for item in items[:_CHOICES])


def _label(context: Context, item: Item) -> str:
    return label(context.texts, "whole", number=item.number, what=short(what(context, item), 40))


def key(item: Item) -> str:
    """Return what a button says of an item: its assignment, and its line where it is one."""
    return f"{item.assignment.id}-{item.line.duty_id}" if item.line else str(item.assignment.id)


def pressed_ids(argument: str) -> tuple[int, int | None]:
    """Return the assignment and the line that a button names; 0, which nothing bears, where it is none."""
    first, dash, second = argument.partition("-")
    return id_in(first), id_in(second) if dash else None


def ask(
    context: Context, text: str, items: Sequence[Item], ids: tuple[int, ...], told: Sequence[Markup] = ()
) -> Reply:
    """Ask for which of several open items a text is meant; the text is kept with the question."""
    question = context.texts("update.which", number=items[0].number, words=short(text, 40))
    message = Outgoing(lines(*told, question), choices(context, "for", items))
    return reply(message, items=ids, topic="which", about=text)
