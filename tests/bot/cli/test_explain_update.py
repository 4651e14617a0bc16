"""`nhacviec explain update`: what a typed line is taken to say, of each item where these are given."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app

Explain = Callable[..., str]


@pytest.fixture
def explain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explain:
    """The command on 8 June 2026, due a week later; the value is what it prints."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    days = ("--today", "2026-06-08", "--due", "2026-06-15")

    def run(*words: str, typed: str = "") -> str:
        return CliRunner().invoke(app, ["explain", "update", *words, *days], input=typed).stdout

    return run


def test_one_text_is_one_object(explain: Explain) -> None:
    told = json.loads(explain("da xong 2/3 tin", "--json"))
    assert (told["state"], told["done_of"]) == ("in_progress", [2, 3])


def test_with_items_there_is_a_list_of_one_object_an_item(explain: Explain) -> None:
    told = json.loads(explain("1 xong 3 dang lam 50%", "--items", "1,2,3", "--json"))
    assert [(one["item"], one["state"], one["percent"]) for one in told] == [
        ("1", "done", 100),
        ("3", "in_progress", 50),
    ]


def test_what_is_not_understood_as_a_whole_gives_no_item_a_state(explain: Explain) -> None:
    (told,) = json.loads(explain("1 xong, 7 xong", "--items", "1,2,3", "--json"))
    assert (told["item"], told["state"]) == (None, None)
    assert [one["item"] for one in told["understood"]] == ["1"]


def test_standard_input_gives_one_object_a_line(explain: Explain) -> None:
    lines = explain("-", typed="xong rồi ạ\nchưa xong\n").splitlines()
    told = [json.loads(line) for line in lines]
    assert [(one["text"], one["state"]) for one in told] == [
        ("xong rồi ạ", "done"),
        ("chưa xong", "in_progress"),
    ]
    (line,) = explain("-", "--items", "1,2", typed="1 xong 2 chưa\n").splitlines()
    assert [one["item"] for one in json.loads(line)["items"]] == ["1", "2"]
