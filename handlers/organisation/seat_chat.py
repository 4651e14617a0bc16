"""/govai (/unseat): taking a seat away from a colleague who has left the unit; everybody may object."""

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, short
from services.common.results import Refused
from services.organisation.remove_seat import (
    SeatStays,
    object_to_removal,
    removable_seats,
    remove_seat,
)
from storage.organisation.seat_store import HeldSeat

_CHOICES = 12


@command("unseat", "govai", "member")
async def unseat(context: Context, argument: str) -> Reply:
    """Offer the seats of colleagues that the person may take away."""
    seats = await removable_seats(context.conn, context.person)
    if not seats:
        return reply(Outgoing(context.texts("seat.none")))
    rows = tuple((_offer(context, seat),) for seat in seats[:_CHOICES])
    return reply(Outgoing(context.texts("seat.which"), rows))


def _offer(context: Context, seat: HeldSeat) -> Choice:
    role = context.texts(f"role.{seat.role}")
    text = label(
        context.texts, "take_seat", person=short(seat.person, 30), role=role, unit=short(seat.unit, 30)
    )
    return choice_of(text, "unseat", seat.id)


@button("unseat", "member")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """Ask whether the seat is to end; with "yes", let it."""
    seats = await removable_seats(context.conn, context.person)
    seat = next((seat for seat in seats if seat.id == pressed.id()), None)
    if seat is None:
        return turned_away(context, "seat", "handover.old")
    facts = {"person": seat.person, "role": context.texts(f"role.{seat.role}"), "unit": seat.unit}
    if pressed.text(1) != "yes":
        sure = choice_of(label(context.texts, "take_seat_now"), "unseat", seat.id, "yes")
        return reply(Outgoing(context.texts("seat.ask", **facts), ((sure,),)))
    result = await remove_seat(context.conn, seat.id, by=context.person, now=context.now, today=context.today)
    if isinstance(result, Refused):
        return turned_away(context, "seat", "handover.old")
    local = result.ends_at.astimezone(context.rules.zone)
    until = f"{local:%H:%M}, {full_date(context.texts, local.date())}"
    return reply(Outgoing(context.texts("seat.ends", until=until, **facts)))


@button("keepseat", "member")
async def objected(context: Context, pressed: ButtonData) -> Reply:
    """Let the seat go on; everybody in the unit is told."""
    result = await object_to_removal(
        context.conn, pressed.id(), by=context.person, now=context.now, today=context.today
    )
    if isinstance(result, SeatStays):
        role = context.texts(f"role.{result.seat.role}")
        facts = {"person": result.seat.person, "role": role, "unit": result.seat.unit}
        return reply(Outgoing(context.texts("notice.seat_stays", **facts)))
    if result.reason == "not_yours":
        return turned_away(context, "seat")
    return reply(Outgoing(context.texts("seat.over")))


BUTTONS: tuple[Button, ...] = (chosen, objected)
