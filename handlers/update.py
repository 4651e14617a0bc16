"""/update (/capnhat), plain text, and the buttons under a nudge: how progress is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from domain.assignments import FINISHED, OPEN, State, Word, after, finished, still_blocked
from domain.updates import Addressed, Update, dotted, read_update, split_items
from domain.updates.answers import read_answer
from handlers import answering, confirming, extension, seen
from handlers.conversation import Choice, Outgoing
from handlers.desk import Button, Desk, Reply, button, command, id_in, question, reply, turned_away
from handlers.items import (
    Item,
    answered_nudge,
    find,
    lines_of,
    number_of,
    numbered,
    numbering,
    still_open,
    wording,
)
from handlers.wording import label, lines, short
from storage import assignments, audit, progress
from storage.assignments import Assignment

TEXT_LIMIT = 2000
_UNDO = timedelta(minutes=10)
_CHOICES = 8
_WORDS: Mapping[str, Word] = {
    "done": "said_done",
    "nil": "said_nil",
    "in_progress": "said_in_progress",
    "not_started": "said_not_started",
}


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
        return await _only(desk, request, text, [])
    pieces = split_items(text, [number for number in dotted(text) if await find(desk, number)])
    named = [one for one in pieces if one.item is not None]
    loose = next((one.text for one in pieces if one.item is None), "")
    if not named:
        return await _unaddressed(desk, loose, [])
    outcome = await _record_all(desk, named)
    if outcome.asks:
        return outcome.asks
    if _read(desk, loose, None).says_something:
        return await _unaddressed(desk, loose, outcome.told)
    words = lines(*outcome.told, *await _left(desk))
    undo = (outcome.undo,) if len(outcome.undo) == 1 else ()
    return reply(Outgoing(words, undo), items=shown)


async def _record_all(desk: Desk, pieces: Sequence[Addressed]) -> "_Outcome":
    """Record each piece on its item; of several questions that arise the first is asked."""
    told: list[Markup] = []
    undo: list[Choice] = []
    asks: Reply | None = None
    for piece in pieces:
        item = await find(desk, piece.item or "")
        if item is None:
            told.append(desk.texts("duties.no_number", number=piece.item))
            continue
        outcome = await _record(desk, item, piece.text)
        told += outcome.told
        undo += outcome.undo
        if outcome.asks and asks:
            told.append(desk.texts("extension.unclear", words=short(piece.text, 60)))
        asks = asks or outcome.asks
    return _Outcome(told, tuple(undo), asks and _below(told, asks))


def _below(told: Sequence[Markup], question: Reply) -> Reply:
    """Put a question under what has been recorded before it."""
    first, *others = question.messages
    return replace(question, messages=(replace(first, text=lines(*told, first.text)), *others))


class _Outcome:
    """What became of one addressed text: sentences, a way back, or a question to ask first."""

    def __init__(self, told: list[Markup], undo: tuple[Choice, ...] = (), asks: Reply | None = None) -> None:
        self.told, self.undo, self.asks = told, undo, asks


async def _unaddressed(desk: Desk, text: str, told: list[Markup]) -> Reply:
    """Take a text without a number: it is for the only open item, or else it is asked about."""
    said = _read(desk, text, None)
    if said.acknowledged:
        return reply(Outgoing(lines(*told, await seen.acknowledge(desk))))
    waiting = await _asked(desk)
    if not said.says_something:
        waiting = answering.answered_by(desk, text, waiting)
        if not waiting:
            return reply(Outgoing(lines(*told, _no_update(desk, text, said))))
        return _which(desk, text, waiting, told)
    if not waiting:
        return reply(Outgoing(lines(*told, desk.texts("update.nothing_open"))))
    if len(waiting) == 1:
        return await _only(desk, waiting[0], text, told)
    return _which(desk, text, waiting, told)


async def _only(desk: Desk, one: Assignment, text: str, told: list[Markup]) -> Reply:
    """Record a text on the only thing that it can mean."""
    shown = await numbering(desk, one)
    outcome = await _record(desk, Item(await number_of(desk, one), one), text)
    if outcome.asks:
        return _below(told, outcome.asks)
    words = lines(*told, *outcome.told, *await _left(desk))
    return reply(Outgoing(words, (outcome.undo,) if outcome.undo else ()), items=shown)


def _which(desk: Desk, text: str, waiting: Sequence[Assignment], told: list[Markup]) -> Reply:
    """Ask for which of several open items a text is meant; the text is kept with the question."""
    words = wording(desk)
    shown = enumerate(waiting[:_CHOICES], 1)
    choices = tuple((_choice(desk, n, words.what(one).unescape(), one.id),) for n, one in shown)
    ask = Outgoing(lines(*told, desk.texts("update.which", words=short(text, 40))), choices)
    return reply(ask, items=tuple(one.id for one in waiting), topic="which", about=text)


def _choice(desk: Desk, number: int, what: str, assignment_id: int) -> Choice:
    return Choice(label(desk.texts, "whole", number=number, what=short(what, 40)), f"for:{assignment_id}")


async def _asked(desk: Desk) -> tuple[Assignment, ...]:
    """What an answer without a number may mean: the items of the nudge answered, or what was asked for."""
    waiting = await still_open(desk)
    shown = await answered_nudge(desk)
    asked = tuple(one for one in waiting if (one.id in shown if shown else one.asked_on is not None))
    return asked or waiting


def _no_update(desk: Desk, text: str, said: Update) -> Markup:
    if said.acknowledged:
        return desk.texts("update.ack")
    return desk.texts("update.unclear", words=short(said.unclear or text, 60))


def _read(desk: Desk, text: str, due: Assignment | None) -> Update:
    read = read_answer if due is not None and due.kind == "request" else read_update
    return read(text, today=desk.today, due=due.due_on if due else None)


async def _record(desk: Desk, item: Item, text: str, said: Update | None = None) -> _Outcome:
    """Record one text on one item; what cannot be understood is asked about, and nothing is guessed.

    `said` is what the text means where a button told so; otherwise the text is read.
    """
    one = item.assignment
    said = said or _read(desk, text, one)
    if not one.is_open and not _adds_to(one, said):
        state = wording(desk).state(one.state, blocked=False)
        return _Outcome([desk.texts("update.changed", number=item.number, state=state)])
    if said.wants_extension and said.extension_to is None and said.state is None:
        return _Outcome([], asks=await extension.ask(desk, one, item.number, unclear=said.unclear))
    if not said.says_something:
        return _Outcome([_no_update(desk, text, said)])
    wish = []
    if said.extension_to is not None:
        wish = [await extension.wish(desk, one, item.number, said.extension_to, text)]
        if _asks_time_alone(said):
            return _Outcome(wish)
    progress_id = await _keep(desk, item, text, said)
    told = [_told(desk, item, said, text), *wish]
    if item.line is not None and await _complete(desk, one):
        told.append(desk.texts("update.all_lines"))
    waits = await confirming.handed_in(desk, one, progress_id, text)
    told += [*([waits] if waits else []), *_hints(desk, item, said)]
    return _Outcome(told, (Choice(label(desk.texts, "undo"), f"undo:{progress_id}"),))


def _adds_to(one: Assignment, said: Update) -> bool:
    """Whether a text may follow what is done already: the number of the report, or that it is not done."""
    return one.state in FINISHED and not said.wants_extension


def _asks_time_alone(said: Update) -> bool:
    """Whether a text tells nothing of the work itself, so that it is no progress."""
    return said.state is None and said.percent is None and not said.blocked and not said.documents


async def _keep(desk: Desk, item: Item, text: str, said: Update) -> int:
    one, line = item.assignment, item.line
    kept = await progress.record(
        desk.work, one, line.duty_id if line else None, desk.person.id, text, said, desk.now
    )
    word = _word(said, whole=line is None)
    state = after(one.state, word, confirms=one.confirms) if word else one.state
    blocked = still_blocked(state, was=one.blocked, says=said.blocked, tells_state=said.state is not None)
    await _move(desk, one, state, blocked=blocked)
    return kept


async def _move(desk: Desk, one: Assignment, state: State, *, blocked: bool) -> None:
    """Bring an assignment into a state; what was finished, and is not any more, is asked for again."""
    day = finished(one.state, state, one.finished_on, desk.today)
    await assignments.move(desk.work, one.id, state, blocked=blocked, finished_on=day)
    if one.state in FINISHED and state in OPEN:
        await _ask_again(desk, one)
    told = {"was": one.state, "became": state}
    await audit.note(desk.work, desk.now, "progress", f"assignment {one.id}", desk.person.id, **told)


async def _ask_again(desk: Desk, one: Assignment) -> None:
    """Put what was done, and is not any more, back on its ladder."""
    ladder = desk.rules.ladders.of(one.kind, one.plan)
    was_seen = one.acknowledged_on is not None
    again = ladder.next_on(one.due_on, desk.today, desk.rules.days, acknowledged=was_seen)
    await assignments.ask_again(desk.work, one.id, again)


def _word(said: Update, *, whole: bool) -> Word | None:
    """What a word is to the assignment; one on a single line never tells that the report is over."""
    if whole and said.state is not None:
        return _WORDS[said.state]
    return None if said.state == "not_started" else "said_part"


async def _complete(desk: Desk, one: Assignment) -> bool:
    """Note a report as done once each of its lines is; return whether it has come to that now."""
    (one,) = await assignments.get(desk.work, [one.id])
    said = await progress.latest(desk.work, [one.id])
    lines_ = await lines_of(desk.work, one)
    over = all(
        (one.id, line.duty_id) in said and said[one.id, line.duty_id].state in ("done", "nil")
        for line in lines_
    )
    if not over or one.state in FINISHED:
        return False
    await _move(desk, one, after(one.state, "said_done", confirms=one.confirms), blocked=False)
    return True


def _told(desk: Desk, item: Item, said: Update, text: str) -> Markup:
    words: list[Markup | str] = []
    if said.state is not None:
        words.append(desk.texts(f"state.{said.state}"))
    if said.done_of is not None:
        words.append("{}/{}".format(*said.done_of))
    if said.percent is not None and said.state == "in_progress":
        words.append(desk.texts("state.percent", percent=said.percent))
    if said.blocked:
        words.append(desk.texts("state.blocked"))
    words += said.documents
    if not words:
        words.append(short(text, 80))
    return desk.texts("update.done", number=item.number, words=Markup(", ").join(words))


def _hints(desk: Desk, item: Item, said: Update) -> list[Markup]:
    if item.assignment.kind == "request":
        return []
    if said.state == "done" and not said.documents and item.line is None:
        return [desk.texts("update.number_hint", number=item.number)]
    if said.state == "in_progress" and said.percent is None and said.done_of is None:
        return [desk.texts("update.percent_hint", number=item.number)]
    return []


async def _left(desk: Desk) -> list[Markup]:
    count = len(await still_open(desk))
    return [desk.texts("update.left", count=count) if count else desk.texts("update.none_left")]


async def _pressed_item(desk: Desk, argument: str) -> Item | Reply:
    """Return the item that a button stands for, if it is the person's to answer and still open."""
    found = await assignments.get(desk.work, [id_in(argument)])
    if not found or found[0].unit_id not in desk.person.units("focal", "leader"):
        return turned_away(desk, f"assignment {id_in(argument)}")
    if not found[0].is_open:
        state = wording(desk).state(found[0].state, blocked=False)
        return reply(Outgoing(desk.texts("update.already", state=state)))
    return Item(await number_of(desk, found[0]), found[0])


async def _press(desk: Desk, argument: str, words: str, said: Update | None = None) -> Reply:
    item = await _pressed_item(desk, argument)
    if isinstance(item, Reply):
        return item
    shown = await numbering(desk, item.assignment)
    outcome = await _record(desk, item, words, said)
    if outcome.asks:
        return outcome.asks
    told = lines(*outcome.told, *await _left(desk))
    return reply(Outgoing(told, (outcome.undo,) if outcome.undo else ()), items=shown)


@button("done", "member")
async def done(desk: Desk, argument: str) -> Reply:
    """Đã xong."""
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
    number = text.strip().rstrip(".")
    if number.isdecimal() and 1 <= int(number) <= len(desk.dialog.items):
        return await _press(desk, str(desk.dialog.items[int(number) - 1]), desk.dialog.about)
    return await take(desk, text)


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
    read = _read(desk, text, None)
    state = None if read.state == "done" else read.state
    return await _press(desk, desk.dialog.about, text, replace(read, state=state, blocked=True))


@question("extend", "member")
async def extend_typed(desk: Desk, text: str) -> Reply:
    """Take a later date; a line that names an item is an update all the same."""
    answer = await extension.taken(desk, text)
    if answer is None and split_items(text)[0].item is not None:
        return await take(desk, text)
    return answer or extension.ask_again(desk, text)


@button("undo", "member")
async def undo(desk: Desk, argument: str) -> Reply:
    """Take back the last word, within ten minutes."""
    since = desk.now - _UNDO
    was = await progress.undo(desk.work, id_in(argument), desk.person.id, since, desk.rules.zone)
    if was is None:
        return reply(Outgoing(desk.texts("update.too_late")))
    (one,) = await assignments.get(desk.work, [was.id])
    if one.is_open:
        await _ask_again(desk, one)
    told = {"was": was.state, "became": one.state}
    await audit.note(desk.work, desk.now, "undo", f"assignment {one.id}", desk.person.id, **told)
    return reply(
        Outgoing(desk.texts("update.undone", state=wording(desk).state(one.state, blocked=one.blocked)))
    )


BUTTONS: tuple[Button, ...] = (done, doing, stuck, undo, for_)
