"""Record one text on one item, and word what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup

from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import FINISHED
from domain.reporting.bare_answers import is_bare
from domain.updates import Update, read_update
from domain.updates.answers import read_answer
from handlers.assignments import (
    extension_chat,
    question_chat,
    resolve_item,
)
from handlers.assignments.item_numbering import Item
from handlers.assignments.next_word_notice import ask_next
from handlers.common.button_data import Verb, choice_of
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording_of
from services.assignments.correct_update import correct_update
from services.assignments.own_assignment import NotTheirAssignment
from services.assignments.record_update import KeptAside, record_update
from services.assignments.statement import Recorded, Statement
from services.common.results import Refused
from storage.assignments import progress_store

_DELIVERED_WITHIN = timedelta(days=2)
"""No channel delivers what is older: such a time is that of another clock than the program's."""


class Outcome:
    """The result of one text: sentences, the buttons that undo it, or a question to ask first.

    `progress_id` is that of what was recorded, None where nothing was; `about` are the assignments of it.
    `wish` asks for a sentence that can stand in the report.
    """

    def __init__(
        self,
        sentences: list[Markup],
        undo: tuple[Choice, ...] = (),
        asks: Reply | None = None,
        progress_id: int | None = None,
        about: Sequence[Assignment] = (),
        wish: Markup | None = None,
    ) -> None:
        self.told, self.undo, self.asks, self.progress_id = sentences, undo, asks, progress_id
        self.about, self.wish = about, wish


def read(context: Context, text: str, due: Assignment | None) -> Update:
    """Return what a text says of an assignment, or of none in particular."""
    reader = read_answer if due is not None and due.kind == "request" else read_update
    return reader(text, today=context.today, due=due.due_on if due else None)


def no_update(context: Context, text: str, update: Update) -> Markup:
    """Word the answer to a text without an update."""
    if update.acknowledged:
        return context.texts("update.ack")
    if not any(map(str.isalnum, text)):
        return context.texts("update.wordless")
    return context.texts("update.unclear", words=short(update.unclear or text, 60))


async def unread(context: Context, text: str, update: Update, item: Item | None = None) -> Reply:
    """Answer a text without an update; unless it is a courtesy, a button passes it to the coordinator."""
    answer = no_update(context, text, update)
    if update.acknowledged:
        return reply(Outgoing(answer))
    return await question_chat.offered(context, text, answer, item)


async def record(context: Context, item: Item, text: str, update: Update | None = None) -> Outcome:
    """Apply one text to one item; what cannot be understood is asked about, nothing is guessed.

    `said` is what the text means where a button told so; otherwise the text is read.
    """
    assignment = item.assignment
    update = update or read(context, text, assignment)
    if not assignment.is_open and not _adds_to(assignment, update):
        state = wording_of(context).state(assignment.state, blocked=False)
        return Outcome([context.texts("update.changed", number=item.number, state=state)])
    if update.wants_extension and update.extension_to is None and update.state is None:
        return Outcome([], asks=await extension_chat.ask(context, item, unclear=update.unclear))
    if not update.says_something:
        return Outcome([], asks=await unread(context, text, update, item))
    wish = []
    if update.extension_to is not None:
        if _asks_time_alone(update) and extension_chat.has_passed(context, update.extension_to):
            return Outcome(
                [],
                asks=await extension_chat.ask(context, item, passed=update.extension_to),
            )
        wish = [await extension_chat.wish(context, item, update.extension_to, text)]
        if _asks_time_alone(update):
            return Outcome(wish)
    sentence_wish = await _sentence_wish(context, item, text, update)
    result = await record_update(context.conn, statement(context, item, text, update))
    if not isinstance(result, Recorded):
        return Outcome([_not_recorded(context, item, result), *wish])
    sentences = [_told(context, item, update, text), *wish, *await _consequences(context, result, text)]
    sentences += [] if result.is_pending else _hints(context, item, update)
    back = _ways_back(context, result)
    return Outcome(sentences, back, progress_id=result.progress_id, wish=sentence_wish)


def statement(context: Context, item: Item, text: str, update: Update) -> Statement:
    """Return a text on an item as the statement that the deeds take."""
    told_at = context.said.at if _tells_time(context) else None
    duty_id = item.line.duty_id if item.line else None
    return Statement(
        item.assignment, duty_id, text, update, context.person, context.now, context.rules, told_at
    )


def _not_recorded(
    context: Context, item: Item, result: KeptAside | NotTheirAssignment | Refused[str]
) -> Markup:
    if isinstance(result, KeptAside):
        return context.texts("update.older", number=item.number, words=short(result.newer_text, 60))
    if isinstance(result, NotTheirAssignment):
        return context.texts("error.old_button")
    if result.reason == "waits_already":
        return context.texts("update.already", state=wording_of(context).texts("state.laid"))
    if result.reason == "not_last":
        return context.texts("update.amend_old")
    state = wording_of(context).state(item.assignment.state, blocked=False)
    return context.texts("update.changed", number=item.number, state=state)


def _ways_back(context: Context, recorded: Recorded) -> tuple[Choice, ...]:
    return back(context, "undo", recorded.progress_id), back(context, "correct", recorded.progress_id)


async def _consequences(context: Context, recorded: Recorded, text: str) -> list[Markup]:
    """Ask leaders and coordinators who have the next word; return sentences on that."""
    await ask_next(context.conn, wording_of(context), recorded, text)
    return [
        *([context.texts("update.all_lines")] if recorded.report_is_over else []),
        *([context.texts("approval.waits")] if recorded.is_pending else []),
        *([context.texts("confirm.waits")] if recorded.coordinators is not None else []),
    ]


def back(context: Context, verb: Verb, progress_id: int) -> Choice:
    """Return the button that takes back ("undo") or corrects ("correct") what is on record."""
    return choice_of(label(context.texts, verb), verb, progress_id)


async def amend(context: Context, item: Item, old: progress_store.Progress, text: str) -> Outcome:
    """Replace earlier progress on an item by a new text; both are kept, the newer one counts."""
    update = read(context, text, item.assignment)
    if item.assignment.state == "cancelled":
        state = wording_of(context).state(item.assignment.state, blocked=False)
        return Outcome([context.texts("update.changed", number=item.number, state=state)])
    if not update.says_something:
        return Outcome([no_update(context, text, update)])
    result = await correct_update(context.conn, old.id, statement(context, item, text, update))
    if not isinstance(result, Recorded):
        return Outcome([_not_recorded(context, item, result)])
    facts = {"number": item.number, "before": short(old.text, 200), "after": short(text, 200)}
    sentences = [context.texts("update.amended", **facts), _told(context, item, update, text)]
    sentences += await _consequences(context, result, text)
    return Outcome(sentences, _ways_back(context, result), progress_id=result.progress_id)


def _adds_to(assignment: Assignment, update: Update) -> bool:
    """Whether a text may add to a finished assignment: a number, or that it is not done yet."""
    return assignment.state in FINISHED and not update.wants_extension


def _asks_time_alone(update: Update) -> bool:
    """Whether a text only asks for a later date, so that it is no progress."""
    return update.state is None and update.percent is None and not update.blocked and not update.documents


def _tells_time(context: Context) -> bool:
    """Whether the message's own time is plausible: a clock may have been set back."""
    return timedelta() <= context.now - context.said.at <= _DELIVERED_WITHIN


def below(sentences: Sequence[Markup], question: Reply) -> Reply:
    """Return a question with sentences on what was recorded put above it."""
    first, *others = question.messages
    return replace(question, messages=(replace(first, text=lines(*sentences, first.text)), *others))


def word_read(context: Context, update: Update, text: str) -> Markup:
    """Word how an update was understood: the state, the amount, a difficulty, the documents."""
    parts: list[Markup | str] = []
    if update.state is not None:
        parts.append(wording_of(context).told(update.state))
    if update.done_of is not None:
        parts.append("{}/{}".format(*update.done_of))
    if update.percent is not None and update.state == "in_progress":
        parts.append(context.texts("state.percent", percent=update.percent))
    if update.blocked:
        parts.append(context.texts("state.blocked"))
    parts += update.documents
    if not parts:
        parts.append(short(text, 80))
    return Markup(", ").join(parts)


def _told(context: Context, item: Item, update: Update, text: str) -> Markup:
    facts = {"number": item.number, "what": resolve_item.item_name(context, item)}
    return context.texts("update.done", words=word_read(context, update, text), **facts)


async def _sentence_wish(context: Context, item: Item, text: str, update: Update) -> Markup | None:
    """Ask for a sentence that can stand in the report, where bare words are the first to end a line of it."""
    if item.line is None or not is_bare(text) or update.state != "done":
        return None
    newest = await progress_store.latest(context.conn, [item.assignment.id])
    before = newest.get((item.assignment.id, item.line.duty_id))
    if before is not None and before.state == "done":
        return None
    return context.texts("update.sentence_hint", number=item.number)


def _hints(context: Context, item: Item, update: Update) -> list[Markup]:
    if item.assignment.kind == "request":
        return []
    if update.state == "done" and not update.documents and item.line is None:
        return [context.texts("update.number_hint", number=item.number)]
    if update.state == "in_progress" and update.percent is None and update.done_of is None:
        return [context.texts("update.percent_hint", number=item.number)]
    return []
