"""What docs/operate.md tells the operator to type, to set and to watch is there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli.main import app
from config.settings import known_names
from config.texts import load_sentences
from tests.house_map import ROOT
from tests.test_deploy import told

PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
INSTALLER = (ROOT / "deploy" / "install").read_text(encoding="utf-8")
COMMAND = re.compile(r"^(?:sudo )?(?:nhacviec|docker compose .*(?:exec bot python -m|run --rm) bot) (.+)$")


def typed() -> Iterator[str]:
    """Every line of code on the page: of blocks, and between words."""
    for block in re.findall(r"(?s)```\w+\n(.*?)```", PAGE):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"(?s)```.*?```", "", PAGE))


COMMANDS = [match[1] for line in typed() if (match := COMMAND.match(line))]


def test_the_page_tells_of_commands() -> None:
    assert {line.split()[0] for line in COMMANDS} >= {
        "doctor",
        "backup",
        "restore",
        "copy",
        "invite",
        "unit",
        "audit",
    }


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_there_with_its_options(line: str) -> None:
    command: Any = typer.main.get_command(app)
    words = line.partition(" #")[0].split()
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    assert command.name != "nhacviec", line
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_each_setting_is_there() -> None:
    assert set(re.findall(r"NHACVIEC_[A-Z_]+[A-Z]", PAGE)) - set(known_names()) == set()


def test_each_variable_of_a_command_is_there() -> None:
    command: Any = typer.main.get_command(app)
    variables = {option.envvar for option in command.commands["copy"].params}
    assert set(re.findall(r"\bCOPY_[A-Z_]+", PAGE)) <= variables


def test_each_figure_is_there() -> None:
    figures = set(re.findall(r"nhacviec_[a-z_]+", PAGE)) - {"nhacviec_data", "nhacviec_database"}
    assert figures
    assert figures - told() == set()


def test_each_file_and_section_that_it_leads_to_is_there() -> None:
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / link).exists(), link
    for named in re.findall(r"(?:/opt/nhacviec/|(?<![\w/]))(deploy/[\w.-]*\w)", PAGE):
        made = named in ("deploy/secrets", "deploy/.env", "deploy/compose.override.yaml")
        assert made or (ROOT / named).exists(), named
    sections = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"(?m)^## (.+)$", PAGE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= sections


def test_the_folders_are_those_of_the_installer() -> None:
    for name in ("/opt/nhacviec", "/var/lib/nhacviec"):
        assert f"={name}\n" in INSTALLER
    assert set(re.findall(r"(?:/opt|/var/lib)/\w+", PAGE)) == {"/opt/nhacviec", "/var/lib/nhacviec"}


@pytest.mark.parametrize("words", re.findall(r"(?m)^\| \*(.+?)\* \|", PAGE))
def test_each_trouble_is_in_words_that_the_program_says(words: str) -> None:
    assert [sentence for sentence in load_sentences("en.toml").values() if words in sentence]


def test_a_fresh_machine_is_brought_up_by_three_commands() -> None:
    for title in ("As a service, with SQLite", "With containers and PostgreSQL"):
        section = PAGE.partition(f"\n## {title}\n")[2]
        (block, *_) = re.findall(r"(?s)```sh\n(.*?)```", section)
        assert len(block.splitlines()) == 3
