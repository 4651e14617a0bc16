"""/language (/ngonngu): in which language the bot speaks to a person."""

from dataclasses import replace

from config.texts import load_texts
from domain.common.text import fold
from handlers.common.context import Button, Desk, Reply, button, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label
from storage.common import audit_log as audit
from storage.organisation import people_store as people

CODES = ("vi", "en")
_TYPED = {"tieng viet": "vi", "vietnamese": "vi", "tieng anh": "en", "english": "en"}


@command("language", "ngonngu", "member")
async def language(desk: Desk, argument: str) -> Reply:
    """Change it at once where one is named, else offer both."""
    wanted = fold(argument).strip()
    code = wanted if wanted in CODES else _TYPED.get(wanted)
    if code is not None:
        return await _speak(desk, code)
    choices = tuple(Choice(label(desk.texts, code), f"language:{code}") for code in CODES)
    return reply(Outgoing(desk.texts("language.ask"), (choices,)))


@button("language", "member")
async def chosen(desk: Desk, argument: str) -> Reply:
    """Speak the language of the button."""
    return await _speak(desk, argument if argument in CODES else desk.texts.language)


async def _speak(desk: Desk, code: str) -> Reply:
    was = desk.person.language
    if code != was:
        await people.speak(desk.work, desk.person.id, code)
        about = f"person {desk.person.id}"
        await audit.note(desk.work, desk.now, "language", about, desk.person.id, was=was, became=code)
    desk = replace(desk, texts=load_texts(code))
    return reply(Outgoing(desk.texts("language.changed"), menu=menu(desk, desk.person)))


BUTTONS: tuple[Button, ...] = (chosen,)
