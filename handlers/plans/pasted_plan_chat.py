"""A plan pasted into the chat: one message, or the several into which a messenger cuts a long one.

Each part is joined to those before it and the whole is read anew, so that nothing waits for a last part: what
came so far is always one draft. What was pasted stands in the chat's dialog until something else is said.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markupsafe import Markup

from domain.plans.pasted_text import LONGEST, is_full, is_part, is_plan, joined, may_go_on
from domain.plans.plan import Plan
from handlers.common.button_data import choice_of
from handlers.common.context import Context, Reply, Unread, reply
from handlers.common.conversation import Incoming, Outgoing
from handlers.common.wording import label, lines
from handlers.plans import plan_upload_chat
from handlers.plans.draft_wording import TOPIC, Shown
from handlers.plans.plan_wording import word_head
from storage.common.dialog_store import Dialog
from storage.plans import plan_store

_SOON = timedelta(seconds=10)
"""How long after a part the next one may have been sent."""

_ABOUT = "paste"


@dataclass(frozen=True, slots=True)
class Paste:
    """What was pasted so far, in how many parts, the last of them again, and when that was sent.

    `shown` is what the numbers on the screen stand for, "" where no draft could be made of it yet.
    """

    text: str
    parts: int
    last: str
    at: datetime
    shown: str = ""

    def write(self) -> str:
        """Return what `read` understands."""
        return json.dumps([self.text, self.parts, self.last, self.at.isoformat(), self.shown])

    @classmethod
    def read(cls, about: str) -> "Paste":
        """Read what `write` wrote."""
        text, parts, last, at, shown = json.loads(about)
        return cls(text, parts, last, datetime.fromisoformat(at), shown)

    def goes_on_with(self, incoming: Incoming) -> bool:
        """Whether a message is the next part of it."""
        soon = timedelta(0) <= incoming.at - self.at <= _SOON
        room = len(self.text) + len(incoming.text) <= LONGEST
        return soon and room and may_go_on(self.last) and is_part(incoming.text)


def may_be(incoming: Incoming) -> bool:
    """Tell whether a message may be pasted text; what was said before it decides."""
    return incoming.press is None and (is_plan(incoming.text) or is_part(incoming.text))


def gathered(incoming: Incoming, dialog: Dialog) -> Paste | None:
    """Return what is pasted with this message and the parts before it; None where it is no paste."""
    before = Paste.read(dialog.about) if dialog.topic == _ABOUT else None
    if before is not None and before.goes_on_with(incoming):
        text = joined(before.text, incoming.text)
        return Paste(text, before.parts + 1, incoming.text, incoming.at, before.shown)
    return _first(incoming) if is_plan(incoming.text) else None


def _first(incoming: Incoming) -> Paste:
    return Paste(incoming.text, 1, incoming.text, incoming.at)


def ended(context: Context) -> Context:
    """Leave what was pasted behind: what is said now is about the draft that it made, or about nothing."""
    if context.dialog.topic != _ABOUT:
        return context
    shown = Paste.read(context.dialog.about).shown
    return replace(context, dialog=replace(context.dialog, topic=TOPIC if shown else "", about=shown))


async def received(context: Context) -> Reply:
    """Take a pasted plan that the dispatcher has had read, with the parts before it.

    One that lacks its head is not entered. Where more may follow, that is said, and the chat waits for it.
    """
    paste = gathered(context.said, context.dialog) or _first(context.said)
    if not _readable_later(context):
        return await plan_upload_chat.received(ended(context))
    answer = await _taken(context, paste)
    if not may_go_on(paste.last):
        return answer
    shown = answer.about if answer.topic == TOPIC else ""
    return replace(answer, topic=_ABOUT, about=replace(paste, shown=shown).write())


async def _give_way(context: Context, paste: Paste, answer: Reply) -> None:
    """Drop the draft of the parts before, which no number finds, once that of the whole is kept."""
    if not paste.shown or answer.refused:
        return
    before = Shown.read(paste.shown).plan_id
    now = Shown.read(answer.about).plan_id if answer.topic == TOPIC else None
    row = await plan_store.find(context.conn, before)
    if row is not None and row.number is None and now != before:
        await plan_store.drop(context.conn, row.id)


def _readable_later(context: Context) -> bool:
    """Whether a text was read, or may be once its next part is there."""
    return not isinstance(context.reading, Unread) or context.reading.reason == "no_duties"


async def _taken(context: Context, paste: Paste) -> Reply:
    full = is_full(paste.last)
    if not isinstance(context.reading, Plan):
        return (
            reply(Outgoing(context.texts("draft.paste_unread", part=paste.parts)))
            if full
            else await plan_upload_chat.received(context)
        )
    head = context.reading.head
    if head.number is None and head.period is None:
        return reply(Outgoing(context.texts("draft.no_head")))
    answer = await plan_upload_chat.received(context)
    await _give_way(context, paste, answer)
    if full:
        return _briefly(context, paste, answer)
    return (
        _under(answer, context.texts("draft.paste_joined", count=paste.parts)) if paste.parts > 1 else answer
    )


def _briefly(context: Context, paste: Paste, answer: Reply) -> Reply:
    """Say of a draft that will probably be read once more no more than how much there is of it."""
    sentence = context.texts("draft.paste_part", part=paste.parts)
    if answer.topic != TOPIC or not isinstance(context.reading, Plan):
        return _under(answer, sentence)
    plan_id = Shown.read(answer.about).plan_id
    see = choice_of(label(context.texts, "see"), "doubts", plan_id, "0")
    text = lines(*word_head(context.texts, context.reading), "", sentence)
    return replace(answer, messages=(Outgoing(text, ((see,), *plan_upload_chat.choices(context, plan_id))),))


def _under(answer: Reply, sentence: Markup) -> Reply:
    first, *others = answer.messages
    return replace(answer, messages=(replace(first, text=lines(first.text, "", sentence)), *others))
