"""/handover (/bangiao): a code by which somebody else takes a seat over, with all that was said in it.

Whoever holds a seat hands over that one; a coordinator those of any unit that a plan of theirs asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.common.text import fold
from domain.organisation.people import ROLES, Role
from handlers.common.context import Button, Context, Reply, button, command, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short
from handlers.organisation.invite_codes import Code, make_code
from storage.common import audit_log
from storage.organisation import people_store, unit_store

_TOPIC = "handover"
_GIVEN: tuple[Role, ...] = ("focal", "leader")
"""The seats of a unit that its coordinator may hand over."""
_CHOICES = 8


@dataclass(frozen=True, slots=True)
class _Seat:
    """A seat that the person may hand over; `own` where they hold it."""

    unit_id: int
    unit: str
    role: Role
    own: bool = False

    @property
    def key(self) -> str:
        """As it stands in a button."""
        return f"{self.unit_id}:{self.role}"


@command("handover", "bangiao", "member")
async def handover(context: Context, argument: str) -> Reply:
    """Ask about the one seat that may be meant, else offer those that may be."""
    mine = _own(context)
    charge = await _charge(context)
    found = _named(context, (*mine, *charge), argument) if argument.strip() else None
    if found is None and not charge and len(mine) == 1:
        return await _asked(context, mine[0])
    if found == ():
        return await _nothing(context, argument, charge)
    if found is not None and len(found) == 1:
        return await _asked(context, found[0])
    text = context.texts("handover.which")
    how = context.texts("handover.which_unit") if charge else None
    rows = tuple((_offer(context, one),) for one in (found or mine)[:_CHOICES])
    return reply(Outgoing(lines(text, how), rows))


def _own(context: Context) -> tuple[_Seat, ...]:
    seats = (seat for seat in context.person.seats if not seat.inherited)
    return tuple(_Seat(seat.unit_id, seat.unit, seat.role, own=True) for seat in seats)


async def _charge(context: Context) -> tuple[_Seat, ...]:
    """The seats in the units that a plan of the coordinator's asks, but their own."""
    compiling = context.person.units("coordinator")
    if not compiling:
        return ()
    own = {one.key for one in _own(context)}
    charge = await unit_store.compiled_by(context.conn, compiling)
    found = (_Seat(unit_id, name, role) for unit_id, name in charge.items() for role in _GIVEN)
    return tuple(one for one in found if one.key not in own)


def _named(context: Context, seats: Sequence[_Seat], words: str) -> tuple[_Seat, ...] | None:
    """Return the seats in the units that some words name; None where they name no unit at all."""
    known = {unit.name for unit in context.rules.register.candidates(words)}
    if known:
        return tuple(one for one in seats if one.unit in known)
    plain = fold(words).strip()
    return tuple(one for one in seats if len(plain) > 2 and plain in fold(one.unit)) or None


async def _nothing(context: Context, words: str, charge: Sequence[_Seat]) -> Reply:
    """Refuse the seats of a unit that is somebody else's."""
    key = "handover.not_in_charge" if charge else "handover.own_only"
    return turned_away(context, "handover", key, words=short(words, 60))


def _offer(context: Context, one: _Seat) -> Choice:
    role = context.texts(f"role.{one.role}")
    words = label(context.texts, "hand_seat", role=role, unit=short(one.unit, 40))
    return Choice(words, f"handover:{one.key}")


async def _seat(context: Context, argument: str) -> _Seat | None:
    """Return the seat of a button, if the person may hand it over."""
    unit_id, _, role = argument.partition(":")
    if role not in ROLES:
        return None
    wanted = f"{id_in(unit_id)}:{role}"
    return next((one for one in (*_own(context), *await _charge(context)) if one.key == wanted), None)


@button("handover", "member")
async def chosen(context: Context, argument: str) -> Reply:
    """Ask about the seat of the button."""
    one = await _seat(context, argument)
    return turned_away(context, "handover", "handover.old") if one is None else await _asked(context, one)


async def _asked(context: Context, one: _Seat) -> Reply:
    """Tell what a code will do, and make none before that is wanted."""
    held = await _holders(context, one)
    facts = {"role": context.texts(f"role.{one.role}"), "unit": one.unit}
    if one.own:
        text = context.texts("handover.ask_own", **facts)
    elif held:
        text = context.texts("handover.ask", people=", ".join(held), **facts)
    else:
        text = context.texts("handover.ask_empty", **facts)
    choices = (
        Choice(label(context.texts, "hand_code"), f"handcode:{one.key}"),
        Choice(label(context.texts, "keep"), "handcode:no"),
    )
    return reply(Outgoing(text, (choices,)), topic=_TOPIC, about=one.key)


async def _holders(context: Context, one: _Seat) -> list[str]:
    there = await people_store.contacts(context.conn, [one.unit_id], context.today)
    return [contact.name for contact in there if contact.role == one.role]


@button("handcode", "member")
async def confirmed(context: Context, argument: str) -> Reply:
    """Make the code that was asked about, and show it this once; a second press makes none."""
    if argument == "no":
        return reply(Outgoing(context.texts("privacy.as_it_was")))
    one = await _seat(context, argument)
    if one is None:
        return turned_away(context, "handover", "handover.old")
    if context.dialog.topic != _TOPIC or context.dialog.about != one.key:
        return reply(Outgoing(context.texts("handover.old")))
    code = await make_code(
        context.conn,
        one.unit_id,
        one.unit,
        one.role,
        context.now,
        bot=await audit_log.recall(context.conn, "telegram_bot"),
        by=context.person.id,
        takes_over=one.own or bool(await _holders(context, one)),
        holder=context.person.id if one.own else None,
    )
    return reply(Outgoing(_told(context, one, code)))


def _told(context: Context, one: _Seat, code: Code) -> Markup:
    texts = context.texts
    until = full_date(texts, code.expires.astimezone(context.rules.zone).date())
    head = texts("handover.code", role=texts(f"role.{one.role}"), unit=one.unit, code=code.code, until=until)
    link = texts("handover.link", link=code.link) if code.link else None
    still = texts("handover.until_then") if one.own else None
    return lines(head, still, "", texts("handover.tell"), texts("handover.words", code=code.code), link)


BUTTONS: tuple[Button, ...] = (chosen, confirmed)
