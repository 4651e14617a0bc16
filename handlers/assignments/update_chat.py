"""/update (/capnhat), plain text, and the buttons under a nudge: how progress is recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from domain.updates import Addressed, Update, bare_item, corrected, dotted, maybe_behind, split_items
from handlers.assignments import acknowledge_chat as seen
from handlers.assignments import approval_chat as approval
from handlers.assignments import extension_chat as extension
from handlers.assignments import recording
from handlers.assignments import request_answers as answering
from handlers.assignments import resolve_item as meaning
from handlers.assignments.item_list import (
    Item,
    find,
    line_item,
    number_of,
    numbered,
    numbering,
    standing,
    still_open,
    wording,
)
from handlers.assignments.recording import Outcome, no_update, read, record
from handlers.common.context import (
    Button,
    Desk,
    Question,
    Reply,
    button,
    command,
    id_in,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import lines, short
from storage.assignments import assignment_store as assignments
from storage.assignments import progress_store as progress
from storage.assignments import undo_store as undoing
from storage.assignments.progress_store import Progress
from storage.common import audit_log as audit

TEXT_LIMIT = 2000
_UNDO = timedelta(minutes=10)


@command("update", "capnhat", "officer")
async def update(desk: Desk, argument: str) -> Reply:
    """Record progress: an item's number, then the person's own words."""
    if not argument.strip():
        return reply(Outgoing(desk.texts("update.usage")))
    return await take(desk, argument)


async def take(desk: Desk, text: str) -> Reply:
    """Record what a line says of the items it names, or of the only one that is open."""
    if len(text) > TEXT_LIMIT:
        return reply(Outgoing(desk.texts("update.too_long", limit=TEXT_LIMIT)))
    shown = await numbered(desk)
    # Held fast: without it the numbers of a chat that was shown no list would move up with each item done.
    desk = replace(desk, dialog=replace(desk.dialog, items=shown))
    request = await answering.asked_alone(desk, text)
    if request is not None:
        item = Item(await number_of(desk, request), request)
        return await _only(desk, item, text, [], await numbering(desk, request))
    text, corrects = corrected(text)
    numbers = {*dotted(text), *maybe_behind(text)}
    pieces = split_items(text, [number for number in numbers if await find(desk, number)])
    named = [one for one in pieces if one.item is not None]
    loose = next((one.text for one in pieces if one.item is None), "")
    if not named:
        return await _unaddressed(desk, loose, [])
    outcome = await _record_all(desk, named, corrects=corrects)
    if outcome.asks:
        return outcome.asks
    if read(desk, loose, None).says_something:
        return await _unaddressed(desk, loose, outcome.told)
    words = lines(*outcome.told, *await _left(desk))
    return reply(Outgoing(words, _row(outcome.undo)), items=shown)


async def _record_all(desk: Desk, pieces: Sequence[Addressed], *, corrects: bool) -> Outcome:
    """Record each piece on its item, or correct what was said of it; the first question that arises is asked.

    Where several were recorded there is no button to take back: which of them would it be?
    """
    told: list[Markup] = []
    undo: list[tuple[Choice, ...]] = []
    asks: Reply | None = None
    for piece in pieces:
        item = await find(desk, piece.item or "")
        if item is None:
            told.append(desk.texts("duties.no_number", number=piece.item))
            continue
        old = await _last(desk, item) if corrects else None
        recorded = recording.amend(desk, item, old, piece.text) if old else record(desk, item, piece.text)
        outcome = await recorded
        told += outcome.told
        undo += [outcome.undo] if outcome.undo else []
        if outcome.asks and asks:
            told.append(desk.texts("extension.unclear", words=short(piece.text, 60)))
        asks = asks or outcome.asks
    return Outcome(told, undo[0] if len(undo) == 1 else (), asks and _below(told, asks))


async def _last(desk: Desk, item: Item) -> Progress | None:
    said = await progress.latest(desk.work, [item.assignment.id])
    return said.get((item.assignment.id, item.line.duty_id if item.line else None))


def _below(told: Sequence[Markup], question: Reply) -> Reply:
    """Put a question under what has been recorded before it."""
    first, *others = question.messages
    return replace(question, messages=(replace(first, text=lines(*told, first.text)), *others))


async def _unaddressed(desk: Desk, text: str, told: list[Markup]) -> Reply:
    """Take a text without a number: for the item whose words it has, the only open one, or none yet."""
    said = read(desk, text, None)
    if said.acknowledged:
        return reply(Outgoing(lines(*told, await seen.acknowledge(desk))))
    there = await meaning.open_items(desk)
    if not said.says_something:
        waiting = answering.answered_by(desk, text, await meaning.asked(desk))
        if not waiting:
            return reply(Outgoing(lines(*told, no_update(desk, text, said))))
        return meaning.ask(desk, text, there.of(waiting), there.ids, told)
    if not there.items:
        return reply(Outgoing(lines(*told, desk.texts("update.nothing_open"))))
    items = await meaning.aim(desk, text, there)
    unknown = [number for number in maybe_behind(text) if await find(desk, number) is None]
    told = [*told, *(desk.texts("duties.no_number", number=number) for number in unknown)]
    if len(items) == 1 and not unknown:
        by_words = items == meaning.named(desk, text, there) and len(there.items) > 1
        hint = [meaning.told_as(desk, items[0])] if by_words else []
        return await _only(desk, items[0], text, [*told, *hint], there.ids)
    return meaning.ask(desk, text, items, there.ids, told)


async def take_for(desk: Desk, item: Item, text: str) -> Reply:
    """Record a text on the item that it is known to be for."""
    return await _only(desk, item, text, [], await numbering(desk, item.assignment))


async def _only(desk: Desk, item: Item, text: str, told: list[Markup], shown: tuple[int, ...]) -> Reply:
    """Record a text on the only thing that it can mean."""
    outcome = await record(desk, item, text)
    if outcome.asks:
        return _below(told, outcome.asks)
    words = lines(*told, *outcome.told, *await _left(desk))
    return reply(Outgoing(words, _row(outcome.undo)), items=shown)


def _row(undo: tuple[Choice, ...]) -> tuple[tuple[Choice, ...], ...]:
    return (undo,) if undo else ()


async def _left(desk: Desk) -> list[Markup]:
    count = sum(not one.waits_for_leader for one in await still_open(desk))
    return [desk.texts("update.left", count=count) if count else desk.texts("update.none_left")]


async def item_of(desk: Desk, assignment_id: int, duty_id: int | None) -> Item | None:
    """Return what the person's units owe, or a line of it, as an item; None where it is not theirs."""
    found = await assignments.get(desk.work, [assignment_id])
    if not found or found[0].unit_id not in desk.person.units("focal", "leader"):
        return None
    item = Item(await number_of(desk, found[0]), found[0])
    return item if duty_id is None else await line_item(desk, item, duty_id)


async def _pressed_item(desk: Desk, argument: str) -> Item | Reply:
    """Return the item that a button stands for, if it is the person's to answer and still open."""
    assignment_id, duty_id = meaning.pressed_ids(argument)
    item = await item_of(desk, assignment_id, duty_id)
    if item is None:
        return turned_away(desk, f"assignment {assignment_id}")
    if not item.assignment.is_open:
        state = wording(desk).state(item.assignment.state, blocked=False)
        return reply(Outgoing(desk.texts("update.already", state=state)))
    return item


async def _press(desk: Desk, argument: str, words: str, said: Update | None = None) -> Reply:
    item = await _pressed_item(desk, argument)
    if isinstance(item, Reply):
        return item
    shown = await numbering(desk, item.assignment)
    outcome = await record(desk, item, words, said)
    if outcome.asks:
        return outcome.asks
    return reply(Outgoing(lines(*outcome.told, *await _left(desk)), _row(outcome.undo)), items=shown)


@button("done", "member")
async def done(desk: Desk, argument: str) -> Reply:
    """Đã xong; a second tap asks no leader twice."""
    item = await _pressed_item(desk, argument)
    if not isinstance(item, Reply) and item.line is None and approval.is_laid(desk, item.assignment):
        return reply(Outgoing(desk.texts("update.already", state=standing(desk, item.assignment))))
    return await _press(desk, argument, desk.texts("said.done").unescape(), Update(state="done"))


@button("doing", "member")
async def doing(desk: Desk, argument: str) -> Reply:
    """Đang làm."""
    return await _press(
        desk,
        argument,
        desk.texts("said.doing").unescape(),
        Update(state="in_progress"),
    )


@button("for", "member")
async def for_(desk: Desk, argument: str) -> Reply:
    """Take the text that was asked about for the item chosen."""
    if desk.dialog.topic != "which":
        return reply(Outgoing(desk.texts("error.old_button")))
    return await _press(desk, argument, desk.dialog.about)


@question("which", "member")
async def which(desk: Desk, text: str) -> Reply:
    """Take a bare number as the choice; whatever else is a new line of its own."""
    item = await bare_number(desk, text)
    return await _press(desk, meaning.key(item), desk.dialog.about) if item else await take(desk, text)


async def bare_number(desk: Desk, text: str) -> Item | None:
    """Return the item whose number is all of a text."""
    number = bare_item(text)
    return await find(desk, number) if number else None


@button("stuck", "member")
async def stuck(desk: Desk, argument: str) -> Reply:
    """Vướng: ask what the difficulty is."""
    item = await _pressed_item(desk, argument)
    if isinstance(item, Reply):
        return item
    ask = Outgoing(desk.texts("update.stuck_ask", number=item.number))
    return reply(ask, items=await numbering(desk, item.assignment), topic="stuck", about=argument)


@question("stuck", "member")
async def stuck_typed(desk: Desk, text: str) -> Reply:
    """Take the difficulty in the person's own words."""
    if len(text) > TEXT_LIMIT or split_items(text)[0].item is not None:
        return await take(desk, text)
    said = read(desk, text, None)
    state = None if said.state == "done" else said.state
    return await _press(desk, desk.dialog.about, text, replace(said, state=state, blocked=True))


@question("extend", "member")
async def extend_typed(desk: Desk, text: str) -> Reply:
    """Take a later date; a line that names an item is an update all the same."""
    answer = await extension.taken(desk, text)
    if answer is None and split_items(text)[0].item is not None:
        return await take(desk, text)
    return answer or extension.ask_again(desk, text)


@button("undo", "member")
async def undo(desk: Desk, argument: str) -> Reply:
    """Hoàn tác: take back the last word, or the correction of one, within ten minutes."""
    since = desk.now - _UNDO
    undone = await undoing.undo(desk.work, id_in(argument), desk.person.id, since, desk.rules.zone)
    if undone is None:
        return reply(Outgoing(desk.texts("update.too_late")))
    was, former = undone.was, undone.former
    if former is not None and former.duty_id is not None:
        await recording.restore(desk, was, former)
    (one,) = await assignments.get(desk.work, [was.id])
    if one.is_open:
        await recording.ask_again(desk, one)
    told = {"was": was.state, "became": one.state}
    await audit.note(desk.work, desk.now, "undo", f"assignment {one.id}", desk.person.id, **told)
    facts = {"state": standing(desk, one), "words": short(former.text, 200) if former else ""}
    return reply(Outgoing(desk.texts("update.restored" if former else "update.undone", **facts)))


@button("correct", "member")
async def correct(desk: Desk, argument: str) -> Reply:
    """Sửa: ask for the words that shall stand instead."""
    found = await _amended(desk, argument)
    if isinstance(found, Reply):
        return found
    item, old = found
    ask = desk.texts("update.amend_ask", number=item.number, words=short(old.text, 200))
    return reply(Outgoing(ask), items=await numbering(desk, item.assignment), topic="correct", about=argument)


@question("correct", "member")
async def correct_typed(desk: Desk, text: str) -> Reply:
    """Take the words that shall stand instead; a line that names an item is an update all the same."""
    if len(text) > TEXT_LIMIT or split_items(text)[0].item is not None:
        return await take(desk, text)
    found = await _amended(desk, desk.dialog.about)
    if isinstance(found, Reply):
        return found
    outcome = await recording.amend(desk, *found, text)
    words = lines(*outcome.told, *await _left(desk))
    return reply(Outgoing(words, _row(outcome.undo)), items=await numbering(desk, found[0].assignment))


async def _amended(desk: Desk, argument: str) -> tuple[Item, Progress] | Reply:
    """Return the words to correct and their item, where they are the last on it and it is the person's."""
    old = await progress.find(desk.work, id_in(argument))
    if old is None:
        return reply(Outgoing(desk.texts("update.amend_old")))
    (one,) = await assignments.get(desk.work, [old.assignment_id])
    if one.unit_id not in desk.person.units("focal", "leader"):
        return turned_away(desk, f"assignment {one.id}")
    item = Item(await number_of(desk, one), one)
    if old.duty_id is not None:
        item = await line_item(desk, item, old.duty_id) or item
    last = await _last(desk, item)
    return (item, old) if last and last.id == old.id else reply(Outgoing(desk.texts("update.amend_old")))


BUTTONS: tuple[Button, ...] = (done, doing, stuck, undo, correct, for_)
QUESTIONS: tuple[Question, ...] = (which, stuck_typed, extend_typed, correct_typed)
