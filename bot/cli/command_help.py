"""The help of every command, in the operator's language: config/texts/commands.vi.toml and .en.toml."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from config.settings import load_language
from config.texts import load_sentences

_Command = TypeVar("_Command", bound=Callable[..., Any])

ROOT = "nhacviec"
"""The table of what stands before any command."""


def load_help() -> Mapping[str, str]:
    """Return the sentences of the help in the language that is set."""
    return load_sentences(f"commands.{load_language()}.toml")


def value_word(words: Mapping[str, str], parameter: Any) -> str:
    """Return what stands in the help for the value of a parameter: FILE, or its choices."""
    name = parameter.metavar or parameter.name.upper()
    return words.get(f"value.{name}", name)


class WordedCommand(TyperCommand):
    """A command whose help stands in the catalogue."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write it to the formatter."""
        _write_help(ctx, formatter, load_help())


class WordedGroup(TyperGroup):
    """A group of commands whose help stands in the catalogue."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write it to the formatter."""
        _write_help(ctx, formatter, load_help())


class CommandGroup(typer.Typer):
    """Commands, or groups of them, whose help stands in the catalogue."""

    def __init__(self, **options: Any) -> None:
        """Take the options of typer.Typer."""
        super().__init__(cls=WordedGroup, add_completion=False, pretty_exceptions_enable=False, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[_Command], _Command]:
        """Return the decorator that adds a command."""
        return super().command(name, cls=WordedCommand, **options)


def _write_help(context: Any, formatter: Any, words: Mapping[str, str]) -> None:
    command, path = context.command, _path_of(context)
    parameters = command.get_params(context)
    arguments = [each for each in parameters if isinstance(each, TyperArgument)]
    options = [each for each in parameters if not isinstance(each, TyperArgument)]
    inner = getattr(command, "commands", {})
    usage = [words["heading.any_options"], *(_in_usage(words, argument) for argument in arguments)]
    usage += [words["heading.any_command"]] if inner else []
    formatter.write_usage(context.command_path, " ".join(usage), f"{words['heading.usage']} ")
    with formatter.indentation():
        formatter.write_paragraph()
        formatter.write_text(words[f"{path}.about"])
    tables = {
        "arguments": [
            (value_word(words, argument), _sentence(words, path, argument)) for argument in arguments
        ],
        "options": [(_as_typed(words, option), _sentence(words, path, option)) for option in options],
        "commands": list(_commands(words, path, inner)),
    }
    for heading, rows in tables.items():
        if rows:
            with formatter.section(words[f"heading.{heading}"]):
                formatter.write_dl(rows)


def _path_of(context: Any) -> str:
    """Return the key of a command's table: "plan.import", ROOT above all."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, context.info_name)
        context = context.parent
    return ".".join(names) or ROOT


def _in_usage(words: Mapping[str, str], argument: Any) -> str:
    word = value_word(words, argument) + ("..." if argument.nargs < 0 else "")
    return word if argument.required else f"[{word}]"


def _as_typed(words: Mapping[str, str], option: Any) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {value_word(words, option)}"


def _sentence(words: Mapping[str, str], path: str, parameter: Any) -> str:
    """Return what a parameter is for: the command's own sentence, or that of every command's."""
    sentence = words.get(f"{path}.{parameter.name}") or words[f"every.{parameter.name}"]
    if parameter.required or parameter.default in (None, False):
        return sentence
    return f"{sentence} {words['heading.default'].format(value=parameter.default)}"


def _commands(words: Mapping[str, str], path: str, inner: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the commands of a group with the first line of what each is about."""
    for name in inner:
        key = name if path == ROOT else f"{path}.{name}"
        yield name, words[f"{key}.about"].partition("\n")[0]
