"""Texts for several items, whose truth was written down before they were first read (several_lines.txt)."""

from datetime import date
from pathlib import Path

import pytest

from domain.updates import Update
from domain.updates.several_items import NotUnderstood, read_items

TABLE = Path(__file__).with_name("several_lines.txt")
TODAY, DUE = date(2020, 6, 8), date(2020, 6, 15)
ROWS = [
    line.split(" | ")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def is_as_expected(update: Update, expected: str) -> bool:
    if expected == "ext":
        return update.wants_extension
    if expected == "blocked":
        return update.blocked
    states = ("in_progress", "not_started") if expected == "open" else (expected,)
    return update.state in states


def alternatives(expected: str) -> list[dict[str, str]]:
    readings = (reading.strip() for reading in expected.split("|"))
    return [
        {} if reading == "ask" else dict(pair.split("=") for pair in reading.split()) for reading in readings
    ]


@pytest.mark.parametrize(("items", "text", "expected"), ROWS)
def test_each_item_is_read_or_nothing_is(items: str, text: str, expected: str) -> None:
    read = read_items(text.replace("⏎", "\n"), items.split(","), today=TODAY, due=DUE)
    updates = {} if isinstance(read, NotUnderstood) else {each.item: each.update for each in read}
    assert any(
        set(reading) == set(updates)
        and all(is_as_expected(updates[item], state) for item, state in reading.items())
        for reading in alternatives(expected)
    ), updates
