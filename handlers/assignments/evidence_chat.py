"""Files that show what was done: which item each belongs to, and what is said of it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import PurePath

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import nfc
from domain.organisation.people import Person
from domain.updates import dotted, split_items
from handlers.assignments import resolve_item as meaning
from handlers.assignments import update_chat as update
from handlers.assignments.item_list import Item, find, numbered
from handlers.assignments.recording import read
from handlers.common.context import (
    Button,
    Desk,
    Question,
    Reply,
    Unread,
    button,
    id_in,
    question,
    reply,
    turned_away,
)
from handlers.common.conversation import Choice, Incoming, Outgoing
from handlers.common.wording import label, lines, short
from storage.assignments import evidence_store as evidence
from storage.assignments import progress_store as progress
from storage.assignments.evidence_store import File, Place
from storage.common import dialog_store as dialogs
from storage.common import outbox as nudges
from storage.common.dialog_store import Dialog

_TOPIC, _REFUSED = "file", "refused_set"
_PICTURES = (".jpg", ".jpeg", ".png")
_UNDO = timedelta(minutes=10)
_RECENT = timedelta(hours=1)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Files that wait for a word on what they show, and the words that came with them."""

    text: str
    files: tuple[File, ...]

    def write(self) -> str:
        return json.dumps([self.text, [asdict(one) for one in self.files]], ensure_ascii=False)

    @classmethod
    def read(cls, about: str) -> "_Waiting":
        text, files = json.loads(about)
        return cls(text, tuple(File(**one) for one in files))


async def is_evidence(work: AsyncConnection, said: Incoming, person: Person) -> bool:
    """Whether a file shows what was done.

    An officer's does; that of an officer who compiles plans as well may be a plan, unless it is a picture,
    answers a nudge, or comes with a word on an item.
    """
    if said.attachment is None or not person.units("focal", "leader"):
        return False
    if not person.units("coordinator"):
        return True
    if PurePath(said.attachment.name).suffix.lower() in _PICTURES or split_items(said.text)[:1] != ():
        return True
    return bool(said.reply_to and await nudges.items_of(work, said.chat, said.reply_to))


def unwanted(said: Incoming, dialog: Dialog) -> Unread | None:
    """Tell why a file is not even fetched: it is of a set that bears a secrecy mark."""
    album = said.attachment.album if said.attachment else ""
    refused = album and dialog.topic == _REFUSED and dialog.about == album
    return Unread("of_refused_set") if refused else None


def of_marked(desk: Desk, refusal: Reply) -> Reply:
    """Return the refusal of a marked message; the other files of its set are refused with it, in silence."""
    album = desk.said.attachment.album if desk.said.attachment else ""
    return replace(refusal, topic=_REFUSED, about=album) if album else refusal


async def received(desk: Desk) -> Reply:
    """Take a file that the dispatcher has kept, or say why it was not."""
    sent = desk.said.attachment
    if sent is None or isinstance(desk.kept, Unread) or desk.kept is None:
        return _not_kept(desk, desk.kept.reason if isinstance(desk.kept, Unread) else "not_fetched")
    name = nfc(sent.name)[-_LONGEST_NAME:]
    file = File(desk.kept.sha256, name, desk.kept.media_type, desk.kept.size, sent.album)
    text = desk.said.text.strip()
    if not text and sent.album and await _joins(desk, file):
        return reply()
    return await _settle(desk, (file,), text)


def _not_kept(desk: Desk, reason: str) -> Reply:
    if reason == "of_refused_set":
        return reply()
    if reason == "secret":
        return of_marked(desk, turned_away(desk, "a secrecy mark", "unreadable.secret"))
    name = desk.said.attachment.name if desk.said.attachment else ""
    return reply(Outgoing(desk.texts(f"evidence.{reason}", name=short(name, 60))))


async def _joins(desk: Desk, file: File) -> bool:
    """Put a picture beside those of its set that came before; False where it is the first."""
    if desk.dialog.topic == _TOPIC:
        waiting = _Waiting.read(desk.dialog.about)
        if any(one.album == file.album for one in waiting.files):
            more = replace(waiting, files=(*waiting.files, file))
            stands = replace(desk.dialog, about=more.write())
            await dialogs.save(desk.work, desk.said.channel, desk.said.chat, stands)
            return True
    places = await evidence.places_of(desk.work, desk.person.id, file.album)
    for place in places:
        await evidence.add(desk.work, place, file, desk.person.id, desk.now)
    return bool(places)


async def _settle(desk: Desk, files: tuple[File, ...], text: str) -> Reply:
    """Put files where their words say; ask, and keep them meanwhile, where these do not tell."""
    shown = await numbered(desk)
    desk = replace(desk, dialog=replace(desk.dialog, items=shown))
    items = await _numbered_items(desk, text)
    if items:
        return await _put(desk, files, items, text, shown)
    there = await meaning.open_items(desk)
    aim = await meaning.aim(desk, text, there)
    if len(aim) == 1 and (text or not await _recent(desk)):
        return await _put(desk, files, aim, text, there.ids)
    offered = tuple(dict.fromkeys((*await _recent(desk), *aim)))
    if not offered:
        return reply(Outgoing(desk.texts("evidence.nothing_open", name=_names(files))))
    return _ask(desk, _Waiting(text, files), offered, there.ids or shown)


async def _numbered_items(desk: Desk, text: str) -> tuple[Item, ...]:
    """Return the items that words beside a file name by their numbers, "1" alone too."""
    bare = await update.bare_number(desk, text)
    if bare is not None:
        return (bare,)
    pieces = (
        split_items(text, [number for number in dotted(text) if await find(desk, number)]) if text else ()
    )
    found = [await find(desk, piece.item) for piece in pieces if piece.item is not None]
    return tuple(item for item in found if item is not None)


async def _recent(desk: Desk) -> tuple[Item, ...]:
    """Return what this person has reported in the last hour: a proof often comes after the word."""
    said = await progress.recent(desk.work, desk.person.id, desk.now - _RECENT)
    items = [await update.item_of(desk, assignment_id, duty_id) for assignment_id, duty_id in said]
    return tuple(item for item in items if item is not None)


def _ask(desk: Desk, waiting: _Waiting, items: Sequence[Item], ids: tuple[int, ...]) -> Reply:
    ask = desk.texts("evidence.which", name=_names(waiting.files))
    shown = tuple(dict.fromkeys((*ids, *(item.assignment.id for item in items))))
    message = Outgoing(ask, meaning.choices(desk, "file", items))
    return reply(message, items=shown, topic=_TOPIC, about=waiting.write())


async def _put(
    desk: Desk, files: tuple[File, ...], items: Sequence[Item], text: str, shown: tuple[int, ...]
) -> Reply:
    """Keep files beside items, and record what is said with them."""
    before = await progress.newest_id(desk.work)
    one = items[0]
    taken = await _said(desk, items, text)
    said = {(a, d): id_ for id_, a, d in await progress.since(desk.work, before, desk.person.id)}
    kept: list[int] = []
    for item in items:
        duty_id = item.line.duty_id if item.line else None
        place = Place(item.assignment.id, duty_id, said.get((item.assignment.id, duty_id)))
        added = [await evidence.add(desk.work, place, file, desk.person.id, desk.now) for file in files]
        kept += [id_ for id_, is_new in added if is_new]
    told = _told(desk, files, one if len(items) == 1 else None, items, is_new=bool(kept))
    drop = ((Choice(label(desk.texts, "drop_file"), f"unfile:{kept[0]}"),),) if kept else ()
    if taken is None:
        return reply(Outgoing(told, drop), items=shown)
    first, *others = taken.messages
    first = replace(first, text=lines(told, first.text), choices=(*first.choices, *drop))
    return replace(taken, messages=(first, *others), items=shown if taken.items is None else taken.items)


async def _said(desk: Desk, items: Sequence[Item], text: str) -> Reply | None:
    """Record the words beside a file; None where they tell nothing of the work."""
    if not text or await update.bare_number(desk, text):
        return None
    if any(piece.item is not None for piece in split_items(text)) or dotted(text):
        pieces = [piece.text for piece in split_items(text, [item.number for item in items])]
        return await update.take(desk, text) if any(_tells(desk, words) for words in pieces) else None
    return await update.take_for(desk, items[0], text) if _tells(desk, text) else None


def _tells(desk: Desk, text: str) -> bool:
    return read(desk, text, None).says_something


def _told(
    desk: Desk, files: Sequence[File], one: Item | None, items: Sequence[Item], *, is_new: bool
) -> Markup:
    numbers = ", ".join(item.number for item in items)
    what = short(meaning.what(desk, one), 80) if one else ""
    key = "there" if not is_new else "kept_set" if files[0].album else "kept"
    told = desk.texts(f"evidence.{key}", name=_names(files), number=numbers)
    return Markup("{} {}").format(told, what) if what else told


def _names(files: Sequence[File]) -> str:
    return ", ".join(dict.fromkeys(short(one.name, 60) for one in files))


@button("file", "officer")
async def chosen(desk: Desk, argument: str) -> Reply:
    """Put the files that wait beside the item chosen."""
    if desk.dialog.topic != _TOPIC:
        return reply(Outgoing(desk.texts("error.old_button")))
    item = await update.item_of(desk, *meaning.pressed_ids(argument))
    if item is None:
        return turned_away(desk, f"assignment {meaning.pressed_ids(argument)[0]}")
    waiting = _Waiting.read(desk.dialog.about)
    return await _put(desk, waiting.files, (item,), waiting.text, await numbered(desk))


@question(_TOPIC, "officer")
async def typed(desk: Desk, text: str) -> Reply:
    """Take a number, words of an item, or an update on it, as the word on what the files show."""
    waiting = _Waiting.read(desk.dialog.about)
    item = await update.bare_number(desk, text)
    if item is not None:
        return await _put(desk, waiting.files, (item,), waiting.text, await numbered(desk))
    if len(text) > update.TEXT_LIMIT:
        too_long = Outgoing(desk.texts("update.too_long", limit=update.TEXT_LIMIT))
        return reply(too_long, topic=_TOPIC, about=desk.dialog.about)
    return await _settle(desk, waiting.files, text)


@button("unfile", "officer")
async def dropped(desk: Desk, argument: str) -> Reply:
    """Bỏ tệp: take a file back, with its set, within ten minutes."""
    count = await evidence.remove(desk.work, id_in(argument), desk.person.id, desk.now - _UNDO)
    return reply(Outgoing(desk.texts("evidence.dropped" if count else "evidence.too_late", count=count)))


BUTTONS: tuple[Button, ...] = (chosen, dropped)
QUESTIONS: tuple[Question, ...] = (typed,)
