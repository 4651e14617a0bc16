"""What docs/operate.md and docs/van-hanh.md tell the operator to type, to set and to watch is there."""

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

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("operate", "van-hanh")}
CATALOGUE = {"operate": "en.toml", "van-hanh": "vi.toml"}
"""The language in which a page cites what the program says."""
FRESH = {
    "operate": ("As a service, with SQLite", "With containers and PostgreSQL"),
    "van-hanh": ("Cài làm dịch vụ, với SQLite", "Cài bằng container, với PostgreSQL"),
}
both = pytest.mark.parametrize("page", PAGES)
INSTALLER = (ROOT / "deploy" / "install").read_text(encoding="utf-8")
COMMAND = re.compile(r"^(?:sudo )?(?:nhacviec|docker compose .*(?:exec bot python -m|run --rm) bot) (.+)$")


def typed(text: str) -> Iterator[str]:
    """Every line of code on a page: of blocks, and between words."""
    for block in re.findall(r"(?s)```\w+\n(.*?)```", text):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"(?s)```.*?```", "", text))


def figures_of(text: str) -> set[str]:
    """Return the figures that a page names; volumes and a role of the database are called alike."""
    return set(re.findall(r"nhacviec_[a-z_]+", text)) - {
        "nhacviec_data",
        "nhacviec_database",
        "nhacviec_daily",
    }


COMMANDS = {
    page: [match[1] for line in typed(text) if (match := COMMAND.match(line))] for page, text in PAGES.items()
}


def test_the_page_tells_of_commands() -> None:
    everyday = {"doctor", "backup", "restore", "invite", "audit"}
    assert {line.split()[0] for line in COMMANDS["operate"]} >= {*everyday, "copy", "unit"}
    assert {line.split()[0] for line in COMMANDS["van-hanh"]} >= everyday


@pytest.mark.parametrize("line", sorted({line for lines in COMMANDS.values() for line in lines}))
def test_each_command_is_there_with_its_options(line: str) -> None:
    command: Any = typer.main.get_command(app)
    words = line.partition(" #")[0].split()
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    assert command.name != "nhacviec", line
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@both
def test_each_setting_is_there(page: str) -> None:
    assert set(re.findall(r"NHACVIEC_[A-Z_]+[A-Z]", PAGES[page])) - set(known_names()) == set()


@both
def test_each_variable_of_a_command_is_there(page: str) -> None:
    command: Any = typer.main.get_command(app)
    variables = {option.envvar for option in command.commands["copy"].params}
    assert set(re.findall(r"\bCOPY_[A-Z_]+", PAGES[page])) <= variables


@both
def test_each_figure_is_there(page: str) -> None:
    figures = figures_of(PAGES[page])
    assert figures
    assert figures - told() == set()


@both
def test_each_file_of_deploy_that_it_names_is_there(page: str) -> None:
    for named in re.findall(r"(?:/opt/nhacviec/|(?<![\w/]))(deploy/[\w.-]*\w)", PAGES[page]):
        made = named in ("deploy/secrets", "deploy/.env", "deploy/compose.override.yaml")
        assert made or (ROOT / named).exists(), named


@both
def test_the_folders_are_those_of_the_installer(page: str) -> None:
    for name in ("/opt/nhacviec", "/var/lib/nhacviec"):
        assert f"={name}\n" in INSTALLER
    assert set(re.findall(r"(?:/opt|/var/lib)/\w+", PAGES[page])) == {"/opt/nhacviec", "/var/lib/nhacviec"}


TROUBLES = [
    (page, words) for page, text in PAGES.items() for words in re.findall(r"(?m)^\| \*(.+?)\* \|", text)
]


@pytest.mark.parametrize(("page", "words"), TROUBLES)
def test_each_trouble_is_in_words_that_the_program_says(page: str, words: str) -> None:
    assert [sentence for sentence in load_sentences(CATALOGUE[page]).values() if words in sentence]


WELL = {
    *("names", "settings", "database", "backup", "backup_never", "backup_off", "modes", "clock"),
    *("running", "not_running", "office", "no_office", "ocr", "no_ocr"),
    *("telegram", "zalo", "mail", "mail_domain", "mail_domain_unknown"),
}
"""What `doctor` says where nothing has to be mended."""


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_what_doctor_finds_and_doctor_finds_what_the_page_names(page: str) -> None:
    sentences = load_sentences(CATALOGUE[page])
    found = {
        key: sentences[key]
        for key in sentences
        if key.startswith("doctor.") and key.removeprefix("doctor.") not in WELL
    }
    found |= {
        key: sentences[key]
        for key in ("setting.unknown", "setting.secret_unreadable", "setting.secret_twice")
    }
    del found["doctor.names_unknown"]  # in its place stands setting.unknown
    named = {
        words: {key for key, sentence in found.items() if words in sentence}
        for of, words in TROUBLES
        if of == page
    }
    assert [words for words, keys in named.items() if not keys] == []
    assert set(found) - {key for keys in named.values() for key in keys} == set()


def test_both_pages_tell_of_the_same_troubles_and_figures() -> None:
    told = [page for page, _ in TROUBLES]
    assert told.count("operate") == told.count("van-hanh") > 0
    figures = [figures_of(text) for text in PAGES.values()]
    assert figures[0] == figures[1]


@both
def test_a_fresh_machine_is_brought_up_by_three_commands(page: str) -> None:
    for title in FRESH[page]:
        section = PAGES[page].partition(f"\n## {title}\n")[2]
        (block, *_) = re.findall(r"(?s)```sh\n(.*?)```", section)
        assert len(block.splitlines()) == 3
