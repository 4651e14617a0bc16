"""What is wrong with how a command was typed, in the operator's language."""

import re
from collections.abc import Mapping
from typing import Any, Final

import typer
from typer.core import TyperArgument

from bot.cli.command_help import load_help, value_word
from config.texts import Texts

_QUOTED: Final = re.compile("'([^']+)'")
_KINDS: Final[Mapping[str, str]] = {
    "NoSuchOption": "usage.no_option",
    "BadOptionUsage": "usage.bad_option",
    "MissingParameter": "usage.missing",
    "BadParameter": "usage.bad_value",
}
"""The sentence for each of the library's classes; it makes only the base class public."""


def word_usage(texts: Texts, wrong: typer.TyperException) -> str:
    """Return one line about a command that was typed wrongly, and where its help is."""
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context else "nhacviec"
    return texts("usage.line", what=_word_mistake(texts, wrong), path=path).unescape()


def _word_mistake(texts: Texts, wrong: Any) -> str:
    """Word the mistake by its class; the name of the option stands in one attribute or another."""
    names = _QUOTED.findall(wrong.message)
    key = _KINDS.get(type(wrong).__name__)
    if key is None:
        name, near = (names or [""])[0], ", ".join(names[1:])
        key = ("usage.near" if near else "usage.unknown") if name else "usage.no_command"
        return texts(key, name=name, near=near).unescape()
    parameter = getattr(wrong, "param", None)
    if parameter is None and not hasattr(wrong, "option_name"):
        return str(wrong.message)  # the command's own: which options belong together
    if parameter is None:
        name = wrong.option_name
    elif isinstance(parameter, TyperArgument):
        name = value_word(load_help(), parameter)
    else:
        name = " / ".join(parameter.opts)
    return texts(key, name=name).unescape()
