"""What becomes of one text that is said of one item: kept, moved along, told back in a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from markupsafe import Markup

from domain.assignments.lifecycle import FINISHED, OPEN, State, after, finished, still_blocked, word_of
from domain.common.text import fold
from domain.updates import Update, read_update
from domain.updates.answers import read_answer
from handlers.assignments import approval_chat as approval
from handlers.assignments import confirmation_chat as confirming
from handlers.assignments import extension_chat as extension
from handlers.assignments.item_list import Item, lines_of, wording
from handlers.common.context import Desk, Reply
from handlers.common.conversation import Choice
from handlers.common.wording import label, short
from storage.assignments import approval_store as approving
from storage.assignments import assignment_store as assignments
from storage.assignments import progress_store as progress
from storage.assignments import undo_store as undoing
from storage.assignments.assignment_store import Assignment
from storage.assignments.progress_store import Before
from storage.common import audit_log as audit

_DELIVERED_WITHIN = timedelta(days=2)
"""No channel delivers what is older: such a time is that of another clock than the program's."""
_WHAT = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """What was recorded: its id, and whether it waits for the unit's leader."""

    id: int
    laid: bool


class Outcome:
    """What became of one text: sentences, the ways back, or a question to ask first.

    `kept` is the id of what was recorded, None where nothing was.
    """

    def __init__(
        self,
        told: list[Markup],
        undo: tuple[Choice, ...] = (),
        asks: Reply | None = None,
        kept: int | None = None,
    ) -> None:
        self.told, self.undo, self.asks, self.kept = told, undo, asks, kept


def read(desk: Desk, text: str, due: Assignment | None) -> Update:
    """Return what a text says of an assignment, or of none in particular."""
    reader = read_answer if due is not None and due.kind == "request" else read_update
    return reader(text, today=desk.today, due=due.due_on if due else None)


def no_update(desk: Desk, text: str, said: Update) -> Markup:
    """Answer what tells nothing of any work."""
    if said.acknowledged:
        return desk.texts("update.ack")
    if not any(map(str.isalnum, text)):
        return desk.texts("update.wordless")
    return desk.texts("update.unclear", words=short(said.unclear or text, 60))


async def record(desk: Desk, item: Item, text: str, said: Update | None = None) -> Outcome:
    """Record one text on one item; what cannot be understood is asked about, and nothing is guessed.

    `said` is what the text means where a button told so; otherwise the text is read.
    """
    one = item.assignment
    said = said or read(desk, text, one)
    if not one.is_open and not _adds_to(one, said):
        state = wording(desk).state(one.state, blocked=False)
        return Outcome([desk.texts("update.changed", number=item.number, state=state)])
    if said.wants_extension and said.extension_to is None and said.state is None:
        return Outcome([], asks=await extension.ask(desk, one, item.number, unclear=said.unclear))
    if not said.says_something:
        return Outcome([no_update(desk, text, said)])
    wish = []
    if said.extension_to is not None:
        if _asks_time_alone(said) and extension.has_passed(desk, said.extension_to):
            return Outcome([], asks=await extension.ask(desk, one, item.number, passed=said.extension_to))
        wish = [await extension.wish(desk, one, item.number, said.extension_to, text)]
        if _asks_time_alone(said):
            return Outcome(wish)
    if newer := await _newer(desk, item):
        await _keep_aside(desk, item, text, said)
        return Outcome([desk.texts("update.older", number=item.number, words=short(newer, 60)), *wish])
    if await _waits_already(desk, item, text, said):
        state = wording(desk).texts("state.laid")
        return Outcome([desk.texts("update.already", state=state), *wish])
    kept = await keep(desk, item, text, said)
    told = [_told(desk, item, said, text), *wish, *await _consequences(desk, item, kept, text)]
    told += [] if kept.laid else _hints(desk, item, said)
    return Outcome(told, (back(desk, "undo", kept.id), back(desk, "correct", kept.id)), kept=kept.id)


async def _consequences(desk: Desk, item: Item, kept: Kept, text: str) -> list[Markup]:
    """Tell what a word has led to: that a report is over, and whose word it waits for now."""
    over = await complete(desk, item.assignment, kept.id) if item.line is not None else None
    waits = await confirming.handed_in(desk, item.assignment, kept.id, text)
    return [
        *([desk.texts("update.all_lines")] if over == "over" else []),
        *([desk.texts("approval.waits")] if kept.laid or over == "laid" else []),
        *([waits] if waits else []),
    ]


def back(desk: Desk, verb: str, kept: int) -> Choice:
    """Return the button that takes back ("undo") or corrects ("correct") what was kept."""
    return Choice(label(desk.texts, verb), f"{verb}:{kept}")


async def amend(desk: Desk, item: Item, old: progress.Progress, text: str) -> Outcome:
    """Put a new text in the place of an earlier one on the same item; both are kept, the newer one counts."""
    said = read(desk, text, item.assignment)
    if item.assignment.state == "cancelled":
        state = wording(desk).state(item.assignment.state, blocked=False)
        return Outcome([desk.texts("update.changed", number=item.number, state=state)])
    if not said.says_something:
        return Outcome([no_update(desk, text, said)])
    kept = await keep(desk, item, text, said, before=await progress.set_aside(desk.work, old.id))
    facts = {"number": item.number, "before": short(old.text, 200), "after": short(text, 200)}
    told = [desk.texts("update.amended", **facts), _told(desk, item, said, text)]
    told += await _consequences(desk, item, kept, text)
    return Outcome(told, (back(desk, "undo", kept.id), back(desk, "correct", kept.id)), kept=kept.id)


def _adds_to(one: Assignment, said: Update) -> bool:
    """Whether a text may follow what is done already: the number of the report, or that it is not done."""
    return one.state in FINISHED and not said.wants_extension


def _asks_time_alone(said: Update) -> bool:
    """Whether a text tells nothing of the work itself, so that it is no progress."""
    return said.state is None and said.percent is None and not said.blocked and not said.documents


def said_at(desk: Desk) -> datetime:
    """Return when a person said what they said (UTC), which may be long before it arrived."""
    return desk.said.at if _tells_time(desk) else desk.now


def _tells_time(desk: Desk) -> bool:
    """Whether the message's own time can be: a clock may have been set back, or be that of a rehearsal."""
    return timedelta() <= desk.now - desk.said.at <= _DELIVERED_WITHIN


async def _newer(desk: Desk, item: Item) -> str | None:
    """Return what was said of the item after this, where that has arrived before it."""
    if not _tells_time(desk):
        return None
    latest = await progress.latest(desk.work, [item.assignment.id])
    last = latest.get((item.assignment.id, item.line.duty_id if item.line else None))
    return last.text if last is not None and last.said_at > said_at(desk) else None


async def _waits_already(desk: Desk, item: Item, text: str, said: Update) -> bool:
    """Whether a text tells once more, and nothing else, what waits for the unit's leader."""
    one = item.assignment
    if not one.waits_for_leader or not await approval.leaders(desk, one):
        return False
    latest = await progress.latest(desk.work, [one.id])
    last = latest.get((one.id, item.line.duty_id if item.line else None))
    if last is None:  # a report that was laid by its last line waits as a whole
        return item.line is None and said.state == "done" and not _tells_more(said)
    return last.state == said.state and (not _tells_more(said) or fold(last.text) == fold(text))


def _tells_more(said: Update) -> bool:
    """Whether there is more in it than a state."""
    return bool(said.result or said.difficulty or said.proposal or said.documents)


async def _keep_aside(desk: Desk, item: Item, text: str, said: Update) -> None:
    duty_id = item.line.duty_id if item.line else None
    who, when = desk.person.id, said_at(desk)
    kept = await progress.record(desk.work, item.assignment, duty_id, who, text, said, when)
    await progress.set_aside(desk.work, kept)


async def keep(desk: Desk, item: Item, text: str, said: Update, before: Before | None = None) -> Kept:
    """Keep a text and move its assignment along; where that would finish it, its leader may have to approve.

    `before` tells of the earlier text in whose place it stands, and from where that one had led.
    """
    one, line = item.assignment, item.line
    was, was_blocked = (before.state, before.blocked) if before else (one.state, one.blocked)
    word = word_of(said.state, whole=line is None)
    state = after(was, word, confirms=one.confirms) if word else was
    finishes = was in OPEN and state in FINISHED
    asked = await approval.leaders(desk, one) if finishes else []
    if asked:
        state = after(was, "said_part", confirms=one.confirms)
    elif finishes and one.waits_for_leader and before is None:
        one = await approval.settle(desk, one)  # it was done when that was said first; this adds to it
        was, was_blocked, state = one.state, one.blocked, one.state
    duty_id, when = line.duty_id if line else None, said_at(desk)
    kept = await progress.record(
        desk.work, one, duty_id, desk.person.id, text, said, when, before, laid=bool(asked)
    )
    blocked = still_blocked(state, was=was_blocked, says=said.blocked, tells_state=said.state is not None)
    await move(desk, one, state, blocked=blocked, before=before)
    if asked:
        await approval.lay(desk, one, kept, asked, again=one.waits_for_leader and before is None)
    return Kept(kept, laid=bool(asked))


async def move(
    desk: Desk, one: Assignment, state: State, *, blocked: bool, before: Before | None = None
) -> None:
    """Bring an assignment into a state; what was finished, and is not any more, is asked for again.

    Words that stand in the place of some (`before`) that had been laid before the unit's leader finish it
    from when those were said.
    """
    day = finished(one.state, state, one.finished_on, said_at(desk).astimezone(desk.rules.zone).date())
    if before is not None and before.was_laid and state in FINISHED:
        day = await undoing.finished_day(desk.work, one.id, desk.rules.zone)
    await assignments.move(desk.work, one.id, state, blocked=blocked, finished_on=day)
    if one.state in FINISHED and state in OPEN:
        await ask_again(desk, one)
    told = {"was": one.state, "became": state}
    await audit.note(desk.work, desk.now, "progress", f"assignment {one.id}", desk.person.id, **told)


async def ask_again(desk: Desk, one: Assignment) -> None:
    """Put what was done, and is not any more, back on its ladder."""
    ladder = desk.rules.ladders.of(one.kind, one.plan)
    was_seen = one.acknowledged_on is not None
    again = ladder.next_on(
        one.due_on, desk.today, desk.rules.days, acknowledged=was_seen, wanted=one.wanted_on
    )
    await assignments.ask_again(desk.work, one.id, again)


async def restore(desk: Desk, was: Assignment, former: progress.Progress) -> None:
    """Note once more as over what words on its last line had finished, now that these count again.

    It is over from when they were said; `was` is the assignment as it stood before.
    """
    day = await undoing.finished_day(desk.work, was.id, desk.rules.zone)
    if await complete(desk, was, former.id) == "over":
        (one,) = await assignments.get(desk.work, [was.id])
        await assignments.move(desk.work, one.id, one.state, blocked=one.blocked, finished_on=day)


async def complete(desk: Desk, one: Assignment, kept: int) -> Literal["over", "laid"] | None:
    """Note a report as done once each of its lines is, by the words `kept` on the last one.

    `one` is as it stood before these words. Return "over" where it has come to that now, "laid" where its
    leader has to approve that, else None.
    """
    again = one.waits_for_leader
    (one,) = await assignments.get(desk.work, [one.id])
    said = await progress.latest(desk.work, [one.id])
    lines_ = await lines_of(desk.work, one)
    over = all(
        (one.id, line.duty_id) in said and said[one.id, line.duty_id].state in ("done", "nil")
        for line in lines_
    )
    if not over or one.state not in OPEN:
        return None
    if asked := await approval.leaders(desk, one):
        await approving.lay(desk.work, kept)
        await approval.lay(desk, one, kept, asked, again=again)
        return "laid"
    if one.waits_for_leader:
        await approval.settle(desk, one)
    else:
        await move(desk, one, after(one.state, "said_done", confirms=one.confirms), blocked=False)
    return "over"


def _told(desk: Desk, item: Item, said: Update, text: str) -> Markup:
    words: list[Markup | str] = []
    if said.state is not None:
        words.append(wording(desk).told(said.state))
    if said.done_of is not None:
        words.append("{}/{}".format(*said.done_of))
    if said.percent is not None and said.state == "in_progress":
        words.append(desk.texts("state.percent", percent=said.percent))
    if said.blocked:
        words.append(desk.texts("state.blocked"))
    words += said.documents
    if not words:
        words.append(short(text, 80))
    what = item.line.text if item.line else wording(desk).what(item.assignment).unescape()
    facts = {"number": item.number, "what": short(what, _WHAT)}
    return desk.texts("update.done", words=Markup(", ").join(words), **facts)


def _hints(desk: Desk, item: Item, said: Update) -> list[Markup]:
    if item.assignment.kind == "request":
        return []
    if said.state == "done" and not said.documents and item.line is None:
        return [desk.texts("update.number_hint", number=item.number)]
    if said.state == "in_progress" and said.percent is None and said.done_of is None:
        return [desk.texts("update.percent_hint", number=item.number)]
    return []
