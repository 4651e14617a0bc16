"""/leave (/thoi): giving up one's seats; the work and what was said of it stay with the unit."""

from dataclasses import replace

from domain.organisation.people import Person
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label
from services.organisation.leave import leave_seats


@command("leave", "thoi", "member")
async def leave(context: Context, argument: str) -> Reply:
    """Ask whether it is meant."""
    choices = (
        choice_of(label(context.texts, "leave"), "leave", "yes"),
        choice_of(label(context.texts, "stay"), "leave", "no"),
    )
    return reply(Outgoing(context.texts("leave.ask", seats=word_seats(context)), (choices,)))


def word_seats(context: Context) -> str:
    """Return the person's seats in one line: "đầu mối Sở Ngoại vụ"."""
    seats = context.person.seats
    return ", ".join(
        context.texts("start.seat", role=context.texts(f"role.{s.role}"), unit=s.unit) for s in seats
    )


def unseated(context: Context) -> Person:
    """Return the person as they are once their seats have ended."""
    return replace(context.person, seats=())


@button("leave", "member")
async def answered(context: Context, pressed: ButtonData) -> Reply:
    """Take the seats back, or leave everything as it is."""
    if pressed.text() != "yes":
        return reply(Outgoing(context.texts("leave.stayed")))
    await leave_seats(context.conn, by=context.person, now=context.now, today=context.today)
    return reply(Outgoing(context.texts("leave.left"), menu=menu(context, unseated(context))))


BUTTONS: tuple[Button, ...] = (answered,)
