"""Choices without buttons: their words stand in the text, with a number where it can mean nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from config.texts import Texts
from domain.common.text import fold
from handlers.common.capabilities import Capabilities
from handlers.common.conversation import Choice, Outgoing, plain

_ITEM_LINE = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s", re.MULTILINE)
_NAMES_ITEM = re.compile(r"^\d+(?:\.\d+)*\s|\s\d+(?:\.\d+)*$")


def labels(messages: Sequence[Outgoing]) -> dict[str, str]:
    """Return the data behind every button by its folded label, so that it can be typed."""
    rows = (row for message in messages for row in message.choices)
    return {fold(choice.label): choice.data for row in rows for choice in row}


def numbers(messages: Sequence[Outgoing]) -> dict[str, str]:
    """Return the data by the number under which `spelled_out` shows each choice of the last message."""
    choices = _numbered(messages[-1]) if messages else ()
    return {str(number): choice.data for number, choice in enumerate(choices, 1)}


def chosen(choices: Mapping[str, str], typed: str) -> str | None:
    """Return the data of the choice whose words, or whose number, somebody typed; None where it is none."""
    words = fold(typed)
    return choices.get(words) or choices.get(words.strip(" .)"))


def without_numbers(choices: Mapping[str, str]) -> dict[str, str]:
    """Leave the choices that are typed as words: the numbers mean something else from now on."""
    return {typed: data for typed, data in choices.items() if not typed.isdigit()}


def spelled_out(message: Outgoing, texts: Texts, can: Capabilities, *, numbered: bool) -> Outgoing:
    """Put the choices of a message into its text, one a line with its number, or a row a line without.

    A message that numbers items, in its lines or on its buttons, gets no other numbers. It stays as it is
    where the channel shows buttons; the choices stay beside their words where links can stand for them.
    """
    if can.buttons or not message.choices:
        return message
    choices = _numbered(message) if numbered else ()
    if choices:
        listed = [
            Markup("<b>{}</b> {}").format(number, choice.label) for number, choice in enumerate(choices, 1)
        ]
        head = texts("choices.numbered")
    else:
        listed = [Markup(" · ").join(choice.label for choice in row) for row in message.choices]
        head = texts("choices.words")
    tail = Markup("\n").join([Markup(), Markup(), head, *listed])
    written_down = None if message.kept is None else message.kept + tail
    to_link = message.choices if can.button_links else ()
    return replace(message, text=message.text + tail, kept=written_down, choices=to_link)


def _numbered(message: Outgoing) -> tuple[Choice, ...]:
    """Return the choices in the order of their numbers; none where a number names an item."""
    choices = tuple(choice for row in message.choices for choice in row)
    names_items = _ITEM_LINE.search(plain(message.text)) or any(_NAMES_ITEM.search(c.label) for c in choices)
    return () if names_items else choices
