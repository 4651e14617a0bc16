"""Record one text on one item, and word what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import FINISHED
from domain.updates import Update, read_update
from domain.updates.answers import read_answer
from handlers.assignments import approval_chat, confirmation_chat, extension_chat, question_chat
from handlers.assignments.item_list import Item
from handlers.common.button_data import Verb, choice_of
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording
from services.assignments.correct_update import correct_update
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.record_update import KeptAside, record_update
from services.assignments.statement import Recorded, Statement
from services.common.results import Refused
from storage.assignments import progress_store

_DELIVERED_WITHIN = timedelta(days=2)
"""No channel delivers what is older: such a time is that of another clock than the program's."""
_WHAT = 50


class Outcome:
    """What became of one text: sentences, the ways back, or a question to ask first.

    `progress_id` is that of what was recorded, None where nothing was.
    """

    def __init__(
        self,
        told: list[Markup],
        undo: tuple[Choice, ...] = (),
        asks: Reply | None = None,
        progress_id: int | None = None,
    ) -> None:
        self.told, self.undo, self.asks, self.progress_id = told, undo, asks, progress_id


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


async def unread(context: Context, text: str, said: Update, item: Item | None = None) -> Reply:
    """Answer what tells nothing of any work; unless it is a courtesy, one tap passes it on."""
    told = no_update(context, text, said)
    if said.acknowledged:
        return reply(Outgoing(told))
    return await question_chat.offered(context, text, told, item)


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
        return Outcome([], asks=await unread(context, text, said, item))
    wish = []
    if said.extension_to is not None:
        if _asks_time_alone(said) and extension_chat.has_passed(context, said.extension_to):
            return Outcome(
                [], asks=await extension_chat.ask(context, one, item.number, passed=said.extension_to)
            )
        wish = [await extension_chat.wish(context, one, item.number, said.extension_to, text)]
        if _asks_time_alone(said):
            return Outcome(wish)
    result = await record_update(context.conn, statement(context, item, text, said))
    if not isinstance(result, Recorded):
        return Outcome([_not_recorded(context, item, result), *wish])
    told = [_told(context, item, said, text), *wish, *await _consequences(context, result, text)]
    told += [] if result.is_laid else _hints(context, item, said)
    return Outcome(told, _ways_back(context, result), progress_id=result.progress_id)


def statement(context: Context, item: Item, text: str, update: Update) -> Statement:
    """Return what the person has said of an item, as the deeds take it."""
    said_at = context.said.at if _tells_time(context) else None
    duty_id = item.line.duty_id if item.line else None
    return Statement(
        item.assignment, duty_id, text, update, context.person, context.now, context.rules, said_at
    )


def _not_recorded(
    context: Context, item: Item, result: KeptAside | NotTheirAssignment | Refused[str]
) -> Markup:
    if isinstance(result, KeptAside):
        return context.texts("update.older", number=item.number, words=short(result.newer_text, 60))
    if isinstance(result, NotTheirAssignment):
        return context.texts("error.old_button")
    if result.reason == "waits_already":
        return context.texts("update.already", state=wording(context).texts("state.laid"))
    if result.reason == "not_last":
        return context.texts("update.amend_old")
    state = wording(context).state(item.assignment.state, blocked=False)
    return context.texts("update.changed", number=item.number, state=state)


def _ways_back(context: Context, recorded: Recorded) -> tuple[Choice, ...]:
    return back(context, "undo", recorded.progress_id), back(context, "correct", recorded.progress_id)


async def _consequences(context: Context, recorded: Recorded, text: str) -> list[Markup]:
    """Ask those whose word is wanted now; return sentences on that, and on a report that is over."""
    assignment, progress_id = recorded.assignment, recorded.progress_id
    await approval_chat.ask_leaders(context, assignment, progress_id, recorded.leaders)
    coordinators = recorded.coordinators
    if coordinators is not None:
        await confirmation_chat.ask_coordinators(context, assignment, progress_id, text, coordinators)
    return [
        *([context.texts("update.all_lines")] if recorded.report_is_over else []),
        *([context.texts("approval.waits")] if recorded.is_laid else []),
        *([context.texts("confirm.waits")] if coordinators is not None else []),
    ]


def back(context: Context, verb: Verb, progress_id: int) -> Choice:
    """Return the button that takes back ("undo") or corrects ("correct") what is on record."""
    return choice_of(label(context.texts, verb), verb, progress_id)


async def amend(context: Context, item: Item, old: progress_store.Progress, text: str) -> Outcome:
    """Put a new text in the place of an earlier one on the same item; both are kept, the newer one counts."""
    said = read(context, text, item.assignment)
    if item.assignment.state == "cancelled":
        state = wording(context).state(item.assignment.state, blocked=False)
        return Outcome([context.texts("update.changed", number=item.number, state=state)])
    if not said.says_something:
        return Outcome([no_update(context, text, said)])
    result = await correct_update(context.conn, old.id, statement(context, item, text, said))
    if not isinstance(result, Recorded):
        return Outcome([_not_recorded(context, item, result)])
    facts = {"number": item.number, "before": short(old.text, 200), "after": short(text, 200)}
    told = [context.texts("update.amended", **facts), _told(context, item, said, text)]
    told += await _consequences(context, result, text)
    return Outcome(told, _ways_back(context, result), progress_id=result.progress_id)


def _adds_to(assignment: Assignment, said: Update) -> bool:
    """Whether a text may follow what is done already: the number of the report, or that it is not done."""
    return assignment.state in FINISHED and not said.wants_extension


def _asks_time_alone(said: Update) -> bool:
    """Whether a text tells nothing of the work itself, so that it is no progress."""
    return said.state is None and said.percent is None and not said.blocked and not said.documents


def _tells_time(context: Context) -> bool:
    """Whether the message's own time can be: a clock may have been set back, or be that of a rehearsal."""
    return timedelta() <= context.now - context.said.at <= _DELIVERED_WITHIN


def below(told: Sequence[Markup], question: Reply) -> Reply:
    """Put a question under what has been recorded before it."""
    first, *others = question.messages
    return replace(question, messages=(replace(first, text=lines(*told, first.text)), *others))


def word_read(context: Context, said: Update, text: str) -> Markup:
    """Word what a text was taken to say: the state, the amount, whether it is stuck, the documents."""
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
    return Markup(", ").join(words)


def _told(context: Context, item: Item, said: Update, text: str) -> Markup:
    one = item.assignment
    whole = wording(context).what(one).unescape()
    names = [item.line.text, whole] if item.line else [whole]
    what = [short(name, _WHAT) for name in (*names, *([one.plan] if one.plan else []))]
    facts = {"number": item.number, "what": " · ".join(what)}
    return context.texts("update.done", words=word_read(context, said, text), **facts)


def _hints(context: Context, item: Item, said: Update) -> list[Markup]:
    if item.assignment.kind == "request":
        return []
    if said.state == "done" and not said.documents and item.line is None:
        return [context.texts("update.number_hint", number=item.number)]
    if said.state == "in_progress" and said.percent is None and said.done_of is None:
        return [context.texts("update.percent_hint", number=item.number)]
    return []
