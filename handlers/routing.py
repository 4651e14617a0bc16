"""What a message means: a command, a pressed or typed button, an answer to a question, an update."""

from domain.text import fold
from handlers import deciding, drafts, evidence, pasted, plans, rooms, update
from handlers.conversation import Outgoing
from handlers.desk import Command, Desk, Reply, Who, allowed, reply, turned_away
from handlers.table import BUTTONS, COMMANDS, QUESTIONS
from storage import audit

_JOIN = "start"
_COMMANDS = {name: one for one in COMMANDS for name in (one.name, one.alias)}
_BUTTONS = {one.verb: one for one in BUTTONS}
_QUESTIONS = {one.topic: one for one in QUESTIONS}


async def route(desk: Desk) -> Reply:
    """Answer one message; what is refused stands in the audit."""
    answer = await _answer(desk)
    if answer.refused:
        who = desk.somebody.id if desk.somebody else None
        await audit.note(desk.work, desk.now, "refused", answer.refused, who)
    return answer


async def _answer(desk: Desk) -> Reply:
    said = desk.said
    if not said.private:
        return await rooms.answer(desk, *_called(said.text.removeprefix("/")))
    if said.is_marked:
        return evidence.of_marked(desk, turned_away(desk, "a secrecy mark", "error.secret"))
    if desk.reading is not None and said.attachment is None:
        return await pasted.received(desk)
    desk = pasted.ended(desk)
    if said.press is not None:
        return await _press(desk, said.press)
    if said.attachment is not None:
        return await _file(desk)
    text = said.text.strip()
    if text.startswith("/") or _is_command_word(text):
        return await _command(desk, text.removeprefix("/"))
    return await _typed(desk, text) if text else reply()


def _is_command_word(text: str) -> bool:
    """Whether a command was typed without its slash: "tinh hinh", "start ABCD-EFGH"."""
    plain = fold(text)
    return plain.replace(" ", "") in _COMMANDS or plain.startswith(f"{_JOIN} ")


async def _file(desk: Desk) -> Reply:
    """A plan from a coordinator, from officers what shows their work."""
    if not _may(desk, "member"):
        return _refused(desk, "member", "file")
    if desk.kept is None and desk.person.units("coordinator"):
        return await plans.received(desk)
    return await evidence.received(desk)


def _called(text: str) -> tuple[Command | None, str]:
    """Return the command that a text without its slash begins with, and what follows."""
    name, _, argument = text.replace("\n", " ", 1).partition(" ")
    return _COMMANDS.get(fold(name)) or _COMMANDS.get(fold(text).replace(" ", "")), argument


async def _command(desk: Desk, text: str) -> Reply:
    found, argument = _called(text)
    if found is None:
        if not _may(desk, "member"):
            return _refused(desk, "member", "command")
        typed = text.split(maxsplit=1)[0][:32] if text.strip() else ""
        return reply(Outgoing(desk.texts("error.unknown_command", command=f"/{typed}")))
    if not _may(desk, found.who):
        return _refused(desk, found.who, f"command {found.name}")
    return await found(desk, argument)


async def _press(desk: Desk, data: str) -> Reply:
    verb, _, argument = data.partition(":")
    found = _BUTTONS.get(verb)
    if found is None:
        return reply(Outgoing(desk.texts("error.old_button")))
    if not _may(desk, found.who):
        return _refused(desk, found.who, f"button {found.verb}")
    return await found.run(desk, argument)


async def _typed(desk: Desk, text: str) -> Reply:
    if data := desk.dialog.choices.get(fold(text)):
        return await _press(desk, data)
    asked = _QUESTIONS.get(desk.dialog.topic)
    if asked is not None and _may(desk, asked.who):
        return await asked.run(desk, text)
    if not _may(desk, "member"):
        return _refused(desk, "member", "text")
    if desk.person.units("coordinator") and (decided := await deciding.typed(desk, text)):
        return decided
    if desk.person.units("coordinator") and drafts.lost(text):
        return reply(Outgoing(desk.texts("draft.no_list")))
    if not desk.person.units("focal", "leader"):
        return reply(Outgoing(desk.texts("error.unknown_command", command=text[:32])))
    return await update.take(desk, text)


def _may(desk: Desk, who: Who) -> bool:
    return allowed(who, desk.somebody)


def _refused(desk: Desk, who: Who, what: str) -> Reply:
    """Tell a stranger how to join, and nothing else."""
    if desk.somebody is None:
        return turned_away(desk, what, "start.stranger")
    if not desk.somebody.seats:
        return turned_away(desk, what, "start.no_seat")
    return turned_away(desk, what, "error.not_officer" if who == "officer" else "error.not_allowed")
