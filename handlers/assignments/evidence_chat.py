"""Files that show what was done: which item each belongs to, and what is said of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import PurePath

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import nfc
from domain.organisation.people import Person
from domain.updates import dotted, split_items
from handlers.assignments import resolve_item, update_chat
from handlers.assignments.item_numbering import Item, find, in_sight, item_of, shown_last
from handlers.assignments.recording import read
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import (
    Button,
    Context,
    Question,
    Reply,
    Unread,
    button,
    question,
    reply,
    staying,
    turned_away,
)
from handlers.common.conversation import Incoming, Outgoing
from handlers.common.wording import label, lines, short
from services.assignments.keep_evidence import EvidenceKept, drop_evidence, keep_evidence
from services.assignments.own_assignment import NotTheirAssignment
from services.common.results import Refused
from storage.assignments import evidence_store, progress_store
from storage.assignments.evidence_store import EvidencePlace, File
from storage.common import dialog_store, outbox
from storage.common.dialog_store import Dialog

_TOPIC, _REFUSED = "file", "refused_set"
_PICTURES = (".jpg", ".jpeg", ".png")
_RECENT = timedelta(hours=1)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Files that wait for a word on what they show, and the words that came with them."""

    text: str
    files: tuple[File, ...]

    def write(self) -> str:
        return json.dumps([self.text, [asdict(file) for file in self.files]], ensure_ascii=False)

    @classmethod
    def read(cls, about: str) -> "_Waiting":
        text, files = json.loads(about)
        return cls(text, tuple(File(**file) for file in files))


async def is_evidence(conn: AsyncConnection, incoming: Incoming, person: Person) -> bool:
    """Whether a file shows what was done.

    An officer's does; that of an officer who compiles plans as well may be a plan, unless it is a picture,
    answers a nudge, or comes with a word on an item.
    """
    if incoming.attachment is None or not person.units("focal", "leader"):
        return False
    if not person.units("coordinator"):
        return True
    if PurePath(incoming.attachment.name).suffix.lower() in _PICTURES or split_items(incoming.text)[:1] != ():
        return True
    return bool(await outbox.numbers_of(conn, incoming.chat, incoming.reply_to))


def unwanted(incoming: Incoming, dialog: Dialog) -> Unread | None:
    """Tell why a file is not even fetched: it is of a set that bears a secrecy mark."""
    album = incoming.attachment.album if incoming.attachment else ""
    refused = album and dialog.topic == _REFUSED and dialog.about == album
    return Unread("of_refused_set") if refused else None


def of_marked(context: Context, refusal: Reply) -> Reply:
    """Return the refusal of a marked message; the other files of its set are refused with it, in silence."""
    album = context.said.attachment.album if context.said.attachment else ""
    return replace(refusal, topic=_REFUSED, about=album) if album else staying(context, refusal)


async def received(context: Context) -> Reply:
    """Take a file that the dispatcher has kept, or say why it was not."""
    sent = context.said.attachment
    if sent is None or isinstance(context.kept, Unread) or context.kept is None:
        return _not_kept(context, context.kept.reason if isinstance(context.kept, Unread) else "not_fetched")
    name = nfc(sent.name)[-_LONGEST_NAME:]
    file_kept = context.kept
    file = File(file_kept.sha256, name, file_kept.media_type, file_kept.size, sent.album, file_kept.acts)
    text = context.said.text.strip()
    if not text and sent.album and await _joins(context, file):
        return reply()
    return keep_waiting(context, await _settle(context, (file,), text))


def keep_waiting(context: Context, answer: Reply) -> Reply:
    """Let files that wait for a word go on waiting after an answer about something else."""
    waits = context.dialog.topic == _TOPIC and not answer.topic and not answer.forgets
    return staying(context, answer) if waits else answer


def _not_kept(context: Context, reason: str) -> Reply:
    if reason == "of_refused_set":
        return reply()
    if reason == "secret":
        return of_marked(context, turned_away(context, "a secrecy mark", "unreadable.secret"))
    name = context.said.attachment.name if context.said.attachment else ""
    return staying(context, reply(Outgoing(context.texts(f"evidence.{reason}", name=short(name, 60)))))


async def _joins(context: Context, file: File) -> bool:
    """Put a picture beside those of its set that came before; False where it is the first."""
    if context.dialog.topic == _TOPIC:
        waiting = _Waiting.read(context.dialog.about)
        if any(other.album == file.album for other in waiting.files):
            more = replace(waiting, files=(*waiting.files, file))
            stands = replace(context.dialog, about=more.write())
            await dialog_store.save(context.conn, context.said.channel, context.said.chat, stands)
            return True
    places = await evidence_store.places_of(context.conn, context.person.id, file.album)
    result = await keep_evidence(context.conn, (file,), places, by=context.person, now=context.now)
    return bool(places) and isinstance(result, EvidenceKept)


async def _settle(context: Context, files: tuple[File, ...], text: str) -> Reply:
    """Keep files beside the item that a text names; where it names none, ask and let the files wait."""
    context = replace(context, dialog=replace(context.dialog, items=await shown_last(context)))
    items = await _numbered_items(context, text)
    if items:
        return await _put(context, files, items, text)
    open_ = await resolve_item.open_items(context)
    meant = await resolve_item.meant_items(context, text, open_)
    if len(meant) == 1 and (text or not await _recent(context)):
        return await _put(context, files, meant, text)
    offered = tuple(dict.fromkeys((*await _recent(context), *meant)))
    if not offered:
        return reply(Outgoing(context.texts("evidence.nothing_open", name=_names(files))))
    return _ask(context, _joined(context, text, files), offered)


def _joined(context: Context, text: str, files: tuple[File, ...]) -> _Waiting:
    """Return files that need a word, behind those that wait for one already."""
    if context.dialog.topic != _TOPIC:
        return _Waiting(text, files)
    before = _Waiting.read(context.dialog.about)
    return _Waiting(text or before.text, tuple(dict.fromkeys((*before.files, *files))))


async def _numbered_items(context: Context, text: str) -> tuple[Item, ...]:
    """Return the items that words beside a file name by their numbers, "1" alone too."""
    bare = await update_chat.bare_number(context, text)
    if bare is not None:
        return (bare,)
    pieces = (
        split_items(text, [number for number in dotted(text) if await find(context, number)]) if text else ()
    )
    items = [await find(context, piece.item) for piece in pieces if piece.item is not None]
    return tuple(item for item in items if item is not None)


async def _recent(context: Context) -> tuple[Item, ...]:
    """Return what this person has reported in the last hour: a proof often comes after the word."""
    places = await progress_store.recent(context.conn, context.person.id, context.now - _RECENT)
    items = [await item_of(context, assignment_id, duty_id) for assignment_id, duty_id in places]
    return tuple(item for item in items if item is not None)


def _ask(context: Context, waiting: _Waiting, items: Sequence[Item]) -> Reply:
    ask = context.texts("evidence.which", name=_names(waiting.files))
    shown = in_sight(context, *(item.assignment for item in items))
    message = Outgoing(ask, resolve_item.choices(context, "file", items))
    return reply(message, items=shown, topic=_TOPIC, about=waiting.write())


async def _put(context: Context, files: tuple[File, ...], items: Sequence[Item], text: str) -> Reply:
    """Keep files beside items, and record what is said with them."""
    before = await progress_store.newest_id(context.conn)
    first_item = items[0]
    taken = await _said(context, items, text)
    progress_ids = {
        (a, d): id_ for id_, a, d in await progress_store.since(context.conn, before, context.person.id)
    }
    places = [_place(item, progress_ids) for item in items]
    result = await keep_evidence(context.conn, files, places, by=context.person, now=context.now)
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}")
    new_ids = result.new_ids
    sentences = _told(context, files, first_item if len(items) == 1 else None, items, is_new=bool(new_ids))
    shown = in_sight(context, *(item.assignment for item in items))
    drop = ((choice_of(label(context.texts, "drop_file"), "unfile", new_ids[0]),),) if new_ids else ()
    if taken is None:
        return reply(Outgoing(sentences, drop), items=shown)
    first, *others = taken.messages
    first = replace(first, text=lines(sentences, first.text), choices=(*first.choices, *drop))
    return replace(taken, messages=(first, *others), items=shown if taken.items is None else taken.items)


def _place(item: Item, progress_ids: Mapping[tuple[int, int | None], int]) -> EvidencePlace:
    """Return where a file of an item belongs; `progress_ids` has what was recorded with it, by place."""
    duty_id = item.line.duty_id if item.line else None
    return EvidencePlace(item.assignment.id, duty_id, progress_ids.get((item.assignment.id, duty_id)))


async def _said(context: Context, items: Sequence[Item], text: str) -> Reply | None:
    """Record the words beside a file; None where they tell nothing of the work."""
    if not text or await update_chat.bare_number(context, text):
        return None
    if any(piece.item is not None for piece in split_items(text)) or dotted(text):
        pieces = [piece.text for piece in split_items(text, [item.number for item in items])]
        return (
            await update_chat.take_update(context, text)
            if any(_tells(context, piece) for piece in pieces)
            else None
        )
    return await update_chat.take_for(context, items[0], text) if _tells(context, text) else None


def _tells(context: Context, text: str) -> bool:
    return read(context, text, None).says_something


def _told(
    context: Context, files: Sequence[File], item: Item | None, items: Sequence[Item], *, is_new: bool
) -> Markup:
    numbers = ", ".join(item.number for item in items)
    what = resolve_item.item_name(context, item) if item else ""
    key = "there" if not is_new else "kept_set" if files[0].album else "kept"
    sentence = context.texts(f"evidence.{key}", name=_names(files), number=numbers)
    acting = [file for file in files if file.acts]
    warns = context.texts("evidence.acts", name=_names(acting)) if acting else None
    return lines(Markup("{} {}").format(sentence, what) if what else sentence, warns)


def _names(files: Sequence[File]) -> str:
    return ", ".join(dict.fromkeys(short(file.name, 60) for file in files))


@button("file", "officer")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """Put the files that wait beside the item chosen."""
    if context.dialog.topic != _TOPIC:
        return reply(Outgoing(context.texts("error.old_button")))
    item = await item_of(context, *resolve_item.pressed_ids(pressed.text()))
    if item is None:
        return turned_away(context, f"assignment {resolve_item.pressed_ids(pressed.text())[0]}")
    waiting = _Waiting.read(context.dialog.about)
    return await _put(context, waiting.files, (item,), waiting.text)


@question(_TOPIC, "officer")
async def typed(context: Context, text: str) -> Reply:
    """Take a number, words of an item, or an update on it, as the word on what the files show."""
    waiting = _Waiting.read(context.dialog.about)
    item = await update_chat.bare_number(context, text)
    if item is not None:
        return await _put(context, waiting.files, (item,), waiting.text)
    if len(text) > update_chat.TEXT_LIMIT:
        too_long = Outgoing(context.texts("update.too_long", limit=update_chat.TEXT_LIMIT))
        return reply(too_long, topic=_TOPIC, about=context.dialog.about)
    return await _settle(context, waiting.files, text)


@button("unfile", "officer")
async def dropped(context: Context, pressed: ButtonData) -> Reply:
    """Bỏ tệp: take a file back, with its set, within ten minutes."""
    result = await drop_evidence(context.conn, pressed.id(), by=context.person, now=context.now)
    if isinstance(result, NotTheirAssignment):
        return turned_away(context, f"assignment {result.assignment_id}", "evidence.too_late")
    if isinstance(result, Refused):
        return reply(Outgoing(context.texts("evidence.too_late")))
    return reply(Outgoing(context.texts("evidence.dropped", count=result.count)))


BUTTONS: tuple[Button, ...] = (chosen, dropped)
QUESTIONS: tuple[Question, ...] = (typed,)
