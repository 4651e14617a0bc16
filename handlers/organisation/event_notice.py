"""Wording what happened to a person's seat, absence or chat, when the message leaves."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.common.workdays import Workdays
from domain.nudging.quota import END
from domain.organisation.event import Event, EventKind
from domain.organisation.people import Person
from handlers.common.button_data import choice_of
from handlers.common.context import Command
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu_of
from handlers.common.wording import Wording, channel_name, full_date, label, lines
from handlers.organisation.contacts_wording import word_to_phone
from services.organisation import bot_room
from storage.organisation import contact_store, people_store, unit_store
from storage.organisation.people_store import Contact

_REASONS = {"blocked", "deactivated"}
_OF_NOBODY = ("seat_vacant", "restored")
"""What names nobody: it is told though its person is erased, or is none."""
_WHOLE = 100
_UNITS = 15


@dataclass(frozen=True, slots=True)
class Telling:
    """An event, to whom it is told, and in which words; `name` is that of the person it is about."""

    conn: AsyncConnection
    event: Event
    to: Person
    texts: Texts
    today: date
    zone: tzinfo
    commands: Sequence[Command]
    name: str


async def word_event(
    conn: AsyncConnection,
    event: Event,
    to: Person,
    today: date,
    texts: Texts,
    zone: tzinfo,
    commands: Sequence[Command],
) -> Outgoing | None:
    """Return the message; None where nothing is left to tell: the person it would name was erased."""
    name = (await people_store.names(conn, [event.person_id])).get(event.person_id, "")
    if not name and event.kind not in _OF_NOBODY:
        return None
    return await _WORDED[event.kind](Telling(conn, event, to, texts, today, zone, commands, name))


async def _seat(telling: Telling) -> dict[str, object]:
    event = telling.event
    unit = (await unit_store.names(telling.conn, [event.unit_id]))[event.unit_id]
    return {"person": telling.name, "role": telling.texts(f"role.{event.role}"), "unit": unit}


async def _others(telling: Telling) -> str:
    known = await people_store.names(telling.conn, telling.event.others)
    return ", ".join(known[other] for other in telling.event.others if other in known)


async def _vacant(telling: Telling) -> Outgoing:
    facts = await _seat(telling)
    return Outgoing(telling.texts("notice.vacant", unit=facts["unit"], role=facts["role"]))


async def _taken(telling: Telling) -> Outgoing:
    return Outgoing(telling.texts("notice.seat_taken", **await _seat(telling)))


async def _handed_over(telling: Telling) -> Outgoing:
    new_menu = menu_of(telling.texts, telling.commands, telling.to)
    return Outgoing(telling.texts("notice.handed_over", **await _seat(telling)), menu=new_menu)


async def _replaces(telling: Telling) -> Outgoing:
    event, texts = telling.event, telling.texts
    facts = await _seat(telling)
    text = texts("notice.seat_replaces", people=await _others(telling), until=_until(telling), **facts)
    return Outgoing(text, ((choice_of(label(texts, "object"), "object", event.seat_id),),))


async def _kept(telling: Telling) -> Outgoing:
    facts = await _seat(telling)
    return Outgoing(telling.texts("notice.seat_kept", people=await _others(telling), **facts))


async def _ends(telling: Telling) -> Outgoing:
    texts, facts = telling.texts, await _seat(telling)
    key = "notice.seat_ends_own" if telling.event.person_id == telling.to.id else "notice.seat_ends"
    button = choice_of(label(texts, "seat_stays"), "keepseat", telling.event.seat_id)
    return Outgoing(texts(key, until=_until(telling), **facts), ((button,),))


async def _stays(telling: Telling) -> Outgoing:
    return Outgoing(telling.texts("notice.seat_stays", **await _seat(telling)))


def _until(telling: Telling) -> str:
    """When seats end."""
    return _moment(telling, telling.event.ends_at)


def _moment(telling: Telling, moment: datetime | None) -> str:
    """Return a moment as people read it: "09:00, 12/6/2026"."""
    local = moment.astimezone(telling.zone) if moment else None
    return f"{local:%H:%M}, {full_date(telling.texts, local.date())}" if local else ""


async def _restored(telling: Telling) -> Outgoing:
    until = _moment(telling, telling.event.recorded_until)
    return Outgoing(telling.texts("notice.restored", until=until))


async def _away(telling: Telling) -> Outgoing:
    return Outgoing(telling.texts("absence.told", person=telling.name, days=_days(telling)))


async def _back(telling: Telling) -> Outgoing:
    return Outgoing(telling.texts("absence.told_back", person=telling.name, days=_days(telling)))


def _days(telling: Telling) -> Markup:
    event, word = telling.event, Wording(telling.texts, telling.today, Workdays(), telling.zone)
    first, last = event.first or telling.today, event.last or telling.today
    return word.stretch(first, last)


async def _unreachable(telling: Telling) -> Outgoing:
    texts, event = telling.texts, telling.event
    person = await people_store.get(telling.conn, event.person_id, telling.today)
    seats = {seat.unit_id: seat.unit for seat in person.seats if not seat.inherited}
    why = texts(f"notice.why_{event.reason if event.reason in _REASONS else 'gone'}")
    units = ", ".join(dict.fromkeys(seats.values()))
    text = texts("notice.unreachable", person=telling.name, unit=units, why=why)
    others = await people_store.contacts(telling.conn, seats, telling.today)
    return Outgoing(text + "\n" + _reached(texts, others))


async def _quota(telling: Telling) -> Outgoing:
    event = telling.event
    used_up = "notice.quota_used_up" if event.percent >= _WHOLE else "notice.quota_end"
    key = "notice.quota" if event.percent < END else used_up
    return Outgoing(telling.texts(key, bot=await _bot(telling), percent=event.percent))


async def _bot_full(telling: Telling) -> Outgoing:
    room = await bot_room.emptiest(telling.conn)
    key = "notice.bot_full" if room is None or room.is_full else "notice.bot_full_next"
    following = "" if room is None else f"{room.bot.messenger} {room.bot.name}"
    return Outgoing(telling.texts(key, bot=await _bot(telling), next=following))


async def _to_phone(telling: Telling) -> Outgoing:
    names = await unit_store.names(telling.conn, telling.event.units)
    units = {unit_id: (names[unit_id], None) for unit_id in telling.event.units if unit_id in names}
    contacts = await contact_store.contacts_of(telling.conn, units, telling.today, telling.zone)
    rows = [word_to_phone(telling.texts, unit) for unit in contacts[:_UNITS]]
    left = len(contacts) - _UNITS
    more = telling.texts("contacts.more", count=left) if left > 0 else None
    return Outgoing(lines(telling.texts("notice.to_phone", count=len(contacts)), *rows, more))


async def _bot(telling: Telling) -> str:
    """Return the name by which people know the bot of a channel."""
    bot = (await bot_room.bots_by_channel(telling.conn)).get(telling.event.channel)
    return f"{bot.messenger} {bot.name}" if bot else channel_name(telling.texts, telling.event.channel)


def _reached(texts: Texts, contacts: Sequence[Contact]) -> Markup:
    """Name those of the unit who can still be written to."""
    names = [f"{each.name} ({texts(f'role.{each.role}')})" for each in contacts if each.reachable]
    if not names:
        return texts("notice.nobody_else")
    return texts("notice.others", people=", ".join(dict.fromkeys(names)))


_WORDED: Mapping[EventKind, Callable[[Telling], Awaitable[Outgoing]]] = {
    "seat_vacant": _vacant,
    "seat_taken": _taken,
    "seat_handed_over": _handed_over,
    "seat_replaces": _replaces,
    "seat_kept": _kept,
    "seat_ends": _ends,
    "seat_stays": _stays,
    "away": _away,
    "back": _back,
    "unreachable": _unreachable,
    "quota": _quota,
    "bot_full": _bot_full,
    "to_phone": _to_phone,
    "restored": _restored,
}
