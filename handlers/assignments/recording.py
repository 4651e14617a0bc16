"""What becomes of one text that is said of one item: kept, moved along, told back in a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from markupsafe import Markup

from domain.assignments.lifecycle import FINISHED, OPEN, State, after, finished, still_blocked, word_of
from domain.common.text import fold
from domain.updates import Update, read_update
from domain.updates.answers import read_answer
from handlers.assignments import approval_chat, confirmation_chat, extension_chat
from handlers.assignments.item_list import Item, lines_of, wording
from handlers.common.context import Context, Reply
from handlers.common.conversation import Choice
from handlers.common.wording import label, short
from services.assignments import lifecycle
from storage.assignments import approval_store, assignment_store, progress_store, undo_store
from storage.assignments.assignment_store import Assignment
from storage.assignments.progress_store import Before
from storage.common import audit_log

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


def read(context: Context, text: str, due: Assignment | None) -> Update:
    """Return what a text says of an assignment, or of none in particular."""
    reader = read_answer if due is not None and due.kind == "request" else read_update
    return reader(text, today=context.today, due=due.due_on if due else None)


def no_update(context: Context, text: str, said: Update) -> Markup:
    """Answer what tells nothing of any work."""
    if said.acknowledged:
        return context.texts("update.ack")
    if not any(map(str.isalnum, text)):
        return context.texts("update.wordless")
    return context.texts("update.unclear", words=short(said.unclear or text, 60))


async def record(context: Context, item: Item, text: str, said: Update | None = None) -> Outcome:
    """Record one text on one item; what cannot be understood is asked about, and nothing is guessed.

    `said` is what the text means where a button told so; otherwise the text is read.
    """
    one = item.assignment
    said = said or read(context, text, one)
    if not one.is_open and not _adds_to(one, said):
        state = wording(context).state(one.state, blocked=False)
        return Outcome([context.texts("update.changed", number=item.number, state=state)])
    if said.wants_extension and said.extension_to is None and said.state is None:
        return Outcome([], asks=await extension_chat.ask(context, one, item.number, unclear=said.unclear))
    if not said.says_something:
        return Outcome([no_update(context, text, said)])
    wish = []
    if said.extension_to is not None:
        if _asks_time_alone(said) and extension_chat.has_passed(context, said.extension_to):
            return Outcome(
                [], asks=await extension_chat.ask(context, one, item.number, passed=said.extension_to)
            )
        wish = [await extension_chat.wish(context, one, item.number, said.extension_to, text)]
        if _asks_time_alone(said):
            return Outcome(wish)
    if newer := await _newer(context, item):
        await _keep_aside(context, item, text, said)
        return Outcome([context.texts("update.older", number=item.number, words=short(newer, 60)), *wish])
    if await _waits_already(context, item, text, said):
        state = wording(context).texts("state.laid")
        return Outcome([context.texts("update.already", state=state), *wish])
    kept = await keep(context, item, text, said)
    told = [_told(context, item, said, text), *wish, *await _consequences(context, item, kept, text)]
    told += [] if kept.laid else _hints(context, item, said)
    return Outcome(told, (back(context, "undo", kept.id), back(context, "correct", kept.id)), kept=kept.id)


async def _consequences(context: Context, item: Item, kept: Kept, text: str) -> list[Markup]:
    """Tell what a word has led to: that a report is over, and whose word it waits for now."""
    over = await complete(context, item.assignment, kept.id) if item.line is not None else None
    waits = await confirmation_chat.handed_in(context, item.assignment, kept.id, text)
    return [
        *([context.texts("update.all_lines")] if over == "over" else []),
        *([context.texts("approval.waits")] if kept.laid or over == "laid" else []),
        *([waits] if waits else []),
    ]


def back(context: Context, verb: str, kept: int) -> Choice:
    """Return the button that takes back ("undo") or corrects ("correct") what was kept."""
    return Choice(label(context.texts, verb), f"{verb}:{kept}")


async def amend(context: Context, item: Item, old: progress_store.Progress, text: str) -> Outcome:
    """Put a new text in the place of an earlier one on the same item; both are kept, the newer one counts."""
    said = read(context, text, item.assignment)
    if item.assignment.state == "cancelled":
        state = wording(context).state(item.assignment.state, blocked=False)
        return Outcome([context.texts("update.changed", number=item.number, state=state)])
    if not said.says_something:
        return Outcome([no_update(context, text, said)])
    kept = await keep(context, item, text, said, before=await progress_store.set_aside(context.conn, old.id))
    facts = {"number": item.number, "before": short(old.text, 200), "after": short(text, 200)}
    told = [context.texts("update.amended", **facts), _told(context, item, said, text)]
    told += await _consequences(context, item, kept, text)
    return Outcome(told, (back(context, "undo", kept.id), back(context, "correct", kept.id)), kept=kept.id)


def _adds_to(one: Assignment, said: Update) -> bool:
    """Whether a text may follow what is done already: the number of the report, or that it is not done."""
    return one.state in FINISHED and not said.wants_extension


def _asks_time_alone(said: Update) -> bool:
    """Whether a text tells nothing of the work itself, so that it is no progress."""
    return said.state is None and said.percent is None and not said.blocked and not said.documents


def said_at(context: Context) -> datetime:
    """Return when a person said what they said (UTC), which may be long before it arrived."""
    return context.said.at if _tells_time(context) else context.now


def _tells_time(context: Context) -> bool:
    """Whether the message's own time can be: a clock may have been set back, or be that of a rehearsal."""
    return timedelta() <= context.now - context.said.at <= _DELIVERED_WITHIN


async def _newer(context: Context, item: Item) -> str | None:
    """Return what was said of the item after this, where that has arrived before it."""
    if not _tells_time(context):
        return None
    latest = await progress_store.latest(context.conn, [item.assignment.id])
    last = latest.get((item.assignment.id, item.line.duty_id if item.line else None))
    return last.text if last is not None and last.said_at > said_at(context) else None


async def _waits_already(context: Context, item: Item, text: str, said: Update) -> bool:
    """Whether a text tells once more, and nothing else, what waits for the unit's leader."""
    one = item.assignment
    if not one.waits_for_leader or not await approval_chat.leaders(context, one):
        return False
    latest = await progress_store.latest(context.conn, [one.id])
    last = latest.get((one.id, item.line.duty_id if item.line else None))
    if last is None:  # a report that was laid by its last line waits as a whole
        return item.line is None and said.state == "done" and not _tells_more(said)
    return last.state == said.state and (not _tells_more(said) or fold(last.text) == fold(text))


def _tells_more(said: Update) -> bool:
    """Whether there is more in it than a state."""
    return bool(said.result or said.difficulty or said.proposal or said.documents)


async def _keep_aside(context: Context, item: Item, text: str, said: Update) -> None:
    duty_id = item.line.duty_id if item.line else None
    who, when = context.person.id, said_at(context)
    kept = await progress_store.record(context.conn, item.assignment, duty_id, who, text, said, when)
    await progress_store.set_aside(context.conn, kept)


async def keep(context: Context, item: Item, text: str, said: Update, before: Before | None = None) -> Kept:
    """Keep a text and move its assignment along; where that would finish it, its leader may have to approve.

    `before` tells of the earlier text in whose place it stands, and from where that one had led.
    """
    one, line = item.assignment, item.line
    was, was_blocked = (before.state, before.blocked) if before else (one.state, one.blocked)
    word = word_of(said.state, whole=line is None)
    state = after(was, word, confirms=one.confirms) if word else was
    finishes = was in OPEN and state in FINISHED
    asked = await approval_chat.leaders(context, one) if finishes else []
    if asked:
        state = after(was, "said_part", confirms=one.confirms)
    elif finishes and one.waits_for_leader and before is None:
        one = await approval_chat.settle(
            context, one
        )  # it was done when that was said first; this adds to it
        was, was_blocked, state = one.state, one.blocked, one.state
    duty_id, when = line.duty_id if line else None, said_at(context)
    kept = await progress_store.record(
        context.conn, one, duty_id, context.person.id, text, said, when, before, laid=bool(asked)
    )
    blocked = still_blocked(state, was=was_blocked, says=said.blocked, tells_state=said.state is not None)
    await move(context, one, state, blocked=blocked, before=before)
    if asked:
        await approval_chat.lay(context, one, kept, asked, again=one.waits_for_leader and before is None)
    return Kept(kept, laid=bool(asked))


async def move(
    context: Context, one: Assignment, state: State, *, blocked: bool, before: Before | None = None
) -> None:
    """Bring an assignment into a state; what was finished, and is not any more, is asked for again.

    Words that stand in the place of some (`before`) that had been laid before the unit's leader finish it
    from when those were said.
    """
    day = finished(one.state, state, one.finished_on, said_at(context).astimezone(context.rules.zone).date())
    if before is not None and before.was_laid and state in FINISHED:
        day = await undo_store.finished_day(context.conn, one.id, context.rules.zone)
    await lifecycle.move(
        context.conn, one, state, blocked=blocked, finished_on=day, today=context.today, rules=context.rules
    )
    told = {"was": one.state, "became": state}
    await audit_log.note(
        context.conn, context.now, "progress", f"assignment {one.id}", context.person.id, **told
    )


async def restore(context: Context, was: Assignment, former: progress_store.Progress) -> None:
    """Note once more as over what words on its last line had finished, now that these count again.

    It is over from when they were said; `was` is the assignment as it stood before.
    """
    day = await undo_store.finished_day(context.conn, was.id, context.rules.zone)
    if await complete(context, was, former.id) == "over":
        (one,) = await assignment_store.get(context.conn, [was.id])
        await assignment_store.move(context.conn, one.id, one.state, blocked=one.blocked, finished_on=day)


async def complete(context: Context, one: Assignment, kept: int) -> Literal["over", "laid"] | None:
    """Note a report as done once each of its lines is, by the words `kept` on the last one.

    `one` is as it stood before these words. Return "over" where it has come to that now, "laid" where its
    leader has to approve that, else None.
    """
    again = one.waits_for_leader
    (one,) = await assignment_store.get(context.conn, [one.id])
    said = await progress_store.latest(context.conn, [one.id])
    lines_ = await lines_of(context.conn, one)
    over = all(
        (one.id, line.duty_id) in said and said[one.id, line.duty_id].state in ("done", "nil")
        for line in lines_
    )
    if not over or one.state not in OPEN:
        return None
    if asked := await approval_chat.leaders(context, one):
        await approval_store.lay(context.conn, kept)
        await approval_chat.lay(context, one, kept, asked, again=again)
        return "laid"
    if one.waits_for_leader:
        await approval_chat.settle(context, one)
    else:
        await move(context, one, after(one.state, "said_done", confirms=one.confirms), blocked=False)
    return "over"


def _told(context: Context, item: Item, said: Update, text: str) -> Markup:
    words: list[Markup | str] = []
    if said.state is not None:
        words.append(wording(context).told(said.state))
    if said.done_of is not None:
        words.append("{}/{}".format(*said.done_of))
    if said.percent is not None and said.state == "in_progress":
        words.append(context.texts("state.percent", percent=said.percent))
    if said.blocked:
        words.append(context.texts("state.blocked"))
    words += said.documents
    if not words:
        words.append(short(text, 80))
    what = item.line.text if item.line else wording(context).what(item.assignment).unescape()
    facts = {"number": item.number, "what": short(what, _WHAT)}
    return context.texts("update.done", words=Markup(", ").join(words), **facts)


def _hints(context: Context, item: Item, said: Update) -> list[Markup]:
    if item.assignment.kind == "request":
        return []
    if said.state == "done" and not said.documents and item.line is None:
        return [context.texts("update.number_hint", number=item.number)]
    if said.state == "in_progress" and said.percent is None and said.done_of is None:
        return [context.texts("update.percent_hint", number=item.number)]
    return []
