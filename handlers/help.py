"""/help (/trogiup): what one can do here; and each person's menu of commands."""

from config.texts import Texts
from domain.people import Person
from handlers.conversation import MenuEntry, Outgoing
from handlers.desk import Command, Desk, Reply, allowed, command, reply
from handlers.wording import lines


def menu_name(texts: Texts, one: Command) -> str:
    """Return the name of a command in a language, without its slash."""
    return one.alias if texts.language == "vi" else one.name


def menu(desk: Desk, person: Person | None) -> tuple[MenuEntry, ...]:
    """Return the commands that a person may use, under the names of their language."""
    return tuple(
        MenuEntry(menu_name(desk.texts, one), desk.texts(f"help.{one.name}").unescape())
        for one in desk.commands
        if allowed(one.who, person) and not (person and person.seats and one.name == "start")
    )


@command("help", "trogiup", "anyone")
async def help_(desk: Desk, argument: str) -> Reply:
    """Tell what this person can do; a stranger learns how to join and no more."""
    person = desk.somebody
    if person is None or not person.seats:
        return reply(Outgoing(desk.texts("start.stranger")))
    entries = menu(desk, person)
    shown = [desk.texts("help.line", name=entry.command, what=entry.description) for entry in entries]
    plan = desk.texts("help.send_plan") if person.units("coordinator") else None
    text = lines(
        desk.texts("help.head"), *shown, "", desk.texts("help.typing"), plan, "", desk.texts("help.secret")
    )
    return reply(Outgoing(text, menu=entries))
