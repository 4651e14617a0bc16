"""The menus that chats show: which commands stand in one, and when it is set anew."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from config.texts import Texts, load_texts
from domain.organisation.people import Person
from handlers.common.context import Command, Context, Reply, allowed
from handlers.common.conversation import MenuEntry
from storage.organisation import people_store

Menu = tuple[MenuEntry, ...]


def menu_name(texts: Texts, command: Command) -> str:
    """Return the name of a command in a language, without its slash."""
    return command.alias if texts.language == "vi" else command.name


def menu(context: Context, person: Person | None) -> Menu:
    """Return the commands that a person may use, under the names of the language of the answer."""
    return menu_of(context.texts, context.commands, person)


def menu_of(texts: Texts, commands: Iterable[Command], person: Person | None) -> Menu:
    """Return those of the commands that a person may use, under the names of a language."""
    seated = person is not None and bool(person.seats)
    return entries(
        texts,
        (
            command
            for command in commands
            if allowed(command.who, person) and not (seated and command.name == "start")
        ),
    )


def entries(texts: Texts, commands: Iterable[Command]) -> Menu:
    """Return the entries of some commands, under the names of a language."""
    return _entries(texts.language, tuple((menu_name(texts, command), command.name) for command in commands))


@lru_cache(maxsize=64)
def _entries(language: str, names: tuple[tuple[str, str], ...]) -> Menu:
    """Each message asks for the menu of its sender: one of a few."""
    texts = load_texts(language)
    return tuple(MenuEntry(shown, texts(f"help.{name}").unescape()) for shown, name in names)


@lru_cache(maxsize=64)
def mark_of(shown: Menu) -> str:
    """Return a hash of 16 letters of a menu's names and lines."""
    entry_lines = "\n".join(f"{menu_entry.command} {menu_entry.description}" for menu_entry in shown)
    return hashlib.sha256(entry_lines.encode()).hexdigest()[:16]


async def renewed(context: Context, answer: Reply) -> Reply:
    """Return the answer to a private chat with the menu that its owner is to see, where that is another one.

    What the chat shows came with the row by which its owner was found; where it is right nothing is written.
    """
    offered = next((message.menu for message in answer.messages if message.menu is not None), None)
    if not answer.messages or (offered is None and context.somebody is None):
        return answer
    wanted = menu(context, context.somebody) if offered is None else offered
    if mark_of(wanted) == context.menu:
        return answer
    await people_store.show(context.conn, context.said.channel, context.said.chat, mark_of(wanted))
    return answer if offered is not None else with_menu(answer, wanted)


def with_menu(answer: Reply, wanted: Menu) -> Reply:
    """Return an answer that sets the chat's menu."""
    first, *others = answer.messages
    return replace(answer, messages=(replace(first, menu=wanted), *others))
