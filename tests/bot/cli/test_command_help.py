"""The help of every command: in the operator's language, with nothing missing and nothing left over."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.main import app

ENGLISH = ("Usage", "Options", "Arguments", "Commands", "Show this", "[required]", "default:", "FILE", "TEXT")


def tree(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from tree(inner, (*path, name))


COMMANDS = dict(tree(typer.main.get_command(app)))


def test_there_are_the_commands_that_the_program_has() -> None:
    assert {("plan", "import"), ("unit", "import"), ("nudges", "preview"), ("demo",)} <= COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_is_vietnamese_by_default(path: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NHACVIEC_LANGUAGE", raising=False)
    printed = CliRunner().invoke(app, [*path, "--help"]).stdout
    assert printed.startswith("Cách dùng:")
    assert "Xem hướng dẫn này." in printed
    assert [word for word in ENGLISH if word in printed] == []


def test_the_help_is_english_where_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "en")
    printed = CliRunner().invoke(app, ["plan", "import", "--help"]).stdout
    assert printed.startswith("Usage:")
    assert "Arguments:\n  FILE  A plan" in printed
    assert "--dates ask|keep" in printed


def test_an_argument_that_is_missing_bears_the_name_that_the_help_gives_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from bot.cli.usage_wording import word_usage
    from config.texts import load_texts

    monkeypatch.delenv("NHACVIEC_LANGUAGE", raising=False)
    with pytest.raises(typer.TyperException) as wrong:
        app(["plan", "import"], standalone_mode=False)
    assert word_usage(load_texts("vi"), wrong.value).startswith("Thiếu TỆP.")
