"""/leave (/thoi): giving up one's seats; the work and what was said of it stay with the unit."""

from dataclasses import replace
from functools import partial

from markupsafe import Markup

from config.texts import Texts
from domain.organisation.people import Person, Seat
from handlers.common import notice
from handlers.common.context import Button, Desk, Reply, button, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label
from storage.common import audit_log as audit
from storage.organisation import people_store as people


@command("leave", "thoi", "member")
async def leave(desk: Desk, argument: str) -> Reply:
    """Ask whether it is meant."""
    choices = (
        Choice(label(desk.texts, "leave"), "leave:yes"),
        Choice(label(desk.texts, "stay"), "leave:no"),
    )
    return reply(Outgoing(desk.texts("leave.ask", seats=word_seats(desk)), (choices,)))


def word_seats(desk: Desk) -> str:
    """Return the person's seats in one line: "đầu mối Sở Ngoại vụ"."""
    seats = desk.person.seats
    return ", ".join(desk.texts("start.seat", role=desk.texts(f"role.{s.role}"), unit=s.unit) for s in seats)


def unseated(desk: Desk) -> Person:
    """Return the person as they are once their seats have ended."""
    return replace(desk.person, seats=())


@button("leave", "member")
async def answered(desk: Desk, argument: str) -> Reply:
    """Take the seats back, or leave everything as it is."""
    if argument != "yes":
        return reply(Outgoing(desk.texts("leave.stayed")))
    await vacate(desk)
    return reply(Outgoing(desk.texts("leave.left"), menu=menu(desk, unseated(desk))))


async def vacate(desk: Desk) -> None:
    """End the person's seats, and tell the coordinators which of them nobody holds now.

    However a person goes, by leaving, withdrawing or being erased, it is this.
    """
    own = [seat for seat in desk.person.seats if not seat.inherited]
    await people.unseat(desk.work, desk.person.id, desk.now)
    for seat in own:
        about = f"unit {seat.unit_id}"
        await audit.note(desk.work, desk.now, "leave", about, desk.person.id, was=seat.role)
        if not await people.holders(desk.work, [seat.unit_id], [seat.role], desk.today):
            topic = f"vacant:{seat.unit_id}:{seat.role}:{desk.person.id}"
            word = partial(_word_vacant, seat)
            ended = [s.unit_id for s in desk.person.seats if s.inherited]
            await notice.tell_coordinators(
                desk.work, [seat.unit_id, *ended], desk.today, topic, word, but=desk.person.id
            )


def _word_vacant(seat: Seat, texts: Texts) -> Markup:
    return texts("notice.vacant", unit=seat.unit, role=texts(f"role.{seat.role}"))


BUTTONS: tuple[Button, ...] = (answered,)
