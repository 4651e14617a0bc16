"""What the guides tell people to type and to press is there, and every guide is found from the index."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.main import app
from config.texts import load_sentences
from handlers.table import COMMANDS
from tests.guides import GUIDES, ROOT

DOCS = ROOT / "docs"
TOLD = (
    *GUIDES,
    "thu-dien-tu",
    "zalo",
    "telegram",
    "trang-rieng",
    "focal-points",
    "coordinators",
    "gioi-thieu",
)
"""The pages that tell people what to type."""
ADDRESSES = {"toi", "tong-hop"}
"""What begins with a slash and is an address of the pages."""
WORDS = {word for command in COMMANDS for word in (command.name, command.alias)}
LABELS = "\n".join(
    sentence for file in ("vi.toml", "dashboard.vi.toml") for sentence in load_sentences(file).values()
)


def guide(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TOLD)
def test_each_command_of_the_chat_that_a_guide_names_is_there(name: str) -> None:
    typed = set(re.findall(r"`/([a-z][a-z-]*)", guide(name)))
    assert typed - WORDS - ADDRESSES == set()


@pytest.mark.parametrize("name", TOLD)
def test_each_command_line_that_a_guide_names_is_there_with_its_options(name: str) -> None:
    for line in re.findall(r"nhacviec ([^`\n|]+)", guide(name)):
        command: Any = typer.main.get_command(app)
        words = line.split()
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        assert command.name != "nhacviec", line
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("name", GUIDES)
def test_each_button_that_a_guide_tells_to_press_bears_those_words(name: str) -> None:
    pressed = re.findall(r"[Bb]ấm \*\*([^*→]+?)\*\*", guide(name))
    assert pressed
    assert [label for label in pressed if label not in LABELS] == []


def test_each_picture_is_shown_on_a_page() -> None:
    shown = {
        name
        for page in DOCS.glob("*.md")
        for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text("utf-8"))
    }
    assert {file.stem for file in (DOCS / "pictures").glob("*.png")} == shown


def test_each_page_of_the_documentation_is_found_from_its_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    linked = {Path(link).name for link in re.findall(r"\]\(([^)#]+\.md)[^)]*\)", index)}
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= linked
    assert all((DOCS / link).exists() for link in re.findall(r"\]\(([^)#:]+)\)", index))
