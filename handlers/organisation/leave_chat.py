"""/leave (/thoi): giving up one's seats; the work and what was said of it stay with the unit."""

from dataclasses import replace
from functools import partial

from markupsafe import Markup

from config.texts import Texts
from domain.organisation.people import Person, Seat
from handlers.common import notice
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label
from storage.common import audit_log
from storage.organisation import people_store


@command("leave", "thoi", "member")
async def leave(context: Context, argument: str) -> Reply:
    """Ask whether it is meant."""
    choices = (
        Choice(label(context.texts, "leave"), "leave:yes"),
        Choice(label(context.texts, "stay"), "leave:no"),
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
async def answered(context: Context, argument: str) -> Reply:
    """Take the seats back, or leave everything as it is."""
    if argument != "yes":
        return reply(Outgoing(context.texts("leave.stayed")))
    await vacate(context)
    return reply(Outgoing(context.texts("leave.left"), menu=menu(context, unseated(context))))


async def vacate(context: Context) -> None:
    """End the person's seats, and tell the coordinators which of them nobody holds now.

    However a person goes, by leaving, withdrawing or being erased, it is this.
    """
    own = [seat for seat in context.person.seats if not seat.inherited]
    await people_store.unseat(context.conn, context.person.id, context.now)
    for seat in own:
        about = f"unit {seat.unit_id}"
        await audit_log.note(context.conn, context.now, "leave", about, context.person.id, was=seat.role)
        if not await people_store.holders(context.conn, [seat.unit_id], [seat.role], context.today):
            topic = f"vacant:{seat.unit_id}:{seat.role}:{context.person.id}"
            word = partial(_word_vacant, seat)
            ended = [s.unit_id for s in context.person.seats if s.inherited]
            await notice.tell_coordinators(
                context.conn, [seat.unit_id, *ended], context.today, topic, word, but=context.person.id
            )


def _word_vacant(seat: Seat, texts: Texts) -> Markup:
    return texts("notice.vacant", unit=seat.unit, role=texts(f"role.{seat.role}"))


BUTTONS: tuple[Button, ...] = (answered,)
