"""Nobody is told a shell command in the chat or on the pages: a clerk has no shell."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = re.compile(r"\bnhacviec [a-z]|(?<!\S)--[a-z]")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("handlers", "bot/web", "bot/delivery")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".html")
)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_of_the_chat_or_the_pages_names_a_shell_command(language: str) -> None:
    texts = tomllib.loads((ROOT / "config/texts" / f"{language}.toml").read_text(encoding="utf-8"))
    told = {
        f"{section}.{key}"
        for section, sentences in texts.items()
        for key, sentence in sentences.items()
        if SHELL.search(sentence)
    }
    assert "cli.no_plan" in told
    assert {key for key in told if f'"{key}"' in SOURCES} == set()


def test_no_sentence_of_the_pages_own_catalogue_does() -> None:
    for path in (ROOT / "config/texts").glob("dashboard.*.toml"):
        assert not SHELL.search(path.read_text(encoding="utf-8").partition("\n\n")[2]), path.name
