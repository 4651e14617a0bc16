"""The reference pages in docs/ tell every command, option and setting that there is, and no other."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import typer
from pydantic import SecretStr

from bot.cli.main import app
from config.settings import HOME, Settings, known_names
from handlers.table import COMMANDS
from tests.house_map import ROOT


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """The rows of all tables on a page, as lists of cells; headings too."""
    for line in re.findall(r"(?m)^\|(.+)\|$", text):
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]


# ---- the chat


def test_the_page_of_the_chat_tells_every_command_by_its_two_names() -> None:
    told = []
    for vietnamese, english, *_ in rows(page("commands")):
        names = [list(dict.fromkeys(re.findall(r"`/(\w+)", cell))) for cell in (vietnamese, english)]
        told += list(zip(*names, strict=True))
    assert sorted(told) == sorted((command.alias, command.name) for command in COMMANDS)


# ---- the command line


def commands(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that can be called, with the words that call it."""
    children = getattr(node, "commands", {})
    for name, child in children.items():
        yield from commands(child, f"{path} {name}".strip())
    if path and (not children or node.invoke_without_command):
        yield path, node


def long_options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("--")}


ROOT_COMMAND: Any = typer.main.get_command(app)
CALLED = dict(commands(ROOT_COMMAND))


def told_commands() -> dict[str, tuple[str, set[str]]]:
    """By command as the page writes it: what it takes, and the options in its row."""
    told = {}
    for cells in rows(page("command-line")):
        if match := re.fullmatch(r"`([a-z][a-z-]*(?: [a-z][a-z-]*)*)(.*)`", cells[0]):
            told[match[1]] = (match[2].strip(), set(re.findall(r"--[a-z-]+", cells[1])))
    return told


def test_the_page_of_the_command_line_tells_every_command_and_no_other() -> None:
    assert told_commands().keys() == CALLED.keys()


@pytest.mark.parametrize("name", sorted(CALLED))
def test_the_row_of_a_command_tells_its_options_and_what_it_takes(name: str) -> None:
    takes, options = told_commands()[name]
    assert options == long_options(CALLED[name])
    arguments = [parameter for parameter in CALLED[name].params if parameter.param_type_name == "argument"]
    assert len(re.sub(r"\[([^]]+)\]", r"\1", takes).replace(" ...", "").split()) == len(arguments)
    assert takes.count("[") == sum(not argument.required for argument in arguments)


def test_the_page_tells_what_stands_before_any_command() -> None:
    before = page("command-line").partition("| command |")[0]
    assert set(re.findall(r"`(--[a-z-]+)", before)) - {"--help"} == long_options(ROOT_COMMAND)


# ---- the settings


def shown(value: object) -> str:
    """A default as the page writes it."""
    if value in (None, ""):
        return "none"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, ZoneInfo):
        value = value.key
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    if isinstance(value, bool):
        value = str(value).lower()
    return f"`{value}`".replace(str(HOME), "<project>")


def test_the_page_of_the_settings_tells_every_variable_with_its_default() -> None:
    told = {cells[0].strip("`"): cells[1] for cells in rows(page("settings")) if "NHACVIEC_" in cells[0]}
    assert set(told) == set(known_names())
    for name, field in Settings.model_fields.items():
        assert told[f"NHACVIEC_{name.upper()}"] == shown(field.default), name
    for name in known_names():
        if name.endswith("_FILE"):
            assert told[name] == f"`{name.removesuffix('_FILE')}`"


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "CONTRIBUTING.md",
        "deploy/README.md",
        *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
    ],
)
def test_every_setting_that_a_page_names_is_there(path: str) -> None:
    named = set(re.findall(r"\bNHACVIEC_[A-Z_]*[A-Z]\b", (ROOT / path).read_text(encoding="utf-8")))
    assert named - set(known_names()) - ENVIRONMENT == set()


ENVIRONMENT = {"NHACVIEC_API", "NHACVIEC_API_TOKEN"}
"""What the examples of the API read, which are programs of others."""


# ---- the README


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_bytes()) < 12_000
