"""What the bot says in a unit's group: of that unit alone, and to whoever calls it.

A group is a unit's once one of its people has typed a code for it there. Then everybody in it may see what
the unit owes; what is said of it is taken from those who hold a seat in the unit.
"""

from dataclasses import replace

from domain.organisation.people import GROUP, Person, Seat
from handlers.assignments import duties_chat, update_chat
from handlers.common.button_data import Verb, read_button_data
from handlers.common.context import Command, Context, Reply, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.help_chat import help_
from handlers.common.menus import Menu, entries, mark_of, menu_name, with_menu
from handlers.common.wording import lines
from handlers.organisation.join_chat import offered, start
from handlers.reporting import status_chat
from storage.common import audit_log
from storage.organisation import group_chat_store, invite_store
from storage.organisation.group_chat_store import Room
from storage.organisation.invite_store import Invite

_SHOWS = (duties_chat.duties, status_chat.show_status)
_KNOWS = (*_SHOWS, update_chat.update, help_)
"""The commands that mean something in a group."""
_BACK: Verb = "undo"
"""The only button in a group: it asks itself who presses it. Of the others one might press another's."""


async def answer(context: Context, called: Command | None, argument: str) -> Reply:
    """Answer what was said in a group, `called` by a command or not; what is not for the bot, not at all."""
    incoming = context.said
    room = await group_chat_store.find(context.conn, incoming.channel, incoming.chat)
    if incoming.is_marked:
        return (
            turned_away(context, "a secrecy mark", "error.secret") if incoming.addressed or room else reply()
        )
    if not incoming.addressed:
        return reply()
    if called is start and argument.strip() and incoming.text.startswith("/"):
        hidden = reply(Outgoing(context.texts("room.anonymous")))
        return hidden if incoming.anonymous else await _bind(context, argument)
    if room is None:
        return _elsewhere(context) if incoming.text.startswith("/") else reply()
    if incoming.anonymous and called not in (*_SHOWS, help_):
        return reply(Outgoing(context.texts("room.anonymous")))
    return await _renewed(context, room, await _of_unit(context, room, called, argument))


async def _renewed(context: Context, room: Room, answer: Reply) -> Reply:
    """Let the group's menu follow the table, as `menus.renewed` does for a person's."""
    wanted = _menu(context)
    if not answer.messages or mark_of(wanted) == room.menu:
        return answer
    await group_chat_store.show(context.conn, context.said.channel, context.said.chat, mark_of(wanted))
    return with_menu(answer, wanted)


async def _of_unit(context: Context, room: Room, called: Command | None, argument: str) -> Reply:
    if called in _SHOWS:
        return _openly(context, await duties_chat.duties(_as_group(context, room), argument))
    if called in (help_, start):
        return with_menu(reply(Outgoing(context.texts("room.how", unit=room.unit))), _menu(context))
    if context.said.text.startswith("/") and called is not update_chat.update:
        return _elsewhere(context)
    own = _as_member(context, room)
    if own is None:
        return turned_away(context, "group", "room.no_seat", unit=room.unit)
    if context.said.press is not None:
        return await _press(own, context.said.press)
    return await _take(own, argument if called is update_chat.update else context.said.text)


async def _take(context: Context, text: str) -> Reply:
    """Record what a member says of the unit's work; a file is taken in private only."""
    file = [Outgoing(context.texts("room.no_file"))] if context.said.attachment else []
    if not text.strip():
        return reply(*(file or [Outgoing(context.texts("update.usage"))]))
    taken = _openly(context, await update_chat.take_update(context, text))
    return replace(taken, messages=(*taken.messages, *file))


async def _press(context: Context, data: str) -> Reply:
    pressed = read_button_data(data)
    if pressed.verb != _BACK:
        return reply(Outgoing(context.texts("error.old_button")))
    return await update_chat.undo.run(context, pressed)


def _openly(context: Context, answer: Reply) -> Reply:
    """Leave out what one would ask one person: a question that stays open, and buttons but the way back."""
    messages = tuple(replace(message, choices=_way_back(message)) for message in answer.messages)
    if answer.topic:
        first, *others = messages
        how = context.texts("room.number", update=menu_name(context.texts, update_chat.update))
        messages = (replace(first, text=lines(first.text, how)), *others)
    return replace(answer, messages=messages, topic="", about="")


def _way_back(message: Outgoing) -> tuple[tuple[Choice, ...], ...]:
    choices = (choice for row in message.choices for choice in row)
    return tuple((choice,) for choice in choices if read_button_data(choice.data).verb == _BACK)


def _as_group(context: Context, room: Room) -> Context:
    """Let the group itself ask: it may see what its unit's focal point sees, and do nothing."""
    seat = Seat(room.unit_id, room.unit, "focal")
    return replace(context, somebody=Person(0, room.unit, context.texts.language, (seat,)))


def _as_member(context: Context, room: Room) -> Context | None:
    """Let somebody act for the group's unit alone; None where they have no seat in it."""
    if context.somebody is None:
        return None
    seats = tuple(s for s in context.somebody.seats if s.unit_id == room.unit_id and s.role != "coordinator")
    return replace(context, somebody=replace(context.somebody, seats=seats)) if seats else None


async def _bind(context: Context, code: str) -> Reply:
    """Take a code for a group from somebody of its unit; a person's own code is not for all to read."""
    offer = await offered(context, code)
    if isinstance(offer, Reply):
        return offer
    if offer.role != GROUP:
        return _elsewhere(context)
    if context.somebody is None or offer.unit_id not in context.somebody.units():
        return turned_away(context, "group code", "room.not_yours")
    return await _bound(context, context.somebody, offer)


async def _bound(context: Context, person: Person, offer: Invite) -> Reply:
    incoming = context.said
    if not await invite_store.use(context.conn, offer.id, person.id, context.now):
        return reply(Outgoing(context.texts("start.wrong_code")))
    await group_chat_store.bind(
        context.conn, incoming.channel, incoming.chat, offer.unit_id, person.id, context.now
    )
    await audit_log.note(
        context.conn, context.now, "room", f"unit {offer.unit_id}", person.id, became="bound"
    )
    words = lines(context.texts("room.bound", unit=offer.unit), context.texts("room.how", unit=offer.unit))
    return await _renewed(context, Room(offer.unit_id, offer.unit), reply(Outgoing(words), items=()))


def _elsewhere(context: Context) -> Reply:
    return reply(Outgoing(context.texts("start.group")))


def _menu(context: Context) -> Menu:
    return entries(context.texts, _KNOWS)
