"""/update (/capnhat), plain text, and the buttons under a nudge: how progress is recorded."""

from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from domain.updates import Update, bare_item, corrected, dotted, maybe_behind, split_items
from handlers.assignments import (
    acknowledge_chat,
    approval_chat,
    extension_chat,
    recording,
    request_answers,
    resolve_item,
    several_chat,
)
from handlers.assignments.item_list import left, standing
from handlers.assignments.item_numbering import (
    Item,
    find,
    in_sight,
    item_of,
    line_item,
    number_of,
    shown_last,
    with_numbers,
)
from handlers.assignments.next_word_notice import ask_leaders
from handlers.assignments.recording import below, read, record, unread
from handlers.common.button_data import ButtonData, id_in
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    button,
    command,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import lines, short, wording_of
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.undo_update import undo_update
from services.common.results import Refused
from storage.assignments import assignment_store, progress_store
from storage.assignments.progress_store import Progress

TEXT_LIMIT = 2000
_EARLY = timedelta(days=30)


@command("update", "capnhat", "officer")
async def update(context: Context, argument: str) -> Reply:
    """Record progress: an item's number, then the person's own words."""
    if not argument.strip():
        return reply(Outgoing(context.texts("update.usage")))
    return await take_update(context, argument)


async def take_update(context: Context, text: str) -> Reply:
    """Record what a line says of the items it names, or of the only one that is open."""
    if len(text) > TEXT_LIMIT:
        return reply(Outgoing(context.texts("update.too_long", limit=TEXT_LIMIT)))
    context = replace(context, dialog=replace(context.dialog, items=await shown_last(context)))
    context = await with_numbers(context)
    request = await request_answers.asked_alone(context, text)
    if request is not None:
        item = Item(await number_of(context, request), request)
        return await _only(context, item, text, [])
    text, corrects = corrected(text)
    named = await several_chat.named_lines(context, text)
    several = None if corrects else await several_chat.take_several(context, text, named)
    if several is not None:
        return several
    behind = {*maybe_behind(text)} - dotted(text)
    pieces = split_items(text, [*named, *[number for number in behind if await find(context, number)]])
    addressed = [piece for piece in pieces if piece.item is not None]
    loose = next((piece.text for piece in pieces if piece.item is None), "")
    if not addressed:
        return await _unaddressed(context, loose, [])
    outcome = await several_chat.record_all(context, addressed, corrects=corrects)
    if outcome.asks:
        return outcome.asks
    if loose and read(context, loose, None).says_something:
        return await _unaddressed(context, loose, outcome.told)
    answer = lines(*outcome.told, outcome.wish, *await left(context))
    return reply(Outgoing(answer, _row(outcome.undo)), items=in_sight(context, *outcome.about))


async def _unaddressed(context: Context, text: str, sentences: list[Markup]) -> Reply:
    """Take a text without a number: for the item whose words it has, the only open one, or none yet."""
    update = read(context, text, None)
    if update.acknowledged:
        return reply(Outgoing(lines(*sentences, await acknowledge_chat.acknowledge(context))))
    open_ = await resolve_item.open_items(context)
    unknown = [number for number in maybe_behind(text) if await find(context, number) is None]
    sentences = [*sentences, *(context.texts("duties.no_number", number=number) for number in unknown)]
    if not update.says_something:
        waiting = request_answers.answered_by(context, text, await resolve_item.asked_for(context))
        if not waiting:
            return below(sentences, await unread(context, text, update))
        return resolve_item.ask_which(context, text, resolve_item.wholes(open_, waiting), sentences)
    if not open_:
        return reply(Outgoing(lines(*sentences, context.texts("update.nothing_open"))))
    items = await resolve_item.meant_items(context, text, open_)
    if len(items) == 1 and not unknown:
        by_words = items == resolve_item.items_named(context, text, open_) and len(open_) > 1
        if not by_words and _is_early(context, items[0], update):
            return resolve_item.ask_which(context, text, items, sentences)
        understood = [resolve_item.understood_as(context, items[0])] if by_words else []
        return await _only(context, items[0], text, [*sentences, *understood])
    return resolve_item.ask_which(context, text, items, sentences)


def _is_early(context: Context, item: Item, update: Update) -> bool:
    """Whether something would be finished for which nobody has asked yet, long before it is due."""
    assignment = item.assignment
    asked = assignment.asked_on is not None or assignment.due_on - context.today <= _EARLY
    return update.state in ("done", "nil") and not asked


async def take_for(context: Context, item: Item, text: str) -> Reply:
    """Record a text on an item that is already known."""
    return await _only(context, item, text, [])


async def _only(context: Context, item: Item, text: str, sentences: list[Markup]) -> Reply:
    """Record a text on an item and answer; `sentences` stand above the answer."""
    outcome = await record(context, item, text)
    if outcome.asks:
        return below(sentences, outcome.asks)
    answer = lines(*sentences, *outcome.told, outcome.wish, *await left(context))
    return reply(Outgoing(answer, _row(outcome.undo)), items=in_sight(context, item.assignment))


def _row(undo: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], ...]:
    return (undo,) if undo else ()


async def _pressed_item(context: Context, argument: str) -> Item | Reply:
    """Return the item that a button stands for, if it is the person's to answer and still open."""
    assignment_id, duty_id = resolve_item.pressed_ids(argument)
    item = await item_of(context, assignment_id, duty_id)
    if item is None:
        return turned_away(context, f"assignment {assignment_id}")
    if not item.assignment.is_open:
        state = wording_of(context).state(item.assignment.state, blocked=False)
        return reply(Outgoing(context.texts("update.already", state=state)))
    return item


async def _press(context: Context, argument: str, text: str, update: Update | None = None) -> Reply:
    item = await _pressed_item(context, argument)
    if isinstance(item, Reply):
        return item
    shown = in_sight(context, item.assignment)
    outcome = await record(context, item, text, update)
    if outcome.asks:
        return outcome.asks
    return reply(Outgoing(lines(*outcome.told, *await left(context)), _row(outcome.undo)), items=shown)


@button("done", "member")
async def done(context: Context, pressed: ButtonData) -> Reply:
    """Đã xong; a second tap asks no leader twice."""
    item = await _pressed_item(context, pressed.text())
    if (
        not isinstance(item, Reply)
        and item.line is None
        and approval_chat.is_pending(context, item.assignment)
    ):
        return reply(Outgoing(context.texts("update.already", state=standing(context, item.assignment))))
    return await _press(context, pressed.text(), context.texts("said.done").unescape(), Update(state="done"))


@button("doing", "member")
async def doing(context: Context, pressed: ButtonData) -> Reply:
    """Đang làm."""
    return await _press(
        context,
        pressed.text(),
        context.texts("said.doing").unescape(),
        Update(state="in_progress"),
    )


@button("for", "member")
async def for_(context: Context, pressed: ButtonData) -> Reply:
    """Take the text that was asked about for the item chosen."""
    if context.dialog.topic != "which":
        return reply(Outgoing(context.texts("error.old_button")))
    return await _press(context, pressed.text(), context.dialog.about)


@question("which", "member")
async def which(context: Context, text: str) -> Reply:
    """Take a bare number as the choice; whatever else is a new line of its own."""
    item = await bare_number(context, text)
    return (
        await _press(context, resolve_item.item_key(item), context.dialog.about)
        if item
        else await take_update(context, text)
    )


async def bare_number(context: Context, text: str) -> Item | None:
    """Return the item whose number is all of a text."""
    number = bare_item(text)
    return await find(context, number) if number else None


@button("stuck", "member")
async def stuck(context: Context, pressed: ButtonData) -> Reply:
    """Vướng: ask what the difficulty is."""
    item = await _pressed_item(context, pressed.text())
    if isinstance(item, Reply):
        return item
    what = resolve_item.item_name(context, item)
    ask = Outgoing(context.texts("update.stuck_ask", number=item.number, what=what))
    return reply(ask, items=in_sight(context, item.assignment), topic="stuck", about=pressed.text())


@question("stuck", "member")
async def stuck_typed(context: Context, text: str) -> Reply:
    """Take the difficulty in the person's own words."""
    if len(text) > TEXT_LIMIT or split_items(text)[0].item is not None:
        return await take_update(context, text)
    update = read(context, text, None)
    state = None if update.state == "done" else update.state
    return await _press(context, context.dialog.about, text, replace(update, state=state, blocked=True))


@question("extend", "member")
async def extend_typed(context: Context, text: str) -> Reply:
    """Take a later date; a line that names an item is an update all the same."""
    answer = await extension_chat.taken(context, text)
    if answer is None and split_items(text)[0].item is not None:
        return await take_update(context, text)
    return answer or extension_chat.ask_again(context, text)


@button("undo", "member")
async def undo(context: Context, pressed: ButtonData) -> Reply:
    """Hoàn tác: take back the last word, the correction of one, or a whole line, within ten minutes."""
    if len(pressed.arguments) > 1:
        return await several_chat.take_all_back(context, pressed.id(0), pressed.id(1))
    old = await progress_store.find(context.conn, pressed.id())
    result = await undo_update(
        context.conn, pressed.id(), by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}", "update.too_late")
    if isinstance(result, Refused):
        return reply(Outgoing(context.texts("update.too_late")))
    assignment, former = result.assignment, result.restored
    if former is not None:
        await ask_leaders(context.conn, wording_of(context), assignment, former.id, result.leaders)
    item = await item_of(context, assignment.id, old.duty_id if old else None)
    item = item or Item(await number_of(context, assignment), assignment)
    facts = {
        "number": item.number,
        "what": resolve_item.item_name(context, item),
        "state": standing(context, assignment),
        "words": short(former.text, 200) if former else "",
    }
    return reply(Outgoing(context.texts("update.restored" if former else "update.undone", **facts)))


@button("correct", "member")
async def correct(context: Context, pressed: ButtonData) -> Reply:
    """Sửa: ask for the words that shall stand instead."""
    amended = await _amended(context, pressed.text())
    if isinstance(amended, Reply):
        return amended
    item, old = amended
    what = resolve_item.item_name(context, item)
    ask = context.texts("update.amend_ask", number=item.number, what=what, words=short(old.text, 200))
    return reply(
        Outgoing(ask), items=in_sight(context, item.assignment), topic="correct", about=pressed.text()
    )


@question("correct", "member")
async def correct_typed(context: Context, text: str) -> Reply:
    """Take the words that shall stand instead; a line that names an item is an update all the same."""
    if len(text) > TEXT_LIMIT or split_items(text)[0].item is not None:
        return await take_update(context, text)
    amended = await _amended(context, context.dialog.about)
    if isinstance(amended, Reply):
        return amended
    outcome = await recording.amend(context, *amended, text)
    answer = lines(*outcome.told, *await left(context))
    return reply(Outgoing(answer, _row(outcome.undo)), items=in_sight(context, amended[0].assignment))


async def _amended(context: Context, argument: str) -> tuple[Item, Progress] | Reply:
    """Return the words to correct and their item, where they are the last on it and it is the person's."""
    old = await progress_store.find(context.conn, id_in(argument))
    if old is None:
        return reply(Outgoing(context.texts("update.amend_old")))
    (assignment,) = await assignment_store.get(context.conn, [old.assignment_id])
    if assignment.unit_id not in context.person.units("focal", "leader"):
        return turned_away(context, f"assignment {assignment.id}")
    item = Item(await number_of(context, assignment), assignment)
    if old.duty_id is not None:
        item = await line_item(context, item, old.duty_id) or item
    last = await several_chat.last_word(context, item)
    return (item, old) if last and last.id == old.id else reply(Outgoing(context.texts("update.amend_old")))


BUTTONS: tuple[Button, ...] = (done, doing, stuck, undo, correct, for_, several_chat.answered)
QUESTIONS: tuple[Question, ...] = (
    which,
    stuck_typed,
    extend_typed,
    correct_typed,
    several_chat.answered_in_words,
)
