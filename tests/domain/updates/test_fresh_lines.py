"""Lines whose truth was written down before they were first read (fresh_lines.txt), counted."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from domain.updates import Update, read_update
from tests.domain.updates.test_update_lines import FIELDS, STATES, is_so

TABLE = Path(__file__).with_name("fresh_lines.txt")
TODAY, DUE = date(2020, 6, 8), date(2020, 6, 15)
RIGHT, FALSE = 0.97, 0.005
OPEN = ("in_progress", "not_started")


@cache
def lines() -> tuple[tuple[Update, tuple[str, ...]], ...]:
    """Return what each line is read as, and its truth; the lines are read once for all tests."""
    rows = (line.rpartition(" | ") for line in TABLE.read_text(encoding="utf-8").splitlines())
    told = ((words, fields) for words, bar, fields in rows if bar and not words.startswith("#"))
    return tuple((read_update(words, today=TODAY, due=DUE), tuple(fields.split())) for words, fields in told)


def either(field: str) -> tuple[str, ...]:
    """The alternatives of a field: "done/asked"; the bar of "of=2/3" and "docs=12/BC" is none."""
    if field.startswith(("of=", "docs=")):
        return (field,)
    return tuple(name for part in field.split("/") for name in (OPEN if part == "open" else (part,)))


def holds(said: Update, field: str) -> bool:
    return any(is_so(said, name) for name in either(field))


def share(what: Callable[[Update, tuple[str, ...]], bool]) -> float:
    found = [what(*line) for line in lines()]
    return sum(found) / len(found)


def is_of_the_state(field: str) -> bool:
    return field not in ("blocked", "free", "ack") and not field.startswith(tuple(FIELDS))


def is_false(said: Update, fields: tuple[str, ...]) -> bool:
    """Whether a state is recorded that a careful reader would not have recorded."""
    told = [field for field in fields if is_of_the_state(field)]
    return said.state is not None and not all(holds(said, field) for field in told)


def is_falsely_done(said: Update, fields: tuple[str, ...]) -> bool:
    return said.state == "done" and not any("done" in either(field) for field in fields)


def is_asked_for_nothing(said: Update, fields: tuple[str, ...]) -> bool:
    told = {name for field in fields for name in either(field)}
    return bool(told & set(STATES)) and "-" not in told and not said.says_something


def test_nearly_all_are_read_right() -> None:
    assert share(lambda said, fields: all(holds(said, field) for field in fields)) >= RIGHT


def test_hardly_anything_false_is_recorded() -> None:
    assert share(is_false) <= FALSE


def test_nothing_is_done_that_is_not() -> None:
    assert share(is_falsely_done) == 0


def test_little_is_asked_about() -> None:
    assert share(is_asked_for_nothing) <= 0.05
