"""Files that a coordinator sends one after another: photographs of pages, or a text and its annexes.

What belongs together is read anew as one document, so that nothing waits for a last file; where it is unsure
whether it does, that is asked. The files stand in the chat's dialog until something else is said.
"""

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final, Literal

from domain.common.text import fold
from domain.plans.plan import Plan
from handlers.common.button_data import ButtonData, choice_of, read_button_data
from handlers.common.context import Button, Context, Reply, Unread, button, reply
from handlers.common.conversation import Attachment, Incoming, Outgoing
from handlers.common.wording import label, lines, short
from handlers.plans import plan_upload_chat
from handlers.plans.draft_wording import TOPIC, Shown
from storage.common import dialog_store
from storage.common.dialog_store import Dialog
from storage.plans import plan_store

_FILES, _YES = "files", "yes"
_VERB: Final = "together"
_PICTURES = (".jpg", ".jpeg", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".webp")
_AT_ONCE, _LATER, _ANNEX_LATER = timedelta(seconds=60), timedelta(minutes=30), timedelta(minutes=10)
"""A picture so soon after another goes on with it; later, and of a text that may be an annex, it is asked."""
_MOST = 100
_ANNEX = re.compile(r"phu.?luc|phu.?bieu|(?:\b|_)(?:pl|bieu)(?:\b|_|\d)")
"""How the name of a file tells that it is an annex."""

Step = Literal["wait", "ask", "join", "alone"]


@dataclass(frozen=True, slots=True)
class FileSeries:
    """The files that were read as one document, when the last came, what the numbers on the screen stand for.

    `numbered`: what was read bears a number. `waiting` is the file of which it is asked whether it belongs.
    """

    files: tuple[Attachment, ...]
    at: datetime
    shown: str = ""
    numbered: bool = False
    waiting: Attachment | None = None

    def write(self) -> str:
        """Return what `read` understands."""
        fields = [[asdict(file) for file in self.files], self.at.isoformat(), self.shown, self.numbered]
        return json.dumps([*fields, asdict(self.waiting) if self.waiting else None], ensure_ascii=False)

    @classmethod
    def read(cls, about: str) -> "FileSeries":
        """Read what `write` wrote."""
        files, at, shown, numbered, waiting = json.loads(about)
        attachments = tuple(Attachment(**file) for file in files)
        return cls(
            attachments,
            datetime.fromisoformat(at),
            shown,
            numbered,
            Attachment(**waiting) if waiting else None,
        )


def is_picture(file: Attachment | None) -> bool:
    """Tell whether a file may be the photograph of a page."""
    return file is not None and PurePath(file.name).suffix.lower() in _PICTURES


def is_choice(incoming: Incoming) -> bool:
    """Tell whether a message answers the question whether files belong together."""
    return incoming.press is not None and read_button_data(incoming.press).verb == _VERB


def files_to_read(incoming: Incoming, dialog: Dialog) -> tuple[Attachment, ...]:
    """Return the files that a message asks to be read as one document; none where nothing is to be read."""
    series = _before(dialog)
    if incoming.press is not None and is_choice(incoming):
        chosen = read_button_data(incoming.press).text() == _YES
        if series is None or series.waiting is None:
            return ()
        return (*series.files, series.waiting) if chosen else (series.waiting,)
    if incoming.attachment is None:
        return ()
    match _step(incoming, series):
        case "join" if series:
            return (*series.files, incoming.attachment)
        case "alone":
            return (incoming.attachment,)
    return ()


def ended(context: Context) -> Context:
    """Leave the files behind where something else is said: it is about the draft that they made."""
    if context.dialog.topic != _FILES or context.said.attachment or is_choice(context.said):
        return context
    shown = FileSeries.read(context.dialog.about).shown
    return replace(context, dialog=replace(context.dialog, topic=TOPIC if shown else "", about=shown))


def _before(dialog: Dialog) -> FileSeries | None:
    return FileSeries.read(dialog.about) if dialog.topic == _FILES else None


def _step(incoming: Incoming, series: FileSeries | None) -> Step:
    """Tell whether a picture waits for the next, goes on with others, is asked about, or stands alone."""
    file = incoming.attachment
    if file is None or not is_picture(file):
        return "alone"
    goes_on = series is not None and len(series.files) < _MOST and is_picture(series.files[-1])
    since = incoming.at - series.at if series else _LATER
    is_next = series is not None and (
        since <= _AT_ONCE or bool(file.album and file.album == series.files[-1].album)
    )
    if incoming.more_follow:
        return "wait"
    if goes_on and is_next:
        return "join"
    return "ask" if goes_on and since < _LATER else "alone"


async def received(context: Context) -> Reply:
    """Take a file of a coordinator, with those before it where it goes on with them."""
    incoming, series = context.said, _before(context.dialog)
    if incoming.attachment is None:
        return await plan_upload_chat.received(context)
    step = _step(incoming, series)
    if step == "wait":
        return await _wait(context, series, incoming.attachment)
    if series and (step == "ask" or (step == "alone" and _may_be_annex(context, series))):
        return _ask(context, replace(series, waiting=incoming.attachment))
    return await _taken(context, files_to_read(incoming, context.dialog), series if step == "join" else None)


async def _wait(context: Context, series: FileSeries | None, file: Attachment) -> Reply:
    """Put a picture beside those before it: the next is here already, and they are read together."""
    goes_on = series is not None and is_picture(series.files[-1])
    before = series if goes_on and series else FileSeries((), context.said.at)
    stands = replace(before, files=(*before.files, file), at=context.said.at)
    about = replace(context.dialog, topic=_FILES, about=stands.write(), expires_at=context.now + _LATER)
    await dialog_store.save(context.conn, context.said.channel, context.said.chat, about)
    return reply()


def _may_be_annex(context: Context, series: FileSeries) -> bool:
    """Whether a text, or the one before it, bears no number of its own: one may be the annex of the other."""
    if is_picture(context.said.attachment) or context.said.at - series.at > _ANNEX_LATER:
        return False
    if isinstance(context.reading, Plan):
        return context.reading.head.number is None or bool(series.shown and not series.numbered)
    name = context.said.attachment.name if context.said.attachment else ""
    return _has_no_duties(context) and bool(_ANNEX.search(fold(name)))


def _has_no_duties(context: Context) -> bool:
    return isinstance(context.reading, Unread) and context.reading.reason == "no_duties"


def _ask(context: Context, series: FileSeries) -> Reply:
    name = series.waiting.name if series.waiting else ""
    text = context.texts("file_series.ask", name=short(name, 60), before=short(series.files[0].name, 60))
    buttons = tuple(
        (choice_of(label(context.texts, f"together_{answer}"), _VERB, answer),) for answer in (_YES, "no")
    )
    return reply(Outgoing(text, buttons), topic=_FILES, about=series.write())


async def _taken(context: Context, files: tuple[Attachment, ...], before: FileSeries | None) -> Reply:
    """Answer what was read of files, and keep them for those that may follow."""
    answer = await plan_upload_chat.taken(context, files[0].name if files else "")
    is_plan = isinstance(context.reading, Plan)
    may_go_on = _has_no_duties(context) and is_picture(files[-1])
    if not (is_plan or may_go_on) or answer.topic not in ("", TOPIC) or answer.refused:
        return answer
    shown = answer.about if answer.topic == TOPIC else ""
    await _give_way(context, before, shown)
    numbered = isinstance(context.reading, Plan) and context.reading.head.number is not None
    series = FileSeries(files, context.said.at, shown, numbered)
    if len(files) > 1 and is_plan:
        first, *others = answer.messages
        joined = lines(context.texts("file_series.joined", count=len(files)), first.text)
        answer = replace(answer, messages=(replace(first, text=joined), *others))
    return replace(answer, topic=_FILES, about=series.write())


async def _give_way(context: Context, before: FileSeries | None, shown: str) -> None:
    """Drop the draft of the files before, which no number finds, once that of all of them is kept."""
    if before is None or not before.shown or not shown:
        return
    plan_id = Shown.read(before.shown).plan_id
    row = await plan_store.find(context.conn, plan_id)
    if row is not None and row.number is None and plan_id != Shown.read(shown).plan_id:
        await plan_store.drop(context.conn, row.id)


@button("together", "coordinator")
async def together(context: Context, pressed: ButtonData) -> Reply:
    """Take the file that was asked about with those before it, or as a document of its own."""
    series = _before(context.dialog)
    if series is None or series.waiting is None:
        return reply(Outgoing(context.texts("error.old_button")))
    files = files_to_read(context.said, context.dialog)
    return await _taken(context, files, series if pressed.text() == _YES else None)


BUTTONS: tuple[Button, ...] = (together,)
