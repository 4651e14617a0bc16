"""One message for several items: all of it is recorded, or none, and then what was understood is shown.

What is said of all items, or of all others, is shown first too: the message does not tell which these are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.common.text import fold
from domain.plans.pasted_text import is_plan
from domain.updates import Addressed, dotted
from domain.updates.several_items import (
    ItemUpdate,
    NotUnderstood,
    calls_by_name,
    numbers_in,
    read_items,
)
from handlers.assignments import recording
from handlers.assignments.item_list import left, standing
from handlers.assignments.item_numbering import (
    Item,
    find,
    in_sight,
    item_of,
    known_numbers,
    number_of,
    numbers_here,
    still_open,
)
from handlers.assignments.recording import Outcome, below, read, record
from handlers.assignments.resolve_item import item_name
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Context, Reply, button, question, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short
from services.assignments.undo_update import UpdateUndone, undo_update
from storage.assignments import progress_store
from storage.assignments.progress_store import Progress

_TOPIC = "several"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text says of the items it names, and the words that were not understood.

    `names`: how many items it names, whether they are there or not. `is_of_all`: it speaks of all items, of
    all others, or of one by its place, which are shown before they are recorded. `is_called`: it calls
    one by a word, "báo cáo 2".
    """

    pieces: tuple[Addressed, ...]
    left: tuple[str, ...]
    names: int
    is_of_all: bool = False
    is_called: bool = False


async def named_lines(context: Context, text: str) -> tuple[str, ...]:
    """Return the numbers of lines of reports ("2.1") that stand in a text and are there."""
    return tuple([number for number in sorted(dotted(text)) if await find(context, number)])


async def take_several(context: Context, text: str, named: Sequence[str]) -> Reply | None:
    """Record all that a text says of several items, or show what was understood; None for any other text.

    `named` are its `named_lines`. A plan's text has numbers of its own, which are no items.
    """
    if is_plan(text):
        return None
    read_lines = await _read(context, text, named)
    is_of_one = read_lines.names < 2 and not read_lines.is_called and not read_lines.is_of_all
    if is_of_one or not (read_lines.pieces or read_lines.left or read_lines.is_of_all):
        return None
    if not read_lines.left and not read_lines.is_of_all:
        return await _recorded(context, read_lines.pieces)
    return await _shown(context, text, read_lines)


async def _read(context: Context, text: str, named: Sequence[str]) -> _Read:
    known = [*await known_numbers(context), *named]
    read_lines = read_items(text, known, today=context.today, due=None)
    if not isinstance(read_lines, NotUnderstood):
        is_of_all = not all(item_update.by_number for item_update in read_lines)
        names = len(read_lines) if is_of_all else len(numbers_in(text, known))
        is_called = bool(read_lines) and calls_by_name(text, known)
        return _Read(await _open_ones(context, read_lines), (), names, is_of_all, is_called)
    understood = tuple(Addressed(item_update.item, item_update.text) for item_update in read_lines.understood)
    return _Read(understood, read_lines.left, len(read_lines.named))


async def _open_ones(context: Context, updates: Sequence[ItemUpdate]) -> tuple[Addressed, ...]:
    """What is said of the items, without those that are over and were not named."""
    if all(update.by_number for update in updates):
        return tuple(Addressed(update.item, update.text) for update in updates)
    open_ids = {assignment.id for assignment in await still_open(context)}
    given = (await numbers_here(context)).given
    is_open = {str(each.number) for each in given if each.assignment_id in open_ids}
    wanted = [update for update in updates if update.by_number or update.item in is_open]
    return tuple(Addressed(update.item, update.text) for update in wanted)


async def _shown(context: Context, text: str, read_lines: _Read) -> Reply:
    """Show what was understood and what was not; one tap records the former."""
    rows = [await _row(context, piece) for piece in read_lines.pieces]
    words = [
        context.texts(_heading(read_lines)),
        *rows,
        *(context.texts("several.left", words=short(words, 60)) for words in read_lines.left),
    ]
    answers = (*(["right"] if rows else []), "correct")
    choices = tuple(choice_of(label(context.texts, name), "several", name) for name in answers)
    return reply(Outgoing(lines(*words), (choices,)), topic=_TOPIC, about=text)


def _heading(read_lines: _Read) -> str:
    if read_lines.is_of_all and read_lines.pieces and not read_lines.left:
        return "several.all"
    return "several.shown" if read_lines.pieces else "several.nothing"


async def _row(context: Context, piece: Addressed) -> Markup:
    words = recording.word_read(context, read(context, piece.text, None), piece.text)
    item = await find(context, piece.item or "")
    what = item_name(context, item) if item else ""
    return context.texts("several.row", number=piece.item, words=words, what=what)


@button("several", "member")
async def answered(context: Context, pressed: ButtonData) -> Reply:
    """Đúng records what was understood of the line; Sửa asks for the line again."""
    if context.dialog.topic != _TOPIC:
        return reply(Outgoing(context.texts("error.old_button")))
    if pressed.text() != "right":
        return reply(Outgoing(context.texts("several.again")))
    text = context.dialog.about
    read_lines = await _read(context, text, await named_lines(context, text))
    return await _recorded(context, read_lines.pieces)


@question(_TOPIC, "member")
async def answered_in_words(context: Context, text: str) -> Reply | None:
    """Take the words of a button; whatever else is a line of its own."""
    names = {fold(label(context.texts, name)): name for name in ("right", "correct")}
    name = names.get(fold(text.strip(" .!")))
    return await answered.run(context, ButtonData("several", (name,))) if name else None


async def _recorded(context: Context, pieces: Sequence[Addressed]) -> Reply:
    outcome = await record_all(context, pieces, corrects=False)
    if outcome.asks:
        return outcome.asks
    rows = (outcome.undo,) if outcome.undo else ()
    answer = Outgoing(lines(*outcome.told, *await left(context)), rows)
    return reply(answer, items=in_sight(context, *outcome.about))


async def record_all(context: Context, pieces: Sequence[Addressed], *, corrects: bool) -> Outcome:
    """Record each piece on its item, or correct what was said of it; the first question that arises is asked.

    One button takes all of it back.
    """
    words: list[Markup] = []
    about: list[Assignment] = []
    outcomes: list[Outcome] = []
    asks: Reply | None = None
    for piece in pieces:
        item = await find(context, piece.item or "")
        if item is None:
            words.append(context.texts("duties.no_number", number=piece.item))
            continue
        about.append(item.assignment)
        old = await last_word(context, item) if corrects else None
        recorded = (
            recording.amend(context, item, old, piece.text) if old else record(context, item, piece.text)
        )
        outcome = await recorded
        words += outcome.told
        outcomes += [outcome] if outcome.progress_id else []
        if outcome.asks and asks:
            words.append(context.texts("extension.unclear", words=short(piece.text, 60)))
        asks = asks or outcome.asks
    wish = outcomes[0].wish if len(outcomes) == 1 else None
    back = _way_back(context, outcomes)
    return Outcome(words, back, asks and below(words, asks), about=about, wish=wish)


def _way_back(context: Context, outcomes: Sequence[Outcome]) -> tuple[Choice, ...]:
    if len(outcomes) == 1:
        return outcomes[0].undo
    ids = [outcome.progress_id or 0 for outcome in outcomes]
    return (choice_of(label(context.texts, "undo"), "undo", min(ids), max(ids)),) if ids else ()


async def last_word(context: Context, item: Item) -> Progress | None:
    """Return the last word on an item."""
    last_words = await progress_store.latest(context.conn, [item.assignment.id])
    return last_words.get((item.assignment.id, item.line.duty_id if item.line else None))


async def take_all_back(context: Context, first: int, last: int) -> Reply:
    """Take back all that one message recorded, from its first progress to its last."""
    recorded = await progress_store.since(context.conn, first - 1, context.person.id)
    of_line = [(id_, duty_id) for id_, _, duty_id in recorded if id_ <= last] if first else []
    by, now, rules = context.person, context.now, context.rules
    results = [
        (await undo_update(context.conn, progress_id, by=by, now=now, rules=rules), duty_id)
        for progress_id, duty_id in reversed(of_line)
    ]
    undone = [(result, duty_id) for result, duty_id in results if isinstance(result, UpdateUndone)]
    undone_words = [await _word_undone(context, result, duty_id) for result, duty_id in reversed(undone)]
    too_late = [context.texts("update.too_late")] if len(undone) < len(results) or not results else []
    return reply(Outgoing(lines(*undone_words, *too_late)))


async def _word_undone(context: Context, result: UpdateUndone, duty_id: int | None) -> Markup:
    assignment = result.assignment
    item = await item_of(context, assignment.id, duty_id)
    item = item or Item(await number_of(context, assignment), assignment)
    facts = {"number": item.number, "what": item_name(context, item)}
    return context.texts("several.undone", **facts, state=standing(context, assignment))
