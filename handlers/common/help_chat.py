"""/help (/trogiup): what one can do here."""

from handlers.common.context import Desk, Reply, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import lines


@command("help", "trogiup", "anyone")
async def help_(desk: Desk, argument: str) -> Reply:
    """Tell what this person can do; a stranger learns how to join and no more."""
    person = desk.somebody
    if person is None or not person.seats:
        return reply(Outgoing(desk.texts("start.stranger")))
    entries = menu(desk, person)
    shown = [desk.texts("help.line", name=entry.command, what=entry.description) for entry in entries]
    typing = desk.texts("help.typing") if person.units("focal", "leader") else None
    plan = desk.texts("help.send_plan") if person.units("coordinator") else None
    text = lines(desk.texts("help.head"), *shown, "", typing, plan, "", desk.texts("help.secret"))
    return reply(Outgoing(text, menu=entries))
