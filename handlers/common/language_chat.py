"""/language (/ngonngu): in which language the bot speaks to a person."""

from dataclasses import replace

from config.texts import load_texts
from domain.common.text import fold
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label
from storage.common import audit_log
from storage.organisation import people_store

CODES = ("vi", "en")
_TYPED = {"tieng viet": "vi", "vietnamese": "vi", "tieng anh": "en", "english": "en"}


@command("language", "ngonngu", "member")
async def language(context: Context, argument: str) -> Reply:
    """Change it at once where one is named, else offer both."""
    wanted = fold(argument).strip()
    code = wanted if wanted in CODES else _TYPED.get(wanted)
    if code is not None:
        return await _speak(context, code)
    choices = tuple(choice_of(label(context.texts, code), "language", code) for code in CODES)
    return reply(Outgoing(context.texts("language.ask"), (choices,)))


@button("language", "member")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """Speak the language of the button."""
    return await _speak(context, pressed.text() if pressed.text() in CODES else context.texts.language)


async def _speak(context: Context, code: str) -> Reply:
    was = context.person.language
    if code != was:
        await people_store.speak(context.conn, context.person.id, code)
        about = f"person {context.person.id}"
        await audit_log.note(
            context.conn, context.now, "language", about, context.person.id, was=was, became=code
        )
    context = replace(context, texts=load_texts(code))
    return reply(Outgoing(context.texts("language.changed"), menu=menu(context, context.person)))


BUTTONS: tuple[Button, ...] = (chosen,)
