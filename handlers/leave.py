"""/leave (/thoi): giving up one's seats; the work and what was said of it stay with the unit."""

from handlers.conversation import Choice, Outgoing
from handlers.desk import Button, Desk, Reply, button, command, reply
from handlers.help import menu
from handlers.wording import label
from storage import audit, people


@command("leave", "thoi", "member")
async def leave(desk: Desk, argument: str) -> Reply:
    """Ask whether it is meant."""
    seats = (
        desk.texts("start.seat", role=desk.texts(f"role.{s.role}"), unit=s.unit) for s in desk.person.seats
    )
    choices = (
        Choice(label(desk.texts, "leave"), "leave:yes"),
        Choice(label(desk.texts, "stay"), "leave:no"),
    )
    return reply(Outgoing(desk.texts("leave.ask", seats=", ".join(seats)), (choices,)))


@button("leave", "member")
async def answered(desk: Desk, argument: str) -> Reply:
    """Take the seats back, or leave everything as it is."""
    if argument != "yes":
        return reply(Outgoing(desk.texts("leave.stayed")))
    await people.unseat(desk.work, desk.person.id, desk.now)
    await audit.note(desk.work, desk.now, "leave", "all seats", desk.person.id)
    return reply(Outgoing(desk.texts("leave.left"), menu=menu(desk, None)))


BUTTONS: tuple[Button, ...] = (answered,)
