"""/help (/trogiup): what one can do here."""

from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import lines


@command("help", "trogiup", "anyone")
async def help_(context: Context, argument: str) -> Reply:
    """Tell what this person can do; a stranger learns how to join and no more."""
    person = context.somebody
    if person is None or not person.seats:
        return reply(Outgoing(context.texts("start.stranger")))
    entries = menu(context, person)
    shown = [context.texts("help.line", name=entry.command, what=entry.description) for entry in entries]
    typing = context.texts("help.typing") if person.units("focal", "leader") else None
    plan = context.texts("help.send_plan") if person.units("coordinator") else None
    text = lines(context.texts("help.head"), *shown, "", typing, plan, "", context.texts("help.secret"))
    return reply(Outgoing(text, menu=entries))
