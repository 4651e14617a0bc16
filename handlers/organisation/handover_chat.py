"""/handover (/bangiao): a code by which somebody else takes a seat, with all that was said in it.

Whoever holds a seat hands over that one; a unit's leader that of its focal point; a coordinator invites a
focal point where a unit of their plans has nobody.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from domain.common.text import fold
from domain.organisation.people import ROLES
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short
from handlers.organisation.bot_wording import word_bot
from services.common.results import Refused
from services.organisation.invite import GivableSeat, givable_seats, invite
from services.organisation.invite_codes import Code
from storage.organisation import people_store, unit_store

_TOPIC = "handover"
_CHOICES = 8


def _key(seat: GivableSeat) -> str:
    """A seat as it stands in a button."""
    return f"{seat.unit_id}:{seat.role}"


@command("handover", "bangiao", "member")
async def handover(context: Context, argument: str) -> Reply:
    """Ask about the one seat that may be meant, else offer those that may be."""
    seats = await givable_seats(context.conn, context.person, context.today)
    own_seats = tuple(seat for seat in seats if seat.basis != "vacant")
    compiled_units = await unit_store.compiled_by(context.conn, context.person.units("coordinator"))
    named_seats = _named(context, seats, argument) if argument.strip() else None
    if named_seats is None and not compiled_units and len(own_seats) == 1:
        return await _asked(context, own_seats[0])
    if named_seats == () or (named_seats is None and argument.strip() and compiled_units):
        return _refuse(context, argument, compiled_units)
    if named_seats is not None and len(named_seats) == 1:
        return await _asked(context, named_seats[0])
    text = context.texts("handover.which")
    how = context.texts("handover.which_unit") if compiled_units else None
    rows = tuple((_offer(context, seat),) for seat in (named_seats or own_seats)[:_CHOICES])
    return reply(Outgoing(lines(text, how), rows))


def _named(context: Context, seats: Sequence[GivableSeat], typed: str) -> tuple[GivableSeat, ...] | None:
    """Return the seats in the units that some words name; None where they name no unit at all."""
    known = {unit.name for unit in context.rules.register.candidates(typed)}
    if known:
        return tuple(seat for seat in seats if seat.unit in known)
    plain = fold(typed).strip()
    return tuple(seat for seat in seats if len(plain) > 2 and plain in fold(seat.unit)) or None


def _refuse(context: Context, typed: str, compiled_units: Mapping[int, str]) -> Reply:
    """Refuse the seats of a unit that is somebody else's; tell a coordinator where it has its own people.

    `asked` are the units (id: name) that the coordinator's plans ask.
    """
    if not compiled_units:
        return turned_away(context, "handover", "handover.own_only")
    known = {unit.name for unit in context.rules.register.candidates(typed)}
    plain = fold(typed).strip()
    units = [
        name
        for name in compiled_units.values()
        if (name in known if known else len(plain) > 2 and plain in fold(name))
    ]
    if units:
        return turned_away(context, "handover", "handover.has_people", unit=units[0])
    return turned_away(context, "handover", "handover.not_in_charge", words=short(typed, 60))


def _offer(context: Context, seat: GivableSeat) -> Choice:
    role = context.texts(f"role.{seat.role}")
    text = label(context.texts, "hand_seat", role=role, unit=short(seat.unit, 40))
    return choice_of(text, "handover", _key(seat))


async def _seat(context: Context, pressed: ButtonData) -> GivableSeat | None:
    """Return the seat of a button, if the person may give it now."""
    unit_id = pressed.id()
    role = next((each for each in ROLES if each == pressed.text(1)), None)
    seats = await givable_seats(context.conn, context.person, context.today)
    return next((seat for seat in seats if (seat.unit_id, seat.role) == (unit_id, role)), None)


@button("handover", "member")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """Ask about the seat of the button."""
    seat = await _seat(context, pressed)
    return turned_away(context, "handover", "handover.old") if seat is None else await _asked(context, seat)


async def _asked(context: Context, seat: GivableSeat) -> Reply:
    """Tell what a code will do, and make none before that is wanted."""
    there = await people_store.contacts(context.conn, [seat.unit_id], context.today)
    holders = [contact.name for contact in there if contact.role == seat.role]
    facts = {"role": context.texts(f"role.{seat.role}"), "unit": seat.unit}
    if seat.basis == "own":
        text = context.texts("handover.ask_own", **facts)
    elif holders:
        text = context.texts("handover.ask", people=", ".join(holders), **facts)
    else:
        text = context.texts("handover.ask_empty", **facts)
    choices = (
        choice_of(label(context.texts, "hand_code"), "handcode", _key(seat)),
        choice_of(label(context.texts, "keep"), "handcode", "no"),
    )
    return reply(Outgoing(text, (choices,)), topic=_TOPIC, about=_key(seat))


@button("handcode", "member")
async def confirmed(context: Context, pressed: ButtonData) -> Reply:
    """Make the code that was asked about, and show it this once; a second press makes none."""
    if pressed.text() == "no":
        return reply(Outgoing(context.texts("privacy.as_it_was")))
    seat = await _seat(context, pressed)
    if seat is None:
        return turned_away(context, "handover", "handover.old")
    if context.dialog.topic != _TOPIC or context.dialog.about != _key(seat):
        return reply(Outgoing(context.texts("handover.old")))
    code = await invite(
        context.conn, seat.unit_id, seat.role, by=context.person, now=context.now, today=context.today
    )
    if isinstance(code, Refused):
        return turned_away(context, "handover", "handover.old")
    text = lines(_word_code(context, seat, code), await word_bot(context))
    return reply(Outgoing(text, kept=context.texts("handover.lost")))


def _word_code(context: Context, seat: GivableSeat, code: Code) -> Markup:
    texts = context.texts
    until = full_date(texts, code.expires.astimezone(context.rules.zone).date())
    role = texts(f"role.{seat.role}")
    head = texts("handover.code", role=role, unit=seat.unit, code=code.code, until=until)
    link = texts("handover.link", link=code.link) if code.link else None
    still = texts("handover.until_then") if seat.basis == "own" else None
    return lines(head, still, "", texts("handover.tell"), texts("handover.words", code=code.code), link)


BUTTONS: tuple[Button, ...] = (chosen, confirmed)
