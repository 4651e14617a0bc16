"""Deadlines whose truth was written down before they were first read (fresh_deadlines.txt), counted."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from domain.deadlines import Deadline, read_deadline

TABLE = Path(__file__).with_name("fresh_deadlines.txt")
ISSUED = date(2025, 12, 25)
RIGHT, FALSE = 0.97, 0.01


def lines() -> Iterator[tuple[Deadline, tuple[str, ...]]]:
    last = date(2026, 12, 31)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## plan of "):
            last = date(int(line[-4:]), 12, 31)
        words, bar, readings = line.rpartition(" | ")
        if bar and not line.startswith("#"):
            deadline = read_deadline(words, date(2026, 1, 1), last, issued_on=ISSUED)
            yield deadline, tuple(reading.strip() for reading in readings.split(";;"))


def is_so(deadline: Deadline, reading: str) -> bool:
    if reading in ("none", "unsure"):
        return not deadline.dates or (reading == "unsure" and bool(deadline.doubts))
    if reading == "weekly":
        return deadline.recurrence == "weekly"
    days = [day if len(day) > len("06-15") else f"2026-{day}" for day in reading.split(",")]
    return [str(day) for day in deadline.dates] == days


def is_right(deadline: Deadline, readings: tuple[str, ...]) -> bool:
    return any(is_so(deadline, reading) for reading in readings)


def is_false(deadline: Deadline, readings: tuple[str, ...]) -> bool:
    """Whether a day is taken that is not so, and nobody is asked about it."""
    return bool(deadline.dates) and not deadline.doubts and not is_right(deadline, readings)


def share(is_told: Callable[[Deadline, tuple[str, ...]], bool]) -> float:
    told = [is_told(*line) for line in lines()]
    return sum(told) / len(told)


def test_nearly_all_are_read_right() -> None:
    assert share(is_right) >= RIGHT


def test_hardly_a_day_is_taken_that_is_not_so() -> None:
    assert share(is_false) <= FALSE
