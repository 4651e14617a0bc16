"""What the bot says in a unit's group: of that unit alone, and to whoever calls it.

A group is a unit's once one of its people has typed a code for it there. Then everybody in it may see what
the unit owes; what is said of it is taken from those who hold a seat in the unit.
"""

from dataclasses import replace

from domain.organisation.people import GROUP, Person, Seat
from handlers.assignments import duties_chat as duties
from handlers.assignments import update_chat as update
from handlers.common.context import Command, Desk, Reply, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.help_chat import help_
from handlers.common.menus import Menu, entries, mark_of, menu_name, with_menu
from handlers.common.wording import lines
from handlers.organisation.join_chat import offered, start
from handlers.reporting import status_chat as status
from storage.common import audit_log as audit
from storage.organisation import group_chat_store as rooms
from storage.organisation import invite_store as invites
from storage.organisation.group_chat_store import Room
from storage.organisation.invite_store import Invite

_SHOWS = (duties.duties, status.status)
_KNOWS = (*_SHOWS, update.update, help_)
"""The commands that mean something in a group."""
_BACK = "undo:"
"""The only button in a group: it asks itself who presses it. Of the others one might press another's."""


async def answer(desk: Desk, called: Command | None, argument: str) -> Reply:
    """Answer what was said in a group, `called` by a command or not; what is not for the bot, not at all."""
    said = desk.said
    room = await rooms.find(desk.work, said.channel, said.chat)
    if said.is_marked:
        return turned_away(desk, "a secrecy mark", "error.secret") if said.addressed or room else reply()
    if not said.addressed:
        return reply()
    if called is start and argument.strip() and said.text.startswith("/"):
        return await _bind(desk, argument)
    if room is None:
        return _elsewhere(desk) if said.text.startswith("/") else reply()
    return await _renewed(desk, room, await _of_unit(desk, room, called, argument))


async def _renewed(desk: Desk, room: Room, answer: Reply) -> Reply:
    """Let the group's menu follow the table, as `menus.renewed` does for a person's."""
    wanted = _menu(desk)
    if not answer.messages or mark_of(wanted) == room.menu:
        return answer
    await rooms.show(desk.work, desk.said.channel, desk.said.chat, mark_of(wanted))
    return with_menu(answer, wanted)


async def _of_unit(desk: Desk, room: Room, called: Command | None, argument: str) -> Reply:
    if called in _SHOWS:
        return _openly(desk, await duties.duties(_as_group(desk, room), argument))
    if called in (help_, start):
        return with_menu(reply(Outgoing(desk.texts("room.how", unit=room.unit))), _menu(desk))
    if desk.said.text.startswith("/") and called is not update.update:
        return _elsewhere(desk)
    own = _as_member(desk, room)
    if own is None:
        return turned_away(desk, "group", "room.no_seat", unit=room.unit)
    if desk.said.press is not None:
        return await _press(own, desk.said.press)
    return await _take(own, argument if called is update.update else desk.said.text)


async def _take(desk: Desk, text: str) -> Reply:
    """Record what a member says of the unit's work; a file is taken in private only."""
    file = [Outgoing(desk.texts("room.no_file"))] if desk.said.attachment else []
    if not text.strip():
        return reply(*(file or [Outgoing(desk.texts("update.usage"))]))
    taken = _openly(desk, await update.take(desk, text))
    return replace(taken, messages=(*taken.messages, *file))


async def _press(desk: Desk, data: str) -> Reply:
    if not data.startswith(_BACK):
        return reply(Outgoing(desk.texts("error.old_button")))
    return await update.undo.run(desk, data.removeprefix(_BACK))


def _openly(desk: Desk, answer: Reply) -> Reply:
    """Leave out what one would ask one person: a question that stays open, and buttons but the way back."""
    messages = tuple(replace(one, choices=_way_back(one)) for one in answer.messages)
    if answer.topic:
        first, *others = messages
        how = desk.texts("room.number", update=menu_name(desk.texts, update.update))
        messages = (replace(first, text=lines(first.text, how)), *others)
    return replace(answer, messages=messages, topic="", about="")


def _way_back(message: Outgoing) -> tuple[tuple[Choice, ...], ...]:
    back = (choice for row in message.choices for choice in row if choice.data.startswith(_BACK))
    return tuple((choice,) for choice in back)


def _as_group(desk: Desk, room: Room) -> Desk:
    """Let the group itself ask: it may see what its unit's focal point sees, and do nothing."""
    seat = Seat(room.unit_id, room.unit, "focal")
    return replace(desk, somebody=Person(0, room.unit, desk.texts.language, (seat,)))


def _as_member(desk: Desk, room: Room) -> Desk | None:
    """Let somebody act for the group's unit alone; None where they have no seat in it."""
    if desk.somebody is None:
        return None
    seats = tuple(s for s in desk.somebody.seats if s.unit_id == room.unit_id and s.role != "coordinator")
    return replace(desk, somebody=replace(desk.somebody, seats=seats)) if seats else None


async def _bind(desk: Desk, code: str) -> Reply:
    """Take a code for a group from somebody of its unit; a person's own code is not for all to read."""
    offer = await offered(desk, code)
    if isinstance(offer, Reply):
        return offer
    if offer.role != GROUP:
        return _elsewhere(desk)
    if desk.somebody is None or offer.unit_id not in desk.somebody.units():
        return turned_away(desk, "group code", "room.not_yours")
    return await _bound(desk, desk.somebody, offer)


async def _bound(desk: Desk, person: Person, offer: Invite) -> Reply:
    said = desk.said
    if not await invites.use(desk.work, offer.id, person.id, desk.now):
        return reply(Outgoing(desk.texts("start.wrong_code")))
    await rooms.bind(desk.work, said.channel, said.chat, offer.unit_id, person.id, desk.now)
    await audit.note(desk.work, desk.now, "room", f"unit {offer.unit_id}", person.id, became="bound")
    words = lines(desk.texts("room.bound", unit=offer.unit), desk.texts("room.how", unit=offer.unit))
    return await _renewed(desk, Room(offer.unit_id, offer.unit), reply(Outgoing(words), items=()))


def _elsewhere(desk: Desk) -> Reply:
    return reply(Outgoing(desk.texts("start.group")))


def _menu(desk: Desk) -> Menu:
    return entries(desk.texts, _KNOWS)
